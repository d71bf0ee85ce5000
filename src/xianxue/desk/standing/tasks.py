"""A thing to do, as the first page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.deadline_rules import DeadlineRules, DueLamp, days_told
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground
from xianxue.desk.standing.standing import Standing

Room = Literal["returns", "releases", "report", "forms", "ledgers", "appraisal"]


class Task(Record, kw_only=True):
    """One thing to do, or to wait for; several returns at one step are one thing."""

    kind: str
    """The step's name (``submit``, ``review``, ``pass_on``, ``approve``), or ``mend`` (sent back),
    ``remind`` (催报), ``window``, ``release``, ``write``, ``approve_form``, ``mend_form``,
    ``ledger`` (an entry, or what is owed each month), ``publish_appraisals``,
    ``answer_appeals``, ``self_appraise``, ``mark_appraisal``."""
    said: Sentence
    """What it is, in one sentence without an end."""
    detail: Sentence | str = ""
    """What there is to know beside it; empty for nothing."""
    count: int = 1
    """How many returns, or passages."""
    places: tuple[str, ...] = ()
    """Whose returns they are, in the order of the register."""
    due: date | None = None
    lamp: DueLamp
    left: Sentence
    """«还剩3天», «今天截止», «逾期2天», «没有期限»."""
    room: Room
    ids: Mapping[str, str] = field(default_factory=dict[str, str])
    """What the address of its page is made of: form, period, place, state, step, outline, draft,
    ledger, entry."""


def rules_of(ground: Ground) -> DeadlineRules:
    """Give the rules of lamps: the county's own card, or the national one."""
    # The county's cards are read after the national ones.
    return list(ground.shelf.deadline_rules.values())[-1]


def reached(standing: Standing, actor: Actor, deed: str) -> frozenset[str]:
    """Give the codes of all places to which somebody may do a deed.

    Whoever plays the same part reaches as far; the policy stands on the county's files.
    """
    only = None if actor.only is None else deed in actor.only
    part = ("reach", deed, actor.role, actor.place, only, bool(actor.name.strip()))
    return standing.by_files(part, lambda: standing.ground().authority.reached(actor, deed))


class Desk(Record):
    """Whose tasks are looked for, and on which day."""

    standing: Standing
    ground: Ground
    actor: Actor
    today: date

    def may(self, deed: str, subject: Subject) -> bool:
        """Whether the policy lets them."""
        return not isinstance(self.ground.authority.may(self.actor, deed, subject), Issue)

    def reached(self, deed: str) -> frozenset[str]:
        """Give the codes of the places to which they may do a deed."""
        return reached(self.standing, self.actor, deed)

    def lamp(self, due: date | None) -> DueLamp:
        """Choose the lamp of a deadline."""
        return rules_of(self.ground).lamp(due, self.today)

    def without_a_day(
        self,
        kind: str,
        said: Sentence,
        room: Room,
        detail: Sentence | str = "",
        *,
        count: int = 1,
        **ids: str,
    ) -> Task:
        """Give a task that nobody has set a day for."""
        return Task(
            kind=kind,
            said=said,
            detail=detail,
            count=count,
            lamp=DueLamp.NONE,
            left=days_told(None, self.today),
            room=room,
            ids=ids,
        )
