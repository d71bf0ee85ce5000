"""What follows from a counted ballot: what is proposed of whom, who goes on, who is elected.

A vote proposes and never decides. What is worked out here is worked out from the counters each
time, and shown to those who may see results.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xianxue.bureau.ballots.appraising import Appraised, appraise
from xianxue.bureau.ballots.counting import Cell
from xianxue.bureau.ballots.deciding import Fault, There, Turnout, fault_of
from xianxue.bureau.ballots.elections import Going, Step, elect, going_on, votes
from xianxue.bureau.ballots.opened import Column
from xianxue.bureau.ballots.results import sheet_of
from xianxue.bureau.ballots.thresholds import Judged, Proposal, propose
from xianxue.bureau.values.own_property import own_property
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


class _Kept(Record, dict=True):
    """What is stored of one ballot, read once however many were judged."""

    poll: Poll

    @own_property
    def held(self) -> Opened:
        return opened(self.poll)

    @own_property
    def cells(self) -> Mapping[Cell, int]:
        return cells_of(self.poll)

    @own_property
    def there(self) -> There:
        setup, issued = self.held.setup, Slip.objects.filter(poll=self.poll).count()
        entitled, present = sum(setup.entitled.values()), sum(setup.present.values())
        return There(entitled=entitled or issued, present=present or issued, issued=issued)

    @own_property
    def turnout(self) -> Turnout:
        sheet = sheet_of(self.cells)
        return Turnout(
            entitled=self.there.entitled,
            present=self.there.present,
            issued=self.there.issued,
            returned=sheet.returned,
            valid=sheet.valid,
        )

    @own_property
    def fault(self) -> Fault | None:
        return fault_of(self.held.card.quorum, self.turnout)

    @own_property
    def year(self) -> int:
        return _year(self.poll)

    def appraised(self, column: Column) -> Appraised:
        return appraise(self.held.rules, self.cells, column, self.there)

    def judged(self, appraised: Appraised) -> Judged:
        return appraised.judged(self.year, day_of(self.poll.closed_at or self.poll.opened_at))


def there_of(poll: Poll) -> There:
    """Give 应到, 实到, 发出: who was not counted at the door was there if they got a slip."""
    return _Kept(poll).there


def turnout_of(poll: Poll) -> Turnout:
    """Give what there was of people and papers."""
    return _Kept(poll).turnout


def fault_in(poll: Poll) -> Fault | None:
    """Say why a ballot does not count at all (到会不够、收回多于发出); None where it does."""
    return _Kept(poll).fault


def concluded(poll: Poll) -> list[Concluded]:
    """Say what follows from an appraisal for each who was judged; nothing of another ballot.

    Of one that does not count nothing follows, and it is no year of anybody's history.
    """
    kept = _Kept(poll)
    held = kept.held
    if held.card.mode != "appraisal" or kept.fault is not None:
        return []
    earlier, found = list(_earlier(poll)), list[Concluded]()
    for column in _judging(held):
        question, appraised = held.rules.columns[column], kept.appraised(column)
        name = held.setup.subjects.get(column.about, "")
        history = [kept.judged(appraised), *_history(earlier, column, name)]
        proposals = tuple(propose(one, history, kept.year) for one in question.triggers)
        found.append(
            Concluded(subject=column.about, name=name, appraised=appraised, proposals=proposals)
        )
    return found


def voting_of(poll: Poll) -> Voting | None:
    """Say what a round of an election came to; None of another ballot."""
    kept = _Kept(poll)
    held = kept.held
    round_ = held.card.round(held.round)
    if round_ is None:
        return None
    cells, turnout = kept.cells, kept.turnout
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


def _judging(held: Opened) -> Iterator[Column]:
    """Go through the columns that say how good somebody is."""
    for column, question in held.rules.columns.items():
        if column.about and any(one.favourable for one in question.options):
            yield column


def _earlier(poll: Poll) -> Iterator[_Kept]:
    """Go through the counted ballots of the same card in the years before, the newest first."""
    rows = Poll.objects.filter(card=poll.card, state=COUNTED, period__lt=poll.period)
    for one in rows.order_by("-period", "-number"):
        kept = _Kept(one)
        if kept.fault is None:
            yield kept


def _history(earlier: Sequence[_Kept], column: Column, name: str) -> Iterator[Judged]:
    """Go through what was said of one person before: known by number and name together."""
    told: set[int] = set()
    for kept in earlier:
        held = kept.held
        if kept.year in told or held.setup.subjects.get(column.about) != name:
            continue
        if column in held.rules.columns:
            told.add(kept.year)
            yield kept.judged(kept.appraised(column))


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
