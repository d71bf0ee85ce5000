"""指标: every number with what it is made of, down to the cell that somebody filled in."""
