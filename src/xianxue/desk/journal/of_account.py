"""What the journal tells of one account, newest first, in words."""

from __future__ import annotations

from xianxue.desk.actions.context import Ground
from xianxue.desk.journal import account_lines
from xianxue.desk.journal.lines import Asked
from xianxue.desk.journal.of_place import Told, told


def told_of_account(ground: Ground, login: str, most: int) -> tuple[list[Told], int]:
    """Give the newest lines about an account, and how many there are in all."""
    lines = Asked(kind=account_lines.DEEDS.rstrip("."), subject=login).found()
    found = [
        told(ground, line, account_lines.term(line.deed), account_lines.told(line.detail, ground))
        for line in lines.reverse()[:most]
    ]
    return found, lines.count()
