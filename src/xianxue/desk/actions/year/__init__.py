"""Deeds on a whole year."""
