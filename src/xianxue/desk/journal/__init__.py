"""Journal: read in words, and proved not to have been touched."""
