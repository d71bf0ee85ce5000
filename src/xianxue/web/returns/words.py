"""How returns stand, in words that several pages of this room say."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.deadline_rules import DueLamp
from xianxue.bureau.kinds.lifecycle import Lifecycle
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.standing.owed import Owed

LOOKS: Final = {"": say("不在待审"), "first": say("首次待审"), "again": say("已修改待审")}
"""What a reviewer finds by: sent for the first time, or mended and to be looked at again."""


def lamp_words(one: Owed) -> Sentence:
    """Say how much time is left, beside the lamp that says the same."""
    if not one.progress.waiting:
        return say("迟报") if one.progress.late else say("已报")
    return one.left


def state_title(one: Owed, card: Lifecycle, comments: int) -> Sentence:
    """Say how a return stands, as the title of its page."""
    progress = one.progress
    if progress.state in card.marked("counts"):
        return say("第 {n} 版已通过", n=progress.revision)
    if not progress.revision and one.lamp is DueLamp.OVER:
        return say("还没有报送，已逾期 {n} 天", n=-(one.days_left or 0))
    if not progress.revision:
        return say("还没有报送")
    if progress.state in card.marked("returned"):
        return say("退回了：有 {n} 条批注，改好再报", n=comments)
    if progress.waiting:
        return say("第 {n} 版撤回了，改好再报", n=progress.revision)
    return say("第 {n} 版{state}", n=progress.revision, state=progress.term)
