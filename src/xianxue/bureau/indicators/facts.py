"""What rules may ask of places besides their figures, read from the tables figures are made of.

They are read from tables and not from returns: so nobody has to hold every cell of every workbook
in memory to judge a county, and a table that is no sheet can decide whom a rule is about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from xianxue.bureau.indicators.columns import ATTRIBUTES, UNFILED, hidden_mark, void_mark
from xianxue.bureau.indicators.engine import Tables
from xianxue.bureau.kinds.expected import Expected
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record

_Line = Mapping[str, Any]


def place_facts(  # noqa: PLR0913, PLR0917 - whose, when, from what; and of whom alone
    shelf: Shelf,
    register: Register,
    period: Period,
    tables: Tables,
    expected: Expected,
    places: Collection[str] | None = None,
) -> list[PlaceFacts]:
    """Give what rules may ask of the county and of every school open on the reference day.

    ``tables`` are those figures are made of; a table that is not there answers nothing. ``places``
    restricts it to some codes: then nothing else is read either.
    """
    facts = _Facts(shelf, register, period, tables, expected, places)
    schools = register.schools(period.reference_day)
    wanted = (register.county, *schools)
    return [facts.of(place) for place in wanted if places is None or place.code in places]


class _Facts(Record, dict=True):
    shelf: Shelf
    register: Register
    period: Period
    tables: Tables
    expected: Expected
    places: Collection[str] | None = None

    def of(self, place: Place) -> PlaceFacts:
        """Put together what is known of one place."""
        on = self.period.reference_day
        values: dict[str, int | str] = {}
        attributes = place.attributes(on)
        if attributes is not None:
            for name in ATTRIBUTES:
                known = getattr(attributes, name)
                values[name] = int(known) if isinstance(known, bool) else known
        unanswered: set[str] = set()
        for name, value, hidden in self._answers(place):
            if value is not None:
                values[name] = value
            elif hidden:
                unanswered.add(name)
        for stage, pupils in self._pupils.get(place.code, {}).items():
            # Pupils of a stage that the register does not give the school count nowhere else
            # either.
            if stage in place.stages(on):
                values[f"pupils/{stage.value}"] = pupils
        return PlaceFacts(
            place=place.code,
            name=place.name,
            level=place.level,
            stages=place.stages(on),
            values=values,
            unanswered=frozenset(unanswered),
        )

    def _answers(self, place: Place) -> Iterator[tuple[str, int | str | None, bool]]:
        """Go through what record tables expect of a place: name, answer, whether it is hidden."""
        for name, (table, lines) in self._records.items():
            wanted = {
                field for row in self.expected.get((place.code, name), ()) for field in row.fields
            }
            line = lines.get(place.code)
            for field in table.fields:
                if field.field not in wanted:
                    continue
                if line is None or line.get(UNFILED):
                    # The register may know the answer; that the place has not given it stands.
                    yield f"{name}.{field.field}", None, True
                else:
                    hidden = bool(line.get(hidden_mark(field.field)))
                    yield f"{name}.{field.field}", line.get(field.field), hidden

    @cached_property
    def _records(self) -> dict[str, tuple[Table, dict[str, _Line]]]:
        """The record tables, a line a place."""
        return {
            table.table: (table, {line["place"]: line for line in self._lines(table.table)})
            for table in self.shelf.tables.values()
            if table.layout == "record"
        }

    @cached_property
    def _pupils(self) -> dict[str, dict[Stage, int]]:
        """Pupils by place and stage, for the stages where nobody's number is hidden.

        Which field holds pupils is said by the population cards; they agree, or each would mean
        another thing by «pupils».
        """
        found: dict[str, dict[Stage, int]] = {}
        # Sorted: a set's order is another one in each process, and the last one written wins.
        for reference in sorted({card.pupils for card in self.shelf.populations.values()}):
            held = self.shelf.field(reference)
            if held is not None:
                for place, by_stage in self._added(*held).items():
                    found.setdefault(place, {}).update(by_stage)
        return found

    def _added(self, table: Table, field: TableField) -> dict[str, dict[Stage, int]]:
        """Add up a field by place and stage; what hides a part hides the whole.

        So does what is said not to apply: nobody is small enough to be left out by writing that.
        """
        sums: dict[tuple[str, str], int] = {}
        hidden: set[tuple[str, str]] = set()
        for line in self._lines(table.table):
            key = line["place"], line["stage"] or ""
            amount = line.get(field.field)
            if line.get(hidden_mark(field.field)) or line.get(void_mark(field.field)):
                hidden.add(key)
            elif amount is not None:
                sums[key] = sums.get(key, 0) + amount
        found: dict[str, dict[Stage, int]] = {}
        for (place, stage), amount in sums.items():
            if stage and (place, stage) not in hidden:
                found.setdefault(place, {})[Stage(stage)] = amount
        return found

    def _lines(self, name: str) -> list[_Line]:
        """Read a table's lines of the period; none where it is not there."""
        if name not in self.tables.by_sheet:
            return []
        col = self.tables.engine.words.col
        mine = self.tables[name].filter(
            col("period") == self.period.code, col("county") == self.register.county.code
        )
        if self.places is not None:
            mine = mine.filter(col("place").is_in(list(self.places)))
        return list(mine.collect().rows(named=True))
