"""Prose against a table: a number told in a sentence and once more in a cell of the same name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.grid import Grid
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.heads import Head
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.tables import Table
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import Record

_BEFORE: Final = 24
_AFTER: Final = 12
"""Numbers of the sentences around a table that are looked up in it."""
_MOST: Final = 60
"""Heads that are looked for in a sentence: a longer table is a register."""
_EXTRA: Final = 4
"""Characters of a name that the table's head does not have and that may be a verb: 控辍劝返."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年|-)")
_PLACE = re.compile(r"[县市区镇乡村校园省州旗组]|街道")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[、.])"
)
_WHOLE_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?度?")
_TAIL = re.compile(r"(?:总人数|人数|总数|数量|总额|数额|金额|数|情况|量|率)$")


_IMPLIED: Final = {
    "institutions": re.compile(r"^(?:学校|幼儿园|园所|校|园)(?:总?数|数量|个数)?$"),
    "classes": re.compile(r"^(?:教学)?班(?:级)?(?:总?数|数量)?$"),
}
"""What a unit alone says is counted: 小学30所 are schools."""


class Names:
    """What in a name says nothing of whose number it is; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.filler = re.compile(rf"{lexicon.any_of('table_filler')}|其中|的")
        self.narrow = re.compile(lexicon.any_of("restrictor", "crosscut", "excluding"))
        self.same = lexicon.same

    def core(self, name: str) -> str:
        """Give a name as it is compared: 在校生数 is 在校生, and 在园幼儿 too.

        >>> _TAIL.sub("", "劝返人数")
        '劝返'
        """
        found = _TAIL.sub("", name)
        return self.same.get(name) or self.same.get(found) or found or ""


class Match(Record):
    """How well a name of prose fits a cell."""

    row: int
    column: int
    full: bool


def bind_table_prose(reading: Reading) -> Iterator[Candidate]:
    """Give every number of the sentences around a table that the table has too."""
    if not reading.tables:
        return
    names = reading.lexicon.made(Names)
    prose = [one for some in reading.sentences for one in some]
    starts = [one.start for one in prose]
    last = 0
    for place, table in enumerate(reading.tables):
        at = bisect_left(starts, table.start)
        follows = reading.tables[place + 1].start if place + 1 < len(reading.tables) else None
        before = [one for one in prose[max(0, at - _BEFORE) : at] if one.start >= last]
        after = [one for one in prose[at : at + _AFTER] if follows is None or one.start < follows]
        last = table.end
        if len(table.rows) > _MOST or len(table.columns) > _MOST:
            continue
        title = _title_year(reading, table)
        beside = {some[at].sentence for some, at in ((before, -1), (after, 0)) if some}
        for one in (*before, *after):
            if _told(one):
                cues = ("table_near",) if one.sentence in beside else ()
                yield from _candidates(table, one, names, cues, title)


def _told(one: Quantity) -> bool:
    plain = one.role in ("level", "rate") and one.form in ("cardinal", "percent")
    return plain and bool(one.noun) and not one.prior and not one.since


def _title_year(reading: Reading, table: Table) -> int:
    """Give the year in the line above a table, where that line tells no number itself."""
    line = reading.norm[max(0, table.start - _MOST) : table.start].rstrip("\n").rpartition("\n")[2]
    years = _YEAR.findall(line)
    return int(years[-1]) if years and not line.endswith("。") else 0


def _candidates(
    table: Table, one: Quantity, names: Names, near: Sequence[str], title: int
) -> Iterator[Candidate]:
    for across in (False, True):
        grid = Grid(table, across=across)
        columns = [at for at, head in enumerate(grid.columns) if head.kind != "text"]
        alone = sum(1 for at in columns if grid.columns[at].kind in ("count", "total")) == 1
        for match in _matches(grid, columns, one, names):
            cell = grid.at(match.row, match.column)
            heads = grid.rows[match.row], grid.columns[match.column]
            if cell is None or not _alike(one, cell) or not _of_time(one, heads, title):
                continue
            cues = ["table_prose"] if match.full else ["table_prose_more"]
            if alone and not match.full:
                cues += near
            yield Candidate("same", one, (cell,), tuple(cues))


def _alike(one: Quantity, cell: Quantity) -> bool:
    if one.form != cell.form:
        return False
    # A cell without a unit may be told in 万: nobody knows.
    return one.dim == cell.dim or (not cell.dim and one.step <= ONE)


def _of_time(one: Quantity, heads: tuple[Head, Head], title: int) -> bool:
    """Whether a number and a cell may be of one year."""
    if any(head.time < 0 for head in heads):
        return False
    years = {head.year for head in heads if head.year}
    if years:
        return one.year in years
    return not (title and one.year and title != one.year)


def _matches(grid: Grid, columns: Sequence[int], one: Quantity, names: Names) -> Iterator[Match]:
    """Give the cells that a number may be told in: of a row that its name or its year names."""
    found = _row_of(grid, one, names)
    if found is None:
        return
    row, rest, named = found
    for column in columns:
        head = grid.columns[column]
        fit = _fit(rest, head, one, names)
        if fit is None or head.kind not in ("count", "total", "rate", "share"):
            continue
        if fit or named:
            yield Match(row, column, fit)


def _row_of(grid: Grid, one: Quantity, names: Names) -> tuple[int, str, bool] | None:
    """Give the row, what of the name is left for the column, and whether the row was named."""
    name = one.noun
    heads = grid.rows
    labels = [_NUMBERED.sub("", head.name) for head in heads]
    named = [
        at
        for at, label in enumerate(labels)
        if len(label) > 1 and label in name and not heads[at].rank
    ]
    if named:
        row = max(named, key=lambda at: len(labels[at]))
        return row, names.filler.sub("", name.replace(labels[row], "", 1)), True
    years = [at for at, head in enumerate(heads) if one.year and head.year == one.year]
    if len(years) == 1 and _WHOLE_YEAR.fullmatch(heads[years[0]].name):
        return years[0], name, False
    rank, row = max(((head.rank, at) for at, head in enumerate(heads)), default=(0, 0))
    return (row, names.filler.sub("", name), False) if rank > 1 else None


def _fit(rest: str, head: Head, one: Quantity, names: Names) -> bool | None:
    """Say whether a measure is named in full, or with a few words more; None where it is not."""
    measure = names.core(head.name) or head.group
    if not rest:
        implied = _IMPLIED.get(one.dim)
        return True if implied and implied.search(head.name) else None
    if len(measure) < len("学生"):
        return None
    core = names.core(rest)
    if core == measure or (sorted(core) == sorted(measure)):
        return True
    if measure in rest:
        more = rest.replace(measure, "", 1)
        if len(more) <= _EXTRA and not names.narrow.search(more) and not _PLACE.search(more):
            return False
    return None
