"""What a reader of values cannot see: formulas without a result, and merged cells.

Both look like blank cells once the values are read, so the XML itself is asked; only where it
holds such a thing at all, and only about cells that were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.records.cells import Cell, Fault, Row
from xianxue.bureau.returns.files.guard import Package
from xianxue.bureau.returns.files.tab_parts import attributes_of, parts_of_tabs, unescaped
from xianxue.bureau.returns.sheets.layout import address, split_address
from xianxue.bureau.values.missing import Missing

Damage = dict[str, tuple[str, Fault]]
"""By address: what is seen there (an error, a merged range) and what is wrong with it."""

At = tuple[int, int]
"""Row and column of a cell, counted from 0."""

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_RESULT = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)<")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*ref\s*=\s*[\"']([A-Z]+\d+):([A-Z]+\d+)[\"']")
_USUAL_FORMULA = re.compile(rb"<f[ >]")
_CELL_OPENED: Final = b'<c r="'
_USUAL_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"[^>]*[^/>]>')
"""What stands before a formula, as every program in use writes it."""


def find_damage(
    package: Package, tabs: Mapping[str, str], tables: Mapping[str, Sequence[Row]]
) -> dict[str, Damage]:
    """Find formulas without a result and merged cells among the cells that were read.

    ``tabs`` gives each of our sheets its tab, ``tables`` the cells that were read there.
    """
    # Nearly always: then no byte of any sheet is looked at again.
    if not package.odd:
        return {}
    found: dict[str, Damage] = {}
    parts = parts_of_tabs(package.parts)
    for name, tab in tabs.items():
        xml = package.parts.get(parts.get(tab, ""), b"")
        # Only another sheet has formulas.
        if not package.grave and _USUAL_FORMULA.search(xml) is None:
            continue
        taken = {cell.address for row in tables.get(name, ()) for cell in row.cells.values()}
        # Our own templates have formulas for totals, which nobody reads: to see that is cheaper
        # than to take all cells apart.
        if package.grave or not _only_totals(xml, taken):
            cells = {split_address(cell): cell for cell in taken if cell}
            found[name] = _formulas(xml, taken) | dict(merged_damage(_merged(xml), cells))
    return found


def with_damage(rows: Sequence[Row], damage: Damage) -> tuple[Row, ...]:
    """Give rows anew whose damaged cells have no value, and say why."""
    return tuple(
        Row(
            row.code,
            {
                name: Cell(Missing.NOT_ANSWERED, cell.address, *damage[cell.address])
                if cell.address in damage
                else cell
                for name, cell in row.cells.items()
            },
        )
        for row in rows
    )


def _only_totals(xml: bytes, taken: set[str]) -> bool:
    """Whether all formulas are in cells that were not read, and written as usual."""
    for found in _USUAL_FORMULA.finditer(xml):
        at = found.start()
        cell = _USUAL_CELL.fullmatch(xml, max(xml.rfind(_CELL_OPENED, 0, at), 0), at)
        if cell is None or cell[1].decode() in taken:
            return False
    return True


def _formulas(xml: bytes, taken: set[str]) -> Damage:
    damage: Damage = {}
    for found in _CELL.finditer(xml):
        attributes, content = attributes_of(found[1]), found[2]
        cell = attributes.get("r", "")
        if cell not in taken:
            continue
        result = _RESULT.search(content)
        shown = unescaped(result[1].decode(errors="replace")) if result else ""
        # An error has a result, too: its name.
        if attributes.get("t") == "e":
            damage[cell] = shown, "error"
        # A formula may well give an empty text: then it says that its result is a text.
        elif not shown and attributes.get("t") != "str" and _FORMULA.search(content):
            damage[cell] = "", "no_result"
    return damage


def merged_damage(
    ranges: Iterable[tuple[At, At]], cells: Mapping[At, str]
) -> Iterator[tuple[str, tuple[str, Fault]]]:
    """Give what is merged among cells (each with its address)."""
    for first, last in ranges:
        (top, left), (bottom, right) = first, last
        for (row, column), cell in cells.items():
            if top <= row <= bottom and left <= column <= right:
                yield cell, (f"{address(*first)}:{address(*last)}", "merged")


def _merged(xml: bytes) -> Iterator[tuple[At, At]]:
    for found in _MERGED.finditer(xml):
        yield split_address(found[1].decode()), split_address(found[2].decode())
