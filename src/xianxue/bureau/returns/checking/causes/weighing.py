"""Whether a supposition fits: what would agree if it were so, and what would not any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.causes.ground import Ground, Position, Supposition, Tables
from xianxue.bureau.returns.checking.complaints import Complaints
from xianxue.bureau.returns.checking.plan import Rule
from xianxue.bureau.returns.checking.sum_plan import SumPlan
from xianxue.bureau.returns.checking.sums import Judge, holds_between
from xianxue.bureau.values.missing import Missing

_FAILS, _HOLDS, _EQUAL = 0, 1, 2
"""How a comparison ends: an equality between amounts proves more than a bound that is kept."""
_NEAR: Final = 10
"""In per cent: so little most numbers of a school change in a year."""
_FAR: Final = 35
"""In per cent: so much hardly any of them does."""
_FEW: Final = 4
"""In whole units: of small numbers a percentage says nothing."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for a supposition."""

    equal: int
    """Sums that came out different and would be equal."""
    kept: int
    """Other comparisons that failed and would hold."""
    rows: int
    """In how many rows or groups these are."""
    readable: int
    """Cells that could not be read where they stand, and could."""
    near: int
    """Cells that are far from last year's number, and would be near it."""
    values: int
    """How many different numbers are near it then: a zero beside a zero proves nothing."""

    @property
    def firm(self) -> int:
        """What hardly happens by chance."""
        return self.equal + self.readable + self.near

    @property
    def total(self) -> int:
        """Everything that would agree."""
        return self.firm + self.kept

    @property
    def score(self) -> int:
        """For telling the better of two suppositions."""
        return 2 * self.firm + self.kept


