"""May we believe it? Every fault and everything unusual of a return, found in one pass."""
