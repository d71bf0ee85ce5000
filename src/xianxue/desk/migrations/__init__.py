"""Migrations of the store of record."""
