"""Tables with one item a row: read downwards, as if they had been turned.

The column of items is the headers, a column of units tells theirs, and each other column is what
one school says. Cells keep the addresses that they have in the sheet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.returns.contents.strict import number_of, written
from xianxue.bureau.returns.contents.texts import bare, is_total, readings
from xianxue.bureau.returns.files.opening import Merged
from xianxue.bureau.returns.mapping.lines import is_footer, is_unit_line
from xianxue.bureau.returns.mapping.table import Head, Table
from xianxue.bureau.returns.mapping.targets import Codes, targets_of
from xianxue.bureau.returns.reading.unread import filled, is_empty
from xianxue.bureau.returns.sheets.grid import Grid, Raw

_FEWEST: Final = 3
"""Items of the form that a column has to name: two may stand below each other by chance."""
_WITHIN: Final = 6
"""Columns in which the items are looked for."""
_REMARKS: Final = frozenset({
    *("备注", "说明", "填报说明", "指标解释", "填报要求", "数据来源", "口径", "计算方法"),
    *("填报口径", "责任股室", "填报股室", "序号", "行次", "编号", "代码", "指标代码"),
})  # fmt: skip
"""Columns beside the items that hold no school's numbers."""
_SCHOOL = re.compile(
    r"(?:小学|中学|初中|高中|学校|校区|幼儿园|幼园|教学点|中心校|[一-龥](?:小|中|园|校))$"
)
_NAME: Final = "学校名称"


def turned(grid: Grid) -> Grid:
    """Make rows of columns."""
    width = max(map(len, grid), default=0)
    return [[row[at] if at < len(row) else "" for row in grid] for at in range(width)]


def turned_ranges(merged: Merged) -> Merged:
    """Turn merged ranges along with their grid."""
    return [((left, top), (right, bottom)) for (top, left), (bottom, right) in merged]


def names_asked(forms: Iterable[Form], codes: Codes) -> frozenset[str]:
    """Give all that the fields of forms are called, and the school's code and name."""
    fields = (target.field for form in forms for target in targets_of(form, codes))
    return frozenset(
        core
        for field in fields
        for name in (field.term, *field.synonyms)
        for core, _ in readings(name)
    )


def find_downwards(grid: Grid, names: AbstractSet[str]) -> Table | None:
    """Find a table with one item a row, in a grid that has been turned; None where there is none.

    ``names`` are those of the fields (``names_asked``).
    """
    counts = [sum(_is_named(written(raw), names) for raw in line) for line in grid[:_WITHIN]]
    most = max(counts, default=0)
    if most < _FEWEST:
        return None
    items = counts.index(most)
    top = _top(grid, items, names)
    footers = {at for at in range(len(grid[items])) if is_footer(_line(grid, at))}
    heads = _heads(grid, items, top, footers)
    table = Table(heads, (items, items), down=True)
    for number, line in enumerate(grid):
        said = written(line[top]) if top < len(line) else ""
        if number == items or not filled(line):
            continue
        if number > items and is_unit_line(line[top + 1 :]) and not table.rows:
            table.heads = tuple(_with_unit(head, written(line[head.at])) for head in table.heads)
        if number < items or _is_beside(line, said, top):
            table.around += [(number, at) for at in filled(line) if heads[at].levels or at <= top]
        else:
            table.rows.append(number)
    loose = [at for at in range(len(grid[items])) if not heads[at].levels]
    table.around += [
        (row, at) for row in (items, *table.rows) for at in loose if not is_empty(grid[row][at])
    ]
    _name_schools(grid, table, top, names)
    return table if table.rows else None


def _line(grid: Grid, at: int) -> list[Raw]:
    return [row[at] for row in grid]


def _is_named(text: str, names: AbstractSet[str]) -> bool:
    return bool(text) and any(core in names for core, _ in readings(text))


def _top(grid: Grid, items: int, names: AbstractSet[str]) -> int:
    """Find the sheet's row of headers: the last above the first item that holds several texts."""
    first = next(at for at, raw in enumerate(grid[items]) if _is_named(written(raw), names))
    above = [at for at in range(first) if len([row for row in grid if not is_empty(row[at])]) > 1]
    return above[-1] if above else -1


def _heads(grid: Grid, items: int, top: int, footers: AbstractSet[int]) -> tuple[Head, ...]:
    texts = [written(raw) for raw in grid[items]]
    often = Counter(map(bare, texts))
    heads: list[Head] = []
    group = ""
    for at, text in enumerate(texts):
        beside = [written(grid[number][at]) for number in range(items)]
        group = next((said for said in reversed(beside) if _says(said)), group)
        # Only what would be the same without it needs the group that stands beside it.
        levels = (group, text) if group and often[bare(text)] > 1 else (text,)
        unread = at <= top or at in footers or not text
        heads.append(Head(at, () if unread else levels))
    return tuple(heads)


def _says(text: str) -> bool:
    return bool(text) and number_of(text) is None


def _with_unit(head: Head, text: str) -> Head:
    return Head(head.at, head.levels, below=bare(text)) if is_unit_line([text]) else head


def _is_beside(line: list[Raw], said: str, top: int) -> bool:
    """Whether a column beside the items is units, remarks, numbers or a sum."""
    head = bare(said)
    return head in _REMARKS or is_total(said) or is_unit_line(line[top + 1 :])


def _name_schools(grid: Grid, table: Table, top: int, names: AbstractSet[str]) -> None:
    """Take the headers of the columns for schools' names where no item says whose they are."""
    whose = {core for core in names if core in _WHOSE}
    told = any(core in whose for head in table.named for core, _ in readings(head.levels[-1]))
    if top < 0 or told:
        return
    said = [written(grid[row][top]) for row in table.rows]
    if all(_SCHOOL.search(bare(text)) for text in said):
        heads = list(table.heads)
        heads[top] = Head(top, (_NAME,))
        table.heads = tuple(heads)
        table.around = [(row, at) for row, at in table.around if at != top or row < table.rows[0]]


_WHOSE: Final = frozenset(
    {"学校名称", "学校标识码", "学校代码", "校名", "单位名称", "幼儿园名称", "园名"}
)
