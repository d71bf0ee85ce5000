"""Code lists, and how stages divide what they share."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.kinds.codes import Code, CodeList, Split, SplitValue
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, check_dated, finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_code, unique
from xianxue.catalogue.origin import Spot


def check_codes(look: Look) -> None:
    """Check every code list and every split."""
    codes: CodeList
    for at, codes in look.each("codes"):
        check_cited(look, at.at("source"), codes.source)
        _check_entries(look, at.at("entries"), codes)
    split: Split
    for at, split in look.each("split"):
        if not split.values:
            at.at("values").complain(
                "C-EMPTY", say("一个值也没有"), say("至少一个写明日期和依据的值")
            )
        for index, value in enumerate(split.values):
            _check_split(look, at.at("values", index), value)
            for number, earlier in enumerate(split.values[:index]):
                if earlier.school_type == value.school_type and _both_hold(earlier, value):
                    line = at.origin.line("values", number)
                    saw = say(
                        "办学类型 {school_type} 的权重与第 {line} 行同时有效",
                        school_type=value.school_type,
                        line=line,
                    )
                    required = say("同一天同一办学类型只有一组权重")
                    at.at("values", index).complain("C-OVERLAP", saw, required)


def _check_entries(look: Look, at: Spot, codes: CodeList) -> None:
    if not codes.entries:
        at.complain("C-EMPTY", say("一个代码也没有"), say("至少一个代码"))
    spots = [(at.at(index), entry) for index, entry in enumerate(codes.entries)]
    for here, entry in spots:
        good_code(here.at("code"), entry.code)
    pairs = [(here.at("code"), entry.code) for here, entry in spots]
    unique(pairs, "C-TWICE", say("代码"), say("同一张代码表里代码不重复"))
    terms = [(here.at("term"), entry.term) for here, entry in spots]
    unique(terms, "C-TERM", say("名称"), say("同一张代码表里名称不重复，下拉列表才选得准"))
    for here, entry in spots:
        _check_next(look, here.at("next"), codes, entry)


def _check_next(look: Look, at: Spot, codes: CodeList, entry: Code) -> None:
    if not entry.next:
        return
    look.known_code(at, entry.next, {one.code: one.term for one in codes.entries}, codes.term)
    after = codes.entry(entry.next)
    # Next year's list is filled in by this: a class would stand in it under a stage that its school
    # need not have.
    if after is not None and after.stage != entry.stage:
        saw = say(
            "“{term}”的下一年是“{other_term}”，不在同一学段", term=entry.term, other_term=after.term
        )
        at.complain("C-STAGE", saw, say("升级只在一个学段之内；毕业的不写 next"))


def _check_split(look: Look, at: Spot, value: SplitValue) -> None:
    check_dated(look, at, value)
    if not value.weights:
        at.at("weights").complain("C-EMPTY", say("一个权重也没有"), say("每个学段一个权重"))
    for stage, weight in value.weights.items():
        here = at.at("weights", stage.value)
        finite(here, weight)
        # By a weight of 0 a stage would get nothing of what it uses, and nothing might be left to
        # divide by.
        if weight.is_finite() and weight <= 0:
            here.complain("C-RANGE", say("权重是 {weight}", weight=weight), say("权重大于 0"))
    types = look.shelf.codes.get("school_types")
    if types is None:
        return
    allowed = {entry.code: entry.term for entry in types.entries}
    look.known_code(at.at("school_type"), value.school_type, allowed, types.term)
    entry = types.entry(value.school_type)
    for stage in value.weights:
        if entry is not None and stage not in entry.stages:
            saw = say("“{term}”没有{other_term}学段", term=entry.term, other_term=stage.term)
            at.at("weights", stage.value).complain(
                "C-STAGE", saw, say("只给这类学校有的学段写权重")
            )


def _both_hold(one: SplitValue, other: SplitValue) -> bool:
    return one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (
        one.valid_to or date.max
    )
