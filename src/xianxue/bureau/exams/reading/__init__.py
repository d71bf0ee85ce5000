"""Score tables as they come: which column is what, what each cell says, and every fault at once."""
