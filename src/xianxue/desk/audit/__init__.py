"""Audit: one document read and judged, held against a workspace, and written out with comments."""
