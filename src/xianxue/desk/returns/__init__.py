"""Returns: from workbooks handed in to accepted revisions, and all that is asked of both."""
