"""How overrides are told: which returns came into a release past a rule, and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.stores.releases import Override
from xianxue.desk.workspace import Workspace

_MOST_NAMED: Final = 10
"""Places named on one line; how many there are is said in any case, and ``--json`` has each."""


def told_overrides(workspace: Workspace, overrides: Iterable[Override], on: date) -> list[Sentence]:
    """Say one line for each rule and reason: how many returns, which places."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in overrides:
        groups.setdefault((one.term, one.reason), []).append(one.place)
    return [
        say(
            "例外办理：{term} {count} 份（{reason}）：{places}。",
            term=term,
            count=len(places),
            reason=reason,
            places=_named(workspace, places, on),
        )
        for (term, reason), places in groups.items()
    ]


def _named(workspace: Workspace, places: list[str], on: date) -> Sentence:
    known = workspace.register.places
    names = [known[code].name_on(on) if code in known else code for code in places]
    some = joined("、", names[:_MOST_NAMED])
    return (
        say("{some}等 {count} 家", some=some, count=len(names))
        if len(names) > _MOST_NAMED
        else some
    )
