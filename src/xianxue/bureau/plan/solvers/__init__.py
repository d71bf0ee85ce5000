"""Programs of whole numbers, and the one library that solves them."""
