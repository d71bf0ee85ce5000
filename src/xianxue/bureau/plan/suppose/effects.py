"""What returns would say: supposed changes carried out, one after the other, on what stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.plan.forecast import GradeStep
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.plan.suppose.changes import Add, Band, Change, Close, Move, Pupils, Put
from xianxue.bureau.plan.suppose.spots import Spot, field_named, numbered, row_named, scaled
from xianxue.bureau.records.cells import Value
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say

Stands = Mapping[tuple[str, str], Return]
"""Accepted returns by form and place."""
Foreseen = Mapping[tuple[str, str], int]
"""Pupils by place and grade."""
_HUNDRED = 100


class Ground(Record, kw_only=True):
    """What changes are carried out on."""

    shelf: Shelf
    stands: Stands
    names: Mapping[str, str]
    """Place to name."""
    steps: Sequence[GradeStep]
    """Where pupils of each grade are counted."""
    foreseen: Callable[[Band], Foreseen]
    """Next year's pupils; asked only where they are supposed."""


class Effects:
    """The cells that would say something else, and what cannot be supposed."""

    def __init__(self, ground: Ground) -> None:
        """Begin with what stands."""
        self.ground = ground
        self.cells: dict[Spot, Value] = {}
        self.issues: list[Issue] = []
        self._called: Sentence = say("设想")

    def carry_out(self, changes: Sequence[Change], called: Sequence[Sentence] = ()) -> None:
        """Carry out all changes in their order; what cannot be is complained of and left out.

        ``called``: what complaints call each change; else they are numbered.
        """
        for change, self._called in zip(changes, called or numbered(len(changes)), strict=True):
            match change:
                case Add():
                    self._add_to_all(change.school, change.fields, change.row, change.count)
                case Move():
                    self._add_to_all(change.start, change.fields, change.row, -change.count)
                    self._add_to_all(change.end, change.fields, change.row, change.count)
                case Put():
                    self._put(change)
                case Pupils():
                    self._pupils(change)
                case Close():
                    self._send(change)
                case _:
                    # Which schools there are and where lines lie changes no return.
                    pass

    # ── one cell ────────────────────────────────────────────────────────────

    def _add_to_all(self, school: str, fields: Sequence[str], row: str, count: Fraction) -> None:
        for field in fields:
            spot = self._spot(school, field, row)
            many = None if spot is None else self._steps_of(spot, count)
            if spot is not None and many is not None:
                self._grow(spot, many)

    def _grow(self, spot: Spot, many: int) -> None:
        now = self._now(spot)
        if isinstance(now, Missing | str):
            self._complain(
                spot.place,
                say("{what}没有数（{why}）", what=self._named(spot), why=_why(now)),
                say("在一个数上加减"),
                say("请改用“直接写明”，写出这一项是多少"),
            )
        elif now + many < 0:
            self._complain(
                spot.place,
                say(
                    "{what}现在是 {n}，减不了这么多",
                    what=self._named(spot),
                    n=self._shown(spot, now),
                ),
                say("减去以后不小于 0"),
            )
        else:
            self.cells[spot] = now + many

    def _put(self, change: Put) -> None:
        spot = self._spot(change.school, change.field, change.row)
        if spot is None:
            return
        if isinstance(change.value, str) or self._field(spot).codes:
            text = change.value if isinstance(change.value, str) else plain(change.value)
            self._put_text(spot, text)
            return
        many = self._steps_of(spot, change.value)
        if many is not None and many < 0:
            self._complain(spot.place, say("写的数小于 0"), say("不小于 0 的数"))
        elif many is not None:
            self.cells[spot] = many

    def _put_text(self, spot: Spot, text: str) -> None:
        field = self._field(spot)
        listed = self.ground.shelf.codes.get(field.codes) if field.codes else None
        if listed is None or listed.entry(text) is None:
            saw = say("{what}写的是“{said}”", what=self._named(spot), said=text)
            self._complain(spot.place, saw, say("数，或者代码表里的代码"))
        else:
            self.cells[spot] = text

    # ── pupils ──────────────────────────────────────────────────────────────

    def _pupils(self, change: Pupils) -> None:
        foreseen: Foreseen = self.ground.foreseen(change.forecast) if change.forecast else {}
        schools = [change.school] if change.school else sorted({p for _, p in self.ground.stands})
        for step in self.ground.steps:
            for school in schools:
                spot = self._counted(school, step)
                now = None if spot is None else self._now(spot)
                if spot is None or not isinstance(now, int):
                    continue
                if change.percent is not None:
                    self._become(spot, now, scaled(now, 1 + change.percent / _HUNDRED))
                elif (school, step.grade) in foreseen:
                    self._become(spot, now, foreseen[school, step.grade])

    def _become(self, spot: Spot, now: int, then: int) -> None:
        """Count other pupils, and with them those that the form says are among them."""
        self.cells[spot] = then
        for name in self._among(spot):
            part = replace(spot, field=name)
            many = self._now(part)
            if isinstance(many, int) and now:
                self.cells[part] = min(then, scaled(many, Fraction(then, now)))

    def _among(self, spot: Spot) -> list[str]:
        """Name the fields of the same row that the form's own checks hold within this one."""
        whole = f"{spot.sheet}.{spot.field}"
        found: list[str] = []
        for check in self.ground.shelf.forms[spot.form].checks:
            within = check.by == "row" and check.relation in {"at_most", "equal"}
            left = check.left[0] if len(check.left) == 1 else ""
            if within and check.right == [whole] and isinstance(left, str):
                sheet, _, name = left.partition(".")
                if sheet == spot.sheet:
                    found.append(name)
        return found

    def _send(self, change: Close) -> None:
        """Count a closed school's pupils at another, grade by grade."""
        for step in self.ground.steps if change.pupils_to else ():
            spot = self._counted(change.school, step)
            many = None if spot is None else self._now(spot)
            if not isinstance(many, int) or not many:
                continue
            there = self._spot(change.pupils_to, step.counted, step.row)
            if there is not None:
                self._grow(there, many)

    def _counted(self, school: str, step: GradeStep) -> Spot | None:
        """Give where a school counts a grade; None where it does not have it."""
        found = self.ground.shelf.asked_field(step.counted)
        if found is None:
            return None
        form, sheet, field = found
        spot = Spot(form.form, school, sheet.sheet, step.row, field.field)
        return spot if self._kept(spot) is not None else None

    # ── where something stands ──────────────────────────────────────────────

    def _spot(self, school: str, reference: str, row: str) -> Spot | None:
        found = self.ground.shelf.asked_field(reference)
        if found is None:
            saw = say("没有“{field}”这一项", field=reference)
            self._complain(school, saw, say("报表里的一项，写作“表.项”"))
            return None
        form, sheet, field = found
        spot = Spot(form.form, school, sheet.sheet, row, field.field)
        if (form.form, school) not in self.ground.stands:
            saw = say("{name}还没有通过的《{form}》", name=self._name(school), form=form.term)
            self._complain(school, saw, say("设想以通过的报表为起点"))
            return None
        if self._kept(spot) is None:
            rows = self._rows(spot)
            saw = say("{name}不填{what}", name=self._name(school), what=self._named(spot))
            required = say("这所学校填报的一项")
            if rows:
                required = say("这所学校填的行之一：{rows}", rows=joined("、", rows))
            do = say("在项目后面写“/{row}”", row=rows[0]) if rows and not row else ""
            self._complain(school, saw, required, do)
            return None
        return spot

    def _rows(self, spot: Spot) -> list[Sentence | str]:
        """Name the rows that a school fills in, as its form does."""
        tables = self.ground.stands[spot.form, spot.place].tables
        rows = tables.get(spot.sheet, ())
        codes = [one.code for one in rows if one.code and spot.field in one.cells]
        return [row_named(self.ground.shelf, f"{spot.sheet}.{spot.field}", one) for one in codes]

    def _kept(self, spot: Spot) -> Value | None:
        """Give what was reported; None where it is not asked."""
        filed = self.ground.stands.get((spot.form, spot.place))
        for row in filed.tables.get(spot.sheet, ()) if filed is not None else ():
            if row.code == spot.row and spot.field in row.cells:
                return row.cells[spot.field].value
        return None

    def _now(self, spot: Spot) -> Value:
        kept = self._kept(spot)
        return self.cells.get(spot, Missing.NOT_ASKED if kept is None else kept)

    def _steps_of(self, spot: Spot, count: Fraction) -> int | None:
        """Give an amount in the field's smallest steps; complain of half a person."""
        many = count * self._field(spot).measured_in.step
        if many.denominator == 1:
            return int(many)
        saw = say("{what}不能是 {n}", what=self._named(spot), n=plain(count))
        self._complain(spot.place, saw, say("这一项的整数个最小单位"))
        return None

    def _shown(self, spot: Spot, steps: int) -> str:
        return plain(self._field(spot).measured_in.in_whole_units(steps))

    def _field(self, spot: Spot) -> Field:
        found = self.ground.shelf.asked_field(f"{spot.sheet}.{spot.field}")
        assert found is not None  # noqa: S101 - a spot is made only of a field that there is
        return found[2]

    # ── words ───────────────────────────────────────────────────────────────

    def _named(self, spot: Spot) -> Sentence:
        """Name a cell as its form does: 教职工·小学·专任教师."""
        return field_named(self.ground.shelf, f"{spot.sheet}.{spot.field}", spot.row)

    def _name(self, place: str) -> str:
        return self.ground.names.get(place, place)

    def _complain(
        self, place: str, saw: Sentence, required: Sentence, do: Sentence | str = ""
    ) -> None:
        where = say("{which}：", which=self._called)
        self.issues.append(
            Issue(
                code="P-SUPPOSE",
                severity=Severity.MUST_FIX,
                place=place,
                saw=where + saw,
                required=required,
                do=do,
            )
        )


def _why(value: Missing | str) -> str:
    return value.value if isinstance(value, Missing) else say("写的是文字")
