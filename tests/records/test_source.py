"""Sources joined: each answers for its own tables."""

from dataclasses import dataclass, field

import pytest

from xianxue.bureau.kinds.expected import ExpectedRow
from xianxue.bureau.records.source import OnDemand, Sources
from xianxue.bureau.records.trace import TallyRef


@dataclass
class Offering:
    """A source of named tables; its frames are texts here, for nobody looks into them."""

    named: list[str]
    asked: int = 0
    of: dict[tuple[str, str], tuple[ExpectedRow, ...]] = field(default_factory=dict)

    def tables(self):
        self.asked += 1
        return {name: f"frame of {name}" for name in self.named}

    def expected(self):
        return self.of

    def traces(self, place, table, field, row):
        said = f"{table}.{field}"
        return (TallyRef(place=place, ballot=said, question=row, term="", value=""),)


ROW = (ExpectedRow(None, frozenset({"yes"})),)


def test_tables_and_expectations_of_all_sources_are_offered_together():
    first = Offering(["a", "b"], of={("1", "a"): ROW})
    second = Offering(["c"], of={("1", "c"): ROW, ("2", "c"): ROW})
    joined = Sources([first, second])
    assert joined.tables() == {name: f"frame of {name}" for name in "abc"}
    assert joined.expected() == {("1", "a"): ROW, ("1", "c"): ROW, ("2", "c"): ROW}


def test_a_trace_is_asked_of_the_source_that_has_the_table():
    joined = Sources([Offering(["a"]), Offering(["c"])])
    (trace,) = joined.traces("1", "c", "yes", "3")
    assert (trace.ballot, trace.question) == ("c.yes", "3")
    assert joined.traces("1", "unknown", "yes", "3") == ()


def test_a_number_that_two_sources_keep_is_refused():
    with pytest.raises(ValueError, match="table b is offered by two sources"):
        Sources([Offering(["a", "b"]), Offering(["b"])]).tables()


def test_each_source_is_asked_for_its_tables_once():
    source = Offering(["a"])
    joined = Sources([source])
    joined.tables()
    joined.traces("1", "a", "yes", "")
    joined.tables()
    assert source.asked == 1


def test_a_table_is_made_when_somebody_counts_it_and_once():
    made = []

    def make():
        made.append("b")
        return "frame of b"

    class Late(Offering):
        def tables(self):
            return OnDemand({"b": make})

    joined = Sources([Offering(["a"]), Late(["b"])])
    tables = joined.tables()
    assert (list(tables), len(tables), "b" in tables, "c" in tables) == (["a", "b"], 2, True, False)
    assert joined.traces("1", "b", "yes", "")
    assert made == []
    assert (tables["b"], joined.tables()["b"]) == ("frame of b", "frame of b")
    assert made == ["b"]
    with pytest.raises(KeyError):
        tables["c"]
