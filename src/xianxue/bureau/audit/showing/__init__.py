"""Showing: an audit as a page, as comments in a document, as words for a table."""
