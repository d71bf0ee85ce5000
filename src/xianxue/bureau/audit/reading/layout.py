"""The layout of a text: which line ends break a sentence, where tables and other texts begin.

A line end inside a sentence becomes a blank of the normal form, so that the rest of the grammar
sees a line end only where the writer made one.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

_LINE_END = re.compile(r"\n")
_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.是]|\([一二三四五六七八九十]{1,3}\)|第[一二三四五六七八九十]{1,3}[章节条部]"
    r"|[0-9]{1,2}[.、](?![0-9])|\([0-9]{1,2}\)|[①-⑳●>-])"
)
_CLOSED: Final = frozenset('。;!?:…"”》\n\f|\t')
_LONGEST_TITLE: Final = 40
_GAP = re.compile(r"(?<=[^ ]) {3,}(?=[^ ])")
"""Blanks that part two columns."""
_LEAST_LINES: Final = 3
_SHORT: Final = 20
"""A line shorter than this is a title or a label: a sentence would have gone on in it."""
_TABLE_LINE: Final = 200
"""Characters of the next line in which a bar or tab shows that a table begins."""

_OTHER_TEXT = re.compile(
    r"\f|来源:网络|---+此处隐藏|更新时间[:：]|展开全部|下载后查看|上一篇|下一篇|相关推荐|免责声明"
)
_TITLE = re.compile(
    r"[^\n。,;:]{2,30}(?:总结|报告|公报|通报|要点|计划|公告|快报|汇报|材料)[^\n。,;:]{0,8}"
)


def spaced(norm: str) -> str:
    r"""Turn the blanks between columns into tabs: a table as it is printed from a PDF.

    Only where at least three lines in a row have as many columns, and most cells are numbers: a
    cell that is left blank would shift those behind it.

    >>> spaced("校名   去年   今年\n甲校   420   441\n乙校   360   351")
    '校名  \t去年  \t今年\n甲校  \t420  \t441\n乙校  \t360  \t351'
    """
    if "   " not in norm:
        return norm
    pieces: list[str] = []
    for gaps, some in groupby(norm.split("\n"), key=_gaps):
        lines = list(some)
        if gaps and len(lines) >= _LEAST_LINES and _numbered(lines):
            lines = [_GAP.sub(lambda found: found[0][1:] + "\t", line) for line in lines]
        pieces += lines
    return "\n".join(pieces)


def _gaps(line: str) -> int:
    """Count the gaps of a line that may stand in a table; 0 for all others."""
    if "   " not in line or "|" in line or "\t" in line or "。" in line:
        return 0
    found = len(_GAP.findall(line))
    return found if found > 1 else 0


def _numbered(lines: list[str]) -> bool:
    """Whether most cells behind the first of each line are numbers, heads apart."""
    cells = [one for line in lines[1:] for one in _GAP.split(line.strip())[1:]]
    return sum(1 for one in cells if one.lstrip("-+")[:1].isdigit()) * 2 > len(cells)


def unwrap(norm: str) -> str:
    r"""Turn every line end that breaks no sentence into a blank.

    >>> unwrap("全县中小学在校学生共计一万两千三百人并且下拨资金579.\n413万元。\n小学:5人")
    '全县中小学在校学生共计一万两千三百人并且下拨资金579. 413万元。\n小学:5人'
    """
    pieces: list[str] = []
    begin = line = 0
    for found in _LINE_END.finditer(norm):
        at = found.start()
        if not _breaks(norm, line, at):
            pieces += (norm[begin:at], " ")
            begin = at + 1
        line = at + 1
    pieces.append(norm[begin:])
    return "".join(pieces)


def _breaks(norm: str, line: int, at: int) -> bool:
    last = at - 1
    while last >= line and norm[last] == " ":
        last -= 1
    if (
        last > line
        and norm[last] == "."
        and norm[last - 1].isdigit()
        and norm[at + 1 : at + 2].isdigit()
    ):
        return False  # a number broken at its point
    if last < line or norm[last] in _CLOSED or at - line < _SHORT:
        return True
    behind = norm[at + 1 : at + 6]
    if not behind or behind[0] in "\n \t\f>" or "\t" in norm[line:at] or "|" in norm[line:at]:
        return True
    end = norm.find("\n", at + 1, at + _TABLE_LINE)
    following = norm[at + 1 : end if end >= 0 else at + _TABLE_LINE]
    if "|" in following or "\t" in following:
        return True
    return _HEADING.match(norm, at + 1) is not None


def other_texts(norm: str) -> list[int]:
    r"""Give the places where another text begins, in their order: a title that stands once more.

    >>> other_texts("某局工作总结1\n今年有5人。\n某局工作总结2\n今年有6人。")
    [0, 15]
    """
    places: list[int] = []
    for found in re.finditer(r"[^\n]+", norm):
        line = found[0].strip()
        if len(line) <= _LONGEST_TITLE and _TITLE.fullmatch(line.strip("<>《》 ")):
            places.append(found.start())
    places += [found.start() for found in _OTHER_TEXT.finditer(norm)]
    return sorted(places)
