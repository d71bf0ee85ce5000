"""Taking a step: what all deeds that move a return have in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Lifecycle, Need, State, Step, StepName
from xianxue.desk.actions.context import Actor, Ground, Key, complain
from xianxue.desk.actions.deadlines import deadline_of
from xianxue.desk.actions.permission import refuse_actor, refuse_lack
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Filing
from xianxue.desk.models.journal import Deed, write_down
from xianxue.desk.stores.clock import minute_of
from xianxue.desk.workspace import ComplaintsError


def find_filing(key: Key) -> Filing | None:
    """Give the filing of a return as it is at this moment; None for a draft."""
    # Only the filing: PostgreSQL cannot lock what an outer join may not find.
    found = Filing.objects.select_for_update(of=("self",)).filter(
        form=key.form, period=key.period, place=key.place
    )
    return found.select_related("current", "accepted").first()


@dataclass(frozen=True)
class Doing:
    """Somebody doing something at a moment, for a reason."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""

    def refuse_role(self, key: Key, name: StepName) -> Issue | None:
        """Complain where the actor has no part in steps of a name, whatever the state."""
        card = self.ground.card(key.place)
        steps = card.named(name)
        if not steps:
            saw = f"“{card.term}”里没有 {name} 这一步"
            return complain("F-STEP", key, saw, f"{self.ground.title(key)}按“{card.term}”办理")
        roles = list(dict.fromkeys(role for step in steps for role in step.roles))
        return refuse_actor(self.ground, self.actor, roles, key, steps[0].term)

    def judge(
        self, key: Key, filing: Filing | None, name: StepName, given: set[Need], file: str = ""
    ) -> Step | Issue:
        """Give the step that may be taken now, or the complaint why it may not."""
        card = self.ground.card(key.place)
        state = filing.state if filing else "draft"
        step = card.step(name, state)
        if step is None:
            return self._illegal(card, key, filing, name, file)
        reasons: set[Need] = {"reason"} if self.why.strip() else set()
        return (
            refuse_actor(self.ground, self.actor, step.roles, key, step.term)
            or refuse_lack(self.ground, key, step.needs, given | reasons, step.term, file=file)
            or step
        )

    def _illegal(
        self, card: Lifecycle, key: Key, filing: Filing | None, name: StepName, file: str
    ) -> Issue:
        state = filing.state if filing else "draft"
        steps = card.named(name)
        origins: list[State] = list(
            dict.fromkeys(origin for step in steps for origin in step.origins)
        )
        saw = f"{self.ground.title(key)}现在是“{card.state_term(state)}”{last_step(filing)}"
        wanted = "、".join(f"“{card.state_term(origin)}”" for origin in origins)
        do = self.advise(card, state, origins)
        if file:
            do = f"文件 {file} 没有报送，原样未动" + (f"；{do}" if do else "")
        term, deadline = steps[0].term, deadline_of(key).term
        required = f"{wanted}时才能{term}" + (f"（{deadline}）" if file and deadline else "")
        return complain("F-STEP", key, f"{saw}，不能{term}", required, do, file=file)

    def advise(self, card: Lifecycle, state: str, origins: list[State]) -> str:
        """Say what can be done first where a step may not be taken from a state."""
        first = card.toward(state, origins)
        return f"可先由{card.terms(first.roles)}{first.term}" if first else ""

    def write_down(self, key: Key, name: str, detail: dict[str, object]) -> None:
        """Add the journal's line about a return."""
        self.note(key.subject, name, detail)

    def note(self, subject: str, name: str, detail: dict[str, object]) -> None:
        """Add the journal's line, with what is known of the actor."""
        who = {"role": self.actor.role, "of": self.actor.place, "where": self.actor.where}
        write_down(
            Deed(
                at=self.at,
                actor=self.actor.name,
                name=f"returns.{name}",
                subject=subject,
                detail={**detail, **{part: said for part, said in who.items() if said}},
                why=self.why,
            )
        )


@dataclass(frozen=True)
class StepDeed(Doing):
    """A deed that moves a return one step; which one is said by its class."""

    name: ClassVar[StepName]

    def __call__(self, key: Key, seen: int | None = None) -> Filing:
        """Take the step. ``seen`` is the revision the actor has looked at, where one is known.

        Raises ComplaintsError where the step may not be taken; then nothing has changed.
        """
        return self._take(key, seen, set())

    def change(self, filing: Filing) -> dict[str, object]:
        """Change more of the filing than its state; give what the journal says of it."""
        del filing
        return {}

    def _take(self, key: Key, seen: int | None, given: set[Need]) -> Filing:
        with writing():
            filing = find_filing(key)
            step = (
                self.refuse_role(key, self.name)
                or refuse_unseen(self.ground, key, filing, seen)
                or self.judge(key, filing, self.name, given)
            )
            if isinstance(step, Issue) or filing is None:
                raise ComplaintsError([step] if isinstance(step, Issue) else [])
            before = filing.state
            detail: dict[str, object] = {"revision": filing.current.number}
            filing.state, filing.changed_at, filing.changed_by = step.to, self.at, self.actor.name
            detail |= {"from": before, "to": step.to} | self.change(filing)
            filing.save()
            self.write_down(key, self.name, detail)
        return filing


def refuse_unseen(
    ground: Ground, key: Key, filing: Filing | None, seen: int | None, file: str = ""
) -> Issue | None:
    """Complain where somebody handed in another revision since the actor looked."""
    number = filing.current.number if filing else 0
    if seen is None or seen == number or filing is None:
        return None
    looked = f"您看到的是第 {seen} 版" if seen else "您打开时还没有人报送"
    saw = f"{ground.title(key)}已有新版{last_step(filing)}，{looked}"
    do = "请看过最新一版再办"
    if file:
        do = (
            f"您的文件 {file} 没有报送，原样未动；请与 {filing.current.by or '报送人'} 核对，"
            "要以您的为准，先撤回或请审核人退回，再报送"
        )
    return complain("F-CONFLICT", key, saw, "同一张报表先报的为准", do, file=file)


def last_step(filing: Filing | None) -> str:
    """Say who took the last step and when: «（第 2 版，由张三于 2025-09-20 16:30 办理）»."""
    if filing is None:
        return ""
    when = minute_of(filing.changed_at) if filing.changed_at else ""
    who = f"，由{filing.changed_by}" if filing.changed_by else ""
    done = f"{who or '，'}于 {when} 办理" if when else who
    return f"（第 {filing.current.number} 版{done}）"
