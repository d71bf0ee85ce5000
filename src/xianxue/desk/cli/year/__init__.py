"""``xianxue year``."""
