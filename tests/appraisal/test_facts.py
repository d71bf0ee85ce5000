"""The worked cases T-G of the facts on appraisal, each counted by hand."""

from datetime import date
from fractions import Fraction

import pytest
from small_rubrics import absent, known, levels, marks, place, reading, rubric_of, schools

from xianxue.bureau.appraisal.curves import Beside, points_on
from xianxue.bureau.appraisal.grading import grade
from xianxue.bureau.appraisal.quotas import room_of
from xianxue.bureau.appraisal.scoring import scores
from xianxue.bureau.kinds.appraisal.curve import Curve
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.records.appraised import Known
from xianxue.bureau.values.rounding import plain

DAY = date(2026, 6, 30)
GIVEN = "- {item: x, term: 得分, points: 100, from: {kind: given, office: 督导室}}"
FOUR = """
grades:
  - {grade: first, term: 一等, at_least: 90}
  - {grade: second, term: 二等, at_least: 80}
  - {grade: third, term: 三等, at_least: 60}
  - {grade: fail, term: 不合格}
"""


def grades(rubric, judged, **more):
    return {
        one.place: one.term
        for one in grade(rubric, scores(rubric, judged, DAY), judged, DAY, **more).graded
    }


def curve(**fields):
    return card_of(fields, Curve)


def points(card, value, full, **more):
    return points_on(card, Fraction(str(value)), Beside(full=Fraction(full), **more)).points


def test_t_g1_lower_bounds_leave_no_gap_and_no_overlap():
    judged = schools(a="89.5", b="79.3", c="59.4", d="90")
    assert grades(rubric_of(GIVEN, grading=FOUR), judged) == {
        "a": "二等",
        "b": "三等",
        "c": "不合格",
        "d": "一等",
    }


def test_t_g2_three_years_are_weighted():
    part = "{kind: given, office: 第三方, curve: {curve: target, out_of: 100}}"
    card = rubric_of(f"""
- {{item: first, term: 第一学年, points: 10, from: {part}}}
- {{item: second, term: 第二学年, points: 10, from: {part}}}
- {{item: plan, term: 下一轮规划, points: 10, from: {part}}}
- {{item: final, term: 终结性评估, points: 70, from: {part}}}
""")
    one = place("a", first=known(92), second=known(88), plan=known(95), final=known("86.5"))
    (score,) = scores(card, [one], DAY)
    assert (score.total, score.shown) == (Fraction("88.05"), "88.05")


def test_t_g3_what_does_not_apply_gives_its_weight_to_the_others():
    items = "".join(
        f"- {{item: {name}, term: 项{name}, points: {full}, from: {{kind: given, office: 室}}}}\n"
        for name, full in (("a", 20), ("b", 30), ("c", 30), ("d", 20))
    )
    one = place("1", a=known(18), b=known(24), c=absent(), d=known(15))
    rounding = {"decimals": 4}
    (score,) = scores(rubric_of(items, not_applicable="renormalise", rounding=rounding), [one], DAY)
    assert (score.total, score.shown) == (Fraction(570, 7), "81.4286")
    (zero,) = scores(rubric_of(items, not_applicable="zero"), [one], DAY)
    assert zero.total == 57
    (asked,) = scores(rubric_of(items), [one], DAY)
    assert (asked.total, [issue.code for issue in asked.issues]) == (None, ["P-APPLIES"])


def test_t_g4_a_veto_caps_the_grade_and_leaves_the_total():
    veto = [{"veto": "accident", "term": "重大责任事故", "caps": "third"}]
    card = rubric_of(GIVEN, grading=FOUR, vetoes=veto)
    one = place("a", x=known(96), accident=known(1))
    (score,) = scores(card, [one], DAY)
    (got,) = grade(card, [score], [one], DAY).graded
    assert (score.total, got.by_lines, got.term) == (96, "first", "三等")
    assert "虚文〔2026〕1号" in got.because


def test_a_veto_without_its_document_is_told_and_does_not_count():
    veto = [{"veto": "accident", "term": "重大责任事故", "caps": "fail"}]
    card = rubric_of(GIVEN, grading=FOUR, vetoes=veto)
    one = place("a", x=known(96), accident=Known(readings=(reading(1),)))
    (score,) = scores(card, [one], DAY)
    assert (score.struck, [issue.code for issue in score.issues]) == ((), ["P-VETO"])


