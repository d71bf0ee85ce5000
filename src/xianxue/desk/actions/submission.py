"""Handing in returns: what submitting and collecting have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Need
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Done
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.actions.deadlines import Windows, refuse_locked
from xianxue.desk.actions.earlier import earlier_of
from xianxue.desk.actions.step import Doing, find_filing, find_filings, refuse_unseen
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Filing, Revision
from xianxue.desk.models.filing import FILINGS
from xianxue.desk.models.journal import many_lines
from xianxue.desk.models.personal import Personal
from xianxue.desk.models.revision import REVISIONS
from xianxue.desk.models.subject import BEHALF
from xianxue.desk.stores.cabinet import Cabinet, content_digest
from xianxue.desk.stores.cell_lines import cells_digest
from xianxue.desk.stores.clock import day_of


class HandedIn(Record):
    """What became of one return."""

    filed: Return
    number: int
    """Its revision number."""
    unchanged: bool
    """True where the same values stand there already: nothing was written."""
    state: str


class Handed(Record):
    """What was taken, and a complaint about each return that was not."""

    done: list[HandedIn]
    refused: list[Issue]


class Batch(Record):
    """What returns that are handed in together have in common."""

    digest: str
    """Under which the cabinet has their cells."""
    windows: Windows


def key_of(filed: Return) -> Key:
    """Say which return it is."""
    return Key(filed.form, filed.period, filed.place)


def standing() -> dict[Key, int]:
    """Give the revision that stands at each return now; what is not there is a draft."""
    rows = Filing.objects.values_list("form", "period", "place", "current__number")
    return {Key(form, period, place): number for form, period, place, number in rows}


@dataclass(frozen=True, kw_only=True)
class HandingIn(Doing):
    """Make checked returns the newest revisions of their places, all in one transaction.

    The cells are written to the cabinet first, under a name nobody refers to yet; the database
    then refers to them. If anything fails in between, nothing was handed in. A return that may
    not be handed in (wrong state, after the lock, somebody was quicker) is set aside with a
    complaint and the others go on.
    """

    cabinet: Cabinet
    signed: Signatures = field(default_factory=Signatures)

    steps: ClassVar[tuple[str, ...]]
    """The steps by which a return may be handed in, by whichever its state allows."""
    deed: ClassVar[str]
    """The journal's name for it."""

    def __call__(self, returns: Sequence[Return], seen: Mapping[Key, int] | None = None) -> Handed:
        """Hand in returns that have no issue left that must be fixed.

        ``seen`` is the revision each was made after, 0 where there was none; without it, those
        that stand when the deed begins.
        """
        return hand_in_all([(self, filed) for filed in returns], seen)

    def stands(self, filing: Filing, content: str) -> Revision | None:
        """Give the revision that says the same already, so that nothing has to be done."""
        raise NotImplementedError

    def settle(self, filing: Filing) -> None:
        """Change what else of the filing changes with a new current revision."""
        raise NotImplementedError

    def hand_in(
        self, filed: Return, filing: Filing | None, batch: Batch, seen: int
    ) -> HandedIn | Issue:
        """Hand in one return, whose cells are in a batch, in a transaction that stands already."""
        key, content = key_of(filed), content_digest(filed)
        issue = self.refuse_role(key, self._names(key)[0])
        if issue is not None:
            return issue
        # Before the state is judged: handing in again after a broken connection is no fault, even
        # where the return has moved on since.
        same = self.stands(filing, content) if filing else None
        if filing is not None and same is not None:
            return HandedIn(filed, same.number, unchanged=True, state=filing.state)
        state = filing.state if filing else self.ground.card(key.place).start
        name = self._step_from(key, state)
        given: frozenset[Need] = frozenset({"signatures"} if self.signed.complete else ())
        taken = refuse_unseen(self.ground, key, filing, seen, filed.file) or self.judge(
            key, filing, name, given, done=self._done(key, filing, name), file=filed.file
        )
        if isinstance(taken, Issue):
            return taken
        day = day_of(self.at)
        issue = refuse_locked(
            self.ground, key, taken.step, state, day, batch.windows, file=filed.file
        )
        if issue is not None:
            return issue
        # What was handed in last is current, so the newest revision need not be looked for.
        number = filing.current.number + 1 if filing else 1
        revision = self._revise(key, filed, batch.digest, content, number)
        filing = filing or Filing(form=key.form, period=key.period, place=key.place)
        filing.state, filing.current = taken.step.to, revision
        filing.changed_at = filing.submitted_at = self.at
        filing.first_submitted_at = filing.first_submitted_at or self.at
        filing.changed_by = self.actor.name
        self.settle(filing)
        FILINGS.save(filing)
        detail = self._detail(filed, revision, state, taken.step.to) | self.overridden(
            taken.allowed
        )
        if taken.step.on_behalf and self.actor.place != key.place:
            detail[BEHALF] = taken.step.step
        self.write_down(key, self.deed, detail)
        return HandedIn(filed, revision.number, unchanged=False, state=taken.step.to)

    def _done(self, key: Key, filing: Filing | None, name: str) -> list[Done]:
        """Give what was done to what stands now, where the policy asks who did it."""
        earlier = earlier_of(self.ground, name, [key])
        return earlier.done(key, filing.current.number) if filing else []

    def _names(self, key: Key) -> list[str]:
        """Give the steps that are of the actor's role; all where none is."""
        card, role = self.ground.card(key.place), self.actor.role
        own = [
            name
            for name in self.steps
            if any(role in one.roles for one in card.named(name))
            and self.ground.policy.scopes(role, card.deed(name))
        ]
        return own or list(self.steps)

    def _step_from(self, key: Key, state: str) -> str:
        card, names = self.ground.card(key.place), self._names(key)
        may = [name for name in names if card.step(name, state)]
        return may[0] if may else names[0]

    def _revise(self, key: Key, filed: Return, batch: str, content: str, number: int) -> Revision:
        revision = Revision(
            form=key.form,
            period=key.period,
            place=key.place,
            number=number,
            batch=batch,
            content=content,
            file=filed.file,
            digest=filed.digest,
            at=self.at,
            by=self.actor.name,
            clerk=self.signed.clerk,
            head=self.signed.head,
        )
        return REVISIONS.add(revision)

    def _detail(
        self, filed: Return, revision: Revision, before: str, after: str
    ) -> dict[str, object]:
        detail: dict[str, object] = {
            "revision": revision.number,
            "from": before,
            "to": after,
            "file": revision.file,
            "digest": revision.digest,
            "content": revision.content,
            # Where its cells are, and all of them: with where they stood and how they were written.
            "batch": revision.batch,
            "cells": cells_digest(filed, revision.content),
        }
        if self.signed.clerk or self.signed.head:
            detail |= {"clerk": self.signed.clerk, "head": self.signed.head}
        if foot := self._foot(filed):
            detail["foot"] = foot
        return detail

    def _foot(self, filed: Return) -> dict[str, object]:
        """Give what was written below the form; of what is personal the journal gets a digest."""
        form = self.ground.shelf.forms.get(filed.form)
        return {
            item.item: Personal(said, filed.form, f"foot.{item.item}", filed.place)
            if item.personal
            else said
            for item in (form.foot if form else ())
            if (said := filed.foot.get(item.item, ""))
        }


