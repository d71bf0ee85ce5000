"""The clauses about what a person has served, held and been found: each judged on one day.

What lies ahead of ``known`` (the day on which the question is asked) is supposed: whoever serves
goes on serving, and each year's result is good enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Protocol

from xianxue.bureau.appraisal.persons.career import Career, Shown, Stint, YearResult
from xianxue.bureau.appraisal.persons.judged_clause import Finding, either
from xianxue.bureau.appraisal.persons.service import (
    Span,
    days,
    longest,
    months,
    months_on,
    runs,
    school_years,
    until,
    year_span,
)
from xianxue.bureau.kinds.appraisal.eligibility import Clause, ClauseKind, Requirement, Rung
from xianxue.bureau.values.sentence import Sentence, joined, say

_MONTHS: Final = 12


class Judge(Protocol):
    """Looks at a career for one kind of clause."""

    def __call__(
        self, clause: Clause, rule: Requirement, career: Career, on: date, known: date
    ) -> Finding:
        """Say what it comes to on a day; what lies behind ``known`` is supposed."""
        ...


def _service(clause: Clause, rule: Requirement, career: Career, on: date, known: date) -> Finding:
    del known
    wanted, unit = rule.at_least or 1, _UNITS[clause.count_by]
    mine = [one for one in career.stints if one.begins <= on and _is_such(one, clause)]
    many = _served(clause, career, mine, on)
    # Where none of it counts, all of it shows why.
    shown = tuple(one.shown for one in mine or career.stints if one.begins <= on)
    if many >= wanted:
        because = say("已有 {n} {unit}，要求 {m} {unit}", n=many, unit=unit, m=wanted)
        return Finding(verdict="met", because=because, shown=shown)
    lacking = say(
        "已有 {n} {unit}，要求 {m} {unit}，差 {k} {unit}",
        n=many,
        unit=unit,
        m=wanted,
        k=wanted - many,
    )
    stated = career.facts.get(clause.stated)
    if stated is not None:
        enough = int(stated.value) * _A_YEAR[clause.count_by] >= wanted
        because = say("台账里的经历{lacking}；名册写明 {n} 年", lacking=lacking, n=stated.value)
        verdict = either(surely=enough, possibly=enough)
        return Finding(verdict=verdict, because=because, shown=(*shown, stated.shown))
    return _unless_unknown(
        clause, career, on, Finding(verdict="not_met", because=lacking, shown=shown)
    )


def _unless_unknown(clause: Clause, career: Career, on: date, found: Finding) -> Finding:
    """Say that service is undetermined where what is not known could be enough."""
    lacking, rule = found.because, clause.rule(on)
    wanted = 1 if rule is None or rule.at_least is None else rule.at_least
    maybe = [one for one in career.stints if one.begins <= on and _may_be_such(one, clause)]
    if _served(clause, career, maybe, on) >= wanted:
        because = say("{lacking}；有的学校是哪一类，名册没有写明", lacking=lacking)
    elif _untold(career):
        first = career.known_from or on
        because = say("{lacking}；{day}以前的经历台账里没有", lacking=lacking, day=first)
    else:
        return found
    return Finding(verdict="undetermined", because=because, shown=found.shown)


def _is_such(stint: Stint, clause: Clause) -> bool:
    return all(stint.like.get(name) in values for name, values in clause.where.items())


def _may_be_such(stint: Stint, clause: Clause) -> bool:
    """Whether a school is what a clause asks for, or may be: what is not written is not held."""
    return all(
        not stint.like.get(name) or stint.like[name] in values
        for name, values in clause.where.items()
    )


def _served(clause: Clause, career: Career, stints: Iterable[Stint], on: date) -> int:
    """Count service until a day in the clause's own way."""
    gaps = [
        (one.begins, one.ends or date.max)
        for one in career.absences
        if one.kind in clause.interrupted_by
    ]
    spans = [(one.begins, one.ends or date.max) for one in stints]
    found = until(runs(spans, gaps), on)
    return _amount(clause, found if clause.cumulative else longest(found))


