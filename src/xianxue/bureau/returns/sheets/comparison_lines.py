"""What a return is compared with, as lines of a template's hidden sheet.

So a school's own machine asks what the bureau would ask. The grey values beside the answers are
for people: they can be typed over, and a list leaves out the classes that have gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.brought import Brought, Norm, PeerGroup
from xianxue.bureau.records.cells import Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing

VERSION: Final = "1"
"""Of the hidden sheet itself."""
LAST: Final = "last"
CELL: Final = "cell"
NORMS: Final = "norms"
NORM: Final = "norm"
EXPLAINED: Final = "explained"

Line = tuple[str, ...]


def compared_part(returned: Return, form: Form) -> Mapping[str, tuple[Row, ...]]:
    """Give the numbers of a return that rules hold this year's against, sheet by sheet."""
    wanted: dict[str, set[str]] = {}
    for rule in form.unusual:
        for reference in rule.fields if rule.peers is None else ():
            sheet, _, name = reference.partition(".")
            wanted.setdefault(sheet, set()).add(name)
    return {
        sheet: tuple(
            Row(row.code, {n: cell for n, cell in row.cells.items() if n in wanted[sheet]})
            for row in rows
        )
        for sheet, rows in returned.tables.items()
        if sheet in wanted
    }


def lines_of(brought: Brought) -> Iterator[Line]:
    """Put what a workbook brings along into lines of text, in an order of their own."""
    if brought.last is not None:
        yield (LAST,)
        for sheet, rows in sorted(brought.last.items()):
            for row in rows:
                for name, cell in sorted(row.cells.items()):
                    value = cell.value.value if isinstance(cell.value, Missing) else cell.value
                    yield (CELL, sheet, row.code, name, str(value))
    if brought.norms is not None:
        yield (NORMS,)
        for group, norm in sorted(brought.norms.items(), key=_order):
            yield (
                NORM,
                group.rule,
                group.field,
                group.row,
                group.school_type,
                str(group.size),
                str(norm.count),
                *(_ratio(each) for each in (norm.middle, norm.spread, norm.mean)),
            )
    for each in brought.explained:
        day = each.on.isoformat()
        yield (EXPLAINED, each.rule, each.field, each.value, each.text, each.by, day)


def _order(item: tuple[PeerGroup, Norm]) -> tuple[str, str, str, str, int]:
    group, _ = item
    return group.rule, group.field, group.row, group.school_type, group.size


def _ratio(number: Fraction) -> str:
    return f"{number.numerator}/{number.denominator}"
