"""Compared at the bureau and away from it: with what, and what is said where the two differ."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from invented import (
    BLANK,
    NOTE,
    OWN,
    PERIOD,
    SCHOOL,
    asks,
    filed,
    form_of,
    grid,
    record,
    row,
    shelf_of,
)

from xianxue.bureau.kinds.unusual import Peers, Unusual, YearOnYear
from xianxue.bureau.records.brought import Brought, Norm, PeerGroup
from xianxue.bureau.returns.checking.comparison import (
    LATER,
    OUTDATED,
    compare_at_bureau,
    compare_away,
    is_compared,
)
from xianxue.bureau.returns.checking.unusual_peers import PeerValues
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

CHANGE = YearOnYear(at_most_percent=Decimal(10), at_least_amount=Decimal(1))
PEERS = Peers(modified_z=Decimal(1), at_least_percent=Decimal(10), group_by=[], at_least=3)
GROUP = PeerGroup("beside", "about.share", "", "", 0)
NORM = Norm(3, Fraction(20), Fraction(10), Fraction(20, 3))
"""Of 10, 20, 30."""


def rule(name, field="about.share", **more):
    parts = {
        "unusual": name, "term": "虚构", "do": "请核对", "fields": [field], "source": OWN,
        "valid_from": date(2020, 9, 1),
    }  # fmt: skip
    return Unusual(**(parts | more))


BOTH = (rule("change", change=CHANGE), rule("beside", peers=PEERS))


def shelf(*rules):
    form = form_of(
        record(asks("share", "份额"), asks("other", "其他")),
        grid(asks("x", "人数")),
        unusual=list(rules),
    )
    return shelf_of(form)


def of(share, brought=None, **more):
    return filed({"about": [row(share=share, **more)]}, brought=brought)


def last(share, **more):
    """Last year's part that a workbook brings along."""
    return {"about": (row(share=share, **more),)}


def others(*numbers, rule="beside"):
    values = {f"216300001{at}": Fraction(n) for at, n in enumerate(numbers)}
    return PeerValues(values={replace(GROUP, rule=rule): values}, at_least={rule: 3})


def codes(found):
    return [issue.code for issue in found]


# ── away from the bureau ────────────────────────────────────────────────────


def test_away_it_is_compared_with_what_the_workbook_brought():
    brought = Brought(last=last(10), norms={GROUP: NORM})
    found = compare_away(of(99, brought), shelf(*BOTH), SCHOOL)
    assert [issue.saw for issue in found] == [
        "份额：上年 10 人，今年 99 人，增加 890.0%",
        "份额 99 人，同类学校（3 所）约 20 人",
    ]
    assert (
        compare_away(of(10, Brought(last=last(10), norms={GROUP: NORM})), shelf(*BOTH), SCHOOL)
        == []
    )


@pytest.mark.parametrize("brought", [None, Brought(), Brought(last=last(99))])
def test_without_others_numbers_it_is_said_that_they_are_left_to_the_bureau(brought):
    (found,) = compare_away(of(99, brought), shelf(*BOTH), SCHOOL)
    assert (found.code, found.severity, found.place, found.form) == (
        LATER, NOTE, "2163000002", "f",
    )  # fmt: skip
    assert LATER == "R-LATER"
    assert found.message == (
        "a.xlsx：工作簿没有带来可比的数，没有与上年、与同类学校比较。报送后由教育局来比。"
    )


def test_where_no_rule_compares_with_others_nothing_is_left_to_the_bureau():
    assert compare_away(of(99), shelf(BOTH[0]), SCHOOL) == []
    ended = rule("beside", peers=PEERS, valid_to=date(2025, 8, 31))
    assert compare_away(of(99), shelf(BOTH[0], ended), SCHOOL) == []
    today = rule("beside", peers=PEERS, valid_to=date(2025, 9, 1))
    assert codes(compare_away(of(99), shelf(BOTH[0], today), SCHOOL)) == [LATER]
    # An empty set of norms was brought: the bureau looked, and others were too few.
    assert compare_away(of(99, Brought(norms={})), shelf(*BOTH), SCHOOL) == []


def test_last_years_findings_come_before_what_is_left():
    found = compare_away(of(99, Brought(last=last(10))), shelf(*BOTH), SCHOOL)
    assert codes(found) == ["change", LATER]


# ── at the bureau ───────────────────────────────────────────────────────────


def at_bureau(now, before, peers, *rules):
    return compare_at_bureau(now, shelf(*(rules or BOTH)), SCHOOL, before, peers)


def test_at_the_bureau_it_is_compared_with_what_was_accepted():
    found = at_bureau(of(99), of(10), others(10, 20, 30))
    assert codes(found) == ["change", "beside"]
    assert at_bureau(of(99), None, None) == []
    assert codes(at_bureau(of(99), of(10), None)) == ["change"]
    assert codes(at_bureau(of(99), None, others(10, 20, 30))) == ["beside"]


