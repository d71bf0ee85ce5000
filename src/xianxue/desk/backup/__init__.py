"""Backup and restore of a whole workspace: what is kept elsewhere, and what comes of it again."""
