"""``xianxue indicators``: figures, and how they are printed."""
