"""Making complaints about one return, and putting them in order."""

from __future__ import annotations

from dataclasses import dataclass, field

from xianxue.bureau.issues.issue import End, Issue, Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.cells import Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.plan import SheetPlan
from xianxue.bureau.returns.sheets.layout import split_address
from xianxue.bureau.returns.sheets.naming import named
from xianxue.bureau.returns.sheets.register_fields import NAME
from xianxue.bureau.values.sentence import say


@dataclass
class Complaints:
    """Complaints about one return, each with its place in the order they are shown."""

    returned: Return
    found: list[tuple[tuple[int, int, int, int], Issue]] = field(
        default_factory=list[tuple[tuple[int, int, int, int], Issue]]
    )

    def add(  # noqa: PLR0913, PLR0917 - the parts of a complaint
        self,
        code: str,
        severity: Severity,
        plan: SheetPlan,
        saw: str,
        required: str,
        do: str,
        *,
        cell: str = "",
        asked: Field | None = None,
        citation: str = "",
        value: str = "",
        measures: str = "",
        ends: tuple[End, ...] = (),
        relation: str = "",
    ) -> None:
        """Keep a complaint about a sheet.

        The sheet is named as the tab is in the workbook, so that whoever renamed it finds it.
        """
        issue = Issue(
            code=code,
            severity=severity,
            file=self.returned.file,
            sheet=self.returned.tabs.get(plan.sheet.sheet, plan.tab),
            cell=cell,
            place=self.returned.place,
            form=self.returned.form,
            field=f"{plan.sheet.sheet}.{asked.field}" if asked else "",
            saw=saw,
            required=required,
            do=do,
            citation=citation,
            value=value,
            measures=measures,
            ends=ends,
            relation=relation,
        )
        # By numbers: as texts, C10 would come before C9.
        row, column = split_address(cell)
        # The count keeps complaints about one cell in the order in which they were made.
        self.found.append(((plan.order, row, column, len(self.found)), issue))

    def in_order(self) -> list[Issue]:
        """Give all complaints by sheet, row and column; in one cell, as they were found."""
        return [issue for _, issue in sorted(self.found, key=lambda pair: pair[0])]


def row_name(plan: SheetPlan, row: Row) -> str:
    """Name a row as its sheet does; empty in a record."""
    if plan.sheet.layout == "grid":
        return plan.labels.get(row.code, row.code)
    if plan.sheet.layout == "record":
        return ""
    cell = row.cells.get(NAME)
    # A class is known by its name; a line whose name is missing only by its number.
    if cell is not None and isinstance(cell.value, str) and cell.value:
        return cell.value
    return say("第 {code} 条", code=row.code)


def cell_name(plan: SheetPlan, row: Row, asked: Field) -> str:
    """Name a cell: «一年级·女生数»."""
    label = row_name(plan, row)
    return (
        asked.term if asked.field == NAME and plan.sheet.layout == "list" else named(label, asked)
    )
