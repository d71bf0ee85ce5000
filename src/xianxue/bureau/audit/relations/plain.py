"""Plain sense: rates within 100 %, school years, parts within wholes, things told twice."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from xianxue.bureau.audit.intervals import HUNDRED
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE

_BOUNDED: Final = (
    "入学率", "巩固率", "毕业率", "升学率", "合格率", "普及率", "达标率", "覆盖率", "办理率",
    "满意率", "就业率", "及格率",
    "优秀率", "参与率", "通过率", "录取率", "上线率", "辍学率", "满意度", "持证率", "培训率",
    "参保率", "报到率", "完学率",
)  # fmt: skip
_GROSS: Final = "毛"
_SCHOOL_YEAR: Final = re.compile(r"((?:19|20)[0-9]{2}) ?[-—~至]{1,2} ?((?:19|20)?[0-9]{2})学年")
_ACHIEVED: Final = (
    "已完工",
    "已竣工",
    "已完成",
    "完工",
    "竣工",
    "上线",
    "进线",
    "达线",
    "重点线",
    "一本线",
    "录取",
    "通过验收",
)
_TITLE: Final = 60
_OFTEN: Final = 5
_HALF: Final = 2
_BACK: Final = 8
_ALIKE: Final = 5
_COUNTED: Final = frozenset({"项", "件", "大", "条", "个方面", "次"})
_LEAST: Final = 6


def judge_plain(ledger: Ledger) -> None:
    """Judge what needs no arithmetic beyond a comparison."""
    _bounded(ledger)
    _school_years(ledger)
    _title_year(ledger)
    _achieved(ledger)
    _within(ledger)
    _twice(ledger)


def _bounded(ledger: Ledger) -> None:
    for one in ledger.mentions:
        if one.form != "percent" or one.part != "rate" or ledger.is_proven("rate", one):
            continue
        name = next((word for word in _BOUNDED if word in one.lead), "")
        if not name and one.sep == "、" and one.series >= 0:
            continue
        if not name or f"{_GROSS}{name}" in one.lead:
            continue
        if one.value <= HUNDRED * ONE:
            ledger.prove(
                "compare",
                "exact",
                one,
                (),
                f"{name}{ledger.text(one)}在0与100%之间。",
                (0, HUNDRED * ONE),
            )
        elif not one.about:
            ledger.refute(
                Finding(
                    "inconsistent",
                    "compare",
                    one,
                    (),
                    f"{name}不会超过100%，所写的是{ledger.text(one)}。",
                    0,
                    HUNDRED * ONE,
                    "核对这个数，或写明为什么会超过100%。",
                )
            )


def _school_years(ledger: Ledger) -> None:
    by_start = {one.start: one for one in ledger.mentions if one.form == "year"}
    for found in _SCHOOL_YEAR.finditer(ledger.norm):
        first, second = int(found[1]), found[2]
        last = int(second) if len(second) > _HALF else first // HUNDRED * HUNDRED + int(second)
        mention = by_start.get(found.start())
        other = by_start.get(found.start(2))
        if mention is None:
            continue
        terms = (other,) if other is not None else ()
        if last == first + 1:
            ledger.prove("compare", "exact", mention, terms, f"{found[0]}是前后相连的两年。")
        else:
            ledger.refute(
                Finding(
                    "remark",
                    "compare",
                    mention,
                    terms,
                    f"学年应是前后相连的两年，所写的是{found[0]}。",
                    None,
                    None,
                    f"是不是{first}—{first + 1}学年？",
                )
            )


def _title_year(ledger: Ledger) -> None:
    """Remark on a title that names another year than the text: years are replaced in copies."""
    years = [one for one in ledger.mentions if one.form == "year" and one.doc <= 1]
    if len(years) < _OFTEN or years[0].start > _TITLE:
        return
    first = years[0]
    common, often = Counter(one.value for one in years).most_common(1)[0]
    if common == first.value or often * _HALF < len(years):
        return
    if not any(
        word in ledger.norm[first.end : first.end + _TITLE]
        for word in ("总结", "报告", "计划", "要点")
    ):
        return
    other = next(one for one in years if one.value == common)
    ledger.refute(
        Finding(
            "remark",
            "duplicate",
            first,
            (other,),
            f"标题写的是{first.value}年，正文多处写的是{common}年。",
            None,
            None,
            "核对标题和正文的年份。",
        )
    )


def _achieved(ledger: Ledger) -> None:
    for one in ledger.mentions:
        if (
            one.part != "level"
            or one.form != "cardinal"
            or one.about
            or not any(word in one.lead for word in _ACHIEVED)
        ):
            continue
        for back in range(one.index - 1, max(-1, one.index - _BACK), -1):
            other = ledger.mentions[back]
            if other.sent != one.sent:
                break
            if (
                other.part == "level"
                and other.dim == one.dim
                and other.depth <= one.depth
                and other.low >= one.high
                and not other.about
            ):
                ledger.prove(
                    "part_over_whole",
                    "exact",
                    one,
                    (other,),
                    f"{ledger.text(one)}不超过{ledger.text(other)}。",
                    (0, other.high),
                )
                break


def _within(ledger: Ledger) -> None:
    """Prove that what follows a total of an area or the like stays within it."""
    for whole in ledger.mentions:
        if (
            whole.part != "level"
            or "总" not in whole.lead
            or whole.about
            or ledger.is_proven("sum", whole)
        ):
            continue
        parts: list[Mention] = []
        for one in ledger.mentions[whole.index + 1 : whole.index + _BACK]:
            if one.sent != whole.sent or one.sep == ";":
                break
            if (
                one.part == "level"
                and one.dim == whole.dim
                and one.dim
                and one.depth == whole.depth
                and not one.about
            ):
                parts.append(one)
        if len(parts) >= _HALF and sum(one.high for one in parts) <= whole.low:
            said = "＋".join(ledger.text(one) for one in parts)
            ledger.prove(
                "part_over_whole",
                "exact",
                whole,
                parts,
                f"{said}不超过{ledger.text(whole)}。",
                (0, whole.high),
            )


def _twice(ledger: Ledger) -> None:
    """Find the same thing told twice: with one value it is a proof, with two a possible error."""
    told: dict[_Key, Mention] = {}
    for one in ledger.mentions:
        if one.column or one.series >= 0:
            continue
        key = _key(one, ledger.norm)
        if key is None:
            continue
        first = told.setdefault(key, one)
        if first is one:
            continue
        limits = (first.low, first.high)
        if first.value == one.value:
            message = f"前后两处都是{ledger.text(one)}。"
            ledger.prove("duplicate", "exact", one, (first,), message, limits)
        elif key[1] not in "#%" and _scoped(one) and not one.about and not first.about:
            message = f"“{one.lead}”前面写的是{ledger.text(first)}，这里写的是{ledger.text(one)}。"
            do = "两处若是同一个数，应当一致；若不是，写明各是什么时候、什么范围。"
            terms = (first,)
            ledger.refute(Finding("possible", "duplicate", one, terms, message, *limits, do))


_Key = tuple[int, str, str]


def _key(one: Mention, norm: str) -> _Key | None:
    """Give what a number is of, closely enough to compare two of them."""
    if one.form == "cardinal" and one.unit in _COUNTED and not one.about and not one.depth:
        noun = norm[one.end : one.end + _HALF]
        if len(noun) == _HALF and all("\u4e00" <= letter <= "\u9fff" for letter in noun):
            return one.doc, "#", noun
        return None
    if one.form == "percent" and one.part == "rate" and len(one.head) >= _ALIKE:
        return one.doc, "%", one.head[-_ALIKE:]
    if one.part == "level" and len(one.lead) >= _LEAST and one.dim:
        return one.doc, one.dim, f"{one.year}{one.lead}"
    return None


def _scoped(mention: Mention) -> bool:
    """Whether a number is of the whole county or the like, so that there is only one of it."""
    return mention.lead[:2] in ("全县", "全市", "全区", "全省", "全国", "全州")
