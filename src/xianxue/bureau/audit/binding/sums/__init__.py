"""Sums: wholes and their parts, in one list or in sentences of their own."""
