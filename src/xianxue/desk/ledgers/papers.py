"""All matters of one place on one page, as a document and as a workbook."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Final

import msgspec

from xianxue.bureau.kinds.genre import Genre
from xianxue.bureau.kinds.ledgers.clock import Light
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.report.notices.slip import sheet_of
from xianxue.bureau.report.official.paper import Paper
from xianxue.bureau.report.official.write import render_paper, setting_of
from xianxue.bureau.report.text import TextTable
from xianxue.bureau.returns.template.list_workbook import write_lists
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.ledgers.due import title_of
from xianxue.desk.ledgers.entries import with_rows
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import LedgerEntry
from xianxue.desk.workspace import MisusedError

_WORDS: Final[dict[Light | None, str]] = {
    None: "",
    "blue": "蓝",
    "yellow": "黄",
    "orange": "橙",
    "red": "红",
}
_HEADS: Final = ("台账", "编号", "事项", "状态", "期限", "灯")
_LINES: Final = 30
"""Lines of small letters that one page has room for, below its title."""
_LETTERS: Final = 40
"""Letters of such a line."""
_LINES_A_ROW: Final = 3
_NAMED: Final = 20
"""Ledgers that are named."""
_LONGEST: Final = 18
"""Letters of a cell: what is longer is read on its own page."""
_COUNTED: Final = ("台账", "条数", "未办结", "逾期", "已办成")


class PlaceSheet(Record):
    """What one place has open, and how many entries of each ledger it has."""

    name: str
    open: list[tuple[str, ...]]
    counts: list[tuple[str, ...]]
    ledgers: tuple[str, ...] = ()
    """The ledgers that are told of."""


def place_sheet(room: Room, place: str, on: date) -> PlaceSheet:
    """Gather one place's matters over all ledgers that the person may know of."""
    if place not in room.ground.register.places:
        raise MisusedError(say("名册里没有 {place}", place=place))
    found: list[tuple[date, tuple[str, ...]]] = []
    counts: list[tuple[str, ...]] = []
    told_of: list[str] = []
    for name, card in room.ledgers.items():
        if not room.sees(name, place):
            continue
        rows = list(LedgerEntry.objects.filter(ledger=name, place=place))
        if not rows:
            continue
        told_of.append(name)
        clocks, late, told = room.clocks(name), 0, Counter[str]()
        for row, entry in with_rows(rows):
            told["open"] += row.open
            told["done"] += row.done
            if not row.open:
                continue
            runs = [one for one in clocks.runs(entry) if one.open and one.due is not None]
            late += any(one.over(on) for one in runs)
            run = min(runs, key=lambda one: one.due or date.max, default=None)
            due = run.due if run is not None else None
            light = run.light(clocks.lamps(run.clock), on) if run is not None else None
            line = (
                str(card.term), row.number, title_of(room, card, row),
                str(card.lifecycle.state_term(row.state)),
                chinese_day(due) if due is not None else "", _WORDS[light],
            )  # fmt: skip
            if run is not None or "waiting" in _marks(card, row.state):
                found.append((due or date.max, line))
        numbers = (len(rows), told["open"], late, told["done"])
        counts.append((str(card.term), *(str(one) for one in numbers)))
    found.sort(key=lambda one: one[0])
    lines = [line for _, line in found]
    return PlaceSheet(room.ground.name(place), lines, counts, tuple(told_of))


def place_document(room: Room, sheet: PlaceSheet, on: date, profile: str) -> bytes:
    """Write the page as a document: one page, however much there is; the workbook has all."""
    letter = next(iter(room.ground.shelf.genres.values()))
    genre = msgspec.structs.replace(letter, parts=["title", "body"])
    told = _in_short(sheet.counts)
    left = _LINES - -(-len(told) // _LETTERS)
    shown = sheet.open[: left // _LINES_A_ROW]
    many, rest = len(sheet.open), len(sheet.open) - len(shown)
    opening = f"截至{chinese_day(on)}，有期限或等本单位办理的事项{many}件"
    opening += f"，期限最近的{len(shown)}件列在下面，另有{rest}件见 .xlsx 表。" if rest else "。"
    rows = tuple(tuple((_shortened(cell),) for cell in row) for row in shown)
    tables = (TextTable("未办结的事项", _HEADS, rows, told, tight=True),) if rows else ()
    paper = sheet_of(f"{sheet.name}台账一览", sheet.name, on, opening, tables, "" if rows else told)
    return _rendered(room, paper, genre, profile)


def _in_short(counts: list[tuple[str, ...]]) -> str:
    """Say of which ledgers something is open, what is overdue first; of the rest how much."""
    parts: list[str] = []
    told = [(name, [int(one) for one in numbers]) for name, *numbers in counts]
    waits = sorted((one for one in told if one[1][1]), key=lambda one: (-one[1][2], -one[1][1]))
    for name, (many, still, late, _) in waits[:_NAMED]:
        over = f"、逾期{late}" if late else ""
        parts.append(f"{name.removesuffix('台账')}{many}条（未办结{still}{over}）")
    if more := [one[1][1] for one in waits[_NAMED:]]:
        parts.append(f"另有{len(more)}本台账未办结{sum(more)}条")
    if done := [one[1][0] for one in told if not one[1][1]]:
        parts.append(f"没有未办结的台账{len(done)}本，共{sum(done)}条")
    return f"{'；'.join(parts)}。" if parts else ""


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def place_workbook(sheet: PlaceSheet) -> bytes:
    """Write the page as a workbook: one sheet of matters, one of counts."""
    counts = [[row[0], *(int(one) for one in row[1:])] for row in sheet.counts]
    return write_lists([("未办结的事项", _HEADS, sheet.open), ("各台账合计", _COUNTED, counts)])


def _rendered(room: Room, paper: Paper, genre: Genre, profile: str) -> bytes:
    return render_paper(paper, setting_of(room.ground.shelf, genre, profile))


def _marks(card: Ledger, state: str) -> list[str]:
    return [mark for one in card.states if one.state == state for mark in one.marks]
