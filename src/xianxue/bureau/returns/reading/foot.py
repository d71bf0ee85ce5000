"""What whoever filled in a workbook wrote below the form: who, when, a telephone number.

It stands on the page 说明 beside the foot's words, wherever these have been moved to. It is kept
with the return and is no part of what was reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.form_head import FootItem
from xianxue.bureau.returns.contents.strict import day_of, written
from xianxue.bureau.returns.contents.texts import bare
from xianxue.bureau.returns.reading.cell import Stray
from xianxue.bureau.returns.sheets.grid import Grid, Raw
from xianxue.bureau.returns.sheets.layout import address
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.visible import hidden_in, visible

_LONGEST: Final = 40
"""Characters of a name with its office, or of two telephone numbers."""

_LINE: Final = " \u3000_＿\t"
"""A line to write on says nothing."""

Foot = dict[str, str]
"""An item of the foot to what was written, a day as 2025-09-20; blank ones are left out."""


def read_foot(grid: Grid, form: Form) -> tuple[Foot, list[Stray]]:
    """Read the foot from the cells of the page 说明."""
    foot: Foot = {}
    strays: list[Stray] = []
    words = {bare(item.term): item for item in form.foot}
    if not words:
        return foot, strays
    for row, cells in enumerate(grid):
        for column, raw in enumerate(cells):
            if not isinstance(raw, str) or not raw:
                continue
            # Many write behind the word into its own cell, as on paper.
            word, _, behind = raw.replace("：", ":").partition(":")
            item = words.get(bare(word))
            # A copy of the page below the first one says nothing more.
            if item is None or item.item in foot:
                continue
            at, text = _answer(cells, column, behind.strip(_LINE))
            said = _said(item, text)
            if said:
                foot[item.item] = said
            elif text:
                strays.append(_unread(item, text, address(row, at)))
    return foot, strays


def _answer(cells: Sequence[Raw], column: int, behind: str) -> tuple[int, str]:
    """Give where the answer stands and what it is: behind its word, or in the next filled cell."""
    if behind:
        return column, behind
    # Columns may have been put in between.
    beside = (at for at in range(column + 1, len(cells)) if written(cells[at]).strip(_LINE))
    at = next(beside, column)
    return at, written(cells[at]) if at > column else ""


def _said(item: FootItem, text: str) -> str:
    """Give what an item says; empty where that cannot be taken."""
    if item.type == "date":
        day = day_of(text)
        return day.isoformat() if day else ""
    return "" if len(text) > _LONGEST or hidden_in(text) else text


def _unread(item: FootItem, text: str, at: str) -> Stray:
    short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    # What is personal is not repeated, not even in a complaint.
    saw = (
        say("{term}填的看不明白", term=item.term)
        if item.personal
        else say("{term}填了“{short}”，看不明白", term=item.term, short=visible(short))
    )
    do = (
        say("没有采用；请填日期，如 2025-09-20")
        if item.type == "date"
        else say("没有采用；请写在一行里，不超过 {n} 个字", n=_LONGEST)
    )
    return Stray("R-FOOT", at, saw, do)
