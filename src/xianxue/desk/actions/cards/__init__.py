"""Deeds that put a card into the county's own rules, or take one out again."""
