"""Deeds on one appraisal as the command line and pages ask for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.acting import acting
from xianxue.desk.actions.appraisal.days import Running, running
from xianxue.desk.actions.appraisal.doing import About
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.appraisal.publishing import releases_of
from xianxue.desk.appraisal.cards import Which, which
from xianxue.desk.appraisal.json_keys import as_kept
from xianxue.desk.appraisal.kept import BLIND
from xianxue.desk.appraisal.scored import Appraising
from xianxue.desk.appraisal.served import served
from xianxue.desk.models.appraisal import AppraisalLine
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

D = TypeVar("D")


class Desk(Record, kw_only=True):
    """One appraisal, to somebody who does something in it."""

    workspace: Workspace
    asked: Which

    @classmethod
    def at(cls, workspace: Workspace, rubric: str, period: str | None) -> Desk:
        """Open an appraisal; MisusedError where there is no such rubric."""
        return cls(workspace=workspace, asked=which(workspace, rubric, period))

    def appraising(self) -> Appraising:
        """Read the county anew."""
        return Appraising(workspace=self.workspace)

    def about(self) -> About:
        """Say which appraisal a deed is about."""
        people = self.appraising().people(self.asked)
        names = {one.place: str(one.name) for one in people}
        ground = self.appraising().ground
        return About(
            rubric=self.asked.rubric,
            period=self.asked.period,
            names=names,
            served=lambda name: served(ground, name),
        )

    def do(  # noqa: PLR0913 - which deed, by whom, in which part, why
        self,
        deed: Callable[..., D],
        by: str | Actor,
        role: str,
        *,
        own: str = "",
        why: str = "",
        override: str | None = None,
        at: datetime | None = None,
    ) -> D:
        """Prepare a deed of somebody, now."""
        ground = self.appraising().ground
        who = acting(ground.gate, by, role, own)
        return deed(ground, who, at or clock.now(), why=why, override=override)

    def results(self, without: int = 0) -> tuple[dict[str, Any], dict[str, Any]]:
        """Score the appraisal as it stands now; see ``publishing.Results``."""
        key = f"{self.asked.rubric.series}/{self.asked.period.code}"
        appraising = Appraising(workspace=self.workspace, without=(key, without))
        return as_kept(appraising.result(self.asked))

    def days(self) -> Running | None:
        """Give the days of publicity and of appeal that run; None where nothing was published."""
        rows = releases_of(self.appraising().row(self.asked))
        if not rows:
            return None
        return running(self.workspace.shelf, self.asked.rubric, clock.day_of(rows[-1].at))

    def lines(self) -> list[AppraisalLine]:
        """Give what was said, but marks that nobody may see yet."""
        row = self.appraising().row(self.asked)
        blind = row is None or row.state in BLIND
        every = Lines.of(row).every
        return [one for one in every if not (blind and one.kind == "mark")]
