"""``xianxue accounts``: who may sign in, as what, and with what."""
