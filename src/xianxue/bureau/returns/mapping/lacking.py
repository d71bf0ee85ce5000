"""What a form asks for and no column holds."""

from __future__ import annotations

from xianxue.bureau.kinds.asked import row_entries
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.returns.mapping.proposal import Proposals
from xianxue.bureau.returns.mapping.targets import ONLY, Codes
from xianxue.bureau.returns.sheets.register_fields import FIELDS, TOWNSHIP
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say

_KNOWN = frozenset({*FIELDS, TOWNSHIP})


class Lack(Record):
    """A field that has to be filled in and is found in no column, or not for every row."""

    sheet: Sheet
    field: Field
    rows: tuple[str, ...] = ()
    """The labels of the rows it lacks; empty where it is not there at all."""

    @property
    def reference(self) -> str:
        """The field as cards name it."""
        return f"{self.sheet.sheet}.{self.field.field}"

    @property
    def text(self) -> str:
        """Its term, with the rows it lacks."""
        return self.field.term + (
            say("（{rows}）", rows=joined("、", self.rows)) if self.rows else ""
        )


def lacks_of(form: Form, found: Proposals, codes: Codes) -> list[Lack]:
    """List the required fields that no column holds; what the register knows is not missed."""
    held = {each.target.reference for each in found.values if each.target}
    lacks: list[Lack] = []
    for sheet in form.sheets:
        for field in sheet.fields:
            reference = f"{sheet.sheet}.{field.field}"
            only = f"{sheet.sheet}.{ONLY}.{field.field}"
            # The register fills these in by itself.
            known = sheet.layout == "record" and field.field in _KNOWN
            if not field.required or field.prefilled_from or known or {reference, only} & held:
                continue
            rows: tuple[str, ...] = ()
            if sheet.layout == "grid":
                asked = [
                    entry
                    for entry in row_entries(sheet, codes)
                    if not field.rows or entry.code in field.rows
                ]
                lacking = [
                    entry.term
                    for entry in asked
                    if f"{sheet.sheet}.{entry.code}.{field.field}" not in held
                ]
                if not lacking:
                    continue
                # Where all rows lack it, the field as a whole is not there.
                rows = tuple(lacking) if len(lacking) < len(asked) else ()
            lacks.append(Lack(sheet, field, rows))
    return lacks
