"""A ballot as it was opened: its card as it stood then, who is judged, how many were entitled."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, cast

import msgspec

from xianxue.bureau.ballots import opened as ballot_rules
from xianxue.bureau.kinds.ballots.ballot import Ballot
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.models.ballot import Poll


class Setup(Record, kw_only=True):
    """What is said of a ballot when it is opened."""

    subjects: Mapping[str, str] = field(default_factory=dict[str, str])
    """Ids of those who are judged or stand, to their names, in the order of the paper."""
    seats: int = 1
    entitled: Mapping[str, int] = field(default_factory=dict[str, int])
    """Group to the people who may vote (应到)."""
    present: Mapping[str, int] = field(default_factory=dict[str, int])
    """Group to the people who were there (实到)."""


class Opened(Record, kw_only=True, dict=True):
    """What is asked of a ballot by whoever shows, judges or counts it."""

    id: int
    key: str
    title: str
    card: Ballot
    round: str
    setup: Setup

    @cached_property
    def rules(self) -> ballot_rules.Opened:
        """What its papers are judged and counted by."""
        return ballot_rules.Opened(
            card=self.card,
            round=self.round,
            subjects=tuple(self.setup.subjects),
            seats=self.setup.seats,
        )

    def asked(self, group: str = "") -> Sequence[Question]:
        """Give what is asked of a group, in order."""
        return self.card.asked(group, self.round)

    def option_term(self, question: Question, option: str) -> Sentence | str:
        """Name an answer: an option, somebody who stands, or a number of a scale."""
        if question.among:
            return self.setup.subjects.get(option, option.removeprefix("+"))
        known = question.option(option)
        return known.term if known is not None else option


def opened(poll: Poll) -> Opened:
    """Read a ballot's row."""
    return Opened(
        id=poll.pk,
        key=poll.key,
        title=poll.title,
        card=card_of(poll.content, Ballot, f"ballot {poll.card}"),
        round=poll.round,
        setup=msgspec.convert(poll.setup, Setup),
    )


def content_of(card: Ballot) -> dict[str, Any]:
    """Write a card down as it stands, to be read again by ``opened``."""
    return cast("dict[str, Any]", msgspec.to_builtins(card, enc_hook=_said))


def digest_of(card: Ballot) -> str:
    """Give what tells a card from the same one after it was changed."""
    return hashlib.sha256(canonical(content_of(card)).encode()).hexdigest()


def canonical(data: object) -> str:
    """Write data so that the same says the same: sorted, without blanks."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _said(value: object) -> str:
    if isinstance(value, Sentence):
        return str(value)
    raise NotImplementedError
