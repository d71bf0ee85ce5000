"""The river on one workspace: from what is held to figures, verdicts and documents."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import RLock
from typing import TYPE_CHECKING

from xianxue.bureau.cycle import Joined, Year, figures_of
from xianxue.bureau.indicators.figured import Figured
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.records.occasion import Bars, Earlier, Occasion
from xianxue.bureau.records.source import Sources
from xianxue.bureau.records.target import Target
from xianxue.bureau.values.period_rules import years_before
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.appraised.source import AppraisalSource, published_until
from xianxue.desk.ballots.source import BallotSource, counted_until
from xianxue.desk.exams.source import ExamSource
from xianxue.desk.indicators.counted_by import (
    CHANGED,
    OTHERWISE,
    CountedBy,
    counted_by,
    told_by,
)
from xianxue.desk.indicators.other_periods import Known, known_now, known_then
from xianxue.desk.indicators.target_source import TargetSource, speaking_of
from xianxue.desk.ledgers.source import LedgerSource, entries_now
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.returns.tables import sources_of
from xianxue.desk.stores.cabinet import Kept
from xianxue.desk.stores.clock import day_of, now
from xianxue.desk.stores.engines import NAMES, NoEngineError, engine_of
from xianxue.desk.stores.releases import EntriesThen, OtherPeriod, Published
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.indicators.explaining.explain import Explanation


@dataclass(frozen=True)
class River:
    """One period of one workspace; each part is worked out when it is first asked for."""

    workspace: Workspace
    period: Period
    release: Published | None = None
    """The release whose figures are spoken of; None for provisional ones."""
    as_of: date | None = None
    """The later day by whose places is counted (合并口径); None for places as they were."""
    kept: tuple[Kept, ...] | None = None
    """The revisions counted; None for those of the release, or those accepted now."""
    earlier: Sequence[OtherPeriod] | None = None
    """The other periods as they were known then; None for those of the release, or as known now."""
    targets: Mapping[str, Sequence[Target]] | None = None
    """Period to its targets as they were then; None for those of the release, or in force now."""
    entries: EntriesThen | None = None
    """What ledgers held then; None for what they held at the release, or hold now."""
    rules: CountedBy | None = None
    """By what is counted; None for what the release was counted by, or what stands now."""
    others: dict[str, River | None] = field(
        default_factory=dict[str, "River | None"], compare=False, repr=False
    )
    """The rivers of other periods that have been asked for something."""
    asked: set[str] = field(default_factory=set[str], compare=False, repr=False)
    """The codes of those periods, as soon as they are asked, and of whatever they ask in turn."""
    engine: str = NAMES[0]
    """Which engine counts; the figures are the same."""

    @property
    def last_day(self) -> date:
        """The last day of the calendar year in which the period's figures were counted."""
        return Period.on("calendar_year", self.period.reference_day).end

    @cached_property
    def _rules(self) -> CountedBy:
        if self.rules is not None:
            return self.rules
        if self.release is None:
            return CountedBy(self.workspace)
        found = counted_by(self.workspace, self.period, self.release)
        if self.as_of is None:
            return found
        # On the basis of a later day the places are those of the register as it stands.
        return replace(found, workspace=replace(found.workspace, register=self.workspace.register))

    @property
    def counted_by(self) -> Workspace:
        """The workspace with the cards and the register that the figures follow from."""
        return self._rules.workspace

    @cached_property
    def holdings(self) -> Holdings:
        """The accepted returns and their tables."""
        frozen = self.kept
        if frozen is None and self.release is not None:
            frozen = tuple(self.release.manifest.kept)
        return Holdings(self.counted_by, self.period, frozen, self.as_of)

    @cached_property
    def joined(self) -> Joined:
        """Whatever offers tables for the period, joined; see ``sources_of``."""
        register, period = self.register, self.period
        given = TargetSource(
            self.counted_by, register, period, lambda: self.counted_targets, self._without_targets
        )
        return self._joined(sources_of(self.holdings, *self._counted_here, given))

    @cached_property
    def _counted_here(
        self,
    ) -> tuple[LedgerSource, ExamSource, BallotSource, AppraisalSource]:
        """What the county itself counts; asked what is known only where it is counted."""
        by = self.counted_by, self.register, self.period
        return (
            LedgerSource(*by, lambda: self.counted_entries),
            ExamSource(*by, lambda: self.counted_entries.exams),
            BallotSource(*by, lambda: self.counted_entries.ballots),
            AppraisalSource(*by, lambda: self.counted_entries.appraisals),
        )

    @cached_property
    def counted_entries(self) -> EntriesThen:
        """What of ledgers the period's figures count: all that is written down today, or was."""
        if self.entries is not None:
            return self.entries
        if self.release is not None:
            return self.release.manifest.entries
        entries = entries_now(self.workspace, self.period, today := day_of(now()))
        from xianxue.desk.exams.released import last_releases  # noqa: PLC0415 - needs Django

        # An entry tells of a day and belongs to its year; of an examination the results often come
        # when the year is over, and which year they are of is said with them.
        further = {
            "exams": last_releases(today),
            "ballots": counted_until(today),
            "appraisals": published_until(today),
        }
        return replace(entries, **further) if any(further.values()) else entries

    def _joined(self, sources: Sources) -> Joined:
        try:
            engine = engine_of(self.engine)
        except NoEngineError as error:
            raise MisusedError(error.args[0]) from error
        shelf, register = self.counted_by.shelf, self.register
        return Joined(shelf, register, self.period, sources, engine, self.elsewhere)

    def _without_targets(self, indicators: Collection[str]) -> Mapping[str, Figure]:
        """Figure what targets are held against, from all sources but the targets themselves."""
        if self.release is not None and self.as_of is None:
            found = self.figures_for(indicators)
            # What is published stands as published; only what the release does not have is counted
            # now.
            indicators = set(indicators) - {figure.indicator for figure in found.values()}
            if not indicators:
                return found
        else:
            found = {}
        joined = self._joined(sources_of(self.holdings, *self._counted_here))
        return {**found, **self._marked(figures_of(joined, indicators))}

    @property
    def _fixed_targets(self) -> Mapping[str, Sequence[Target]] | None:
        """The targets as they were then, by period; None where those in force now are counted."""
        if self.targets is None and self.release is not None:
            return self.release.targets
        return self.targets

    @cached_property
    def counted_targets(self) -> tuple[Target, ...]:
        """The targets that the period's figures count."""
        fixed = self._fixed_targets
        if fixed is not None:
            return tuple(fixed.get(self.period.code, ()))
        return tuple(speaking_of(self.counted_by, self.period))

    def elsewhere(self, period: Period, indicators: Collection[str]) -> Mapping[str, Figure] | None:
        """Give figures of another period; None where nothing is held of it."""
        other = self.other(period)
        if other is None:
            return None
        found = other.figures_for(indicators)
        # A release made before an indicator was declared has no such figure, but its returns have.
        new = set(indicators) - {figure.indicator for figure in found.values()}
        if other.release is not None and new:
            found = {**found, **figures_of(self._counted_anew(other, other.release), new)}
        return found

    def _counted_anew(self, other: River, release: Published) -> Joined:
        """Open the returns of another period's release to be counted by this river's cards."""
        return replace(
            other,
            release=None,
            kept=tuple(release.manifest.kept),
            earlier=release.manifest.earlier,
            targets=release.targets,
            entries=release.manifest.entries,
            rules=self._rules,
            # Not this river's: there the same periods have been opened by other cards.
            others={},
            asked=self.asked,
        ).joined

    def other(self, period: Period) -> River | None:
        """Give the river of another period; None where nothing is held of it."""
        # Before anything is read of it: what changes from now on is noticed.
        self.asked.add(period.code)
        if period.code not in self.others:
            known = self._known(period)
            self.others[period.code] = None if known is None else self._at(period, known)
        return self.others[period.code]

    def _at(self, period: Period, known: Known) -> River:
        """Go to another period; what a later day's places are counted by holds there too."""
        if known.release is not None:
            # A release has its own view of the periods before it.
            return River(self.workspace, period, known.release, self.as_of, engine=self.engine)
        return River(
            self.workspace,
            period,
            as_of=self.as_of,
            kept=known.kept,
            # A period without a release was counted with this one, and by the same view of the
            # rest.
            earlier=self._fixed,
            targets=self._fixed_targets,
            entries=known.entries,
            rules=self._rules if self.release is not None else self.rules,
            others=self.others,
            asked=self.asked,
            engine=self.engine,
        )

    @property
    def _fixed(self) -> Sequence[OtherPeriod] | None:
        """The other periods as they were known then; None where they are as known now."""
        if self.earlier is None and self.release is not None:
            return self.release.manifest.earlier
        return self.earlier

    def _known(self, period: Period) -> Known | None:
        if self._fixed is None:
            return known_now(self.workspace, period)
        then = next((one for one in self._fixed if one.period == period.code), None)
        return None if then is None else known_then(self.workspace, then)

    @property
    def register(self) -> Register:
        """The places that are counted by, as they stood on the reference day."""
        return self.holdings.register

    @cached_property
    def year(self) -> Year:
        """Everything that is declared, each figured when it is first asked for."""
        happenings = self._counted_here[0].happenings
        if self.release is not None and self.as_of is None:
            told = told_by(self.workspace.shelf, self.counted_by.shelf)
            made = Year.of(self.joined, self.release.figures)
            return replace(made, shelf=told, happenings=happenings, occasion=self._occasion)
        made = Year.of(self.joined, Figured(self._figured, RLock()))
        return replace(made, happenings=happenings, occasion=self._occasion)

    @property
    def _occasion(self) -> Occasion:
        """Give what documents are told beside the figures of this period."""

        def draw(bars: Bars) -> tuple[bytes, tuple[int, int]]:
            from xianxue.desk.exams.papers.drawing import side_by_side  # noqa: PLC0415 - draws

            return side_by_side(bars)

        return Occasion(earlier=self._earlier, draw=draw)

    def _earlier(self, years: int) -> Earlier | None:
        other = self.other(years_before(self.period, years))
        return other.year.figure if other is not None else None

    @property
    def figures(self) -> Mapping[str, Figure]:
        """All figures, by key."""
        return self.year.figures

    def figures_of(self, indicator: str) -> list[Figure]:
        """Figure one indicator alone: quicker than the whole year."""
        return [one for one in self.figures_for([indicator]).values() if one.indicator == indicator]

    def figures_for(self, indicators: Collection[str]) -> Mapping[str, Figure]:
        """Figure some indicators alone; those that a release has stand as published."""
        if self.release is None:
            return self._figured(indicators)
        if self.as_of is not None:
            # What was declared since has no figure of that release, on whichever basis.
            return self._figured([one for one in indicators if self._card(one) is not None])
        published = self.release.figures.values()
        wanted = {card.indicator for name in indicators if (card := self._card(name)) is not None}
        return {one.key: one for one in published if one.indicator in wanted}

    def _card(self, name: str) -> Indicator | None:
        return self.counted_by.shelf.indicator(name)

    def _figured(self, indicators: Collection[str] | None) -> Mapping[str, Figure]:
        return self._marked(figures_of(self.joined, indicators))

    def _marked(self, figures: Mapping[str, Figure]) -> Mapping[str, Figure]:
        """Say of figures on a later day's basis that they are, and what they were counted from."""
        if self.as_of is None:
            return figures
        release = self.release.name if self.release is not None else None
        said = self.as_of.isoformat()
        return {
            key: replace(figure, as_of=said, release=release) for key, figure in figures.items()
        }

    def assess(self, standard: str, on: date) -> Assessment:
        """Judge a standard with the rules in force on a day."""
        return self.year.assess(standard, on)

    def explain(self, figure: Figure) -> Explanation:
        """Follow a figure down to the cells somebody filled in, or to those it is made of."""
        from xianxue.bureau.indicators.derived.explaining import (  # noqa: PLC0415 - seldom asked
            explain_derived,
        )
        from xianxue.bureau.indicators.explaining.explain import (  # noqa: PLC0415 - as above
            explain,
            untold,
        )

        # A derived figure leads to figures of other periods: each is told by its own returns.
        if figure.period != self.period.code:
            other = self.other(Period.parse(figure.period))
            return (other or self).explain(figure)
        shelf = self.counted_by.shelf
        card = shelf.indicators.get(figure.indicator)
        if (why := self._why_untold(figure)) or card is None:
            term = figure.named(card.term) if card is not None else figure.indicator
            return untold(figure, term, why or CHANGED)
        if card.derived:
            parts = self.figures_for(card.rests_on)
            return explain_derived(figure, shelf, self.register, parts, self.elsewhere)
        return explain(
            figure,
            shelf,
            self.register,
            self.joined.tables,
            self.period.reference_day,
            self.joined.sources.traces,
            asking=self.joined.asking,
        )

    def _why_untold(self, figure: Figure) -> Sentence | None:
        """Say why a published figure cannot be worked before the reader; None where it can.

        What is worked out has to come to what was published: a formula whose result is another
        would be worse than none.
        """
        if self.release is None or self.as_of is not None:
            return None
        if self._rules.why_not:
            return self._rules.why_not
        again = figures_of(self.joined, [figure.indicator]).get(figure.key)
        same = again is not None and _worked(again) == _worked(figure)
        return None if same else OTHERWISE


def _worked(figure: Figure) -> tuple[object, ...]:
    return figure.value, figure.numerator, figure.denominator, figure.coverage
