"""Deeds on accounts: who may sign in, as what, and with what; no line holds a secret."""
