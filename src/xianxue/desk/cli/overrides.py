"""How overrides are told: which returns came into a release past a rule, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from xianxue.desk.stores.releases import Override
from xianxue.desk.workspace import Workspace

_MOST_NAMED: Final = 10
"""Places named on one line; how many there are is said in any case, and ``--json`` has each."""


def told_overrides(workspace: Workspace, overrides: Iterable[Override], on: date) -> list[str]:
    """Say one line for each rule and reason: how many returns, which places."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in overrides:
        groups.setdefault((one.term, one.reason), []).append(one.place)
    return [
        f"例外办理：{term} {len(places)} 份（{reason}）：{_named(workspace, places, on)}。"
        for (term, reason), places in groups.items()
    ]


def _named(workspace: Workspace, places: list[str], on: date) -> str:
    known = workspace.register.places
    names = [known[code].name_on(on) if code in known else code for code in places]
    more = f"等 {len(names)} 家" if len(names) > _MOST_NAMED else ""
    return "、".join(names[:_MOST_NAMED]) + more
