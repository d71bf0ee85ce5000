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
    """Write the page as a document."""
    letter = next(iter(room.ground.shelf.genres.values()))
    genre = msgspec.structs.replace(letter, parts=["title", "body"])
    tables = (
        TextTable(
            "未办结的事项", _HEADS, tuple(tuple((one,) for one in row) for row in sheet.open)
        ),
        TextTable("各台账合计", _COUNTED, tuple(tuple((n,) for n in row) for row in sheet.counts)),
    )
    kept = tuple(one for one in tables if one.rows)
    many = len(sheet.open)
    opening = f"截至{chinese_day(on)}，有期限或等本单位办理的事项{many}件。"
    paper = sheet_of(f"{sheet.name}台账一览", sheet.name, on, opening, kept)
    return _rendered(room, paper, genre, profile)


def place_workbook(sheet: PlaceSheet) -> bytes:
    """Write the page as a workbook: one sheet of matters, one of counts."""
    counts = [[row[0], *(int(one) for one in row[1:])] for row in sheet.counts]
    return write_lists([("未办结的事项", _HEADS, sheet.open), ("各台账合计", _COUNTED, counts)])


def _rendered(room: Room, paper: Paper, genre: Genre, profile: str) -> bytes:
    return render_paper(paper, setting_of(room.ground.shelf, genre, profile))


def _marks(card: Ledger, state: str) -> list[str]:
    return [mark for one in card.states if one.state == state for mark in one.marks]
