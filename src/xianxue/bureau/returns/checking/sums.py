"""The form's own comparisons: arithmetic within and between sheets.

A comparison over a number that is hidden is not judged: the blank is reported by its own rule.
Which of the numbers is the wrong one cannot be told, so all of them are named.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from xianxue.bureau.issues.issue import End, Severity
from xianxue.bureau.kinds.card import Comparison
from xianxue.bureau.places.place import Attributes
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.returns.checking.complaints import Complaints, row_name
from xianxue.bureau.returns.checking.plan import CheckPlan, SheetPlan
from xianxue.bureau.returns.checking.sum_plan import SumPlan, TermPlan, holds
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import joined, say

# More addresses than this hide the two sums that are compared.
_MOST_CELLS: Final = 4
_WORDS: Final = {"at_least": say("小于"), "at_most": say("大于"), "equal": say("不等于")}
_RELATIONS: Final[dict[Comparison, Callable[[int, int], bool]]] = {
    "at_most": operator.le,
    "at_least": operator.ge,
    "equal": operator.eq,
}
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
    judge = Judge(plan, attributes, complaints)
    for sums in plan.sums:
        # Nearly all checks compare fields of one row: these need no groups.
        if sums.plain_row is not None:
            judge.plain_rows(sums, *sums.plain_row)
        else:
            judge.groups(sums)


_Key = str | Stage
_Groups = dict[_Key | None, list[Row]]


class Judge:
    """Compares the numbers of one return as a form's comparisons ask."""

    def __init__(
        self, plan: CheckPlan, attributes: Attributes | None, complaints: Complaints
    ) -> None:
        self.plan = plan
        self.attributes = attributes
        self.complaints = complaints
        self.tables = complaints.returned.tables
        self.grouped: dict[tuple[str, str], _Groups | None] = {}
        self.doubted: set[str] = set()
        """The cells of which a comparison has complained: of one amount one doubt is enough."""

    def plain_rows(self, sums: SumPlan, left: Sequence[str], right: Sequence[str]) -> None:
        """Compare fields of each row: nearly all checks are of this kind, and nearly all hold."""
        relation = sums.check.relation
        fits = _RELATIONS[relation]
        a, b = left[0], right[0]
        alone = len(left) == 1 == len(right)
        for row in self.tables.get(sums.sheets[0], ()):
            cells = row.cells
            if alone and a in cells and b in cells:
                # Two plain numbers in their right relation, as nearly always.
                x, y = cells[a].value, cells[b].value
                # Plain integers only: a truth value would compare, too, and is no amount.
                if type(x) is int and type(y) is int and fits(x, y):
                    continue
            one, other = _plain_total(row, left), _plain_total(row, right)
            if one is not None and other is not None and not holds_between(one, other, relation):
                self._judge(sums, row, {sums.sheets[0]: [row]})

    def groups(self, sums: SumPlan) -> None:
        """Compare group by group: rows, codes, stages or the whole return."""
        for key, groups in self.compared(sums):
            self._judge(sums, key, groups)

    def compared(self, sums: SumPlan) -> Iterator[tuple[_Key | Row, Mapping[str, Sequence[Row]]]]:
        """Give what is compared with what: the group's name, and its rows by sheet."""
        tables = {name: self.tables[name] for name in sums.sheets if name in self.tables}
        # A side without terms is a bound that holds for any place.
        if not all(any(t.sheet.sheet in tables for t in side) for side in sums.sides if side):
            return  # nothing is asked on one side
        if sums.check.by == "return":
            yield "", tables
        elif sums.check.by == "row":
            for row in tables.get(sums.sheets[0], ()):
                yield row, {sums.sheets[0]: [row]}
        else:
            yield from self._keyed(sums, tables)

    def _keyed(
        self, sums: SumPlan, tables: dict[str, tuple[Row, ...]]
    ) -> Iterator[tuple[_Key, Mapping[str, Sequence[Row]]]]:
        groups: dict[str, _Groups] = {}
        for name in tables:
            by_key = self._group(name, sums.check.by)
            if by_key is None:
                return
            # One sheet whose rows cannot be grouped spoils the comparison of every group.
            groups[name] = by_key
        # A list without a row of some key counts as zero there; a grid without it asks nothing.
        lists = {name for name in tables if self.plan.sheets[name].sheet.stage_by}
        # In the order of the sheets: complaints come in the order in which a reader meets the rows.
        for key in dict.fromkeys(key for by_key in groups.values() for key in by_key):
            # A row that belongs to no group, such as a grade without a stage, is compared with
            # none.
            if key is not None:
                here = {
                    name: by_key.get(key, [])
                    for name, by_key in groups.items()
                    if key in by_key or name in lists
                }
                yield key, here

    def _group(self, name: str, by: str) -> _Groups | None:
        """Group a sheet's rows; None where nobody knows of one of them where it belongs.

        Such a row might belong anywhere.
        """
        if (name, by) not in self.grouped:
            sheet = self.plan.sheets[name]
            groups: _Groups | None = {}
            for row in self.tables[name]:
                key = self._key(sheet, row, by)
                if isinstance(key, Missing):
                    groups = None
                    break
                groups.setdefault(key, []).append(row)
            self.grouped[name, by] = groups
        return self.grouped[name, by]

    def _key(self, sheet: SheetPlan, row: Row, by: str) -> _Key | Missing | None:
        """Say which group a row belongs to; NOT_ANSWERED if nobody can know."""
        stage_by = sheet.sheet.stage_by
        if stage_by:
            code = row.cells.get(stage_by, _EMPTY).value
            if not isinstance(code, str):
                # A line whose grade nobody knows might belong to any.
                return Missing.NOT_ANSWERED
        else:
            code = row.code if sheet.sheet.layout == "grid" else ""
        return (code or None) if by == "code" else sheet.stages.get(code)

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
        key: _Key | Row,
        groups: Mapping[str, Sequence[Row]],
    ) -> None:
        sides = self.sides(sums, key, groups)
        if sides is None or holds_between(*sides, sums.check.relation):
            return
        code = _code(sums, key)
        left, right = (
            [self._add(term, groups.get(term.sheet.sheet), code) for term in side]
            for side in (sums.left, sums.right)
        )
        self._complain(sums, self._label(sums, key), left, right)

    def sides(
        self, sums: SumPlan, key: _Key | Row, groups: Mapping[str, Sequence[Row]]
    ) -> tuple[int, int] | None:
        """Add up both sides, with what is allowed beyond the right one.

        None where nothing is asked or a number is not known. Which cells they were made of is only
        gathered for a complaint.
        """
        code = _code(sums, key)
        try:
            one, other = (self._sum(side, groups, code) for side in (sums.left, sums.right))
        except _HiddenError:
            return None
        other = 0 if not sums.right else other
        return None if one is None or other is None else (one, other + sums.allow)

    def _sum(
        self, terms: Sequence[TermPlan], groups: Mapping[str, Sequence[Row]], code: str | None
    ) -> int | None:
        """Add up a side, as nearly always that is all there is to know; None if nothing is asked.

        Raises where a number is not known.
        """
        total: int | None = None
        for term in terms:
            rows = groups.get(term.sheet.sheet)
            if rows is None:
                continue
            if term.where or term.field is None:
                amount = self._add(term, rows, code).amount
            else:
                amount = _plain_sum(rows, term.field.field, term.weight)
                # A list without lines says that there are none: that is a zero, unlike a blank
                # cell.
                if amount is None and term.sheet.layout == "list":
                    amount = 0
            if amount is not None:
                total = amount if total is None else total + amount
        return total

    def _add(self, term: TermPlan, rows: Sequence[Row] | None, code: str | None) -> _Part:
        """Add up a term over rows; ``code`` is what they are grouped by, where it is a code."""
        part = _Part(term)
        if rows is None:
            return part
        if term.sheet.layout == "list":
            part.amount = 0
        conditions = term.where
        if code is not None and term.by_code is not None:
            # The rows of a group have one code: all of them count, or none.
            if code not in term.by_code:
                return part
            conditions = ()
        for row in rows:
            if conditions and not self._takes(term, row):
                continue
            if term.field is None:
                part.amount = (part.amount or 0) + term.weight
                continue
            cell = row.cells.get(term.field.field, _EMPTY)
            if isinstance(cell.value, int):
                part.amount = (part.amount or 0) + cell.value * term.weight
                part.cells.append(cell)
            # Not applicable and not asked take no part; a blank or withheld number hides the sum.
            elif not isinstance(cell.value, Missing) or cell.value.hides_a_number:
                raise _HiddenError
        return part

    def _takes(self, term: TermPlan, row: Row) -> bool:
        """Whether a row meets a term's conditions; raise where that is not known."""
        for where in term.where:
            value = (
                row.cells.get(where.name, _EMPTY).value
                if where.asked
                else self._of_row(term, row, where.name)
            )
            # Most conditions name codes: these are judged without looking at the condition's kind.
            if where.codes is not None and isinstance(value, str):
                if value not in where.codes:
                    return False
                continue
            # Nobody can say whether the row is meant.
            if value is Missing.NOT_ANSWERED or value is Missing.WITHHELD:
                raise _HiddenError
            if isinstance(value, Missing) or not holds(value, where.condition, where.step):
                return False
        return True

    def _of_row(self, term: TermPlan, row: Row, name: str) -> object:
        """Give what a row or its school is, beside its fields."""
        if name == "row":
            return row.code
        if name == "stage":
            key = self._key(self.plan.sheets[term.sheet.sheet], row, "stage")
            return Missing.NOT_ASKED if key is None else key
        if self.attributes is None:
            return Missing.NOT_ANSWERED
        return getattr(self.attributes, name, Missing.NOT_ASKED)

    def _is_refused(self, part: _Part, address: str) -> bool:
        """Whether the cell is to be mended whatever it is compared with."""
        tab = self.complaints.returned.tabs.get(
            part.term.sheet.sheet, self.plan.sheets[part.term.sheet.sheet].tab
        )
        return any(
            issue.severity is Severity.MUST_FIX and (issue.sheet, issue.cell) == (tab, address)
            for _, issue in self.complaints.found
        )

    def _complain(self, sums: SumPlan, label: str, left: list[_Part], right: list[_Part]) -> None:
        one, other = _total(left) or 0, _total(right) or 0
        across = len(sums.sheets) > 1
        if sums.sensible:
            # Both as they stand: what is multiplied to compare them is said by the rule.
            compared = joined(
                "；", (_as_it_stands(sums, part, across=across) for part in (*left, *right))
            )
        else:
            texts = [_side(sums, parts, across=across) for parts in (left, right)]
            word = _WORDS[sums.check.relation]
            # Exact to the end: a difference of one fen is a difference.
            apart = plain(Fraction(abs(one - other), sums.scale))
            compared = say(
                "{left}，{word}{right}，相差 {apart}",
                left=texts[0],
                word=word,
                right=texts[1],
                apart=apart,
            )
        saw = say("{label}：{compared}", label=label, compared=compared) if label else compared
        # The complaint stands at the first cell that took part; a count of rows has none.
        first = next((part for part in (*left, *right) if part.cells), left[0])
        address = first.cells[0].address if first.cells else ""
        key = f"{first.term.sheet.sheet}.{address}"
        if sums.sensible and (key in self.doubted or self._is_refused(first, address)):
            return
        self.doubted.add(key)
        self.complaints.add(
            sums.check.check,
            sums.check.severity,
            self.plan.sheets[first.term.sheet.sheet],
            saw,
            sums.check.term,
            sums.check.do,
            cell=address,
            asked=first.term.field,
            citation=sums.citation,
            value=_values(sums, [*left, *right]),
            ends=() if sums.sensible else self._ends(sums, left, right),
            relation=sums.check.relation,
        )

    def _ends(self, sums: SumPlan, left: list[_Part], right: list[_Part]) -> tuple[End, ...]:
        """Give both ends of a comparison, term by term."""
        tabs, across = self.complaints.returned.tabs, len(sums.sheets) > 1
        return tuple(
            End(
                at == 1,
                _name(part, across=across),
                tabs.get(part.term.sheet.sheet, self.plan.sheets[part.term.sheet.sheet].tab),
                plain(Fraction(part.amount, sums.scale)),
                tuple((cell.address, cell.written) for cell in part.cells if cell.address),
            )
            for at, parts in enumerate((left, right))
            for part in parts
            if part.amount is not None
        )


