"""Which person is meant: by the number of an entry, an identity number or a name."""

from __future__ import annotations

from typing import Final

from django.db.models.lookups import Exact

from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.ledgers.entries import row_of, with_rows
from xianxue.desk.ledgers.json_keys import JsonText
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import LedgerEntry
from xianxue.desk.workspace import MisusedError

ROSTER: Final = "teachers"
MOVES: Final = "teacher_moves"
_WITHDRAWN: Final = ("void",)
"""Entries that were withdrawn as mistakes tell nothing of anybody."""


class Known(Record):
    """All entries of one person."""

    said: str
    """How they were asked for."""
    roster: tuple[Entry, ...]
    """By the day they came."""
    moves: tuple[Entry, ...]


def find_person(room: Room, said: str) -> Known:
    """Find one person; MisusedError where there is none, or where several bear the name."""
    text = said.strip()
    first = row_of(ROSTER, text.removeprefix(f"{ROSTER}/"))
    rows = [first] if first is not None else _naming(room, ROSTER, text)
    rows = [row for row in rows if row.state not in _WITHDRAWN and room.sees(ROSTER, row.place)]
    if not rows:
        raise MisusedError(
            say("教职工名册里没有“{said}”：请写姓名、身份证号或名册编号（如 2025-0001）", said=said)
        )
    people = {str(row.fields.get("id_number", row.number)) for row in rows}
    if len(people) > 1:
        told = [
            say("{number}（{place}）", number=row.number, place=room.ground.name(row.place))
            for row in rows
        ]
        message = say(
            "有 {n} 人叫“{said}”，请用名册编号：{who}",
            n=len(people),
            said=said,
            who=joined("、", told),
        )
        raise MisusedError(message)
    (person,) = people
    if "id_number" in rows[0].fields:
        rows = _all_of(room, ROSTER, person)
    roster = sorted(
        (entry for _, entry in with_rows(rows)), key=lambda one: str(one.fields.get("joined_on"))
    )
    moves = [entry for _, entry in with_rows(_all_of(room, MOVES, person))]
    return Known(said, tuple(roster), tuple(moves))


def rows_naming(room: Room, ledger: str, name: str) -> list[LedgerEntry]:
    """Give the entries that name somebody, but those withdrawn as mistakes."""
    return [row for row in _naming(room, ledger, name) if row.state not in _WITHDRAWN]


def _naming(room: Room, ledger: str, text: str) -> list[LedgerEntry]:
    named = [row for field in ("name", "id_number") for row in _whose(room, ledger, field, text)]
    return list({row.pk: row for row in named}.values())


def _all_of(room: Room, ledger: str, number: str) -> list[LedgerEntry]:
    return [row for row in _whose(room, ledger, "id_number", number) if row.state not in _WITHDRAWN]


def _whose(room: Room, ledger: str, field: str, text: str) -> list[LedgerEntry]:
    if ledger not in room.ledgers or not text:
        return []
    mine = LedgerEntry.objects.filter(ledger=ledger).filter(Exact(JsonText("fields", field), text))
    return list(mine.order_by("year", "serial"))