@dataclass
class Scales:
    """Weighs suppositions about one return."""

    ground: Ground
    _before: dict[int, dict[str, int]] = field(default_factory=dict[int, dict[str, int]])

    def weigh(self, supposed: Supposition) -> Evidence | None:
        """Give the evidence; None where anything would be wrong that is not wrong now."""
        cells = self._cells(supposed)
        if cells is None:
            return None
        readable, within = cells
        near, values, away = self._beside_last(supposed)
        if away * 3 > near:
            return None
        sums = self._sums(supposed)
        if sums is None:
            return None
        equal, kept, rows = sums
        return Evidence(equal, kept + within, rows, readable, near, values)

    # ── comparisons of the form ─────────────────────────────────────────────

    @cached_property
    def _by_field(self) -> dict[tuple[str, str], set[int]]:
        found: dict[tuple[str, str], set[int]] = {}
        for number, sums in enumerate(self.ground.plan.sums):
            for side in sums.sides:
                for term in side:
                    name = term.field.field if term.field is not None else ""
                    found.setdefault((term.sheet.sheet, name), set()).add(number)
                    for key in (*(each.name for each in term.where), term.sheet.stage_by):
                        found.setdefault((term.sheet.sheet, key), set()).add(number)
        return found

    def _sums(self, supposed: Supposition) -> tuple[int, int, int] | None:
        touched = {(sheet, name) for sheet, _, name in supposed.touched}
        numbers = set[int]().union(*(self._by_field.get(each, ()) for each in touched))
        judge = self._judge(supposed.tables)
        equal, kept = 0, 0
        rows: set[str] = set()
        for number in sorted(numbers):
            sums = self.ground.plan.sums[number]
            before = self._now(number)
            for key, after in self._outcomes(judge, sums).items():
                if after == _FAILS:
                    # Wrong already is no objection; wrong only then is one.
                    if before.get(key) != _FAILS:
                        return None
                elif before.get(key) == _FAILS:
                    equal += after == _EQUAL
                    kept += after == _HOLDS
                    rows.add(key)
        return equal, kept, len(rows)

    def _judge(self, tables: Tables) -> Judge:
        returned = self.ground.returned
        if tables:
            returned = replace(returned, tables=returned.tables | dict(tables))
        return Judge(self.ground.plan, self.ground.attributes, Complaints(returned))

    @cached_property
    def _own(self) -> Judge:
        return self._judge({})

    def _now(self, number: int) -> Mapping[str, int]:
        if number not in self._before:
            self._before[number] = self._outcomes(self._own, self.ground.plan.sums[number])
        return self._before[number]

    @staticmethod
    def _outcomes(judge: Judge, sums: SumPlan) -> dict[str, int]:
        found: dict[str, int] = {}
        relation = sums.check.relation
        for key, groups in judge.compared(sums):
            sides = judge.sides(sums, key, groups)
            if sides is None:
                continue
            if not holds_between(*sides, relation):
                outcome = _FAILS
            else:
                outcome = _EQUAL if relation == "equal" and sides[0] else _HOLDS
            found[key.code if isinstance(key, Row) else str(key)] = outcome
        return found

    # ── each cell by itself ─────────────────────────────────────────────────

    def _cells(self, supposed: Supposition) -> tuple[int, int] | None:
        """Count the cells that could be read then and cannot now, and those within bounds only then.

        None where something would be to be said of a cell that is in order now.
        """
        readable, within = 0, 0
        for at in supposed.touched:
            sheet, number, name = at
            rows = self.ground.returned.tables[sheet]
            rule = self.ground.rules(sheet, rows[number].code).get(name)
            if rule is None:
                continue
            then = supposed.tables.get(sheet, rows)[number].cells.get(name)
            bad, was = _is_bad(rule, then), _is_bad(rule, rows[number].cells.get(name))
            if bad and not was and at not in supposed.lost:
                return None
            if was and not bad:
                cell = rows[number].cells.get(name)
                # A blank is filled by whatever is moved there: that proves nothing.
                readable += cell is not None and bool(cell.written) and not _is_amount(cell)
                within += cell is not None and _is_amount(cell)
        return readable, within

    # ── beside last year ────────────────────────────────────────────────────

    @cached_property
    def _last(self) -> dict[Position, int]:
        """Last year's numbers by sheet, number of the row here, and field."""
        last = self.ground.last
        found: dict[Position, int] = {}
        for sheet, rows in self.ground.returned.tables.items():
            # A list's lines are other things each year.
            if last is None or self.ground.plan.sheets[sheet].sheet.layout == "list":
                continue
            before = {row.code: row for row in last.tables.get(sheet, ())}
            for number, row in enumerate(rows):
                old = before.get(row.code)
                for name, cell in old.cells.items() if old is not None else ():
                    if isinstance(cell.value, int):
                        found[sheet, number, name] = cell.value
        return found

    def _beside_last(self, supposed: Supposition) -> tuple[int, int, int]:
        """Count the cells that come near last year's number, different ones, and those that leave it."""
        near, away = 0, 0
        values: set[int] = set()
        for at in supposed.touched:
            before = self._last.get(at)
            if before is None or at in supposed.lost:
                continue
            sheet, number, name = at
            rows = self.ground.returned.tables[sheet]
            now = _amount(rows[number].cells.get(name))
            then = _amount(supposed.tables.get(sheet, rows)[number].cells.get(name))
            asked = self.ground.plan.sheets[sheet].sheet.field(name)
            few = _FEW * (asked.measured_in.step if asked is not None and asked.type == "measure" else 1)
            if is_near(then, before, few) and is_far(now, before, few):
                near += 1
                values.add(before)
            elif is_near(now, before, few) and is_far(then, before, few):
                away += 1
        return near, len(values), away


def is_near(one: int | None, before: int, few: int) -> bool:
    """Whether a number is about last year's."""
    return one is not None and (
        100 * abs(one - before) <= max(50 * few, _NEAR * abs(before))
    )


def is_far(one: int | None, before: int, few: int) -> bool:
    """Whether a number is quite another than last year's."""
    return one is None or (
        100 * abs(one - before) > max(100 * few, _FAR * max(abs(before), abs(one)))
    )


def _is_amount(cell: Cell) -> bool:
    return isinstance(cell.value, int)


def _amount(cell: Cell | None) -> int | None:
    return cell.value if cell is not None and isinstance(cell.value, int) else None


def _is_bad(rule: Rule, cell: Cell | None) -> bool:
    """Whether something is to be said of a cell alone."""
    if cell is None:
        return False
    value = cell.value
    if isinstance(value, int):
        return not (rule.number and rule.low <= value <= rule.high)
    if isinstance(value, str):
        return rule.number or not (rule.fits is None or rule.fits(value))
    if value is Missing.NOT_ANSWERED:
        return rule.field.required or bool(cell.written)
    return False
