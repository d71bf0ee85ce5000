"""Whether a supposition fits: what would agree if it were so, and what would not any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Final, Literal

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.causes.ground import Ground, Position, Supposition, Tables
from xianxue.bureau.returns.checking.complaints import Complaints
from xianxue.bureau.returns.checking.plan import CheckPlan, Rule
from xianxue.bureau.returns.checking.sum_plan import SumPlan
from xianxue.bureau.returns.checking.sums import Judge, holds_between
from xianxue.bureau.returns.sheets.by_identity import Same
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, replace

_FAILS, _HOLDS, _EQUAL = 0, 1, 2
"""How a comparison ends: an equality between amounts proves more than a bound that is kept."""
_NEAR: Final = 10
"""In per cent: so little most numbers of a school change in a year."""
_FAR: Final = 35
"""In per cent: so much hardly any of them does."""
_OUTWEIGHED: Final = 3
"""So much has to speak for it for each thing that speaks against it."""
_FEW: Final = 4
"""In whole units: of small numbers a percentage says nothing."""


Kind = Literal["equal", "kept", "readable", "filled", "near"]
"""Sums that came out different and would be equal; other comparisons that failed and would hold,
and cells beyond their bounds that would be within; cells that cannot be read where they stand and
could; blanks that would be filled; cells far from last year's number that would be near it."""


class Point(Record):
    """One thing that speaks for a supposition."""

    kind: Kind
    row: str
    fields: frozenset[tuple[str, str]]
    """The fields it is about, as far as they would be different."""


class Evidence(Record):
    """What speaks for a supposition."""

    points: Sequence[Point]

    def count(self, *kinds: Kind) -> int:
        """Count what is of some kinds."""
        return sum(point.kind in kinds for point in self.points)

    @property
    def firm(self) -> int:
        """What hardly happens by chance."""
        return self.count("equal", "readable", "near")

    @property
    def total(self) -> int:
        """Everything that would agree."""
        return len(self.points)

    @property
    def beyond_one(self) -> int:
        """How much of it no single wrong field explains."""
        often = Counter(field for point in self.points for field in point.fields)
        return self.total - max(often.values(), default=0)

    @property
    def rows(self) -> int:
        """In how many rows of a sheet it is seen."""
        return len({point.row for point in self.points if point.row})

    @property
    def score(self) -> int:
        """For telling the better of two suppositions."""
        # A blank is where a slip begins; but whatever is moved there fills it.
        return self.total + self.firm + 2 * self.count("filled")


