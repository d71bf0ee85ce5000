"""Deeds on personal data: uncovered for a reason, destroyed when their time is over."""
