"""What is counted over all pupils at once is what is counted pupil by pupil; and its laws."""

from datetime import date

import counted_by_hand
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_marks import CARD, HEIGHTS, drawn, frame
from national import national

from xianxue.bureau.exams.columns import CLASSES, TOTAL, Why
from xianxue.bureau.exams.counting import counts_of, rows_of
from xianxue.bureau.exams.levels import levels_on
from xianxue.bureau.exams.marked import marked
from xianxue.bureau.exams.ranks import in_order, least_of_first, with_ranks
from xianxue.bureau.exams.tallies import Asked, grouped, read, rolled, tallied
from xianxue.bureau.records.engine import NARWHALS
from xianxue.desk.stores.engines import POLARS, duckdb_engine

SCHEMES = national().shelf.schemes
DAY = date(2026, 1, 1)
LEVELS = levels_on(CARD, DAY)
FIRST = 3


def worked(table, engine=POLARS):
    """Pupils with all that is computed, and the tallies of the smallest groups."""
    lines = with_ranks(engine, marked(engine, CARD, SCHEMES, table).lines)
    least = least_of_first(counts_of(engine, lines, TOTAL), FIRST) or 0
    asked = Asked(card=CARD, levels=LEVELS, heights=HEIGHTS, first={FIRST: least})
    return lines, tallied(engine, lines, asked, CLASSES)


def by_row(lines):
    return sorted(rows_of(lines), key=lambda one: one["row"])


def without_zeros(counts):
    return {name: one for name, one in counts.items() if one}