def test_t_g5_an_inspection_that_is_not_rated_is_left_out_and_told():
    card = rubric_of(
        "- {item: x, term: 各次检查, points: 100, from: "
        "{kind: rubric, rubric: visit, combine: mean, curve: {curve: target, out_of: 100}}}"
    )
    three = place("a", x=known(88, 92, 91))
    spoilt = Known(
        readings=(reading(88), reading(92), reading(None, note="2 个关键项不符合，不评级"))
    )
    (all_, two) = scores(card, [three, place("b", x=spoilt)], DAY)
    assert plain(all_.total, 4) == "90.3333"
    assert two.total == 90
    assert two.item("x").flags == ("一个不计：2 个关键项不符合，不评级",)


def test_t_g7_a_thousand_points_for_a_township():
    steps = [{"at_least": 90, "points": 200}, {"at_least": 80, "points": 190}]
    steps += [{"at_least": 70, "points": 180}, {"at_least": 60, "points": 170}, {"points": 160}]
    poll = curve(curve="steps", steps=steps)
    assert points(poll, "89.99", 200) == 190
    assert points(poll, "90", 200) == 200
    best = points(curve(curve="best"), 872, 600, others=[Fraction(915), Fraction(872)])
    assert plain(best, 4) == "571.8033"
    card = rubric_of(
        "- {item: x, term: 市领导评价, points: 200, from: {kind: marks, gives: rank, "
        "curve: {curve: rank, percent: 2, ties: standard}}}",
        points=200,
    )
    (score,) = scores(card, [place("a", x=marks(1, 3, 2, 5))], DAY)
    assert score.total == 193
    assert plain(best + score.total + 190, 4) == "954.8033"


@pytest.mark.parametrize(
    ("ties", "expected"), [("standard", [200, 196, 196, 188]), ("mean", [200, 194, 194, 188])]
)
def test_t_g8_a_shared_place_counts_as_the_card_says(ties, expected):
    card = rubric_of(
        "- {item: x, term: 名次, points: 200, from: {kind: given, office: 室, "
        f"curve: {{curve: rank, percent: 2, ties: {ties}}}}}}}",
        points=200,
    )
    got = scores(card, schools(a=95, b=90, c=90, d=80), DAY)
    assert [one.total for one in got] == expected


def test_t_g9_three_groups_of_assessors_with_four_levels():
    """Leaders 20, staff 40, the group 40; each volume 30 %, efficiency 30 %, completion 40 %."""
    parts = (("volume", 30), ("speed", 30), ("done", 40))
    items = ""
    for group, weight in (("leader", 20), ("staff", 40), ("panel", 40)):
        items += f"- item: {group}\n  term: 评价{group}\n  items:\n"
        for name, share in parts:
            full = Fraction(weight * share, 100)
            items += f"  - {{item: {group}_{name}, term: 项{group}{name}, points: {float(full)}, from: {{kind: marks, gives: level}}}}\n"
    items += "- {item: more, term: 附加分, points: 0, from: {kind: adjust, cap: 5, floor: 0}}\n"
    four = [
        {"level": name, "term": name, "percent": share}
        for name, share in (("A", 100), ("B", 80), ("C", 60), ("D", 40))
    ]
    votes = {
        "leader": [(2, 1, 0, 0), (1, 2, 0, 0), (2, 1, 0, 0)],
        "staff": [(10, 6, 4, 0), (8, 8, 3, 1), (12, 5, 2, 1)],
        "panel": [(3, 2, 0, 0), (2, 3, 0, 0), (4, 1, 0, 0)],
    }
    given = {
        f"{group}_{name}": levels(*"A" * a, *"B" * b, *"C" * c, *"D" * d)
        for group, lines in votes.items()
        for (name, _), (a, b, c, d) in zip(parts, lines, strict=True)
    }
    card = rubric_of(items, levels=four, most=105, rounding={"decimals": 4})
    (score,) = scores(card, [place("a", more=known("1.5"), **given)], DAY)
    assert plain(score.item("leader").points * 5, 4) == "91.3333"
    assert score.item("staff").points == Fraction("85.9") * 40 / 100
    assert score.item("panel").points == Fraction("92.4") * 40 / 100
    assert score.shown == "91.0867"


def test_t_g11_rooms_of_a_quota():
    assert [room_of(47, Fraction(s), "down") for s in (15, 20, 25)] == [7, 9, 11]
    assert [room_of(47, Fraction(s), "half_up") for s in (15, 20, 25)] == [7, 9, 12]
    assert [room_of(33, Fraction(s), "down") for s in (15, 20, 25)] == [4, 6, 8]
    assert room_of(4, Fraction(20), "down") == 0
