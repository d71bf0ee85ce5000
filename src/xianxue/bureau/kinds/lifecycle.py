"""Lifecycles: the way a subject goes, step by step: a return, an entry, an appraisal, a report.

States and steps are the card's own words. What programs have to know of a state (where a subject
begins, whose turn it is, whether what it says counts) is said by marks, never by its name.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from xianxue.bureau.kinds.card import Card, Cited
from xianxue.bureau.values.sentence import Sentence

Need = Literal["comment", "reason", "signatures", "evidence", "second_person"]
"""What has to come with a step: a comment on what is wrong, a reason, two signatures, evidence
(a file or a photograph), the name of a second person who was there."""

Mark = Literal["start", "waiting", "returned", "counts", "end", "done", "up"]
"""What a state means: ``start``: where a subject is before anybody has done anything;
``waiting``: it is the turn of the place that it belongs to; ``returned``: it was sent back to that
place; ``counts``: what it says is counted;
``end``: nothing has to follow; ``done``: what was promised is truly done, which an end need not be;
``up``: it is in the hands of somebody above."""


class State(Card, frozen=True, kw_only=True):
    """A state, what the county calls it, and what it means."""

    state: str
    term: Sentence
    marks: list[Mark] = []


class Clock(Card, frozen=True, kw_only=True):
    """A limit of time that some steps have to keep; how long it is stands elsewhere, by date."""

    clock: str
    term: Sentence


class Step(Card, frozen=True, kw_only=True):
    """One step: from which states to which, whose turn it is, and what has to come with it."""

    step: str
    term: Sentence
    origins: list[str] = msgspec.field(name="from")
    to: str
    roles: list[str]
    """Roles of the policy, which says how far each reaches."""
    needs: list[Need] = []
    within: str = ""
    """The clock that must not have run out; empty where the step may be taken at any time."""
    act: str = ""
    """The policy's word for it, where many steps are one deed; the step's own name where empty."""
    on_behalf: bool = False
    """Whether it is taken for another place (代报): it is nobody's turn, and is told as such."""


class Duty(Card, frozen=True, kw_only=True):
    """A deed beside the way: by whom, and what has to come with it."""

    duty: str
    term: Sentence
    roles: list[str]
    needs: list[Need] = []


class Lifecycle(Card, frozen=True, kw_only=True):
    """The whole way of one kind of subject."""

    lifecycle: str
    """The id, which ``xianxue.toml`` names."""
    term: Sentence
    subject: str
    """The kind of subject that goes this way, named as its room: ``returns``, ``ledgers``."""
    states: list[State]
    steps: list[Step]
    duties: list[Duty] = []
    clocks: list[Clock] = []
    without_township: str = ""
    """The lifecycle of places that lie in no township; empty where it is this one too."""
    source: Cited

    @property
    def start(self) -> str:
        """The state of a subject that nobody has touched."""
        return next(named.state for named in self.states if "start" in named.marks)

    def marked(self, mark: Mark) -> frozenset[str]:
        """Give the states with a mark."""
        return frozenset(named.state for named in self.states if mark in named.marks)

    def state_term(self, state: str) -> str:
        """Give what a state is called; the state itself where the card does not know it."""
        return next((named.term for named in self.states if named.state == state), state)

    def named(self, step: str) -> list[Step]:
        """Give the steps of a name: a step may be described once for each way it goes."""
        return [one for one in self.steps if one.step == step]

    def step(self, name: str, state: str) -> Step | None:
        """Give the step of a name that may be taken from a state, or None."""
        return next((one for one in self.named(name) if state in one.origins), None)

    def duty(self, name: str) -> Duty | None:
        """Give the duty of a name, or None where nobody has it."""
        return next((one for one in self.duties if one.duty == name), None)

    def deed(self, name: str) -> str:
        """Give the policy's name for a step or duty: ``returns.submit``."""
        acts = (step.act for step in self.steps if step.step == name and step.act)
        return f"{self.subject}.{next(acts, name)}"

    def toward(self, state: str, to: list[str]) -> Step | None:
        """Give the first step of a shortest way from a state into one of several, or None."""
        # What somebody may do for another is nobody's turn.
        steps = [step for step in self.steps if not step.on_behalf]
        ways = [(step, step.to) for step in steps if state in step.origins]
        # Each state once: ways back (退回) would lead round for ever.
        reached = {state, *(end for _, end in ways)}
        while ways:
            for first, end in ways:
                if end in to:
                    return first
            further = [
                (first, step.to)
                for first, end in ways
                for step in steps
                if end in step.origins and step.to not in reached
            ]
            reached.update(end for _, end in further)
            ways = further
        return None

    def reached(self) -> frozenset[str]:
        """Give the states that steps lead to from the start, and the start."""
        reached = set(self.marked("start"))
        ahead = list(reached)
        while ahead:
            state = ahead.pop()
            new = {step.to for step in self.steps if state in step.origins} - reached
            reached |= new
            ahead += new
        return frozenset(reached)
