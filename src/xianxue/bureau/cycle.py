"""One year's turn of the river: the only file that knows several rooms.

Sources come in; figures, facts and assessments go out. Here sources are joined and rooms called,
and nothing is computed. Nothing is read from disk and nobody asks the clock: the caller hands
everything in.

Rooms that judge and write are imported where they are called: most commands ask for figures alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from xianxue.bureau.assessment.question import indicators_of
from xianxue.bureau.indicators.asking import Asking
from xianxue.bureau.indicators.compile import figure_frames
from xianxue.bureau.indicators.derived.deriving import borrowed, counted_for, derive
from xianxue.bureau.indicators.derived.setting import Elsewhere, nothing_elsewhere
from xianxue.bureau.indicators.engine import NARWHALS, Engine, Tables
from xianxue.bureau.indicators.facts import place_facts
from xianxue.bureau.indicators.figured import Figured
from xianxue.bureau.indicators.figures import figures
from xianxue.bureau.kinds.expected import Expected
from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.appraised import Appraised
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.records.happenings import Happenings, nothing_happened
from xianxue.bureau.records.occasion import COUNTY_ALONE, Occasion
from xianxue.bureau.records.planned import Planned
from xianxue.bureau.records.source import Sources
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace

if TYPE_CHECKING:
    from xianxue.bureau.assessment.again import Before
    from xianxue.bureau.report.compose import Composed
    from xianxue.bureau.report.context import Context


class Joined(Record, dict=True):
    """Everything that one period of one county is counted from."""

    shelf: Shelf
    register: Register
    period: Period
    sources: Sources
    engine: Engine = NARWHALS
    """The one that the sources' tables are of."""
    elsewhere: Elsewhere = nothing_elsewhere
    """The way to figures of other periods, for what is held against them."""

    @cached_property
    def tables(self) -> Tables:
        """The tables of all sources."""
        return Tables(self.sources.tables(), self.engine)

    @cached_property
    def expected(self) -> Expected:
        """Who is expected in them."""
        return self.sources.expected()

    @cached_property
    def asking(self) -> Asking:
        """Who is asked for what, looked up once for all that is figured of them."""
        return Asking(self.shelf, self.register, self.period, self.expected)

    @cached_property
    def facts(self) -> tuple[PlaceFacts, ...]:
        """What rules may ask of places."""
        found = place_facts(self.shelf, self.register, self.period, self.tables, self.expected)
        return tuple(found)


