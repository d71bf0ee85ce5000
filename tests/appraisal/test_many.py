"""Many places at once come to the same numbers as one after another."""

from datetime import date

import polars as pl
import pytest
from small_rubrics import marks, place, rubric_of

from xianxue.bureau.appraisal.alternatives import weights_moved
from xianxue.bureau.appraisal.many import fits, standings_under_all
from xianxue.bureau.appraisal.scoring import scores
from xianxue.bureau.records.engine import NARWHALS
from xianxue.desk.stores.engines import POLARS

DAY = date(2026, 6, 30)
ITEMS = "\n".join(
    f"- {{item: i{at}, term: 项{at}, points: 25, from: {{kind: marks, panel: {panel}}}}}"
    for at, panel in enumerate(
        (
            "{drop_highest: 1, drop_lowest: 1}",
            "{drop_highest: 1, drop_lowest: 1, drop_above: 5}",
            "{}",
            "{drop_lowest: 1}",
        )
    )
)
CARD = rubric_of(ITEMS)


def invented(seed, places=12):
    """Marks of three to seven assessors, so that many totals are alike or thirds apart."""
    return {
        (at, item): [
            10 + (at * 7 + item * 13 + seed * 31 + seat * seat * (5 + at)) % 16
            for seat in range(3 + (at + item + seed) % 5)
        ]
        for at in range(places)
        for item in range(4)
    }


def frame(given):
    rows = [(at, item, mark * 100) for (at, item), some in given.items() for mark in some]
    schema = {"place": pl.Int32, "item": pl.Int32, "mark": pl.Int32}
    return pl.LazyFrame(rows, schema=schema, orient="row")


@pytest.mark.parametrize("engine", [POLARS, NARWHALS], ids=["polars", "narwhals"])
@pytest.mark.parametrize("seed", range(3))
def test_totals_places_and_moved_weights_are_those_of_one_after_another(engine, seed):
    given = invented(seed)
    judged = [
        place(str(at), **{f"i{item}": marks(*given[at, item]) for item in range(4)})
        for at in range(12)
    ]
    one_by_one = scores(CARD, judged, DAY)
    base, others = standings_under_all(engine, CARD, engine.opened(frame(given)))
    parts = base.parts * 100
    totals = {str(row["place"]): row["total"] for row in base.totals.rows(named=True)}
    assert {one.place: one.total * parts for one in one_by_one} == totals
    moved = {
        (int(one.rule.split(".")[1][1:]), 1 if one.rule.endswith("+") else -1): one.shifts
        for one in weights_moved(CARD, one_by_one, judged)
    }
    for row in others["weights"].rows(named=True):
        shifts = moved[row["item"], row["sign"]]
        assert row["moved"] == len(shifts)
        assert row["furthest"] == max((abs(s.after - s.before) for s in shifts), default=0)


def test_a_place_without_a_mark_in_a_leaf_has_no_total():
    given = invented(1, places=3)
    del given[1, 2]
    base, _ = standings_under_all(POLARS, CARD, frame(given))
    assert sorted(row[0] for row in base.totals.select("place").rows()) == [0, 2]


def test_a_rubric_with_other_sources_is_not_counted_so():
    other = rubric_of("- {item: x, term: 一, points: 100, from: {kind: given, office: 室}}")
    assert fits(CARD)
    assert not fits(other)
    with pytest.raises(ValueError, match="some"):
        standings_under_all(POLARS, other, frame({}))
