"""Whose turn it is with returns: what one person has to take up, and what they wait for.

Asked of the lifecycle (which step comes next), the policy (may this person take it) and the windows
(until when); the pages say nothing of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.deadline_rules import DeadlineRules
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.lifecycle import Lifecycle, Step
from xianxue.bureau.records.deadline import Deadline
from xianxue.bureau.records.progress import Progress
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground, Key

if TYPE_CHECKING:
    from xianxue.desk.actions.earlier import Earlier


class Turn(Record, kw_only=True):
    """One return that has to go on."""

    key: Key
    progress: Progress
    step: Step
    """What comes next on the way."""
    mine: bool
    """Whether the person asked for takes it."""
    waiting: bool
    """Whether it is the turn of the place itself: not handed in, sent back or withdrawn."""
    other: bool = False
    """Whether somebody else has to take it, because this person has had part in it."""
    due: date | None
    """Until when: by the window, or within as many days as the card says."""
    since: date | None
    """Since when it has been this step's turn; None where nothing was handed in."""


class Turns(Record, dict=True):
    """The returns of one form and period, as one person sees them on one day."""

    ground: Ground
    actor: Actor
    form: Form
    period: Period
    window: Deadline
    rules: DeadlineRules
    progress: Sequence[Progress]
    """How far those have come that the person may see."""
    changed: Mapping[str, date]
    """Place to the day on which its return took its last step."""

    def turns(self) -> Iterator[Turn]:
        """Give every return that has to go on and that the person has any part in."""
        for one in self.progress:
            found = self._turn(one)
            if found is not None:
                yield found

    def _turn(self, one: Progress) -> Turn | None:
        card = self.ground.card(one.place)
        # Of three hundred returns most have arrived: these are told apart first.
        if one.state in card.marked("counts"):
            return None
        key = Key(self.form.form, self.period.code, one.place)
        step = self._way(card).toward(one.state, list(card.marked("counts")))
        if step is None or not self._has_part(key, card):
            return None
        able = self._may(key, card, step)
        other = able and not one.waiting and not self._may(key, card, step, done=True)
        since = self.changed.get(one.place)
        return Turn(
            key=key,
            progress=one,
            step=step,
            mine=able and not other and (not one.waiting or self._own(one.place)),
            waiting=one.waiting,
            other=other,
            due=self._window_due(one) if one.waiting else self._handled_by(step, since),
            since=since,
        )

    def _way(self, card: Lifecycle) -> Lifecycle:
        """Give the way without what takes the place of the whole of it: 代收 is nobody's turn."""
        if card.lifecycle not in self._ways:
            policy = self.ground.policy
            steps = [one for one in card.steps if policy.stand_in(card.deed(one.step)) is None]
            self._ways[card.lifecycle] = replace(card, steps=steps)
        return self._ways[card.lifecycle]

    @own_property
    def _ways(self) -> dict[str, Lifecycle]:
        return {}

    def _has_part(self, key: Key, card: Lifecycle) -> bool:
        """Whether the person's role has any part in the way, and reaches this place.

        Who may look over what is handed in wants to see who has not come, even where this county's
        way does not go through them: a central school asks after the schools of its township.
        """
        looks_over = self.ground.policy.scopes(self.actor.role, card.deed("review"))
        if not looks_over and not any(self.actor.role in step.roles for step in card.steps):
            return False
        return self._allowed(key, "returns.view")

    def _own(self, place: str) -> bool:
        """Whether a return is one's own to hand in: another's is theirs, though one might."""
        county = self.ground.register.county.code
        mine = self.actor.place
        # People of the bureau belong to an office, or to none: the county's return is theirs.
        return place == mine or (place == county and mine not in self.ground.register)

    def _may(self, key: Key, card: Lifecycle, step: Step, *, done: bool = False) -> bool:
        deeds = self._earlier(step.step).done(key, self._revision(key)) if done else ()
        found = self.ground.authority.may(
            self.actor, card.deed(step.step), self.ground.subject(key), turn=step, done=deeds
        )
        return not isinstance(found, Issue)

    def _allowed(self, key: Key, deed: str) -> bool:
        subject = self.ground.subject(key)
        return not isinstance(self.ground.authority.may(self.actor, deed, subject), Issue)

    def _revision(self, key: Key) -> int:
        return self._revisions.get(key.place, 0)

    @own_property
    def _revisions(self) -> Mapping[str, int]:
        return {one.place: one.revision for one in self.progress}

    def _earlier(self, step: str) -> Earlier:
        from xianxue.desk.actions.earlier import earlier_of  # noqa: PLC0415 - needs Django set up

        if step not in self._read:
            keys = [
                Key(self.form.form, self.period.code, one.place)
                for one in self.progress
                if one.revision and not one.waiting
            ]
            self._read[step] = earlier_of(self.ground, step, keys)
        return self._read[step]

    @own_property
    def _read(self) -> dict[str, Earlier]:
        return {}

    def _window_due(self, one: Progress) -> date | None:
        due = self.window.due
        return None if due is None else max(due, one.extended_until or due)

    def _handled_by(self, step: Step, since: date | None) -> date | None:
        days = self.rules.within.get(step.step)
        return None if since is None or days is None else since + timedelta(days=days)
