"""Prose against a table: a number told in a sentence and once more in a cell of the same name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.tables.grid import Grid
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.heads import Head
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.tables import Table
from xianxue.bureau.audit.reading.text import Reading

_BEFORE: Final = 24
_AFTER: Final = 12
"""Numbers of the sentences around a table that are looked up in it."""
_MOST: Final = 60
"""Heads that are looked for in a sentence: a longer table is a register."""
_SAID: Final = 200
"""Characters of its sentence before a number that may name a row."""
_EXTRA: Final = 4
"""Characters of a name that the table's head does not have and that may be a verb: 控辍劝返."""
_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年|-)")
_PLACE = re.compile(r"[县市区镇乡村校园省州旗组]|街道")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[、.])"
)
_ONE_PLACE = re.compile(
    r"(?<![乡城集各建重])镇(?!区)|(?<![城下各])乡(?![镇村土])|街道|[一二三四]中(?!学)"
)
_REFERS = re.compile("表|如下|附后|下列|明细")
"""Words by which a sentence points to the table beside it."""
_SCOPE = re.compile("[全本我]([国省市县区州旗镇乡校])")
_KINDERGARTEN = re.compile("[园幼]")
"""Children of kindergartens are no total of 学生数, which names pupils of any stage."""
_SENTENCE = re.compile("[。\n]")
_TIME = re.compile(
    r"(?:19|20)[0-9]{2}(?:年度|学年|年)?[初末底]?|[本今当全]年"
    r"|[春秋]季学期|[上下]学期|[上下]半年|[一二三四]季度|[春秋]季|暑期|寒假"
)
_TOLD: Final = frozenset({"count", "total", "rate", "share"})
_COUNTED: Final = frozenset({"count", "total"})
_SHORTEST: Final = 2
"""Characters of a measure: one is a scrap of a word."""
_WHOLE_YEAR = re.compile(r"(?:19|20)[0-9]{2}年?度?")
_TAIL = re.compile(r"(?:总人数|人数|总数|数量|总额|数额|金额|数|情况|量|率)$")


class Names:
    """What in a name says nothing of whose number it is; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.filler = re.compile(rf"{lexicon.any_of('table_filler')}|其中|的")
        self.narrow = re.compile(
            lexicon.any_of("restrictor", "crosscut", "excluding", "table_narrow")
        )
        self.future = re.compile(lexicon.any_of("table_future"))
        self.same, self.units = lexicon.same, lexicon.units

    def core(self, name: str) -> str:
        """Give a name as it is compared: 在校生数 is 在校生, and 在园幼儿 too.

        >>> _TAIL.sub("", "劝返人数")
        '劝返'
        """
        found = _TAIL.sub("", name)
        return self.same.get(name) or self.same.get(found) or found or ""


class Side:
    """A table looked at down or across, with what is asked of it for each number of prose."""

    def __init__(self, grid: Grid, names: Names) -> None:
        self.grid, self._names = grid, names
        heads = grid.rows
        self.labels = [_NUMBERED.sub("", head.name) for head in heads]
        self.columns = [at for at, head in enumerate(grid.columns) if head.kind in _TOLD]
        self.alone = sum(1 for at in self.columns if grid.columns[at].kind in _COUNTED) == 1
        self._kinds = [one.name for one in grid.columns if one.kind == "text" and one.name]
        numbered = [at for at, head in enumerate(heads) if head.kind != "text"]
        rank, total = max(((heads[at].rank, at) for at in numbered), default=(0, -1))
        self._whole = total if rank > 1 else numbered[0] if len(numbered) == 1 else -1
        self.all = [at for at in numbered if heads[at].kind == "count" and not heads[at].part]
        if self._whole < 0 and len({heads[at].depth for at in self.all}) > 1:
            self.all.clear()

    def cells(self, one: Quantity, said: str, near: str) -> Iterator[tuple[int, int, str]]:
        """Give row and column of what a number may be told in, and the cue; -1 is all rows."""
        found = self._row_of(one, said)
        if found is None:
            return
        row, rest, named = found
        verb = one.lead if named else ""
        fits = {
            at: self._done(verb, at) or self._fit(rest, self.grid.columns[at])
            for at in self.columns
        }
        # 毕业生升学人数 names two columns, and counts what is named last.
        ends = {at: rest.find(self._names.core(self.grid.columns[at].name)) for at in fits}
        last = max((ends[at] for at, full in fits.items() if full is not None), default=-1)
        for column, full in fits.items():
            if full:
                yield row, column, "table_prose"
            elif full is not None and named and ends[column] == last:
                sure = near and (self.alone or near == "refers")
                yield row, column, "table_prose_near" if sure else "table_prose_more"
            elif near == "refers" and self.alone and (full is False or self._is_any(column, one)):
                yield row, column, "table_prose_near"

    def _done(self, name: str, column: int) -> bool:
        """Whether a row's name is only told with what the column is called by: 丁村完成."""
        head = self.grid.columns[column].name
        return len(head) > 1 and any(name == f"{label}{head}" for label in self.labels)

    def _is_any(self, column: int, one: Quantity) -> bool:
        """Whether a column only says 人数 or 数量, of what its table is about."""
        head = self.grid.columns[column]
        people = one.dim == "people" and head.name in ("人数", "总人数")
        units = self._names.units.get(head.unit)
        return not self._names.core(head.name) and (
            people or (units is not None and units.dimension == one.dim)
        )

    def _row_of(self, one: Quantity, said: str) -> tuple[int, str, bool] | None:
        """Give the row, what of the name is left for the column, and whether the row was named."""
        name, heads, labels = one.noun, self.grid.rows, self.labels
        named = [
            at
            for at, label in enumerate(labels)
            if len(label) > 1
            and label in name
            and not heads[at].rank
            and f"中{label}" not in name  # 中小学 is not 小学
        ]
        if named:
            row = max(named, key=lambda at: len(labels[at]))
            return row, self._names.filler.sub("", name.replace(labels[row], "", 1)), True
        years = [at for at, head in enumerate(heads) if one.year and head.year == one.year]
        if len(years) == 1 and _WHOLE_YEAR.fullmatch(heads[years[0]].name):
            return years[0], name, False
        told = [at for at, label in enumerate(labels) if len(label) > 1 and label in said]
        several = any(f"中{labels[at]}" in said for at in told)  # 中小学 is of several rows
        scope = None if several else _SCOPE.search(one.lead)
        if len(told) == 1 and not scope and not several:
            # 小学30所,专任教师480人: the subject goes on, where no word made it a smaller one.
            narrow = self._names.narrow.search(said.replace(labels[told[0]], ""))
            return None if narrow else (told[0], name, False)
        if (told and not scope) or any(len(label) > 1 and label in one.after for label in labels):
            return None
        if self._whole < 0 and (self.grid.across or len(self.all) < _SHORTEST):
            return None
        name = _TIME.sub("", name)
        for kind in self._kinds:
            # 三个乡镇共有…, 各镇共有…: all that the table lists
            name = name.removeprefix("各").removeprefix(kind).replace(kind, "", len(kind) > 1)
        return self._whole, self._names.filler.sub("", name).removeprefix("各"), False

    def _fit(self, rest: str, head: Head) -> bool | None:
        """Say whether a measure is named in full, or with words more; None where it is not."""
        names = self._names
        measure = names.core(_TIME.sub("", head.name)) or head.group
        core = names.core(rest)
        if not rest or len(measure) < _SHORTEST:
            return None
        if bool(_KINDERGARTEN.search(rest)) != bool(_KINDERGARTEN.search(head.name)):
            return None
        if core == measure or (sorted(core) == sorted(measure)):
            return True
        more = rest.replace(measure, "", 1) if measure in rest else ""
        if more and rest.endswith(core) and any(more == one.name for one in self.grid.columns):
            return False
        narrow = names.narrow.search(more) or _PLACE.search(more) or len(more) > _EXTRA
        return False if more and not narrow else None


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
        told = [one for one in (*before, *after) if _told(one)]
        if not told or len(table.rows) > _MOST or len(table.columns) > _MOST:
            continue
        sides = [Side(Grid(table, across=across), names) for across in (False, True)]
        above = _above(reading, table)
        title = _title_year(above)
        beside = {some[at].sentence for some, at in ((before, -1), (after, 0)) if some}
        for one in told:
            said = _SENTENCE.split(reading.norm[max(0, one.start - _SAID) : one.start])[-1]
            if names.future.search(said) or _elsewhere(said, sides) or _other_scope(said, above):
                continue
            near = "near" if one.sentence in beside else ""
            if near and _REFERS.search(_SENTENCE.split(reading.norm[one.end : one.end + _MOST])[0]):
                near = "refers"
            if near and _REFERS.search(said):
                near = "refers"
            for side in sides:
                yield from _candidates(side, one, said, near, title)


