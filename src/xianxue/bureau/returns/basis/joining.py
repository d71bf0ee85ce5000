"""One return made of those of several former schools, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.asked import AskedRow, AskedSheet, asked, row_entries
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.places.basis import Basis
from xianxue.bureau.records.cells import Cell, Row, Value
from xianxue.bureau.records.rebased import Part, Spot
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.sheets.register_fields import TOWNSHIP, known_of
from xianxue.bureau.values.missing import Amount, Missing, total
from xianxue.bureau.values.sentence import joined, say

_Cells = dict[str, Part]
"""Field to what one school says; what it was asked and did not say is there too, as blank."""
_BLANK = Cell(Missing.NOT_ANSWERED)


@dataclass
class Joining:
    """A joined return while it is put together."""

    form: Form
    unit: str
    filed: Mapping[str, Return]
    """Former school to what it filed; one that did not file is absent."""
    basis: Basis
    codes: Mapping[str, CodeList]
    known: Mapping[str, int | str]
    """What the register says of the school that numbers are counted under."""
    tables: dict[str, tuple[Row, ...]] = field(default_factory=dict[str, tuple[Row, ...]])
    parts: dict[Spot, tuple[Part, ...]] = field(default_factory=dict[Spot, tuple[Part, ...]])
    issues: list[Issue] = field(default_factory=list[Issue])

    @classmethod
    def of(
        cls,
        form: Form,
        unit: str,
        filed: Mapping[str, Return],
        basis: Basis,
        codes: Mapping[str, CodeList],
    ) -> Joining:
        """Join what was filed under one unit of a basis; someone has filed."""
        place = basis.register[unit]
        known = known_of(place, basis.start)
        if township := basis.register.township_of(place):
            known[TOWNSHIP] = basis.register[township].name
        made = cls(form, unit, filed, basis, codes, known)
        wanted = {each.sheet.sheet: each for each in asked(form, place, basis.start, codes)}
        of_members = {
            member: {
                each.sheet.sheet: each
                for each in asked(form, basis.before[member], basis.start, codes)
            }
            for member in basis.units[unit]
        }
        for sheet in form.sheets:
            asked_of = {
                member: found[sheet.sheet]
                for member, found in of_members.items()
                if sheet.sheet in found
            }
            made.join(sheet, wanted.get(sheet.sheet), asked_of)
        return made

    @property
    def returned(self) -> Return:
        """The joined return; nobody has filed it, so it has no file and no revision."""
        first = self.filed.get(self.unit) or self.filed[min(self.filed)]
        return Return(
            form=first.form,
            version=first.version,
            period=first.period,
            place=self.unit,
            tables=self.tables,
        )

    def join(
        self, sheet: Sheet, wanted: AskedSheet | None, asked_of: Mapping[str, AskedSheet]
    ) -> None:
        """Join one sheet; it is absent where nobody was asked for it or gave it."""
        given = [each for each in self.filed.values() if sheet.sheet in each.tables]
        if wanted is None and not asked_of and not given:
            return
        patterns = {row.code: row for row in wanted.rows} if wanted is not None else {}
        if sheet.layout == "list":
            self.tables[sheet.sheet] = tuple(self._listed(sheet, asked_of))
            return
        said = {
            member: self._rows(sheet, member, asked_of.get(member))
            for member in self.basis.units[self.unit]
        }
        there = {code for rows in said.values() for code in rows} | patterns.keys()
        order = [entry.code for entry in row_entries(sheet, self.codes)] if sheet.rows else [""]
        rows: list[Row] = []
        for code in [*order, *sorted(there - {*order})]:
            if code in there:
                by_member = {member: rows[code] for member, rows in said.items() if code in rows}
                rows.append(self._row(sheet, code, patterns.get(code), by_member))
        self.tables[sheet.sheet] = tuple(rows)

    def _rows(self, sheet: Sheet, member: str, wanted: AskedSheet | None) -> dict[str, _Cells]:
        """Give what one school says in a grid or record, with its blanks."""
        filed = self.filed.get(member)
        given = filed.tables.get(sheet.sheet, ()) if filed is not None else ()
        rows = {
            row.code: {name: self._part(member, row.code, cell) for name, cell in row.cells.items()}
            for row in given
        }
        for row in wanted.rows if wanted is not None else ():
            cells = rows.setdefault(row.code, {})
            for each in row.fields:
                cells.setdefault(each.field, self._part(member, row.code, _BLANK))
        return rows

    def _listed(self, sheet: Sheet, asked_of: Mapping[str, AskedSheet]) -> Iterable[Row]:
        """Let the lines of all schools follow one another, numbered anew.

        A school that has not filed its list has one line that hides everything: nobody knows how
        many there are.
        """
        number = 0
        for member in self.basis.units[self.unit]:
            filed = self.filed.get(member)
            lines = filed.tables.get(sheet.sheet) if filed is not None else None
            if lines is None and member in asked_of:
                pattern = asked_of[member].rows[0]
                lines = (Row("", dict.fromkeys((each.field for each in pattern.fields), _BLANK)),)
            for line in lines or ():
                number += 1
                for name, cell in line.cells.items():
                    spot = self._spot(sheet, str(number), name)
                    # A line that nobody filed leads back to no cell.
                    own = () if cell is _BLANK else (self._part(member, line.code, cell),)
                    self.parts[spot] = own
                yield Row(str(number), dict(line.cells))

    def _row(
        self, sheet: Sheet, code: str, pattern: AskedRow | None, said: Mapping[str, _Cells]
    ) -> Row:
        names = [each.field for each in sheet.fields]
        wanted = {each.field for each in pattern.fields} if pattern is not None else set[str]()
        cells: dict[str, Cell] = {}
        for name in names:
            asked_field = sheet.field(name)
            parts = {member: found[name] for member, found in said.items() if name in found}
            if asked_field is not None and parts:
                value = self._value(sheet, asked_field, parts)
                cells[name] = Cell(value)
                written = tuple(part for part in parts.values() if part.cell is not _BLANK)
                self.parts[self._spot(sheet, code, name)] = written
            elif name in wanted:
                # What only the school of the later day would be asked, nobody was asked then.
                cells[name] = Cell(Missing.NOT_ASKED)
        return Row(code, cells)

    def _value(self, sheet: Sheet, asked_field: Field, parts: Mapping[str, Part]) -> Value:
        values = [part.cell.value for part in parts.values()]
        adds = asked_field.type in {"integer", "measure"} and asked_field.measured_in.adds
        amounts: list[Amount] = [value for value in values if not isinstance(value, str)]
        if adds and len(amounts) == len(values):
            return total(amounts)
        if sheet.layout == "record" and asked_field.field in self.known:
            return self.known[asked_field.field]
        own = parts.get(self.unit)
        if own is not None and not isinstance(own.cell.value, Missing):
            return own.cell.value
        absent = [value for value in values if isinstance(value, Missing)]
        hidden = [value for value in absent if value.hides_a_number]
        given = dict.fromkeys(value for value in values if not isinstance(value, Missing))
        if len(given) == 1 and not hidden:
            return next(iter(given))
        if len(given) > 1:
            self._disagree(sheet, asked_field, parts)
            return Missing.NOT_ANSWERED
        return hidden[0] if hidden else absent[0]

    def _disagree(self, sheet: Sheet, asked_field: Field, parts: Mapping[str, Part]) -> None:
        said = joined(
            "，",
            (
                say(
                    "{name}“{value}”",
                    name=self.basis.before[member].name,
                    value=part.cell.written or part.cell.value,
                )
                for member, part in parts.items()
                if not isinstance(part.cell.value, Missing)
            ),
        )
        self.issues.append(
            Issue(
                code="R-BASIS-UNLIKE",
                severity=Severity.NOTE,
                place=self.unit,
                form=self.form.form,
                sheet=sheet.term,
                field=f"{sheet.sheet}.{asked_field.field}",
                saw=say("并入各校的{term}不一样：{said}", term=asked_field.term, said=said),
                required=say("合并口径取合并后学校的，没有就取各校一致的"),
                do=say("这一项在合并口径中按未填处理，不影响各校原来的报表"),
            )
        )

    def _part(self, member: str, row: str, cell: Cell) -> Part:
        filed = self.filed.get(member)
        if filed is None:
            return Part(member, 0, "", "", row, cell)
        return Part(member, filed.revision, filed.file, filed.digest, row, cell)

    def _spot(self, sheet: Sheet, row: str, name: str) -> Spot:
        return Spot(self.form.form, self.unit, sheet.sheet, row, name)
