"""Deeds on figures of earlier years."""
