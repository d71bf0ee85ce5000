"""Packages that go out: many files as one zip or one folder."""
