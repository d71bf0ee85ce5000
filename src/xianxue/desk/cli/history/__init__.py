"""``xianxue history``."""
