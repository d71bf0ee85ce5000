"""The zip of a workbook: its parts and its sheets."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.documents.parts import TYPES, Parts
from xianxue.bureau.documents.splice import SpliceError, parse
from xianxue.bureau.returns.files.guard import Package
from xianxue.bureau.values.record import Record

WORKBOOK: Final = "xl/workbook.xml"
_STRICT: Final = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


class Tab(Record):
    """One sheet as the workbook lists it."""

    name: str
    part: str
    """Of a sheet with cells; empty for a sheet of another kind."""
    any_part: str
    """Of any sheet: a chart has a tab that can be selected, too."""
    hidden: bool


class WorkbookParts(Parts):
    """The parts of a workbook while they are changed."""

    def __init__(self, package: Package) -> None:
        """Take what was unpacked; SpliceError where this is no workbook that can be changed."""
        super().__init__(package.parts, package.entries)
        if TYPES not in self.contents or _STRICT in self.contents[WORKBOOK]:
            message = "no transitional workbook"
            raise SpliceError(message)

    def tabs(self) -> list[Tab]:
        """Give the sheets in order."""
        root = parse(self.contents[WORKBOOK])
        sheets = root.child("sheets")
        targets = {relation.id: relation for relation in self.relations(WORKBOOK)}
        found: list[Tab] = []
        for node in sheets.children if sheets else ():
            relation = targets.get(node.get("id"))
            part = relation.target if relation and relation.target in self.contents else ""
            own = part if relation and relation.kind == "worksheet" else ""
            hidden = node.get("state") in {"hidden", "veryHidden"}
            found.append(Tab(node.get("name"), own, part, hidden))
        return found
