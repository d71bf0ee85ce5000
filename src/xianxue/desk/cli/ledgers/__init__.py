"""``xianxue ledgers``: what was promised, by whom, by when, and whether it is done."""