_UNITS: Final[Mapping[str, Sentence]] = {
    "school_year": say("个学年"),
    "months": say("个月"),
    "days": say("日"),
}
_A_YEAR: Final = {"school_year": 1, "months": _MONTHS, "days": 365}
"""What a year that somebody states is worth in each way of counting."""


def _amount(clause: Clause, served: list[Span]) -> int:
    if clause.count_by == "days":
        return days(served)
    if clause.count_by == "months":
        return months(served, clause.month_of)
    return len(school_years(served, clause.year_from, clause.year_until))


def _untold(career: Career) -> bool:
    """Whether they were, or may have been, at work before the first stretch that is told of."""
    return career.known_from is None or career.started is None or career.started < career.known_from


def _title(clause: Clause, rule: Requirement, career: Career, on: date, known: date) -> Finding:
    title, degree = career.title_on(on), career.facts.get("degree")
    if title is None or degree is None:
        because = say("名册里没有写明职称或学历")
        return Finding(verdict="undetermined", because=because)
    shown = (title.shown, degree.shown)
    rungs = [one for one in rule.rungs if title.title in one.titles]
    if not rungs:
        because = say("现任职称是{title}，不是要求的前一级职称", title=title.term)
        return Finding(verdict="not_met", because=because, shown=shown)
    rungs = [one for one in rungs if degree.value in one.degrees]
    if not rungs:
        because = say("最高学历是{degree}，没有对应的年限", degree=degree.term)
        return Finding(verdict="not_met", because=because, shown=shown)
    if title.since is None:
        because = say("名册里没有写明取得{title}的日期", title=title.term)
        return Finding(verdict="undetermined", because=because, shown=shown)
    held = _Held(clause, career, title.since, on, known)
    surely = any(held.least >= one.years * _MONTHS for one in rungs if not one.only)
    possibly = any(held.most >= one.years * _MONTHS for one in rungs)
    because = say(
        "{title}任职自{since}起，{held}；要求{rungs}",
        title=title.term,
        since=title.since.isoformat(),
        held=held.told(),
        rungs=joined("；", [_rung_told(one) for one in rungs]),
    )
    shown += tuple(one.shown for one in held.off)
    return Finding(verdict=either(surely=surely, possibly=possibly), because=because, shown=shown)


def _rung_told(rung: Rung) -> Sentence:
    if rung.only:
        return say("{only}满 {n} 年", only=rung.only, n=rung.years)
    return say("满 {n} 年", n=rung.years)


class _Held:
    """For how many months a title has counted: at least, and at most."""

    def __init__(self, clause: Clause, career: Career, since: date, on: date, known: date) -> None:
        known_years = {one.year: one for one in career.results}
        self.off: list[YearResult] = [
            one for one in career.results if one.result in clause.not_counted
        ]
        # The year that is not over has no result yet, and none is missed.
        self.unknown = [
            year
            for year in range(since.year, min(on, known).year)
            if clause.not_counted and year not in known_years
        ]
        held = [(since, on)]
        off = [year_span(one.year) for one in self.off]
        self.off = [one for one in self.off if runs(held) != runs(held, [year_span(one.year)])]
        self.most = months(runs(held, off), clause.month_of)
        open_ = [year_span(year) for year in self.unknown]
        self.least = months(runs(held, [*off, *open_]), clause.month_of)

    def told(self) -> Sentence:
        parts = [say("有效 {n}", n=_years(self.most))]
        if self.off:
            parts.append(say("已扣除{years}", years=_by_year(self.off)))
        if self.unknown:
            years = joined("、", [str(year) for year in self.unknown])
            parts.append(say("其中{years}年没有考核结果，按合格算", years=years))
        return joined("，", parts)


def _by_year(results: Iterable[YearResult]) -> Sentence:
    return joined("、", [say("{y}年{result}", y=one.year, result=one.term) for one in results])


