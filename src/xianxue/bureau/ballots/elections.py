"""Elections by rounds: who is nominated, who stands, who is elected, and what is voted on again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xianxue.bureau.ballots.counting import Cells
from xianxue.bureau.ballots.deciding import Fault, Outcome, Turnout, decide, fault_of, needed
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.results import votes_of
from xianxue.bureau.kinds.ballots.ballot import Round
from xianxue.bureau.values.record import Record


class Going(Record, kw_only=True):
    """What a nomination or primary came to."""

    fault: Fault | None
    on: tuple[str, ...]
    """Who goes on, the best first."""
    tied: tuple[str, ...]
    """Who shares the last place that goes on with somebody for whom there is none."""
    again: tuple[str, ...]
    """Who is voted on again, because the card lets ties be."""


class Step(Record, kw_only=True):
    """One round of voting, as it was counted."""

    votes: Mapping[str, int]
    turnout: Turnout
    outcome: Outcome
    rejected: tuple[str, ...]
    """Who had not even enough votes to stand again."""
    last: bool
    """Whether the card allows no further round: seats that are left stay empty."""


def votes(opened: Opened, cells: Cells) -> dict[str, int]:
    """Give the votes for each candidate in the round that was opened."""
    at = _round(opened)
    question = opened.by_name[at.decides]
    if question.among:
        return votes_of(opened, cells, Column(at.decides))
    return {
        about: votes_of(opened, cells, Column(at.decides, about)).get(at.approve, 0)
        for about in opened.subjects
    }


def going_on(opened: Opened, counted: Mapping[str, int], turnout: Turnout) -> Going:
    """Say who goes on from a nomination or primary; whoever has no vote does not."""
    at, fault = _round(opened), fault_of(opened.card.quorum, turnout)
    if fault is not None:
        return Going(fault=fault, on=(), tied=(), again=())
    order = sorted(
        (name for name in counted if counted[name]), key=lambda one: (-counted[one], one)
    )
    many = opened.seats + (at.spare or 0)
    if len(order) <= many or counted[order[many - 1]] > counted[order[many]]:
        return Going(fault=None, on=tuple(order[:many]), tied=(), again=())
    last = counted[order[many]]
    tied = tuple(name for name in order if counted[name] == last)
    before = tuple(name for name in order if counted[name] > last)
    if at.ties == "all":
        return Going(fault=None, on=before + tied, tied=tied, again=())
    return Going(fault=None, on=before, tied=tied, again=tied)


def elect(opened: Opened, counted: Mapping[str, int], turnout: Turnout, *, held: int = 1) -> Step:
    """Decide the round that elects; ``held`` says which voting it is, the first being 1.

    A further voting has the seats that are left and those who stand again as its candidates.
    ValueError for a round that elects nobody.
    """
    majority = _round(opened).majority
    if majority is None:
        message = f"round {opened.round} elects nobody"
        raise ValueError(message)
    outcome = decide(majority, turnout, counted, seats=opened.seats, again=held > 1)
    last = held >= majority.rounds
    rejected: tuple[str, ...] = ()
    if majority.rejected is not None and outcome.fault is None:
        least = needed(majority.rejected, turnout)
        rejected = tuple(sorted(one for one, many in counted.items() if many < least))
    again: Sequence[str] = [] if last else [one for one in outcome.again if one not in rejected]
    return Step(
        votes=counted,
        turnout=turnout,
        outcome=Outcome(
            fault=outcome.fault,
            needed=outcome.needed,
            elected=outcome.elected,
            tied=outcome.tied,
            again=tuple(again),
        ),
        rejected=rejected,
        last=last,
    )


def _round(opened: Opened) -> Round:
    found = opened.card.round(opened.round)
    if found is None:
        message = f"{opened.card.ballot} has no round {opened.round!r}"
        raise ValueError(message)
    return found
