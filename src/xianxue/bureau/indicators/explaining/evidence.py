"""The rows behind a measure: who filled in what, and what each row adds."""

from __future__ import annotations

from collections.abc import Sequence

from xianxue.bureau.indicators.columns import LEADING, PLACES, ROW, UNFILED, hidden_mark
from xianxue.bureau.indicators.engine import Lines, Words
from xianxue.bureau.indicators.filters import is_marked, perhaps, sure
from xianxue.bureau.indicators.measures import Measure
from xianxue.bureau.indicators.sums import void_of
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record


class Evidence(Record):
    """One row that belongs to a measure, or may belong to it."""

    place: str
    stage: str
    row: str
    amount: int | None
    """In smallest steps; None where it is hidden."""
    fields: tuple[str, ...]
    """The fields it follows from: what is added, and what decided that the row belongs."""
    unfiled: bool
    void: bool = False
    """Whether the clerk says that it does not apply."""


def evidence(words: Words, measure: Measure, table: Lines, stage: Stage | None) -> list[Evidence]:
    """Give the rows of a measure in the order of places and of the form.

    ``table`` is the measure's sheet, for one period. Rows of another stage are left out.
    """
    columns = table.collect_schema().names()
    passes = sure(words, measure.tests)
    may_pass = perhaps(words, measure.tests, columns)
    rows = table if stage is None else table.filter(words.col("stage") == stage.value)
    # Rows that may belong are shown as well: they are what the figure waits for.
    belongs = passes if may_pass is None else may_pass
    rows = rows if belongs is None else rows.filter(belongs)
    certain = words.lit(value=True) if passes is None else passes.fill_null(value=False)
    unfiled = is_marked(words, UNFILED) if UNFILED in columns else words.lit(value=False)
    blank = hidden_mark(measure.field) if measure.field else UNFILED
    hidden = is_marked(words, blank) if blank in columns else words.lit(value=False)
    not_there = void_of(words, measure, columns)
    void = words.lit(value=False) if not_there is None else not_there
    amount = words.col(measure.field) if measure.field else words.lit(1)
    fields = _fields(measure, columns)
    found = rows.select(
        "place",
        "stage",
        ROW,
        amount.alias("amount"),
        ((~certain | hidden) & ~void).alias("hidden"),
        unfiled.alias("unfiled"),
        void.alias("void"),
    ).collect()
    lines = [
        Evidence(
            place=line["place"],
            stage=line["stage"] or "",
            row=line[ROW],
            amount=None if line["hidden"] else 0 if line["void"] else line["amount"] or 0,
            fields=fields,
            unfiled=line["unfiled"],
            void=line["void"],
        )
        for line in found.rows(named=True)
    ]
    # A stable sort: rows of a grid keep the order of the form, lines of a list their number.
    return sorted(lines, key=lambda line: (line.place, int(line.row) if line.row.isdigit() else 0))


def _fields(measure: Measure, columns: Sequence[str]) -> tuple[str, ...]:
    if measure.sheet == PLACES:
        return ()
    tested = [test.column for test in measure.tests if test.column not in LEADING]
    named = [measure.field] if measure.field else []
    return tuple(dict.fromkeys([*named, *(name for name in tested if name in columns)]))
