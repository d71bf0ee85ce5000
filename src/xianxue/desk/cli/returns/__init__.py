"""``xianxue returns``: one file for each command or family of commands."""
