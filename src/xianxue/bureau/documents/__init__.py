"""What a file is made of: packages of parts, XML in its bytes, the running text of a document.

Nothing here knows a county, a form or a verdict; rooms that read or mark people's own files stand
on it.
"""
