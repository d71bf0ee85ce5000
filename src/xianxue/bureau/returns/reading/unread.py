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

_LONGEST: Final = 24
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
    do = "这一列不在表中，没有采用；如是改了表头，请改回"
    if like:
        do = f"这一列没有采用；是不是“{like}”？是就把表头改回“{like}”"
    saw = f"多出一列“{name}”，填了 {len(cells)} 格（{places(cells)}）"
    return Stray("R-COLUMN-EXTRA", address(*head), saw, do)


def extra_cells(grid: Grid, cells: Cells) -> Stray:
    """Name cells of a column without a header, or of a place where nothing is asked."""
    first = cells[0]
    saw = f"表格以外的格子填了“{short(grid[first[0]][first[1]])}”"
    if len(cells) > 1:
        saw += f"等 {len(cells)} 格（{places(cells)}）"
    do = "这里不要求填，没有采用；请核对是否填错了位置"
    return Stray("R-CELL-EXTRA", address(*first), saw, do)


def misplaced(column: str, item: str, raw: Raw, at: tuple[int, int]) -> Stray:
    """Name a cell where the explanation or example of an item stood."""
    saw = f"“{item}”的“{column}”一栏里写了“{short(raw)}”"
    return Stray("R-CELL-EXTRA", address(*at), saw, "没有采用；要报的数请填到“填写”一栏")


def extra_row(grid: Grid, row: int, cells: Cells, label: str, what: str = "行") -> Stray:
    """Name a row (or item) that is not asked; a sum or a note is told apart."""
    first = grid[row][cells[0][1]]
    where = f"（{places(cells)}）" if len(cells) > 1 else ""
    if is_note(written(first)) or is_note(label):
        saw = f"表格以外的文字“{short(label or first)}”{where}没有采用"
        return Stray("R-NOTE", address(row, cells[0][1]), saw, "不必改；要说明的情况请另行告知")
    name = f"多出一{what}“{label}”" if label else "没有行名的一行"
    shown_at = next((at for _, at in cells if written(grid[row][at]) != label), -1)
    saw = f"{name}，填了“{short(grid[row][shown_at])}”{where}" if shown_at >= 0 else name + where
    shown_at = max(shown_at, cells[0][1])
    do = "这一行没有采用；请把数填到表中原有的行里"
    if is_total(label):
        do = "合计由系统计算，这一行没有采用，不必改"
    elif what == "项":
        do = "这一项不在表中，没有采用；如是改了项目名称，请改回"
    return Stray("R-ROW-EXTRA", address(row, shown_at), saw, do)


def above(grid: Grid, cells: Cells) -> Stray:
    """Name what stands above the headers."""
    row, column = cells[0]
    saw = f"表头以上的文字“{short(grid[row][column])}”"
    if len(cells) > 1:
        saw += f"等 {len(cells)} 格（{places(cells)}）"
    return Stray("R-NOTE", address(row, column), f"{saw}没有采用", "不必改；请核对其中没有要报的数")


def without_head(terms: Iterable[str], cells: Cells) -> Stray:
    """Say that no line of headers was found, and where the contents stand that were not read."""
    row, column = cells[0]
    return Stray(
        "R-HEAD",
        address(row, column),
        f"找不到表头，表里的 {len(cells)} 格（{places(cells)}）都没有采用",
        "请从模板中把表头复制回来，再交",
        severity=Severity.MUST_FIX,
        required="表头有：" + "、".join(terms),
    )


def twice(  # noqa: PLR0913 - both sides of a doubling
    what: str, name: str, kept: str, other: tuple[int, int], cells: Cells, *, same: bool
) -> Stray:
    """Name a header or label that stands twice; the contents of the second were not read."""
    code = "R-HEADER-TWICE" if what == "列" else "R-ROW-TWICE"
    where = f"，后一{what}（{places(cells)}）没有采用"
    if same:
        saw = f"“{name}”这一{what}出现了两次，内容相同{where}"
        return Stray(code, address(*other), saw, f"请删去多余的一{what}")
    return Stray(
        code,
        address(*other),
        f"“{name}”这一{what}出现了两次（另见 {kept}），内容不同{where}",
        f"请核对以哪一{what}为准，删去另一{what}",
        severity=Severity.MUST_FIX,
        required=f"每一{what}只出现一次",
    )


def other_unit(  # noqa: PLR0913, PLR0917 - a header, its unit, and what stands below it
    reference: str, asked: Field, unit: str, head: str, raw: Raw, count: int, at: str
) -> Stray:
    """Say that a header names another unit than the form: nothing is converted in silence."""
    own = asked.measured_in.term.removeprefix("个") or "数"
    power, rest = split_unit(unit, asked)
    saw = f"{asked.term}的表头（{head}）写的单位是“{unit}”，要求的是{own}；{at} 填了“{short(raw)}”"
    saw += f"，这一列共 {count} 格" if count > 1 else ""
    do = f"请核对：如果填的确实是{unit}，请换算成{own}再填，并把表头改回"
    code = "R-UNIT"
    if power:
        code = "R-TEN-THOUSAND" if power == _TEN_THOUSAND else code
        number = shown_times(raw, power)
        if number and not (rest and rest != own):
            do = f"请核对：如果填的确实是{unit}，请改为 {number}，并把表头改回"
    return Stray(
        code,
        at,
        f"{saw}，按{own}采用",
        do,
        severity=Severity.EXPLAIN,
        required=f"单位是{own}",
        field=reference,
    )


def shown_times(raw: Raw, power: int) -> str:
    """Write a cell's number times a power of ten; empty where it holds no number."""
    number = number_of(written(raw))
    return "" if number is None else shown(number.scaleb(power))
