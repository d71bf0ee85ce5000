"""Who is judged, by what is in force on the day, in which order, and who is left out and why."""

from datetime import date
from fractions import Fraction

import pytest

from xianxue.bureau.law.citation import Citation, Seen
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.finding import Verdict

POINT = "218"


def small_points(by_hand):
    """The population that leaves out teaching points of fewer than fifty pupils."""
    exclude = [by_hand.exclusion(POINT, pupils_below=50, term="不足50人的教学点不计")]
    return by_hand.population("primary", "lower_secondary", exclude=exclude)


def seen(assessment):
    return [(f.place, f.stage and f.stage.value, f.criterion) for f in assessment.findings]


@pytest.mark.parametrize(
    ("pupils", "counted"),
    [(49, False), (50, True), (0, False)],
)
def test_both_sides_of_fifty_pupils(by_hand, pupils, counted):
    cards = by_hand.standard(by_hand.criterion("a", "1"), population="counted")
    point = by_hand.school("p", school_type=POINT, pupils_primary=pupils)
    figures = [by_hand.figure("a", "p", value="2")]
    found = by_hand.judged(cards, figures, [point], populations=[small_points(by_hand)])
    assert seen(found) == ([("p", "primary", "a")] if counted else [])
    left_out = () if counted else (("p", Stage.PRIMARY, "不足50人的教学点不计"),)
    assert found.not_counted == left_out


def test_where_its_pupils_are_unknown_a_point_is_undetermined_not_silently_counted(by_hand):
    cards = by_hand.standard(by_hand.criterion("a", "1"), population="counted")
    point = by_hand.school("p", school_type=POINT)
    figures = [by_hand.figure("a", "p", value="2")]
    found = by_hand.judged(cards, figures, [point], populations=[small_points(by_hand)])
    (finding,) = found.findings
    assert (finding.verdict, finding.missing) == (Verdict.UNDETERMINED, ("p",))
    assert found.verdict is Verdict.UNDETERMINED
    assert found.not_counted == ()


def test_pupils_that_are_known_may_be_enough(by_hand):
    """Fifty in one stage are fifty, whatever the other stage has."""
    cards = by_hand.standard(by_hand.criterion("a", "1"), population="counted")
    stages = ("primary", "lower_secondary")
    figures = [by_hand.figure("a", "p", stage, "2") for stage in stages]
    for pupils, verdict in [(50, Verdict.MET), (49, Verdict.UNDETERMINED)]:
        point = by_hand.school("p", *stages, school_type=POINT, pupils_primary=pupils)
        found = by_hand.judged(cards, figures, [point], populations=[small_points(by_hand)])
        assert found.verdict is verdict


def test_a_school_of_another_type_counts_however_small(by_hand):
    cards = by_hand.standard(by_hand.criterion("a", "1"), population="counted")
    figures = [by_hand.figure("a", "s", value="2")]
    school = by_hand.school("s", pupils_primary=3)
    found = by_hand.judged(cards, figures, [school], populations=[small_points(by_hand)])
    assert found.verdict is Verdict.MET


def test_an_exclusion_holds_only_on_its_days(by_hand):
    rule = by_hand.exclusion("511", to="2020-08-31", term="特殊教育学校不计")
    counted = by_hand.population("special", exclude=[rule])
    cards = by_hand.standard(by_hand.criterion("a", "1"), population="counted")
    school = by_hand.school("s", "special", school_type="511")
    for on, left_out in [(date(2020, 8, 31), 1), (date(2020, 9, 1), 0)]:
        found = by_hand.judged(cards, [], [school], populations=[counted], on=on)
        assert len(found.not_counted) == left_out
        assert len(found.findings) == 1 - left_out


