"""How a list of parts is told: by which word it begins, which names its shape allows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.binding.sums.items import Item
from xianxue.bureau.audit.judging.relations import HUNDRED
from xianxue.bureau.audit.reading.text import Reading

_OPEN: Final = re.compile(
    r"其中|这当中|,当中|,里面(?!的)|包括|包含|涵盖|分为|划分为|,即(?!将|使|可|时)|,由|,分别(?:是|为)(?=[^,]*[^0-9,]$)|[,:]一是|^[^,;。、()]{0,12}:"
    r"|,(?:明细为|明细是|计有|细分为|具体为|具体是|按[^,;。]{1,8}(?:看|分|统计)是?)(?!:)"
    r"|[,。][按从分][^,;。]{1,6}(?:来?看|划分|分|统计|来源|类[型别]|性质|用途|区域|层级|级次)(?=[,是为:][^,:])"
    r"|,涉及(?=[^,。]{2,20};)"
    r"|,(?:主要|具体|其)?(?:用于|如下|构成|分布|分配|情况如下|情形如下|明细如下|明细|包括|分别为|分别是):"
)
_CUE: Final = {
    "其中": "among",
    "这当中": "among",
    "当中": "among",
    "里面": "among",
    "包括": "including",
    "包含": "including",
    "涵盖": "including",
}
_CLOSED: Final = re.compile(r"[。;!?\n]|[0-9%成倍一二三四五六七八九十][^0-9]{0,20}[,、]")
"""What closes a word for parts before the first of them: a stop, another number with its clause."""
_MADE: Final = re.compile(r"^[^。\n]{0,40}(?:组成|构成)")
_STRONG: Final = frozenset({"including", "namely", "made_of", "colon"})
"""After these words also groups that may overlap elsewhere are all the parts."""
_LOOSE: Final = frozenset({"bracket", "with_colon"})
"""Here one such group among others is a part as they are."""

_SHARES_OFF: Final = 30
"""Shares of all parts add to a hundred, but for a thirtieth where one of them is wrong."""


def shares_of(reading: Reading, parts: Sequence[Item]) -> str:
    """Say whether the shares told with parts (780人,占52%) are those of all parts, or of some."""
    last = parts[-1].q.index + 1
    behind = reading.quantities[last : last + len(parts)]  # 20人、30人,分别占25%、37.5%
    told = [
        one for part in parts for one in reading.quantities[part.q.index + 1 : part.q.index + 2]
    ]
    for some in (told, behind):
        listed = some is behind and len({one.run for one in some}) == 1
        shares = [
            one.value for one in some if one.form == "percent" and (listed or "占" in one.lead)
        ]
        if len(shares) == len(parts) and "占" in some[0].lead:
            break
    else:
        return ""
    return (
        "shares_of_all"
        if abs(sum(shares) - HUNDRED) <= HUNDRED // _SHARES_OFF
        else "shares_of_some"
    )


def like(whole: Item, part: Item) -> bool:
    """Whether a part counts what its whole counts; «4800个» alone counts what that one names."""
    if whole.key == part.key:
        return True
    if part.q.dim == "things" and whole.q.unit[:1] == "个" and whole.key[1:] == part.key[1:]:
        return True  # «二十四个班,七年级九个»
    if part.q.dim == "items" and whole.q.unit == "个" and part.q.unit[:1] in whole.q.after:
        return True  # «十一个比赛项目,其中声乐类三项»
    return not part.q.own and whole.q.dim == part.q.dim and whole.key[1:] == part.key[1:]


def other_year(one: Item, other: Item) -> bool:
    """Whether two numbers are of two years that are both told."""
    return bool(one.q.year and other.q.year and one.q.year != other.q.year)


def opened(gap: str) -> str:
    """Give the word that begins a list of parts right before its first number."""
    found = _OPEN.search(gap)
    if found is None or _CLOSED.search(gap, found.end()):
        return ""
    return found[0]


def vetoes(shape: Sequence[str]) -> str:
    """Say which names unmake a list: after 即 and the like none that overlap elsewhere."""
    if _STRONG.intersection(shape):
        return "steps names"
    return "steps" if _LOOSE.intersection(shape) else "crosscut steps"


def shape_of(reading: Reading, first: Item) -> tuple[str, ...]:
    """Say how a list begins, as cues; empty where none begins."""
    word = opened(first.gap).lstrip(",")
    if not word or word.endswith(":"):
        return ("colon",) if word else ()
    if word == "由":
        made = _MADE.match(reading.norm[first.q.end : first.q.end + 60])
        return ("made_of",) if made else ()
    if word == "其中" and "组成" in first.gap:
        return ("made_of",)
    cue = _CUE.get(word, "namely")
    return (cue, "with_colon") if f"{word}:" in first.gap else (cue,)