@dataclass
class Scales:
    """Weighs suppositions about one return."""

    ground: Ground
    _before: dict[int, dict[str, int]] = field(default_factory=dict[int, dict[str, int]])
    _broken: Counter[int] = field(default_factory=Counter[int])
    """How often a comparison has spoken against a supposition."""

    def weigh(self, supposed: Supposition) -> Evidence | None:
        """Give the evidence; None where anything would be wrong that is not wrong now."""
        cells = self._cells(supposed)
        if cells is None:
            return None
        near, away = self._beside_last(supposed)
        if away * _OUTWEIGHED > len(near):
            return None
        sums = self._sums(supposed, len(cells) + len(near))
        return None if sums is None else Evidence((*cells, *near, *sums))

    # ── comparisons of the form ─────────────────────────────────────────────

    def _sums(self, supposed: Supposition, seen: int) -> list[Point] | None:
        """Give what would hold then; None where too little would, or anything would not any more.

        ``seen``: how much speaks for it already.
        """
        by_field, fields = _asked_by(Same(self.ground.plan))
        touched = frozenset((sheet, name) for sheet, _, name in supposed.touched)
        numbers = set[int]().union(*(by_field.get(each, ()) for each in touched))
        failing = numbers & self._failing
        if not failing and seen < supposed.least:
            return None
        judge = self._judge(supposed.tables)
        points: list[Point] = []
        still = 0
        # What fails now is looked at first: most suppositions mend nothing.
        for number in failing:
            # A sum over the whole return is seen in none of its rows.
            rowwise = self.ground.plan.sums[number].check.by in {"row", "code"}
            for key, after in self._outcomes(judge, self.ground.plan.sums[number]).items():
                was = self._now(number).get(key)
                if after == _FAILS and was != _FAILS:
                    return None
                still += after == _FAILS
                # A sum that a blank has kept from being compared, and that comes out even then,
                # is as good.
                if after != _FAILS and (was == _FAILS or (after == _EQUAL and was is None)):
                    kind: Kind = "equal" if after == _EQUAL else "kept"
                    points.append(Point(kind, key if rowwise else "", touched & fields[number]))
        # What stays wrong with the same numbers speaks for another story.
        if still * _OUTWEIGHED > len(points) or seen + len(points) < supposed.least:
            return None
        # Then what holds now, and what broke another story first: it may well break this one.
        for number in sorted(numbers - failing, key=lambda one: -self._broken[one]):
            if _breaks(judge, self.ground.plan.sums[number]):
                self._broken[number] += 1
                return None
        return points

    @cached_property
    def _failing(self) -> set[int]:
        """The comparisons that do not hold, or that cannot be made for want of a number."""
        return {
            number
            for number, sums in enumerate(self.ground.plan.sums)
            if _FAILS in (now := self._now(number)).values()
            or (not now and sums.check.relation == "equal")
        }

    def _judge(self, tables: Tables) -> Judge:
        returned = self.ground.returned
        if tables:
            returned = replace(returned, tables=returned.tables | dict(tables))
        judge = Judge(self.ground.plan, self.ground.attributes, Complaints(returned))
        if tables:
            # How the other sheets are grouped is known already.
            own = self._own.grouped.items()
            judge.grouped = {key: groups for key, groups in own if key[0] not in tables}
        return judge

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

    def _cells(self, supposed: Supposition) -> list[Point] | None:
        """Give the cells of which something is to be said now and would not be.

        None where something would be to be said of a cell that is in order now.
        """
        points: list[Point] = []
        for at in supposed.touched:
            sheet, number, name = at
            rows = self.ground.returned.tables[sheet]
            rule = self.ground.rules(sheet, rows[number].code).get(name)
            now = rows[number].cells.get(name)
            if rule is None or now is None:
                continue
            then = supposed.tables.get(sheet, rows)[number].cells.get(name)
            bad, was = _is_bad(rule, then), _is_bad(rule, now)
            if bad and not was and at not in supposed.lost:
                return None
            if was and not bad and at not in supposed.lost:
                kind: Kind = "kept"
                if not isinstance(now.value, int):
                    kind = "readable" if now.written else "filled"
                points.append(Point(kind, rows[number].code, frozenset({(sheet, name)})))
        return points

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

    def _beside_last(self, supposed: Supposition) -> tuple[list[Point], int]:
        """Give the cells that come near last year's number, and count those that leave it."""
        near: list[Point] = []
        away = 0
        for at in supposed.touched:
            before = self._last.get(at)
            if before is None or at in supposed.lost:
                continue
            sheet, number, name = at
            rows = self.ground.returned.tables[sheet]
            now = _amount(rows[number].cells.get(name))
            then = _amount(supposed.tables.get(sheet, rows)[number].cells.get(name))
            asked = self.ground.plan.sheets[sheet].sheet.field(name)
            few = _FEW * (
                asked.measured_in.step if asked is not None and asked.type == "measure" else 1
            )
            if is_near(then, before, few) and is_far(now, before, few):
                point = Point("near", rows[number].code, frozenset({(sheet, name)}))
                near.append(point)
            elif is_near(now, before, few) and is_far(then, before, few):
                away += 1
        return near, away


def _breaks(judge: Judge, sums: SumPlan) -> bool:
    """Whether a comparison fails anywhere."""
    return any(
        not holds_between(*sides, sums.check.relation)
        for key, groups in judge.compared(sums)
        if (sides := judge.sides(sums, key, groups)) is not None
    )


@lru_cache(maxsize=64)
def _asked_by(
    plan: Same[CheckPlan],
) -> tuple[dict[tuple[str, str], set[int]], list[frozenset[tuple[str, str]]]]:
    """Give the numbers of the comparisons that ask of a field, and the fields of each."""
    by_field: dict[tuple[str, str], set[int]] = {}
    fields: list[frozenset[tuple[str, str]]] = []
    for number, sums in enumerate(plan.it.sums):
        own: set[tuple[str, str]] = set()
        for side in sums.sides:
            for term in side:
                name = term.field.field if term.field is not None else ""
                keys = (name, *(each.name for each in term.where), term.sheet.stage_by)
                own |= {(term.sheet.sheet, key) for key in keys}
        fields.append(frozenset(own))
        for each in own:
            by_field.setdefault(each, set()).add(number)
    return by_field, fields


def is_near(one: int | None, before: int, few: int) -> bool:
    """Whether a number is about last year's."""
    return one is not None and (100 * abs(one - before) <= max(50 * few, _NEAR * abs(before)))


def is_far(one: int | None, before: int, few: int) -> bool:
    """Whether a number is quite another than last year's."""
    return one is None or (
        100 * abs(one - before) > max(100 * few, _FAR * max(abs(before), abs(one)))
    )


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
