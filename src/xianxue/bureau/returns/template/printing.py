"""How a sheet comes out on paper: its size, the head above and the lines to sign on below.

What stands here is in the page's own header and footer and in no cell, so that it is never taken
for an answer.
"""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from xlsxwriter.worksheet import Worksheet

from xianxue.bureau.kinds.form_head import FootItem, HeadLine
from xianxue.bureau.values.record import Record

# The numbers that the file format has for these sizes of paper.
_A4: Final = 9
_A3: Final = 8
WIDEST_ON_A4: Final = 150
"""Widths of all columns that A4 landscape still prints in a size one can read."""
# Excel calls the whole file damaged where a header or footer is longer.
_LONGEST: Final = 255
_CUTS: Final = (60, 36, 24, 16, 10, 6)
"""Lengths to which its parts are cut, until the whole is short enough."""
_LINE: Final = 0.17
"""Inches that a line of nine points takes."""
_BLANK: Final = "＿＿＿＿＿＿"
_BLANK_DAY: Final = "＿＿＿年＿＿月＿＿日"
_PAGE: Final = "第 &P 页，共 &N 页"


class Heading(Record):
    """What all pages of one workbook have in common."""

    title: str
    """The form's term."""
    unit: str
    """填报单位: the place's name."""
    period: str
    head: tuple[str, ...]
    """The lines of the form's head, as they are told."""
    foot: str
    """What stands below: who signs, or who has."""
    below: str = ""
    """A second line below, over the whole width."""


def to_sign(foot: Sequence[FootItem], said: Callable[[FootItem], str] = lambda _: "") -> str:
    """Write the line of the foot: a blank to write on wherever nothing is said yet.

    >>> to_sign([FootItem(item="filler", term="填表人")], lambda _: "某某")
    '填表人：某某'
    """
    blanks = {"text": _BLANK, "date": _BLANK_DAY}
    return "　".join(f"{item.term}：{said(item) or blanks[item.type]}" for item in foot)


def head_lines(head: Sequence[HeadLine], county: str) -> tuple[str, ...]:
    """Write the lines of the head; what nobody has said yet is left to write in.

    >>> head_lines([HeadLine(line="number", term="表号", value="虚构1表")], "")
    ('表号：虚构1表',)
    """
    return tuple(f"{line.term}：{line.said(county) or _BLANK}" for line in head)


def print_cover(sheet: Worksheet) -> None:
    """Set up one upright page, whose cells say already what the others have above and below."""
    sheet.set_paper(_A4)
    sheet.set_portrait()
    sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer(f"&C&9{_PAGE}", {"margin": 0.3})
    sheet.hide_gridlines(2)


def print_well(sheet: Worksheet, heading: Heading, tab: str, width: float) -> None:
    """Set up landscape pages as wide as the sheet, and as many as it needs.

    ``width`` is that of all columns: what A4 would print too small goes on A3.
    """
    sheet.set_paper(_A3 if width > WIDEST_ON_A4 else _A4)
    sheet.set_landscape()
    lines = max(len(heading.head), 2)
    sheet.set_margins(
        left=0.5, right=0.5, top=0.35 + lines * _LINE, bottom=0.75 if heading.below else 0.6
    )
    sheet.fit_to_pages(1, 0)
    sheet.set_header(_fitting(lambda cut: _header(heading, tab, cut)), {"margin": 0.3})
    sheet.set_footer(_fitting(lambda cut: _footer(heading, cut)), {"margin": 0.3})
    sheet.hide_gridlines(2)


def _header(heading: Heading, tab: str, cut: int) -> str:
    """Write 填报单位 to the left, at the height of the last line; title and sheet; the head."""
    unit = f"填报单位（盖章）：{_cut(heading.unit, cut)}"
    # So that the unit stands just above the table, as on a printed form.
    down = "\n" * (max(len(heading.head), 2) - 1)
    under = "　".join(filter(None, (_cut(tab, cut), heading.period)))
    right = "\n".join(_cut(line, cut) for line in heading.head)
    return f"&L&9{down}{unit}&C&14&B{_cut(heading.title, cut)}&B&9\n{under}" + (
        f"&R&9{_no_digit(right)}" if right else ""
    )


def _footer(heading: Heading, cut: int) -> str:
    foot = _cut(heading.foot, cut * 4)
    # Never cut: half a digest is none.
    below = f"\n{_cut(heading.below, _LONGEST)}" if heading.below else ""
    return f"&L&9{_no_digit(foot)}{below}&R&9{_PAGE}"


def _fitting(write: Callable[[int], str]) -> str:
    """Give the longest of its versions that the file format takes."""
    # The length counts as a program counts that reads UTF-16.
    found = (text for cut in _CUTS if _length(text := write(cut)) <= _LONGEST)
    return next(found, f"&R&9{_PAGE}")


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _no_digit(text: str) -> str:
    """Keep a text's first digit from becoming part of the size of the letters before it."""
    return f" {text}" if text[:1].isdigit() else text


def _cut(text: str, longest: int) -> str:
    """Cut a text, and keep its signs from becoming commands of the header."""
    short = text if len(text) <= longest else f"{text[: longest - 1]}…"
    # In headers an ampersand begins a command; a line end would move what follows.
    return " ".join(short.replace("&", "&&").split("\n"))
