"""What one period comes to, worked out once: figures, verdicts and the text of documents."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from functools import cached_property
from threading import RLock
from typing import TypeVar, cast

from xianxue.bureau.assessment.again import Before
from xianxue.bureau.indicators.asking import Asking
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Assessment, Finding
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.report.compose import Composed
from xianxue.bureau.values.periods import Period
from xianxue.desk.indicators.river import River
from xianxue.desk.report.dated import day_of
from xianxue.desk.standing.supposed import Base
from xianxue.desk.targets.standing import reported

T = TypeVar("T")


class Counted:
    """One period of a county as it stands, or as a release has it.

    All figures are there; a standard is judged and a document is put together when it is first
    asked for. Several threads may ask at once.
    """

    def __init__(
        self,
        river: River,
        attained: Sequence[Attainment] | None = None,
        known: Mapping[str, Before] | None = None,
    ) -> None:
        """Figure all that is declared, and hold the targets that speak of the period against it.

        ``known`` are earlier assessments by standard, from which what is the same is taken.
        """
        self.river = river
        self._known = dict(known or {})
        # All at once and now: what is read from the database is of one moment.
        self.figures: Mapping[str, Figure] = dict(river.figures)
        self.attained = reported(river) if attained is None else attained
        self._made: dict[Hashable, object] = {}
        self._lock = RLock()

    @property
    def period(self) -> Period:
        """The period it is of."""
        return self.river.period

    @property
    def shelf(self) -> Shelf:
        """The cards it is told by."""
        return self.river.year.shelf

    @property
    def register(self) -> Register:
        """The places that are counted by."""
        return self.river.register

    @cached_property
    def by_indicator(self) -> Mapping[str, tuple[Figure, ...]]:
        """The figures of each indicator, in the order of the register."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures.values():
            found.setdefault(figure.indicator, []).append(figure)
        return {name: tuple(figures) for name, figures in found.items()}

    @cached_property
    def by_place(self) -> Mapping[str, tuple[Figure, ...]]:
        """The figures of each place, in the order of the indicators."""
        found: dict[str, list[Figure]] = {}
        for figure in self.figures.values():
            found.setdefault(figure.place, []).append(figure)
        return {place: tuple(figures) for place, figures in found.items()}

    @cached_property
    def findings(self) -> Mapping[str, Sequence[Finding]]:
        """What standards say of each figure, by its key; those of other kinds of periods do not."""
        found: dict[str, list[Finding]] = {}
        for card in self.shelf.standards.values():
            if card.period.kind != self.period.kind:
                continue
            judged = self.assessment(card.standard)
            for one in (*judged.findings, *judged.spread):
                if one.figure is not None:
                    found.setdefault(one.figure.key, []).append(one)
        return found

    @cached_property
    def base(self) -> Base:
        """The tables and returns that stand, held ready for what is supposed over them."""
        return Base(self.river.holdings)

    def elsewhere(self, period: Period, indicators: Collection[str]) -> Mapping[str, Figure] | None:
        """Give figures of another period, each period asked once for all that is derived."""
        del indicators
        return self.once(
            ("elsewhere", period.code),
            lambda: self.river.elsewhere(period, _asked_elsewhere(self.shelf)),
        )

    @property
    def asking(self) -> Asking:
        """Who is asked for what, looked up once for all that is supposed."""
        return self.once(("asking",), lambda: self.river.joined.asking)

    def once(self, name: Hashable, make: Callable[[], T]) -> T:
        """Give what was made under a name before, or make it now."""
        with self._lock:
            if name not in self._made:
                self._made[name] = make()
            return cast("T", self._made[name])

    def assessment(self, standard: str) -> Assessment:
        """Judge a standard by the rules of the reference day; KeyError for an unknown one."""
        day, year = self.period.reference_day, self.river.year
        return self.once(
            ("standard", standard),
            lambda: year.assess(standard, day, self._known.pop(standard, None)),
        )

    def judged(self) -> dict[str, Before]:
        """Give the assessments there are, made now or known from before, by standard."""
        with self._lock:
            found = dict(self._known)
            for made in self._made.values():
                if isinstance(made, Assessment):
                    found[made.standard] = Before(made, self.river.year.facts)
            return found

    def carried(self, again: Collection[str]) -> dict[Hashable, object]:
        """Give what was worked out and still holds where some indicators were figured again.

        Orders of the other indicators, what other periods hold, and who is asked for what.
        """
        with self._lock:
            return {
                name: made
                for name, made in self._made.items()
                if isinstance(name, tuple)
                and (
                    name[0] in {"elsewhere", "asking"}
                    or (name[0] == "order" and name[1] not in again)
                )
            }

    def carry(
        self,
        made: Mapping[Hashable, object],
        again: Mapping[str, Sequence[Figure]],
        before: Counted,
    ) -> None:
        """Take over what an earlier state has worked out and what still holds."""
        self._made.update(made)
        shared = {**before.by_indicator, **{name: tuple(one) for name, one in again.items()}}
        self.__dict__["by_indicator"] = {name: one for name, one in shared.items() if one}

    def document(self, outline: str) -> Composed:
        """Put a document together without the offices' own passages; KeyError for an unknown one.

        It bears the day that it has where none is asked for.
        """
        river = self.river
        card = self.shelf.outlines[outline]
        return self.once(
            ("outline", outline),
            lambda: river.year.write(
                card, day_of(river, card), self.attained, judged=self.assessment
            ),
        )


def _asked_elsewhere(shelf: Shelf) -> list[str]:
    """Name all indicators that anything derived asks of another period."""
    cards = [card for card in shelf.indicators.values() if card.compared or card.cumulative_of]
    return list(dict.fromkeys(name for card in cards for name in card.rests_on))
