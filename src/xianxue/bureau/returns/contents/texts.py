"""Texts as people type them, reduced to what they say.

Headers and labels come with spaces, line breaks, stars, numbers in front and units behind; what
is left when all of that is taken away is compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from xianxue.bureau.returns.contents.numerals import with_arabic
from xianxue.bureau.returns.sheets.layout import address

_SPACE = re.compile(r"\s+")
_LEAD = re.compile(
    r"(?:[*★☆※▲●■◆#]+|[①-⑳㈠-㈩]|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]"
    r"|(?:\d{1,2}|[一二三四五六七八九十]{1,2})(?:[、)）]|[.．](?!\d)))\s*"
)
"""What stands before a term: stars, and numbers with their stop (not the 3 of 3.5)."""
# Stops and stars behind a term: they change nothing of what it names.
_TAIL = re.compile(r"[*★☆※:：、,，。.;；]+$")
# The last bracket only, and one at a time: behind a term come units, remarks, both.
_BRACKET = re.compile(r"[（(\[【〔]([^（）()\[\]【】〔〕]*)[)）\]】〕]$")
# «其中女生» and «女生» are the same field where no other field is meant.
_PART = re.compile(r"^其中[:：]?(?=.)")
_LINES = re.compile(r"[\r\n]+")

NOTHING: Final = frozenset(
    {
        *("无", "没有", "暂无", "空", "无此项", "没", "未填", "na", "n/a", "nan", "null", "none"),
        *("/", "\\", "-", "--", "---", "—", "——", "–", "―", "−", "一一", "~", "...", "......"),
        *("*", "x", "×", "."),
    }
)  # fmt: skip
"""What people put where there is nothing to put, with widths and case set aside."""

_TOTALS: Final = frozenset(
    {"合计", "总计", "小计", "共计", "总数", "计", "全校合计", "total", "sum"}
)
# Words that stand below a table when they end in a colon, or before a line to sign on.
_NOTE = re.compile(
    r"(?:注|备注|说明|附注|提示|填表说明|填报说明)\s*\d*\s*[:：、.．]"
    r"|(?:填表人|填报人|制表人?|经办人|审核人?|单位负责人|负责人|填报日期|填表日期|填报时间|签字|签名|盖章)(?:[:：\s（(]|$)"
    r"|(?:校长|园长|电话|联系电话|联系人|日期|学校|单位)\s*(?:[:：]|[（(]\s*(?:盖章|公章))"
)


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    r"""Reduce a text to what can be seen of it: width, case, spaces, invisible signs aside.

    >>> bare(" 在校\u200b 生数（人）")
    '在校生数(人)'
    """
    # Zero-width signs come from web pages and cannot be seen by whoever is told of them.
    kept = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return _SPACE.sub("", unicodedata.normalize("NFKC", kept)).lower()


def is_nothing(text: str) -> bool:
    """Whether a text says that there is nothing.

    >>> is_nothing("／"), is_nothing("—"), is_nothing("暂无"), is_nothing("0")
    (True, True, True, False)
    """
    return bare(text) in NOTHING


def is_total(text: str) -> bool:
    """Whether a label announces a sum."""
    return bare(text).rstrip(":") in _TOTALS


def is_note(text: str) -> bool:
    """Whether a text is what stands below a table: a remark, a signature.

    >>> is_note("注：按9月1日统计"), is_note("填表人：　　审核人："), is_note("一年级")
    (True, True, False)
    """
    return _NOTE.match(text.strip()) is not None


@lru_cache(maxsize=8192)
def readings(text: str) -> tuple[tuple[str, str], ...]:
    r"""Give what a header may be a way of writing, the nearest first, each with the unit it names.

    >>> readings("*1、在校生数\n（人）")
    (('*1、在校生数(人)', ''), ('在校生数', '人'))
    >>> readings("公用经费预算（单位：万元）")[-1]
    ('公用经费预算', '万元')
    """
    # As it stands comes first: a term may have brackets and numbers of its own.
    found = [(bare(text), "")]
    joined = _LINES.sub("", text).strip()
    # Below the term many headers explain themselves in a second line.
    first = _LINES.split(text.strip())[0]
    for each in (joined, first):
        core, unit = _core(each)
        found.append((core, unit))
        shorter = _PART.sub("", core)
        if shorter != core:
            found.append((shorter, unit))
    seen: dict[str, str] = {}
    for core, unit in found:
        if core:
            seen.setdefault(core, unit)
    return tuple(seen.items())


def _core(text: str) -> tuple[str, str]:
    """Take away what stands before and behind a term; give it with the unit behind it."""
    core, unit = text.strip(), ""
    while (shorter := _LEAD.sub("", core, count=1) if _LEAD.match(core) else core) != core:
        core = shorter
    while True:
        core = _TAIL.sub("", core.strip())
        bracket = _BRACKET.search(core)
        # A header that is nothing but a bracket would lose its name.
        if bracket is None or bracket.start() == 0:
            break
        unit = unit or unit_said(bracket[1])
        core = core[: bracket.start()]
    return bare(core), unit


@lru_cache(maxsize=1024)
def unit_said(text: str) -> str:
    """Give the unit that a remark in brackets names; empty where it names none.

    >>> unit_said("单位：万元"), unit_said("必填"), unit_said("人")
    ('万元', '', '人')
    """
    said = bare(text).removeprefix("单位").lstrip(":：")
    return "" if said in {"必填", "选填", "公章", "盖章"} or len(said) > _LONGEST_UNIT else said


_LONGEST_UNIT: Final = 6


@lru_cache(maxsize=4096)
def label_key(text: str) -> str:
    """Reduce a row's label: numerals of both kinds are one, stops and remarks in brackets go.

    >>> label_key("1年级") == label_key("一年级：") == label_key("一 年级（小学）")
    True
    """
    return with_arabic(_core(text)[0])


def places(cells: Iterable[tuple[int, int]]) -> str:
    """Write cells as ranges, column by column; rows and columns are counted from 0.

    >>> places([(4, 5), (5, 5), (6, 5), (8, 7)])
    'F5:F7、H9'
    """
    runs: list[list[tuple[int, int]]] = []
    # Column by column: what is wrong is mostly wrong all the way down.
    for row, column in sorted(set(cells), key=lambda cell: (cell[1], cell[0])):
        if runs and runs[-1][-1] == (row - 1, column):
            runs[-1].append((row, column))
        else:
            runs.append([(row, column)])
    texts = [
        address(*run[0]) if len(run) == 1 else f"{address(*run[0])}:{address(*run[-1])}"
        for run in runs
    ]
    return "、".join(texts)
