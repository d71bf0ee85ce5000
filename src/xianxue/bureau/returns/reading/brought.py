"""Reading what a workbook brings along besides its answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.records.brought import Brought, Norm, PeerGroup, Said
from xianxue.bureau.records.cells import Cell, Row, Value
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.returns.files.opening import Book
from xianxue.bureau.returns.sheets.comparison_lines import (
    CELL,
    EXPLAINED,
    LAST,
    NORM,
    NORMS,
    VERSION,
)
from xianxue.bureau.returns.sheets.layout import BESIDE_TAB
from xianxue.bureau.returns.sheets.own_marks import ANSWERS, said_on
from xianxue.bureau.values.missing import Missing

_KINDS = {kind.value: kind for kind in Missing}
_WIDTH: Final = 10
"""Cells of the longest line, which says a norm: its word, its group, a count and three ratios."""


def read_brought(book: Book, form: str, place: str) -> Brought | None:
    """Read what a workbook brings along; None where it brings nothing.

    A hidden sheet that somebody spoilt is as none at all.
    """
    tabs = book.tabs
    said = tuple(
        each for tab in tabs if tab.startswith(ANSWERS) for each in said_on(book.cells(tab))
    )
    found = None
    if BESIDE_TAB in tabs:
        lines = [tuple(map(str, line)) for line in book.cells(BESIDE_TAB)]
        found = _understood(lines, form, place, said)
    return found or (Brought(said=said) if said else None)


def _understood(
    lines: Sequence[tuple[str, ...]], form: str, place: str, said: tuple[Said, ...]
) -> Brought | None:
    if not lines or lines[0][:2] != (BESIDE_TAB, VERSION):
        return None
    last: dict[str, dict[str, dict[str, Cell]]] | None = None
    norms: dict[PeerGroup, Norm] | None = None
    explained: list[Explanation] = []
    try:
        for line in lines[1:]:
            # A program that saves the workbook again may leave out cells that are empty.
            kind, *parts = (*line, *[""] * _WIDTH)[:_WIDTH]
            if kind == LAST:
                last = {}
            elif kind == NORMS:
                norms = {}
            elif kind == CELL and last is not None:
                sheet, row, name, value = parts[:4]
                last.setdefault(sheet, {}).setdefault(row, {})[name] = Cell(_value(value))
            elif kind == NORM and norms is not None:
                norms[_group(parts)] = _norm(parts)
            elif kind == EXPLAINED:
                explained.append(_explained(parts, form, place))
    # Comparison is a help: a spoilt sheet must never keep a return from being read.
    except (ValueError, ZeroDivisionError):
        return None
    tables = (
        None
        if last is None
        else {
            sheet: tuple(Row(code, cells) for code, cells in rows.items())
            for sheet, rows in last.items()
        }
    )
    return Brought(tables, norms, tuple(explained), said)


def _value(text: str) -> Value:
    return _KINDS[text] if text in _KINDS else int(text)


def _group(parts: Sequence[str]) -> PeerGroup:
    rule, field, row, kind, size = parts[:5]
    return PeerGroup(rule, field, row, kind, int(size))


def _norm(parts: Sequence[str]) -> Norm:
    count, *ratios = parts[5:]
    return Norm(int(count), *(Fraction(each) for each in ratios))


def _explained(parts: Sequence[str], form: str, place: str) -> Explanation:
    rule, field, value, text, by, day = parts[:6]
    return Explanation(
        rule=rule,
        form=form,
        place=place,
        field=field,
        value=value,
        text=text,
        by=by,
        on=date.fromisoformat(day),
    )
