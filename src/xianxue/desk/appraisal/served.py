"""Where an assessor serves, and has served, as the register of teachers tells it (任职经历)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xianxue.bureau.appraisal.conflicts import Ties
from xianxue.desk.actions.context import Ground
from xianxue.desk.appraisal.persons import ROSTER, rows_naming
from xianxue.desk.ledgers.entries import with_rows
from xianxue.desk.ledgers.room import Room


def served(ground: Ground, name: str) -> Ties:
    """Give the schools that bind somebody by service: their own, and each they have left.

    Of several who bear one name nobody knows which is meant: nothing is said of them, and what
    they declare is all there is.
    """
    room = Room(ground, Path())
    rows = rows_naming(room, ROSTER, name.strip())
    if len({str(row.fields.get("id_number", row.number)) for row in rows}) != 1:
        return Ties()
    own: set[str] = set()
    former: dict[str, date] = {}
    for row, entry in with_rows(rows):
        left = entry.fields.get("left_on")
        if not left:
            own.add(row.place)
            continue
        day = date.fromisoformat(str(left))
        former[row.place] = max(day, former.get(row.place, day))
    return Ties(own=frozenset(own), former=former)
