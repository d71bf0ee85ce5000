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

NonNegative = Annotated[int, Meta(ge=0)]


class Part(Card, frozen=True, kw_only=True):
    """A part of people that has to be reached."""

    of: Base
    enough: Enough
    above: Annotated[int, Meta(ge=1)]
    below: Annotated[int, Meta(ge=1)]
    """The part as a fraction: 2 and 3 for two thirds, so that nothing is rounded."""


class Majority(Card, frozen=True, kw_only=True):
    """What an election asks for, and the next round where nobody has it."""

    quorum: Part | None = None
    """Who must be there, or have voted, so that it counts at all."""
    elected: Part
    again: Part | None = None
    """What is enough in a further round (另行选举); None: the same."""
    candidates: Annotated[int, Meta(ge=1)] = 2
    """How many candidates go into a further round, counted from the best; ties all go."""
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
    """The line as a percentage, by date."""
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
    beyond: Literal["paper", "column"] = "column"
    """Whether too many make the paper invalid, or only what it says of that level."""
