"""Deeds on reports: who writes a section, its versions, taking them over, issuing the whole."""