def test_stages_outside_the_population_are_not_looked_at(by_hand):
    counted = by_hand.population("primary", "lower_secondary")
    cards = by_hand.standard(
        by_hand.criterion("a", "1"),
        by_hand.criterion("whole", "1", per="school"),
        population="counted",
    )
    whole = by_hand.school("w", "lower_secondary", "upper_secondary", school_type="341")
    nursery = by_hand.school("k", "preschool", school_type="111")
    found = by_hand.judged(cards, [], [nursery, whole], populations=[counted])
    assert seen(found) == [("w", None, "whole"), ("w", "lower_secondary", "a")]
    assert found.not_counted == ()


def test_findings_follow_place_stage_and_criterion(by_hand):
    cards = by_hand.standard(
        by_hand.criterion("b", "1"),
        by_hand.criterion("a", "1"),
        by_hand.criterion("county", "1", per="county"),
        by_hand.criterion("staged", "1", per="county_stage"),
        combine=[by_hand.combination(2, ["a", "b"])],
        population="counted",
    )
    counted = by_hand.population("primary", "lower_secondary")
    places = [
        by_hand.school("2", "lower_secondary", "primary", school_type="312"),
        by_hand.school("1"),
        by_hand.county(),
    ]
    found = by_hand.judged(cards, [], places, populations=[counted])
    assert seen(found) == [
        *[("2", "primary", c) for c in ("b", "a", "joint")],
        *[("2", "lower_secondary", c) for c in ("b", "a", "joint")],
        *[("1", "primary", c) for c in ("b", "a", "joint")],
        (by_hand.COUNTY, None, "county"),
        *[(by_hand.COUNTY, stage, "staged") for stage in ("primary", "lower_secondary")],
    ]


def test_a_county_is_not_judged_in_a_stage_where_no_school_counts(by_hand):
    limit = by_hand.criterion("cv", "0.5", per="county_stage", rule="at_most")
    cards = by_hand.standard(spread=[limit], population="counted")
    places = [
        by_hand.county(),
        by_hand.school("p", school_type=POINT, pupils_primary=20),
        by_hand.school("m", "lower_secondary", school_type="311"),
    ]
    found = by_hand.judged(cards, [], places, populations=[small_points(by_hand)])
    assert [f.stage for f in found.spread] == [Stage.LOWER_SECONDARY]
    assert found.not_counted == (
        ("p", Stage.PRIMARY, "不足50人的教学点不计"),
        (by_hand.COUNTY, Stage.PRIMARY, "没有计入评估的小学学段"),
    )


def test_both_sides_of_a_date(by_hand):
    """The day before a value takes effect it is not applied; on its last day it still is."""
    cards = by_hand.standard(
        by_hand.criterion(
            "a",
            by_hand.dated("4", **{"from": "2017-04-19", "to": "2020-08-31"}),
            by_hand.dated("5", **{"from": "2020-09-01", "source": "later"}),
        )
    )
    figures = [by_hand.figure("a", "s", value="4.5")]
    for on, verdict, document in [
        (date(2017, 4, 18), None, None),
        (date(2017, 4, 19), Verdict.MET, "invented"),
        (date(2020, 8, 31), Verdict.MET, "invented"),
        (date(2020, 9, 1), Verdict.NOT_MET, "later"),
    ]:
        found = by_hand.judged(cards, figures, [by_hand.school("s")], on=on)
        assert [f.verdict for f in found.findings] == ([verdict] if verdict else [])
        assert [f.citation.document for f in found.findings] == ([document] if document else [])
        assert found.on == on.isoformat()


def test_where_nothing_is_in_force_nothing_was_met(by_hand):
    cards = by_hand.standard(by_hand.criterion("a", "4"))
    figures = [by_hand.figure("a", "s", value="9")]
    found = by_hand.judged(cards, figures, [by_hand.school("s")], on=date(2016, 12, 31))
    assert (found.findings, found.verdict) == ((), Verdict.UNDETERMINED)


