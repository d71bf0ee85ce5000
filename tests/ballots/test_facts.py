"""The worked cases of ballots and surveys (T-H1 … T-H17), each by its own numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from national import national

from xianxue.bureau.ballots.deciding import Turnout, decide, needed, needed_there
from xianxue.bureau.ballots.estimating import (
    Stratum,
    favourable,
    index,
    score_bounds,
    stratified,
    surely_first,
)
from xianxue.bureau.ballots.response import Dispositions, rates
from xianxue.bureau.ballots.sampling import sample_size, spread
from xianxue.bureau.ballots.tables import candidates, wanted
from xianxue.bureau.ballots.thresholds import Judged, most_of, propose
from xianxue.bureau.ballots.weighting import weigh
from xianxue.bureau.kinds.ballots.rule import Majority, Quota, Trigger, VoterShare
from xianxue.bureau.kinds.card import Cited, DatedValue
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.values.possible import possible
from xianxue.bureau.values.rounding import half_up
from xianxue.bureau.values.sentence import Phrase

SAMPLES = national().shelf.samples
SOURCE = Cited(document="xianxue-own", seen=Seen.OWN)
HALF_PRESENT = VoterShare(of="returned", enough="more_than", above=1, below=2)
THIRD = VoterShare(of="returned", enough="at_least", above=1, below=3)


def percent(share: Fraction | None, places: int = 2) -> str:
    assert share is not None
    return f"{half_up(share * 100, places):f}"


# ── elections ───────────────────────────────────────────────────────────────


def test_the_base_decides_who_is_elected():
    """T-H1: 1,203 entitled, 689 voted, 671 valid: 340 votes are no majority of those who voted."""
    rule = Majority(
        quorum=VoterShare(of="returned", enough="more_than", above=1, below=2),
        elected=HALF_PRESENT,
        again=THIRD,
        source=SOURCE,
    )
    there = Turnout(entitled=1203, present=689, issued=689, returned=689, valid=671)
    first = decide(rule, there, {"甲": 340, "乙": 322})
    assert (first.fault, first.needed, first.elected) == (None, 345, ())
    assert first.again == ("甲", "乙")
    second = decide(rule, there, {"甲": 340, "乙": 322}, again=True)
    assert (second.needed, second.elected) == (230, ("甲",))
    wrong = Majority(
        elected=VoterShare(of="valid", enough="more_than", above=1, below=2), source=SOURCE
    )
    assert decide(wrong, there, {"甲": 340, "乙": 322}).elected == ("甲",)


@pytest.mark.parametrize(
    ("of", "enough", "elected"), [("entitled", 31, ()), ("present", 26, ("甲",))]
)
def test_those_entitled_or_those_present(of, enough, elected):
    """T-H2: 60 entitled, 50 present, 30 for him."""
    rule = Majority(
        quorum=VoterShare(of="present", enough="at_least", above=4, below=5),
        elected=VoterShare(of=of, enough="more_than", above=1, below=2),
        source=SOURCE,
    )
    there = Turnout(entitled=60, present=50, issued=50, returned=50, valid=50)
    found = decide(rule, there, {"甲": 30})
    assert (found.fault, found.needed, found.elected) == (None, enough, elected)


@pytest.mark.parametrize(
    ("above", "below", "entitled", "least"), [(4, 5, 58, 47), (2, 3, 50, 34), (2, 3, 60, 40)]
)
def test_how_many_must_be_there(above, below, entitled, least):
    """T-H4."""
    part = VoterShare(of="present", enough="at_least", above=above, below=below)
    there = Turnout(entitled=entitled, present=least, issued=0, returned=0, valid=0)
    assert needed_there(part, there) == least
    rule = Majority(quorum=part, elected=HALF_PRESENT, source=SOURCE)
    short = Turnout(entitled=entitled, present=least - 1, issued=1, returned=1, valid=1)
    assert decide(rule, there, {}).fault is None
    assert decide(rule, short, {}).fault == "quorum"


def test_more_papers_than_were_handed_out_make_all_invalid():
    """T-H5."""
    rule = Majority(elected=HALF_PRESENT, source=SOURCE)
    more = Turnout(entitled=40, present=40, issued=40, returned=41, valid=41)
    less = Turnout(entitled=40, present=40, issued=40, returned=39, valid=39)
    assert decide(rule, more, {"甲": 41}).fault == "more_returned"
    assert decide(rule, less, {"甲": 30}).elected == ("甲",)
    assert less.unreturned == 1


def test_two_with_as_many_votes_are_not_told_apart_by_their_names():
    rule = Majority(
        elected=VoterShare(of="returned", enough="at_least", above=1, below=3), source=SOURCE
    )
    there = Turnout(entitled=90, present=90, issued=90, returned=90, valid=90)
    found = decide(rule, there, {"甲": 40, "乙": 40, "丙": 10})
    assert (found.elected, found.tied, found.again) == ((), ("乙", "甲"), ("乙", "甲"))
    both = decide(rule, there, {"甲": 40, "乙": 40, "丙": 10}, seats=2)
    assert (both.elected, both.tied) == (("乙", "甲"), ())


@given(st.integers(1, 400), st.integers(0, 400))
def test_more_votes_never_lose_an_election(returned, votes):
    there = Turnout(entitled=400, present=400, issued=400, returned=returned, valid=returned)
    enough = needed(HALF_PRESENT, there)
    assert enough * 2 > returned >= (enough - 1) * 2
    rule = Majority(elected=HALF_PRESENT, source=SOURCE)
    if decide(rule, there, {"甲": votes}).elected:
        assert decide(rule, there, {"甲": votes + 1}).elected == ("甲",)


# ── thresholds ──────────────────────────────────────────────────────────────


def trigger(
    of: str, enough: str = "more_than", line: str = "30", years: int = 1, out_of: int = 100
):
    value = DatedValue(
        valid_from=date(2010, 1, 1),
        value=Decimal(line),
        source="xianxue-own",
        seen=Seen.OWN,
    )
    return Trigger(
        trigger="removal",
        term=Phrase("免职"),
        levels=["incompetent"],
        of=of,  # pyright: ignore[reportArgumentType] - named by the test's table
        enough=enough,  # pyright: ignore[reportArgumentType] - named by the test's table
        share=[value],
        years=years,
        out_of=out_of,
    )


@pytest.mark.parametrize(
    ("of", "share", "proposed"),
    [("valid", "35.56", True), ("returned", "33.33", False), ("present", "32.00", False)],
)
def test_the_base_turns_what_is_proposed(of, share, proposed):
    """T-H6: 16 of 45 valid, 48 returned, 50 present; of the returned it is exactly one third."""
    there = Turnout(entitled=50, present=50, issued=50, returned=48, valid=45)
    judged = Judged(year=2025, on=date(2025, 12, 1), turnout=there, votes={"incompetent": 16})
    found = propose(trigger(of, line="1", out_of=3), [judged], 2025)
    assert percent(found.years[0].share) == share
    assert found.proposed is proposed


def test_exactly_on_the_line_is_reached_or_exceeded_as_the_card_says():
    there = Turnout(entitled=50, present=50, issued=50, returned=50, valid=50)
    judged = Judged(year=2025, on=date(2025, 12, 1), turnout=there, votes={"incompetent": 15})
    assert propose(trigger("valid", "at_least", "30"), [judged], 2025).proposed is True
    assert propose(trigger("valid", "more_than", "30"), [judged], 2025).proposed is False


def test_two_years_running_and_a_year_that_nobody_voted_in():
    def year(number: int, bad: int) -> Judged:
        there = Turnout(entitled=50, present=50, issued=50, returned=50, valid=50)
        return Judged(
            year=number, on=date(number, 12, 1), turnout=there, votes={"incompetent": bad}
        )

    rule = trigger("valid", "at_least", "30", years=2)
    assert propose(rule, [year(2024, 15), year(2025, 20)], 2025).proposed is True
    assert propose(rule, [year(2024, 14), year(2025, 20)], 2025).proposed is False
    lone = propose(rule, [year(2025, 20)], 2025)
    assert (lone.proposed, lone.missing) == (None, (2024,))
    assert propose(rule, [year(2025, 1)], 2025).proposed is False


@pytest.mark.parametrize(("rounding", "most"), [("down", 2), ("half_up", 3)])
def test_how_many_a_paper_may_call_excellent(rounding, most):
    quota = Quota(level="excellent", share=Decimal(30), rounding=rounding)
    assert most_of(quota, 9) == most


# ── groups ──────────────────────────────────────────────────────────────────

WEIGHTS = {"leaders": Fraction(30), "middle": Fraction(30), "staff": Fraction(40)}
POINTS = [Fraction(one) for one in (100, 80, 60, 40)]


def test_groups_are_weighed_and_a_silent_one_is_no_zero():
    """T-H7."""
    votes = {"leaders": [3, 2, 0, 0], "middle": [6, 4, 1, 1], "staff": [24, 22, 8, 6]}
    found = weigh(votes, WEIGHTS)
    assert found is not None
    assert half_up(found.score(POINTS), 4) == Decimal("85.6333")
    assert percent(found.shares[0] + found.shares[1], 3) == "85.667"
    assert percent(found.shares[3], 3) == "6.500"
    together = [sum(many) for many in zip(*votes.values(), strict=True)]
    assert half_up(index(together, POINTS) or Fraction(0), 4) == Decimal("82.5974")
    assert percent(favourable(together, 2), 3) == "79.221"
    assert percent(Fraction(together[3], sum(together)), 3) == "9.091"
    without = weigh(votes | {"middle": [0, 0, 0, 0]}, WEIGHTS)
    assert without is not None
    assert without.silent == ("middle",)
    assert half_up(without.score(POINTS), 4) == Decimal("85.9048")


def test_nobody_at_all_is_nothing():
    assert weigh({"leaders": [0, 0, 0, 0]}, WEIGHTS) is None
    with pytest.raises(ValueError, match="no weight"):
        weigh({"parents": [1, 0, 0, 0]}, WEIGHTS)


# ── samples ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("population", "margin", "answers"),
    [
        (500, 5, 218),
        (2000, 5, 323),
        (12000, 5, 373),
        (60000, 5, 382),
        (500, 3, 341),
        (2000, 3, 697),
        (12000, 3, 981),
        (60000, 3, 1049),
        (None, 5, 385),
        (None, 3, 1068),
        (1, 5, 1),
    ],
)
def test_how_many_to_ask(population, margin, answers):
    """T-H10."""
    assert sample_size(population, Fraction(margin, 100)).answers == answers


def test_a_design_and_those_who_do_not_answer():
    found = sample_size(12000, Fraction(5, 100), effect=Fraction(3, 2), answering=Fraction(60, 100))
    assert (found.answers, found.sent) == (559, 932)
    assert sample_size(12000, Fraction(3, 100), effect=Fraction(3, 2)).answers == 1471
    assert half_up(found.unlimited, 2) == Decimal("384.16")


@given(
    st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 500), min_size=1, max_size=12),
    st.data(),
)
def test_what_is_spread_adds_up_and_nobody_is_asked_twice(sizes, data):
    many = data.draw(st.integers(0, sum(sizes.values())))
    found = spread(sizes, many)
    assert sum(found.values()) == many
    for name, size in sizes.items():
        assert 0 <= found[name] <= size
        # A school's part is its share, rounded to one side or the other.
        assert abs(found[name] - Fraction(many * size, sum(sizes.values()) or 1)) < 1


@given(
    st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 500), min_size=1, max_size=8),
    st.integers(1, 20),
    st.data(),
)
def test_everybody_has_their_least(sizes, least, data):
    floor = sum(min(least, size) for size in sizes.values())
    many = data.draw(st.integers(floor, sum(sizes.values())))
    found = spread(sizes, many, least=least)
    assert sum(found.values()) == many
    assert all(min(least, sizes[name]) <= got <= sizes[name] for name, got in found.items())


def test_a_sample_weighed_by_school_may_not_say_that_the_line_is_reached():
    """T-H12: 84.720 %, ±3.821: both are compatible with 85 %."""
    sizes = (1200, 850, 430, 90, 30)
    answered, so = (137, 97, 49, 10, 10), (110, 83, 45, 10, 9)
    found = stratified([Stratum(*one) for one in zip(sizes, answered, so, strict=True)])
    assert percent(found.share, 3) == "84.720"
    assert found.error is not None
    assert found.margin is not None
    assert half_up(found.error, 5) == Decimal("0.01950")
    assert half_up(found.margin, 5) == Decimal("0.03821")
    assert found.reaches(Fraction(85, 100)) is None
    assert found.reaches(Fraction(80, 100)) is True
    assert found.reaches(Fraction(90, 100)) is False
    assert percent(Fraction(sum(so), sum(answered)), 3) == "84.818"


def test_equal_samples_of_unequal_schools_turn_the_verdict():
    """T-H13: together 87.333 %, weighed 77.846 %."""
    sizes, so = (1200, 850, 430, 90, 30), (21, 24, 27, 29, 30)
    found = stratified([Stratum(size, 30, many) for size, many in zip(sizes, so, strict=True)])
    assert percent(found.share, 3) == "77.846"
    assert percent(Fraction(sum(so), 150), 3) == "87.333"


@pytest.mark.parametrize(
    ("so", "answered", "low", "high"),
    [
        (9, 10, "0.5958", "0.9821"),
        (10, 10, "0.7225", "1.0000"),
        (85, 100, "0.7672", "0.9069"),
        (340, 400, "0.8117", "0.8817"),
    ],
)
def test_the_bounds_of_few(so, answered, low, high):
    """T-H14."""
    found = score_bounds(so, answered)
    half = Fraction(found.half.to_decimal(12))
    assert f"{half_up(found.middle - half, 4):f}" == low
    assert f"{half_up(found.middle + half, 4):f}" == high


def test_satisfied_and_satisfaction_are_two_numbers():
    """T-H15."""
    answers = [120, 200, 60, 15, 5]
    assert percent(favourable(answers, 2)) == "80.00"
    assert percent(favourable(answers, 3)) == "95.00"
    for points, said in (
        ((100, 80, 60, 40, 20), "80.75"),
        ((100, 75, 50, 25, 0), "75.9375"),
        ((100, 80, 60, 30, 0), "80.125"),
        ((5, 4, 3, 2, 1), "4.0375"),
    ):
        assert index(answers, [Fraction(one) for one in points]) == Fraction(said)


def test_who_cannot_say_is_in_neither_part():
    """T-H16."""
    answers = [210, 120, 40, 20, 10]
    assert percent(favourable(answers, 3)) == "92.50"
    assert percent(favourable(answers, 3, unable=1)) == "94.87"
    assert percent(favourable(answers, 2)) == "82.50"
    assert percent(favourable(answers, 2, unable=1)) == "84.62"
    assert favourable([0, 0, 0, 0, 7], 2, unable=1) is None


def test_rates_of_answering():
    """T-H17."""
    found = rates(
        Dispositions(
            complete=402,
            partial=18,
            refused=150,
            no_contact=210,
            other=20,
            unknown_household=300,
            unknown_other=100,
            not_eligible=250,
        )
    )
    assert {name: percent(rate) for name, rate in found.items()} == {
        "RR1": "33.50",
        "RR2": "35.00",
        "RR3": "36.39",
        "RR4": "38.02",
        "RR5": "50.25",
        "RR6": "52.50",
        "COOP1": "68.14",
        "COOP3": "70.53",
        "REF1": "12.50",
        "CON1": "49.17",
    }
    assert rates(Dispositions(complete=0))["RR1"] is None


# ── what was printed ────────────────────────────────────────────────────────


@given(st.integers(1, 300), st.data(), st.integers(0, 3))
def test_what_was_rounded_from_a_count_is_possible(answers, data, places):
    so = data.draw(st.integers(0, answers))
    assert possible(half_up(Fraction(so * 100, answers), places), answers) == "rounded"


def test_a_percentage_that_only_cutting_gives():
    """T-H8."""
    assert possible(Decimal("94.73"), 38) == "cut"
    assert possible(Decimal("94.7"), 38) == "rounded"
    assert possible(Decimal("91.23"), 38) == "no"


@pytest.mark.parametrize(
    ("counts", "first"),
    [
        # T-H14: 340 of 400 lie within 81.17 % and 88.17 %.
        ({"甲": (340, 400), "乙": (270, 400)}, "甲"),
        ({"甲": (340, 400), "乙": (330, 400)}, None),
        # 10 of 10 is the greater share, and says less than 190 of 200.
        ({"甲": (10, 10), "乙": (190, 200)}, None),
        ({"甲": (190, 200), "乙": (190, 200)}, None),
        ({"甲": (190, 200)}, None),
    ],
)
def test_the_first_is_named_only_where_the_bounds_allow(counts, first):
    assert surely_first(counts) == first


# ── tables of the inspectorate ──────────────────────────────────────────────


@pytest.mark.parametrize(
    ("residents", "answers", "groups"),
    [
        (246_000, 300, (15, 15, 60, 210)),
        (199_999, 200, (10, 10, 40, 140)),
        (200_000, 300, (15, 15, 60, 210)),
        (400_000, 500, (25, 25, 100, 350)),
        (2_000_000, 1000, (50, 50, 200, 700)),
    ],
)
def test_how_many_a_county_of_a_size_asks(residents, answers, groups):
    """T-H9."""
    found = wanted(SAMPLES["preschool_recognition"], residents)
    assert (found.answers, tuple(found.groups.values())) == (answers, groups)


@pytest.mark.parametrize(
    ("residents", "answers", "parents"),
    [(150_000, 300, 150), (260_000, 390, 195), (260_500, 391, 196), (400_000, 600, 300)],
)
def test_by_thousandths_at_least_half_are_parents(residents, answers, parents):
    found = wanted(SAMPLES["compulsory_quality_recognition"], residents)
    assert (found.answers, found.groups["parents"]) == (answers, parents)


@pytest.mark.parametrize(
    ("seats", "least", "most", "stand"),
    [
        (3, Fraction(1, 3), Fraction(1), (4, 6)),
        (10, Fraction(1, 5), Fraction(1, 2), (12, 15)),
        (7, Fraction(1, 5), None, (9, None)),
    ],
)
def test_more_stand_than_are_elected(seats, least, most, stand):
    """T-H3."""
    assert candidates(seats, least, most) == stand
