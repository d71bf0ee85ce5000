"""What form cards mean: their questions, their checks, what is sensible and what is unusual."""
