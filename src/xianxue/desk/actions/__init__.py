"""Deeds: each is a permission, a change and a journal line, in one transaction."""
