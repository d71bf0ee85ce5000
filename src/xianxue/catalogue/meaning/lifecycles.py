"""Lifecycles: every state named, reached and left; every step taken by somebody who may."""

from __future__ import annotations

from collections.abc import Iterable

from xianxue.bureau.kinds.lifecycle import Lifecycle, Step
from xianxue.bureau.kinds.policy import with_all_switches
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import unique
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead, listed


def check_lifecycles(look: Look) -> None:
    """Check every lifecycle, of whatever subject."""
    card: Lifecycle
    for at, card in look.each("lifecycle"):
        check_cited(look, at.at("source"), card.source)
        check_way(look, at, card)
        for index, step in enumerate(card.steps):
            _in_time(at.at("steps", index), card, step)
        for index, duty in enumerate(card.duties):
            check_taken(look, at.at("duties", index), duty.roles, card.deed(duty.duty))
        if card.without_township:
            look.refer(at.at("without_township"), "lifecycle", card.without_township)


def check_way(look: Look, at: Spot, card: Lifecycle) -> None:
    """Check states and steps: those of a lifecycle's own card, or of a ledger's."""
    _check_states(at, card)
    for index, step in enumerate(card.steps):
        here = at.at("steps", index)
        _known(here, [*step.origins, step.to], [named.state for named in card.states])
        check_taken(look, here, step.roles, card.deed(step.step))
    _check_once(at, card)


def _check_states(at: Spot, card: Lifecycle) -> None:
    states = [named.state for named in card.states]
    spots = [(at.at("states", index), state) for index, state in enumerate(states)]
    unique(spots, "C-TWICE", say("状态"), say("每个状态只写一次"))
    starts = [named.state for named in card.states if "start" in named.marks]
    if len(starts) != 1:
        saw = say("标了 start 的状态有 {starts} 个", starts=len(starts))
        at.at("states").complain("C-LIFECYCLE", saw, say("正好一个状态标 start（起点）"))
        # Without one start nothing can be said of what is reached from it.
        return
    reached = card.reached()
    for spot, state in spots:
        if state not in reached:
            saw = say("从 {starts} 出发走不到状态 {state}", starts=starts[0], state=state)
            spot.complain("C-LIFECYCLE", saw, say("每个状态都有步骤走得到"))
    _check_ends(at, card)


def _check_ends(at: Spot, card: Lifecycle) -> None:
    """From every state an end can be reached: nothing is stuck for ever."""
    ends = card.marked("end")
    if not ends:
        at.at("states").complain(
            "C-LIFECYCLE", say("没有标了 end 的状态"), say("至少一个状态标 end（终点）")
        )
        return
    for index, named in enumerate(card.states):
        state = named.state
        if state in card.reached() - ends and card.toward(state, sorted(ends)) is None:
            saw = say("到了状态 {state} 就走不到终点", state=state)
            required = say("每个状态都有步骤通到终点（{ends}）", ends=listed(sorted(ends)))
            at.at("states", index).complain("C-LIFECYCLE", saw, required)


def _known(at: Spot, states: Iterable[str], known: list[str]) -> None:
    unknown = [state for state in dict.fromkeys(states) if state not in known]
    if unknown:
        saw = say("states 里没有写 {unknown}", unknown=listed(unknown))
        at.complain("C-LIFECYCLE", saw, say("步骤只用 states 里写了名称的状态"))


def _in_time(at: Spot, card: Lifecycle, step: Step) -> None:
    """The clock that a step has to keep is one that the card names."""
    clocks = [clock.clock for clock in card.clocks]
    if step.within and step.within not in clocks:
        saw = say("clocks 里没有期限“{within}”", within=step.within)
        at.at("within").complain(
            "C-LIFECYCLE", saw, say("clocks 里写了的期限"), instead(step.within, clocks)
        )


def check_taken(look: Look, at: Spot, roles: list[str], deed: str, part: str = "roles") -> None:
    """Somebody takes it, and some policy grants it to each who is named."""
    # With every switch on: what only a county's settings grant can be taken there.
    policies = [with_all_switches(policy) for policy in look.shelf.policies.values()]
    known = list(dict.fromkeys(role.role for policy in policies for role in policy.roles))
    if not roles:
        at.complain("C-EMPTY", say("没有写谁可以办"), say("至少一个角色"))
    for index, role in enumerate(roles):
        here = at.at(part, index)
        if role not in known:
            saw = say("权限卡片里没有角色“{role}”", role=role)
            here.complain("C-ROLE", saw, say("policies 里写了的角色"), instead(role, known))
        # Both have to name the role (``workflow/permission.py``): a step that no policy grants can
        # never be taken.
        elif not any(policy.scopes(role, deed) for policy in policies):
            saw = say("没有一张权限卡片准许“{role}”办 {deed}", role=role, deed=deed)
            here.complain(
                "C-ROLE",
                saw,
                say("policies 的 grants 里写明 {role} 可以办 {deed}", role=role, deed=deed),
            )


def _check_once(at: Spot, card: Lifecycle) -> None:
    """A step of one name leaves a state one way only."""
    seen: set[tuple[str, str]] = set()
    for index, step in enumerate(card.steps):
        # The first would always be taken, and the second never.
        again = [state for state in step.origins if (step.step, state) in seen]
        if again:
            saw = say("步骤 {step} 从 {again} 走了两次", step=step.step, again=listed(again))
            at.at("steps", index).complain("C-TWICE", saw, say("同一步骤从同一状态只有一种走法"))
        seen.update((step.step, state) for state in step.origins)
