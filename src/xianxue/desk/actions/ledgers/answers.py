"""What ledgers answer of a form: counted for each place, and held against what is handed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.ledgers.answering import answered_rows, told_apart_by
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.counting import Counter, Facts
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.desk.database import open_database
from xianxue.desk.stores.clock import day_of, now
from xianxue.desk.workspace import Workspace

_Facts = list[tuple[Entry, Facts]]


def answered(form: Form) -> Iterator[tuple[Sheet, Field]]:
    """Go through the fields of a form that a ledger answers."""
    for sheet in form.sheets:
        for field in sheet.fields:
            if field.answered_by:
                yield sheet, field


def answers_of(workspace: Workspace, form: Form, period: Period) -> dict[str, dict[str, int]]:
    """Give for each place each cell to the number that its ledger answers.

    A cell is ``sheet.field``, and ``sheet.row.field`` on a sheet of counts.

    A ledger that nobody keeps answers nothing, and a place without an entry in one that is kept
    answers 0. A form whose card names no ledger opens nothing.
    """
    asked = list(answered(form))
    if not asked:
        return {}
    open_database(workspace.store)
    shelf, day = workspace.shelf, period.reference_day
    days = Days.of(shelf)
    schools = workspace.register.schools(day)
    attributes = {one.code: _what_it_is(one, day) for one in schools}
    last = min(day_of(now()), period.end)
    found: dict[str, dict[str, int]] = {}
    for sheet, field in asked:
        name, _, count = field.answered_by.partition(".")
        ledger = shelf.ledgers[name]
        counter = Counter(ledger, days, attributes)
        facts = counter.facts(_entries(name), last)
        for place in schools if facts else ():
            mine = [one for one in facts if one[0].place == place.code]
            for code, some in _by_row(sheet, field, ledger, shelf.codes, mine):
                value = counter.count(count, some, period).value
                # An amount that somebody has still to write down answers nothing.
                if value is not None:
                    found.setdefault(place.code, {})[_key(sheet, code, field)] = value
    return found


def _key(sheet: Sheet, code: str, field: Field) -> str:
    """Name a cell: ``sheet.field`` in a record, ``sheet.row.field`` in a grid."""
    return ".".join(filter(None, (sheet.sheet, code, field.field)))


def _by_row(
    sheet: Sheet, field: Field, ledger: Ledger, codes: Mapping[str, CodeList], facts: _Facts
) -> Iterator[tuple[str, _Facts]]:
    """Give for each row that asks for a field the entries that its count is of."""
    count = ledger.count(field.answered_by.partition(".")[2])
    if sheet.layout != "grid" or count is None:
        yield "", facts
        return
    by = told_apart_by(sheet, ledger, count)
    for code in answered_rows(sheet, field, codes):
        # A cell of a single row has the whole count.
        yield code, [one for one in facts if not by or one[1].get(by) == code]


def _entries(ledger: str) -> list[Entry]:
    from xianxue.desk.models.ledger import (  # noqa: PLC0415 - needs Django set up first
        EntryLine,
        LedgerEntry,
        entry_of,
    )

    lines: dict[int, list[EntryLine]] = {}
    for line in EntryLine.objects.filter(entry__ledger=ledger).order_by("entry", "order"):
        lines.setdefault(line.entry_id, []).append(line)
    return [entry_of(row, lines[row.pk]) for row in LedgerEntry.objects.filter(ledger=ledger)]


def _what_it_is(place: Place, on: date) -> Mapping[str, int | str]:
    known = place.attributes(on)
    if known is None:
        return {}
    return {
        "school_type": known.school_type,
        "sponsor": known.sponsor,
        "urban_rural": known.urban_rural,
        "boarding": int(known.boarding),
    }


def differing(
    filed: Return, form: Form, answers: Mapping[str, int], terms: Mapping[str, str]
) -> Iterator[Issue]:
    """Ask about each number that is not the ledger's; ``terms`` names ledgers."""
    for sheet, field in answered(form):
        grid = sheet.layout == "grid"
        for row in filed.tables.get(sheet.sheet, ()):
            cell = row.cells.get(field.field)
            known = answers.get(_key(sheet, row.code if grid else "", field))
            if known is None or cell is None or not isinstance(cell.value, int):
                continue
            if cell.value != known:
                unit = field.measured_in
                yield Issue(
                    code="L-ANSWER",
                    severity=Severity.EXPLAIN,
                    file=filed.file,
                    sheet=sheet.term,
                    cell=cell.address,
                    place=filed.place,
                    form=filed.form,
                    field=_key(sheet, row.code if grid else "", field),
                    saw=say(
                        "“{term}”报的是{said}，{ledger}里数出来是{known}",
                        term=field.term,
                        said=str(unit.in_whole_units(cell.value)) + unit.term,
                        ledger=terms[field.answered_by.partition(".")[0]],
                        known=str(unit.in_whole_units(known)) + unit.term,
                    ),
                    required=say("与台账一致"),
                    do=say("请改正，或补登台账，或说明原因"),
                )
