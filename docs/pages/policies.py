"""The page of policies: who may do what and how far, and where two people are asked for."""

from __future__ import annotations

from typing import Final

from pages.said import Words
from pages.words import page, table
from xianxue.bureau.kinds.policy import FourEyes, Policy
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.workflow.reach import reach_term

CHOSEN: Final = """工作目录的 `xianxue.toml` 用 `policy` 选一种；不写时用第一种。
没有写明的，一律不可以。
开关平时关着，`xianxue.toml` 写 `switches = ["开关的代码名"]` 才打开。
县里要收紧，见[收紧权限](../how-to/tighten-a-policy.zh-CN.md)。"""


def policies_page(shelf: Shelf) -> str:
    """Every policy: its matrix, and its rules of four eyes."""
    words = PolicyWords(shelf)
    return page("权限", CHOSEN, *map(words.policy, shelf.policies.values()))


class PolicyWords(Words):
    """Policies in Chinese."""

    def policy(self, card: Policy) -> str:
        """Write a policy: a line a deed, a column a role."""
        parts = [
            f"## {card.term}\n\n`{card.policy}`。依据：{self.cited(card.source)}。",
            matrix(card),
            table(
                ("双人复核", "代码名", "办这些事", "要求", "谁可以例外办理"),
                [self._rule(card, rule) for rule in card.four_eyes],
            ),
            table(
                ("顶替整个流程的事", "叫作", "没有写理由时按什么记"),
                [(card.deed_term(one.deed), one.term, one.reason) for one in card.stand_ins],
            ),
        ]
        if card.switches:
            parts.append(
                table(
                    ("开关（平时关）", "代码名", "给谁", "办这些事", "说明"),
                    [
                        (
                            one.term,
                            f"`{one.switch}`",
                            f"{card.terms([grant.role])}，{reach_term(grant.scope)}",
                            "、".join(map(card.deed_term, grant.deeds)),
                            one.note,
                        )
                        for one in card.switches
                        for grant in one.grants
                    ],
                )
            )
        return "\n\n".join(parts)

    def _rule(self, card: Policy, rule: FourEyes) -> tuple[str, ...]:
        earlier = "、".join(map(card.deed_term, rule.apart_from or rule.not_alone_after))
        asked = f"没有参与{earlier}" if rule.apart_from else f"{earlier}不全由本人所办"
        done = "、".join(map(card.deed_term, rule.deeds))
        return rule.term, f"`{rule.rule}`", done, asked, card.terms(rule.override) or "无"


def matrix(card: Policy) -> str:
    """Write who may do what: how far each role reaches with each deed; empty where it may not."""
    head = ("事项", "代码名", *(role.term for role in card.roles))
    rows = [
        (
            one.term,
            f"`{one.deed}`",
            *("、".join(map(reach_term, card.scopes(role.role, one.deed))) for role in card.roles),
        )
        for one in card.deeds
    ]
    return table(head, rows)
