"""The steps of one return, as the journal tells them: who took each, when, and why."""

from __future__ import annotations

from xianxue.bureau.returns.checking.explanations import name_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.journal.verification import shown, term_of, told_of
from xianxue.desk.models.together import lines_of
from xianxue.desk.stores.clock import minute_of


class Step(Record):
    """One thing that was done to a return, or about it."""

    number: int
    """The journal's line."""
    at: str
    deed: str
    term: str
    by: str
    role: str
    """The Chinese name of the part that was played."""
    changed: str
    """Which revision, from which state to which; until when; what was explained."""
    why: str
    told: str
    """All of it in one line."""


def steps_of(ground: Ground, key: Key) -> list[Step]:
    """Give every step of a return in the order in which they were taken."""
    found: list[Step] = []
    card = ground.card(key.place)
    for line in lines_of(key.subject):
        role = ground.policy.role(line.detail.get("role", ""))
        part = role.term if role is not None else ""
        at, term = minute_of(line.at), term_of(line, card)
        # Comments stand below, each with its revision and by the name of its sheet.
        changed = told_of(line, card, ground, comments=False)
        if "rule" in line.detail:
            # Codes are for the journal: who reads a trail looks for the cell.
            where = name_of(key.form, line.detail["field"], ground.shelf)
            changed = say("{where}“{value}”", where=where, value=shown(line.detail["value"]))
        stead = line.detail.get("acting_for", "")
        if stead:
            part = say("代理{name}，{role}", name=stead, role=part)
        who = say("{name}（{role}）", name=line.actor, role=part) if part else line.actor
        said = joined("  ", (at, term, who, changed))
        told = say("{said}。理由：{why}", said=said, why=line.why) if line.why else said
        found.append(
            Step(line.number, at, line.deed, term, line.actor, part, changed, line.why, told)
        )
    return found
