"""Ledgers that an office has kept in workbooks of its own: read, proposed, confirmed, taken in."""