def hand_in_all(
    deeds: Sequence[tuple[HandingIn, Return]], seen: Mapping[Key, int] | None = None
) -> Handed:
    """Hand in several people's returns in one transaction; see ``HandingIn``."""
    # Before the batch is written and the lock is waited for: what comes in between is a conflict.
    before = standing() if seen is None else seen
    batches: dict[str, str] = {}
    for period in sorted({filed.period for _, filed in deeds}):
        # All deeds of a call write into one cabinet; its batches are of one period each.
        cabinet = next(deed.cabinet for deed, filed in deeds if filed.period == period)
        batches[period] = cabinet.write_batch(
            [filed for _, filed in deeds if filed.period == period]
        )
    handed = Handed([], [])
    windows = Windows()
    with writing(), many_lines():
        met: set[Key] = set()
        filings = find_filings(key_of(filed) for _, filed in deeds)
        for deed, filed in deeds:
            key = key_of(filed)
            # A second return of one place meets what the first has made of the filing.
            filing = find_filing(key) if key in met else filings.get(key)
            met.add(key)
            batch = Batch(batches[filed.period], windows)
            done = deed.hand_in(filed, filing, batch, before.get(key, 0))
            if isinstance(done, Issue):
                handed.refused.append(done)
            else:
                handed.done.append(done)
    return handed
