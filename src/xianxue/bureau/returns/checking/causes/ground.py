"""What is known of a return when the cause of its complaints is sought."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Attributes
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.plan import CheckPlan, Rule, SheetPlan
from xianxue.bureau.returns.contents.strict import lookup_of, read_text
from xianxue.bureau.returns.sheets.naming import decimals_of, shown_value
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, replace

AMOUNTS: Final = frozenset({"integer", "measure"})
"""What has a size; years and yes-or-no are numbers in the cabinet only."""

Tables = Mapping[str, tuple[Row, ...]]
Position = tuple[str, int, str]
"""Sheet, number of the row, field."""


@dataclass
class Ground:
    """A return with its plan, its complaints and what it can be compared with."""

    returned: Return
    plan: CheckPlan
    shelf: Shelf
    attributes: Attributes | None
    issues: Sequence[Issue]
    last: Return | None = None
    _rules: dict[tuple[str, str], dict[str, Rule]] = field(
        default_factory=dict[tuple[str, str], dict[str, Rule]]
    )
    _lookups: dict[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])

    @cached_property
    def open(self) -> list[Issue]:
        """The complaints that ask for something."""
        return [issue for issue in self.issues if issue.severity is not Severity.NOTE]

    @cached_property
    def suspects(self) -> dict[str, set[str]]:
        """By sheet, the fields that complaints name: wrong ones, or those beside a wrong one."""
        found: dict[str, set[str]] = {}
        of_check: dict[str, list[tuple[str, str]]] = {}
        for sums in self.plan.sums:
            # What is too many beside its size is wrong itself, not the size.
            terms = sums.left if sums.sensible else (*sums.left, *sums.right)
            named = [(t.sheet.sheet, t.field.field) for t in terms if t.field is not None]
            of_check.setdefault(sums.check.check, []).extend(named)
        tabs = {
            self.returned.tabs.get(name, sheet.tab): name
            for name, sheet in self.plan.sheets.items()
        }
        for issue in self.open:
            sheet, _, name = issue.field.partition(".")
            if name:
                found.setdefault(sheet, set()).add(name)
            elif issue.sheet in tabs:
                found.setdefault(tabs[issue.sheet], set())
            for other, named in of_check.get(issue.code, ()):
                found.setdefault(other, set()).add(named)
        return found

    def sheets(self) -> Iterator[tuple[SheetPlan, tuple[Row, ...]]]:
        """Go through the sheets that are complained of, with their rows."""
        for name in self.plan.sheets:
            rows = self.returned.tables.get(name)
            if name in self.suspects and rows:
                yield self.plan.sheets[name], rows

    def rules(self, sheet: str, code: str) -> Mapping[str, Rule]:
        """Give what a row's cells must be, by field; nothing where the row is not asked."""
        plan = self.plan.sheets[sheet]
        key = sheet, code if plan.sheet.layout == "grid" else ""
        if key not in self._rules:
            self._rules[key] = {rule.name: rule for rule in plan.rows.get(key[1], ())}
        return self._rules[key]

    def moved(self, cell: Cell, of: Field, to: Field, address: str) -> Cell:
        """Give what a cell holds as it would be read in another field's place."""
        if of is to or (
            of.type in AMOUNTS
            and to.type in AMOUNTS
            and isinstance(cell.value, int)
            and decimals_of(of) == decimals_of(to)
        ):
            return replace(cell, address=address)
        if isinstance(cell.value, Missing) and not cell.written:
            return replace(cell, address=address)
        text = cell.written or shown_value(cell.value, of)
        return Cell(read_text(text, to, self._lookup(to)), address, text, cell.fault)

    def _lookup(self, of: Field) -> Mapping[str, str]:
        if of.codes not in self._lookups:
            codes = self.shelf.codes.get(of.codes)
            self._lookups[of.codes] = lookup_of(codes) if codes is not None else {}
        return self._lookups[of.codes]


class Supposition(Record):
    """What might have gone wrong, and what the return would say if it had not."""

    code: str
    key: str
    """Names the cause for programs: the code and the fields or rows it is about."""
    tables: Tables
    """The sheets that would be different."""
    touched: frozenset[Position]
    words: Callable[[Sequence[str]], tuple[str, str]]
    """What is seen and what to do about it: put into words only for what is convincing. Takes the
    variants that fit equally well."""
    at: str
    """The sheet and …"""
    cell: str
    """… the cell where the cause is shown."""
    lost: frozenset[Position] = frozenset()
    """Touched, too: what belongs there is not in the workbook any more."""
    least: int = 2
    """With less evidence than this it need not be weighed to the end."""
    rows: bool = False
    """Whether it is about two rows: then it is seen in no more of them."""
    variant: str = ""
    """What tells it from another of the same story: the unit that is supposed."""
    values: int = 0
    """In how many different numbers it is seen."""
