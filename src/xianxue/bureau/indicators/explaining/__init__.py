"""Explaining: a figure led back to its formula, its numbers, its schools and their cells."""
