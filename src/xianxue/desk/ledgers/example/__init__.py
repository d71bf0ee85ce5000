"""A year of invented entries for an example county."""
