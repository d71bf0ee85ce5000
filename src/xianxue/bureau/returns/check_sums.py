"""The form's own comparisons: arithmetic within and between sheets.

A comparison over a number that is hidden is not judged: the blank is reported by its own rule.
Which of the numbers is the wrong one cannot be told, so all of them are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.card import Comparison
from xianxue.bureau.places.place import Attributes
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.returned import Cell, Row
from xianxue.bureau.returns.check_plan import CheckPlan, SheetPlan
from xianxue.bureau.returns.complaint import Complaints, row_name
from xianxue.bureau.returns.sum_plan import SumPlan, TermPlan, holds
from xianxue.bureau.returns.wording import decimals_of
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.rounding import plain

_MOST_CELLS: Final = 4
_WORDS: Final = {"at_least": "小于", "at_most": "大于", "equal": "不等于"}
_EMPTY: Final = Cell(Missing.NOT_ASKED)


class _HiddenError(Exception):
    """A number that takes part is not known."""


@dataclass
class _Part:
    """One term added up."""

    term: TermPlan
    amount: int | None = None
    """In the check's common steps; None where nothing is asked at all."""
    cells: list[Cell] = field(default_factory=list[Cell])


def check_sums(plan: CheckPlan, attributes: Attributes | None, complaints: Complaints) -> None:
    """Judge every comparison of the form, wherever its numbers are there."""
    judge = _Judge(plan, attributes, complaints)
    for sums in plan.sums:
        if sums.plain_row is not None:
            judge.plain_rows(sums, *sums.plain_row)
        else:
            judge.groups(sums)


class _Judge:
    def __init__(
        self, plan: CheckPlan, attributes: Attributes | None, complaints: Complaints
    ) -> None:
        self.plan = plan
        self.attributes = attributes
        self.complaints = complaints
        self.tables = complaints.returned.tables

    def plain_rows(self, sums: SumPlan, left: Sequence[str], right: Sequence[str]) -> None:
        """Compare fields of each row: nearly all checks are of this kind, and nearly all hold."""
        relation = sums.check.relation
        for row in self.tables.get(sums.sheets[0], ()):
            one, other = _plain_total(row, left), _plain_total(row, right)
            if one is not None and other is not None and not _compare(one, other, relation):
                self._judge(sums, row, {sums.sheets[0]: [row]})

    def groups(self, sums: SumPlan) -> None:
        """Compare group by group: rows, codes, stages or the whole return."""
        tables = {name: self.tables[name] for name in sums.sheets if name in self.tables}
        if sums.check.by == "return":
            self._judge(sums, "", tables)
        elif sums.check.by == "row":
            for row in tables.get(sums.sheets[0], ()):
                self._judge(sums, row, {sums.sheets[0]: [row]})
        else:
            self._keyed(sums, tables)

    def _keyed(self, sums: SumPlan, tables: dict[str, tuple[Row, ...]]) -> None:
        groups: dict[str, dict[str | Stage | None, list[Row]]] = {}
        for name, rows in tables.items():
            sheet = self.plan.sheets[name]
            by_key = groups.setdefault(name, {})
            for row in rows:
                key = self._key(sheet, row, sums.check.by)
                if isinstance(key, Missing):
                    return  # a row of which nobody knows where it belongs might belong anywhere
                by_key.setdefault(key, []).append(row)
        # A list without a row of some key counts as zero there; a grid without it asks nothing.
        lists = {name for name in tables if self.plan.sheets[name].sheet.stage_by}
        for key in dict.fromkeys(key for by_key in groups.values() for key in by_key):
            if key is not None:
                here = {
                    name: by_key.get(key, [])
                    for name, by_key in groups.items()
                    if key in by_key or name in lists
                }
                self._judge(sums, key, here)

    def _key(self, sheet: SheetPlan, row: Row, by: str) -> str | Stage | Missing | None:
        """Say which group a row belongs to; NOT_ANSWERED if nobody can know."""
        code = row.code if sheet.sheet.layout == "grid" else ""
        if sheet.sheet.stage_by:
            value = row.cells.get(sheet.sheet.stage_by, _EMPTY).value
            if not isinstance(value, str):
                return Missing.NOT_ANSWERED
            code = value
        if by == "code":
            return code or None
        return sheet.stages.get(code)

    def _label(self, sums: SumPlan, key: str | Stage | Row) -> str:
        if isinstance(key, Row):
            return row_name(self._sheet(sums), key)
        if isinstance(key, Stage):
            return key.term
        for name in sums.sheets:
            label = self.plan.sheets[name].labels.get(key)
            if label:
                return label
        return key

    def _sheet(self, sums: SumPlan) -> SheetPlan:
        return self.plan.sheets[sums.sheets[0]]

    # ── one comparison ──────────────────────────────────────────────────────

    def _judge(
        self,
        sums: SumPlan,
        key: str | Stage | Row,
        groups: dict[str, list[Row]] | dict[str, tuple[Row, ...]],
    ) -> None:
        try:
            left = [self._add(term, groups.get(term.sheet.sheet)) for term in sums.left]
            right = [self._add(term, groups.get(term.sheet.sheet)) for term in sums.right]
        except _HiddenError:
            return
        one, other = _total(left), _total(right)
        if one is not None and other is not None and not _compare(one, other, sums.check.relation):
            self._complain(sums, self._label(sums, key), left, right)

    def _add(self, term: TermPlan, rows: Iterable[Row] | None) -> _Part:
        part = _Part(term)
        if rows is None:
            return part
        if term.sheet.layout == "list":
            part.amount = 0
        for row in rows:
            if not self._takes(term, row):
                continue
            if term.field is None:
                part.amount = (part.amount or 0) + term.weight
                continue
            cell = row.cells.get(term.field.field, _EMPTY)
            if isinstance(cell.value, int):
                part.amount = (part.amount or 0) + cell.value * term.weight
                part.cells.append(cell)
            elif not isinstance(cell.value, Missing) or cell.value.hides_a_number:
                raise _HiddenError
        return part

    def _takes(self, term: TermPlan, row: Row) -> bool:
        """Whether a row meets a term's conditions; raise where that is not known."""
        for name, condition in term.where.items():
            value, step = self._value(term, row, name)
            if value is Missing.NOT_ANSWERED or value is Missing.WITHHELD:
                raise _HiddenError
            if isinstance(value, Missing) or not holds(value, condition, step):
                return False
        return True

    def _value(self, term: TermPlan, row: Row, name: str) -> tuple[object, int]:
        asked = term.sheet.field(name)
        if asked is not None:
            return row.cells.get(name, _EMPTY).value, 10 ** decimals_of(asked)
        if name == "row":
            return row.code, 1
        if name == "stage":
            key = self._key(self.plan.sheets[term.sheet.sheet], row, "stage")
            return Missing.NOT_ASKED if key is None else key, 1
        if self.attributes is None:
            return Missing.NOT_ANSWERED, 1
        return getattr(self.attributes, name, Missing.NOT_ASKED), 1

    def _complain(self, sums: SumPlan, label: str, left: list[_Part], right: list[_Part]) -> None:
        one, other = _total(left) or 0, _total(right) or 0
        across = len(sums.sheets) > 1
        texts = [_side(sums, parts, across=across) for parts in (left, right)]
        word = _WORDS[sums.check.relation]
        apart = plain(Fraction(abs(one - other), sums.scale))
        saw = f"{label}：" if label else ""
        saw += f"{texts[0]}，{word}{texts[1]}，相差 {apart}"
        first = next((part for part in (*left, *right) if part.cells), left[0])
        self.complaints.add(
            sums.check.check,
            sums.check.severity,
            self.plan.sheets[first.term.sheet.sheet],
            saw,
            sums.check.term,
            sums.check.do,
            cell=first.cells[0].address if first.cells else "",
            asked=first.term.field,
            citation=sums.citation,
            value=_values(sums, [*left, *right]),
        )