class Year(Record):
    """What one period comes to: its figures, and what rules may ask of its places."""

    shelf: Shelf
    register: Register
    period: Period
    figures: Mapping[str, Figure]
    """By key, all levels; in the order of the indicators, then of the register."""
    facts: tuple[PlaceFacts, ...]
    appraisals: Callable[[str], Appraised | None] | None = None
    """Gives the appraisal by a rubric, as documents speak of it; None where they speak of none."""
    planned: Planned | None = None
    """What a plan adds to what is counted; None for a document that plans nothing."""
    happenings: Happenings = nothing_happened
    """Gives what a ledger counts in the period, entry by entry."""
    occasion: Occasion = COUNTY_ALONE
    """What a document is about, and what it is told beside the figures of its period."""
    style: str = ""
    """Which of an outline's styles its points are set in; empty for the first of each."""

    @classmethod
    def of(cls, joined: Joined, figures: Mapping[str, Figure] | None = None) -> Year:
        """Make everything that is declared ready to be figured, each when it is asked for.

        ``figures`` are those of a release: they stand as published and are not counted again.
        """
        made = Figured(partial(figures_of, joined)) if figures is None else figures
        return cls(joined.shelf, joined.register, joined.period, made, joined.facts)

    def ask(self, names: Iterable[str]) -> None:
        """Have indicators and choices figured together that will be looked up one by one."""
        if isinstance(self.figures, Figured):
            cards = map(self.shelf.indicator, names)
            self.figures.ask(card.indicator for card in cards if card is not None)

    def figure(
        self, name: str, place: str, stage: Stage | None, slice_of: str = "", /
    ) -> Figure | None:
        """Give the figure of an indicator or choice, or None where there is none.

        ``slice_of``: ``dimension=code``; empty for the whole.
        """
        card = self.shelf.indicator(name)
        if card is None:
            return None
        when = self.period
        if card.period.kind != when.kind:
            try:
                when = card.period.for_(when)
            except ValueError:
                # By its rule there is no one period: then it says nothing of this one.
                return None
        key = key_of(card.indicator, place, stage, when.code)
        return self.figures.get(f"{key}/{slice_of}" if slice_of else key)

    def assess(self, standard: str, on: date, before: Before | None = None) -> Assessment:
        """Judge a standard with the rules in force on a day; KeyError for an unknown one.

        ``before`` is an assessment of it on the same day, from which what is the same is taken.
        """
        from xianxue.bureau.assessment.assess import assess  # noqa: PLC0415 - see above

        card = self.shelf.standards[standard]
        self.ask(indicators_of(card))
        return assess(card, self.shelf, self.figure, self.facts, self.period, on, before)

    def write(
        self,
        outline: str | Outline,
        on: date,
        targets: Sequence[Attainment] = (),
        texts: Mapping[str, Sequence[str]] | None = None,
        judged: Callable[[str], Assessment] | None = None,
    ) -> Composed:
        """Write a document dated ``on``, judged by the rules of the reference day.

        ``outline`` is one of the catalogue by its name, or one that is altered by hand. ``texts``
        are the offices' own passages, by the name of their slot. ``judged`` gives the
        assessments of the reference day by standard, where somebody has made them already.
        """
        from xianxue.bureau.report.compose import compose  # noqa: PLC0415 - see above

        card, spoken = self._spoken_of(outline, on, targets, judged)
        return compose(card, **spoken, texts=texts or {}, style=self.style)

    def context(
        self,
        outline: str | Outline,
        on: date,
        targets: Sequence[Attainment] = (),
        judged: Callable[[str], Assessment] | None = None,
    ) -> Context:
        """Give what a document's sentences may speak of; see ``write``."""
        from xianxue.bureau.report.compose import context_of  # noqa: PLC0415 - see above

        card, spoken = self._spoken_of(outline, on, targets, judged)
        return context_of(card, **spoken)

    def _spoken_of(
        self,
        outline: str | Outline,
        on: date,
        targets: Sequence[Attainment],
        judged: Callable[[str], Assessment] | None,
    ) -> tuple[Outline, dict[str, Any]]:
        from xianxue.bureau.report.check import claims_in  # noqa: PLC0415 - see above

        card = self.shelf.outlines[outline] if isinstance(outline, str) else outline
        self.ask(name for _, name, _ in claims_in(card, self.shelf))
        # By the rules of the day on which was counted, whenever it is written: a rule of today must
        # not turn last year's verdict.
        day = self.period.reference_day
        of = judged if judged is not None else partial(self.assess, on=day)
        return card, {
            "shelf": self.shelf,
            "figures": self.figure,
            "assessments": [of(name) for name in card.standards],
            "register": self.register,
            "period": self.period,
            "on": on,
            "targets": targets,
            "happenings": self.happenings,
            "occasion": self.occasion,
            **({"appraisals": self.appraisals} if self.appraisals is not None else {}),
            **({"planned": self.planned} if self.planned is not None else {}),
        }

    def claims(self) -> Iterator[Claim]:
        """Say every figure that is determined, in its usual form."""
        from xianxue.bureau.report.claims import of_figure  # noqa: PLC0415 - see above

        for figure in self.figures.values():
            card = self.shelf.indicator(figure.indicator)
            if figure.value is not None:
                term = figure.named(card.term) if card is not None else figure.indicator
                yield of_figure(figure, term)

    def written(self, on: date, targets: Sequence[Attainment] = ()) -> Iterator[Claim]:
        """Give the claims of all documents that can be written on a day."""
        # Most documents speak of the same standards: each is judged once.
        judged = cache(partial(self.assess, on=self.period.reference_day))
        for name, outline in self.shelf.reports.items():
            # What only the headlines of one style say is said too.
            for style in [one.style for one in outline.styles] or [""]:
                text = replace(self, style=style).write(name, on, targets, judged=judged).text
                if text is not None:
                    yield from text.claims()


def figures_of(joined: Joined, indicators: Collection[str] | None = None) -> dict[str, Figure]:
    """Figure some indicators, or all there are, at every level.

    What is counted comes first, then what is made of it, then what is figured for other kinds of
    periods. Of some indicators only their own figures are given, not those they are made of.
    """
    shelf, register, period = joined.shelf, joined.register, joined.period
    counted: dict[str, Figure] = {}
    counting = counted_for(shelf, indicators, period)
    # Derived figures may need nothing of this period: then no table is opened.
    if counting:
        frames = figure_frames(shelf, joined.tables, period.reference_day, counting)
        counted = figures(frames, shelf, register, period, counting, asking=joined.asking)
    found = counted | derive(shelf, register, period, counted, joined.elsewhere, indicators)
    found |= borrowed(shelf, period, joined.elsewhere, indicators)
    if indicators is None:
        return found
    # What they are made of was counted too, and nobody asked for it.
    asked = {card.indicator for name in indicators if (card := shelf.indicator(name)) is not None}
    return {key: figure for key, figure in found.items() if figure.indicator in asked}
