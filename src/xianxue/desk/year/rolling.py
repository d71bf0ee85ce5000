"""What a new year takes over: forms with their windows, who reports, grades, targets, calendars.

Only looked up here; ``actions/year`` does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.plan.forecast import GradeStep
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.returned import Return
from xianxue.bureau.records.target import Origin, Target
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.models import Window


class Limits(Record):
    """Until when a form of the new year is taken."""

    form: str
    term: Sentence
    version: str
    expected: int
    """Places that have to file it."""
    due: date | None
    """None where the year before had no window that could be moved."""
    lock: date | None
    there: bool
    """Whether the new year has a window already: then that one stays."""


class Risen(Record):
    """A grade of the new year and those who are to come into it."""

    grade: str
    term: Sentence
    after: str
    """The grade they were in; empty where they enter by age."""
    pupils: int | None
    """As counted in the grade before; None for entrants, and where nobody has reported."""


class Rolling(Record, dict=True):
    """All that one year hands to the next."""

    workspace: Workspace
    before: Period
    period: Period

    @cached_property
    def forms(self) -> list[Form]:
        """The forms that are filed once in a year of this kind."""
        shelf = self.workspace.shelf
        return [form for form in shelf.forms.values() if form.period == self.period.kind]

    @cached_property
    def limits(self) -> list[Limits]:
        """Each form with its days: those of last year, a year later, moved on to a working day."""
        return [self._limits(form) for form in self.forms]

    @property
    def to_set(self) -> list[tuple[str, date, date]]:
        """The windows that are set by opening the year: form, due, lock."""
        return [
            (one.form, one.due, one.lock)
            for one in self.limits
            if one.due is not None and one.lock is not None and not one.there
        ]

    @cached_property
    def schools(self) -> tuple[int, list[Place], list[Place]]:
        """How many schools report, those that are new and those that report no more."""
        register = self.workspace.register
        then = {one.code: one for one in register.schools(self.before.reference_day)}
        now = {one.code: one for one in register.schools(self.period.reference_day)}
        new = [place for code, place in now.items() if code not in then]
        gone = [place for code, place in then.items() if code not in now]
        return len(now), new, gone

    @cached_property
    def unreported(self) -> list[Place]:
        """Schools whose pupils of the year before nobody has accepted: they lack in the grades."""
        asked = [form for form in self.forms if self._counts_pupils(form)]
        filed = {(one.form, one.place) for one in self._returns}
        return [
            place
            for form in asked
            if form.filed_by == "school"
            for place in self._held.expected(form)
            if (form.form, place.code) not in filed
        ]

    @cached_property
    def grades(self) -> list[Risen]:
        """Each grade with the pupils who rise into it; nothing where no card says how."""
        return [
            Risen(one.grade, one.term, one.after, self._risen(self._by_grade[one.after]))
            if one.after
            else Risen(one.grade, one.term, "", None)
            for one in self._by_grade.values()
            if self.period.kind == "school_year"
        ]

    @cached_property
    def targets(self) -> list[Target]:
        """The targets taken over: those of the year before, save what is set already."""
        from xianxue.desk.targets.listing import in_force  # noqa: PLC0415 - needs Django

        there = {line.target.key for line in in_force(self.workspace, self.period.code)}
        lines = in_force(self.workspace, self.before.code)
        moved = [_taken_over(line.target, self.before, self.period) for line in lines]
        return [target for target in moved if target.key not in there]

    @cached_property
    def lacking(self) -> list[Sentence]:
        """What the new year still needs of somebody, in sentences that say what to do."""
        days, period = self._days, self.period
        found = [
            say(
                "《{term}》上一年没有设定过报送期限："
                "xianxue returns window {form} --period {period}",
                term=one.term,
                form=one.form,
                period=period.code,
            )
            for one in self.limits
            if one.due is None and not one.there
        ]
        found += [
            say(
                "{year}年的节假日安排还没有登记，期限暂按周末和固定节日推算："
                "公布后用 xianxue ledgers calendar import 登记",
                year=year,
            )
            for year in range(period.start.year, period.end.year + 1)
            if days.supposed(date(year, 1, 1), date(year, 1, 1))
        ]
        terms = [term for card in days.schools for term in card.terms]
        if terms and not any(
            term.first <= period.end and term.last >= period.start for term in terms
        ):
            found.append(
                say(
                    "校历里没有{period}的学期：在本县的 school_calendar.yaml 里添上",
                    period=period.term,
                )
            )
        if self.unreported:
            found.append(
                say(
                    "{n} 所学校{period}的学生数还没有通过，不在各年级的人数里",
                    n=len(self.unreported),
                    period=self.before.term,
                )
            )
        return found

    @cached_property
    def _held(self) -> Holdings:
        return Holdings(self.workspace, self.before)

    @cached_property
    def _returns(self) -> Sequence[Return]:
        return self._held.returns

    @cached_property
    def _days(self) -> Days:
        return Days.of(self.workspace.shelf)

    @cached_property
    def _by_grade(self) -> dict[str, GradeStep]:
        cards = self.workspace.shelf.forecasts.values()
        return {step.grade: step for card in list(cards)[:1] for step in card.steps}

    @cached_property
    def _windows(self) -> dict[tuple[str, str], Window]:
        from xianxue.desk.models import Window  # noqa: PLC0415 - needs Django set up first

        codes = (self.before.code, self.period.code)
        return {(one.form, one.period): one for one in Window.objects.filter(period__in=codes)}

    def _counts_pupils(self, form: Form) -> bool:
        sheets = {one.counted.partition(".")[0] for one in self._by_grade.values()}
        return any(sheet.sheet in sheets for sheet in form.sheets)

    def _limits(self, form: Form) -> Limits:
        held = Holdings(self.workspace, self.period)
        there = self._windows.get((form.form, self.period.code))
        last = self._windows.get((form.form, self.before.code))
        days = None
        if there is not None:
            days = there.due, there.lock
        elif last is not None:
            days = self._later(last.due), self._later(last.lock)
        due, lock = days or (None, None)
        asked = len(held.expected(form))
        return Limits(form.form, form.term, form.version, asked, due, lock, there is not None)

    def _later(self, day: date) -> date:
        """Give the same day in the next period of this kind, or the first working day after it."""
        years = self.period.start.year - self.before.start.year
        try:
            moved = day.replace(year=day.year + years)
        except ValueError:  # 29 February has no counterpart
            moved = day.replace(year=day.year + years, day=day.day - 1)
        return self._days.next_working(moved)

    def _risen(self, step: GradeStep) -> int | None:
        sheet, _, name = step.counted.partition(".")
        cells = [
            row.cells.get(name)
            for filed in self._returns
            for row in filed.tables.get(sheet, ())
            if not step.row or row.code == step.row
        ]
        known = [cell.value for cell in cells if cell is not None and isinstance(cell.value, int)]
        return sum(known) if known else None


def _taken_over(target: Target, before: Period, period: Period) -> Target:
    """Give a target of the new year as it was: of the bureau's own, until a document sets it."""
    source = f"沿用{before.term}：{target.source}"
    return replace(target, period=period.code, origin=Origin.OWN, source=source, revision=1)
