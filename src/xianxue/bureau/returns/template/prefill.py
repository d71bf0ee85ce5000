"""What a template holds before its clerk begins: what is known, what was said last year.

Last year's values are shown and never read: a number has to be said anew each year. What a
line of a list *is* (a class's grade and name, a room's kind) is carried over, what it *counts*
is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.kinds.asked import AskedSheet, stage_of_row
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.held import Way, row_codes_of, stages_asked, way_to_fill
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.brought import Norm, PeerGroup
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.sheets.register_fields import TOWNSHIP, known_of
from xianxue.bureau.returns.template.grades import move_up, starting_grades
from xianxue.bureau.values.missing import Missing, total
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field, replace

_DAY: Final = re.compile(r"[12]\d{3}-\d{2}-\d{2}")
_COUNTS: Final = frozenset({"integer", "measure"})


class Note(Record):
    """What was explained last year about one value."""

    field: str
    """``sheet.field``, or ``sheet.row.field`` where a row is named."""
    value: str
    """As it was written."""
    text: str


class Prefill(Record):
    """What is known of one place beyond the register's own attributes."""

    last: Return | None = None
    """The same form of the period before, as it was accepted."""
    held: Mapping[str, Return] = field(default_factory=dict[str, Return])
    """Form to the newest accepted return, for fields that another form holds."""
    township: str = ""
    """The name of the place's township."""
    notes: tuple[Note, ...] = ()
    norms: Mapping[PeerGroup, Norm] | None = None
    """What other schools came to last year; None where that is not known."""
    answers: Mapping[str, int] = field(default_factory=dict[str, int])
    """``sheet.field``, in a grid ``sheet.row.field``, to what a ledger answers, in smallest steps
    of its unit."""
    explained: tuple[Explanation, ...] = ()
    """All that the place has explained and that still counts."""


class HeldItem(Record):
    """A field that is not asked because another form holds it, with its values."""

    field: Field
    source: str
    """Which form, sheet and period hold it, in words."""
    cells: Mapping[str, Cell]
    """By row code; empty in a record."""


class Shown(Record):
    """What stands on one sheet of a template."""

    rows: Sequence[Row]
    """This year's; where a clerk has yet to fill in, there is no cell."""
    last: Sequence[Row] = ()
    """Last year's: by code; in a list one beside each of ``rows``."""
    year: str = ""
    """The Chinese name of last year; empty where nothing is shown of it."""
    hint: str = ""
    """What to add below a list's rows."""
    held: Sequence[HeldItem] = ()


NOTHING: Final = Prefill()


def show_sheet(
    asked: AskedSheet, place: Place, on: date, codes: Mapping[str, CodeList], prefill: Prefill
) -> Shown:
    """Put together what one sheet shows; without fields held elsewhere, see `held_items`."""
    sheet = asked.sheet
    rows: Sequence[Row] = ()
    if sheet.layout == "record":
        rows = _known_rows(asked, place, on, prefill)
    elif sheet.layout == "grid":
        rows = _counted_rows(asked, prefill)
    if prefill.last is None:
        return Shown(rows)
    # Last year's form may have had other fields, or the same with another meaning.
    before = _sound(sheet, prefill.last.tables.get(sheet.sheet, ()))
    year = Period.parse(prefill.last.period).term
    if sheet.layout != "list":
        return Shown(rows, before, year) if before else Shown(rows)
    pairs = carried(sheet, before, codes, place.stages(on))
    if not pairs:
        return Shown(rows)
    hint = "、".join(starting_grades(sheet, codes, place.stages(on)))
    return Shown([this for this, _ in pairs], [last for _, last in pairs], year, hint)


def with_values(shown: Shown, layout: str, rows: Sequence[Row]) -> Shown:
    """Show these values instead of what is known; a list's lines have no last year's beside."""
    if layout == "list":
        return Shown(rows)
    return replace(shown, rows=rows)


def carried(
    sheet: Sheet,
    rows: Iterable[Row],
    codes: Mapping[str, CodeList],
    stages: Sequence[Stage] = (),
) -> list[tuple[Row, Row]]:
    """Carry a list's rows over into the next year: this year's row, and last year's beside it.

    Classes move up a grade; those that leave have no row, nor have those of a stage that is not
    among ``stages``. Rows keep their order within a grade.
    """
    # What a class is stays; how many are in it is asked anew.
    kept = {one.field for one in sheet.fields if one.type not in _COUNTS}
    pairs: list[tuple[int, Row, Row]] = []
    for row in rows:
        cells = {name: cell for name, cell in row.cells.items() if name in kept}
        moved = move_up(sheet, cells, codes, stages)
        if moved is not None:
            order, cells = moved
            pairs.append((order, Row("", {n: Cell(c.value) for n, c in cells.items()}), row))
    # Stable: classes of one grade keep their order.
    pairs.sort(key=lambda pair: pair[0])
    return [(Row(str(at), this.cells), last) for at, (_, this, last) in enumerate(pairs, 1)]


