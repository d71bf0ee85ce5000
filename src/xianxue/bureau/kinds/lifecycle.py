"""Lifecycles: the way a return goes, step by step, and who may take each step."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from xianxue.bureau.kinds.card import Card, Cited

State = Literal[
    "draft", "submitted", "central_review", "in_review", "returned", "accepted", "withdrawn"
]
"""Where a return may stand. One that nobody has filed yet is a draft."""
STATES: tuple[State, ...] = get_args(State)

StepName = Literal[
    "submit", "correct", "collect", "review", "pass_on", "send_back", "approve", "withdraw"
]
"""What moves a return: each is a deed of its own."""
STEP_NAMES: tuple[StepName, ...] = get_args(StepName)

DutyName = Literal["set_window", "grant_extension", "explain"]
"""Deeds that move no return from its state."""

Need = Literal["comment", "reason", "signatures"]
"""What has to come with a step: a comment on what is wrong, a reason, two signatures."""

Scope = Literal["place", "township", "county"]
"""How far a role reaches: its own place, the schools of its township, everybody."""


class Role(Card, frozen=True, kw_only=True):
    """Somebody's part in the way of a return."""

    role: str
    """The id, unique within the card."""
    term: str
    scope: Scope


class Named(Card, frozen=True, kw_only=True):
    """A state and what the county calls it."""

    state: State
    term: str


class Step(Card, frozen=True, kw_only=True):
    """One step: from which states to which, by whom, and what has to come with it."""

    step: StepName
    term: str
    origins: list[State] = msgspec.field(name="from")
    to: State
    roles: list[str]
    needs: list[Need] = []


class Duty(Card, frozen=True, kw_only=True):
    """A deed beside the way: by whom, and what has to come with it."""

    duty: DutyName
    term: str
    roles: list[str]
    needs: list[Need] = []


class Lifecycle(Card, frozen=True, kw_only=True):
    """The whole way of a return."""

    lifecycle: str
    """The id, which ``xianxue.toml`` names."""
    term: str
    roles: list[Role]
    states: list[Named]
    steps: list[Step]
    duties: list[Duty]
    without_township: str = ""
    """The lifecycle of places that lie in no township; empty where it is this one too."""
    source: Cited

    def role(self, name: str) -> Role | None:
        """Give the role with an id, or None."""
        return next((role for role in self.roles if role.role == name), None)

    def state_term(self, state: str) -> str:
        """Give what a state is called; the state itself where the card does not know it."""
        return next((named.term for named in self.states if named.state == state), state)

    def named(self, step: StepName) -> list[Step]:
        """Give the steps of a name: a step may be described once for each way it goes."""
        return [one for one in self.steps if one.step == step]

    def step(self, name: StepName, state: str) -> Step | None:
        """Give the step of a name that may be taken from a state, or None."""
        return next((one for one in self.named(name) if state in one.origins), None)

    def duty(self, name: DutyName) -> Duty | None:
        """Give the duty of a name, or None where nobody has it."""
        return next((one for one in self.duties if one.duty == name), None)

    def terms(self, roles: list[str]) -> str:
        """Name roles as people do: «股室业务员、分管领导»."""
        found = [self.role(name) for name in roles]
        return "、".join(role.term for role in found if role is not None)

    def toward(self, state: str, to: list[State]) -> Step | None:
        """Give the first step of a shortest way from a state into one of several, or None."""
        ways = [(step, step.to) for step in self.steps if state in step.origins]
        reached = {state, *(end for _, end in ways)}
        while ways:
            for first, end in ways:
                if end in to:
                    return first
            further = [
                (first, step.to)
                for first, end in ways
                for step in self.steps
                if end in step.origins and step.to not in reached
            ]
            reached.update(end for _, end in further)
            ways = further
        return None
