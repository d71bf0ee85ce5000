"""Schools, fields and rows by whichever name people use: code or full name, id or term."""

from __future__ import annotations

from functools import cached_property

from xianxue.bureau.values.record import Record
from xianxue.desk.workspace import Workspace


class Naming(Record, dict=True):
    """What the names of one county mean."""

    workspace: Workspace

    @cached_property
    def _places(self) -> dict[str, str]:
        """Names to codes; a name that two places bear means neither."""
        found: dict[str, str] = {}
        for place in self.workspace.register:
            found[place.name] = "" if place.name in found else place.code
        return found | {place.code: place.code for place in self.workspace.register}

    def place(self, said: str) -> str:
        """Give a place's code; empty where the register does not know it."""
        return self._places.get(said, "")

    def field(self, said: str) -> str:
        """Give ``sheet.field`` for a reference in ids or in the form's own terms; else empty."""
        sheet_said, _, field_said = said.partition(".")
        for form in self.workspace.shelf.forms.values():
            for sheet in form.sheets:
                if sheet_said not in {sheet.sheet, str(sheet.term)}:
                    continue
                for field in sheet.fields:
                    if field_said in {field.field, str(field.term)}:
                        return f"{sheet.sheet}.{field.field}"
        return ""

    def row(self, reference: str, said: str) -> str:
        """Give the code of a grid's row by its code or term; as it was said where it has none."""
        found = self.workspace.shelf.asked_field(reference)
        listed = self.workspace.shelf.codes.get(found[1].rows) if found else None
        entry = listed.by_term(said) if listed is not None else None
        return entry.code if entry is not None else said
