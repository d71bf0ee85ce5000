"""Cards said in Chinese: which numbers are added, of which rows, and divided by which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.indicators.columns import PLACES, ROW
from xianxue.bureau.kinds.card import Bound, Condition, DatedValue, Where
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import glued, joined, say
from xianxue.bureau.values.units import UNITS

_ATTRIBUTES: Final = {
    "school_type": (say("办学类型"), "school_types"),
    "sponsor": (say("举办者"), "sponsors"),
    "urban_rural": (say("城乡分类"), "urban_rural"),
}
_SIDES: Final = {
    "at_least": say("不小于"),
    "more_than": say("大于"),
    "at_most": say("不大于"),
    "less_than": say("小于"),
}


class Wording(Record):
    """Says the parts of one indicator, with the lines in force on a day."""

    indicator: Indicator
    shelf: Shelf
    on: date
    stage: Stage | None = None
    """The stage that is figured: a line's value for it is named alone."""

    def term(self, term: Term) -> str:
        """Say a term without its multiple: ``〔幼儿园〕3周岁幼儿（幼儿园性质为公办园）``."""
        if term.count == PLACES:
            return say("学校名册中的学校数") + self.where(term.where, None)
        table, field = self._table(term)
        return self.around(term, field.term if field is not None else _counted(table))

    def field(self, term: Term) -> str:
        """Say a term's field alone."""
        field = self._table(term)[1]
        return field.term if field is not None else ""

    def around(self, term: Term, said: str) -> str:
        """Say of which table something is, and under which conditions."""
        table, _ = self._table(term)
        return say("〔{table}〕{said}", table=table.term, said=said) + self.where(term.where, table)

    def where(self, where: Where, table: Table | None) -> str:
        """Say conditions in brackets; nothing where there are none."""
        said = [self._condition(name, condition, table) for name, condition in where.items()]
        return say("（{conditions}）", conditions=joined("，", said)) if said else ""

    def bound(self, bound: Bound, unit: str) -> str:
        """Say a bound: ``不小于96平方米``, with the lines in force."""
        said = [
            say("{word}{limit}", word=word, limit=self._limit(limit, unit))
            for side, word in _SIDES.items()
            for limit in (getattr(bound, side),)
            if limit is not None
        ]
        return joined("且", said)

    def _table(self, term: Term) -> tuple[Table, TableField | None]:
        if term.field:
            asked = self.shelf.field(term.field)
            if asked is None:
                raise KeyError(term.field)
            return asked
        found = self.shelf.table(term.count)
        if found is None:
            raise KeyError(term.count)
        return found, None

    def _condition(self, name: str, condition: Condition, table: Table | None) -> str:
        field = self._field(name, table)
        if isinstance(condition, Bound):
            unit = field.measured_in.term if field is not None else ""
            return say(
                "{name}{bound}",
                name=self._name(name, field, table),
                bound=self.bound(condition, unit),
            )
        if isinstance(condition, bool):
            named = self._name(name, field, table)
            return say("{name}为是", name=named) if condition else say("{name}为否", name=named)
        codes = [condition] if isinstance(condition, str) else condition
        words = joined("、", (self._code(name, code, field, table) for code in codes))
        return say("{name}为{words}", name=self._name(name, field, table), words=words)

    def _field(self, name: str, table: Table | None) -> TableField | None:
        if "." in name:
            found = self.shelf.field(name)
            return found[1] if found is not None else None
        # As the engine does: what the register knows is read from it, even where a form asks it
        # too.
        known = name in _ATTRIBUTES or name in {"stage", ROW, "boarding"}
        return None if known or table is None else table.field(name)

    def _name(self, name: str, field: TableField | None, table: Table | None) -> str:
        if field is not None:
            return field.term
        if name in _ATTRIBUTES:
            return _ATTRIBUTES[name][0]
        if name == ROW and table is not None and table.rows in self.shelf.codes:
            return self.shelf.codes[table.rows].term
        return {"stage": say("学段"), "boarding": say("寄宿制学校")}.get(name, name)

    def _code(self, name: str, code: str, field: TableField | None, table: Table | None) -> str:
        if name == "stage":
            return Stage(code).term
        codes = field.codes if field is not None else ""
        if name in _ATTRIBUTES:
            codes = _ATTRIBUTES[name][1]
        elif name == ROW and table is not None:
            codes = table.rows
        known = self.shelf.codes.get(codes)
        entry = known.entry(code) if known is not None else None
        return entry.term if entry is not None else code

    def _limit(self, limit: int | str, unit: str) -> str:
        if isinstance(limit, int):
            return say("{limit}{unit}", limit=limit, unit=unit)
        values = [
            value
            for value in in_force(self.indicator.lines[limit], self.on)
            if self.stage is None or value.stage in {None, self.stage}
        ]
        said = [
            say(
                "{whose}{limit}{unit}",
                whose=self._for(value),
                limit=plain(Fraction(value.value)),
                unit=unit,
            )
            for value in values
        ]
        # Of one stage the first value that fits holds, as in the judgement.
        return joined("、", said if self.stage is None else said[:1])

    def _for(self, value: DatedValue) -> str:
        # In a figure of one stage its name would only repeat what the figure is called.
        if self.stage is not None or value.stage is None:
            return self.where(value.when, None)
        return value.stage.term + self.where(value.when, None)


def _counted(table: Table) -> str:
    return {"record": say("填报单位数"), "grid": say("行数"), "list": say("条数")}[table.layout]


class Piece(Record):
    """A term of a sum as it is said, with its sign and the multiple it is taken."""

    said: str
    times: Fraction


def added(pieces: Iterable[Piece]) -> str:
    """Say a sum, in brackets where it has several parts.

    >>> added([Piece("甲", Fraction(1)), Piece("乙", Fraction(-1)), Piece("丙", Fraction(2))])
    '（甲−乙＋丙×2）'
    """
    text: list[str] = []
    parts = list(pieces)
    for piece in parts:
        if text or piece.times < 0:
            text.append(say("−") if piece.times < 0 else say("＋"))
        text.append(piece.said)
        if abs(piece.times) != 1:
            text.append(say("×{times}", times=plain(abs(piece.times))))
    return say("（{sum}）", sum=glued(text)) if len(parts) > 1 else glued(text)


def scaled(indicator: Indicator) -> str:
    """Say by what a ratio is multiplied to be shown in its unit: ``×100%``.

    >>> from types import SimpleNamespace
    >>> scaled(SimpleNamespace(unit="percent")), scaled(SimpleNamespace(unit="yuan_per_person"))
    ('×100%', '')
    """
    unit = UNITS[indicator.unit]
    if unit.per == 1:
        return ""
    sign = "%" if unit.dimension == "share" else ""
    return say("×{per}{sign}", per=unit.per, sign=sign)
