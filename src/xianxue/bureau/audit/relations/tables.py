"""Tables: columns whose rows add up, rows whose columns add up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.relations.said import slips
from xianxue.bureau.audit.relations.sums import digits
from xianxue.bureau.audit.wording import shown

_BAR = re.compile(r"[0-9] ?\| ?[0-9]")
_ROW_END = re.compile(r"[\n;。]")
_TOTALS: Final = frozenset({"合计", "总计", "小计", "计", "共计", "总数", "合 计", "总 计"})
_MANY_ROWS: Final = 60
_HALF: Final = 2
_SURE: Final = 3


@dataclass(slots=True)
class Row:
    """One row: its label and its numbers by column."""

    label: str
    cells: dict[int, Mention] = field(default_factory=dict[int, Mention])
    texts: list[str] = field(default_factory=list[str])
    inside: list[Mention] = field(default_factory=list[Mention])
    """Numbers in a bracket behind the row."""
    others: list[Mention] = field(default_factory=list[Mention])


def find_tables(norm: str, mentions: Sequence[Mention]) -> list[list[Row]]:
    """Find every table; its numbers are taken out of the sentences (their part becomes other)."""
    if "\t" not in norm and "|" not in norm:
        return []
    tables: list[list[Row]] = [[]]
    starts = [one.start for one in mentions]
    for begin, end in _lines(norm):
        line = norm[begin:end]
        current = tables[-1]
        first = bisect_left(starts, begin)
        if "\t" in line or line.count("|") > 1 or _BAR.search(line) or (current and "|" in line):
            current.append(_row(norm, begin, end, mentions, first))
        elif current and line.strip().startswith("("):
            inside = mentions[first : bisect_left(starts, end)]
            current[-1].inside = [one for one in inside if one.form == "cardinal"]
        elif line.strip() and current:
            tables.append([])
    found = [table for table in tables if len(table) >= _HALF]
    for table in found:
        for row in table:
            for cell in (*row.cells.values(), *row.others):
                cell.part, cell.column = "other", True
    return found


def _lines(norm: str) -> Iterator[tuple[int, int]]:
    """Give where each line, or row set off by a semicolon, begins and ends."""
    begin = 0
    for found in _ROW_END.finditer(norm):
        yield begin, found.start()
        begin = found.end()
    yield begin, len(norm)


def _row(norm: str, begin: int, end: int, mentions: Sequence[Mention], at: int) -> Row:
    mark = "\t" if "\t" in norm[begin:end] else "|"
    texts = norm[begin:end].split(mark)
    row = Row("", texts=[one.strip() for one in texts])
    place = begin
    for column, text in enumerate(texts):
        stop = place + len(text)
        while at < len(mentions) and mentions[at].start < place:
            at += 1
        if at < len(mentions) and mentions[at].start < stop:
            mention = mentions[at]
            rest = norm[mention.end : stop].strip()
            if mention.form in ("cardinal", "percent", "ordinal", "year", "name") and not rest:
                if column == 0 and mention.start > place:
                    row.label = norm[place : mention.start].strip()
                if mention.form == "cardinal":
                    row.cells[column] = mention
                else:
                    row.others.append(mention)
        place = stop + 1
    if not row.label:
        row.label = next((one for one in row.texts if one and not one[0].isdigit()), "")
    return row


def judge_tables(ledger: Ledger, tables: Sequence[list[Row]]) -> None:
    """Judge every table."""
    for table in tables:
        _columns(ledger, table)
        for row in table:
            _bracket(ledger, row)
        _rows(ledger, table)


# ── rows that are sums of other rows ──


def _columns(ledger: Ledger, table: list[Row]) -> None:
    children: dict[int, int] = {}
    for at in range(len(table) - 1, -1, -1):
        found = _parts_below(table, at, children)
        if found is None and _is_total(table[at].label):
            found = _parts_above(table, at, children)
        if found is not None:
            _enter_column(ledger, table, at, found)
            for part in found:
                children.setdefault(part, at)


def _parts_below(table: list[Row], at: int, children: dict[int, int]) -> list[int] | None:
    below = [
        row
        for row in range(at + 1, min(len(table), at + _MANY_ROWS))
        if children.get(row, -1) <= at and (row not in children)
    ]
    return _best(table, at, below)


def _parts_above(table: list[Row], at: int, children: dict[int, int]) -> list[int] | None:
    above = [row for row in range(at - 1, max(-1, at - _MANY_ROWS), -1) if row not in children]
    found = _best(table, at, above)
    return found[::-1] if found else None


def _best(table: list[Row], at: int, rows: list[int]) -> list[int] | None:
    """Give the shortest run of rows that makes the row in most of its columns."""
    whole = table[at]
    if not whole.cells:
        return None
    sums = dict.fromkeys(whole.cells, 0)
    low, high = dict(sums), dict(sums)
    best: tuple[int, int] | None = None
    total = _is_total(whole.label)
    for count, row in enumerate(rows, 1):
        for column in whole.cells:
            cell = table[row].cells.get(column)
            if cell is not None:
                sums[column] += cell.value
                low[column] += cell.low
                high[column] += cell.high
        if count < _HALF:
            continue
        held = [
            column
            for column, cell in whole.cells.items()
            if sums[column] and low[column] <= cell.high and high[column] >= cell.low
        ]
        weight = sum(digits(whole.cells[column]) for column in held)
        if (len(held) >= _HALF and weight > _SURE) or (
            len(held) == 1 and (weight >= _SURE or total)
        ):
            score = len(held)
            if best is None or score > best[0]:
                best = (score, count)
        if all(low[column] > cell.high for column, cell in whole.cells.items()):
            break
    if best is None:
        return rows if total and len(rows) >= _HALF and _only_plain(table, rows) else None
    return rows[: best[1]]


def _only_plain(table: list[Row], rows: list[int]) -> bool:
    return not any(_is_total(table[row].label) for row in rows)


def _enter_column(ledger: Ledger, table: list[Row], at: int, rows: Sequence[int]) -> None:
    whole = table[at]
    states: dict[int, tuple[bool, tuple[Mention, ...]]] = {}
    for column, cell in whole.cells.items():
        parts = tuple(table[row].cells[column] for row in rows if column in table[row].cells)
        if len(parts) < _HALF:
            continue
        low, high = sum(part.low for part in parts), sum(part.high for part in parts)
        states[column] = (low <= cell.high and high >= cell.low, parts)
    held = sum(1 for holds, _ in states.values() if holds)
    for column, (holds, parts) in states.items():
        complete = len(parts) == len(rows) or all(
            not table[row].texts[column : column + 1]
            or table[row].texts[column] in ("", "0", "-", "—", "/")
            for row in rows
            if column not in table[row].cells
        )
        if holds:
            _prove(ledger, whole.cells[column], parts)
        elif complete and (
            held >= _HALF
            or (held >= 1 and _is_total(whole.label))
            or (_is_total(whole.label) and len(states) == 1)
        ):
            sure = held * _HALF >= len(states)
            _refute(ledger, whole.cells[column], parts, sure=sure or len(states) == 1)


def _bracket(ledger: Ledger, row: Row) -> None:
    """Judge a bracket behind a row, which makes one of its numbers: (初级中学836,完全中学399)."""
    if len(row.inside) < _HALF:
        return
    value = sum(one.value for one in row.inside)
    cells = [cell for cell in row.cells.values() if not ledger.is_proven("sum", cell)]
    for cell in row.cells.values():
        if cell.value == value:
            _prove(ledger, cell, row.inside)
            return
    likely = [cell for cell in cells if digits(cell) >= _SURE if slips(ledger, cell, row.inside)]
    if len(likely) == 1:
        _refute(ledger, likely[0], row.inside, sure=True)


# ── columns that are sums of other columns ──


def _rows(ledger: Ledger, table: list[Row]) -> None:
    header = next(
        (row for row in table[:3] if not row.cells and sum(1 for one in row.texts if one) > _HALF),
        None,
    )
    if header is None:
        return
    for column, text in enumerate(header.texts):
        if text.replace(" ", "") not in _TOTALS:
            continue
        window = _window(table, column, len(header.texts))
        if window is None:
            continue
        for row in table:
            cell = row.cells.get(column)
            parts = tuple(row.cells[one] for one in window if one in row.cells)
            if cell is None or len(parts) < _HALF or ledger.is_proven("sum", cell):
                continue
            low, high = sum(part.low for part in parts), sum(part.high for part in parts)
            if low <= cell.high and high >= cell.low:
                _prove(ledger, cell, parts)
            elif len(parts) == len(window):
                _refute(ledger, cell, parts, sure=True)


def _window(table: list[Row], column: int, width: int) -> list[int] | None:
    """Give the columns that make the total in most rows."""
    best: tuple[int, list[int]] | None = None
    for window in [list(range(column + 1, end)) for end in range(column + 3, width + 1)] + [
        list(range(begin, column)) for begin in range(column - 2, -1, -1)
    ]:
        held = seen = 0
        for row in table:
            cell = row.cells.get(column)
            parts = [row.cells[one] for one in window if one in row.cells]
            if cell is None or len(parts) < _HALF:
                continue
            seen += 1
            low, high = sum(part.low for part in parts), sum(part.high for part in parts)
            held += low <= cell.high and high >= cell.low
        if held >= _HALF and held * _HALF > seen and (best is None or held > best[0]):
            best = (held, window)
    return best[1] if best else None


def _is_total(label: str) -> bool:
    return label.replace(" ", "") in _TOTALS or label.replace(" ", "").endswith(
        ("合计", "总计", "小计")
    )


def _prove(ledger: Ledger, whole: Mention, parts: Sequence[Mention]) -> None:
    value = sum(part.value for part in parts)
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    said = "＋".join(ledger.text(part) for part in parts)
    exact = value == whole.value
    ledger.prove(
        "sum",
        "exact" if exact else "rounding",
        whole,
        parts,
        f"表中{said}＝{ledger.text(whole)}{'' if exact else '（在四舍五入范围内）'}。",
        (low, high),
    )


def _refute(ledger: Ledger, whole: Mention, parts: Sequence[Mention], *, sure: bool) -> None:
    value = sum(part.value for part in parts)
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    said = "＋".join(ledger.text(part) for part in parts)
    text = ledger.text(whole)
    total, away = shown(value, whole, text), shown(abs(value - whole.value), whole, text)
    message = f"表中{said}＝{total}，所填的是{text}，相差{away}；不能断定是哪一个数填错。"
    do = f"若各项都对，应为{total}。"
    verdict = "inconsistent" if sure else "possible"
    ledger.refute(Finding(verdict, "sum", whole, tuple(parts), message, low, high, do))
