"""Rubrics: trees that add up, curves without gaps, grades without gaps or overlaps."""