def _years(many: int) -> Sentence:
    years, rest = divmod(many, _MONTHS)
    return say("{y} 年 {m} 个月", y=years, m=rest) if rest else say("{y} 年", y=years)


def _results(clause: Clause, rule: Requirement, career: Career, on: date, known: date) -> Finding:
    wanted = rule.at_least or 1
    by_year = {one.year: one for one in career.results}
    asked = range(on.year - wanted, on.year)
    there = [by_year[year] for year in asked if year in by_year]
    bad = [one for one in there if one.result not in clause.results]
    lost = [year for year in asked if year not in by_year and year < known.year]
    shown = tuple(one.shown for one in there)
    if bad:
        because = say("近 {n} 年里{told}", n=wanted, told=_by_year(bad))
        return Finding(verdict="not_met", because=because, shown=shown)
    if lost:
        years = joined("、", [str(year) for year in lost])
        because = say("台账里没有{years}年的考核结果", years=years)
        return Finding(verdict="undetermined", because=because, shown=shown)
    because = say("近 {n} 年考核都在要求的等次以上", n=wanted)
    return Finding(verdict="met", because=because, shown=shown)


def _freeze(clause: Clause, rule: Requirement, career: Career, on: date, known: date) -> Finding:
    del clause
    bars = [one for one in career.freezes if one.begins <= on]
    shown = tuple(one.shown for one in bars)
    for one in bars:
        ends = None if rule.months is None else months_on(one.begins, rule.months)
        if one.lifted is not None:
            if on < one.lifted:
                told = say("{day}起受限，{end}解除", day=one.begins, end=one.lifted)
                return Finding(verdict="not_met", because=told, shown=shown)
        elif ends is None or on < ends:
            told = (
                say("{day}起受限，还没有解除", day=one.begins)
                if ends is None
                else say("{day}起受限，{end}期满", day=one.begins, end=ends)
            )
            return Finding(verdict="not_met", because=told, shown=shown)
        elif ends <= known:
            told = say("{day}起受限，{end}已期满，还没有办理解除", day=one.begins, end=ends)
            return Finding(verdict="undetermined", because=told, shown=shown)
    because = say("没有受限") if not bars else say("受限已解除或将期满")
    return Finding(verdict="met", because=because, shown=shown)


def _hours(clause: Clause, rule: Requirement, career: Career, on: date, known: date) -> Finding:
    del on, known
    wanted, fact = rule.at_least or 1, career.facts.get(clause.field)
    if fact is None:
        return Finding(verdict="undetermined", because=say("名册里没有填写"))
    many = int(fact.value)
    because = say("已有 {n} 学时，要求 {m} 学时", n=many, m=wanted)
    verdict = either(surely=many >= wanted, possibly=many >= wanted)
    return Finding(verdict=verdict, because=because, shown=(fact.shown,))


def _fact(clause: Clause, rule: Requirement, career: Career, on: date, known: date) -> Finding:
    del rule, on, known
    fact = career.facts.get(clause.field)
    if fact is None:
        return Finding(verdict="undetermined", because=say("名册里没有填写"))
    fits = str(fact.value) in clause.values
    because = say("名册写明：{told}", told=fact.term)
    return Finding(verdict=either(surely=fits, possibly=fits), because=because, shown=(fact.shown,))


JUDGES: Final[Mapping[ClauseKind, Judge]] = {
    "service": _service,
    "title": _title,
    "results": _results,
    "freeze": _freeze,
    "hours": _hours,
    "fact": _fact,
}


def nothing_asked() -> Finding:
    """What a clause comes to on a day on which it asks for nothing."""
    return Finding(verdict="met", because=say("这一天没有这项要求"))


def shown_exempt(term: Sentence, shown: tuple[Shown, ...]) -> Finding:
    """What a clause comes to for somebody who is exempt."""
    return Finding(verdict="met", because=say("免除：{term}", term=term), shown=shown)
