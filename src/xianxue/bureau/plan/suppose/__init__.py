"""Suppositions: what somebody thinks of changing, kept apart from what was counted."""