def test_a_combination_holds_only_on_its_days(by_hand):
    """Before it, every criterion counts by itself."""
    cards = by_hand.standard(
        by_hand.criterion("a", "4.2"),
        by_hand.criterion("b", "4.2"),
        combine=[by_hand.combination(1, ["a", "b"], **{"from": "2020-01-01"})],
    )
    figures = [by_hand.figure("a", "s", value="4"), by_hand.figure("b", "s", value="5")]
    for on, verdict, findings in [
        (date(2019, 12, 31), Verdict.NOT_MET, 2),
        (date(2020, 1, 1), Verdict.MET, 3),
    ]:
        found = by_hand.judged(cards, figures, [by_hand.school("s")], on=on)
        assert (found.verdict, len(found.findings)) == (verdict, findings)


def test_of_combinations_with_one_name_the_first_in_force_is_taken(by_hand):
    """An overlay lays its own in front."""
    cards = by_hand.standard(
        by_hand.criterion("a", "4.2"),
        combine=[
            by_hand.combination(1, ["a"], source="province"),
            by_hand.combination(0, ["a"]),
        ],
    )
    figures = [by_hand.figure("a", "s", value="4")]
    found = by_hand.judged(cards, figures, [by_hand.school("s")])
    assert [f.citation.document for f in found.findings] == ["invented", "province"]
    assert found.verdict is Verdict.NOT_MET


@pytest.fixture
def size(by_hand):
    """A limit of 2,000 pupils, and 2,400 for schools planned by 2010."""
    relaxed = by_hand.dated(
        "2400", when={"basic.planned_year": {"at_most": 2010}}, source="relaxed"
    )
    return by_hand.standard(by_hand.criterion("a", relaxed, "2000", rule="at_most", per="school"))


@pytest.mark.parametrize(
    ("year", "pupils", "expected"),
    [
        (2010, 2400, (Verdict.MET, "relaxed")),
        (2010, 2401, (Verdict.NOT_MET, "relaxed")),
        (2011, 2400, (Verdict.NOT_MET, "invented")),
        (2011, 2000, (Verdict.MET, "invented")),
    ],
)
def test_a_transitional_clause_stands_before_the_general_one(by_hand, size, year, pupils, expected):
    school = by_hand.school("s", **{"basic.planned_year": year})
    figures = [by_hand.figure("a", "s", None, pupils, unit="person")]
    (found,) = by_hand.judged(size, figures, [school]).findings
    assert (found.verdict, found.citation.document) == expected


@pytest.mark.parametrize(
    ("pupils", "verdict"),
    [(2000, Verdict.MET), (2001, Verdict.UNDETERMINED), (2401, Verdict.NOT_MET)],
)
def test_a_missing_answer_matters_only_between_the_two_lines(by_hand, size, pupils, verdict):
    """Whether 2,000 or 2,400 holds is not known; under 2,000 and over 2,400 it is the same."""
    figures = [by_hand.figure("a", "s", None, pupils, unit="person")]
    school = by_hand.school("s", unanswered=["basic.planned_year"])
    found = by_hand.judged(size, figures, [school])
    (finding,) = found.findings
    assert finding.verdict is verdict
    assert finding.missing == (("s",) if verdict is Verdict.UNDETERMINED else ())
    assert finding.citation.document == "invented"


def test_what_does_not_exist_at_a_place_fulfils_no_condition(by_hand, size):
    """A special clause is not presumed where its field is not asked or does not apply."""
    figures = [by_hand.figure("a", "s", None, "2001", unit="person")]
    (finding,) = by_hand.judged(size, figures, [by_hand.school("s")]).findings
    assert finding.verdict is Verdict.NOT_MET


def test_only_special_clauses_that_may_or_may_not_hold(by_hand):
    """Then it is not even known whether there is a line."""
    clause = by_hand.dated("1", when={"basic.planned_year": {"at_most": 2010}})
    cards = by_hand.standard(by_hand.criterion("a", clause, per="school"))
    figures = [by_hand.figure("a", "s", None, "2")]
    school = by_hand.school("s", unanswered=["basic.planned_year"])
    (finding,) = by_hand.judged(cards, figures, [school]).findings
    assert finding.verdict is Verdict.UNDETERMINED
    assert by_hand.judged(cards, figures, [by_hand.school("s")]).findings == ()


