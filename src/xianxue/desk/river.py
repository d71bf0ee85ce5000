"""The river on one workspace: from what is held to figures, verdicts and documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from xianxue.bureau.cycle import Year, figures_of, place_facts
from xianxue.bureau.indicators.explain import Explanation, explain
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.report.word import render
from xianxue.bureau.values.periods import Period
from xianxue.desk.holdings import Holdings
from xianxue.desk.stores.releases import Published
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace


@dataclass(frozen=True)
class River:
    """One period of one workspace; each part is worked out when it is first asked for."""

    workspace: Workspace
    period: Period
    release: Published | None = None
    """The release whose figures are spoken of; None for provisional ones."""

    @cached_property
    def holdings(self) -> Holdings:
        """The accepted returns and their tables."""
        frozen = None if self.release is None else tuple(self.release.manifest.kept)
        return Holdings(self.workspace, self.period, frozen)

    @cached_property
    def year(self) -> Year:
        """Everything that is declared, figured."""
        shelf, register = self.workspace.shelf, self.workspace.register
        held = self.holdings
        if self.release is not None:
            facts = tuple(place_facts(shelf, register, held.returns, self.period))
            return Year(shelf, register, self.period, self.release.figures, facts)
        return Year.turn(shelf, register, self.period, held.returns, held.tables())

    @property
    def figures(self) -> Mapping[str, Figure]:
        """All figures, by key."""
        return self.year.figures

    def figures_of(self, indicator: str) -> list[Figure]:
        """Figure one indicator alone: quicker than the whole year."""
        if self.release is not None:
            every = self.release.figures.values()
            return [figure for figure in every if figure.indicator == indicator]
        held = self.holdings
        register = self.workspace.register
        tables = held.tables()
        found = figures_of(self.workspace.shelf, register, self.period, tables, [indicator])
        return [figure for figure in found.values() if figure.indicator == indicator]

    def assess(self, standard: str, on: date) -> Assessment:
        """Judge a standard with the rules in force on a day."""
        return self.year.assess(standard, on)

    def explain(self, figure: Figure) -> Explanation:
        """Follow a figure down to the cells somebody filled in."""
        return explain(
            figure,
            self.workspace.shelf,
            self.workspace.register,
            self.holdings.tables(),
            self.period.reference_day,
            self.holdings.cell,
        )

    def document(self, outline: str, on: date | None = None) -> bytes:
        """Write a document as .docx, dated ``on`` or the last day of the period's first half.

        Without a date of its own a document would change from one day to the next although
        nothing it says has changed.
        """
        composed = self.year.write(outline, on or date(self.period.start.year, 12, 31))
        if composed.text is None:
            raise ComplaintsError(composed.issues)
        profile = self.workspace.shelf.profiles.get(self.workspace.settings.profile)
        if profile is None:
            known = "、".join(self.workspace.shelf.profiles)
            message = f"没有版式“{self.workspace.settings.profile}”；现有：{known}"
            raise MisusedError(message)
        return render(composed.text, profile)
