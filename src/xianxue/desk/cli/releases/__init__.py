"""``xianxue release``: what was published, and what changed between two releases."""
