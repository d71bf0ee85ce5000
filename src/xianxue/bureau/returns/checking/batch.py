"""Checking returns against each other and against the register: whose are they, and for when?

A return with a complaint here is set aside; the others go on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Sentence, joined, say

RIVAL: Final = "R-TWICE"
"""The complaint that there are two returns where one is due."""


def check_batch(
    returns: Sequence[Return],
    register: Register | None,
    shelf: Shelf,
    period: Period | None = None,
) -> list[Issue]:
    """Give at most one complaint for each return, in the order they came.

    Without a register places are not looked up. ``period`` is the one that is being collected;
    without it every period is welcome.
    """
    twice = _twice(returns)
    issues: list[Issue] = []
    for number, returned in enumerate(returns):
        issue = (
            # One complaint each, the gravest first: whose it is comes before when, and when before
            # how often.
            _wrong_place(returned, register, shelf)
            or _wrong_period(returned, period)
            or twice.get(number)
        )
        if issue is not None:
            issues.append(issue)
    return issues


def _issue(code: str, returned: Return, saw: str, required: str, do: str) -> Issue:
    return Issue(
        code=code,
        severity=Severity.MUST_FIX,
        file=returned.file,
        place=returned.place,
        form=returned.form,
        saw=saw,
        required=required,
        do=do,
    )


def _wrong_place(returned: Return, register: Register | None, shelf: Shelf) -> Issue | None:
    if register is None:
        return None
    place = register.places.get(returned.place)
    if place is None:
        return _issue(
            "R-UNKNOWN-PLACE",
            returned,
            say(
                "代码 {code} 不在{county}的名册中",
                code=returned.place or say("（空）"),
                county=register.county.name,
            ),
            say("本县名册中的学校"),
            say("请核对是否是外县学校的报表；新开办的学校请先登记入册"),
        )
    # The day the numbers are of, not the day they are handed in.
    day = Period.parse(returned.period).reference_day
    if not place.open_on(day):
        do = say("请核对代码；不应报送的请退回，名册有误的请先更正")
        saw = place.name_on(day) + _away(place, day, register)
        return _issue("R-CLOSED", returned, saw, say("统计时点存在的学校"), do)
    form = shelf.forms.get(returned.form)
    # Asked last: only of a place that exists can it be said which forms it files.
    if form is not None and form.filed_by != place.level:
        who = {"school": say("学校"), "county": say("县教育局")}[form.filed_by]
        saw = say(
            "《{term}》由{who}填报，代码却是{name}的", term=form.term, who=who, name=place.name
        )
        return _issue(
            "R-FILED-BY", returned, saw, say("{who}填报", who=who), say("请核对是否用错了模板")
        )
    return None


def _away(place: Place, day: date, register: Register) -> Sentence:
    """Say since when a place is not there, and what became of it."""
    closed = place.on(day).closed
    if closed is None:
        return say("到 {day} 还没有开办", day=day)
    into = joined(
        "、",
        (
            say(
                "{name}（代码 {code}）",
                name=register[link.code].name_on(link.day),
                code=link.code,
            )
            for link in place.successors
            if closed < link.day <= day
        ),
    )
    return say("已于 {closed} 停办", closed=closed) + (
        say("，去向是{into}", into=into) if into else ""
    )


def _wrong_period(returned: Return, period: Period | None) -> Issue | None:
    if period is None or returned.period == period.code:
        return None
    saw = say("这是{term}的报表", term=Period.parse(returned.period).term)
    return _issue(
        "R-PERIOD",
        returned,
        saw,
        say("{term}的报表", term=period.term),
        say("请换用本期的模板填报"),
    )


def another_year(returned: Return, usual: Period | None) -> Issue | None:
    """Ask about a return of another period than the one that is being collected.

    Last year's workbook, filled in once more by mistake, has no other fault; and some are brought
    in late on purpose.
    """
    if usual is None or returned.period == usual.code:
        return None
    saw = say(
        "这是{term}的报表，现在报的是{usual}",
        term=Period.parse(returned.period).term,
        usual=usual.term,
    )
    do = say("报本期的请换用本期的模板；确实是补报、更正那一期的，请说明")
    issue = _issue("R-ANOTHER-YEAR", returned, saw, say("{term}的报表", term=usual.term), do)
    # With its period: what was explained of one year is not explained of the next.
    return replace(issue, severity=Severity.EXPLAIN, value=returned.period)


def _twice(returns: Sequence[Return]) -> dict[int, Issue]:
    """Find returns of one place, form and period; of identical files the first goes on."""
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, returned in enumerate(returns):
        groups[returned.form, returned.period, returned.place].append(number)
    issues: dict[int, Issue] = {}
    for numbers in groups.values():
        digests = {returns[number].digest for number in numbers}
        # Returns that were not read from a file have no digest: nobody knows whether they are
        # copies.
        copies = len(digests) == 1 and "" not in digests
        # Of copies the first counts; of two different ones none does, until somebody says which.
        for number in numbers[1:] if copies else numbers if len(numbers) > 1 else ():
            others = joined("、", (returns[other].file for other in numbers if other != number))
            saw = say("同一所学校同一时期还有：{others}", others=others) + (
                say("（内容完全相同）") if copies else ""
            )
            do = say("只留一份即可") if copies else say("请问清学校以哪一份为准，只交那一份")
            issues[number] = _issue(RIVAL, returns[number], saw, say("一校一期一份"), do)
    return issues
