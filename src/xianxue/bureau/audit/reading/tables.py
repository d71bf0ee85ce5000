"""Tables: lines of cells, read into rows and columns whose heads say what their numbers are.

The numbers of a table are quantities like all others, marked as cells: no sentence sees them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from xianxue.bureau.audit.reading.cells import Cells, Piece
from xianxue.bureau.audit.reading.dumps import dumps
from xianxue.bureau.audit.reading.heads import Head, Heads, with_depths
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.token import Token
from xianxue.bureau.values.record import Record, replace

_RULE: Final = frozenset("|:-+= \t—")
_SPACES: Final = " "
_NOTE = re.compile(r"[ |\t]*(?:注|备注|说明|附注|资料来源|数据来源)[:0-9]")
_UNIT = re.compile(r"单位:? ?([^\s|():,;。、]{1,8})(?![、,])")
_MOST_HEADS: Final = 4
"""Lines a head may take."""
_TITLE: Final = 60
"""Characters before a table that may name its unit."""
REGISTER: Final = 400
"""Lines from which on a table is a register: its numbers are passed over like names. What is told
of so many rows would be a page."""
_LEAST: Final = 2
"""Lines that make a table: one line with a bar in it is anything."""


class Table(Record):
    """One table, as it was read."""

    start: int
    end: int
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: dict[tuple[int, int], Quantity]
    """By row and column; only cells that hold one number with a value."""


@dataclass(slots=True)
class Draft:
    """A table while it is read: the pieces of its lines."""

    start: int
    end: int
    lines: list[list[Piece]] = field(default_factory=list[list[Piece]])
    ruled: int = 0
    """How many lines stand above the line that parts head and body; 0 without one."""
    rows: tuple[Head, ...] = ()
    columns: tuple[Head, ...] = ()
    cells: dict[tuple[int, int], Token] = field(default_factory=dict[tuple[int, int], Token])


def find_tables(norm: str, lexicon: Lexicon) -> list[Draft]:
    """Find every table, read its heads and make the tokens of its cells; and every dump."""
    cells, heads = lexicon.made(Cells), lexicon.made(Heads)
    found: list[Draft] = []
    for block in _blocks(norm, cells) if "\t" in norm or "|" in norm else ():
        if not block.lines:
            found.append(block)
        for part in _parted(block):
            found += [one for one in _halves(part) if _understood(norm, one, cells, heads)]
    starts = [one.start for one in found]
    for begin, end in dumps(norm):
        at = bisect_right(starts, begin) - 1
        if at < 0 or found[at].end <= begin:
            tokens = cells.names(norm[begin:end], begin)
            found.append(Draft(begin, end, cells={(0, n): one for n, one in enumerate(tokens)}))
    return sorted(found, key=lambda one: one.start)


def without_cells(norm: str, drafts: Sequence[Draft]) -> str:
    """Blank the cells that are numbers already: nobody need read them twice."""
    pieces: list[str] = []
    at = 0
    every = (cell for draft in drafts for cell in draft.cells.values())
    for cell in sorted(every, key=lambda one: one.start):
        pieces += (norm[at : cell.start], " " * (cell.end - cell.start))
        at = cell.end
    pieces.append(norm[at:])
    return "".join(pieces)


def with_cells(tokens: Sequence[Token], drafts: Sequence[Draft]) -> list[Token]:
    """Put the tokens of cells in the place of what was read there, and mark all of a table."""
    if not drafts:
        return list(tokens)
    made: list[Token] = []
    at = 0
    for _, some in groupby(drafts, key=lambda one: one.start):
        halves = list(some)
        draft = halves[0]
        while at < len(tokens) and tokens[at].start < draft.start:
            made.append(tokens[at])
            at += 1
        inside = [token for half in halves for token in half.cells.values()]
        inside.sort(key=lambda one: one.start)
        for cell in inside:
            while at < len(tokens) and tokens[at].start < cell.end:
                if tokens[at].end <= cell.start:
                    tokens[at].cell = True
                    made.append(tokens[at])
                at += 1
            made.append(cell)
        while at < len(tokens) and tokens[at].start < draft.end:
            tokens[at].cell = True
            made.append(tokens[at])
            at += 1
    made += tokens[at:]
    return made


def tables_of(drafts: Sequence[Draft], quantities: Sequence[Quantity]) -> tuple[Table, ...]:
    """Freeze tables, with the quantities that their tokens became."""
    if not drafts:
        return ()
    by_start = {one.start: one for one in quantities if one.cell}
    return tuple(
        Table(
            one.start, one.end, one.rows, one.columns,
            {place: by_start[token.start] for place, token in one.cells.items()},
        )
        for one in drafts
        if one.rows
    )  # fmt: skip


def _blocks(norm: str, cells: Cells) -> Iterator[Draft]:
    """Give every run of lines with cells, as pieces."""
    lines: list[tuple[int, str]] = []
    mark = ""
    begin = 0
    for line in norm.split("\n"):
        here = "\t" if "\t" in line.rstrip() else "|" if "|" in line else ""
        if not here and lines and line[:1] == "\t":
            here = "\t"
        if here and _NOTE.match(line):
            here = ""
        inline = here == "|" and ";" in line and line[0] != "|"
        ruled = mark == "|" and line[:1] == "+" and _RULE.issuperset(line)
        if (here != mark or inline) and not ruled:
            if lines:
                yield from _block(lines, mark, cells)
            lines, mark = [], here
        if inline:
            yield Draft(begin, begin + len(line), cells.inline(line, begin))
            mark = ""
        elif here:
            lines.append((begin, line))
        begin += len(line) + 1
    if lines:
        yield from _block(lines, mark, cells)


def _block(lines: Sequence[tuple[int, str]], mark: str, cells: Cells) -> Iterator[Draft]:
    """Give the pieces of a run of lines; of a register only where its numbers stand."""
    begin, (last, line) = lines[0][0], lines[-1]
    block = Draft(begin, last + len(line))
    if len(lines) > REGISTER:
        numbers = (one for at, line in lines for one in cells.names(line, at))
        block.cells = {(at, 0): token for at, token in enumerate(numbers)}
        yield block
        return
    for at, line in lines:
        if mark == "|" and "-" in line and _RULE.issuperset(line):
            block.ruled = block.ruled or len(block.lines)
        else:
            block.lines.append(cells.pieces(line, at, mark))
    if len(block.lines) >= _LEAST:
        yield block


def _parted(block: Draft) -> Iterator[Draft]:
    """Part a block where a new head stands in it: a line of words only, in columns of numbers."""
    if len(block.lines) < _LEAST:
        return
    numbered = False
    begin = 0
    for at, line in enumerate(block.lines):
        words = sum(1 for one in line[1:] if one.what == "text")
        numbers = sum(1 for one in line if one.what == "number")
        if numbered and not numbers and words >= _LEAST and words * 2 > len(line) - 1:
            following = block.lines[at + 1 : at + 2]
            if following and any(one.what == "number" for one in following[0]):
                yield _slice(block, begin, at)
                begin, numbered = at, False
        numbered = numbered or numbers > 0
    yield _slice(block, begin, len(block.lines)) if begin else block


def _halves(draft: Draft) -> list[Draft]:
    """Part tables that stand side by side under one head: 项目|金额|项目|金额."""
    top = next((line for line in draft.lines if _filled(line) > 1), draft.lines[0])
    names = [one.text for one in top]
    middle = len(names) // 2
    if middle < _LEAST or len(names) % 2 or names[:middle] != names[middle:]:
        return [draft]
    return [
        Draft(draft.start, draft.end, [line[some] for line in draft.lines], draft.ruled)
        for some in (slice(0, middle), slice(middle, None))
    ]


def _slice(block: Draft, begin: int, end: int) -> Draft:
    lines = block.lines[begin:end]
    first = block.start if not begin else lines[0][0].start
    last = block.end if end == len(block.lines) else lines[-1][-1].end
    return Draft(first, last, lines, 0 if begin else block.ruled)


def _understood(norm: str, draft: Draft, cells: Cells, heads: Heads) -> bool:
    """Read heads and cells of a table; whether it has any numbers."""
    titles, top, body = _head_lines(draft)
    if not body or not any(one.what == "number" for line in body for one in line):
        return False
    body = _counted(body)
    unit = _unit_of(norm, draft, titles, top)
    width = max(len(line) for line in (*top[-1:], *body))
    columns = [heads.column(_names(top, at), unit) for at in range(width)]
    columns = _certain(columns, top, body)
    labels = _label_columns(columns, body, heads)
    columns = [
        heads.as_text(one) if at in labels or not _numbers(body, at) else one
        for at, one in enumerate(columns)
    ]
    columns = _with_units(columns)
    lead = next((at for at in range(width) if at not in labels), width)
    units = next((at for at, one in enumerate(columns) if heads.is_unit(one.name)), -1)
    if not all(heads.is_measure(line[units].text) for line in body if 0 <= units < len(line)):
        units = -1
    rows: list[Head] = []
    group = ""
    for line in body:
        named = [one for one in line[:lead] if one.what != "gap"]
        texts = [one.text for one in named]
        indent = named[-1].indent if named else 0
        if named and line[0].what == "text" and lead > 1:
            group = line[0].text
        said = line[units].text if 0 <= units < len(line) else ""
        rows.append(heads.row(tuple(texts), indent, group, said))
    draft.rows = with_depths(rows)
    draft.columns = tuple(columns)
    shifted = len(columns) > lead + 1
    for at, line in enumerate(body):
        if (
            shifted
            and len(line) < width
            and any(
                one.what == "number" and heads.is_words(columns[c])
                for c, one in enumerate(line)
                if c >= 1 and not columns[c].name.endswith("号")
            )
        ):
            continue  # a row with fewer cells whose numbers stand under names: they are shifted
        for column, piece in enumerate(line):
            if column in labels or piece.what != "number" or heads.is_words(columns[column]):
                continue
            token = cells.token(piece, draft.rows[at], columns[column])
            if token is not None:
                draft.cells[at, column] = token
    return True


def _head_lines(
    draft: Draft,
) -> tuple[list[list[Piece]], list[list[Piece]], list[list[Piece]]]:
    """Give title lines, head lines and the body."""
    titles: list[list[Piece]] = []
    at = 0
    while at < min(len(draft.lines) - 1, _LEAST) and _filled(draft.lines[at]) <= 1:
        titles.append(draft.lines[at])
        at += 1
    begin = at
    least = max(begin, draft.ruled)
    while at < len(draft.lines) and at - begin < _MOST_HEADS:
        line = draft.lines[at]
        plain = [one for one in line if one.what == "number"]
        years = sum(1 for one in line[1:] if one.what == "year")
        if at >= least and (plain or years == 1 or (at > begin and line[0].text)):
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


def _filled(line: Sequence[Piece]) -> int:
    return sum(1 for one in line if one.text)


def _names(top: Sequence[Sequence[Piece]], column: int) -> tuple[str, str]:
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


def _certain(
    columns: Sequence[Head], top: Sequence[Sequence[Piece]], body: Sequence[Sequence[Piece]]
) -> list[Head]:
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


def _numbers(body: Sequence[Sequence[Piece]], column: int) -> int:
    return sum(1 for line in body if column < len(line) and line[column].what == "number")


def _label_columns(
    columns: Sequence[Head], body: Sequence[Sequence[Piece]], heads: Heads
) -> set[int]:
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


def _counted_names(body: Sequence[Sequence[Piece]]) -> bool:
    """Whether rows are named by numbers with a unit: 1班, 2班."""
    return any(line[0].what == "number" and not line[0].text[-1].isdigit() for line in body)


def _unit_of(
    norm: str, draft: Draft, titles: Sequence[Sequence[Piece]], top: Sequence[Sequence[Piece]]
) -> str:
    """Give the unit that stands over the whole table: «单位：万元»; several say nothing."""
    inside = [one.text for line in (*titles, *top) for one in line if one.text]
    before = norm[max(0, draft.start - _TITLE) : draft.start]
    for text in (*inside, before):
        found = _UNIT.search(text)
        if found:
            return found[1]
    return ""
