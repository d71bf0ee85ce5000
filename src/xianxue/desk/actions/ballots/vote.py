"""Voting: slips are spent and their answers counted in one transaction, and nothing else is kept.

Several votes may be written together; then a copy of the database before and one after show
which slips were spent and what was answered, and not which belongs to which. Within a transaction
answers are written in the order of their content.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, Final

from django.db import connection

from xianxue.bureau.values.record import Record
from xianxue.desk.actions.ballots.judging import Answers, Judged, judge
from xianxue.desk.actions.ballots.opened import Opened, canonical
from xianxue.desk.database.transactions import writing
from xianxue.desk.database.vendors import vendor
from xianxue.desk.models.ballot import OPEN


class Outcome(StrEnum):
    """What became of a vote."""

    COUNTED = "counted"
    BEFORE = "before"
    """The slip was spent before: by this phone, whose answer was lost, or by another."""
    BURNT = "burnt"
    """The slip was given back for a paper ballot."""
    UNKNOWN = "unknown"
    SHUT = "shut"
    """The ballot is closed."""


class Vote(Record):
    """One slip, and what its holder answers."""

    slip: str
    """The digest of its code."""
    judged: Judged


class Found(Record):
    """A slip that was looked up."""

    poll: int
    group: str
    place: str
    outcome: Outcome | None
    """None where it can be voted by."""


_SLIP: Final = 'SELECT poll_id, "group", place FROM desk_slip WHERE digest = %s'
_UNSPENT: Final = "SELECT 1 FROM desk_unspentslip WHERE digest = %s"
_BURNT: Final = "SELECT 1 FROM desk_burntslip WHERE digest = %s"
_STATE: Final = "SELECT state FROM desk_poll WHERE id = %s"
_SPEND: Final = "DELETE FROM desk_unspentslip WHERE digest = %s"
_TALLY: Final = (
    "INSERT INTO desk_tally"
    ' (digest, poll_id, "group", place, question, subject, "row", "option", many)'
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
    " ON CONFLICT (digest) DO UPDATE SET many = desk_tally.many + excluded.many"
)
_PAPER: Final = (
    "INSERT INTO desk_keptpaper (digest, poll_id, content, many) VALUES (%s, %s, %s, %s)"
    " ON CONFLICT (digest) DO UPDATE SET many = desk_keptpaper.many + excluded.many"
)
_TEXT: Final = (
    "INSERT INTO desk_kepttext (digest, poll_id, question, text, many) VALUES (%s, %s, %s, %s, %s)"
    " ON CONFLICT (digest) DO UPDATE SET many = desk_kepttext.many + excluded.many"
)


def look_up(slip: str) -> Found | None:
    """Look a slip up by its digest; None where none such was ever issued."""
    with connection.cursor() as cursor:
        cursor.execute(_SLIP, [slip])
        row = cursor.fetchone()
        if row is None:
            return None
        poll, group, place = row
        cursor.execute(_UNSPENT, [slip])
        if cursor.fetchone() is None:
            cursor.execute(_BURNT, [slip])
            burnt = cursor.fetchone() is not None
            return Found(poll, group, place, Outcome.BURNT if burnt else Outcome.BEFORE)
        cursor.execute(_STATE, [poll])
        shut = cursor.fetchone() != (OPEN,)
    return Found(poll, group, place, Outcome.SHUT if shut else None)


def vote_of(poll: Opened, slip: str, answers: Answers) -> Vote | Outcome:
    """Judge an answer by its slip's group; what became of the slip where it cannot be used.

    ValueError for what no paper of this ballot can say.
    """
    found = look_up(slip)
    if found is None or found.poll != poll.id:
        return Outcome.UNKNOWN
    return found.outcome or Vote(slip, judge(poll, found.group, found.place, answers))


def cast(poll: Opened, votes: Sequence[Vote]) -> list[Outcome]:
    """Spend slips and count their answers, all of them or none; say what became of each.

    Of a slip that cannot be spent nothing is counted. What a vote says was judged when it came.
    """
    with writing():
        outcomes = _cast(poll, votes)
    # What stands in the log tells one transaction from the next.
    vendor().forget_log()
    return outcomes


def _cast(poll: Opened, votes: Sequence[Vote]) -> list[Outcome]:
    counted: list[Judged] = []
    outcomes: list[Outcome] = []
    for vote in votes:
        found = look_up(vote.slip)
        if found is None or found.poll != poll.id:
            outcomes.append(Outcome.UNKNOWN)
            continue
        if found.outcome is not None:
            outcomes.append(found.outcome)
            continue
        with connection.cursor() as cursor:
            cursor.execute(_SPEND, [vote.slip])
        counted.append(vote.judged)
        outcomes.append(Outcome.COUNTED)
    add(poll, counted)
    return outcomes


def add(poll: Opened, counted: Iterable[Judged]) -> None:
    """Add answers to the counters; within the transaction in which they become good."""
    cells: Counter[tuple[str, ...]] = Counter()
    papers: Counter[str] = Counter()
    texts: Counter[tuple[str, str]] = Counter()
    for judged in counted:
        for cell, many in judged.cells.items():
            where = (cell.group, cell.place, cell.question, cell.about, cell.row, cell.item)
            cells[where] += many
        texts.update(judged.texts)
        papers[judged.text] += 1
    with connection.cursor() as cursor:
        for key, parts, many in _in_order(poll, cells):
            cursor.execute(_TALLY, [key, poll.id, *parts, many])
        if poll.card.keeps == "papers":
            for key, content, many in _in_order(poll, papers):
                cursor.execute(_PAPER, [key, poll.id, content, many])
        for key, said, many in _in_order(poll, texts):
            cursor.execute(_TEXT, [key, poll.id, *said, many])


def _in_order(poll: Opened, counted: Counter[Any]) -> list[tuple[str, Any, int]]:
    """Give what is written with its key, in the order of the keys."""
    return sorted((key_of(poll.id, what), what, many) for what, many in counted.items())


def key_of(poll: int, what: object) -> str:
    """Give the key under which something that was said is kept: it follows from what was said."""
    return hashlib.sha256(canonical([poll, what]).encode()).hexdigest()
