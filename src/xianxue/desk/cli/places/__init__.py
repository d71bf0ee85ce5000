"""``xianxue places``: the register, what happened to places, and both bases."""
