"""Targets: what was to be reached, what has been reached, and what the period will end with."""
