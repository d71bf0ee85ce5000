"""Whether an election is valid, who has won, and whether a further round is to be held.

People are whole: a share of them is compared by multiplying out, never by dividing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from xianxue.bureau.kinds.ballots.rule import Base, Majority, VoterShare
from xianxue.bureau.values.record import Record

Fault = Literal["more_returned", "quorum", "more_valid"]
"""Why a ballot as a whole does not count: 收回多于发出, 有效多于收回, 到会（回收）不够."""


class There(Record, kw_only=True):
    """What is known before papers are counted: 应到, 实到, 发出."""

    entitled: int
    present: int
    issued: int


class Turnout(Record, kw_only=True):
    """How many there were, by each base a rule may name."""

    entitled: int
    present: int
    issued: int
    returned: int
    valid: int

    def of(self, base: Base) -> int:
        """Give the number that a share is of."""
        return {
            "entitled": self.entitled,
            "present": self.present,
            "returned": self.returned,
            "valid": self.valid,
        }[base]

    @property
    def unreturned(self) -> int:
        """Papers that were handed out and did not come back; they make nothing invalid."""
        return max(0, self.issued - self.returned)


class Outcome(Record, kw_only=True):
    """What an election came to."""

    fault: Fault | None
    """Why it does not count at all."""
    needed: int
    """How many votes were enough."""
    elected: tuple[str, ...]
    tied: tuple[str, ...]
    """Who had enough and as many votes as others, for fewer seats than they are."""
    again: tuple[str, ...]
    """Who goes into a further round for the seats that are left."""


def needed(part: VoterShare, turnout: Turnout) -> int:
    """Say how many people a part is, at least.

    >>> from xianxue.bureau.kinds.ballots.rule import VoterShare
    >>> half = VoterShare(of="entitled", enough="more_than", above=1, below=2)
    >>> needed(half, Turnout(entitled=60, present=50, issued=50, returned=50, valid=50))
    31
    """
    return _least(part, turnout.of(part.of))


def decide(
    rule: Majority,
    turnout: Turnout,
    votes: Mapping[str, int],
    *,
    seats: int = 1,
    again: bool = False,
) -> Outcome:
    """Decide an election; ``again`` says that it is a further round."""
    fault = fault_of(rule.quorum, turnout)
    part = rule.again if again and rule.again is not None else rule.elected
    enough = needed(part, turnout)
    if fault is not None:
        return Outcome(fault=fault, needed=enough, elected=(), tied=(), again=())
    order = sorted(votes, key=lambda name: (-votes[name], name))
    having = [name for name in order if votes[name] >= enough]
    elected, tied = having[:seats], list[str]()
    if len(having) > seats and votes[having[seats - 1]] == votes[having[seats]]:
        # Who has as many votes as somebody left out is not told apart from them by their name.
        last = votes[having[seats]]
        tied = [name for name in having if votes[name] == last]
        elected = [name for name in having if votes[name] > last]
    left = seats - len(elected)
    further: tuple[str, ...] = ()
    if left:
        further = tuple(tied) or _further(
            [name for name in order if name not in elected], votes, rule.candidates
        )
    return Outcome(
        fault=None, needed=enough, elected=tuple(elected), tied=tuple(tied), again=further
    )


def fault_of(quorum: VoterShare | None, turnout: Turnout) -> Fault | None:
    """Say why a ballot does not count at all; None where it does."""
    if turnout.returned > turnout.issued:
        return "more_returned"
    if turnout.valid > turnout.returned:
        return "more_valid"
    if quorum is not None and turnout.of(quorum.of) < needed_there(quorum, turnout):
        return "quorum"
    return None


def needed_there(part: VoterShare, turnout: Turnout) -> int:
    """Say how many must be there: a part of all who are entitled."""
    return _least(part, turnout.entitled)


def _least(part: VoterShare, of: int) -> int:
    whole = of * part.above
    return whole // part.below + 1 if part.enough == "more_than" else -(-whole // part.below)


def _further(order: list[str], votes: Mapping[str, int], many: int) -> tuple[str, ...]:
    """Take the best, and with the last of them all who have as many votes."""
    if len(order) <= many:
        return tuple(order)
    last = votes[order[many - 1]]
    return tuple(name for name in order if votes[name] >= last)
