"""Where in the clerk's own workbook does each complaint belong?

A few bytes of its XML are changed and all others left alone.
"""
