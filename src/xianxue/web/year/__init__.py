"""A year's turn in the page."""
