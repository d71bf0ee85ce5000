"""Taking a step: what all deeds that move a return have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Need
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import joined, say
from xianxue.bureau.workflow.permission import Allowed
from xianxue.bureau.workflow.subject import Actor, Attempt, Done
from xianxue.bureau.workflow.transition import Position, Taken, advance, refuse_stranger
from xianxue.desk.actions.asked_of import unasked
from xianxue.desk.actions.context import RETURNS, Ground, Key, complain
from xianxue.desk.actions.deadlines import deadline_of
from xianxue.desk.actions.earlier import Earlier, earlier_of
from xianxue.desk.actions.telling import set_aside, tell_of
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Filing
from xianxue.desk.models.filing import FILINGS
from xianxue.desk.models.personal import Personal
from xianxue.desk.stores.clock import minute_of
from xianxue.desk.workspace import ComplaintsError

Telling = Callable[[Key, dict[str, object]], None]
"""Takes what the journal is told of a return."""

_AT_ONCE: Final = 500
"""Places asked for in one query: databases bound how many values a question may have."""


def find_filing(key: Key) -> Filing | None:
    """Give the filing of a return as it is at this moment; None for a draft."""
    return find_filings([key]).get(key)


def find_filings(keys: Iterable[Key]) -> dict[Key, Filing]:
    """Give the filings of returns as they are at this moment; a draft has none.

    Asked in the transaction of a deed, in which nobody else writes: what is read stays so.
    """
    places: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        places.setdefault((key.form, key.period), []).append(key.place)
    found: dict[Key, Filing] = {}
    for (form, period), asked in places.items():
        for at in range(0, len(asked), _AT_ONCE):
            # Only the filing: PostgreSQL cannot lock what an outer join may not find.
            rows = Filing.objects.select_for_update(of=("self",)).filter(
                form=form, period=period, place__in=asked[at : at + _AT_ONCE]
            )
            for row in rows.select_related("current", "accepted"):
                found[Key(form, period, row.place)] = row
    return found


@dataclass(frozen=True)
class Doing:
    """Somebody doing something at a moment, for a reason."""

    ground: Ground
    actor: Actor
    at: datetime
    why: str = ""
    override: str | None = field(default=None, kw_only=True)
    """Why it is done although the policy asks for somebody else (例外办理)."""

    advice: ClassVar[str] = ""
    """What can be done first out of turn; empty where the lifecycle's own first step is the way."""

    def carried(self, given: frozenset[Need]) -> frozenset[Need]:
        """Add the reason, where there is one, to what comes with the deed."""
        reason: frozenset[Need] = frozenset({"reason"} if self.why.strip() else ())
        return given | reason

    def refuse_role(self, key: Key, name: str) -> Issue | None:
        """Complain where the actor has no part in steps of a name, whatever the state."""
        card, subject = self.ground.card(key.place), self.ground.subject(key)
        return refuse_stranger(card, self.ground.authority, subject, Attempt(name, self.actor))

    def judge(  # noqa: PLR0913 - what is wanted of what, and what is known of it
        self,
        key: Key,
        filing: Filing | None,
        name: str,
        given: frozenset[Need],
        *,
        done: Sequence[Done] = (),
        file: str = "",
    ) -> Taken | Issue:
        """Give the step that may be taken now, or the complaint why it may not."""
        card = self.ground.card(key.place)
        state = filing.state if filing else card.start
        found = advance(
            card,
            self.ground.authority,
            self.ground.subject(key),
            Position(state, done, last_step(filing)),
            Attempt(name, self.actor, self.carried(given), override=self.override),
            file=file,
        )
        if isinstance(found, Issue) and found.code == "F-STEP" and card.named(name):
            return self._advised(found, key, file)
        return found

    def _advised(self, issue: Issue, key: Key, file: str) -> Issue:
        """Add to the refusal of a step out of turn what this deed knows of the way out."""
        do = self.advice or issue.do
        if not file:
            return replace(issue, do=do)
        left = say("文件 {file} 没有报送，原样未动", file=file)
        term, required = deadline_of(key).term, issue.required
        if term:
            required = say("{required}（{term}）", required=required, term=term)
        return replace(issue, do=joined("；", [left, do]) if do else left, required=required)

    def overridden(self, allowed: Allowed) -> dict[str, object]:
        """Give what the journal says of the rules that were set aside; nothing where none was."""
        return set_aside(allowed)

    def guarded(self, key: Key, field: str, text: str) -> str | Personal:
        """Give what the journal may have of a text about a field: of a personal one, a digest.

        ``field`` is ``sheet.field`` or ``sheet.row.field``; empty for what is said of the whole
        return, such as that it is of another year.
        """
        sheet, _, rest = field.partition(".")
        name = rest.rpartition(".")[2]
        form = self.ground.shelf.forms.get(key.form)
        asked = form.sheet(sheet) if form is not None else None
        known = asked.field(name) if asked is not None else None
        if known is None or not known.personal:
            return text
        return Personal(text, key.form, field, key.place)

    def write_down(self, key: Key, name: str, detail: dict[str, object]) -> None:
        """Add the journal's line about a return."""
        self.note(key.subject, name, detail)

    def note(self, subject: str, name: str, detail: dict[str, object]) -> None:
        """Add the journal's line, with what is known of the actor."""
        tell_of(self, f"{RETURNS}.{name}", subject, detail, self.why)


