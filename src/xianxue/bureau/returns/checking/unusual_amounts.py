"""The amounts that rules for unusual values look at: one cell, or the total over a sheet's rows."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.complaints import cell_name
from xianxue.bureau.returns.checking.plan import CheckPlan, SheetPlan
from xianxue.bureau.returns.sheets.naming import decimals_of, shown_amount
from xianxue.bureau.values.missing import Amount as Number
from xianxue.bureau.values.missing import total
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say

# As in comparisons: more addresses hide what is said.
_MOST_CELLS: Final = 4


class Amount(Record):
    """A number of a return, with its name and its place."""

    name: str
    """«一年级·在校生数», or «学生·在校生数合计»."""
    sheet: SheetPlan
    field: Field
    row: str
    """The row's code; empty in a record and for a total."""
    steps: int
    """In the field's smallest step."""
    cell: str
    is_total: bool
    cells: tuple[str, ...] = ()
    """Of a total, all that were added."""

    @property
    def whole(self) -> Fraction:
        """The amount in whole units."""
        return Fraction(self.steps, 10 ** decimals_of(self.field))

    @property
    def text(self) -> str:
        """The amount as a clerk writes it, without its unit."""
        return shown_amount(self.steps, decimals_of(self.field))

    @property
    def unit(self) -> str:
        """The unit's Chinese word; empty where it has none."""
        return unit_of(self.field)

    @property
    def where(self) -> str:
        """The cells of a total in brackets: what is wrong may be in any of them."""
        if not self.cells or not self.is_total:
            return ""
        if len(self.cells) > _MOST_CELLS:
            return say("（{cell} 等 {n} 格）", cell=self.cells[0], n=len(self.cells))
        return say("（{cells}）", cells=joined("、", self.cells))

    @property
    def shown(self) -> str:
        """The amount with its unit."""
        return self.text + " " + self.unit if self.unit else self.text


class Found(Record):
    """What was found unusual of one amount."""

    saw: str
    required: str
    hint: str = ""
    """What may have gone wrong: said before what the rule asks to do."""
    measures: str = ""
    """What it rests on, for programs."""


def unit_of(field: Field) -> str:
    """Give the word of a field's unit as it stands after a number."""
    return field.measured_in.noun


def amounts_of(returned: Return, plan: CheckPlan, reference: str, by: str) -> list[Amount]:
    """Give the amounts of a field, one a row or their total; what is missing is left out."""
    sheet_name, _, name = reference.partition(".")
    sheet = plan.sheets.get(sheet_name)
    field = sheet.sheet.field(name) if sheet is not None else None
    if sheet is None or field is None:
        return []
    numbers: list[Number] = []
    found: list[Amount] = []
    for row in returned.tables.get(sheet_name, ()):
        cell = row.cells.get(name)
        # Texts and codes have no size.
        if cell is None or isinstance(cell.value, str):
            continue
        # Missing ones, too: they decide whether there is a total at all.
        numbers.append(cell.value)
        if isinstance(cell.value, int):
            label = cell_name(sheet, row, field)
            found.append(
                Amount(label, sheet, field, row.code, cell.value, cell.address, is_total=False)
            )
    if by == "row":
        return found
    whole = total(numbers)
    # A total with a hidden part would look like a fall.
    if not found or not isinstance(whole, int):
        return []
    label = say("{sheet}·{field}合计", sheet=sheet.sheet.term, field=field.term)
    cells = tuple(amount.cell for amount in found if amount.cell)
    return [Amount(label, sheet, field, "", whole, found[0].cell, is_total=True, cells=cells)]


def total_of(returned: Return, plan: CheckPlan, reference: str) -> Amount | None:
    """Give the total of a field; None where it is not known."""
    found = amounts_of(returned, plan, reference, "return")
    return found[0] if found else None
