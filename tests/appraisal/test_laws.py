"""What holds for every rubric: more is never less, names and order are nothing, quotas are kept."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_rubrics import absent, known, marks, place, reading, rubric_of, schools

from xianxue.bureau.appraisal.grading import Counted, grade
from xianxue.bureau.appraisal.scoring import scores
from xianxue.bureau.kinds.appraisal.curve import Curve
from xianxue.bureau.kinds.appraisal.monotone import proved, way_of_curve
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.records.appraised import Known
from xianxue.bureau.values.record import replace

DAY = date(2026, 6, 30)
TREE = """
- item: a
  term: 甲
  items:
    - {item: x, term: 一, points: 30, from: {kind: given, office: 室}}
    - item: y
      term: 二
      points: 20
      from:
        kind: given
        office: 室
        curve: {curve: line, line: [{at: 10, points: 0}, {at: 30, points: 20}]}
    - {item: more, term: 加减分, from: {kind: adjust, cap: 5, floor: -5}}
- item: b
  term: 乙
  items:
    - {item: z, term: 三, points: 30, from: {kind: count, count: some.count, each: -4, cap: 20}}
    - item: w
      term: 四
      points: 20
      from: {kind: marks, panel: {drop_highest: 1, drop_lowest: 1}}
"""
CARD = rubric_of(TREE, not_applicable="renormalise", most=105)
UP = {"x": 1, "y": 1, "more": 1, "z": -1}
"""Whether more is better, as the loader proves it."""
values = st.fixed_dictionaries(
    {
        "x": st.integers(0, 30),
        "y": st.integers(0, 40),
        "more": st.integers(-8, 8),
        "z": st.integers(0, 9),
        "w": st.lists(st.integers(0, 20), min_size=1, max_size=7),
    }
)
asked = st.sets(st.sampled_from("xyzw"), min_size=1)


def one(found, there=frozenset("xyzw"), code="s"):
    items = {name: known(found[name]) for name in ("x", "y", "more", "z")}
    items["w"] = marks(*found["w"])
    for name in "xyzw":
        if name not in there:
            items[name] = absent()
    return place(code, **items)


def total(judged):
    return scores(CARD, [judged], DAY)[0].total


def test_the_loader_proves_it_monotone_and_in_which_direction():
    got = proved(CARD)
    assert got.holds
    assert got.ways == {"x": "rises", "y": "rises", "more": "rises", "z": "falls", "w": "rises"}


@given(values, asked, st.sampled_from(["x", "y", "more", "z"]), st.integers(1, 9))
def test_raising_one_item_never_lowers_the_total(found, there, name, more):
    better = found | {name: found[name] + UP[name] * more}
    better["x"] = min(better["x"], 30)
    better["z"] = max(better["z"], 0)
    assert total(one(better, there)) >= total(one(found, there))


@given(values, asked, st.integers(0, 6), st.integers(1, 20))
def test_raising_one_mark_never_lowers_the_total(found, there, at, more):
    raised = [*found["w"]]
    at %= len(raised)
    raised[at] = min(raised[at] + more, 20)
    assert total(one(found | {"w": raised}, there)) >= total(one(found, there))


@given(asked)
def test_full_marks_stay_full_whatever_does_not_apply(there):
    full = {"x": 30, "y": 30, "more": 0, "z": 0, "w": [20, 20, 20]}
    assert total(one(full, there)) == 100


@given(values, st.sampled_from("xyzw"))
def test_what_is_not_known_leaves_the_total_between_its_bounds(found, name):
    judged = one(found)
    known_items = {key: value for key, value in judged.known.items() if key != name}
    (score,) = scores(CARD, [replace(judged, known=known_items)], DAY)
    assert score.total is None or score.least == score.most
    assert score.least <= total(judged) <= score.most
    assert score.missing == (name,)


GRADES = """
grades:
  - {grade: first, term: 优秀, at_least: 60}
  - {grade: second, term: 良好, at_least: 40}
  - {grade: third, term: 合格}
quotas:
  - {grade: first, share: [{from: 2020-01-01, value: 30, source: own, seen: own}]}
  - {grade: second, share: [{from: 2020-01-01, value: 40, source: own, seen: own}]}
