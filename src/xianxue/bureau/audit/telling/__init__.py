"""Telling: the sentences a reader is given, and how their numbers are written."""
