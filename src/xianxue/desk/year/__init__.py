"""A year's turn: what a new year takes over from the one before it."""