ties: [x]
"""
QUOTAS = rubric_of(TREE, not_applicable="renormalise", most=105, grading=GRADES)
many = st.lists(values, min_size=1, max_size=12)


def graded(judged, card=QUOTAS, **more):
    return grade(card, scores(card, judged, DAY), judged, DAY, **more)


@given(many)
def test_a_quota_is_never_exceeded(found):
    got = graded([one(each, code=str(at)) for at, each in enumerate(found)])
    for name, share in (("first", 30), ("second", 40)):
        has = sum(each.grade == name for each in got.graded)
        assert has * 100 <= share * len(found)


@given(many, st.randoms(use_true_random=False))
def test_names_and_order_change_nothing(found, chance):
    judged = [one(each, code=f"{at:02}") for at, each in enumerate(found)]
    first = {each.place: (each.grade, each.rank) for each in graded(judged).graded}
    names = [f"n{at}" for at in range(len(found))]
    chance.shuffle(names)
    renamed = [replace(each, place=new) for each, new in zip(judged, names, strict=True)]
    chance.shuffle(renamed)
    second = {each.place: (each.grade, each.rank) for each in graded(renamed).graded}
    back = {new: old.place for old, new in zip(judged, names, strict=True)}
    assert {back[new]: got for new, got in second.items()} == first


GIVEN = "- {item: x, term: 得分, points: 100, from: {kind: given, office: 室}}"
ONE_QUOTA = """
grades: [{grade: best, term: 优秀, at_least: 90}, {grade: rest, term: 合格}]
quotas: [{grade: best, share: [{from: 2023-01-12, value: 20, source: own, seen: own}]}]
"""


def test_t_g11_who_shares_the_last_place_has_none_of_it():
    """47 people, room for 9: the 9th and the 10th are alike, so that 8 have it."""
    people = {f"p{at:02}": 99 for at in range(8)} | {"p08": 95, "p09": 95}
    people |= {f"p{at:02}": 80 for at in range(10, 47)}
    got = graded(schools(**people), rubric_of(GIVEN, grading=ONE_QUOTA))
    assert sum(each.grade == "best" for each in got.graded) == 8
    (room,) = got.rooms
    assert (room.room, room.given, room.tied_out) == (9, 8, ("p08", "p09"))
    assert [issue.code for issue in got.issues] == ["P-QUOTA-TIED"]
    assert "空出 1 个名额" in got.issues[0].saw


def test_t_g11_a_key_tells_them_apart_where_the_card_has_one():
    items = "- {item: x, term: 甲, points: 50, from: {kind: given, office: 室}}\n"
    items += "- {item: y, term: 乙, points: 50, from: {kind: given, office: 室}}"
    card = rubric_of(items, grading=ONE_QUOTA + "ties: [y]")
    two = [place("a", x=known(50), y=known(45)), place("b", x=known(45), y=known(50))]
    rest = [place(f"c{at}", x=known(10), y=known(10)) for at in range(4)]
    assert [each.grade for each in graded([*two, *rest], card).graded][:2] == ["rest", "best"]


def test_a_quota_of_a_group_of_two_is_nobody_and_says_so():
    got = graded(schools(a=99, b=80), rubric_of(GIVEN, grading=ONE_QUOTA))
    assert [each.grade for each in got.graded] == ["rest", "rest"]
    assert [issue.code for issue in got.issues] == ["P-QUOTA-NONE"]
    assert "共 2，按 20% 没有优秀名额" in got.issues[0].saw


def test_where_everybody_is_tied_nobody_has_a_place_of_the_quota():
    got = graded(schools(**{f"p{at}": 95 for at in range(10)}), rubric_of(GIVEN, grading=ONE_QUOTA))
    assert {each.grade for each in got.graded} == {"rest"}
    assert {each.rank for each in got.graded} == {1}
    assert [issue.code for issue in got.issues] == ["P-QUOTA-TIED"]


def test_a_unit_that_was_honoured_has_more_room():
    """T-G11: 20 %, 25 % for units that were honoured, 15 % for those held to account."""
    grading = """
grades: [{grade: best, term: 优秀, at_least: 90}, {grade: rest, term: 合格}]
quotas:
  - grade: best
    share:
      - {from: 2023-01-12, when: {unit_result: honoured}, value: 25, source: own, seen: own}
      - {from: 2023-01-12, when: {unit_result: questioned}, value: 15, source: own, seen: own}
      - {from: 2023-01-12, value: 20, source: own, seen: own}
