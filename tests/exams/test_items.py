"""Item analysis by hand: full marks of items, ties at a cut, blanks, and what cannot be told."""

from decimal import Decimal
from fractions import Fraction
from math import isclose
from statistics import StatisticsError, correlation, pvariance

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from xianxue.bureau.exams.columns import Why
from xianxue.bureau.exams.item_sums import ALIKE, NONE_WHOLE, TIED, Cuts, Item, Rules, cuts_of
from xianxue.bureau.exams.items import ITEM_ALIKE, ONE_ITEM, Chosen, analysed
from xianxue.bureau.records.engine import NARWHALS
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.stores.engines import POLARS, duckdb_engine

PAPER = [
    Item(item="q1", full=Decimal(4), options=("A", "B", "C"), right="A"),
    Item(item="q2", full=Decimal(4)),
    Item(item="q3", full=Decimal(10)),
]
HALF = Rules(extreme=50)


def answers(rows, items=PAPER, options=()):
    """Scores in points, or why there is none; options beside them."""
    columns = {"row": pl.Series(range(1, len(rows) + 1), dtype=pl.Int64)}
    for at, one in enumerate(items):
        marks = [row[at] for row in rows]
        missing = [isinstance(mark, Why) for mark in marks]
        points = [None if lacks else mark * 100 for mark, lacks in zip(marks, missing, strict=True)]
        whys = [int(mark) if lacks else 0 for mark, lacks in zip(marks, missing, strict=True)]
        columns[f"m.{one.item}"] = pl.Series(points, dtype=pl.Int32)
        columns[f"w.{one.item}"] = pl.Series(whys, dtype=pl.Int8)
    if options:
        columns["o.q1"] = pl.Series(options, dtype=pl.String)
    return pl.DataFrame(columns)


def paper(rows, items=PAPER, rules=HALF, engine=POLARS, options=()):
    table = answers(rows, items, options or [""] * len(rows))
    return analysed(engine, items, engine.opened(table.lazy() if engine is not NARWHALS else table), rules)  # fmt: skip


FOUR = [(4, 4, 7), (4, 0, 5), (0, 4, 4), (0, 0, 0)]
"""Sums 15, 9, 8 and 0."""


def test_four_pupils_by_hand():
    found = paper(FOUR)
    assert found.cuts == Cuts(900, 0 + 800, 2, 2)
    q1, q2, q3 = found.items
    # 8 of 16 points; the best two have 8 of 8 and the weakest none: it tells them apart entirely.
    assert (q1.share.value, q1.discrimination) == (Fraction(1, 2), 1)
    assert q2.discrimination == 0
    # 12 and 4 of two: 4 of the item's 10 points, though nobody reached more than 7.
    assert (q3.share.value, q3.discrimination) == (Fraction(16, 40), Fraction(4, 10))
    # Variances 4, 4 and 6.5; of the sums 28.5: 3/2 × (1 − 14.5/28.5).
    assert found.alpha == Fraction(3, 2) * (1 - Fraction(29, 57))
    # q1 against the rest 11, 5, 8, 0: n·Σxy − ΣxΣy = 4·64 − 8·24 = 64, under it 64 × 264.
    assert isclose(float(q1.correlation.rounded(6)), 64 / (64 * 264) ** 0.5, abs_tol=1e-6)


def test_all_equals_at_a_cut_are_in_or_none():
    """Sums 9, 8, 8, 8, 1: two fifths are two pupils."""
    counts = {900: 1, 800: 3, 100: 1}
    assert cuts_of(counts, Rules(extreme=40)) == TIED  # the equals would be in both groups
    assert cuts_of(counts, Rules(extreme=40, all_in=False)) == Cuts(900, 100, 1, 1)
    counts = {900: 1, 800: 2, 300: 2, 100: 1}
    assert cuts_of(counts, Rules(extreme=33)) == Cuts(800, 300, 3, 3)
    assert cuts_of(counts, Rules(extreme=33, all_in=False)) == Cuts(900, 100, 1, 1)


def test_the_method_is_printed_with_its_share():
    assert paper(FOUR).method == "高低分组各取 50%，组界上同分的全部计入"
    assert (
        paper(FOUR, rules=Rules(all_in=False)).method
        == "高低分组各取 27%，组界上同分的放不下就全部不计"
    )


