"""A stage without pupils leaves the standards and says why; «达标» stays within reach. 均为虚构。"""

import pytest

from xianxue.bureau.places.stages import Stage

P, L = Stage.PRIMARY, Stage.LOWER_SECONDARY
NINE, GARDEN = "3199000001", "1199000001"

# For 100 pupils of the lower secondary stage all seven lines are reached with room to spare.
ENOUGH_STAFF = dict.fromkeys(
    ["teachers", "qualified", "over_qualified", "certified", "hours_360"], 20
) | {"backbone": 5, "physical_education": 1, "music": 1, "art": 1}
ENOUGH_ROOMS = {
    "building_area": 200_000,
    "teaching_area": 100_000,
    "outdoor_sports_area": 200_000,
    "equipment_value": 100_000_000,
    "multimedia_rooms": 10,
    "books": 5000,
}


@pytest.fixture(scope="module")
def zeros(made):
    return {
        name: dict.fromkeys((one.field for one in made.SHELF.sheet(name)[1].fields), 0)
        for name in ("students", "staff", "premises", "cohort", "kindergarten")
    }


@pytest.fixture(scope="module")
def empty_primary(made, zeros):
    """A nine-year school whose primary stage has nobody yet, with 100 pupils in grades 7 to 9."""
    nine = made.school(NINE, "312")
    grades = {"G7": 40, "G8": 30, "G9": 30}
    returned = made.filed(
        nine,
        students=[
            (f"G{n}", zeros["students"] | {"enrolled": grades.get(f"G{n}", 0)})
            for n in range(1, 10)
        ],
        staff=[
            ("primary", zeros["staff"]),
            ("lower_secondary", zeros["staff"] | ENOUGH_STAFF),
        ],
        premises=[("", zeros["premises"] | ENOUGH_ROOMS)],
        classes=[
            (str(n), {"grade": grade, "name": f"虚构{n}班", "pupils": many})
            for n, (grade, many) in enumerate(grades.items(), start=1)
        ],
        special_rooms=[],
        cohort=[("primary", zeros["cohort"]), ("lower_secondary", zeros["cohort"])],
    )
    return made.County(made.register(nine), [returned])


def test_the_rest_of_the_school_can_still_reach_the_standard(empty_primary):
    judged = empty_primary.assess("balance_resources")
    assert judged.verdict.value == "met"
    assert {one.stage for one in judged.findings} == {L}
    assert {one.stage for one in judged.spread} == {L}


def test_the_empty_stage_is_named_with_its_reason_once(empty_primary):
    judged = empty_primary.assess("balance_resources")
    assert judged.not_counted == (
        (NINE, P, "在校生数为 0，不判定"),
        ("639900", P, "在校生数为 0，不判定"),
    )


def test_a_stage_without_classes_or_teachers_leaves_what_is_asked_of_these(empty_primary):
    judged = empty_primary.assess("balance_guarantee")
    assert (NINE, P, "班级数为 0，不判定") in judged.not_counted
    assert (NINE, P, "专任教师为 0，不判定") in judged.not_counted
    here = {(one.criterion, one.stage) for one in judged.findings if one.place == NINE}
    assert ("class_size", L) in here
    assert ("class_size", P) not in here


def test_a_new_school_without_graduates_leaves_the_consolidation_rate(empty_primary):
    judged = empty_primary.assess("balance_quality")
    assert "consolidation" not in {one.criterion for one in judged.findings}
    assert ("639900", L, "入学时人数等 4 项合计为 0，不判定") in judged.not_counted


def test_a_county_where_every_ratio_is_nothing_has_no_spread(made, zeros):
    """Nobody has a backbone teacher: the lines fail, and nothing differs from anything."""
    one = made.school("2199000001", "211")
    grades = [(f"G{n}", zeros["students"] | {"enrolled": 10}) for n in range(1, 7)]
    returned = made.filed(
        one,
        students=grades,
        staff=[("primary", zeros["staff"])],
        premises=[("", zeros["premises"] | ENOUGH_ROOMS)],
    )
    judged = made.County(made.register(one), [returned]).assess("balance_resources")
    assert ("639900", P, "各校都是 0，没有平均数可比，不判定") in judged.not_counted
    assert judged.verdict.value == "not_met"


def test_a_kindergarten_nobody_goes_to_leaves_the_shares(made, zeros):
    garden = made.school(GARDEN, "111")
    said = zeros["kindergarten"] | {"ownership": "public"}
    basic = {"planned_year": 2020}
    county = made.County(
        made.register(garden), [made.filed(garden, kindergarten=[("", said)], basic=[("", basic)])]
    )
    judged = county.assess("preschool_universal")
    assert ("639900", None, "没有在统计范围内的单位，不判定") in judged.not_counted
    assert all(one.missing for one in judged.findings if one.verdict.value == "undetermined")


def test_a_budget_of_nothing_is_a_gap_and_no_way_out(made, zeros):
    """没有学生 is a state of things; a public fund of 0 is an answer somebody owes."""
    one = made.school("2199000001", "211")
    basic = {"public_funds_budget": 0, "training_funds": 0, "charter": 1, "digital_management": 1}
    judged = made.County(made.register(one), [made.filed(one, basic=[("", basic)])]).assess(
        "balance_quality"
    )
    (funds,) = [one for one in judged.findings if one.criterion == "training_funds"]
    assert (funds.verdict.value, funds.missing) == ("undetermined", ("2199000001",))