@dataclass(frozen=True)
class StepDeed(Doing):
    """A deed that moves a return one step; which one is said by its class."""

    name: ClassVar[str]

    def __call__(self, key: Key, seen: int | None = None) -> Filing:
        """Take the step. ``seen`` is the revision the actor has looked at, where one is known.

        Raises ComplaintsError where the step may not be taken; then nothing has changed.
        """
        with writing():
            earlier = earlier_of(self.ground, self.name, [key])
            found = self.take(key, find_filing(key), seen, earlier)
        if isinstance(found, Issue):
            raise ComplaintsError([found])
        return found

    def given(self) -> frozenset[Need]:
        """Give what comes with the step besides a reason."""
        return frozenset()

    def change(self, filing: Filing) -> dict[str, object]:
        """Change more of the filing than its state; give what the journal says of it."""
        del filing
        return {}

    def hindered(self, key: Key, filing: Filing) -> Issue | None:
        """Complain of what stands against this step and is none of the way's or the policy's."""
        del key, filing

    def out_of_turn(self, issue: Issue, key: Key, filing: Filing | None) -> Issue:
        """Say more of why the step may not be taken now, where the deed knows more."""
        del key, filing
        return issue

    def take(
        self,
        key: Key,
        filing: Filing | None,
        seen: int | None,
        earlier: Earlier,
        tell: Telling | None = None,
    ) -> Filing | Issue:
        """Take the step in a transaction that stands already; a complaint changed nothing.

        The journal gets a line of it, unless somebody else tells it: of many together.
        """
        done = earlier.done(key, filing.current.number) if filing else []
        # What was handed in goes its way to the end, whatever the register has become since.
        nothing = unasked(self.ground, key) if filing is None else None
        taken = (
            nothing
            # Role first: who has no part in it is told neither of newer revisions nor of the state.
            or self.refuse_role(key, self.name)
            or refuse_unseen(self.ground, key, filing, seen)
            or self.judge(key, filing, self.name, self.given(), done=done)
        )
        if isinstance(taken, Issue):
            late = taken.code == "F-STEP"
            return self.out_of_turn(taken, key, filing) if late else taken
        # A step that leaves the start hands something in; only those make a filing.
        assert filing is not None  # noqa: S101 - no lifecycle of returns lets these steps leave it
        hindered = self.hindered(key, filing)
        if hindered is not None:
            return hindered
        before, to = filing.state, taken.step.to
        detail: dict[str, object] = {"revision": filing.current.number}
        filing.state, filing.changed_at, filing.changed_by = to, self.at, self.actor.name
        detail |= {"from": before, "to": to} | self.change(filing) | self.overridden(taken.allowed)
        FILINGS.save(filing)
        if tell is None:
            self.write_down(key, self.name, detail)
        else:
            tell(key, detail)
        return filing


def refuse_unseen(
    ground: Ground, key: Key, filing: Filing | None, seen: int | None, file: str = ""
) -> Issue | None:
    """Complain where somebody handed in another revision since the actor looked."""
    if seen is None or filing is None or seen == filing.current.number:
        return None
    looked = say("您看到的是第 {number} 版", number=seen) if seen else say("您打开时还没有人报送")
    saw = say(
        "{title}已有新版{last}，{looked}",
        title=ground.title(key),
        last=last_step(filing),
        looked=looked,
    )
    do = say("请看过最新一版再办")
    if file:
        do = say(
            "您的文件 {file} 没有报送，原样未动；请与 {by} 核对，"
            "要以您的为准，先撤回或请审核人退回，再报送",
            file=file,
            by=filing.current.by or say("报送人"),
        )
    return complain("F-CONFLICT", key, saw, say("同一张报表先报的为准"), do, file=file)


def last_step(filing: Filing | None) -> str:
    """Say who took the last step and when: «（第 2 版，由张三于 2025-09-20 16:30 办理）»."""
    if filing is None:
        return ""
    number, who = filing.current.number, filing.changed_by
    when = minute_of(filing.changed_at) if filing.changed_at else ""
    if who and when:
        return say("（第 {number} 版，由{who}于 {when} 办理）", number=number, who=who, when=when)
    if when:
        return say("（第 {number} 版，于 {when} 办理）", number=number, when=when)
    if who:
        return say("（第 {number} 版，由{who}）", number=number, who=who)
    return say("（第 {number} 版）", number=number)
