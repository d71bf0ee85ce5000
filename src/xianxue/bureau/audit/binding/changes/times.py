"""Times: which of two amounts is the later one, and whether a claim is of these two times."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import count_of, han_year
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_STEP: Final = re.compile("环比|上[一个]{0,2}(?:季|月|期|届|批|轮|学期)|十[一二三四五]五")
"""Says that a change is measured against the one before of several that follow one another."""
_PERIOD: Final = re.compile(
    r"(?P<part>[0-9一二三四五六七八九十]{1,2}月?(?:份)?[-—~至到][0-9一二三四五六七八九十]{1,2}月|前[二三两]季度"
    r"|(?P<turn>[一二三四1-4]季度|[上下]半年|[上下]学期|[春秋]季)|暑期|寒假)|(?P<all>全年|整年|全学年|(?<=[去上]年)共)"
)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_SPAN: Final = re.compile(
    r"(?:过去|连续|近|这|用|历时|经过)([一二两三四五六七八九十]|[0-9]{1,2})年"
    r"|(?<![第前0-9])([一二两三四五六七八九十]|[0-9]{1,2})年(?:时间|[间来里内前平年]|$|累计|共|上升|提高|增[长加]|下降|减少)"
)
_YEAR_TOLD: Final = r"((?:19|20)[0-9]{2}|(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2})"
_FROM_TO: Final = re.compile(
    rf"{_YEAR_TOLD}年?[末底初]?(?:[-—~至到]{{1,2}}|相比[, ]{{0,2}}|[同与和比较]){_YEAR_TOLD}年"
)
_IN_TURN: Final = re.compile(
    r"十([一二三四五])五(?![年%])|(?<![前后近年0-9一二三四五六七八九十])第?([一二三四五六七八九十]|[1-9][0-2]?)"
    r"(届|期(?!间)|批|轮|季度|学期|月(?!前|来|内))|(?<!去年)(?<!上年)([上下])(半年|学期)"
)
_HALVES: Final = {"上": 1, "下": 2}
_PLAN: Final = re.compile(r"十[一二三四五]五[”\"]?(?:期间|时期|规划期|以来|末)|五年规划期")
_PLAN_YEARS: Final = 5


def ordered(
    first: Quantity, second: Quantity, lexicon: Lexicon
) -> tuple[Quantity, Quantity] | None:
    """Give (later, earlier) of two amounts told one after the other; None where it is not said."""
    if first.run == second.run and first.size > 1:
        later = True  # a list of years begins with the first
    elif second.prior != first.prior:
        later = first.prior
    elif turn_of(first)[1] and turn_of(second)[1] and turn_of(first) != turn_of(second):
        if turn_of(first)[0] != turn_of(second)[0]:
            return None
        later = turn_of(second)[1] > turn_of(first)[1]
    elif second.prior and ("前年" in second.lead) != ("前年" in first.lead):
        later = "前年" in first.lead
    elif first.year and second.year and first.year != second.year:
        later = second.year > first.year
    elif (
        second.reached
        and second.sign
        and not second.own
        # 今年退休30人,减少到470人: the level before is not that of those who went.
        and (first.clause == second.clause or first.reached)
    ) or (first.year and is_now(second, lexicon) and not is_now(first, lexicon)):
        later = True
    elif second.year and is_now(first, lexicon) and not is_now(second, lexicon):
        later = False
    else:
        return None
    return (second, first) if later else (first, second)


def turn_of(one: Quantity) -> tuple[str, int]:
    """Give which of several an amount is of: 第二届, 三季度, 十三五; 0 where none are told."""
    found = _IN_TURN.search(one.lead)
    if not found:
        return "", 0
    if found[4]:
        return found[5], _HALVES[found[4]]
    number = found[1] or found[2]
    return found[3] or "五", count_of(number)


def is_now(one: Quantity, lexicon: Lexicon) -> bool:
    """Whether an amount is of the time that is told of: 目前, 现有."""
    return any(word in one.lead for word in lexicon.role("now_time"))


def earlier_time(one: Quantity, lexicon: Lexicon) -> bool:
    """Whether the words before a number tell an earlier time: 上学年新增35人."""
    told = any(word in one.lead for word in lexicon.role("prior_time"))
    return told and "基础上" not in one.lead


def periods_differ(one: str, other: str) -> bool:
    """Whether two leads tell different parts of a year: 1至9月 and 全年.

    >>> periods_differ("1至9月支出", "去年全年支出"), periods_differ("1至9月支出", "上年同期")
    (True, False)
    """
    first, second = _PERIOD.search(one), _PERIOD.search(other)
    if first is None or second is None or (first["turn"] and second["turn"]):
        return False
    return first.group() != second.group()


def years_of(claim: Quantity) -> list[int]:
    """Give the years that the words of a claim name."""
    return [int(one) for one in _YEAR.findall(claim.lead)]


def forecast(lead: str, lexicon: Lexicon) -> bool:
    """Whether words tell what is expected, not what was."""
    return any(word in lead for word in lexicon.role("forecast"))


def same_base(one: Quantity, other: Quantity, lexicon: Lexicon) -> bool:
    """Whether two changes may be measured against one time: not 比年初 and 同比."""
    if not one.since or not other.since:
        return True
    # 环比 is on the quarter or month before.
    if _STEP.search(one.lead) and _STEP.search(other.lead):
        return True
    within = [
        {word for word in lexicon.role("within_year") if word in each.lead} for each in (one, other)
    ]
    return one.since == other.since and within[0] == within[1]


def held_against(claim: Quantity, new: Quantity, old: Quantity, lexicon: Lexicon) -> bool:
    """Whether a claim is measured against the earlier of two amounts, and is of the later one."""
    if in_turn(new, old):
        # 二季度 after 一季度: 环比 is on the one before, 同比 on last year's.
        stepped = _STEP.search(claim.lead) is not None
        named = bool(claim.since) and claim.since in old.lead
        return stepped or named if claim.since else "全年" not in claim.lead
    if any(word in claim.lead and word not in old.lead for word in lexicon.role("within_year")):
        return False  # 比年初增加 is not told of last year's amount
    named = old.since and old.since != "prev" and not _YEAR.search(old.since)
    if named and claim.index != old.index + 1:
        return False  # 较全国平均(91.1%)高1.3个百分点,较上年提升0.8个百分点
    return _of_year(claim, new, old)


def _of_year(claim: Quantity, new: Quantity, old: Quantity) -> bool:
    if claim.since == "prev":
        return not (old.year and new.year) or new.year - old.year in (0, 1)
    said = _YEAR.findall(claim.since)
    if said:
        return int(said[-1]) == old.year
    if claim.since:
        return claim.since in old.lead or claim.since == old.since
    # 2024年增长5% is not told of the amounts of 2023 and 2022.
    told = years_of(claim)
    return not told or not new.year or told[-1] in (new.year, old.year)


def in_turn(new: Quantity, old: Quantity) -> bool:
    """Whether two amounts are of two of several that follow one another: 第一届, 第二届."""
    (kind, later), (other, earlier) = turn_of(new), turn_of(old)
    return kind == other and later > earlier > 0


def years_told(reading: Reading, claim: Quantity, new: Quantity, old: Quantity) -> int:
    """Count the years between two amounts: from their years, 五年间 or 两年来; 0 if untold."""
    if new.year and old.year and new.year > old.year:
        return new.year - old.year
    if new.run == old.run and new.size > 1:
        return new.place - old.place
    norm, first = reading.norm, min(new.start, old.start, claim.start)
    start = max(norm.rfind(stop, max(0, first - 60), first) for stop in "。;\n") + 1
    words = norm[start : claim.end] + norm[claim.end : max(new.end, old.end)]
    found = _FROM_TO.search(words)
    if found:
        first, second = (int(one) if one.isascii() else han_year(one) for one in found.groups())
        return abs(second - first)
    found = _SPAN.search(words)
    if found:
        years = found[1] or found[2]
        return count_of(years)
    return _PLAN_YEARS if _PLAN.search(words) else 0
