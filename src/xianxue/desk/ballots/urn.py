"""Votes on their way from phones into the database: alone at once, or together with others.

A survey's votes are written as they come; those that come at the same moment share a transaction.
Of a meeting so many wait until twice a batch is there, and a batch drawn by chance is written: so
the last ones too are never fewer than a batch. Whoever waits is told so, and nothing of theirs is
kept anywhere but in this process: where it dies, their slips are unspent.
"""

from __future__ import annotations

from datetime import datetime
from secrets import SystemRandom
from threading import Lock
from typing import Final

from xianxue.bureau.values.record import Record
from xianxue.desk.actions.ballots.judging import Answers
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.actions.ballots.slip_codes import digest_of, read
from xianxue.desk.actions.ballots.vote import Outcome, Vote, cast, look_up, vote_of
from xianxue.desk.models.ballot import OPEN, Poll, UnspentSlip

_CHANCE: Final = SystemRandom()
_LATEST: Final = 200
"""Votes written in one transaction: it holds everybody else's deeds up for as long as it lasts."""


class Shown(Record, kw_only=True):
    """How a slip stands."""

    poll: Opened
    group: str
    outcome: Outcome | None
    """What became of it; None where it was not used."""
    open: bool
    """Whether it can be voted by now."""
    waits: bool = False
    """Whether its vote is here and is counted together with others."""


class Urn:
    """The votes of one ballot that are on their way."""

    def __init__(self, poll: Poll) -> None:
        """Take the ballot as it was opened."""
        self.poll: Opened = opened(poll)
        self._ends_at: datetime = poll.ends_at
        self._waiting: dict[str, Vote] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._turn, self._hand = Lock(), Lock()

    def put(self, slip: str, answers: Answers, at: datetime) -> Outcome | None:
        """Take a vote; give what became of it, or None where it waits for others."""
        vote = vote_of(self.poll, slip, answers)
        if isinstance(vote, Outcome):
            return vote
        if self.shut(at):
            return Outcome.SHUT
        with self._hand:
            # Sent again it takes its own place, so that nobody is in the urn twice.
            self._waiting[vote.slip] = vote
        if self.poll.card.together == 1:
            return self._written(vote.slip)
        self._batch()
        return self._outcome(vote.slip)

    def shut(self, at: datetime) -> bool:
        """Whether its time is over."""
        return at >= self._ends_at

    def waits(self, slip: str) -> bool:
        """Whether somebody's vote waits for others."""
        with self._hand:
            return slip in self._waiting

    @property
    def waiting(self) -> int:
        """How many wait."""
        with self._hand:
            return len(self._waiting)

    def flush(self) -> None:
        """Write all that wait: the ballot is being closed, or nobody else can come."""
        with self._turn:
            while taken := self._take(_LATEST):
                self._write(taken)

    def _written(self, slip: str) -> Outcome | None:
        """Write what is there, unless somebody else has while their turn was waited for."""
        with self._turn:
            if self.waits(slip):
                self._write(self._take(_LATEST, slip))
        return self._outcome(slip)

    def _batch(self) -> None:
        size = self.poll.card.together
        with self._turn:
            while self.waiting >= 2 * size:
                self._write(self._take(size))
            if (
                self.waiting
                and self.waiting == UnspentSlip.objects.filter(poll=self.poll.id).count()
            ):
                self._write(self._take(self.waiting))

    def _take(self, many: int, first: str = "") -> list[Vote]:
        with self._hand:
            slips = [first] if first else []
            others = [slip for slip in self._waiting if slip != first]
            slips += _CHANCE.sample(others, min(len(others), many - len(slips)))
            return [self._waiting[slip] for slip in slips]

    def _write(self, votes: list[Vote]) -> None:
        # Where it fails they are still waiting, and their slips unspent.
        outcomes = cast(self.poll, votes)
        with self._hand:
            for vote, outcome in zip(votes, outcomes, strict=True):
                self._waiting.pop(vote.slip, None)
                if self.poll.card.together == 1:
                    self._outcomes[vote.slip] = outcome

    def _outcome(self, slip: str) -> Outcome | None:
        with self._hand:
            outcome = self._outcomes.pop(slip, None)
            waits = slip in self._waiting
        if outcome is not None or waits:
            return outcome
        found = look_up(slip)
        return Outcome.COUNTED if found is not None and found.outcome is Outcome.BEFORE else None


class _Urns:
    """The urns of this process, by the database that a ballot is in and its number."""

    def __init__(self) -> None:
        self._urns: dict[tuple[str, int], Urn] = {}
        self._lock = Lock()

    def of(self, poll: int) -> Urn:
        """Give the urn of a ballot."""
        from django.db import connection  # noqa: PLC0415 - needs Django set up first

        key = (str(connection.settings_dict["NAME"]), poll)
        with self._lock:
            if key not in self._urns:
                self._urns[key] = Urn(Poll.objects.get(pk=poll))
            return self._urns[key]

    def shown(self, code: str, at: datetime) -> Shown | None:
        """Say how the slip with a code stands; None where there is none such."""
        slip = digest_of(read(code)) if read(code) else ""
        found = look_up(slip) if slip else None
        if found is None:
            return None
        urn = self.of(found.poll)
        waits = urn.waits(slip)
        outcome = found.outcome
        if outcome is None and not waits and urn.shut(at):
            outcome = Outcome.SHUT
        return Shown(
            poll=urn.poll,
            group=found.group,
            outcome=outcome,
            open=outcome is None and not waits,
            waits=waits and outcome is None,
        )

    def hand_in(self, code: str, answers: Answers, at: datetime) -> Shown | None:
        """Take an answer, and say how the slip stands then."""
        slip = digest_of(read(code))
        found = look_up(slip)
        if found is None:
            return None
        self.of(found.poll).put(slip, answers, at)
        return self.shown(code, at)

    def flush(self, poll: Poll) -> None:
        """Write what waits for a ballot that is still open."""
        if poll.state == OPEN:
            self.of(poll.pk).flush()


urns: Final = _Urns()
