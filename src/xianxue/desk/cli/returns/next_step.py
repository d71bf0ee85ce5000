"""Who acts next on a return, by which command: the line that stands under what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Ground, Key

_FORWARD: Final = ("review", "pass_on", "approve", "submit")
"""The steps that lead on: the first that may be taken counts."""


def next_of(ground: Ground, done: Sequence[tuple[Key, str]]) -> str:
    """Say what comes after returns have reached their states; empty where that differs."""
    said = {_next(ground, key, state, alone=len(done) == 1) for key, state in done}
    # Several returns may wait for different people: one line for all would send somebody wrong.
    return said.pop() if len(said) == 1 else ""


def _next(ground: Ground, key: Key, state: str, *, alone: bool) -> Sentence:
    card = ground.card(key.place)
    for name in _FORWARD:
        step = card.step(name, state)
        if step is not None:
            whom = f"--place {key.place}" if alone else "--all"
            role = _as_whom(ground, key, step.roles[0])
            return _told(name, ground.policy.terms(step.roles), whom, role)
    return say("应报的都通过以后发布：xianxue returns release")


def _told(name: str, who: str, whom: str, role: str) -> Sentence:
    """Say who takes a step, and by which command."""
    if name == "review":
        return say(
            "由{who}受理审核：xianxue returns review {whom} --as 经办人{role}",
            who=who,
            whom=whom,
            role=role,
        )
    if name == "pass_on":
        return say(
            "{who}核对后转报；有问题的用 send-back 退回："
            "xianxue returns pass-on {whom} --as 经办人{role}",
            who=who,
            whom=whom,
            role=role,
        )
    if name == "approve":
        return say(
            "由{who}审核通过；有问题的用 send-back 退回："
            "xianxue returns approve {whom} --as 经办人{role}",
            who=who,
            whom=whom,
            role=role,
        )
    return say(
        "由学校改正后重新报送：xianxue returns submit 文件 --clerk 填报人 --head 校长{role}",
        role=role,
    )


def _as_whom(ground: Ground, key: Key, role: str) -> str:
    """Add the role where it is not the one the command takes by itself."""
    reach = {one.scope for one in ground.policy.grants if one.role == role}
    if not reach & {"district", "township"}:
        return ""
    known = ground.register.places.get(key.place)
    township = ground.register.township_of(known) if known else ""
    return f" --role {role} --of " + (township or say("乡镇代码"))
