"""Tables: what figures are counted from, wherever their rows come from.

A table has leading columns (period, place, township, county, stage, what the school is) and
fields with types and units; where a number is hidden or does not apply, a mark says so
(``indicators/columns.py`` names the columns). A sheet of a form is one kind of table; a ledger's
counts, an examination's results and a county's targets are others. The engine asks the table
and never the form, so that a new kind of table needs no change of the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import PeriodKind
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.bureau.values.units import UNITS, Unit

FieldType = Literal["integer", "measure", "text", "code", "yes_no", "date", "year"]
Layout = Literal["record", "grid", "list"]
GivenBy = Literal["school", "county", "any"]
"""``any``: places of every level have rows, and a place without any lacks nothing (targets)."""


class TableField(Card, frozen=True, kw_only=True):
    """One column of a table beside the leading ones."""

    field: str
    """The name in code, unique within its table; elsewhere it is written ``table.field``."""
    term: Sentence
    """The official Chinese term: the column's header."""
    type: FieldType
    unit: str = "one"
    codes: str = ""
    """For type ``code``: the id of the list."""

    @property
    def measured_in(self) -> Unit:
        """The unit, from the closed table."""
        return UNITS[self.unit]

    @property
    def is_number(self) -> bool:
        """Whether the cabinet keeps it as a whole number."""
        return self.type in {"integer", "measure", "yes_no", "year"}


class Table(Record, kw_only=True):
    """What may be relied on when a table's rows are counted.

    A *record* has one row a place; a *grid* has a row for each code of a list; a *list* has as
    many rows as there are things.
    """

    table: str
    """The name in code, unique among all tables, those of forms included."""
    term: Sentence
    """The official Chinese name."""
    layout: Layout
    fields: tuple[TableField, ...]
    given_by: GivenBy = "school"
    """Whether its rows are schools', the county's own, or of any place."""
    period: PeriodKind = "school_year"
    """The kind of period its rows are for."""
    stages: tuple[Stage, ...] = ()
    """Those its rows can be of, in the order of stages; empty where a row is the place's as one."""
    single: bool = False
    """Whether a place has at most one row (of each stage), so that nothing has to be grouped."""
    rows: str = ""
    """For a grid: the id of the code list that names its rows; the column is called ``row``."""
    row_codes: Sequence[str] = ()
    """For a grid: the only codes of that list used here; empty for all."""
    stage_by: str = ""
    """For a list: the code field whose entry says which stage a row belongs to."""
    slices: tuple[str, ...] = ()
    """The columns of codes by which its rows can be told apart in a figure's key."""
    form: str = ""
    """The id of the form whose sheet it is; empty for a table that is no sheet."""

    @property
    def staged(self) -> bool:
        """Whether each row belongs to a stage."""
        return bool(self.stages)

    @property
    def by_county(self) -> bool:
        """Whether the county itself gives its rows."""
        return self.given_by == "county"

    @property
    def beyond_schools(self) -> bool:
        """Whether rows may be of places that are no open schools."""
        return self.given_by != "school"

    def field(self, name: str) -> TableField | None:
        """Give the field with a name, or None."""
        return next((field for field in self.fields if field.field == name), None)

    def codes_of(self, column: str) -> str:
        """Give the id of the code list a slice column is written in; empty where it has none."""
        if column == "row":
            return self.rows
        field = self.field(column)
        return field.codes if field is not None else ""


class TableCard(Card, frozen=True, kw_only=True):
    """A table that is no sheet of a form, as a card declares it.

    Its rows come from a source (``records/source.py``): an examination, a ledger, a list of
    targets. Rooms that make tables of cards of their own need no such card.
    """

    table: str
    term: Sentence
    layout: Literal["record", "list"]
    fields: list[TableField]
    given_by: GivenBy = "school"
    period: PeriodKind = "school_year"
    stages: list[Stage] = []
    """Those its rows can be of; each row says which. Empty where a row is the place's as one."""
    slices: list[str] = []
    """Code fields by which figures may be told apart (a subject, a category)."""
    source: Cited

    def as_table(self) -> Table:
        """Give the table that the card declares."""
        named = set(self.stages)
        return Table(
            table=self.table,
            term=self.term,
            layout=self.layout,
            fields=tuple(self.fields),
            given_by=self.given_by,
            period=self.period,
            # In the order of stages, as those of sheets are, so that keys come out alike.
            stages=tuple(stage for stage in Stage if stage in named),
            # A line a subject makes several lines a place: such a table is a list.
            single=self.layout == "record",
            slices=tuple(self.slices),
        )
