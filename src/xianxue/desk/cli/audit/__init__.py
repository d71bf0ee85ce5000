"""``xianxue audit``: the command, and how an audit is printed."""
