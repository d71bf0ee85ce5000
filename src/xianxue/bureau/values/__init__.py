"""What a number is: its unit, its period, its rounding, and the kinds of its absence."""
