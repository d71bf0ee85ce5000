"""What each place adds to a figure, with the traces it follows from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from xianxue.bureau.indicators.columns import PLACES
from xianxue.bureau.indicators.engine import Lines, Words
from xianxue.bureau.indicators.explaining.evidence import Evidence, evidence
from xianxue.bureau.indicators.formulas import Formula, Weights
from xianxue.bureau.indicators.measures import Measure
from xianxue.bureau.indicators.parts import Own
from xianxue.bureau.kinds.form import LocalField
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Because
from xianxue.bureau.records.trace import Trace
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.values.units import UNITS

Traces = Callable[[str, str, str, str], Sequence[Trace]]
"""(Place, table, field, row code) to what the row's field ends in.

One, or none where there is none; several for a school that others were merged into.
"""

_Rows = list[tuple[Measure, int, Evidence]]
"""Rows with what they are of and the multiple they are taken."""


class Reasons(Record, dict=True):
    """Gives the reasons for one formula's parts at one stage; the formula has parts of its own."""

    formula: Formula
    stage: Stage | None
    members: Sequence[Own]
    """The places that are asked and count."""
    asked: Mapping[str, Collection[str]]
    """Part to the codes of those who are asked for something in it."""
    within: Collection[str]
    """All schools of the area, for what is counted from the register."""
    tables: Mapping[str, Lines]
    words: Words
    traces: Traces
    types: Mapping[str, str]
    """Place to 办学类型."""
    shelf: Shelf
    by_itself: bool
    """Whether a school-stage's own ratio is explained, not what it adds to an area."""

    def because(self) -> Iterator[Because]:
        """Go through the parts, and through the places of each part by code."""
        owns = {own.place: own for own in self.members}
        for name in self.formula.parts:
            shown = name if self.formula.denominator is not None else "of"
            for place in sorted({*self.asked[name], *self._rows[name]}):
                if place in owns:
                    yield self._of_place(name, shown, owns[place])
                elif rows := self.rows(name, place):
                    yield self._registered(name, shown, place, rows)

    def of_share(
        self, shares: Sequence[Own], fields: Collection[str], line: str
    ) -> Iterator[Because]:
        """Say of each place whether its ratio keeps to a line, the formula being the ratio's.

        ``fields`` are the ``sheet.field`` that decide whether a place is looked at.
        """
        ratios = {own.place: own for own in self.members}
        for own in shares:
            rows = [row for name in self.formula.parts for row in self.rows(name, own.place)]
            note = self._kept(own, ratios.get(own.place), line)
            traces = self._traces(rows)
            amount = None if own.hidden else own.numerator
            yield Because(own.place, "numerator", amount, traces, note)
        for own in shares:
            names = [name.partition(".") for name in fields]
            found = [self.traces(own.place, sheet, field, "") for sheet, _, field in names]
            amount = None if own.hidden else own.denominator
            traces = tuple(trace for each in found for trace in each)
            yield Because(own.place, "denominator", amount, traces)

    def _kept(self, own: Own, ratio: Own | None, line: str) -> str:
        if own.hidden:
            return say("有数未填或不公开")
        if own.denominator == 0 or ratio is None or ratio.denominator <= 0:
            return say("不在统计之列")
        card = self.formula.card
        unit = UNITS[card.unit]
        value = ratio.numerator / ratio.denominator * unit.per
        return say(
            "{ratio}{value}{unit}，{line}：{verdict}",
            ratio=card.term,
            # Two digits more than printed, or what is just short of a line would seem to meet it.
            value=plain(value, card.show.decimals + 2),
            unit=unit.term,
            line=line,
            verdict=say("达标") if own.numerator else say("未达标"),
        )

    def rows(self, name: str, place: str) -> _Rows:
        """Give the rows of one part in one place, in the order of the card's terms."""
        rows = self._rows[name].get(place, [])
        return (
            rows
            if self.stage is None
            else [row for row in rows if row[2].stage in {"", self.stage.value}]
        )

    def total(self, name: str, index: int) -> Fraction:
        """Give what one term of a part adds up to over all places, in whole units.

        Without those who have left it, because the ratio does not apply to them.
        """
        # A school-stage's own ratio keeps its numbers to be shown; the area's has lost them.
        left = {own.place for own in self.members if own.void and not self.by_itself}
        part = self.formula.parts[name]
        measure, multiple = part.terms[index]
        amounts = (
            row.amount
            for place in self._rows[name]
            if place not in left
            for of, times, row in self.rows(name, place)
            if of == measure and times == multiple and row.amount is not None
        )
        return Fraction(sum(amounts) * multiple, part.scale)

    def pupils_by_stage(self, place: str) -> dict[Stage, Fraction]:
        """Give the pupils of each stage of a school that shares something."""
        found: dict[Stage, Fraction] = {}
        part = self.formula.parts["denominator"]
        for _, multiple, row in self._rows["denominator"].get(place, ()):
            if row.stage and row.amount is not None:
                stage = Stage(row.stage)
                found[stage] = found.get(stage, Fraction(0)) + Fraction(
                    row.amount * multiple, part.scale
                )
        return found

    @cached_property
    def _rows(self) -> dict[str, dict[str, _Rows]]:
        """By part and place: all rows; where stages share something, those of all stages."""
        found: dict[str, dict[str, _Rows]] = {}
        members = [own.place for own in self.members]
        for name, part in self.formula.parts.items():
            by_place = found.setdefault(name, {})
            for measure, multiple in part.terms:
                # What is read from the register is asked of nobody, so no member stands for it.
                places = list(self.within) if measure.sheet == PLACES else members
                table = self.tables[measure.sheet].filter(self.words.col("place").is_in(places))
                whole = self.formula.weights is not None or not self.formula.stages
                for row in evidence(self.words, measure, table, None if whole else self.stage):
                    by_place.setdefault(row.place, []).append((measure, multiple, row))
        return found

    def _of_place(self, name: str, shown: str, own: Own) -> Because:
        rows = self.rows(name, own.place)
        if own.divided:
            rows = [*rows, *self._sharers(name, own.place, rows)]
        unknown = any(row.amount is None for _, _, row in rows) or (own.divided and own.hidden)
        amounts = {"numerator": own.numerator, "denominator": own.denominator}
        if not self.by_itself:
            amounts = {"numerator": own.part, "denominator": own.share}
        return Because(
            place=own.place,
            part=shown,
            amount=None if unknown else amounts[name],
            traces=self._traces(rows),
            note=self._note(name, own, rows),
        )

    def _registered(self, name: str, shown: str, place: str, rows: _Rows) -> Because:
        """Give what a place adds that nobody asks: that it stands in the register."""
        scale = self.formula.parts[name].scale
        amount = Fraction(sum(times * (row.amount or 0) for _, times, row in rows), scale)
        return Because(place, shown, amount, (), say("据学校名册"))

    def _sharers(self, name: str, place: str, known: _Rows) -> _Rows:
        """Give the pupils of all stages that share, where what a stage gets depends on them."""
        # In an area's denominator a stage counts with its own pupils; the others decide nothing
        # there.
        if name == "denominator" and not self.by_itself:
            return []
        return [row for row in self._rows["denominator"].get(place, ()) if row not in known]

    def _traces(self, rows: _Rows) -> tuple[Trace, ...]:
        found = (
            self.traces(row.place, measure.sheet, field, row.row)
            for measure, _, row in rows
            for field in row.fields or self._telling(measure)
        )
        return tuple(dict.fromkeys(trace for each in found for trace in each))

    def _telling(self, measure: Measure) -> tuple[str, ...]:
        """Give the field that shows that a counted row is there."""
        table = self.shelf.table(measure.sheet)
        if table is None:
            return ()
        return (table.stage_by or table.fields[0].field,)

    def _added_later(self, rows: _Rows) -> Iterator[str]:
        """Name the fields that the county added after a return was handed in."""
        for measure, _, row in rows:
            for field in row.fields if row.amount is None else ():
                asked = self.shelf.asked_field(f"{measure.sheet}.{field}")
                if asked is None or not isinstance(asked[2], LocalField):
                    continue
                if not self.traces(row.place, measure.sheet, field, row.row):
                    yield asked[2].term

    def _note(self, name: str, own: Own, rows: _Rows) -> str:
        if any(row.amount is None for _, _, row in rows):
            if any(row.unfiled for _, _, row in rows):
                return say("尚未报送")
            later = joined("、", dict.fromkeys(self._added_later(rows)))
            return (
                say("报送时表里还没有“{terms}”", terms=later) if later else say("有数未填或不公开")
            )
        if own.void or any(row.void for _, _, row in rows):
            return self._not_applicable(own, rows)
        if own.hidden:
            return say("不能确定是否计入，或没有适用的学段折算权重")
        if own.divided and self.formula.weights is not None:
            return self._division(name, own, self.formula.weights)
        registered = rows and all(measure.sheet == PLACES for measure, _, _ in rows)
        return say("据学校名册") if registered else ""

    def _not_applicable(self, own: Own, rows: _Rows) -> str:
        """Say what comes of it where a place writes 不适用."""
        here = any(row.void for _, _, row in rows)
        if own.void and self.formula.denominator is not None:
            if here:
                return say("填了“不适用”，分子、分母都不计入")
            return say("另有数填“不适用”，不计入")
        if own.hidden:
            return say("填了“不适用”，合计无从确定")
        return say("填了“不适用”，没有数可计")

    def _division(self, name: str, own: Own, weights: Weights) -> str:
        """Say how a stage's part follows: 全校2750×440×1÷（440×1＋100×1.1）."""
        pupils = self.pupils_by_stage(own.place)
        by_stage = {
            stage: Fraction(whole, weights.scale)
            for stage, whole in weights.by_type[self.types[own.place]].items()
            if stage in pupils
        }
        sharers = joined(
            "＋",
            (
                say(
                    "{stage}{pupils}×{weight}",
                    stage=stage.term,
                    pupils=plain(pupils[stage]),
                    weight=plain(weight),
                )
                for stage, weight in by_stage.items()
            ),
        )
        if name == "denominator":
            return (
                say("各学段学生数×折算权重：{sharers}", sharers=sharers) if self.by_itself else ""
            )
        total = plain(own.numerator / own.step)
        if self.by_itself:
            return say("全校{total}×本学段折算权重{weight}", total=total, weight=plain(own.step))
        return say(
            "全校{total}×{pupils}×{weight}÷（{sharers}）",
            total=total,
            pupils=plain(own.pupils),
            weight=plain(own.step),
            sharers=sharers,
        )
