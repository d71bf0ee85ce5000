"""A ballot box: a fresh store, and people who open, issue, vote, close and count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from national import national

from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ballots.close_ballot import CloseBallot, CountBallot
from xianxue.desk.actions.ballots.issue_slips import IssueSlips, Wanted
from xianxue.desk.actions.ballots.open_ballot import New, OpenBallot
from xianxue.desk.actions.ballots.opened import Setup
from xianxue.desk.actions.ballots.slip_codes import digest_of
from xianxue.desk.actions.context import Ground
from xianxue.desk.ballots.results import as_json, count
from xianxue.desk.ballots.urn import Urn
from xianxue.desk.models import Poll

SHELF = national().shelf
AT = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
SCRUTINEER = Actor("监票（虚构）", "leader")
ISSUER = Actor("发票（虚构）", "office_clerk")
CADRE, SURVEY = "cadre_appraisal", "conduct_review"
PEOPLE = {"a": "甲（虚构）", "b": "乙（虚构）", "c": "丙（虚构）", "d": "丁（虚构）"}
COUNTY = Place(
    code="639900", name="虚构县", level="county", parent="",
    opened=datetime(2001, 9, 1, tzinfo=UTC).date(),
)  # fmt: skip


@dataclass
class Box:
    """One store; what is done in it, a minute after what was done before."""

    folder: Path
    at: datetime = AT
    cards: dict[str, Ballot] = field(default_factory=dict)

    @property
    def ground(self) -> Ground:
        shelf = SHELF if not self.cards else SHELF.__class__(
            **{
                name: getattr(SHELF, name)
                for name in SHELF.__struct_fields__
                if name != "ballots"
            },
            ballots={**SHELF.ballots, **self.cards},
        )  # fmt: skip
        return Ground(shelf, Register.of([COUNTY]))

    def card(self, name: str, **changes: Any) -> Ballot:
        card = msgspec.structs.replace(SHELF.ballots[name], **changes)
        self.cards[name] = card
        return card

    def do(self, deed: Any, actor: Actor, **more: Any) -> Any:
        self.at += timedelta(minutes=1)
        return deed(self.ground, actor, self.at, **more)

    def open(self, card: Ballot, subjects: dict[str, str] | None = None, **more: Any) -> Any:
        some = {"one": "某单位（虚构）"} if card.about else {}
        setup = Setup(subjects=subjects or some, **more)
        new = New(card=card, period="2026", setup=setup)
        return self.do(OpenBallot, SCRUTINEER)(new)

    def issue(self, poll: Poll, **many: int) -> dict[str, Sequence[str]]:
        made = self.do(IssueSlips, ISSUER)(poll, [Wanted(group, n) for group, n in many.items()])
        return {one.group: one.codes for one in made}

    def urn(self, poll: Poll) -> Urn:
        return Urn(poll)

    def slip(self, code: str) -> str:
        return digest_of(code)

    def close(self, poll: Poll, **more: Any) -> Any:
        return self.do(CloseBallot, SCRUTINEER, **more)(poll)

    def count(self, poll: Poll) -> Any:
        return self.do(CountBallot, SCRUTINEER)(poll, lambda closed: as_json(closed, count(closed)))
