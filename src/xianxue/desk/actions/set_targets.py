"""Setting and withdrawing targets (下达、确定、撤销目标)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from xianxue.bureau.kinds.resting import slice_named
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.figure import in_a_sentence
from xianxue.bureau.records.target import Target
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.workflow.subject import Actor, Subject
from xianxue.desk.actions.context import Ground, granted
from xianxue.desk.actions.telling import tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models.target import TargetLine, of_key


class Found(Record):
    """Where targets were read: what is kept beside each of them."""

    digest: str = ""
    """SHA-256 of the workbook; empty for what was typed."""
    cells: Mapping[str, str] | None = None
    """A target's key to the cell of its amount."""


_TYPED: Final = Found()


class SetTargets(Record):
    """Set targets, all of them or none; what is set already stays as it is."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def __call__(self, targets: Sequence[Target], found: Found = _TYPED) -> list[Target]:
        """Set targets; give those that are new or changed, with their revisions.

        ComplaintsError where the actor may not; then nothing has changed.
        """
        cells = found.cells or {}
        # Policy for all before the first is written: a list is taken whole or not at all.
        for target in targets:
            self._refuse("targets.set", target)
        with writing():
            changed = [
                (target, before)
                for target in targets
                # Setting the same list twice writes nothing, so that an import may be repeated
                # after a failure.
                if not _same(before := newest(target.key), target)
            ]
            for target, before in changed:
                self._write(target, before, found.digest, cells.get(target.key, ""))
        return [target for target, _ in changed]

    def withdraw(self, key: str) -> bool:
        """Withdraw a target; False where none is in force. ComplaintsError as for setting."""
        with writing():
            before = newest(key)
            if before is None or before.withdrawn:
                return False
            self._refuse("targets.withdraw", before.target)
            TargetLine.objects.create(
                **_named(before.target),
                revision=before.revision + 1,
                amount=before.amount,
                goal=before.goal,
                origin=before.origin,
                source=before.source,
                withdrawn=True,
                at=self.at,
                by=self.actor.name,
            )
            self._note(before.target, "withdraw", {"revision": before.revision + 1})
        return True

    def _write(self, target: Target, before: TargetLine | None, digest: str, cell: str) -> None:
        number = before.revision + 1 if before else 1
        amount = plain(target.amount)  # it ends, for it was read from a decimal text
        TargetLine.objects.create(
            **_named(target),
            revision=number,
            amount=amount,
            goal=target.goal,
            origin=target.origin.value,
            source=target.source,
            cell=cell,
            digest=digest,
            at=self.at,
            by=self.actor.name,
        )
        detail: dict[str, object] = {
            "revision": number,
            "amount": amount,
            "goal": target.goal,
            "origin": target.origin.value,
            "source": target.source,
        }
        if before is not None and not before.withdrawn:
            detail["before"] = {"amount": before.amount, "source": before.source}
        if cell:
            detail |= {"cell": cell, "file": digest}
        self._note(target, "set", detail)

    def _refuse(self, deed: str, target: Target) -> None:
        """Ask the policy; a target belongs to the place that is to reach it."""
        title = target_title(target, self.ground.shelf, self.ground.name(target.place))
        subject = Subject("targets", target.indicator, target.place, target.period, title)
        granted(self.ground.authority.may(self.actor, deed, subject))

    def _note(self, target: Target, name: str, detail: dict[str, object]) -> None:
        tell_of(self, f"targets.{name}", target.key, detail, self.why)


def target_title(target: Target, shelf: Shelf, place: str) -> str:
    """Name a target as people do: its place, stage and indicator."""
    card = shelf.indicator(target.indicator)
    term = card.term if card is not None else target.indicator
    slice_of = slice_named(str(target.slice or ""), card, shelf)
    return place + in_a_sentence(term, target.stage, slice_of)


def newest(key: str) -> TargetLine | None:
    """Give the last line of a key, withdrawn or not; within a transaction it is held."""
    return of_key(key).select_for_update().order_by("-revision").first()


def _named(target: Target) -> dict[str, str]:
    return {
        "indicator": target.indicator,
        "place": target.place,
        "stage": target.stage.value if target.stage else "",
        "slice": str(target.slice) if target.slice else "",
        "period": target.period,
    }


def _same(before: TargetLine | None, target: Target) -> bool:
    """Whether setting a target would say nothing new."""
    return (
        before is not None
        and not before.withdrawn
        and replace(before.target, revision=target.revision) == target
    )
