"""Rules of a ballot: who must be there, which papers are valid, what is enough."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta

from xianxue.bureau.kinds.card import Card, Cited, DatedValue
from xianxue.bureau.values.sentence import Phrase, Sentence

Base = Literal["entitled", "present", "returned", "valid"]
"""What a share is of: 应到, 实到, 收回, 有效. It is printed beside every share."""

Enough = Literal["more_than", "at_least"]
"""超过 or 达到: exactly on the line decides differently."""

Beyond = Literal["paper", "column"]
"""Whether a fault voids the whole paper (整票作废), or only that answer on it (该栏作废)."""


class VoterShare(Card, frozen=True, kw_only=True):
    """A part of people that has to be reached."""

    of: Base
    enough: Enough
    above: Annotated[int, Meta(ge=1)]
    below: Annotated[int, Meta(ge=1)]
    """The part as a fraction: 2 and 3 for two thirds, so that nothing is rounded."""


class Majority(Card, frozen=True, kw_only=True):
    """What an election asks for, and the next round where nobody has it."""

    quorum: VoterShare | None = None
    """Who must be there, or have voted, so that it counts at all."""
    elected: VoterShare
    again: VoterShare | None = None
    """What is enough in a further round (另行选举); None: the same."""
    candidates: Annotated[int, Meta(ge=1)] = 2
    """How many candidates go into a further round, counted from the best; ties all go."""
    rejected: VoterShare | None = None
    """Who has not even so many votes is no candidate of a further round; None: nobody is out."""
    rounds: Annotated[int, Meta(ge=1)] = 2
    """How often is voted, at most; seats that are then left stay empty."""
    source: Cited


class Trigger(Card, frozen=True, kw_only=True):
    """A share of levels from which something is proposed. It never decides by itself."""

    trigger: str
    term: Sentence
    """What is proposed: 诫勉谈话, 免职."""
    levels: list[str]
    """The answers whose shares are added: 基本称职 and 不称职."""
    of: Base = "valid"
    enough: Enough
    share: list[DatedValue]
    """The line by date: so many …"""
    out_of: Annotated[int, Meta(ge=1)] = 100
    """… of so many. One third is 1 of 3: no percentage is exactly that."""
    weighted: bool = False
    """Whether groups weigh as the card says; else papers are added up whatever group they are."""
    years: Annotated[int, Meta(ge=1)] = 1
    """In how many years running it has to be reached."""
    needs_decision: bool = True
    note: Sentence = Phrase("")


class Quota(Card, frozen=True, kw_only=True):
    """How many of one answer a paper may give over all who are judged: 优秀不超过30%."""

    level: str
    share: Decimal
    """Per cent of those who are judged."""
    rounding: Literal["down", "half_up"] = "down"
    beyond: Beyond = "column"
    """Whether too many make the paper invalid, or only what it says of that level."""


class Passing(Card, frozen=True, kw_only=True):
    """What is enough to pass: 优秀 and 称职 together from two thirds of the valid papers on."""

    levels: list[str]
    part: VoterShare
    note: Sentence = Phrase("")
