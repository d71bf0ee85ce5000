"""How far marks have come and how far assessors agree, of a few marks counted by hand."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.records.appraised import Judged, Known, Reading
from xianxue.desk.appraisal.agreed import agreed, measured
from xianxue.desk.appraisal.duties import covered_places, duties, needed

CARD = """\
rubric: some
term: 某评价（虚构）
judges: school
points: 20
items:
  - {item: taught, term: 教学, points: 10, from: {kind: marks, gives: level, panel: {at_least: 2}}}
  - {item: kept, term: 管理, points: 10, from: {kind: marks, panel: {at_least: 2, standardise: true}}}
levels: [{level: good, term: 好, percent: 100}, {level: plain, term: 一般, percent: 50}]
source: {document: own, seen: own}
"""


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return card_of(yaml.safe_load(CARD), Rubric, "rubric some")


def levels(**by: str) -> Known:
    return Known(readings=tuple(Reading(by=seat, level=level) for seat, level in by.items()))


def points(panel: str, **by: int) -> Known:
    given = by.items()
    return Known(readings=tuple(Reading(by=s, value=Fraction(n), panel=panel) for s, n in given))


def result(rubric: Rubric, **known: dict[str, Known]) -> Any:
    judged = tuple(Judged(place=one, name=one, known=items) for one, items in known.items())
    return SimpleNamespace(asked=SimpleNamespace(rubric=rubric), judged=judged, scores=())


def test_agreement_is_of_those_who_marked_the_same_places(rubric):
    # Levels are 10 and 5 points. Both say 10, 5, 10, 5 of a to d: full agreement. Of e there is
    # one pair of others, with whom nothing can be compared.
    pairs = {"a": "good", "b": "plain", "c": "good", "d": "plain"}
    known = {one: {"taught": levels(s1=level, s2=level)} for one, level in pairs.items()}
    known["e"] = {"taught": levels(s1="good", s3="plain")}
    (found,) = agreed(result(rubric, **known))
    assert (found.item, found.seats, found.places) == ("taught", ("s1", "s2"), 4)
    assert (found.found.absolute, found.kappa) == (1, 1)


def test_whoever_gives_the_same_to_all_has_nothing_to_agree_on(rubric):
    known = {one: {"taught": levels(s1="good", s2="good")} for one in "ab"}
    (found,) = agreed(result(rubric, **known))
    assert (found.found.absolute, found.kappa) == (None, None)


def test_panels_are_told_with_mean_and_spread_where_the_card_moves_them(rubric):
    # 4 and 6 have mean 5 and variance 1; 8 and 10 mean 9 and variance 1; all four mean 7 and
    # variance (9 + 1 + 1 + 9) / 4 = 5.
    known = {"a": {"kept": points("甲", s1=4, s2=6)}, "b": {"kept": points("乙", s3=8, s4=10)}}
    (found,) = measured(result(rubric, **known))
    of, whole = found.panels.of, found.panels.whole
    assert {name: (one.mean, one.variance) for name, one in of.items()} == {
        "甲": (5, 1),
        "乙": (9, 1),
    }
    assert (whole.mean, whole.variance) == (7, 5)


class Lines:
    """What was assigned and marked: two assessors, one of them of one item of one place."""

    assigned = tuple(
        SimpleNamespace(person=who, place=place, item=item, seat=seat, panel="")
        for who, seat, place, item in (
            ("甲", "评委1", "a", ""),
            ("甲", "评委1", "b", ""),
            ("乙", "评委2", "a", "kept"),
        )
    )

    @staticmethod
    def marks() -> dict[tuple[str, str], dict[str, object]]:
        return {("a", "taught"): {"甲": object()}, ("a", "kept"): {"乙": object()}}


def test_work_is_counted_by_assessor_and_by_place(rubric):
    def applies(place: str, item: str) -> bool:
        return (place, item) != ("b", "kept")

    first, second = duties(rubric, Lines, applies)
    # Of a both items, of b the one that applies; one of the three is marked.
    assert (first.person, first.places, first.due, first.done) == ("甲", ("a", "b"), 3, 1)
    assert (second.seat, second.due, second.done) == ("评委2", 1, 1)
    one, other, third = covered_places(rubric, Lines, applies, ["a", "b", "c"])
    # Teaching of a and of b has one assessor where the card asks for two.
    assert (one.assessors, one.due, one.done, one.short) == (2, 3, 2, 1)
    assert (other.assessors, other.due, other.done, other.short) == (1, 1, 0, 1)
    assert (third.due, third.short) == (0, 2)
    assert needed(rubric) == 2
