"""Ledgers as workbooks: the empty list, what a filled one says, and everything that is there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.kinds.ledgers.sheet import (
    NAME,
    NUMBER,
    PLACE,
    RECORDED,
    STATE,
    book_form,
    list_form,
    shelf_of_ledgers,
)
from xianxue.bureau.ledgers.filling import Filling
from xianxue.bureau.ledgers.identity import masked
from xianxue.bureau.ledgers.lines import Line, Reader, refused_cells
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.entry import Value
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.ledgers.entries import rows_of
from xianxue.desk.ledgers.room import Room
from xianxue.desk.models.ledger import LedgerEntry


class Chosen(Record, kw_only=True):
    """Which entries are wanted; every part that is left out takes all."""

    states: tuple[str, ...] = ()
    place: str = ""
    first: date | None = None
    last: date | None = None
    open: bool = False

    def takes(self, row: LedgerEntry) -> bool:
        """Whether an entry is one of them."""
        return (
            (not self.states or row.state in self.states)
            and (not self.place or row.place == self.place)
            and (self.first is None or row.recorded >= self.first)
            and (self.last is None or row.recorded <= self.last)
            and (row.open or not self.open)
        )

    def told(self, room: Room, card: Ledger) -> Sentence:
        """Say in words which they are."""
        said: list[Sentence] = []
        if self.states:
            terms = [card.lifecycle.state_term(state) for state in self.states]
            said.append(say("状态是{terms}", terms=joined("、", terms)))
        if self.place:
            said.append(say("单位是{name}", name=room.ground.name(self.place)))
        if self.first is not None:
            said.append(say("{day} 起登记", day=self.first.isoformat()))
        if self.last is not None:
            said.append(say("{day} 前登记（含当日）", day=self.last.isoformat()))
        if self.open:
            said.append(say("未办结"))
        return joined("，", said) if said else say("没有筛选")


class Exported(Record):
    """A workbook of entries, and how many of how many it holds."""

    data: bytes
    entries: int
    of: int


def template(room: Room, card: Ledger, on: date) -> bytes:
    """Write the empty list of a ledger."""
    ground = room.ground
    period = Period.on("calendar_year", on)
    return write_workbook(list_form(card), ground.register.county, period, ground.shelf.codes)


def export(
    room: Room, card: Ledger, chosen: Chosen, on: date, *, unmasked: bool = False
) -> Exported:
    """Write the entries that are wanted, every field of each; personal ones covered."""
    seen = list(rows_of(room, card.ledger))
    taken = [row for row in seen if chosen.takes(row)]
    writer = _Writer(room, card, Filling(card, room.ground.shelf.codes, room.ground.register, on))
    rows = tuple(writer.row(str(at), one, unmasked=unmasked) for at, one in enumerate(taken, 1))
    form, ground = book_form(card), room.ground
    period = Period.on("calendar_year", on)
    values = Return(
        form=form.form,
        version=form.version,
        period=period.code,
        place=ground.register.county.code,
        tables={card.ledger: rows},
    )
    codes = ground.shelf.codes
    data = write_workbook(form, ground.register.county, period, codes, values)
    return Exported(data, len(taken), len(seen))


def read_lines(room: Room, card: Ledger, data: bytes, file: str) -> tuple[list[Line], list[Issue]]:
    """Read a filled workbook; every complaint about its cells and places in one pass."""
    ground = room.ground
    shelf = shelf_of_ledgers(ground.shelf, {card.ledger: card})
    returned, issues = read_workbook(data, file, shelf)
    if returned is None:
        return [], issues
    county, period = ground.register.county, Period.parse(returned.period)
    issues += check_return(returned, shelf, county, period)
    lines, unplaced = Reader.of(card, ground.register).read(returned)
    known = refused_cells(issues)
    return lines, issues + [issue for issue in unplaced if issue.cell not in known]


def grave(issues: list[Issue]) -> bool:
    """Whether some complaint keeps a workbook out."""
    return any(issue.severity is Severity.MUST_FIX for issue in issues)


class _Writer(Record):
    room: Room
    card: Ledger
    filling: Filling

    def row(self, code: str, row: LedgerEntry, *, unmasked: bool) -> Row:
        """Give an entry as a line."""
        said: dict[str, Value | Missing] = {
            NUMBER: row.number,
            PLACE: row.place,
            NAME: self.room.ground.name(row.place),
            RECORDED: row.recorded.isoformat(),
            STATE: self.card.lifecycle.state_term(row.state),
        }
        said |= {
            field.field: self._shown(field, row.fields, unmasked=unmasked)
            for field in self.card.fields
        }
        return Row(code, {name: Cell(value) for name, value in said.items()})

    def _shown(
        self, field: LedgerField, fields: Mapping[str, Value], *, unmasked: bool
    ) -> Value | Missing:
        value = fields.get(field.field)
        if value is None:
            return Missing.NOT_ANSWERED
        if not field.personal:
            return value
        text = self.filling.shown(field, value)
        return text if unmasked else masked(text)
