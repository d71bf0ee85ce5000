"""Ledgers on one workspace: what is there, what is due, what it comes to."""
