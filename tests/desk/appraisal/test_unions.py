"""Alliances and chains judged as one (虚构): who belongs when, and what all come to together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from national import national

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.together import Gain, TogetherRule
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.records.appraised import Score
from xianxue.bureau.records.entry import Entry, Happened
from xianxue.desk.appraisal.judged import Who
from xianxue.desk.appraisal.unions import Unions, registered

CARD: Rubric = national().shelf.rubrics["alliance_evaluation"]
OWN = Cited(document="xianxue-own", seen=Seen.OWN)
UNION = Who(place="东片联盟", name="东片联盟（虚构）", places=("a", "b", "c"))
PUPILS = {"a": Fraction(1200), "b": Fraction(500), "c": Fraction(300)}


def got(place: str, total: int | None) -> Score:
    full = Fraction(100)
    known = None if total is None else Fraction(total)
    return Score(
        place=place, name=place, total=known, shown=str(total), of=full,
        least=known or Fraction(0), most=full if known is None else known, items=(),
    )  # fmt: skip


def put(
    rule: TogetherRule,
    totals: Mapping[str, int | None],
    before: Mapping[str, Fraction] | None = None,
) -> Score:
    return Unions(
        rubric=CARD,
        rule=rule,
        names={"a": "甲校", "b": "乙校", "c": "丙校"},
        totals={place: got(place, total) for place, total in totals.items()},
        weights=PUPILS if rule.by else {},
        before=before or {},
    ).score(UNION)


THREE = {"a": 92, "b": 84, "c": 76}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        # T-G10: (92 + 84 + 76) ÷ 3; weighted by 1200, 500 and 300 pupils.
        (TogetherRule(how="mean", source=OWN), "84"),
        (TogetherRule(how="weighted", by="pupils", source=OWN), "87.6"),
        (TogetherRule(how="blend", own=Decimal("0.6"), source=OWN), "84"),
    ],
)
def test_t_g10_members_come_to_one_result_by_the_cards_formula(rule: TogetherRule, expected: str):
    found = put(rule, THREE)
    assert found.total == Fraction(expected)
    assert [(one.item, one.points) for one in found.items] == [
        ("a", 92),
        ("b", 84),
        ("c", 76),
    ]
    assert {one.source for one in found.items} == {"member"}


def test_t_g10_each_member_is_told_what_the_blend_makes_of_its_own_points():
    found = put(TogetherRule(how="blend", own=Decimal("0.6"), source=OWN), THREE)
    told = [str(one.because) for one in found.items]
    for said, result in zip(told, ("88.8", "84", "79.2"), strict=True):
        assert said.endswith(f"合成后 {result} 分")


def test_a_weak_member_that_grew_raises_all():
    """Before 90, 80, 70, mean 80: the third grew by 6, at 0.5 each 3 points: (92+84+79) ÷ 3."""
    rule = TogetherRule(how="gain", gain=Gain(each=Decimal("0.5"), cap=Decimal(5)), source=OWN)
    before = {"a": Fraction(90), "b": Fraction(80), "c": Fraction(70)}
    assert put(rule, THREE, before).total == 85
    lacking = put(rule, THREE, {"a": Fraction(90), "b": Fraction(80)})
    assert (lacking.total, lacking.missing) == (None, ("c",))


def test_a_member_of_which_something_is_missing_leaves_all_open():
    found = put(TogetherRule(how="mean", source=OWN), {"a": 92, "b": None, "c": 76})
    assert (found.total, found.missing) == (None, ("b",))
    assert found.items[0].points == 92


def entry(place: str, number: str, state: str = "joined", **fields: str) -> Entry:
    line = Happened(
        step="record", on=date(2024, 9, 1), origin="", to=state, actor="经办（虚构）",
        fields={"group": "东片联盟", "kind": "alliance"} | fields,
    )  # fmt: skip
    return Entry(ledger="school_groups", number=number, place=place, history=(line,))


def test_who_belongs_is_asked_of_the_day():
    entries = [
        entry("a", "1", joined_on="2024-09-01"),
        entry("b", "2", joined_on="2025-09-01"),
        entry("c", "3", joined_on="2024-09-01", left_on="2025-09-01"),
        entry("d", "4", joined_on="2024-09-01", state="void"),
        entry("e", "5", joined_on="2024-09-01", kind="chain"),
    ]
    (last,) = registered("alliance", date(2025, 8, 31), entries)
    assert last.places == ("a", "c")
    # On the day of leaving one belongs no more, on the day of joining one does.
    (first,) = registered("alliance", date(2025, 9, 1), entries)
    assert first.places == ("a", "b")
    assert registered("alliance", date(2024, 8, 31), entries) == []