def _code(sums: SumPlan, key: _Key | Row) -> str | None:
    """Give the code that a group's rows share, where that is what they are grouped by."""
    return key if sums.check.by == "code" and isinstance(key, str) else None


def _plain_sum(rows: Sequence[Row], name: str, weight: int) -> int | None:
    """Add up a field over rows, as ``Judge._add`` does without conditions."""
    total: int | None = None
    for row in rows:
        cell = row.cells.get(name)
        value = Missing.NOT_ASKED if cell is None else cell.value
        if isinstance(value, int):
            total = value * weight if total is None else total + value * weight
        elif not isinstance(value, Missing) or value.hides_a_number:
            raise _HiddenError
    return total


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


def holds_between(left: int, right: int, relation: Comparison) -> bool:
    """Whether two sums stand in a relation."""
    return _RELATIONS[relation](left, right)


# ── wording ─────────────────────────────────────────────────────────────────


def _side(sums: SumPlan, parts: list[_Part], *, across: bool) -> str:
    known = [part for part in parts if part.amount is not None]
    text = ""
    for part in known:
        if part.term.times < 0:
            text += " − " if text else "−"
        elif text:
            text += " ＋ "
        text += _part(sums, part, across=across)
    if len(known) > 1:
        text += f" ＝ {plain(Fraction(_total(known) or 0, sums.scale))}"
    return text


