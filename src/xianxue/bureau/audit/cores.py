"""The core of a head: what is measured (在校生) and of whom (初中)."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.audit.mention import Mention

_LEADING: Final = (
    "其中",
    "包括",
    "分别为",
    "含",
    "另有",
    "另外",
    "此外",
    "还有",
    "以及",
    "和",
    "及",
    "与",
    "有",
    "共",
    "现",
    "为",
    "达",
    "内",
    "年",
    "度",
    "末",
    "底",
    "秋季",
    "春季",
)
_TRAILING: Final = (
    "总人数",
    "人数",
    "总数",
    "总量",
    "总额",
    "共计",
    "合计",
    "总计",
    "共有",
    "数量",
    "学生数",
    "数",
    "共",
    "计",
    "为",
    "达",
    "有",
)
_YEARS = re.compile(
    r"(?:[0-9]{2,4}(?:[-—~][0-9]{2,4})?(?:年度|年末|年底|学年度?|年)?|今年|本学年|本年度?|年末|截至|截止|目前|当前|现有)"
)
_LONGEST: Final = 8


class Cores:
    """Finds the core of heads; keeps what it found, for heads come back again and again."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._same = lexicon.same
        scope = sorted(lexicon.role("whole_scope"), key=len, reverse=True)
        self._first = (*scope, *_LEADING)
        self._plain: dict[str, str] = {}
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, mention: Mention) -> tuple[str, str]:
        """Give (whom, what): («初中», «在校生»); what is empty where no word for it is known."""
        head = mention.head
        found = self._known.get(head)
        if found is None:
            found = self._known[head] = self._split(head)
        return found

    def plain(self, head: str) -> str:
        """Take scope, time, connectives and «总数» off a head."""
        found = self._plain.get(head)
        if found is None:
            found = self._plain[head] = self._bare(head)
        return found

    def _bare(self, head: str) -> str:
        head = _YEARS.sub("", head)
        if "共" in head and "公共" not in head and "共青" not in head and len(head) > 1:
            head = head.replace("共", "")
        while True:
            before = head
            if head.startswith(self._first):
                for word in self._first:
                    if head.startswith(word) and len(head) > len(word):
                        head = head[len(word) :]
            if head.endswith(_TRAILING):
                for word in _TRAILING:
                    if head.endswith(word) and len(head) > len(word) + 1:
                        head = head[: -len(word)]
            if head == before:
                return head

    def tell(self, mentions: list[Mention]) -> None:
        """Say of every amount what is measured and of whom; «小学:校数17所,…» carries 小学 on."""
        subject, label = "", ""
        sentence = paragraph = -1
        level: Mention | None = None
        for one in mentions:
            if one.sent != sentence:
                sentence = one.sent
                label = _label(one)
                if one.para != paragraph:
                    paragraph, subject = one.para, ""
                if label:
                    subject = self.plain(label)
            if one.form != "cardinal":
                continue
            if one.part == "level":
                whom, what = self.of(one)
                if not what and one.dim == "institutions":
                    what = "学校"
                one.core = what
                if whom:
                    subject = subject if label or one.depth else whom
                one.subject = whom or subject
                level = one
            elif one.part == "delta" and level is not None and level.sent == one.sent:
                one.core, one.subject = level.core, level.subject

    def _split(self, head: str) -> tuple[str, str]:
        head = self.plain(head)
        for width in range(min(_LONGEST, len(head)), 1, -1):
            what = self._same.get(head[-width:])
            if what is not None and not head[:-width].endswith("中小"):
                return head[:-width], what
        return head, ""


_LABEL: Final = 12


def _label(first: Mention) -> str:
    """Give the words before a colon that a sentence begins with: «小学:»."""
    gap = first.gap
    at = gap.rfind(":")
    if at < 0 or len(gap) - at > _LABEL * 2:
        return ""
    begin = max(gap.rfind("。", 0, at), gap.rfind("\n", 0, at), gap.rfind(";", 0, at)) + 1
    text = gap[begin:at].strip()
    return text if 0 < len(text) <= _LABEL else ""
