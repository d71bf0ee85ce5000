"""The page of lifecycles: the way of a return, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pages.said import Words
from pages.words import page, table
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.kinds.shelf import Shelf

REACH: Final = {"place": "本单位", "township": "本乡镇各校", "county": "全县"}
NEEDS: Final = {"comment": "批注", "reason": "理由", "signatures": "填报人和校长签名"}
CHOSEN: Final = """工作目录的 `xianxue.toml` 用 `lifecycle` 选一种；不写时用第一种。"""


def lifecycles_page(shelf: Shelf) -> str:
    """Every lifecycle: its roles, its steps, and what goes beside the way."""
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
        roles = [(role.term, f"`{role.role}`", REACH[role.scope]) for role in card.roles]
        steps = [
            (
                step.term,
                "、".join(map(card.state_term, step.origins)),
                card.state_term(step.to),
                card.terms(step.roles),
                needed(step.needs),
            )
            for step in card.steps
        ]
        duties = [(duty.term, card.terms(duty.roles), needed(duty.needs)) for duty in card.duties]
        return "\n\n".join(
            [
                head,
                table(("角色", "代码名", "管到哪里"), roles),
                table(("步骤", "从", "到", "谁来办", "要带上"), steps),
                table(("流程以外", "谁来办", "要带上"), duties),
            ]
        )


def needed(needs: Sequence[str]) -> str:
    """Say what has to come with a step."""
    return "、".join(NEEDS[need] for need in needs)
