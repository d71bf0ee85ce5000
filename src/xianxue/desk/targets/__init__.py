"""Targets: what was set for a workspace's places, and how far each has been reached."""
