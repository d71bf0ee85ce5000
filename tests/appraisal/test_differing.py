"""Two versions of a rubric: what changed, and the same facts judged by both."""

from datetime import date
from fractions import Fraction

from national import national
from small_rubrics import known, place, rubric_of

from xianxue.bureau.appraisal.differing import differences, judged_both_ways
from xianxue.bureau.appraisal.telling import told_source
from xianxue.bureau.kinds.appraisal.tree import leaves_of
from xianxue.bureau.kinds.shelf import Shelf

DAY = date(2026, 6, 30)
LINES = "grades: [{grade: good, term: 良好, at_least: %s}, {grade: passed, term: 合格}]"
OLD = rubric_of(
    """
- {item: x, term: 甲项, points: 60, from: {kind: given, office: 室}}
- {item: y, term: 乙项, points: 40, from: {kind: count, count: some.count, each: -5}}
""",
    grading=LINES % 80,
)
NEW = rubric_of(
    """
- {item: x, term: 甲项, points: 50, from: {kind: given, office: 室, curve: {curve: target, out_of: 60}}}
- {item: y, term: 乙项, points: 40, from: {kind: count, count: some.count, each: -5, cap: 20}}
- {item: z, term: 丙项, points: 10, from: {kind: given, office: 室}}
""",
    grading=LINES % 85,
    vetoes=[{"veto": "bad", "term": "坏事", "caps": "passed"}],
)


def test_what_changed_is_told_in_words():
    got = [
        (one.kind, one.term, one.what, one.before, one.after)
        for one in differences(OLD, NEW, Shelf())
    ]
    assert got == [
        ("changed", "甲项", "满分", "60", "50"),
        ("changed", "甲项", "得分办法", "室报的数", "室报的数，除以 60 乘满分"),
        (
            "changed",
            "乙项",
            "得分办法",
            "台账统计“some.count”，每个扣 5 分",
            "台账统计“some.count”，每个扣 5 分，最多 20 分",
        ),
        ("added", "丙项", "名称", "", "丙项"),
        ("added", "丙项", "满分", "", "10"),
        ("added", "丙项", "得分办法", "", "室报的数"),
        ("changed", "良好", "等次", "良好：80 分起", "良好：85 分起"),
        ("added", "坏事", "一票否决", "", "最高合格"),
    ]
    assert {one.kind for one in differences(NEW, OLD, Shelf()) if one.about in {"z", "bad"}} == {
        "removed"
    }


def test_a_version_differs_from_itself_in_nothing():
    assert differences(NEW, NEW, Shelf()) == ()


def test_the_same_facts_are_judged_by_both():
    """Old: 54 + 40 − 30 = 64; new: 54 ÷ 60 × 50 + 40 − 20 + 8 = 73. b has no mark in z."""
    judged = [place("a", x=known(54), y=known(6), z=known(8)), place("b", x=known(54), y=known(0))]
    a, b = judged_both_ways(OLD, NEW, judged, DAY)
    assert (a.before[0].total, a.after[0].total, a.moved) == (64, 73, 9)
    assert (b.before[0].total, b.before[1].term) == (94, "良好")
    assert (b.after[0].total, b.after[0].least, b.moved) == (None, Fraction(85), None)


def test_every_source_of_the_national_cards_is_told():
    shelf = national().shelf
    cards = shelf.rubrics.values()
    told = [told_source(node.item.gives, shelf) for card in cards for node in leaves_of(card)]
    assert all(told)
    # Ids are for programs: people read terms.
    assert not any("_" in one for one in told)
