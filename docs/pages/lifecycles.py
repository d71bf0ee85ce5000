"""The page of lifecycles: the way of a return, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pages.said import Words
from pages.words import page, table
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.shelf import Shelf

MARKS: Final = {
    "start": "起点",
    "waiting": "等填报单位办",
    "returned": "退回改正",
    "counts": "计入指标",
    "end": "终点",
}
NEEDS: Final = {
    "comment": "批注",
    "reason": "理由",
    "signatures": "填报人和校长签名",
    "evidence": "凭据",
    "second_person": "同办的第二人",
}
CHOSEN: Final = """工作目录的 `xianxue.toml` 用 `lifecycle` 选一种；不写时用第一种。
每个角色管到哪里，见[权限](policies.md)。"""


def lifecycles_page(shelf: Shelf) -> str:
    """Every lifecycle: its states, its steps, and what goes beside the way."""
    words = LifecycleWords(shelf)
    return page("报送流程", CHOSEN, *map(words.lifecycle, shelf.lifecycles.values()))


class LifecycleWords(Words):
    """Lifecycles in Chinese."""

    def lifecycle(self, card: Lifecycle) -> str:
        """Write a lifecycle."""
        head = f"## {card.term}\n\n`{card.lifecycle}`。依据：{self.cited(card.source)}。"
        if card.without_township:
            other = self.shelf.lifecycles[card.without_township]
            head += f"\n不属于乡镇的单位按“{other.term}”办。"
        policy = next(iter(self.shelf.policies.values()))
        clocks = {clock.clock: clock.term for clock in card.clocks}
        states = [
            (named.term, f"`{named.state}`", "、".join(MARKS[mark] for mark in named.marks))
            for named in card.states
        ]
        steps = [
            (
                step.term,
                "、".join(map(card.state_term, step.origins)),
                card.state_term(step.to),
                policy.terms(step.roles),
                needed(step.needs),
                clocks.get(step.within, ""),
            )
            for step in card.steps
        ]
        duties = [(duty.term, policy.terms(duty.roles), needed(duty.needs)) for duty in card.duties]
        return "\n\n".join(
            [
                head,
                table(("状态", "代码名", "含义"), states),
                table(("步骤", "从", "到", "谁来办", "要带上", "期限"), steps),
                table(("流程以外", "谁来办", "要带上"), duties),
            ]
        )


def needed(needs: Sequence[str]) -> str:
    """Say what has to come with a step."""
    return "、".join(NEEDS[need] for need in needs)
