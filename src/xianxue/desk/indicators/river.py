"""The river on one workspace: from what is held to figures, verdicts and documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from xianxue.bureau.cycle import Joined, Year, figures_of
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.records.source import Sources
from xianxue.bureau.values.periods import Period
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.overrides import overrides_of
from xianxue.desk.returns.tables import ReturnSource
from xianxue.desk.stores.engines import POLARS
from xianxue.desk.stores.releases import Published
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.indicators.explain import Explanation


@dataclass(frozen=True)
class River:
    """One period of one workspace; each part is worked out when it is first asked for."""

    workspace: Workspace
    period: Period
    release: Published | None = None
    """The release whose figures are spoken of; None for provisional ones."""
    as_of: date | None = None
    """The later day by whose places is counted (合并口径); None for places as they were."""

    @property
    def last_day(self) -> date:
        """The last day of the calendar year in which the period's figures were counted."""
        return Period.on("calendar_year", self.period.reference_day).end

    @cached_property
    def holdings(self) -> Holdings:
        """The accepted returns and their tables."""
        frozen = None if self.release is None else tuple(self.release.manifest.kept)
        return Holdings(self.workspace, self.period, frozen, self.as_of)

    @cached_property
    def joined(self) -> Joined:
        """Whatever offers tables for the period, joined; returns are the first source."""
        sources = Sources((ReturnSource(self.holdings),))
        return Joined(self.workspace.shelf, self.register, self.period, sources, POLARS)

    @property
    def register(self) -> Register:
        """The places that are counted by, as they stood on the reference day."""
        return self.holdings.register

    @cached_property
    def year(self) -> Year:
        """Everything that is declared, figured."""
        if self.release is not None and self.as_of is None:
            return Year.of(self.joined, self.release.figures)
        turned = Year.of(self.joined)
        return replace(turned, figures=self._marked(turned.figures))

    @property
    def figures(self) -> Mapping[str, Figure]:
        """All figures, by key."""
        return self.year.figures

    def figures_of(self, indicator: str) -> list[Figure]:
        """Figure one indicator alone: quicker than the whole year."""
        if self.release is not None and self.as_of is None:
            every = self.release.figures
        else:
            every = self._marked(figures_of(self.joined, [indicator]))
        return [figure for figure in every.values() if figure.indicator == indicator]

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
        """Follow a figure down to the cells somebody filled in."""
        from xianxue.bureau.indicators.explain import explain  # noqa: PLC0415 - seldom asked

        return explain(
            figure,
            self.workspace.shelf,
            self.register,
            self.joined.tables,
            self.period.reference_day,
            self.joined.sources.traces,
            self.joined.expected,
        )

    def document(self, outline: str, on: date | None = None) -> bytes:
        """Write a document as .docx, dated ``on`` or the last day of the year it was counted in.

        Without a date of its own a document would change from one day to the next although
        nothing it says has changed.
        """
        from xianxue.bureau.report.notes import with_notes  # noqa: PLC0415 - figures need no Word
        from xianxue.bureau.report.word import render  # noqa: PLC0415 - as above

        composed = self.year.write(outline, on or self.last_day)
        if composed.text is None:
            raise ComplaintsError(composed.issues)
        profile = self.workspace.shelf.profiles.get(self.workspace.settings.profile)
        if profile is None:
            known = "、".join(self.workspace.shelf.profiles)
            message = f"没有版式“{self.workspace.settings.profile}”；现有：{known}"
            raise MisusedError(message)
        return render(with_notes(composed.text, self._overrides_told()), profile)

    def _overrides_told(self) -> list[str]:
        """Say which returns came in past a rule of the policy: who reads the document must know."""
        if self.release is not None:
            overrides = self.release.manifest.overrides
        else:
            ground = open_ground(self.workspace)
            overrides = overrides_of(ground, self.holdings.kept, self.period.code)
        groups = Counter((one.term, one.reason) for one in overrides)
        return [
            f"所用报表中有 {count} 份系例外办理：{term}（{reason}）。"
            for (term, reason), count in groups.items()
        ]
