"""Conditions: the columns they look at, and whether they can ever be fulfilled."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from xianxue.bureau.kinds.card import Bound, Condition, Where
from xianxue.catalogue.meaning.columns import Column, Columns
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead, listed, meant, one_of

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_COMPARISONS: Final = ("at_least", "at_most", "more_than", "less_than")


def check_where(
    at: Spot, where: Where, columns: Columns, of: str, lines: Collection[str] | None = None
) -> None:
    """Check conditions on columns of something (``of``).

    Bounds are numbers; where ``lines`` are given, they are names of these and never numbers.
    """
    for name, condition in where.items():
        here = at.at(name)
        column = columns.get(name)
        if column is None:
            do = meant(name, columns) or f"可用：{listed(columns)}"
            here.complain("C-COLUMN", f"“{of}”没有“{name}”这一列", "这里可用的列", do)
            continue
        _condition(here, condition, column)
        if isinstance(condition, Bound):
            check_bound(here, condition, lines)


def check_bound(at: Spot, bound: Bound, lines: Collection[str] | None) -> None:
    """Check the numbers of a comparison, or the names of lines that stand for them."""
    sides = list(bound_sides(bound))
    if not sides:
        at.complain("C-CONDITION", "没有写和什么数比较", one_of(_COMPARISONS))
    for name, limit in sides:
        here = at.at(name)
        if lines is None:
            if isinstance(limit, str) and _NUMBER.fullmatch(limit) is None:
                here.complain("C-CONDITION", f"“{limit}”不是一个数", "写一个数")
        elif isinstance(limit, int) or _NUMBER.fullmatch(limit):
            here.complain(
                "C-BARE",
                f"直接写了数 {limit}",
                "写 lines 里一条线的名字；线上的数都有日期和依据",
                "在 lines 里给它起名字，写明 from、value、source、seen",
            )
        elif limit not in lines:
            required = "lines 里有的线"
            here.complain("C-LINE", f"没有线“{limit}”", required, instead(limit, lines))


def bound_sides(bound: Bound) -> Iterator[tuple[str, int | str]]:
    """Go through the comparisons that a bound makes."""
    for name in _COMPARISONS:
        limit: int | str | None = getattr(bound, name)
        if limit is not None:
            yield name, limit


def _condition(at: Spot, condition: Condition, column: Column) -> None:
    if isinstance(condition, Bound):
        _expect(at, column, "number", "比较大小")
    elif isinstance(condition, bool):
        _expect(at, column, "yes_no", "等于 true 或 false")
    elif column.kind in {"yes_no", "number"}:
        required = "true 或 false" if column.kind == "yes_no" else f"{listed(_COMPARISONS)} 比较"
        at.complain("C-CONDITION", f"“{column.term}”不是代码，不能等于一段文字", required)
    else:
        wanted = [condition] if isinstance(condition, str) else condition
        if not wanted:
            at.complain("C-EMPTY", "一个代码也没有，永远不成立", "至少一个代码")
        for code in wanted:
            if column.codes is not None and code not in column.codes:
                saw = f"“{column.term}”里没有代码“{code}”"
                at.complain("C-CODE", saw, "用代码表里的代码", instead(code, column.codes))


def _expect(at: Spot, column: Column, kind: str, noun: str) -> None:
    if column.kind != kind:
        required = {
            "code": "写代码或代码的列表",
            "text": "写文字",
            "yes_no": "写 true 或 false",
            "number": f"用 {listed(_COMPARISONS)} 比较",
        }[column.kind]
        at.complain("C-CONDITION", f"“{column.term}”不能{noun}", required)