@pytest.mark.parametrize(
    ("school", "verdicts"),
    [
        ({"basic.planned_year": 2017}, [Verdict.MET]),
        ({"basic.planned_year": 2016}, []),
        ({"unanswered": ["basic.planned_year"]}, [Verdict.UNDETERMINED]),
        ({}, []),
    ],
)
def test_whether_a_criterion_applies_may_rest_on_a_missing_answer(by_hand, school, verdicts):
    new = {"basic.planned_year": {"more_than": 2016}}
    cards = by_hand.standard(by_hand.criterion("a", "1", where=new, per="school"))
    figures = [by_hand.figure("a", "s", None, "2")]
    found = by_hand.judged(cards, figures, [by_hand.school("s", **school)])
    assert [f.verdict for f in found.findings] == verdicts


def test_what_is_undetermined_names_the_schools(by_hand):
    cards = by_hand.standard(by_hand.criterion("a", "1", per="county"))
    figures = [by_hand.nothing("a", by_hand.COUNTY, None, missing=["s", "t"])]
    found = by_hand.judged(cards, figures, [by_hand.county()])
    (finding,) = found.findings
    assert (finding.verdict, finding.shown) == (Verdict.UNDETERMINED, "未定")
    assert finding.missing == ("s", "t")
    assert found.verdict is Verdict.UNDETERMINED


def test_a_figure_that_nobody_made_is_missing_from_its_own_place(by_hand):
    cards = by_hand.standard(by_hand.criterion("a", "1"))
    (finding,) = by_hand.judged(cards, [], [by_hand.school("s")]).findings
    assert (finding.verdict, finding.missing) == (Verdict.UNDETERMINED, ("s",))


def test_each_finding_cites_the_value_it_was_judged_by(by_hand):
    primary = by_hand.dated("4.2", stage="primary", article="甲")
    secondary = by_hand.dated("5.3", stage="lower_secondary", article="乙")
    cards = by_hand.standard(by_hand.criterion("a", primary, secondary))
    school = by_hand.school("s", "primary", "lower_secondary", school_type="312")
    found = by_hand.judged(cards, [], [school])
    assert [(f.threshold, f.citation.article) for f in found.findings] == [
        (Fraction("4.2"), "甲"),
        (Fraction("5.3"), "乙"),
    ]


def test_the_unverified_is_told_once(by_hand):
    """Thresholds, joint rules, exclusions, definitions and splits; not what was not used."""
    unsure = {"seen": "unverified"}
    cards = by_hand.standard(
        by_hand.criterion("a", by_hand.dated("1", source="line", **unsure)),
        by_hand.criterion("b", by_hand.dated("1", source="line", **unsure)),
        by_hand.criterion("unused", by_hand.dated("1", source="old", to="2018-12-31", **unsure)),
        combine=[by_hand.combination(2, ["a", "b"], source="joint", **unsure)],
        population="counted",
    )
    ones = [
        by_hand.indicator("a", source={"document": "formula", **unsure}),
        by_hand.indicator("unused", source={"document": "other", **unsure}),
    ]
    exclude = [
        by_hand.exclusion("511", source="not met here", **unsure),
        by_hand.exclusion(POINT, source="points", **unsure),
    ]
    counted = by_hand.population("primary", exclude=exclude)
    places = [by_hand.school("p", school_type=POINT), by_hand.school("s")]
    found = by_hand.judged(cards, [], places, *ones, populations=[counted])
    expected = ["line", "joint", "points", "formula"]
    assert found.doubts == tuple(Citation(name, Seen.UNVERIFIED) for name in expected)
