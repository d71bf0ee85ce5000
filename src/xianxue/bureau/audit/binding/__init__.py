"""Binding: which numbers the author may have set in relation, and what speaks for it."""
