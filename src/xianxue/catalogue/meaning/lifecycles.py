"""Lifecycles: every state named, reached and left; every step taken by somebody."""

from __future__ import annotations

from collections.abc import Iterable

from xianxue.bureau.kinds.lifecycle import Duty, Lifecycle, State, Step
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead, listed

_FIRST: State = "draft"
_LAST: State = "accepted"


def check_lifecycles(look: Look) -> None:
    """Check every lifecycle."""
    card: Lifecycle
    for at, card in look.each("lifecycle"):
        check_cited(look, at.at("source"), card.source)
        _check_roles(at.at("roles"), card)
        _check_states(at, card)
        for index, step in enumerate(card.steps):
            here = at.at("steps", index)
            _known(here, [*step.origins, step.to], [named.state for named in card.states])
            _taken(here, card, step)
        for index, duty in enumerate(card.duties):
            _taken(at.at("duties", index), card, duty)
        _check_once(at, card)
        if card.without_township:
            look.refer(at.at("without_township"), "lifecycle", card.without_township)


def _check_roles(at: Spot, card: Lifecycle) -> None:
    for index, role in enumerate(card.roles):
        good_name(at.at(index, "role"), role.role)
    roles = [(at.at(index, "role"), role.role) for index, role in enumerate(card.roles)]
    unique(roles, "C-TWICE", "角色的编号", "同一张卡片里角色的编号不重复")


def _check_states(at: Spot, card: Lifecycle) -> None:
    states = [named.state for named in card.states]
    spots = [(at.at("states", index), state) for index, state in enumerate(states)]
    unique(spots, "C-TWICE", "状态", "每个状态只写一次")
    reached = _reached(card)
    for state in (_FIRST, _LAST):
        if state not in states:
            at.at("states").complain("C-LIFECYCLE", f"没有状态 {state}", "有起点，也有终点")
    for spot, state in spots:
        if state not in reached:
            saw = f"从 {_FIRST} 出发走不到状态 {state}"
            spot.complain("C-LIFECYCLE", saw, "每个状态都有步骤走得到")


def _reached(card: Lifecycle) -> set[State]:
    reached: set[State] = {_FIRST}
    more = True
    while more:
        before = len(reached)
        reached |= {step.to for step in card.steps if reached & set(step.origins)}
        more = len(reached) > before
    return reached


def _known(at: Spot, states: Iterable[State], known: list[State]) -> None:
    unknown = [state for state in dict.fromkeys(states) if state not in known]
    if unknown:
        saw = f"states 里没有写 {listed(unknown)}"
        at.complain("C-LIFECYCLE", saw, "步骤只用 states 里写了名称的状态")


def _taken(at: Spot, card: Lifecycle, deed: Step | Duty) -> None:
    known = [role.role for role in card.roles]
    if not deed.roles:
        at.complain("C-EMPTY", "没有写谁可以办", "至少一个角色")
    for index, role in enumerate(deed.roles):
        if role not in known:
            saw = f"roles 里没有角色“{role}”"
            required = "这张卡片里写了的角色"
            at.at("roles", index).complain("C-ROLE", saw, required, instead(role, known))


def _check_once(at: Spot, card: Lifecycle) -> None:
    """A step of one name leaves a state one way only."""
    seen: set[tuple[str, str]] = set()
    for index, step in enumerate(card.steps):
        again = [state for state in step.origins if (step.step, state) in seen]
        if again:
            saw = f"步骤 {step.step} 从 {listed(again)} 走了两次"
            at.at("steps", index).complain("C-TWICE", saw, "同一步骤从同一状态只有一种走法")
        seen.update((step.step, state) for state in step.origins)
