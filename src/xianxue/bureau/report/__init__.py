"""How do we say it? Outlines, figures and findings in; a document whose every number is tagged out.

`compose` makes the text as a tree, `word` turns the tree into a .docx, `read_tags` reads the tags
of such a file back. Nothing here counts or judges anything.
"""
