"""What does one cell say? Numbers, codes, days and words, as people type them.

First strictly; what that leaves unread is looked at once more, and only what can mean one thing
is taken.
"""
