"""What a clause says of a rate: «A占B的比例为», «X率为», «占比»."""

from __future__ import annotations

from typing import Final, NamedTuple

from xianxue.bureau.audit.mention import Mention

_SHARE_ENDS: Final = (
    "的比例", "的比重", "的比率", "的百分比", "的份额", "比例", "比重", "的", "之", "总体",
)  # fmt: skip
_TAIL: Final = (
    "分别",
    "为",
    "达到",
    "达",
    "约",
    "是",
    "近",
    "超过",
    "已",
    "高达",
    "仅",
    "只",
    "到",
    "至",
    "提高",
    "上升",
    "增加",
    "均",
    "了",
    "也",
    "在",
)
_COUNTS: Final = ("总人数", "人数", "总数", "总量", "总额", "数", "人员")


class Share(NamedTuple):
    """How a rate is told."""

    part: str
    """What is a part of something; empty where the clause does not say."""
    base: str
    """Of what it is a part; empty where the clause does not say."""
    name: str
    """The name of the rate, for «X率»."""
    of: bool
    """Whether it is told as a share (占)."""


def share(lead: str) -> Share | None:
    """Read the words before a rate; None where they name neither a share nor a rate.

    >>> share("职高招生占高中阶段招生比例为")
    Share(part='职高招生', base='高中阶段招生', name='', of=True)
    >>> share("占学生总数的")
    Share(part='', base='学生', name='', of=True)
    >>> share("总上线率为")
    Share(part='', base='', name='总上线', of=False)
    """
    text = lead
    changed = True
    while changed and text:
        changed = False
        for word in _TAIL:
            if text.endswith(word):
                text, changed = text[: -len(word)], True
    if text.endswith("占比"):
        return Share(text[:-2], "", "", of=True)
    at = text.rfind("占")
    if at >= 0:
        base = text[at + 1 :]
        for word in _SHARE_ENDS:
            base = base.removesuffix(word)
        part = (
            text[:at]
            .removesuffix("仅")
            .removesuffix("共")
            .removesuffix("约")
            .removesuffix("只")
            .removesuffix("数")
        )
        return Share(part, bare(base), "", of=True)
    if text.endswith("率") and not text.endswith("效率"):
        return Share("", "", text[:-1], of=False)
    if text.endswith(("比例", "比重")):
        return Share("", "", text[:-2].removesuffix("的"), of=False)
    return None


def bare(phrase: str) -> str:
    """Take «总数» and the like off a phrase.

    >>> bare("考生总数"), bare("全国幼儿园")
    ('考生', '全国幼儿园')
    """
    for word in _COUNTS:
        if phrase.endswith(word) and len(phrase) > len(word) + 1:
            return phrase[: -len(word)].removesuffix("总")
    return phrase.removesuffix("总")


def protect(text: str) -> str:
    """Keep 小学 from being found in 中小学, and 学生 in 小学生 from standing for all.

    >>> "小学生" in protect("中小学生")
    False
    """
    return text.replace("中小学", "中、小、学")


def names(base: str, head: str) -> bool:
    """Whether a base is the thing a head speaks of: the same, or the general word the head ends in.

    >>> names("学生", "中小学生"), names("小学生", "中小学生"), names("幼儿园", "普惠性幼儿园")
    (True, False, True)
    """
    if not base or not head:
        return False
    if base == head:
        return True
    return (
        protect(head).replace("、", "").endswith(base)
        if not base.startswith("小学")
        else protect(head).endswith(base)
    )


def adjective(base: str, head: str) -> str:
    """Give what a head says more than a base: 普惠性 of 普惠性幼儿园."""
    return head.removesuffix(base)


def is_share(mention: Mention) -> bool:
    """Whether a rate is told as a share."""
    return "占" in mention.lead
