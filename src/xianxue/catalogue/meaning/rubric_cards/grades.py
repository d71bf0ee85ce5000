"""Grades: lines that fall, quotas that can be kept, vetoes of grades there are."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from xianxue.bureau.kinds.appraisal.grading import GradeLine, Grading
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, check_values
from xianxue.catalogue.meaning.columns import Column, Columns
from xianxue.catalogue.meaning.conditions import check_where
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.meaning.rubric_cards.following import check_consequence, check_windows
from xianxue.catalogue.meaning.rubric_cards.sources import check_veto_source
from xianxue.catalogue.meaning.rubric_cards.trees import Spots
from xianxue.catalogue.meaning.rubric_cards.words import GRADE, known, shown
from xianxue.catalogue.origin import Spot

_TWO: Final = 2
_OF_A_GROUP: Final[Columns] = {
    "unit_standing": Column("code", say("单位考核情形"), ("honoured", "censured"))
}
"""What may be told of a group whose quota differs; nothing else is known of it."""


def check_grading(look: Look, at: Spot, card: Rubric, spots: Spots) -> None:
    """Check grades, quotas, vetoes, groups and consequences."""
    names: list[str] = []
    if card.grading is not None:
        here = at.at("grading")
        names = [one.grade for one in card.grading.grades]
        check_cited(look, here.at("source"), card.grading.source)
        _grades(here.at("grades"), card.grading, spots)
        _quotas(look, here, card.grading, spots)
    for index, veto in enumerate(card.vetoes):
        here = at.at("vetoes", index)
        check_cited(look, here.at("source"), veto.source)
        known(here.at("caps"), veto.caps, names, say("等次"))
        if veto.gives is not None:
            check_veto_source(look, here.at("from"), veto.gives, card)
    for index, one in enumerate(card.consequences):
        check_consequence(look, at.at("consequences", index), one, names)
    _groups(look, at, card)
    for key in ("publicity", "appeal", "answer"):
        check_windows(look, at.at(key), getattr(card, key))


def _grades(at: Spot, grading: Grading, spots: Spots) -> None:
    for index, one in enumerate(grading.grades):
        good_name(at.at(index, "grade"), one.grade)
        for name in one.items:
            known(at.at(index, "items", name), name, spots, say("项目"))
    for key in ("grade", "term"):
        spotted = [(at.at(i, key), getattr(one, key)) for i, one in enumerate(grading.grades)]
        unique(spotted, "C-TWICE", say("等次"), say("等次的编号和名称不重复"))
    if len(grading.grades) < _TWO:
        at.complain(GRADE, say("等次少于两个"), say("至少两个等次，最好的写在前面"))
    elif _lines_fall(at, grading.grades):
        _ends(at, grading)


def _lines_fall(at: Spot, grades: Sequence[GradeLine]) -> bool:
    """Whether lines are lower bounds that fall; complain of the first that is not."""
    for index, (better, one) in enumerate(pairwise(grades), start=1):
        line = better.at_least
        if one.at_most is not None and line is not None:
            _gap(at.at(index), (one.term, better.term), Fraction(one.at_most), Fraction(line))
            return False
        if one.at_least is not None and line is not None and one.at_least >= line:
            saw = say("“{one}”的线不低于“{better}”", one=one.term, better=better.term)
            at.at(index, "at_least").complain(GRADE, saw, say("分数线从高到低"))
            return False
    if any(one.at_most is not None for one in grades):
        at.complain(GRADE, say("等次写了上限"), say("只写下限（at_least）"))
        return False
    return True


def _ends(at: Spot, grading: Grading) -> None:
    """Whether somebody has each grade, and everybody has one."""
    if grading.grades[-1].at_least is not None:
        saw = say("最后一等写了下限，再低就没有等次")
        at.at(len(grading.grades) - 1, "at_least").complain(GRADE, saw, say("最后一等不写下限"))
    quota = {one.grade for one in grading.quotas}
    for index, one in enumerate(grading.grades[:-1]):
        if one.at_least is None and one.grade not in quota and not one.items:
            saw = say("“{term}”没有分数线，也没有名额", term=one.term)
            at.at(index).complain(GRADE, saw, say("写 at_least，或者写它的名额"))


def _gap(at: Spot, terms: tuple[str, str], upper: Fraction, lower: Fraction) -> None:
    said = {"term": terms[0], "better": terms[1], "upper": shown(upper), "lower": shown(lower)}
    if upper >= lower:
        saw = say("“{term}”到 {upper} 为止，“{better}”从 {lower} 起，{lower} 分同时是两等", **said)
    else:
        middle = shown((upper + lower) / 2)
        saw = say(
            "“{term}”到 {upper} 为止，“{better}”从 {lower} 起，{middle} 分哪一等也不是",
            middle=middle,
            **said,
        )
    at.at("at_most").complain(GRADE, saw, say("等次只写下限"), say("删去 at_most"))


def _quotas(look: Look, at: Spot, grading: Grading, spots: Spots) -> None:
    names = [one.grade for one in grading.grades]
    for index, one in enumerate(grading.quotas):
        here = at.at("quotas", index)
        if known(here.at("grade"), one.grade, names, say("等次")) and one.grade == names[-1]:
            saw = say("最后一等写了名额，多出来的没有去处")
            here.at("grade").complain(GRADE, saw, say("名额只写给前面的等次"))
        check_values(look, here.at("share"), one.share, (), _OF_A_GROUP)
        for number, share in enumerate(one.share):
            if not 0 < share.value <= 100:
                saw = say("名额比例是 {share}%", share=shown(share.value))
                here.at("share", number, "value").complain(GRADE, saw, say("大于 0，不超过 100"))
    for index, name in enumerate(grading.ties):
        known(at.at("ties", index), name, spots, say("项目"))


def _groups(look: Look, at: Spot, card: Rubric) -> None:
    if card.groups and card.group_by:
        at.at("group_by").complain(GRADE, say("写了 groups，又写了 group_by"), say("两样只写一样"))
    for index, one in enumerate(card.groups):
        here = at.at("groups", index)
        good_name(here.at("group"), one.group)
        if card.judges in {"school", "county", "union"}:
            check_where(here.at("where"), one.where, look.place_columns, say("学校"))
    names = [(at.at("groups", index, "group"), one.group) for index, one in enumerate(card.groups)]
    unique(names, "C-TWICE", say("比较组的编号"), say("比较组的编号不重复"))
