"""Progress by hand: pairs of rows, one scale of both examinations, and who was not found again."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.exams.counting import rows_of
from xianxue.bureau.exams.progress import DoubledError, changes, moved, progress
from xianxue.bureau.exams.statistics import ALIKE
from xianxue.desk.stores.engines import POLARS, duckdb_engine


def totals(*rows):
    frame = pl.DataFrame(
        {
            "row": pl.Series([row[0] for row in rows], dtype=pl.Int64),
            "school": pl.Series([row[1] for row in rows], dtype=pl.String),
            "total": pl.Series([row[2] for row in rows], dtype=pl.Int64),
        }
    )
    return frame.lazy()


def pairs(*rows):
    schema = {"row": pl.Int64, "earlier_row": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row").lazy()


NOW = totals((1, "a", 40000), (2, "a", 30000), (3, "b", 20000), (4, "b", 10000), (5, "b", None))
EARLIER = totals((11, "a", 300), (12, "a", 100), (13, "b", 300), (14, "b", 100), (15, "c", 900))
SAME = pairs((1, 11), (2, 12), (3, 13), (4, 14), (5, 15))


def made(engine=POLARS, now=NOW, earlier=EARLIER, same=SAME):
    return progress(engine, *(engine.opened(one) for one in (now, earlier, same)), "population")


def test_four_pupils_by_hand():
    """Now 400 and 300 against 200 and 100 (variance 12,500); then both schools were alike."""
    found = made()
    # One has no total now: neither here nor there.
    assert (found.matched.part, found.matched.base) == (4, 4)
    (a, up), (b, down) = changes(POLARS, found, ["school"])
    assert (a.keys["school"], a["n"], b["n"]) == ("a", 2, 2)
    # 100 above the mean over √12500.
    assert (up.rounded(4), down.rounded(4)) == (Decimal("0.8944"), Decimal("-0.8944"))
    assert (up.before.z(2), up.now.z(2)) == (Decimal("0.00"), Decimal("0.89"))
    # Pupil 1: T 63.42 now, 60 then.
    rows = {one["row"]: one["moved"] for one in rows_of(moved(POLARS, found))}
    assert rows == {1: 342, 2: 5447 - 4000, 3: 4553 - 6000, 4: 3658 - 4000}


def test_who_was_not_found_is_told_by_the_number_matched():
    found = made(same=pairs((1, 11), (2, 99)))
    assert (found.matched.part, found.matched.base) == (1, 4)
    # One pupil alone is no scale.
    assert changes(POLARS, found, ["school"])[0][1] == ALIKE
    assert [one["moved"] for one in rows_of(moved(POLARS, found))] == [None]


def test_nobody_matched_leaves_no_group():
    found = made(same=pairs())
    assert found.matched.part == 0
    assert changes(POLARS, found, ["school"]) == []


@pytest.mark.parametrize("doubled", [((1, 11), (1, 12)), ((1, 11), (2, 11))])
def test_a_pupil_in_two_pairs_is_refused_rather_than_counted_twice(doubled):
    with pytest.raises(DoubledError, match="more than one pair"):
        made(same=pairs(*doubled))


@given(st.lists(st.tuples(st.integers(0, 750), st.integers(0, 750)), min_size=2, max_size=20))
@settings(deadline=None, max_examples=30)
def test_all_together_have_not_moved(marks):
    """Each examination is held against the same pupils: what one gains others lose."""
    now = totals(*((at, "a", mark * 100) for at, (mark, _) in enumerate(marks)))
    earlier = totals(*((at, "a", mark * 100) for at, (_, mark) in enumerate(marks)))
    same = pairs(*((at, at) for at in range(len(marks))))
    ((_, change),) = changes(POLARS, made(now=now, earlier=earlier, same=same), ["school"])
    assert change == ALIKE or change.rounded(6) == 0


def test_duckdb_gives_the_same():
    engine = duckdb_engine()
    ours, theirs = made(), made(engine)
    assert changes(POLARS, ours, ["school"]) == changes(engine, theirs, ["school"])
    by_row = [
        sorted(rows_of(moved(who, one)), key=lambda row: row["row"])
        for who, one in ((POLARS, ours), (engine, theirs))
    ]
    assert by_row[0] == by_row[1]