def _part(sums: SumPlan, part: _Part, *, across: bool) -> str:
    times = part.term.times
    name = _name(part, across=across)
    if times not in {1, -1}:
        name += f"×{plain(abs(times))}"
    # The sign of the term stands before it; what is left of it is the amount's own.
    amount = Fraction(part.amount or 0, sums.scale) * (-1 if times < 0 else 1)
    return name + _where(part) + f" {plain(amount)}"


def _as_it_stands(sums: SumPlan, part: _Part, *, across: bool) -> str:
    """Say an amount as the workbook has it, whatever it is multiplied by to be compared."""
    amount = Fraction(part.amount or 0, sums.scale)
    amount = amount / part.term.times if part.term.times else amount
    name = _name(part, across=across)
    if part.term.field is None:
        name = say("{sheet}数", sheet=part.term.sheet.term)
    return name + _where(part) + f" {plain(amount)}"


def _name(part: _Part, *, across: bool) -> str:
    term = part.term
    name = term.field.term if term.field else say("行数")
    if across or term.field is None:
        return joined("·", (term.sheet.term, name))
    return name


def _where(part: _Part) -> str:
    where = [cell.address for cell in part.cells if cell.address]
    if len(where) > _MOST_CELLS:
        return say("（{cell} 等 {n} 格）", cell=where[0], n=len(where))
    return say("（{cells}）", cells=joined("、", where)) if where else ""
