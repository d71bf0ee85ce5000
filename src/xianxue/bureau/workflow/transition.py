"""Transitions: a state and an attempt make a new state, or a complaint; a history makes a state.

Pure: the same card, state and attempt give the same answer for every kind of subject.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.lifecycle import Lifecycle, Need, Step
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.workflow.complaint import complain
from xianxue.bureau.workflow.permission import Allowed, Authority
from xianxue.bureau.workflow.subject import Attempt, Done, Subject, person


class Position(Record):
    """Where a subject is: its state, and what else the words of a refusal need."""

    state: str
    done: Sequence[Done] = ()
    """The deeds done to what the subject holds now, oldest first."""
    last: str = ""
    """Who took the last step and when, as it stands behind the state in a sentence."""


class Taken(Record):
    """A step that may be taken, and the right by which it is."""

    step: Step
    allowed: Allowed


def advance(  # noqa: PLR0913 - the way, the right, and what is wanted of what
    card: Lifecycle,
    authority: Authority,
    subject: Subject,
    position: Position,
    attempt: Attempt,
    *,
    file: str = "",
) -> Taken | Issue:
    """Say what an attempt makes of a subject; the new state is ``taken.step.to``.

    Who has no part in a step at all hears that before anything of the subject's state.
    """
    # What state a return of another school is in is no business of a stranger's.
    issue = refuse_stranger(card, authority, subject, attempt)
    if issue is not None:
        return issue
    step = card.step(attempt.step, position.state)
    if step is None:
        return _out_of_turn(card, authority, subject, position, attempt.step, file)
    deed = card.deed(step.step)
    allowed = authority.may(
        attempt.actor,
        deed,
        subject,
        turn=step,
        done=position.done,
        override=attempt.override,
    )
    if isinstance(allowed, Issue):
        return allowed
    # Last: nobody is sent for a signature or a reason and then refused.
    return refuse_lack(subject, step.needs, attempt, step.term, file=file) or Taken(step, allowed)


def refuse_stranger(
    card: Lifecycle, authority: Authority, subject: Subject, attempt: Attempt
) -> Issue | None:
    """Complain where the actor has no part in steps of a name, whatever the state."""
    steps = card.named(attempt.step)
    if not steps:
        saw = say("“{card}”里没有 {step} 这一步", card=card.term, step=attempt.step)
        names = {step.step: step.term for step in card.steps}
        known = [say("{step}（{term}）", step=name, term=term) for name, term in names.items()]
        required = say("{title}的步骤：{known}", title=subject.title, known=joined("、", known))
        return complain("F-STEP", subject, saw, required)
    roles = list(dict.fromkeys(role for step in steps for role in step.roles))
    # A step that stands for all of its name: which of them is meant depends on the state, which is
    # not looked at yet.
    anybody = Step(step=attempt.step, term=steps[0].term, origins=[], to="", roles=roles)
    found = authority.may(attempt.actor, card.deed(attempt.step), subject, turn=anybody)
    return found if isinstance(found, Issue) else None


def _out_of_turn(  # noqa: PLR0913, PLR0917 - as advance
    card: Lifecycle,
    authority: Authority,
    subject: Subject,
    position: Position,
    name: str,
    file: str,
) -> Issue:
    """Complain of a step that does not leave this state."""
    steps = card.named(name)
    origins = list(dict.fromkeys(origin for step in steps for origin in step.origins))
    saw = say(
        "{title}现在是“{state}”{last}，不能{term}",
        title=subject.title,
        state=card.state_term(position.state),
        last=position.last,
        term=steps[0].term,
    )
    wanted = joined("、", [say("“{state}”", state=card.state_term(each)) for each in origins])
    required = say("{wanted}时才能{term}", wanted=wanted, term=steps[0].term)
    first = card.toward(position.state, origins)
    do = ""
    if first is not None:
        roles = authority.policy.terms(first.roles)
        do = say("可先由{roles}{term}", roles=roles, term=first.term)
    return complain("F-STEP", subject, saw, required, do, file=file)


_LACKS: Final[dict[Need, tuple[Sentence, Sentence, Sentence]]] = {
    "signatures": (
        say("缺填报人或校长的签名"),
        say("填报人和校长都签名"),
        say("补上签名再办（--clerk 填报人 --head 校长，两个都要写）"),
    ),
    "comment": (
        say("没有写明问题"),
        say("至少一条批注，写明哪一格、什么问题"),
        say("写上批注再办（--comment '学生!C4=请核对'）"),
    ),
    "reason": (say("没有写理由"), say("写明理由"), say("写上理由再办（--why '理由'）")),
    "evidence": (say("没有附凭据"), say("至少一件凭据"), say("附上凭据再办")),
    "second_person": (
        say("没有写明同办的第二人，或与经办人是同一人"),
        say("两人同办"),
        say("写上第二人的姓名再办"),
    ),
}


def refuse_lack(
    subject: Subject, needs: Sequence[Need], attempt: Attempt, doing: str, *, file: str = ""
) -> Issue | None:
    """Complain of the first thing that has to come with a deed and did not."""
    second = person(attempt.second)
    carried = attempt.carried - {"second_person"}
    # Two names of one person are one person, so a second one has to be another.
    if second and second != person(attempt.actor.name):
        carried |= {"second_person"}
    for need in needs:
        if need not in carried:
            lack, required, do = _LACKS[need]
            saw = say("{doing}{title}：{lack}", doing=doing, title=subject.title, lack=lack)
            return complain("F-NEEDS", subject, saw, required, do, file=file)
    return None


class Moved(Record):
    """One step of a history: which, from where, to where."""

    step: str
    origin: str
    to: str


def replay(card: Lifecycle, history: Iterable[Moved]) -> str:
    """Give the state that a history leads to, from the start.

    ValueError at the first step that the card does not know or that begins elsewhere than the
    one before it ended: such a history is none of this lifecycle's.
    """
    state = card.start
    for at, moved in enumerate(history, 1):
        step = card.step(moved.step, state)
        if step is None or (moved.origin, moved.to) != (state, step.to):
            message = f"step {at}: {moved.step} does not lead from {state} to {moved.to}"
            raise ValueError(message)
        state = step.to
    return state
