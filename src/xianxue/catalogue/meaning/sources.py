"""Documents: their days, and the way their numbers are written."""

from __future__ import annotations

import re

from xianxue.bureau.kinds.source import SourceCard
from xianxue.catalogue.meaning.look import Look

_WRONG_BRACKETS = re.compile(r"[\[［(（【](\d{4})[\]］)）】]")


def check_sources(look: Look) -> None:
    """Check every document."""
    card: SourceCard
    for at, card in look.each("document"):
        starts, ends = card.in_force_from, card.in_force_to
        if starts is not None and ends is not None and ends < starts:
            saw = f"到 {ends} 为止，却从 {starts} 才开始"
            at.at("in_force_to").complain("C-DATES", saw, "截止日期不早于起始日期")
        if found := _WRONG_BRACKETS.search(card.number):
            saw = f"文号里年份的括号写成“{found[0]}”"
            at.at("number").complain("C-BRACKETS", saw, f"写作六角括号〔{found[1]}〕")
        if card.title.startswith("《"):
            required = "标题不带书名号，引用时会自动加上"
            at.at("title").complain("C-TITLE", "标题带了书名号", required)
        if not card.title.strip():
            at.at("title").complain("C-EMPTY", "标题是空的", "写明文件标题")
