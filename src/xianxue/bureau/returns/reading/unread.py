"""What is said of cells that were not read: every one of them is named, none is lost silently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.contents.strict import number_of, written
from xianxue.bureau.returns.contents.texts import is_note, is_total, places
from xianxue.bureau.returns.contents.units import shown, split_unit
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.layout import address
from xianxue.bureau.values.sentence import joined, say

# Enough to find a cell again by its words; a whole paragraph would hide what is said of it.
_LONGEST: Final = 24
# The power of ten of 万, the one unit that schools and bureaus mix up all the time.
_TEN_THOUSAND: Final = 4

Cells = Sequence[tuple[int, int]]
"""Rows and columns, counted from 0."""


def is_empty(raw: Raw) -> bool:
    """Whether a cell holds nothing, or nothing but spaces."""
    return isinstance(raw, str) and not raw.strip()


def filled(row: Sequence[Raw]) -> list[int]:
    """Give the places of a row's cells that hold something."""
    return [at for at, raw in enumerate(row) if raw != "" and not is_empty(raw)]


def short(raw: Raw) -> str:
    """Quote a cell's text, cut where it is long."""
    text = "".join(written(raw).split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def extra_column(name: str, head: tuple[int, int], cells: Cells, like: str) -> Stray:
    """Name a column that is not asked; ``like`` is the missing term its header is like."""
    do = say("这一列不在表中，没有采用；如是改了表头，请改回")
    if like:
        do = say("这一列没有采用；是不是“{like}”？是就把表头改回“{like}”", like=like)
    saw = say(
        "多出一列“{name}”，填了 {n} 格（{places}）", name=name, n=len(cells), places=places(cells)
    )
    return Stray("R-COLUMN-EXTRA", address(*head), saw, do)


def extra_cells(grid: Grid, cells: Cells) -> Stray:
    """Name cells of a column without a header, or of a place where nothing is asked."""
    first = cells[0]
    saw = say("表格以外的格子填了“{short}”", short=short(grid[first[0]][first[1]]))
    if len(cells) > 1:
        saw += say("等 {n} 格（{places}）", n=len(cells), places=places(cells))
    do = say("这里不要求填，没有采用；请核对是否填错了位置")
    return Stray("R-CELL-EXTRA", address(*first), saw, do)


def misplaced(column: str, item: str, raw: Raw, at: tuple[int, int]) -> Stray:
    """Name a cell where the explanation or example of an item stood."""
    saw = say("“{item}”的“{column}”一栏里写了“{short}”", item=item, column=column, short=short(raw))
    return Stray("R-CELL-EXTRA", address(*at), saw, say("没有采用；要报的数请填到“填写”一栏"))


def extra_row(grid: Grid, row: int, cells: Cells, label: str, what: str = say("行")) -> Stray:
    """Name a row (or item) that is not asked; a sum or a note is told apart."""
    first = grid[row][cells[0][1]]
    where = say("（{places}）", places=places(cells)) if len(cells) > 1 else ""
    # Signatures and remarks belong below a table; nobody is to mend them.
    if is_note(written(first)) or is_note(label):
        saw = say(
            "表格以外的文字“{short}”{where}没有采用", short=short(label or first), where=where
        )
        return Stray(
            "R-NOTE", address(row, cells[0][1]), saw, say("不必改；要说明的情况请另行告知")
        )
    name = say("多出一{what}“{label}”", what=what, label=label) if label else say("没有行名的一行")
    number = next((at for _, at in cells if written(grid[row][at]) != label), None)
    if number is None:
        saw = name + where
    else:
        quoted = short(grid[row][number])
        saw = say("{name}，填了“{short}”{where}", name=name, short=quoted, where=where)
    do = say("这一行没有采用；请把数填到表中原有的行里")
    # Sums people add for themselves are read nowhere, and do no harm.
    if is_total(label):
        do = say("合计由系统计算，这一行没有采用，不必改")
    elif what == "项":
        do = say("这一项不在表中，没有采用；如是改了项目名称，请改回")
    at = cells[0][1] if number is None else number
    return Stray("R-ROW-EXTRA", address(row, at), saw, do)


def above(grid: Grid, cells: Cells) -> Stray:
    """Name what stands above the headers."""
    row, column = cells[0]
    saw = say("表头以上的文字“{short}”", short=short(grid[row][column]))
    if len(cells) > 1:
        saw += say("等 {n} 格（{places}）", n=len(cells), places=places(cells))
    return Stray(
        "R-NOTE",
        address(row, column),
        say("{saw}没有采用", saw=saw),
        say("不必改；请核对其中没有要报的数"),
    )


def without_head(terms: Iterable[str], cells: Cells) -> Stray:
    """Say that no line of headers was found, and where the contents stand that were not read."""
    row, column = cells[0]
    return Stray(
        "R-HEAD",
        address(row, column),
        say("找不到表头，表里的 {n} 格（{places}）都没有采用", n=len(cells), places=places(cells)),
        say("请从模板中把表头复制回来，再交"),
        severity=Severity.MUST_FIX,
        required=say("表头有：") + joined("、", terms),
    )


def twice(  # noqa: PLR0913 - both sides of a doubling
    what: str, name: str, kept: str, other: tuple[int, int], cells: Cells, *, same: bool
) -> Stray:
    """Name a header or label that stands twice; the contents of the second were not read."""
    code = "R-HEADER-TWICE" if what == "列" else "R-ROW-TWICE"
    where = say("，后一{what}（{places}）没有采用", what=what, places=places(cells))
    # Twice the same is untidy; twice and different is a question only the school can answer.
    if same:
        saw = say(
            "“{name}”这一{what}出现了两次，内容相同{where}", name=name, what=what, where=where
        )
        return Stray(code, address(*other), saw, say("请删去多余的一{what}", what=what))
    return Stray(
        code,
        address(*other),
        say(
            "“{name}”这一{what}出现了两次（另见 {kept}），内容不同{where}",
            name=name,
            what=what,
            kept=kept,
            where=where,
        ),
        say("请核对以哪一{what}为准，删去另一{what}", what=what),
        severity=Severity.MUST_FIX,
        required=say("每一{what}只出现一次", what=what),
    )


def other_unit(  # noqa: PLR0913, PLR0917 - a header, its unit, and what stands below it
    reference: str, asked: Field, unit: str, head: str, raw: Raw, count: int, at: str
) -> Stray:
    """Say that a header names another unit than the form: nothing is converted in silence."""
    own = asked.measured_in.noun or say("数")
    power, rest = split_unit(unit, asked)
    saw = say(
        "{term}的表头（{head}）写的单位是“{unit}”，要求的是{own}；{at} 填了“{short}”",
        term=asked.term,
        head=head,
        unit=unit,
        own=own,
        at=at,
        short=short(raw),
    )
    saw += say("，这一列共 {count} 格", count=count) if count > 1 else ""
    do = say("请核对：如果填的确实是{unit}，请换算成{own}再填，并把表头改回", unit=unit, own=own)
    code = "R-UNIT"
    if power:
        code = "R-TEN-THOUSAND" if power == _TEN_THOUSAND else code
        # The number as it would be is shown, so that the clerk sees at once whether that is meant.
        number = shown_times(raw, power)
        if number and not (rest and rest != own):
            do = say(
                "请核对：如果填的确实是{unit}，请改为 {number}，并把表头改回",
                unit=unit,
                number=number,
            )
    return Stray(
        code,
        at,
        say("{saw}，按{own}采用", saw=saw, own=own),
        do,
        severity=Severity.EXPLAIN,
        required=say("单位是{own}", own=own),
        field=reference,
    )


def shown_times(raw: Raw, power: int) -> str:
    """Write a cell's number times a power of ten; empty where it holds no number."""
    number = number_of(written(raw))
    return "" if number is None else shown(number.scaleb(power))
