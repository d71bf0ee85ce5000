"""Sums of terms: what they name, and that only like is added to like."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from xianxue.bureau.kinds.card import Bound, Condition
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.catalogue.meaning.cited import finite
from xianxue.catalogue.meaning.conditions import bound_sides, check_where
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

PLACES: Final = "places"
"""What a term counts when it counts the schools themselves."""
ADDABLE: Final = frozenset({"integer", "measure", "yes_no"})
"""The types of fields that are numbers one can add."""


class Read(Record):
    """A term with what it names; a part that could not be found is None."""

    term: Term
    table: Table | None = None
    field: TableField | None = None

    @property
    def dimension(self) -> str | None:
        """What kind of thing is added; None where only rows are counted."""
        if self.term.count == PLACES:
            return UNITS["school"].dimension
        unit = UNITS.get(self.field.unit) if self.field is not None else None
        return unit.dimension if unit is not None else None


def read_terms(
    look: Look, at: Spot, terms: Sequence[str | Term], lines: Collection[str] | None = None
) -> list[Read]:
    """Check terms one by one and all together; give those that name something.

    ``lines`` are the names that bounds may have; None where they are numbers.
    """
    if not terms:
        at.complain("C-EMPTY", say("一项也没有"), say("至少一项"))
    found: list[Read] = []
    for index, term in enumerate(terms):
        # It would be counted twice; who means that writes ``times: 2``.
        if term in terms[:index]:
            at.at(index).complain("C-TWICE", say("同一项写了两次"), say("每一项只加一次"))
        read = _read(look, at.at(index), term)
        if read is not None:
            found.append(read)
            _check_where(look, at.at(index, "where"), read, lines)
    # Teachers and square metres have a sum for the engine, and none for anybody else.
    kinds = dict.fromkeys(read.dimension for read in found if read.dimension is not None)
    if len(kinds) > 1:
        units = dict.fromkeys(
            UNITS[read.field.unit].term or read.field.unit if read.field else say("所")
            for read in found
        )
        at.complain(
            "C-DIMENSION",
            say("不同的量加在一起（{units}）", units=listed(units)),
            say("只有同一种量可以相加"),
        )
    return found


def dimensions(terms: Sequence[Read]) -> set[str]:
    """Give the kinds of things that are added; empty where only rows are counted."""
    return {read.dimension for read in terms if read.dimension is not None}


def lines_named(terms: Sequence[str | Term]) -> set[str]:
    """Give the names of lines that the conditions of terms mention."""
    wheres = [term.where for term in terms if isinstance(term, Term)]
    return named_lines(condition for where in wheres for condition in where.values())


def named_lines(conditions: Iterable[Condition]) -> set[str]:
    """Give the names of lines that conditions mention."""
    return {
        limit
        for condition in conditions
        if isinstance(condition, Bound)
        for _, limit in bound_sides(condition)
        if isinstance(limit, str)
    }


def _read(look: Look, at: Spot, written: str | Term) -> Read | None:
    term = Term(field=written) if isinstance(written, str) else written
    if bool(term.field) == bool(term.count):
        at.complain(
            "C-PART", say("field 和 count 要写一个，也只写一个"), say("加数写 field，数行写 count")
        )
        return None
    finite(at.at("times"), term.times)
    # It adds nothing, and in explanations and coverage it would look as if it did.
    if term.times == 0:
        at.at("times").complain("C-RANGE", say("乘以 0"), say("乘数不为 0"))
    if term.count:
        if term.count == PLACES:
            return Read(term)
        found = look.table(at.at("count"), term.count)
        return Read(term, found) if found else None
    asked = look.field(at if isinstance(written, str) else at.at("field"), term.field)
    if asked is None:
        return None
    if asked[1].type not in ADDABLE:
        saw = say("“{term}”的类型是 {type}，不能相加", term=asked[1].term, type=asked[1].type)
        at.at("field").complain(
            "C-FIELD", saw, say("类型是 {addable} 的栏", addable=listed(sorted(ADDABLE)))
        )
        return None
    return Read(term, *asked)


def _check_where(look: Look, at: Spot, read: Read, lines: Collection[str] | None) -> None:
    if read.table is None:
        check_where(at, read.term.where, look.attribute_columns, say("学校名册"), lines)
    else:
        columns = look.row_columns(read.table)
        check_where(at, read.term.where, columns, say("表 {table}", table=read.table.table), lines)
