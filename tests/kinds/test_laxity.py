"""Which way a line of an index gets laxer, counted by hand on both kinds of components."""

from datetime import date

import pytest

from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.kinds.changes.laxity import laxer_of_line
from xianxue.bureau.kinds.indicator import Indicator

OWN = {"source": "own", "seen": "own"}


def line(value, stage="primary"):
    return {"from": date(2025, 9, 1), "stage": stage, "value": value, **OWN}


def index(parts, lines):
    return card_of(
        {
            "indicator": "invented_index",
            "term": "虚构指数",
            "kind": "index",
            "index_of": {"parts": parts},
            "lines": lines,
            "unit": "point",
            "show": {"decimals": 2},
            "direction": "higher_is_better",
            "levels": ["school_stage"],
            "stages": ["primary", "lower_secondary"],
            "source": {"document": "own", "seen": "own"},
        },
        Indicator,
    )


# Books for each pupil: 0 points at 10, 100 at 20. 15 books are 50 points; with the full line at 25
# they are 33.3, with the zero line at 12 they are 37.5: a line that falls asks for less.
BOOKS = {"indicator": "books", "weight": "1", "zero": "books_zero", "full": "books_full"}
# Pupils in a class: 0 points at 55, 100 at 45. 50 pupils are 50 points; with the full line at 47
# they are 62.5, with the zero line at 60 they are 66.7: a line that rises asks for less.
SIZE = {"indicator": "size", "weight": "1", "zero": "size_zero", "full": "size_full"}
LINES = {
    "books_zero": [line(10)],
    "books_full": [line(20)],
    "size_zero": [line(55)],
    "size_full": [line(45)],
}


@pytest.mark.parametrize(
    ("name", "laxer"),
    [
        ("books_zero", "lower"),
        ("books_full", "lower"),
        ("size_zero", "higher"),
        ("size_full", "higher"),
    ],
)
def test_a_line_of_an_index_is_laxer_the_way_that_gives_more_points(name, laxer):
    assert laxer_of_line(index([BOOKS, SIZE], LINES), name, []) == laxer


def test_a_component_without_a_line_for_nothing_begins_at_the_value_0():
    books = {"indicator": "books", "weight": "1", "full": "books_full"}

    assert laxer_of_line(index([books], LINES), "books_full", []) == "lower"


def test_nothing_is_said_of_a_line_that_is_better_high_in_one_stage_and_low_in_another():
    lines = {
        "size_zero": [line(55), line(40, "lower_secondary")],
        "size_full": [line(45), line(50, "lower_secondary")],
    }

    assert laxer_of_line(index([SIZE], lines), "size_full", []) == "unknown"
