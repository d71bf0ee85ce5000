"""Rows and columns of one table: where its head ends, what the heads say, which numbers it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.reading.blocks import Draft, filled
from xianxue.bureau.audit.reading.cells import Cells, Piece
from xianxue.bureau.audit.reading.heads import Head, Heads, with_depths
from xianxue.bureau.values.record import replace

_UNIT = re.compile(r"单位:? ?([^\s|():,;。、]{1,8})(?![、,])")
_NIL: Final = frozenset({"-", "—", "--", "——"})
_IN_PERCENT: Final = re.compile("率|幅|速|百分|%|±|占比")
_EITHER_WAY: Final = re.compile("增减|变化|变动|增加|减少|升降")
_MOST_HEADS: Final = 4
"""Lines a head may take."""
_TITLE: Final = 60
"""Characters before a table that may name its unit."""
_LEAST: Final = 2
"""Cells with words that make a head, and lines above it that may be titles."""
Lines = Sequence[Sequence[Piece]]


def understood(norm: str, draft: Draft, cells: Cells, heads: Heads) -> bool:
    """Read heads and cells of a table; whether it has any numbers."""
    titles, top, body = _head_lines(draft)
    if not body or not any(one.what == "number" for line in body for one in line):
        return False
    body = _counted(body)
    columns, labels = _columns(norm, draft, (titles, top, body), heads)
    lead = next((at for at in range(len(columns)) if at not in labels), len(columns))
    draft.rows = _rows(body, columns, lead, heads)
    draft.columns = tuple(columns)
    for at, line in enumerate(body):
        if _is_shifted(line, columns, lead):
            continue
        for column, piece in enumerate(line):
            if piece.text in _NIL:
                draft.nils.add((at, column))
            if piece.what == "number" and columns[column].kind != "text":
                token = cells.token(piece, draft.rows[at], columns[column])
                if token is not None:
                    draft.cells[at, column] = token
    return True


def _columns(
    norm: str, draft: Draft, lines: tuple[Lines, Lines, Lines], heads: Heads
) -> tuple[list[Head], set[int]]:
    """Give the heads of all columns, and which columns name the rows."""
    titles, top, body = lines
    unit = _unit_of(norm, draft, titles, top)
    width = max(len(line) for line in (*top[-1:], *body))
    columns = [heads.column(_names(top, at), unit) for at in range(width)]
    columns = _certain(columns, top, body)
    labels = _label_columns(columns, body, heads)
    columns = [
        heads.as_text(one) if at in labels or not _numbers(body, at) else one
        for at, one in enumerate(columns)
    ]
    return _with_units([_as_printed(one, body, at) for at, one in enumerate(columns)]), labels


def _as_printed(head: Head, body: Lines, column: int) -> Head:
    """Say by its numbers whether 同比增减 is by so many or in per cent: 80, -121 or 6.5, -10.9."""
    if head.kind not in ("change", "growth") or _IN_PERCENT.search(head.name):
        return head
    if head.unit and not head.common:
        return head
    printed = [
        one.text
        for line in body
        for one in line[column : column + 1]
        if one.what == "number" and one.text.strip("-+")[-1:].isdigit()
    ]
    beside = [
        one.text
        for line in body
        for at, one in enumerate(line)
        if at < column and one.what == "number" and one.text[-1:].isdigit()
    ]
    if not printed or any("." in one for one in beside):
        return head
    if any("." in one for one in printed):
        return replace(head, kind="growth", unit="", magnitude=1, common=False)
    return replace(head, kind="change") if _EITHER_WAY.search(head.name) else head


def _rows(body: Lines, columns: Sequence[Head], lead: int, heads: Heads) -> tuple[Head, ...]:
    """Give the heads of all rows, from the cells at the left and the unit that one may name."""
    units = next((at for at, one in enumerate(columns) if heads.is_unit(one.name)), -1)
    if not all(heads.is_measure(line[units].text) for line in body if 0 <= units < len(line)):
        units = -1
    rows: list[Head] = []
    group = ""
    for line in body:
        named = [one for one in line[:lead] if one.what != "gap"]
        indent = named[-1].indent if named else 0
        if named and line[0].what == "text" and lead > 1:
            group = line[0].text
        said = line[units].text if 0 <= units < len(line) else ""
        rows.append(heads.row(tuple(one.text for one in named), indent, group, said))
    return with_depths(rows)


def _is_shifted(line: Sequence[Piece], columns: Sequence[Head], lead: int) -> bool:
    """Whether a row has fewer cells than columns and a number under a name: it is shifted."""
    if len(line) >= len(columns) or len(columns) <= lead + 1:
        return False
    return any(
        piece.what == "number" and head.kind == "text" and not head.name.endswith("号")
        for piece, head in zip(line[1:], columns[1:], strict=False)
    )


def _head_lines(
    draft: Draft,
) -> tuple[list[list[Piece]], list[list[Piece]], list[list[Piece]]]:
    """Give title lines, head lines and the body."""
    titles: list[list[Piece]] = []
    at = 0
    while at < min(len(draft.lines) - 1, _LEAST) and filled(draft.lines[at]) <= 1:
        titles.append(draft.lines[at])
        at += 1
    begin = at
    least = max(begin, draft.ruled)
    while at < len(draft.lines) and at - begin < _MOST_HEADS:
        line = draft.lines[at]
        plain = [one for one in line if one.what == "number"]
        years = sum(1 for one in line[1:] if one.what == "year")
        if at >= least and (plain or years == 1 or (at > begin and line and line[0].text)):
            break
        if at >= least and not years and sum(1 for one in line if one.what == "text") < _LEAST:
            break
        at += 1
    return titles, draft.lines[begin:at], draft.lines[at:]


def _counted(body: Sequence[list[Piece]]) -> list[list[Piece]]:
    """Take «2050» for a number where its column has other numbers than years."""
    numbered = {at for line in body for at, one in enumerate(line) if one.what == "number"}
    return [
        [
            one._replace(what="number")
            if at in numbered and one.what == "year" and one.text.isdigit()
            else one
            for at, one in enumerate(line)
        ]
        for line in body
    ]


def _names(top: Lines, column: int) -> tuple[str, str]:
    """Give the name of a column and what stands above it, merged cells carried to the right."""
    if not top:
        return "", ""
    parts: list[str] = []
    last = top[-1][column].text if column < len(top[-1]) else ""
    for line in top[:-1]:
        at = column
        while at > 0 and last and (at >= len(line) or not line[at].text):
            at -= 1
        text = line[at].text if at < len(line) and (at or not column) else ""
        parts.append(text)
    above = "".join(dict.fromkeys(one for one in parts if one))
    return (last, above) if last else (above, "")


def _certain(columns: Sequence[Head], top: Lines, body: Lines) -> list[Head]:
    """Forget names that do not stand over their columns: a head with fewer cells is shifted."""
    widths = [len(line) for line in body]
    width = max(set(widths), key=widths.count)
    if not top or (len({len(line) for line in top}) == 1 and len(top[-1]) >= width):
        return list(columns)
    return [columns[0], *(Head("", kind="never") for _ in columns[1:])]


def _with_units(columns: Sequence[Head]) -> list[Head]:
    """Give changes and totals the unit of the columns that they are made of."""
    units = {(one.unit, one.magnitude) for one in columns if one.kind == "count"}
    if len(units) != 1:
        return list(columns)
    unit, magnitude = units.pop()
    return [
        replace(one, unit=unit, magnitude=magnitude)
        if one.kind in ("change", "total") and not one.unit
        else one
        for one in columns
    ]


def _numbers(body: Lines, column: int) -> int:
    return sum(1 for line in body if column < len(line) and line[column].what == "number")


def _label_columns(columns: Sequence[Head], body: Lines, heads: Heads) -> set[int]:
    """Give the columns at the left that name the rows."""
    found: set[int] = set()
    for at, head in enumerate(columns):
        kinds = [line[at].what for line in body if at < len(line)]
        words = kinds.count("text") + kinds.count("year")
        if at == 0 and ((head.name and not heads.is_measured(head)) or _counted_names(body)):
            found.add(at)
            continue
        if words > kinds.count("number") or (head.kind == "text" and head.name):
            found.add(at)
        elif not (at == 0 and not head.name and words):
            break
    return found


def _counted_names(body: Lines) -> bool:
    """Whether rows are named by numbers with a unit: 1班, 2班."""
    return any(line[0].what == "number" and not line[0].text[-1].isdigit() for line in body)


def _unit_of(norm: str, draft: Draft, titles: Lines, top: Lines) -> str:
    """Give the unit that stands over the whole table: «单位：万元»; several say nothing."""
    inside = [one.text for line in (*titles, *top) for one in line if one.text]
    before = norm[max(0, draft.start - _TITLE) : draft.start]
    for text in (*inside, before):
        found = _UNIT.search(text)
        if found:
            return found[1]
    return ""
