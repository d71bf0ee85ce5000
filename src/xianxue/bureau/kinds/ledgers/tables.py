"""Ledgers as tables: a line an entry, a column for each thing that is counted of it."""

from __future__ import annotations

from collections.abc import Iterable

from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.values.units import UNITS


def table_of(ledger: Ledger) -> Table:
    """Give the table that figures are counted from.

    Each count is a column: 1, or the amount, where an entry is counted in the period, else 0. What
    is told apart (persons, not times) does not add up over places, and is no column.
    """
    counts = [_column(count) for count in ledger.counts if not count.distinct]
    coded = told_apart_by(ledger)
    codes = [
        TableField(field=field.field, term=field.term, type="code", codes=field.codes)
        for field in coded
    ]
    return Table(
        table=ledger.ledger,
        term=ledger.term,
        layout="list",
        fields=(*counts, *codes),
        given_by="any",
        period=ledger.period,
        slices=tuple(field.field for field in coded),
    )


def told_apart_by(ledger: Ledger) -> list[LedgerField]:
    """Give the code fields that are columns beside the counts, by which they are told apart.

    Where a count has the name of a field (``backbone``), the column is the count.
    """
    counts = {count.count for count in ledger.counts}
    return [
        field for field in ledger.coded.fields if field.type == "code" and field.field not in counts
    ]


def own_lists(ledgers: Iterable[Ledger]) -> dict[str, CodeList]:
    """Give the code lists that ledgers have of their own, by ``ledger.field``."""
    return {
        ledger.codes_of(field): CodeList(
            codes=ledger.codes_of(field),
            term=field.term,
            entries=[Code(code=one.code, term=one.term, also=one.also) for one in field.options],
            source=ledger.source,
        )
        for ledger in ledgers
        for field in ledger.fields
        if field.options
    }


def _column(count: Count) -> TableField:
    measured = UNITS.get(count.unit)
    kind = "measure" if measured is not None and measured.decimals else "integer"
    return TableField(field=count.count, term=count.term, type=kind, unit=count.unit)
