"""Closing a ballot (封票), and counting it (计票): once each, and by others than issued slips."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.ballots.doing import (
    CLOSING,
    COUNTING,
    Doing,
    complain,
    done_before,
    in_state,
)
from xianxue.desk.actions.ballots.enter_papers import papers_of
from xianxue.desk.actions.ballots.opened import Setup, opened
from xianxue.desk.actions.ballots.vote import add
from xianxue.desk.database.transactions import writing
from xianxue.desk.database.vendors import vendor
from xianxue.desk.models.ballot import CLOSED, COUNTED, KEYED, OPEN, Poll, UnspentSlip


class CloseBallot(Doing):
    """Close a ballot: no slip is spent any more."""

    def __call__(self, poll: Poll, present: dict[str, int] | None = None) -> Poll:
        """Close it, saying how many were there; ComplaintsError where that may not be."""
        allowed = self.refuse(CLOSING, poll, done_before(poll), self.override)
        with writing():
            poll.refresh_from_db()
            in_state(poll, OPEN)
            self.unchanged(poll)
            poll.setup = msgspec.to_builtins(_with_present(poll, present or {}))
            poll.state, poll.closed_at, poll.closed_by = CLOSED, self.at, self.actor.name
            poll.save(update_fields=["state", "closed_at", "closed_by", "setup"])
            unspent = UnspentSlip.objects.filter(poll=poll).count()
            _write_anew(poll)
            detail: dict[str, object] = {"unspent": unspent, "present": dict(present or {})}
            self.note(CLOSING, poll, detail, allowed)
        # What came first lies first in a file that has grown; written anew it lies by its keys.
        vendor().scrub(KEYED)
        return poll


class CountBallot(Doing):
    """Count a closed ballot: what came of it is kept, and never another time worked out."""

    def __call__(self, poll: Poll, counted: Callable[[Poll], dict[str, Any]]) -> Poll:
        """Count it; one that was counted already is given as it is."""
        allowed = self.refuse(COUNTING, poll, done_before(poll), self.override)
        if poll.state == COUNTED:
            return poll
        with writing():
            poll.refresh_from_db()
            if poll.state == COUNTED:
                return poll
            in_state(poll, CLOSED)
            add(opened(poll), papers_of(poll))
            poll.results = counted(poll)
            poll.state, poll.counted_at, poll.counted_by = COUNTED, self.at, self.actor.name
            poll.save(update_fields=["state", "counted_at", "counted_by", "results"])
            numbers = ("issued", "spent", "valid", "invalid")
            self.note(COUNTING, poll, {one: poll.results[one] for one in numbers}, allowed)
        return poll


def _with_present(poll: Poll, present: dict[str, int]) -> Setup:
    found = opened(poll)
    known, setup = [one.group for one in found.card.groups], found.setup
    for group, many in present.items():
        if group not in known:
            raise complain("B-GROUP", say("没有“{group}”这一类人", group=group), say("卡片上有的"))
        if many > setup.entitled.get(group, many):
            raise complain(
                "B-PRESENT", say("“{group}”实到比应到多", group=group), say("实到不多于应到")
            )
    return replace(setup, present={**setup.present, **present})


def _write_anew(poll: Poll) -> None:
    """Write all rows of a ballot in one transaction, in the order of their keys.

    PostgreSQL keeps with each row the transaction that wrote it: here they all get the same one.
    """
    for model in KEYED:
        rows = list(model.objects.filter(poll=poll).order_by("digest"))
        model.objects.filter(poll=poll).delete()
        model.objects.bulk_create(rows, batch_size=500)
