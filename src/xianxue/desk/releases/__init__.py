"""Releases: what was published, frozen and numbered, and what two of them differ in."""
