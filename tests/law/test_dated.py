"""What holds on which day."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xianxue.bureau.law.citation import Seen, Source
from xianxue.bureau.law.dated import holds_on, in_force

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1))
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rule:
    valid_from: date
    valid_to: date | None = None


RULES = st.builds(Rule, DAYS, st.none() | DAYS)


@given(DAYS)
def test_a_rule_is_not_in_force_the_day_before(day):
    rule = Rule(day)

    assert not holds_on(rule, day - ONE_DAY)
    assert holds_on(rule, day)
    assert holds_on(rule, date.max)


@given(DAYS, DAYS)
def test_its_last_day_is_its_own(start, end):
    assume(start <= end)
    rule = Rule(start, end)

    assert holds_on(rule, end)
    assert not holds_on(rule, end + ONE_DAY)


@given(DAYS, DAYS)
def test_a_rule_and_its_successor_never_hold_together(start, change):
    assume(start < change)
    old, new = Rule(start, change - ONE_DAY), Rule(change)

    for on in (start, change - ONE_DAY, change, change + ONE_DAY):
        assert len(in_force([old, new], on)) == 1
    assert in_force([old, new], start - ONE_DAY) == []


@given(st.lists(RULES), DAYS)
def test_what_is_in_force_is_a_part_in_order(rules, on):
    found = in_force(rules, on)

    assert found == [rule for rule in rules if holds_on(rule, on)]


@pytest.mark.parametrize("seen", Seen)
def test_only_what_nobody_verified_is_doubtful(seen):
    assert seen.doubtful == (seen is Seen.UNVERIFIED)
    assert not seen.term.isascii()


def test_a_document_without_a_number_is_cited_by_its_title():
    assert Source("x", "某办法", "某部").name == "《某办法》"
