"""Official documents by kind: 通知, 函, 通报, 纪要, slips and writs, each in its own layout.

What there is to say is a ``Paper``; the cards say which parts its kind has and how they
are set; the page, the fonts and the tables are those of every document we write.
"""
