"""Changes: what grew or fell, by how much, to what, over which years."""