def test_a_blank_is_worth_nothing_or_was_never_seen_and_is_counted_apart():
    rows = [(4, 4, 10), (Why.BLANK, 2, 5), (0, 0, 0), (Why.ABSENT, Why.ABSENT, Why.ABSENT)]
    zero = paper(rows)
    assert (zero.pupils, zero.every) == (3, 3)
    assert (zero.items[0].share.part, zero.items[0].share.base) == (400, 1200)
    unseen = paper(rows, rules=Rules(extreme=50, blank_is_zero=False))
    assert (unseen.pupils, unseen.every) == (2, 2)
    assert (unseen.items[0].share.part, unseen.items[0].share.base) == (400, 800)
    for found in (zero, unseen):
        assert found.items[0].missing[Why.BLANK] == 1
        assert found.items[0].missing[Why.ABSENT] == 1


def test_who_chose_another_item_lacks_none_but_is_not_in_alpha():
    rows = [(4, Why.NOT_CHOSEN, 10), (Why.NOT_CHOSEN, 2, 5), (4, Why.NOT_CHOSEN, 0)]
    found = paper(rows)
    assert (found.pupils, found.every, found.alpha) == (3, 0, NONE_WHOLE)
    assert found.items[0].share.base == 800


def test_what_cannot_be_told_is_said():
    alike = paper([(4, 0, 5), (4, 0, 5)])
    assert (alike.alpha, alike.items[0].discrimination) == (ALIKE, TIED)
    assert alike.items[0].correlation == ITEM_ALIKE
    nobody = paper([(Why.ABSENT,) * 3])
    assert (nobody.pupils, nobody.cuts, nobody.alpha) == (0, NONE_WHOLE, NONE_WHOLE)
    assert isinstance(nobody.items[0].share.value, Sentence)
    single = paper([(4,), (0,)], items=PAPER[:1])
    assert single.alpha == ONE_ITEM
    # The rest of a paper of one item is nothing: it goes with nothing.
    assert single.items[0].correlation == ALIKE


def test_options_are_counted_with_those_nobody_chose_and_blanks():
    rows = [*FOUR, (Why.BLANK, 0, 0), (Why.ABSENT,) * 3]
    options = ["A", "A", "B", "B", None, None]
    found = paper(rows, rules=Rules(extreme=40), options=options)
    # Sums 15, 9, 8, 0, 0: two fifths of five are two.
    assert found.items[0].options == [
        Chosen("", 1, 0, 1),
        Chosen("A", 2, 2, 0),
        Chosen("B", 2, 0, 1),
        Chosen("C", 0, 0, 0),
    ]
    assert found.items[1].options == ()


SCORES = st.lists(st.tuples(*(st.integers(0, int(one.full)) for one in PAPER)), min_size=2)


@given(SCORES)
@settings(deadline=None, max_examples=40)
def test_alpha_and_correlations_are_those_of_a_library(rows):
    found = paper(rows)
    sums = [sum(row) for row in rows]
    assume(len(set(sums)) > 1)
    own = sum(pvariance([row[at] for row in rows]) for at in range(3))
    assert isclose(float(found.alpha), 1.5 * (1 - own / pvariance(sums)), abs_tol=1e-9)
    for at, one in enumerate(found.items):
        mine = [row[at] for row in rows]
        try:
            theirs = correlation(mine, [sum(row) - row[at] for row in rows])
        except StatisticsError:
            assert isinstance(one.correlation, Sentence)
        else:
            assert isclose(float(one.correlation.rounded(9)), theirs, abs_tol=1e-7)


@pytest.mark.parametrize("engine", [NARWHALS, duckdb_engine()], ids=["narwhals", "duckdb"])
def test_another_engine_gives_the_same(engine):
    rows = [*FOUR, (Why.BLANK, 0, 0), (Why.ABSENT,) * 3, (2, Why.NOT_CHOSEN, 1)]
    options = ["A", "A", "B", "B", "", None, "C"]
    assert paper(rows, options=options) == paper(rows, engine=engine, options=options)
