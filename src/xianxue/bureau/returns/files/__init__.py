"""What is this file, and may it be opened?

Workbooks, old workbooks and delimited text, each looked at within bounds before anything parses
it; what comes out is a book of tabs and their cells.
"""
