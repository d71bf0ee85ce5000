"""What pages ask of appraisals, kept until a deed, a file or the day changes it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from xianxue.bureau.appraisal.alternatives import Alternative, other_rules, weights_moved
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.standing.standing import LATEST, Standing
from xianxue.desk.stores.clock import day_of
from xianxue.desk.workspace import MisusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xianxue.bureau.kinds.appraisal.grading import Window
    from xianxue.desk.actions.appraisal.days import LastDay
    from xianxue.desk.actions.appraisal.doing import About
    from xianxue.desk.actions.appraisal.following import Proposal
    from xianxue.desk.actions.appraisal.lines import Lines
    from xianxue.desk.actions.appraisal.publishing import Results
    from xianxue.desk.appraisal.cards import Which
    from xianxue.desk.appraisal.judged import Who
    from xianxue.desk.appraisal.listing import Listed
    from xianxue.desk.appraisal.scored import Appraising, Result
    from xianxue.desk.appraisal.shown import ShownResult
    from xianxue.desk.appraisal.versions import Compared
    from xianxue.desk.indicators.river import River

_YEAR: Final = "school_year"


class Appraised(Record, kw_only=True):
    """One rubric in the list, with those whom it judges now."""

    listed: Listed
    judged: tuple[tuple[str, str], ...]
    """Code or id, and name, in the order of the register."""


class Stage(Record):
    """How far an appraisal has come."""

    term: Sentence | str
    state: str
    published: bool
    """Whether its results have been made public."""
    release: int
    """The number under which they were published last; 0 for never."""
    on: date | None = None
    """The day on which that was."""
    appeal_by: date | None = None
    """The last day of appeals against it; None where the card has none."""


class AppraisalViews:
    """The appraisals of a county on one day; who may see what of them, pages ask the policy."""

    def __init__(self, standing: Standing, on: date) -> None:
        """Take the county and the day."""
        self.standing, self.on = standing, on

    def listed(self) -> tuple[Appraised, ...]:
        """Give every rubric in force, with those whom it judges in the period that goes on."""
        return self.standing.answer(("appraisal", "list", self.on), self._listed)

    def _listed(self) -> tuple[Appraised, ...]:
        from xianxue.desk.appraisal.cards import Which  # noqa: PLC0415 - needs Django set up first
        from xianxue.desk.appraisal.listing import listed  # noqa: PLC0415 - as above

        # The ground opens the database.
        self.standing.ground()
        appraising = self._appraising(None)
        found: list[Appraised] = []
        for one in listed(self.standing.workspace()):
            asked = Which(rubric=one.rubric, period=one.period, on=min(self.on, one.period.end))
            people = tuple((who.place, who.name) for who in appraising.people(asked))
            found.append(Appraised(listed=one, judged=people))
        return tuple(found)

    def which(self, rubric: str, period: str | None = None) -> Which:
        """Say which appraisal is meant; MisusedError where there is no such rubric or period."""
        from xianxue.desk.appraisal.cards import which  # noqa: PLC0415 - as above

        return which(self.standing.workspace(), rubric, period)

    def stage(self, asked: Which) -> Stage:
        """Say how far an appraisal has come."""
        return self.standing.answer(
            ("appraisal stage", *self._named(asked)), lambda: self._stage(asked)
        )

    def _stage(self, asked: Which) -> Stage:
        from xianxue.desk.actions.appraisal.days import running  # noqa: PLC0415 - as above
        from xianxue.desk.actions.appraisal.doing import way_of  # noqa: PLC0415 - as above
        from xianxue.desk.actions.appraisal.publishing import releases_of  # noqa: PLC0415 - as above

        way = way_of(self.standing.ground().shelf)
        row = self._appraising(None).row(asked)
        state = way.start if row is None else row.state
        releases = releases_of(row)
        public = state in way.marked("counts")
        if not releases:
            return Stage(way.state_term(state), state, public, 0)
        on = day_of(releases[-1].at)
        appeal = running(self.standing.ground().shelf, asked.rubric, on).appeal
        last = appeal.day if appeal is not None else None
        return Stage(way.state_term(state), state, public, releases[-1].number, on, last)

    def lines(self, asked: Which) -> Lines:
        """Give what was said in an appraisal, whoever may see it."""
        from xianxue.desk.actions.appraisal.lines import Lines  # noqa: PLC0415 - as above

        return self.standing.answer(
            ("appraisal lines", *self._named(asked)),
            lambda: Lines.of(self._appraising(None).row(asked)),
        )

    def about(self, asked: Which) -> About:
        """Say which appraisal a deed is about, and who is judged in it."""
        from xianxue.desk.actions.appraisal.doing import About  # noqa: PLC0415 - as above

        def make() -> About:
            people = self._appraising(None).people(asked)
            names = {one.place: str(one.name) for one in people}
            return About(rubric=asked.rubric, period=asked.period, names=names)

        return self.standing.answer(("appraisal about", *self._named(asked)), make)

    def results(self, asked: Which) -> Results:
        """Give what scores an appraisal when it is published: anew, within the transaction."""
        from xianxue.desk.appraisal.json_keys import as_kept  # noqa: PLC0415 - as above

        return lambda: as_kept(self._appraising(asked).result(asked))

    def proposals(self, asked: Which) -> list[Proposal]:
        """Give what the card proposes after the last published results."""
        from xianxue.desk.appraisal.consequences import proposals  # noqa: PLC0415 - as above
        from xianxue.desk.appraisal.deeds import Desk  # noqa: PLC0415 - as above

        desk = Desk(workspace=self.standing.workspace(), asked=asked)
        return self.standing.answer(
            ("appraisal proposals", *self._named(asked)), lambda: proposals(desk, on=self.on)
        )

    def last_day(self, asked: Which, windows: Sequence[Window]) -> LastDay | None:
        """Give the last day of a window that began with the last publication, or None."""
        from xianxue.desk.actions.appraisal.days import last_day  # noqa: PLC0415 - as above
        from xianxue.desk.stores.clock import day_of  # noqa: PLC0415 - as above

        at = self.shown(asked).at
        shelf = self.standing.workspace().shelf
        return None if at is None else last_day(shelf, windows, day_of(at))

    def shown(self, asked: Which, *, now: bool = False) -> ShownResult:
        """Give what was published last, or what stands now where nothing was; ``now``: that."""
        from xianxue.desk.actions.appraisal.publishing import releases_of  # noqa: PLC0415 - as above
        from xianxue.desk.appraisal.shown import as_it_stands, as_published  # noqa: PLC0415 - as above

        def make() -> ShownResult:
            releases = [] if now else releases_of(self._appraising(None).row(asked))
            result = self.result(asked)
            return as_published(releases[-1], result) if releases else as_it_stands(result)

        return self.standing.answer(("appraisal shown", *self._named(asked), now), make)

    def result(self, asked: Which, traced: str = "") -> Result:
        """Give what an appraisal comes to now; ``traced``: of whom its traces are wanted, too."""
        return self.standing.answer(
            ("appraisal", *self._named(asked), traced),
            lambda: self._appraising(asked, traced).result(asked),
        )

    def people(self, asked: Which) -> tuple[Who, ...]:
        """Give all who are judged, with what is known of them."""
        return self.standing.answer(
            ("appraisal people", *self._named(asked)),
            lambda: tuple(self._appraising(None).people(asked)),
        )

    def other(self, asked: Which, rubric: str, place: str) -> Result | None:
        """Give what another rubric, on which one rests, came to for a place.

        None where it does not judge the place, or has no single period that belongs to this one.
        """
        try:
            return self.standing.answer(
                ("appraisal other", *self._named(asked), rubric, place),
                lambda: self._appraising(asked).of_other(asked, rubric, place),
            )
        except MisusedError:
            return None

    def alternatives(self, asked: Which) -> tuple[Alternative, ...]:
        """Rank all under other rules, and with each weight a tenth more and a tenth less."""

        def make() -> tuple[Alternative, ...]:
            result = self.result(asked)
            rules = other_rules(asked.rubric, result.judged, asked.on)
            return (*rules, *weights_moved(asked.rubric, result.scores, result.judged))

        return self.standing.answer(("appraisal rules", *self._named(asked)), make)

    def compared(self, asked: Which, other: str) -> Compared:
        """Hold the card of an appraisal against another, and judge its period by both.

        KeyError where there is no such card; MisusedError where the period is none of its.
        """
        from xianxue.desk.appraisal.versions import Version, compared  # noqa: PLC0415 - as above

        workspace = self.standing.workspace()
        cards = asked.rubric, workspace.shelf.rubrics[other]
        before, after = (Version(workspace=workspace, rubric=one) for one in cards)
        return self.standing.answer(
            ("appraisal versions", *self._named(asked), other),
            lambda: compared(before, after, asked.period.code),
        )

    def release(self, asked: Which) -> str:
        """Name the release whose figures an appraisal is scored by; empty for those of now."""
        found = self.standing.release(asked.period, LATEST)
        return "" if found is None else found.name

    def _named(self, asked: Which) -> tuple[str, str, date]:
        return asked.rubric.rubric, asked.period.code, self.on

    def _appraising(self, asked: Which | None, traced: str = "") -> Appraising:
        from xianxue.desk.appraisal.scored import Appraising  # noqa: PLC0415 - as above

        rivers: dict[str, River] = {}
        if asked is not None and asked.period.kind == _YEAR:
            # Its figures are there already for other pages.
            rivers[asked.period.code] = self.standing.river(asked.period, LATEST)
        return Appraising(workspace=self.standing.workspace(), traced=traced, rivers=rivers)
