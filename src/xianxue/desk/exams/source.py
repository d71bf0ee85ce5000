"""Examinations as sources of tables: a line a school and track, figures ending in score rows.

What is shown of no school by itself is counted with its township, or with the county where the
township would give it away: totals are whole, and nothing small can be read off the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, Final

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import ROW, SCHOOL, STEPS, TOTAL, TRACK, in_points, mark_of
from xianxue.bureau.exams.counting import rows_of
from xianxue.bureau.exams.groups import Group, Part, alike_in, not_shown
from xianxue.bureau.exams.heights import any_of, in_base, lines_of, reached
from xianxue.bureau.exams.tallies import Tally, named
from xianxue.bureau.indicators.columns import column_types
from xianxue.bureau.indicators.tables import TableRow, lay_out
from xianxue.bureau.kinds.exams.examination import Examination
from xianxue.bureau.kinds.exams.tables import REFERRED, subjects_table
from xianxue.bureau.kinds.expected import Expected, ExpectedRow
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.engine import Expr
from xianxue.bureau.records.source import OnDemand
from xianxue.bureau.records.trace import ScoreRef
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.database import open_database
from xianxue.desk.exams.references import referred_of
from xianxue.desk.exams.results import results_of
from xianxue.desk.exams.shown import ends_of
from xianxue.desk.stores.table_files import held_table
from xianxue.desk.workspace import Workspace

Values = Mapping[str, int | str | Missing]
AMONG: Final = "among_"
"""How a field begins that has the county's number for each school."""


class ExamSource(Record, dict=True):
    """The released examinations of one county, for one period."""

    workspace: Workspace
    register: Register
    period: Period
    known: Callable[[], Mapping[str, int]]
    """Gives the release of each examination that is counted."""

    def tables(self) -> Mapping[str, Any]:
        """Offer the two tables of each kind; they are made when somebody counts them."""
        exams = self.workspace.shelf.examinations
        return OnDemand(
            {name: partial(self._table, name, _whole) for name in exams}
            | {subjects_table(name): partial(self._table, name, _subjects) for name in exams}
        )

    def expected(self) -> Expected:
        """Expect a row of whoever sat; where no examination was held, of nobody."""
        found: dict[tuple[str, str], tuple[ExpectedRow, ...]] = {}
        for exam in self._exams:
            worked = self._worked(exam)
            for name, rows in ((exam, _whole), (subjects_table(exam), _subjects)):
                for school, _, values in rows(worked) if worked is not None else ():
                    if school in self.register and worked is not None:
                        asked = ExpectedRow(None, frozenset(values))
                        found[worked.place(school).code, name] = (asked,)
        return found

    def traces(self, place: str, table: str, field: str, row: str) -> Sequence[ScoreRef]:
        """Give the score rows of a school and track; nothing of schools that are not shown."""
        exam = table.removesuffix("_subjects") if table not in self._exams else table
        found = self._worked(exam) if exam in self._exams else None
        if found is None or place in found.moved:
            return ()
        _, track, subject = [*row.split("/"), "", ""][:3]
        return tuple(found.scores(place, track, subject, field))

    @property
    def _exams(self) -> Mapping[str, Examination]:
        return self.workspace.shelf.examinations

    def _table(
        self, exam: str, rows: Callable[[_Worked], Iterator[tuple[str, str, Values]]]
    ) -> Any:  # noqa: ANN401 - a frame of any engine
        name = exam if rows is _whole else subjects_table(exam)
        table = self.workspace.shelf.tables[name]
        worked = self._worked(exam)
        lines: list[TableRow] = []
        if worked is not None:
            lines = [
                TableRow(worked.place(school), None, row, values)
                for school, row, values in rows(worked)
                if school in self.register
            ]
        fields = [field.field for field in table.fields]
        columns = lay_out(fields, lines, self.register, self.period)
        return held_table(columns, column_types(table, columns))

    def _worked(self, exam: str) -> _Worked | None:
        if exam not in self._made:
            self._made[exam] = self._work(exam)
        return self._made[exam]

    @cached_property
    def _made(self) -> dict[str, _Worked | None]:
        return {}

    def _work(self, exam: str) -> _Worked | None:
        releases = self.known()
        if not releases:
            return None
        open_database(self.workspace.store)
        from xianxue.desk.exams.released import counted_of  # noqa: PLC0415 - needs Django first

        standing = counted_of(exam, self.period.code, releases)
        if standing is None:
            return None
        results = results_of(self.workspace, standing)
        called = say("{exam}（{name}）", exam=self._exams[exam].term, name=standing.sitting.name)
        return _Worked(
            results=results,
            register=self.register,
            called=called,
            referred=referred_of(standing),
        )


