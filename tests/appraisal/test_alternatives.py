"""The ranking under other rules, and how much rests on one weight."""

from datetime import date
from fractions import Fraction

from small_rubrics import absent, known, marks, place, rubric_of

from xianxue.bureau.appraisal.alternatives import other_rules, shares_of, weights_moved
from xianxue.bureau.appraisal.scoring import scores

DAY = date(2026, 6, 30)
TWO = """
- {item: x, term: 甲项, points: 50, from: {kind: given, office: 室}}
- {item: y, term: 乙项, points: 50, from: {kind: given, office: 室}}
"""


def by_rule(alternatives):
    return {one.rule: one for one in alternatives}


def test_who_changes_place_where_a_weight_moves_by_a_tenth():
    """a has 40 + 30 = 70, b 30 + 39 = 69: with x lighter (45 of 95) b is before a.

    x lighter: a (36 + 30) × 100 ÷ 95, b (27 + 39) × 100 ÷ 95: alike. By 20 %: a 62, b 63.
    """
    card = rubric_of(TWO)
    judged = [place("a", x=known(40), y=known(30)), place("b", x=known(30), y=known(39))]
    found = scores(card, judged, DAY)
    tenth = by_rule(weights_moved(card, found, judged))
    assert tenth["weight.x.+"].shifts == ()
    assert tenth["weight.x.-"].totals["a"] == tenth["weight.x.-"].totals["b"] == Fraction(6600, 95)
    assert [(s.place, s.before, s.after) for s in tenth["weight.x.-"].shifts] == [("b", 2, 1)]
    fifth = by_rule(weights_moved(card, found, judged, Fraction(1, 5)))
    assert {(s.place, s.after) for s in fifth["weight.x.-"].shifts} == {("a", 2), ("b", 1)}


def test_full_points_stay_full_whatever_weight_is_moved():
    card = rubric_of(TWO, not_applicable="renormalise")
    judged = [place("a", x=known(50), y=known(50)), place("b", x=known(50), y=absent())]
    for one in weights_moved(card, scores(card, judged, DAY), judged):
        assert one.totals == {"a": 100, "b": 100}


def test_the_shares_of_a_total_add_up_to_it():
    card = rubric_of(
        """
- item: a
  term: 甲
  items:
    - {item: x, term: 一, points: 40, from: {kind: given, office: 室}}
    - {item: y, term: 二, points: 20, from: {kind: given, office: 室}}
    - {item: more, term: 加分, from: {kind: adjust, cap: 5, floor: 0}}
- {item: z, term: 三, points: 40, from: {kind: given, office: 室}}
""",
        not_applicable="renormalise",
        most=105,
    )
    (score,) = scores(card, [place("a", x=absent(), y=known(15), z=known(30), more=known(3))], DAY)
    shares = shares_of(card, score)
    assert score.total == 15 * 3 + 3 + 30 == sum(shares.got.values()) + shares.beside
    assert sum(shares.of.values()) == 100


def test_other_rules_of_the_card_rank_anew():
    """Dropping: a 8, 8, 8 (24 ÷ 3); b 9, 9, 0 → 9. Without: a 8, b 6."""
    card = rubric_of(
        "- {item: x, term: 一项, points: 10, from: {kind: marks, "
        "panel: {drop_highest: 1, drop_lowest: 1}}}\n"
        "- {item: more, term: 加分, from: {kind: adjust, cap: 2, floor: 0}}",
        points=10,
        most=12,
    )
    judged = [place("a", x=marks(8, 8, 8), more=known(2)), place("b", x=marks(9, 9, 0))]
    found = by_rule(other_rules(card, judged, DAY))
    assert set(found) == {"drop.none", "adjust.none"}
    assert found["drop.none"].shifts == ()
    assert found["adjust.none"].ranks == {"a": 2, "b": 1}
    assert found["drop.none"].totals == {"a": 10, "b": 6}
