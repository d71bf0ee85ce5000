"""Classes move up: a grade's next one, and a class's name in it.

Which grade follows which is declared in the code list (``next``), never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Sheet
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell
from xianxue.bureau.returns.sheets.register_fields import NAME

_NUMERALS: Final = "一二三四五六七八九十"


def move_up(
    sheet: Sheet, cells: Mapping[str, Cell], codes: Mapping[str, CodeList], stages: Sequence[Stage]
) -> tuple[int, dict[str, Cell]] | None:
    """Move a line of a list into the next year: its grade's place in order, and its cells.

    None for a class that leaves. A list without grades, or whose grades do not move, stays.
    """
    by = sheet.field(sheet.stage_by) if sheet.stage_by else None
    grades = codes[by.codes] if by is not None else None
    cell = cells.get(sheet.stage_by)
    if by is None or grades is None or cell is None or not any(e.next for e in grades.entries):
        return 0, dict(cells)
    now = grades.entry(cell.value) if isinstance(cell.value, str) else None
    after = grades.entry(now.next) if now is not None and now.next else None
    # The last grade leaves, and so does a grade of a stage the school no longer has.
    if now is None or after is None or (stages and after.stage not in stages):
        return None
    moved = {**cells, by.field: Cell(after.code)}
    name = cells.get(NAME)
    if name is not None and isinstance(name.value, str):
        moved[NAME] = Cell(renamed(name.value, now.term, after.term))
    return grades.entries.index(after), moved


def starting_grades(
    sheet: Sheet, codes: Mapping[str, CodeList], stages: Sequence[Stage]
) -> list[str]:
    """Name the grades that nobody moves up into: their classes are new each year."""
    by = sheet.field(sheet.stage_by) if sheet.stage_by else None
    entries = codes[by.codes].entries if by is not None else []
    reached = {entry.next for entry in entries}
    return [
        entry.term
        for entry in entries
        if entry.next and entry.code not in reached and (not stages or entry.stage in stages)
    ]


def renamed(name: str, grade: str, following: str) -> str:
    """Give a class's name in the next grade; a name that does not say the grade stays.

    >>> renamed("一（2）班", "一年级", "二年级"), renamed("高一3班", "高一年级", "高二年级")
    ('二（2）班', '高二3班')
    >>> renamed("小一班", "小班", "中班"), renamed("小太阳班", "小班", "中班")
    ('中一班', '小太阳班')
    >>> renamed("2024级1班", "一年级", "二年级"), renamed("一班", "一年级", "二年级")
    ('2024级1班', '一班')
    """
    # The whole term first: «小班» is a term, and «小» also begins «小太阳班».
    if name.startswith(grade):
        return following + name.removeprefix(grade)
    stem, after = (term.removesuffix("年级").removesuffix("班") for term in (grade, following))
    # After a numeral another numeral might belong to it: 十一班 is the eleventh class.
    more = "" if stem in _NUMERALS else _NUMERALS
    if stem and re.match(f"[（(0-9０-９{more}]", name.removeprefix(stem)) and name.startswith(stem):
        return after + name.removeprefix(stem)
    return name
