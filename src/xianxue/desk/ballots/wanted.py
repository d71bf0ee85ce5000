"""How many of which group (slips, people who are there): as a form sends it."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.ballots.issue_slips import Wanted
from xianxue.desk.workspace import MisusedError


def wanted_of(sent: Mapping[str, str], fields: str = "many") -> list[Wanted]:
    """Read the fields ``many.GROUP``; those left blank or at 0 are none."""
    before = f"{fields}."
    found: list[Wanted] = []
    for name, said in sent.items():
        if not name.startswith(before) or not said.strip():
            continue
        if not said.strip().isdecimal():
            raise MisusedError(say("写了“{said}”：要正整数", said=said.strip()))
        if int(said):
            found.append(Wanted(name.removeprefix(before), int(said)))
    return found
