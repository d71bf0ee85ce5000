"""Deeds on ledgers: registering an entry, and taking it a step further."""