class _Worked(Record, dict=True, kw_only=True):
    """One examination worked out, and which schools are counted with others."""

    results: Analysis
    register: Register
    called: Sentence
    referred: Mapping[tuple[str, str], int]
    """Whose rate of which line to that rate, in hundredths of a per cent."""

    @property
    def card(self) -> Examination:
        return self.results.card

    @cached_property
    def by_track(self) -> list[Tally]:
        return self.results.by(SCHOOL, TRACK)

    @cached_property
    def small_tracks(self) -> frozenset[str]:
        """Tracks that are shown not even of the county."""
        hidden = self._hidden
        return frozenset(one.track for one in hidden if one.level == "county" and one.track)

    @cached_property
    def moved(self) -> Mapping[str, Place]:
        """A school that is not shown, to the place that it is counted with."""
        by_place = {group.place for group in self._hidden if group.level == "school"}
        townships = {group.place for group in self._hidden if group.level == "union"}
        found: dict[str, Place] = {}
        for tally in self.by_track:
            school = tally.keys[SCHOOL]
            township = self._township(school)
            if school in self.register and (school in by_place or township in townships):
                whole = township and township not in townships
                found[school] = self.register[township] if whole else self.register.county
        return found

    @cached_property
    def _hidden(self) -> frozenset[Group]:
        """What is shown nowhere: by those who sat anything, and by those who sat each subject."""
        subjects = [one.subject for one in self.card.subjects]
        bases = [("pupils", TOTAL), *((named(one, "n"), one) for one in subjects)]
        bases += [(named("base", line), TOTAL) for line in lines_of(self.results.heights)]
        unions: dict[str, list[str]] = {}
        for tally in self.by_track:
            township = self._township(tally.keys[SCHOOL])
            if township:
                unions.setdefault(township, []).append(tally.keys[SCHOOL])
        found: set[Group] = set()
        for base, what in bases:
            sizes = {
                Part(one.keys[SCHOOL], track=one.keys[TRACK]): one[base] for one in self.by_track
            }
            # Where all of a school have one mark, its mean and its rates tell the mark of each.
            alike = alike_in(ends_of(self.by_track, what), unions)
            found |= not_shown(sizes, self.card.smallest, unions, alike=alike).hidden
        return frozenset(found)

    def _township(self, school: str) -> str:
        if school not in self.register:
            return ""
        above = self.register[school].parent
        return above if above in self.register and self.register[above].level == "township" else ""

    def place(self, school: str) -> Place:
        """Give the place that a school's results are counted with."""
        return self.moved.get(school, self.register[school])

    def track(self, code: str) -> str | Missing:
        """Give a track as the table has it; one too small for the county is told apart nowhere."""
        return code if code and code not in self.small_tracks else Missing.NOT_ASKED

    def scores(self, school: str, track: str, subject: str, field: str) -> Iterator[ScoreRef]:
        """Go through the pupils that a field counts: by number of row, never by name."""
        col = self.results.engine.words.col
        column = mark_of(subject) if subject else TOTAL
        mine = ~col(column).is_null()
        # The county's best are counted for each school, whichever school they are of.
        if not field.startswith(AMONG):
            mine = (col(SCHOOL) == school) & (col(TRACK) == track) & mine
        asked = counted_by(self.results, subject, field.removeprefix(AMONG))
        lines = self.results.pupils.filter(mine if asked is None else mine & asked)
        for one in rows_of(lines.select(ROW, SCHOOL, col(column))):
            yield ScoreRef(
                place=one[SCHOOL],
                exam=self.called,
                row=str(one[ROW]),
                term=subject or say("总分"),
                value=plain(in_points(one[column])),
            )


def counted_by(results: Analysis, subject: str, field: str) -> Expr | None:
    """Give what a pupil has to be for a field to count; None where whoever has a mark is."""
    words = results.engine.words
    kind, _, what = field.partition("_")
    heights = [one for one in results.heights if one.line == what]
    if kind in {"over", "base"} and heights:
        return any_of(words, heights, reached(words) if kind == "over" else in_base(words))
    if kind == "first" and what.isdigit():
        return words.col(TOTAL) >= results.asked.first[int(what)]
    level = next((one for one in results.levels if one.mark == (what or kind)), None)
    card = results.card.subject(subject) if subject else None
    if level is None:
        return None
    if card is not None:
        mark, least = words.col(mark_of(subject)), level.least(card.full)
        return mark < least if level.below else mark >= least
    found: Expr | None = None
    for one in results.card.subjects:
        if one.counts and kind == "all":
            # Null where a subject is not to be sat: no failure.
            mine = ~(words.col(mark_of(one.subject)) < level.least(one.full)).fill_null(value=False)
            found = mine if found is None else found & mine
    return found


def _whole(worked: _Worked) -> Iterator[tuple[str, str, Values]]:
    card = worked.card
    met: set[str] = set()
    for number, tally in enumerate(worked.by_track):
        track = tally.keys[TRACK]
        values: dict[str, int | str | Missing] = {
            "pupils": tally["pupils"],
            "entered": tally["entered"],
            "sat": tally["sat"],
            "with_total": tally[named(TOTAL, "n")],
            "total_sum": tally[named(TOTAL, "sum")],
        }
        school = tally.keys[SCHOOL]
        for one in card.first:
            name = named("first", str(one))
            values[f"first_{one}"] = tally[name]
            values[f"{AMONG}first_{one}"] = 0 if school in met else worked.results.county[name]
        met.add(school)
        values |= {
            f"all_{one.mark}": tally[named("all", one.mark)]
            for one in worked.results.levels
            if not one.below
        }
        for line in lines_of(worked.results.heights):
            values[f"base_{line}"] = tally[named("base", line)]
            values[f"over_{line}"] = tally[named("over", line)]
            for of in REFERRED:
                theirs = worked.referred.get((of, line))
                values[f"{of}_{line}"] = (
                    Missing.NOT_ANSWERED if theirs is None else theirs * tally[named("base", line)]
                )
        values["track"] = worked.track(track)
        yield school, f"{number}/{track}", values


def _subjects(worked: _Worked) -> Iterator[tuple[str, str, Values]]:
    for number, tally in enumerate(worked.by_track):
        track = tally.keys[TRACK]
        for subject in worked.card.subjects:
            code = subject.subject
            sat = tally[named(code, "n")]
            if not sat:
                continue
            values: dict[str, int | str | Missing] = {
                "sat": sat,
                "marks": tally[named(code, "sum")],
                "full_marks": int(sat * subject.full * STEPS),
                "subject": code,
                "track": worked.track(track),
            }
            values |= {one.mark: tally[named(code, one.mark)] for one in worked.results.levels}
            yield tally.keys[SCHOOL], f"{number}/{track}/{code}", values
