"""Who acts next on a return, by which command: the line that stands under what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.desk.actions.context import Ground, Key

_FORWARD: Final[dict[str, tuple[str, str]]] = {
    "review": ("由{who}受理审核", "review --place {place} --as 经办人"),
    "pass_on": (
        "{who}核对后转报；有问题的用 send-back 退回",
        "pass-on --place {place} --as 经办人",
    ),
    "approve": (
        "由{who}审核通过；有问题的用 send-back 退回",
        "approve --place {place} --as 经办人",
    ),
    "submit": ("由学校改正后重新报送", "submit 文件 --clerk 填报人 --head 校长"),
}
"""The steps that lead on, the first that may be taken counts: who does what, and how."""


def next_of(ground: Ground, done: Sequence[tuple[Key, str]]) -> str:
    """Say what comes after returns have reached their states; empty where that differs."""
    said = {_next(ground, key, state, alone=len(done) == 1) for key, state in done}
    return said.pop() if len(said) == 1 else ""


def _next(ground: Ground, key: Key, state: str, *, alone: bool) -> str:
    card = ground.card(key.place)
    for name, (what, how) in _FORWARD.items():
        step = card.step(name, state)
        if step is not None:
            whom = f"--place {key.place}" if alone else "--all"
            command = how.replace("--place {place}", whom) + _as_whom(ground, key, step.roles[0])
            return f"{what.format(who=ground.policy.terms(step.roles))}：xianxue returns {command}"
    return "应报的都通过以后发布：xianxue returns release"


def _as_whom(ground: Ground, key: Key, role: str) -> str:
    """Add the role where it is not the one the command takes by itself."""
    reach = {one.scope for one in ground.policy.grants if one.role == role}
    if not reach & {"district", "township"}:
        return ""
    known = ground.register.places.get(key.place)
    township = ground.register.township_of(known) if known else ""
    return f" --role {role} --of {township or '乡镇代码'}"
