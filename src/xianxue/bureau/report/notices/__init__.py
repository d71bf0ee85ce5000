"""Notices written from how returns came in: 催报通知, 审核意见, 通报.

Whatever number stands in one is counted from the progress that the lists print, or is a day.
"""
