"""Lines about what is no return: each room tells its own, and this finds the room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.actions.context import Ground
from xianxue.desk.journal import (
    account_lines,
    card_lines,
    exam_lines,
    history_lines,
    ledger_lines,
    plan_lines,
    report_lines,
    target_lines,
    year_lines,
)
from xianxue.desk.models import JournalLine


class _Room(NamedTuple):
    """How one room tells its lines."""

    term: Callable[[str], Sentence | str]
    """Names a deed."""
    title: Callable[[str, Ground], Sentence | str]
    """Names what it was done to."""
    told: Callable[[JournalLine, Ground], Sentence | str]
    """Says what it changed."""


_ROOMS: Final = {
    target_lines.DEEDS: _Room(
        target_lines.term,
        target_lines.title,
        lambda line, ground: target_lines.told(line.subject, line.detail, ground),
    ),
    account_lines.DEEDS: _Room(
        account_lines.term,
        lambda subject, _: account_lines.title(subject),
        lambda line, ground: account_lines.told(line.detail, ground),
    ),
    report_lines.DEEDS: _Room(
        report_lines.term,
        report_lines.title,
        lambda line, _: report_lines.told(line.detail),
    ),
    ledger_lines.DEEDS: _Room(
        ledger_lines.term,
        ledger_lines.title,
        lambda line, ground: ledger_lines.told(line.subject, line.deed, line.detail, ground),
    ),
    exam_lines.DEEDS: _Room(
        exam_lines.term,
        exam_lines.title,
        lambda line, ground: exam_lines.told(line.deed, line.detail, ground),
    ),
    plan_lines.DEEDS: _Room(
        plan_lines.term,
        lambda subject, _: plan_lines.title(subject),
        lambda line, _: plan_lines.told(line.detail),
    ),
    history_lines.DEEDS: _Room(
        history_lines.term,
        history_lines.title,
        lambda line, _: history_lines.told(line.detail),
    ),
    year_lines.DEEDS: _Room(
        year_lines.term,
        lambda subject, _: year_lines.title(subject),
        lambda line, _: year_lines.told(line.detail),
    ),
}
"""How the names of a room's deeds begin, and how it tells them."""


def _room(line: JournalLine) -> _Room | None:
    return next((room for deeds, room in _ROOMS.items() if line.deed.startswith(deeds)), None)


def term_in_room(line: JournalLine) -> Sentence | str | None:
    """Name a deed of another room; None where it is none."""
    room = _room(line)
    return room.term(line.deed) if room is not None else card_lines.TERMS.get(line.deed)


def title_in_room(line: JournalLine, ground: Ground) -> Sentence | str | None:
    """Name what a deed of another room was done to; None where it is none."""
    room = _room(line)
    if room is not None:
        return room.title(line.subject, ground)
    return card_lines.title(line) if line.deed in card_lines.TERMS else None


def told_in_room(line: JournalLine, ground: Ground) -> str | None:
    """Say what a deed of another room changed; None where it is none."""
    room = _room(line)
    if room is not None:
        return room.told(line, ground)
    return card_lines.told(line.detail) if line.deed in card_lines.TERMS else None