@given(st.integers(0, 10**6), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_everything_is_what_a_count_by_hand_gives(seed, many):
    lines, tallies = worked(drawn(seed, many).lazy())
    pupils = by_row(lines)
    for one in pupils:
        assert one["total"] == counted_by_hand.total(CARD, one)
        mine = [other for other in pupils if other["track"] == one["track"]]
        school = [other for other in mine if other["school"] == one["school"]]
        ranks = [pupils, mine, school, [x for x in school if x["class"] == one["class"]]]
        names = ["rank", "rank_track", "rank_school", "rank_class"]
        assert [one[name] for name in names] == [counted_by_hand.rank(one, them) for them in ranks]
    for keys in ([], ["track"], ["school"], ["school", "class", "track"]):
        found = {tuple(one.keys.values()): one for one in read(rolled(POLARS, tallies, keys), keys)}
        groups = counted_by_hand.groups(pupils, *keys)
        # Nobody at all is still a county, of 0 pupils.
        assert set(found) == set(groups) or (not pupils and not keys)
        for key, them in groups.items():
            # Ranks are the county's: among the first is counted apart.
            hand = counted_by_hand.tally(CARD, them, LEVELS, HEIGHTS, FIRST)
            counts = without_zeros(found[key].counts)
            first = sum((one["rank"] or FIRST + 1) <= FIRST for one in them)
            assert counts.pop(f"first:{FIRST}", 0) == first
            hand.pop(f"first:{FIRST}", None)
            assert without_zeros(hand).items() <= counts.items()
            # And nothing is counted that the hand has not, but extremes, and reasons apart.
            for name in counts.keys() & {"all:passed", "over:first", "chemistry:both:first"}:
                assert counts[name] == hand[name]


@pytest.mark.parametrize("engine", [NARWHALS, duckdb_engine()], ids=["narwhals", "duckdb"])
def test_another_engine_gives_the_same_to_the_last_digit(engine):
    table = drawn(7, 500)
    lines, tallies = worked(table.lazy())
    others, theirs = worked(table if engine is NARWHALS else table.lazy(), engine)
    assert by_row(lines) == by_row(others)
    for keys in ([], ["track"], ["school"], [*CLASSES]):
        assert read(rolled(POLARS, tallies, keys), keys) == read(rolled(engine, theirs, keys), keys)
    union = {"a": "x", "b": "x"}
    assert read(grouped(POLARS, tallies, "union", union), ["union"]) == read(
        grouped(engine, theirs, "union", union), ["union"]
    )


@given(st.integers(0, 10**6), st.integers(1, 40), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_the_order_of_lines_changes_nothing(seed, many, chance):
    table = drawn(seed, many)
    order = list(range(many))
    chance.shuffle(order)
    lines, tallies = worked(table.lazy())
    others, theirs = worked(table[order].lazy())
    assert by_row(lines) == by_row(others)
    assert read(tallies, CLASSES) == read(theirs, CLASSES)
    # And equals are listed by their row in both.
    assert rows_of(in_order(lines).select("row")) == rows_of(in_order(others).select("row"))


@given(st.integers(0, 10**6), st.integers(1, 40))
@settings(max_examples=25, deadline=None)
def test_somebody_below_everyone_lowers_nobodys_rank(seed, many):
    """By raw marks alone: of a scaled subject a newcomer moves the shares."""
    table = drawn(seed, many).with_columns(
        pl.lit(None, pl.Int32).alias("m.chemistry"), pl.lit(4, pl.Int8).alias("w.chemistry")
    )
    below = {"school": "a", "class": "1", "track": "p", "chinese": 0, "physics": 0}
    last = frame([{**below, "history": Why.OTHER_TRACK, "chemistry": Why.NOT_CHOSEN}])
    lines, _ = worked(table.lazy())
    others, _ = worked(
        pl.concat([table, last.with_columns(pl.lit(many + 1, pl.Int64).alias("row"))]).lazy()
    )
    names = ["rank", "rank_track", "rank_school", "rank_class"]
    before = [[one[name] for name in names] for one in by_row(lines)]
    assert before == [[one[name] for name in names] for one in by_row(others)][:many]


@given(st.integers(0, 10**6), st.integers(1, 60))
@settings(max_examples=25, deadline=None)
def test_groups_add_up_to_the_county(seed, many):
    _, tallies = worked(drawn(seed, many).lazy())
    (county,) = read(rolled(POLARS, tallies, []), [])
    for keys in (["school"], ["track"], [*CLASSES]):
        parts = read(rolled(POLARS, tallies, keys), keys)
        for name, whole in county.counts.items():
            if not name.endswith((":min", ":max")):
                assert sum(one[name] for one in parts) == whole, name


def test_a_missing_mark_leaves_no_total_and_says_how_many_are_missing():
    """Absent, exempt, void and blank alike; who was never to sit it misses nothing; 0 is a mark."""
    rest = {"chemistry": Why.NOT_CHOSEN, "history": Why.OTHER_TRACK, "art": Why.NOT_CHOSEN}
    rows = [{"chinese": mark, "physics": 5000, "track": "p", **rest} for mark in (0, *Why)]
    rows.append({"chinese": Why.ABSENT, "physics": Why.VOID, **rest})
    lines, tallies = worked(frame([row for row in rows if row["chinese"] is not Why.MARK]).lazy())
    found = [(one["total"], one["short"]) for one in by_row(lines)]
    none = (None, 1)
    # 0, absent, exempt, void, not chosen, blank, of the other track; and one who lacks two.
    assert found == [(5000, 0), none, none, none, (5000, 0), none, (5000, 0), (None, 2)]
    (county,) = read(rolled(POLARS, tallies, []), [])
    assert [county[name] for name in ("pupils", "entered", "sat", "out")] == [8, 8, 7, 5]


def test_ties_are_1_2_2_4_and_whoever_has_no_total_has_no_rank():
    rest = {"chemistry": Why.NOT_CHOSEN, "history": Why.OTHER_TRACK, "art": Why.NOT_CHOSEN}
    marks = [8000, 9000, 8000, 7000, Why.ABSENT]
    rows = [{"chinese": mark, "physics": 0, "track": "p", **rest} for mark in marks]
    lines, _ = worked(frame(rows).lazy())
    assert [one["rank"] for one in by_row(lines)] == [2, 1, 2, 4, None]
    assert [one["row"] for one in rows_of(in_order(lines))] == [2, 1, 3, 4, 5]


def test_the_base_of_a_scaled_subject_is_whoever_sat_it_in_any_track():
    rest = {"chinese": 0, "art": Why.NOT_CHOSEN}
    ways = [
        {"track": "p", "physics": 0, "history": Why.OTHER_TRACK},
        {"track": "h", "history": 0, "physics": Why.OTHER_TRACK},
    ]
    rows = [{**rest, **ways[one % 2], "chemistry": one * 100} for one in range(1, 101)]
    rows += [{**rest, **ways[0], "chemistry": why} for why in (Why.ABSENT, Why.NOT_CHOSEN)]
    made = marked(POLARS, CARD, SCHEMES, frame(rows).lazy())
    assert [one.pupils for one in made.scales["chemistry"].reached] == [15, 35, 35, 13, 2]
    scores = [one["s.chemistry"] for one in by_row(made.lines)]
    assert (scores[0], scores[99], scores[100], scores[101]) == (3000, 10000, None, None)


def test_an_empty_table_has_a_county_of_nobody():
    lines, tallies = worked(frame([]).lazy())
    assert rows_of(lines) == []
    (county,) = read(rolled(POLARS, tallies, []), [])
    assert (county["pupils"], county["total:n"], county["over:first"]) == (0, 0, 0)
    assert county.counts["chinese:min"] is None


def test_the_levels_are_those_of_the_day():
    assert levels_on(CARD, date(2019, 12, 31)) == []
    assert [one.mark for one in LEVELS] == ["excellent", "passed", "low"]


def test_pupils_are_drawn_with_every_reason_to_have_no_mark():
    """Otherwise the comparisons above would compare little."""
    whys = {one["w.chinese"] for one in by_row(worked(drawn(7, 500).lazy())[0])}
    assert whys == {0, 1, 2, 3, 5}