def outdated(now, before, peers, *rules):
    found = [issue for issue in at_bureau(now, before, peers, *rules) if issue.code == OUTDATED]
    assert len(found) <= 1
    return bool(found)


def test_a_workbook_of_other_numbers_is_remarked_word_by_word():
    (found,) = at_bureau(of(10, Brought(last=last(9))), of(10), None)
    assert (found.code, found.severity, found.place, found.form) == (
        OUTDATED, NOTE, "2163000002", "f",
    )  # fmt: skip
    assert OUTDATED == "R-BASIS"
    assert found.message == (
        "a.xlsx：工作簿里带来供对照的数（上年数、同类学校的情况）与教育局现在的不一样。"
        "经验校验以教育局的为准；要在本校得到一样的结果，请向教育局索取新模板。"
    )


@pytest.mark.parametrize(
    ("brought", "before", "is_old"),
    [
        # Nothing was brought, so nothing can be old.
        (None, 10, False), (Brought(), 10, False),
        (Brought(last=last(10)), 10, False), (Brought(last=last(11)), 10, True),
        # A return that was accepted since, or one that is gone.
        (Brought(last={}), 10, True), (Brought(last=last(10)), None, True),
        (Brought(last={}), None, False),
        # Missing values are values.
        (Brought(last=last(BLANK)), 10, True), (Brought(last=last(BLANK)), BLANK, False),
    ],
)  # fmt: skip
def test_last_years_numbers_may_be_old(brought, before, is_old):
    old = None if before is None else of(before)
    assert outdated(of(10, brought), old, None) is is_old


def test_only_what_rules_look_at_is_held_against_the_workbook():
    """Another field of the record, and a sheet that no rule names."""
    before = of(10, other=5)
    before.tables["pupils"] = (row("G1", x=3),)
    assert not outdated(of(10, Brought(last=last(10))), before, None)
    # The same value in another row, field or sheet is another value.
    grid_rule = rule("rows", "pupils.x", change=CHANGE)
    brought = Brought(last={**last(10), "pupils": (row("G2", x=3),)})
    assert outdated(of(10, brought), before, None, *BOTH, grid_rule)
    brought = Brought(last={**last(10), "pupils": (row("G1", x=3),)})
    assert not outdated(of(10, brought), before, None, *BOTH, grid_rule)
    brought = Brought(last={"about": (row(other=10),)})
    assert outdated(of(10, brought), of(10), None)


@pytest.mark.parametrize(
    ("norms", "is_old"),
    [
        ({GROUP: NORM}, False), ({GROUP: replace(NORM, middle=Fraction(21))}, True), ({}, True),
        ({GROUP: replace(NORM, count=4)}, True),
        # More than what a rule asked for does not matter: it was made for all sizes.
        ({GROUP: NORM, replace(GROUP, size=1): NORM}, False),
    ],
)  # fmt: skip
def test_others_numbers_may_be_old(norms, is_old):
    now = of(20, Brought(last=last(20), norms=norms))
    assert outdated(now, of(20), others(10, 20, 30)) is is_old


def test_norms_that_the_bureau_has_not_are_not_asked_for():
    now = of(20, Brought(last=last(20), norms={GROUP: NORM}))
    assert not outdated(now, of(20), None)
    # Others are too few by now, and the workbook has a norm.
    assert outdated(now, of(20), others(10, 20))
    # The workbook brought none, and there is none.
    assert not outdated(of(20, Brought(last=last(20))), of(20), others(10, 20))
    # Numbers of others alone may be old, too.
    assert outdated(of(20, Brought(norms={})), None, others(10, 20, 30))
    assert not outdated(of(20, Brought(norms={GROUP: NORM})), None, others(10, 20, 30))


def test_what_a_school_itself_reported_is_no_norm_of_its():
    values = others(10, 20, 30)
    values.values[GROUP][SCHOOL.code] = Fraction(99)
    assert not outdated(of(20, Brought(last=last(20), norms={GROUP: NORM})), of(20), values)


# ── whether at all ──────────────────────────────────────────────────────────


def test_only_what_recurs_and_has_rules_is_compared():
    form = shelf(*BOTH).forms["f"]
    assert is_compared(form, PERIOD) is True
    assert is_compared(shelf().forms["f"], PERIOD) is False
    assert is_compared(form, Period.parse("2026-06-13-3d-zhongkao")) is False


def test_last_year_is_a_year_before_whatever_the_period():
    """What the workbook brought is compared as the return of the year before."""
    form = form_of(record(asks("share", "份额")), unusual=[BOTH[0]], period="term")
    now = replace(of(99, Brought(last=last(10))), period="2025-2026-2")
    assert codes(compare_away(now, shelf_of(form), SCHOOL)) == ["change"]
