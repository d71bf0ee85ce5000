"""Conditions: the columns they look at, and whether they can ever be fulfilled."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from xianxue.bureau.kinds.card import Bound, Condition, Where
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.columns import Column, Columns
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import from_list, instead, listed, meant, one_of

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
            do = meant(name, columns) or say("可用：{columns}", columns=listed(columns))
            here.complain(
                "C-COLUMN",
                say("“{of}”没有“{name}”这一列", of=of, name=name),
                say("这里可用的列"),
                do,
            )
            continue
        _condition(here, condition, column)
        if isinstance(condition, Bound):
            check_bound(here, condition, lines)


def check_bound(at: Spot, bound: Bound, lines: Collection[str] | None) -> None:
    """Check the numbers of a comparison, or the names of lines that stand for them."""
    sides = list(bound_sides(bound))
    if not sides:
        at.complain("C-CONDITION", say("没有写和什么数比较"), one_of(_COMPARISONS))
    for name, limit in sides:
        here = at.at(name)
        if lines is None:
            if isinstance(limit, str) and _NUMBER.fullmatch(limit) is None:
                here.complain(
                    "C-CONDITION", say("“{limit}”不是一个数", limit=limit), say("写一个数")
                )
        # A number that comes from a rule has a day and a document; written into a condition it
        # would have neither.
        elif isinstance(limit, int) or _NUMBER.fullmatch(limit):
            here.complain(
                "C-BARE",
                say("直接写了数 {limit}", limit=limit),
                say("写 lines 里一条线的名字；线上的数都有日期和依据"),
                say("在 lines 里给它起名字，写明 from、value、source、seen"),
            )
        elif limit not in lines:
            required = say("lines 里有的线")
            here.complain(
                "C-LINE", say("没有线“{limit}”", limit=limit), required, instead(limit, lines)
            )


def bound_sides(bound: Bound) -> Iterator[tuple[str, int | str]]:
    """Go through the comparisons that a bound makes."""
    for name in _COMPARISONS:
        limit: int | str | None = getattr(bound, name)
        if limit is not None:
            yield name, limit


def _condition(at: Spot, condition: Condition, column: Column) -> None:
    if isinstance(condition, Bound):
        _expect(at, column, "number", say("比较大小"))
    elif isinstance(condition, bool):
        _expect(at, column, "yes_no", say("等于 true 或 false"))
    elif column.kind in {"yes_no", "number"}:
        required = (
            say("true 或 false")
            if column.kind == "yes_no"
            else say("{comparisons} 比较", comparisons=listed(_COMPARISONS))
        )
        at.complain(
            "C-CONDITION", say("“{term}”不是代码，不能等于一段文字", term=column.term), required
        )
    else:
        wanted = [condition] if isinstance(condition, str) else condition
        if not wanted:
            at.complain("C-EMPTY", say("一个代码也没有，永远不成立"), say("至少一个代码"))
        for code in wanted:
            if column.codes is not None and code not in column.codes:
                saw = say("“{term}”里没有代码“{code}”", term=column.term, code=code)
                known = dict.fromkeys(column.codes, "")
                at.complain("C-CODE", saw, say("用代码表里的代码"), from_list(code, known))


def _expect(at: Spot, column: Column, kind: str, noun: str) -> None:
    if column.kind != kind:
        required = {
            "code": say("写代码或代码的列表"),
            "text": say("写文字"),
            "yes_no": say("写 true 或 false"),
            "number": say("用 {comparisons} 比较", comparisons=listed(_COMPARISONS)),
        }[column.kind]
        at.complain("C-CONDITION", say("“{term}”不能{noun}", term=column.term, noun=noun), required)
