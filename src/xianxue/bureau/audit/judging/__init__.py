"""Judging: relations are declared, worked out, tested and chosen between."""
