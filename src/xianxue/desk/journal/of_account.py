"""What the journal tells of one account, newest first, in words."""

from __future__ import annotations

from xianxue.desk.actions.context import Ground
from xianxue.desk.journal import account_lines
from xianxue.desk.journal.lines import Asked
from xianxue.desk.journal.of_place import Told
from xianxue.desk.stores.clock import minute_of


def told_of_account(ground: Ground, login: str, most: int) -> tuple[list[Told], int]:
    """Give the newest lines about an account, and how many there are in all."""
    lines = Asked(kind=account_lines.DEEDS.rstrip("."), subject=login).found()
    found: list[Told] = []
    for line in lines.reverse()[:most]:
        role = ground.policy.role(line.detail.get("role", ""))
        found.append(
            Told(
                number=line.number,
                at=minute_of(line.at),
                by=line.actor,
                role=role.term if role is not None else "",
                term=account_lines.term(line.deed),
                period="",
                changed=account_lines.told(line.detail, ground),
                why=line.why,
            )
        )
    return found, lines.count()
