"""What follows from a counted ballot: what is proposed of whom, who goes on, who is elected.

A vote proposes and never decides. What is worked out here is worked out from the counters each
time, and shown to those who may see results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xianxue.bureau.ballots.appraising import Appraised, appraise
from xianxue.bureau.ballots.deciding import Fault, There, Turnout, fault_of
from xianxue.bureau.ballots.elections import Going, Step, elect, going_on, votes
from xianxue.bureau.ballots.opened import Column
from xianxue.bureau.ballots.results import sheet_of
from xianxue.bureau.ballots.thresholds import Judged, Proposal, propose
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.ballots.results import cells_of
from xianxue.desk.models.ballot import COUNTED, Poll, Slip
from xianxue.desk.stores.clock import day_of


class Concluded(Record, kw_only=True):
    """What an appraisal says of one subject."""

    subject: str
    name: str
    appraised: Appraised
    proposals: tuple[Proposal, ...]
    """Of each trigger of the card, whether it is reached, over as many years as it asks for."""


class Voting(Record, kw_only=True):
    """What one round of an election came to."""

    votes: Mapping[str, int]
    turnout: Turnout
    held: int
    """Which voting of its kind it was, the first being 1."""
    step: Step | None
    """Of the round that elects."""
    going: Going | None
    """Of a nomination or primary."""


def there_of(poll: Poll) -> There:
    """Give 应到, 实到, 发出: who was not counted at the door was there if they got a slip."""
    held, issued = opened(poll), Slip.objects.filter(poll=poll).count()
    entitled, present = sum(held.setup.entitled.values()), sum(held.setup.present.values())
    return There(entitled=entitled or issued, present=present or issued, issued=issued)


def turnout_of(poll: Poll) -> Turnout:
    """Give what there was of people and papers."""
    there, sheet = there_of(poll), sheet_of(cells_of(poll))
    return Turnout(
        entitled=there.entitled,
        present=there.present,
        issued=there.issued,
        returned=sheet.returned,
        valid=sheet.valid,
    )


def fault_in(poll: Poll) -> Fault | None:
    """Say why a ballot does not count at all (到会不够、收回多于发出); None where it does."""
    return fault_of(opened(poll).card.quorum, turnout_of(poll))


def concluded(poll: Poll) -> list[Concluded]:
    """Say what follows from an appraisal for each who was judged; nothing of another ballot.

    Of one that does not count nothing follows, and it is no year of anybody's history.
    """
    held = opened(poll)
    if held.card.mode != "appraisal" or fault_in(poll) is not None:
        return []
    year, found = _year(poll), list[Concluded]()
    now = _appraisals(poll)
    earlier = list(_earlier(poll))
    for column, appraised in now.items():
        question = held.rules.columns[column]
        name = held.setup.subjects.get(column.about, "")
        history = [_judged(poll, appraised), *_history(earlier, column, name)]
        proposals = tuple(propose(one, history, year) for one in question.triggers)
        found.append(
            Concluded(subject=column.about, name=name, appraised=appraised, proposals=proposals)
        )
    return found


def voting_of(poll: Poll) -> Voting | None:
    """Say what a round of an election came to; None of another ballot."""
    held = opened(poll)
    round_ = held.card.round(held.round)
    if round_ is None:
        return None
    cells, turnout = cells_of(poll), turnout_of(poll)
    counted, times = votes(held.rules, cells), _held(poll)
    step = going = None
    if round_.majority is not None:
        step = elect(held.rules, counted, turnout, held=times)
    else:
        going = going_on(held.rules, counted, turnout)
    return Voting(votes=counted, turnout=turnout, held=times, step=step, going=going)


def named(held: Opened, who: str) -> str:
    """Give the name of a candidate, or the one that was written in."""
    return held.setup.subjects.get(who, who.removeprefix("+"))


def _appraisals(poll: Poll) -> dict[Column, Appraised]:
    held, cells = opened(poll), cells_of(poll)
    return {
        column: appraise(held.rules, cells, column, there_of(poll)) for column in _judging(held)
    }


def _judging(held: Opened) -> Iterator[Column]:
    """Go through the columns that say how good somebody is."""
    for column, question in held.rules.columns.items():
        if column.about and any(one.favourable for one in question.options):
            yield column


def _earlier(poll: Poll) -> Sequence[tuple[Poll, Opened]]:
    """Give the counted ballots of the same card in the years before, the newest first."""
    rows = Poll.objects.filter(card=poll.card, state=COUNTED, period__lt=poll.period)
    held = rows.order_by("-period", "-number")
    return [(one, opened(one)) for one in held if fault_in(one) is None]


def _history(earlier: Sequence[tuple[Poll, Opened]], column: Column, name: str) -> Iterator[Judged]:
    """Go through what was said of one person before: known by number and name together."""
    told: set[int] = set()
    for poll, held in earlier:
        year = _year(poll)
        if year in told or held.setup.subjects.get(column.about) != name:
            continue
        if column in held.rules.columns:
            told.add(year)
            yield _judged(poll, appraise(held.rules, cells_of(poll), column, there_of(poll)))


def _judged(poll: Poll, appraised: Appraised) -> Judged:
    return appraised.judged(_year(poll), day_of(poll.closed_at or poll.opened_at))


def _year(poll: Poll) -> int:
    return int(poll.period[:4])


def _held(poll: Poll) -> int:
    """Say which voting of its kind it was: one, and one more for each that it follows."""
    many, row = 1, poll
    while row.follows:
        before = Poll.objects.filter(
            card=row.card, period=row.period, number=row.follows, round=row.round
        ).first()
        if before is None or before.number >= row.number:
            break
        many, row = many + 1, before
    return many