"""
    card = rubric_of(GIVEN, grading=grading, group_by="unit", judges="teacher")
    judged = [
        replace(each, facts={"unit": unit})
        for unit in ("a", "b", "c")
        for each in schools(**{f"{unit}{at}": 100 - at for at in range(20)})
    ]
    judged = [
        replace(each, known={"x": known(Fraction(100 - int(each.place[1:]), 1))}) for each in judged
    ]
    facts = {"a": {"unit_result": "honoured"}, "b": {"unit_result": "questioned"}}
    got = graded(judged, card, counted=Counted(facts=facts, entitled={"c": 30}))
    assert {room.group: room.room for room in got.rooms} == {"a": 5, "b": 3, "c": 6}


def test_an_addition_without_a_document_is_told_and_does_not_count():
    judged = one({"x": 10, "y": 10, "more": 0, "z": 0, "w": [10]})
    bare = replace(judged, known={**judged.known, "more": Known(readings=(reading(3),))})
    (score,) = scores(CARD, [bare], DAY)
    assert score.item("more").points == 0
    (issue,) = score.issues
    assert (issue.code, issue.place, issue.field) == ("P-DOCUMENT", "s", "more")


@pytest.mark.parametrize(("mark", "code"), [(21, "P-ABOVE"), (-1, "P-ABOVE"), ("7.3", "P-STEP")])
def test_a_mark_that_cannot_be_is_no_number(mark, code):
    items = "- {item: w, term: 一项, points: 20, from: {kind: marks, step: 0.5}}"
    card = rubric_of(items, points=20)
    (score,) = scores(card, [place("a", w=marks(10, mark))], DAY)
    assert (score.total, [issue.code for issue in score.issues]) == (None, [code])
    assert "评委2评了" in score.issues[0].saw


def test_panels_of_different_severity_are_brought_to_one_measure():
    """A gave 70 to 82 and B 80 to 92 for the same places in order: each has the same mean."""
    card = rubric_of(
        "- {item: w, term: 面试, points: 100, from: {kind: marks, panel: {standardise: true}}}"
    )
    a, b = (70, 74, 76, 78, 82), (80, 84, 86, 88, 92)
    judged = [place(f"a{n}", w=marks(mark, panel="A")) for n, mark in enumerate(a)]
    judged += [place(f"b{n}", w=marks(mark, panel="B")) for n, mark in enumerate(b)]
    got = {each.place: each.total for each in scores(card, judged, DAY)}
    assert all(got[f"a{n}"] == got[f"b{n}"] for n in range(5))
    assert got["a2"] == 81
    assert not proved(card).holds
    late = place("c", w=Known(readings=(reading(None, by="评委1", panel="A"),)))
    again = {each.place: each.total for each in scores(card, [*judged, late], DAY)}
    assert again == got | {"c": None}


@pytest.mark.parametrize(
    ("decides", "total", "shown", "grade_"),
    [
        ("exact", "89.996", "89.996", "rest"),
        ("exact", "90.004", "90.00", "best"),
        ("rounded", "89.996", "90.00", "best"),
    ],
)
def test_a_total_is_not_written_as_if_it_reached_a_line(decides, total, shown, grade_):
    lines = "grades: [{grade: best, term: 优秀, at_least: 90}, {grade: rest, term: 合格}]"
    card = rubric_of(GIVEN, grading=f"{lines}\ndecides: {decides}")
    judged = schools(a=total)
    (score,) = scores(card, judged, DAY)
    assert (score.shown, graded(judged, card).graded[0].grade) == (shown, grade_)


@pytest.mark.parametrize(
    ("steps", "way"),
    [
        ([("at_least", 90, 10), ("at_least", 80, 5), (None, 0, 0)], "rises"),
        ([("at_most", 2, 10), ("at_most", 5, 5), (None, 0, 0)], "falls"),
        ([("at_least", 90, 5), ("at_least", 80, 10), (None, 0, 0)], "unproved"),
        ([(None, 0, 3)], "level"),
    ],
)
def test_which_way_a_curve_goes(steps, way):
    written = [{"points": p} | ({bound: at} if bound else {}) for bound, at, p in steps]
    assert way_of_curve(card_of({"curve": "steps", "steps": written}, Curve)) == way


def test_ranks_and_bests_are_those_of_the_comparison_group():
    card = rubric_of(
        "- {item: x, term: 一, points: 100, from: {kind: given, office: 室, curve: {curve: best}}}",
        groups=[
            {"group": "town", "term": "城区", "where": {"area": "town"}},
            {"group": "village", "term": "农村", "where": {"area": "village"}},
        ],
    )
    four = [("a", "town", 80), ("b", "town", 40), ("c", "village", 20), ("d", "nowhere", 10)]
    judged = [place(code, {"area": area}, x=known(value)) for code, area, value in four]
    found = {each.place: each.total for each in scores(card, judged, DAY)}
    assert (found["a"], found["b"], found["c"]) == (100, 50, 100)
    got = graded(judged, card)
    assert {each.place: each.rank for each in got.graded} == {"a": 1, "b": 2, "c": 1, "d": None}
    assert [(issue.code, issue.place) for issue in got.issues] == [("P-GROUP", "d")]
