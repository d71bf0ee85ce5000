"""Alliances, chains and groups judged as one."""

from decimal import Decimal
from fractions import Fraction

import pytest

from xianxue.bureau.appraisal.groups import Member, together
from xianxue.bureau.kinds.appraisal.together import Gain, TogetherRule
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.law.citation import Seen

OWN = Cited(document="own", seen=Seen.OWN)
THREE = [
    Member(place="a", total=Fraction(92), weight=Fraction(1200), before=Fraction(90)),
    Member(place="b", total=Fraction(84), weight=Fraction(500), before=Fraction(84)),
    Member(place="c", total=Fraction(76), weight=Fraction(300), before=Fraction(66)),
]


def rule(**fields):
    return TogetherRule(source=OWN, **fields)


@pytest.mark.parametrize(
    ("how", "shared", "each"),
    [
        (dict(how="mean"), "84", ["84", "84", "84"]),
        (dict(how="weighted"), "87.6", ["87.6", "87.6", "87.6"]),
        (dict(how="blend", own=Decimal("0.6")), "84", ["88.8", "84", "79.2"]),
    ],
)
def test_t_g10_the_four_formulas_differ(how, shared, each):
    """A simple mean and a weighted one are 3.6 points apart."""
    got = together(THREE, rule(**how))
    assert got.shared == Fraction(shared)
    assert [got.each[one.place] for one in THREE] == [Fraction(one) for one in each]


def test_gain_adds_only_to_the_weak_that_grew():
    """Mean before 80: c alone was below it, grew by 10, half a point each but 3 at most."""
    got = together(THREE, rule(how="gain", gain=Gain(each=Decimal("0.5"), cap=Decimal(3))))
    assert got.shared == Fraction(92 + 84 + 79, 3)


def test_which_mean_it_was_is_told():
    assert str(together(THREE, rule(how="mean")).because) == "成员得分简单平均"
    assert "加权" in together(THREE, rule(how="weighted")).because


def test_a_member_without_a_result_is_named_and_no_zero():
    missing = [*THREE[:2], Member(place="c", total=None, weight=Fraction(300))]
    got = together(missing, rule(how="mean"))
    assert (got.shared, got.missing) == (None, ("c",))
    unweighed = [*THREE[:2], Member(place="c", total=Fraction(76))]
    assert together(unweighed, rule(how="weighted")).missing == ("c",)
    assert together(unweighed, rule(how="mean")).shared == 84
