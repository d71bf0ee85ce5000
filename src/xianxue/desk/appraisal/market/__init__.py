"""A market of teachers and posts: read from a workbook or JSON, told."""
