"""Documents: their days, and the way their numbers are written."""

from __future__ import annotations

import re

from xianxue.bureau.kinds.source import SourceCard
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.look import Look

# Official numbers set their year in 〔〕. No keyboard has these: people type what looks like it.
_WRONG_BRACKETS = re.compile(r"[\[［(（【](\d{4})[\]］)）】]")


def check_sources(look: Look) -> None:
    """Check every document."""
    card: SourceCard
    for at, card in look.each("document"):
        starts, ends = card.in_force_from, card.in_force_to
        if starts is not None and ends is not None and ends < starts:
            saw = say("到 {ends} 为止，却从 {starts} 才开始", ends=ends, starts=starts)
            at.at("in_force_to").complain("C-DATES", saw, say("截止日期不早于起始日期"))
        if found := _WRONG_BRACKETS.search(card.number):
            saw = say("文号里年份的括号写成“{found}”", found=found[0])
            at.at("number").complain(
                "C-BRACKETS", saw, say("写作六角括号〔{found}〕", found=found[1])
            )
        if card.title.startswith("《"):
            required = say("标题不带书名号，引用时会自动加上")
            at.at("title").complain("C-TITLE", say("标题带了书名号"), required)
        if not card.title.strip():
            at.at("title").complain("C-EMPTY", say("标题是空的"), say("写明文件标题"))