def _sound(sheet: Sheet, rows: Iterable[Row]) -> list[Row]:
    """Leave out what does not fit today's fields: last year's form may have had others."""
    fields = {one.field: one for one in sheet.fields}
    return [
        Row(
            row.code,
            {
                name: cell
                for name, cell in row.cells.items()
                if name in fields and _fits(fields[name], cell.value)
            },
        )
        for row in rows
    ]


def _fits(field: Field, value: int | str | Missing) -> bool:
    if isinstance(value, Missing):
        return True
    if field.type == "date":
        return isinstance(value, str) and _DAY.fullmatch(value) is not None
    return isinstance(value, int) if field.is_number else isinstance(value, str)


def _known_rows(asked: AskedSheet, place: Place, on: date, prefill: Prefill) -> Sequence[Row]:
    known = known_of(place, on)
    if prefill.township:
        known[TOWNSHIP] = prefill.township
    names = {one.field for one in asked.rows[0].fields}
    # What a ledger has counted stands there to be looked at.
    known |= {
        name: prefill.answers[f"{asked.sheet.sheet}.{name}"]
        for name in names
        if f"{asked.sheet.sheet}.{name}" in prefill.answers
    }
    return [Row("", {name: Cell(value) for name, value in known.items() if name in names})]


def _counted_rows(asked: AskedSheet, prefill: Prefill) -> Sequence[Row]:
    """Give the rows of a grid in which a ledger has counted something, to be looked at."""
    found: list[Row] = []
    for row in asked.rows:
        cells = {
            one.field: Cell(prefill.answers[key])
            for one in row.fields
            if (key := f"{asked.sheet.sheet}.{row.code}.{one.field}") in prefill.answers
        }
        if cells:
            found.append(Row(row.code, cells))
    return found


# ── held elsewhere ──────────────────────────────────────────────────────────


def held_items(  # noqa: PLR0913, PLR0917 - one sheet, and all that its values come from
    form: Form, asked: AskedSheet, place: Place, on: date, shelf: Shelf, prefill: Prefill
) -> list[HeldItem]:
    """Find the fields of a sheet that other forms hold, with what they say."""
    attributes = place.attributes(on)
    kind = attributes.school_type if attributes else ""
    found: list[HeldItem] = []
    for one in asked.sheet.fields:
        if not one.prefilled_from or (one.school_types and kind not in one.school_types):
            continue
        named = shelf.asked_field(one.prefilled_from)
        # A form cannot be filled in from itself.
        if named is None or named[0].form == form.form:
            continue
        holder, holding, held = named
        way = way_to_fill(asked.sheet, one, holding, held, shelf.codes)
        returned = prefill.held.get(holder.form)
        source = f"取自《{holder.term}》〔{holding.term}〕"
        if returned is None or way is None:
            found.append(HeldItem(one, source, {}))
            continue
        source += Period.parse(returned.period).term
        rows = returned.tables.get(holding.sheet, ())
        cells = {
            row.code: Cell(_filled(way, row.code, asked.sheet, holding, held, rows, shelf.codes))
            for row in asked.rows
            if not one.rows or row.code in one.rows
        }
        found.append(HeldItem(one, source, cells))
    return found


def _filled(  # noqa: PLR0913, PLR0917 - both sides of one reference
    way: Way,
    code: str,
    asking: Sheet,
    holding: Sheet,
    held: Field,
    rows: Sequence[Row],
    codes: Mapping[str, CodeList],
) -> int | str | Missing:
    stage = stage_of_row(asking, code, codes)
    by = holding.stage_by

    def key(row: Row) -> str:
        cell = row.cells.get(by) if by else None
        return str(cell.value) if cell is not None else row.code

    if way == "code":
        wanted = [row for row in rows if key(row) == code]
    elif way == "stage" or (stage is not None and row_codes_of(holding)):
        wanted = [row for row in rows if stage_of_row(holding, key(row), codes) == stage]
    elif way == "total" and row_codes_of(holding) and (about := stages_asked(asking)):
        # A sheet about some stages has nothing of the others in its sums.
        stages = [(row, stage_of_row(holding, key(row), codes)) for row in rows]
        wanted = [row for row, own in stages if own is None or own in about]
    else:
        wanted = list(rows)
    values = [row.cells[held.field].value for row in wanted if held.field in row.cells]
    # One value is shown as it is, texts and codes as well.
    if len(values) == 1:
        return values[0]
    # Several texts have no sum.
    amounts = [value for value in values if not isinstance(value, str)]
    return total(amounts) if amounts else Missing.NOT_ANSWERED
