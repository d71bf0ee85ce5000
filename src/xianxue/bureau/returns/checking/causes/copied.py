"""Numbers that are somebody else's: another school's, or this school's of another year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.causes.ground import AMOUNTS, Ground, Position, Supposition
from xianxue.bureau.returns.checking.plan import SheetPlan
from xianxue.bureau.returns.checking.unchanged import moves_up, repeated
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say

OTHER: Final = "R-OTHER-SCHOOL"
EARLIER: Final = "R-LAST-YEAR"
_LEAST: Final = 6
"""So many numbers have to be the very same …"""
_DIFFERENT: Final = 4
"""… and so many of them different from each other: many schools have the same zeros and ones."""
_SMALL: Final = 10
"""Numbers below this are alike everywhere."""
_MOST_UNLIKE: Final = 10
"""One in so many may have been changed since."""


@dataclass
class Known:
    """What other places reported, to be recognised; read only when it is asked for."""

    returns: Callable[[], Iterable[Return]]
    _lines: dict[tuple[str, str, tuple[tuple[str, int], ...]], set[tuple[str, str]]] | None = field(
        default=None
    )

    def places(
        self, sheet: str, code: str, numbers: tuple[tuple[str, int], ...]
    ) -> set[tuple[str, str]]:
        """Give the places and periods whose row holds just these numbers."""
        if self._lines is None:
            self._lines = {}
            for returned in self.returns():
                whose = returned.place, returned.period
                for name, rows in returned.tables.items():
                    for row in rows:
                        key = name, row.code, _numbers(row)
                        if key[2]:
                            self._lines.setdefault(key, set()).add(whose)
        return self._lines.get((sheet, code, numbers), set())


def copied(ground: Ground, known: Known) -> Iterator[Supposition]:
    """Suppose of each sheet complained of that it holds another year's or place's numbers."""
    for sheet, rows in ground.sheets():
        earlier = _earlier(ground, sheet, rows)
        if earlier is not None:
            yield earlier
        other = _others(ground, sheet, rows, known)
        if other is not None:
            yield other


def _numbers(row: Row) -> tuple[tuple[str, int], ...]:
    """Give what tells a row from others: its amounts, without zeros."""
    return tuple(
        sorted(
            (name, cell.value)
            for name, cell in row.cells.items()
            if isinstance(cell.value, int) and cell.value
        )
    )


# ── last year ───────────────────────────────────────────────────────────────


def _earlier(ground: Ground, sheet: SheetPlan, rows: tuple[Row, ...]) -> Supposition | None:
    """Where pupils stay in their grades, the numbers are last year's."""
    if ground.last is None or not moves_up(ground.shelf, sheet.sheet):
        return None
    name = sheet.sheet.sheet

    def is_amount(field: str) -> bool:
        asked = sheet.sheet.field(field)
        return asked is not None and asked.type in AMOUNTS

    found = repeated(rows, ground.last.tables.get(name, ()), is_amount)
    if found is None:
        return None
    same: set[Position] = {(name, number, field) for number, field, _ in found.cells}
    return _hidden(sheet, rows, same, EARLIER, ground.returned.place, ground.last.period)


# ── another place ───────────────────────────────────────────────────────────


def _others(
    ground: Ground, sheet: SheetPlan, rows: tuple[Row, ...], known: Known
) -> Supposition | None:
    name = sheet.sheet.sheet
    often: Counter[tuple[str, str]] = Counter()
    values: dict[tuple[str, str], set[int]] = {}
    found: dict[tuple[str, str], set[Position]] = {}
    total = 0
    for number, row in enumerate(rows):
        numbers = _numbers(row)
        total += len(numbers)
        for whose in known.places(name, row.code, numbers) if numbers else ():
            if whose[0] == ground.returned.place:
                continue
            often[whose] += len(numbers)
            values.setdefault(whose, set()).update(n for _, n in numbers if n >= _SMALL)
            found.setdefault(whose, set()).update((name, number, each) for each, _ in numbers)
    for whose, many in often.most_common(1):
        unlike = (total - many) * _MOST_UNLIKE > total
        if many >= _LEAST and len(values[whose]) >= _DIFFERENT and not unlike:
            return _hidden(sheet, rows, found[whose], OTHER, *whose)
    return None


def _hidden(  # noqa: PLR0913, PLR0917 - the cells, and whose they are
    sheet: SheetPlan,
    rows: tuple[Row, ...],
    same: set[Position],
    code: str,
    place: str,
    period: str,
) -> Supposition:
    """Suppose that nothing is known of these cells, for they are not this return's."""
    then = list(rows)
    for _, number, name in same:
        row = then[number]
        hidden = Cell(Missing.WITHHELD, row.cells[name].address)
        then[number] = Row(row.code, row.cells | {name: hidden})
    _, number, name = min(same)
    return Supposition(
        code,
        f"{code}:{sheet.sheet.sheet}:{place}:{period}",
        {sheet.sheet.sheet: tuple(then)},
        frozenset(same),
        lambda names: _words(sheet, len(same), code, names[0] if names else place, period),
        at=sheet.sheet.sheet,
        cell=rows[number].cells[name].address,
        lost=frozenset(same),
    )


def _words(sheet: SheetPlan, many: int, code: str, place: str, period: str) -> tuple[str, str]:
    term = Period.parse(period).term
    if code == EARLIER:
        return (
            say(
                "“{sheet}”像是{period}的数：有 {n} 格与那时报的一模一样",
                sheet=sheet.sheet.term,
                period=term,
                n=many,
            ),
            say("请改填本期的数"),
        )
    return (
        say(
            "“{sheet}”像是{place}的数：有 {n} 格与它{period}报的一模一样",
            sheet=sheet.sheet.term, place=place, period=term, n=many,
        ),
        say("请改填本校的数"),
    )  # fmt: skip