def _values(sums: SumPlan, parts: list[_Part]) -> str:
    """Give all amounts that are compared: an explanation holds while all of them stay."""
    return "；".join(
        plain(Fraction(part.amount, sums.scale)) for part in parts if part.amount is not None
    )


def _plain_total(row: Row, names: Sequence[str]) -> int | None:
    """Add fields of a row; None where that cannot be known or nothing is asked."""
    total: int | None = None
    cells = row.cells
    for name in names:
        cell = cells.get(name)
        if cell is None:
            continue
        value = cell.value
        if isinstance(value, int):
            total = value if total is None else total + value
        elif not isinstance(value, Missing) or value.hides_a_number:
            return None
    return total


def _total(parts: Iterable[_Part]) -> int | None:
    amounts = [part.amount for part in parts if part.amount is not None]
    return sum(amounts) if amounts else None


def _compare(left: int, right: int, relation: Comparison) -> bool:
    if relation == "at_most":
        return left <= right
    return left >= right if relation == "at_least" else left == right


# ── wording ─────────────────────────────────────────────────────────────────


def _side(sums: SumPlan, parts: list[_Part], *, across: bool) -> str:
    known = [part for part in parts if part.amount is not None]
    text = ""
    for part in known:
        if text:
            text += " − " if part.term.times < 0 else " ＋ "
        text += _part(sums, part, across=across)
    if len(known) > 1:
        text += f" ＝ {plain(Fraction(_total(known) or 0, sums.scale))}"
    return text


def _part(sums: SumPlan, part: _Part, *, across: bool) -> str:
    term = part.term
    name = term.field.term if term.field else "行数"
    if across or term.field is None:
        name = f"{term.sheet.term}·{name}"
    if term.times not in {1, -1}:
        name += f"×{plain(abs(term.times))}"
    where = [cell.address for cell in part.cells if cell.address]
    if len(where) > _MOST_CELLS:
        name += f"（{where[0]} 等 {len(where)} 格）"
    elif where:
        name += f"（{'、'.join(where)}）"
    return f"{name} {plain(abs(Fraction(part.amount or 0, sums.scale)))}"
