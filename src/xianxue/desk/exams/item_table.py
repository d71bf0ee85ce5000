"""Tables of item scores: a row of items, a row of their full marks, and a pupil a row.

A row of right answers may stand beside the full marks; a column that has one holds the options that
were chosen, and what they are worth follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from xianxue.bureau.exams.columns import Why, hundredths, mark_of, why_of
from xianxue.bureau.exams.item_sums import Item, Rules, option_of
from xianxue.bureau.exams.items import Paper, analysed
from xianxue.bureau.exams.reading.marks import read_mark
from xianxue.bureau.exams.reading.tabs import Issues, Tab, bare
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.exams.examination import ExamSubject
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.exams.tables import tabs_of
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.stores.table_files import held_table
from xianxue.desk.workspace import ComplaintsError

_FULL: Final = ("满分", "题分", "分值")
_RIGHT: Final = ("答案", "正确答案", "标准答案")
_TOTALS: Final = ("总分", "合计", "总成绩")
_WITHIN: Final = 20
_STEP: Final = Decimal("0.01")


class Read(Record):
    """A paper as it was read: its items by their heads, and the analysis."""

    heads: Sequence[str]
    items: Sequence[Item]
    paper: Paper


class _Found(Record):
    tab: Tab
    heads: int
    full: int
    right: int
    """The row of right answers; -1 where there is none."""


def analyse_items(path: Path, rules: Rules) -> Read:
    """Read and analyse a table of item scores; ComplaintsError where it cannot be read whole."""
    notes: list[Issue] = []
    try:
        tabs = tabs_of(read_file(path), path.name, notes)
    except RefusedError as refused:
        raise ComplaintsError([refused.issue(path.name)]) from None
    issues = Issues(notes)
    found = next((one for tab in tabs if (one := _rows(tab)) is not None), None)
    if found is None:
        if tabs:
            saw, required = say("没有找到小题的满分"), say("题号的下一行写“满分”和每题的满分")
            issues.at(tabs[0], None, "X-ITEMS", saw, required)
        raise ComplaintsError(issues.found)
    columns, items = _items(found, issues)
    made = _columns(found, columns, items, issues)
    if issues.stop:
        raise ComplaintsError(issues.found)
    types = {
        name: {"m": "Int32", "w": "Int8"}.get(name.partition(".")[0], "String") for name in made
    }
    paper = analysed(POLARS, items, POLARS.opened(held_table(made, types)), rules)
    return Read([bare(_cell(found.tab, found.heads, at)) for at in columns], items, paper)


def _rows(tab: Tab) -> _Found | None:
    full = right = -1
    for number, row in enumerate(tab.rows[:_WITHIN]):
        words = {bare(text) for text in row}
        full = number if full < 0 and words & set(_FULL) else full
        right = number if right < 0 and words & set(_RIGHT) else right
    heads = min(one for one in (full, right) if one >= 0) - 1 if full >= 0 else -1
    return _Found(tab, heads, full, right) if heads >= 0 else None


def _items(found: _Found, issues: Issues) -> tuple[list[int], list[Item]]:
    columns: list[int] = []
    items: list[Item] = []
    for at, text in enumerate(found.tab.rows[found.full]):
        head, said = bare(_cell(found.tab, found.heads, at)), bare(text)
        if not head or not said or said in _FULL or head in _TOTALS:
            continue
        full = _number(said)
        if full is None or full <= 0:
            saw = say("{head}的满分写的是“{text}”", head=head, text=said)
            issues.at(found.tab, (found.full, at), "X-ITEMS", saw, say("大于 0 的数，最多两位小数"))
            continue
        right = bare(_cell(found.tab, found.right, at)).upper() if found.right >= 0 else ""
        columns.append(at)
        options = _options(found, at, right) if right else ()
        items.append(Item(item=f"i{len(items) + 1}", full=full, options=options, right=right))
    if not items and not issues.stop:
        saw = say("一道小题也没有")
        issues.at(found.tab, None, "X-ITEMS", saw, say("至少一道有满分的小题"))
    return columns, items


def _options(found: _Found, at: int, right: str) -> tuple[str, ...]:
    first = max(found.full, found.right) + 1
    said = {bare(_cell(found.tab, row, at)).upper() for row in range(first, len(found.tab.rows))}
    return tuple(sorted({one for one in said if one.isalpha() and one.isascii()} | {right}))


def _columns(
    found: _Found, columns: Sequence[int], items: Sequence[Item], issues: Issues
) -> dict[str, list[object]]:
    made: dict[str, list[object]] = {}
    for item in items:
        made[mark_of(item.item)], made[why_of(item.item)] = [], []
        if item.options:
            made[option_of(item.item)] = []
    for row in range(max(found.full, found.right) + 1, len(found.tab.rows)):
        if not any(bare(_cell(found.tab, row, at)) for at in columns):
            continue
        for at, item in zip(columns, items, strict=True):
            _one(found.tab, (row, at), item, made, issues)
    return made


def _one(
    tab: Tab,
    cell: tuple[int, int],
    item: Item,
    made: dict[str, list[object]],
    issues: Issues,
) -> None:
    text = _cell(tab, *cell)
    said = bare(text).upper()
    if item.options:
        made[option_of(item.item)].append(said if said in item.options else "")
        if said in item.options:
            made[mark_of(item.item)].append(hundredths(item.full) if said == item.right else 0)
            made[why_of(item.item)].append(int(Why.MARK))
            return
    subject = ExamSubject(subject=item.item, full=item.full, step=_STEP)
    head = bare(_cell(tab, 0, cell[1])) or item.item
    read = read_mark(text, subject, say("第 {n} 题", n=head if head.isdigit() else item.item[1:]))
    if read.saw is not None:
        issues.at(tab, cell, "X-MARK", read.saw, read.required or "", read.do)
    made[mark_of(item.item)].append(read.mark)
    made[why_of(item.item)].append(int(read.why))


def _cell(tab: Tab, row: int, column: int) -> str:
    if row >= len(tab.rows):
        return ""
    return tab.rows[row][column] if column < len(tab.rows[row]) else ""


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text.removesuffix("分"))
    except InvalidOperation:
        return None
    return number if number.is_finite() and not number % _STEP else None