def _told(one: Quantity) -> bool:
    plain = one.role in ("level", "rate") and one.form in ("cardinal", "percent")
    return plain and bool(one.noun) and not one.prior and not one.since


def _elsewhere(said: str, sides: Sequence[Side]) -> bool:
    """Whether a sentence is about one place or school that no row or column is of."""
    found = _ONE_PLACE.search(said)
    return bool(found) and not any(
        len(label) > 1 and label in said for side in sides for label in side.labels
    )


def _above(reading: Reading, table: Table) -> str:
    """Give the line above a table, where it is a title and no sentence."""
    line = reading.norm[max(0, table.start - _MOST) : table.start].rstrip("\n").rpartition("\n")[2]
    return "" if line.endswith("。") else line


def _title_year(line: str) -> int:
    years = _YEAR.findall(line)
    return int(years[-1]) if years else 0


def _other_scope(said: str, line: str) -> bool:
    """Whether a sentence speaks of the province and the title of the county."""
    one, other = _SCOPE.search(said), _SCOPE.search(line)
    if one and other:
        return one[1] != other[1]
    return bool(one and one[1] in "国省")


def _candidates(side: Side, one: Quantity, said: str, near: str, title: int) -> Iterator[Candidate]:
    for row, column, cue in side.cells(one, said, near):
        rows = [row] if row >= 0 else side.all
        cells = [cell for at in rows if (cell := side.grid.at(at, column)) is not None]
        heads = (side.grid.columns[column], *(side.grid.rows[at] for at in rows[:1]))
        if len(cells) < len(rows) or not _of_time(one, heads, title):
            continue
        if all(_alike(one, cell) for cell in cells):
            yield Candidate("same" if row >= 0 else "sum", one, tuple(cells), (cue,))


def _alike(one: Quantity, cell: Quantity) -> bool:
    if one.form != cell.form:
        return False
    # A cell without a unit may be told in 万: nobody knows.
    return one.dim == cell.dim or (not cell.dim and one.step <= ONE)


def _of_time(one: Quantity, heads: Sequence[Head], title: int) -> bool:
    """Whether a number and a cell may be of one year."""
    if any(head.time < 0 for head in heads):
        return False
    years = {head.year for head in heads if head.year}
    if years:
        return one.year in years
    return not (title and one.year and title != one.year)
