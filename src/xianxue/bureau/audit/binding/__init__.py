"""Binding: the relations that a text may mean, by its words alone; one module a family."""
