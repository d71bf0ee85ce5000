"""What stands before each number: sentence, brackets, the words that say what the number is."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from xianxue.bureau.audit.layout import other_texts
from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE

_VALUED: Final = frozenset({"cardinal", "percent", "points", "ratio", "range", "mask"})
_INLINE = re.compile(r"\(([\u4e00-\u9fff]{1,2})\)(?=[\u4e00-\u9fff])")
"""A bracket inside a word: 退(离)休."""
_FOOTNOTE = re.compile(r"\[[0-9]{1,2}\]")
_KINDS_OF: Final = "大"
_LAST_BREAK = re.compile(r".*[。!\n;,:()]", re.DOTALL)
"""Everything up to the last sign that parts clauses."""
_WINDOW: Final = 100
"""Characters before a number that can say what it is."""

_EACH: Final = ("生均", "人均", "师均", "校均", "班均", "平均", "每", "均值")
"""Words for an amount that belongs to one of many, and is not added to anything."""

_AFTER_VERB: Final = frozenset(
    {
        "了", "约", "近", "为", "达", "到", "至", "已", "的", "仅", "只", "达到", "高达", "大约",
        "将近", "接近",
        "超过", "突破", "不足", "不到", "幅度", "约为", "约有", "至少", "有", "共", "计", "是",
        "又", "再", "到了",
        "大约有", "大约为", "大约达", "共计", "合计", "总计", "累计", "分别", "分别为", "分别是",
        "分别达到", "分别达", "率", "率为", "超", "逾", "最高", "均", "均为",
        "均达", "均达到", "总数", "总共", "一共", "共有", "现有", "实有", "完成", "实际", "达至",
        "各", "多达", "整整",
    }
)  # fmt: skip
"""What may stand between a verb and its number."""
_REACHING: Final = frozenset({"到", "至", "为", "达", "达到", "高达", "达至", "到了", "约为"})
_PREVIOUS: Final = (
    "上年", "去年", "上一年", "上学年", "上一学年", "往年", "前一年", "年初", "上半年", "上季度",
    "上月", "同期",
)  # fmt: skip
_CHANGE_NOUN = re.compile(
    r"(?:增长率|增长幅度|增幅|增速|涨幅|升幅|降幅|减幅|下降幅度|下降率)(?=(?:为|是|达到|高达|达|约|近|超过|超|均)*$)"
)
"""A noun for a change: 增长率达, 降幅超 tell a change; elsewhere 达 tells what was reached."""
_WITH = re.compile(r"[与同和跟]((?:(?:19|20)[0-9]{2}年|上年|去年|上一年)[^,。;]*)$")
"""«与2016年的90万人相比»: what a level is compared with."""
_TIME_TAIL = re.compile(
    r"(?<=[到至为达])(?:(?:19|20)[0-9]{2}年[底末]?|目前|现在|今年|本年|当前|如今)的?$"
)
"""When something was reached: 提高到2018年的."""
_LESS: Final = ("低于", "低", "少于", "落后", "差")
_NO_CHANGE: Final = frozenset(
    {"新增", "其中增", "提高班", "多多", "至多", "不少", "减少", "最高", "普高", "职高", "登高"}
) - {"减少"}
_SHORT_VERBS: Final = frozenset("多少高低大小长")
_SINCE: Final = ("同比", "环比", "比", "较")


class Sorter:
    """Sorts mentions by what the words before them say."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._up, self._down = lexicon.role("up"), lexicon.role("down")
        self._gap, self._excess = lexicon.role("gap"), lexicon.role("excess")
        self._verbs = self._up | self._down | self._gap | self._excess
        self._longest = max(map(len, self._verbs), default=0)

    def place(self, norm: str, mentions: list[Mention]) -> None:
        """Say of each mention where it stands: text, paragraph, sentence, depth of brackets."""
        others = other_texts(norm)
        pairs = brackets(norm)
        at = seen = para = sent = year = reached = 0
        valued = -1
        inside: list[tuple[int, int]] = []
        for index, mention in enumerate(mentions):
            start = mention.start
            # What was looked at for a name or year before is not looked at again.
            fresh = norm[max(at, seen) : start]
            seen = mention.end
            if not index or "。" in fresh or "\n" in fresh or "!" in fresh:
                sent += 1
                if "\n" in fresh:
                    para += 1
                    year = 0
            reached = _enter(inside, pairs, reached, (start, valued))
            mention.index, mention.sent, mention.para, mention.depth = (
                index,
                sent,
                para,
                len(inside),
            )
            mention.doc = bisect_right(others, start)
            if inside:
                mention.owner = inside[-1][1]
            if mention.form == "year":
                year = mention.value
            mention.year = year
            if mention.form in _VALUED:
                mention.gap = norm[at:start]
                if mention.unit != _KINDS_OF:
                    # «五大类本科» counts kinds and is part of a name.
                    at, valued = mention.end, index
                mention.after = norm[mention.end : mention.end + 4].lstrip(" ,")
                _lead(mention)

    def sort(self, mention: Mention) -> None:
        """Say what a number is in its sentence: an amount, a change, a rate …"""
        if mention.form not in ("cardinal", "percent", "points"):
            mention.part = "other"
            return
        lead = mention.lead
        rest, reached = _without_adverbs(lead)
        verb = self._verb(rest)
        since, before = _compared(mention, rest) or _since(rest, len(rest) - len(verb))
        rate = mention.form == "percent"
        if mention.form == "points":
            mention.part = "points"
            if verb in self._gap or (since and not _is_time(since)):
                mention.part = "gap"
        elif not verb and rest[:2] in self._gap:
            mention.part, mention.sign = "gap", 1
            mention.head = rest
            return
        elif verb and not reached:
            if verb in self._excess:
                mention.part = "growth" if rate else "gap"
                mention.excess = True
            elif verb in self._gap and not _is_time(since):
                mention.part = "gap"
            else:
                mention.part = "growth" if rate else "delta"
        elif not verb and since and _is_time(since) and before + len(since) + 2 >= len(rest):
            mention.part, verb = "prior", ""
        else:
            mention.part = "rate" if rate else "level"
            mention.reached = reached and bool(verb)
        # (0.87人) in a bracket counts nobody: it is so many for each of something.
        halved = mention.depth and mention.whole and mention.value % ONE
        if mention.part == "level" and (halved or any(word in lead for word in _EACH)):
            mention.part = "each"
        mention.sign = self._sign(verb)
        mention.since = "prev" if since and _is_previous(since) else since
        mention.head = rest[: before if since else len(rest) - len(verb)] if verb or since else rest

    def _sign(self, verb: str) -> int:
        if verb in self._down or verb in _LESS:
            return -1
        return 1 if verb else 0

    def _verb(self, text: str) -> str:
        for width in range(min(self._longest, len(text)), 0, -1):
            word = text[-width:]
            if word in self._verbs:
                if text[-2:] in _NO_CHANGE:
                    return ""
                if width == 1 and word in _SHORT_VERBS and not any(one in text for one in "比较"):
                    return ""
                return word
        return ""


def _enter(
    inside: list[tuple[int, int]], pairs: list[tuple[int, int]], reached: int, now: tuple[int, int]
) -> int:
    """Leave the brackets that are closed before a place and enter those opened before it.

    ``inside`` holds where each bracket ends and which number stands before it; ``now`` is the
    place and the number before it.
    """
    start, before = now
    while inside and inside[-1][0] <= start:
        inside.pop()
    while reached < len(pairs) and pairs[reached][0] < start:
        if pairs[reached][1] > start:
            inside.append((pairs[reached][1], before))
        reached += 1
    return reached


_BRACKET = re.compile(r"[()。\n]")


def brackets(norm: str) -> list[tuple[int, int]]:
    """Give every pair of brackets that is closed within its sentence, in the order they open.

    >>> brackets("a(b(c)d)e(f。g)")
    [(1, 7), (3, 5)]
    """
    pairs: list[tuple[int, int]] = []
    waiting: list[int] = []
    for found in _BRACKET.finditer(norm):
        if found[0] == "(":
            waiting.append(found.start())
        elif found[0] == ")" and waiting:
            pairs.append((waiting.pop(), found.start()))
        elif found[0] != ")":
            waiting.clear()
    pairs.sort()
    return pairs


def _lead(mention: Mention) -> None:
    """Find the words of a number's own clause before it, and the sign that parts them off."""
    gap = mention.gap
    if len(gap) > _WINDOW:
        gap = gap[-_WINDOW:]
    if "(" in gap:
        gap = _INLINE.sub(r"\1", gap)
    found = _LAST_BREAK.match(gap)
    at = found.end() - 1 if found else -1
    mention.sep = gap[at] if at >= 0 else ("、" if gap[:1] == "、" else "")
    lead = gap[at + 1 :]
    if " " in lead:
        lead = lead.replace(" ", "")
    if "[" in lead:
        lead = _FOOTNOTE.sub("", lead)
    mention.lead = lead.lstrip("、")


def _without_adverbs(lead: str) -> tuple[str, bool]:
    """Take the adverbs off the end; say whether one of them says that a level was reached."""
    noun = _CHANGE_NOUN.search(lead)
    if noun:
        return lead[: noun.end()], False
    reached = False
    lead = _TIME_TAIL.sub("", lead)
    while lead:
        for width in (4, 3, 2, 1):
            word = lead[-width:]
            if word in _AFTER_VERB and len(word) == width:
                lead = lead[:-width]
                reached = reached or word in _REACHING
                break
        else:
            break
    return lead, reached


def _compared(mention: Mention, text: str) -> tuple[str, int] | None:
    """Find what «与2016年的90人相比» compares with, and where that begins."""
    found = _WITH.search(text) if mention.after.startswith("相") else None
    return (found[1], found.start()) if found else None


def _since(text: str, end: int) -> tuple[str, int]:
    """Find what a change is measured against, before ``end``: its words and where they begin."""
    for word in _SINCE:
        at = text.rfind(word, max(0, end - 30), end)
        if at < 0:
            continue
        if word in ("同比", "环比"):
            return "上年" + text[at + 2 : end], at
        if (word == "比" and text[at - 1 : at] in _COMPOUND_BI) or text[
            at + 1 : at + 2
        ] in _AFTER_BI:
            continue
        found = text[at + 1 : end].strip("的")
        if found:
            return found, at
    return "", end


_COMPOUND_BI: Final = frozenset("占同环对评")
_AFTER_BI: Final = frozenset("例率重赛较值")


def _is_previous(since: str) -> bool:
    return any(word in since for word in _PREVIOUS)


def _is_time(since: str) -> bool:
    return (
        _is_previous(since)
        or any(one.isdigit() for one in since)
        or any(word in since for word in ("年", "学期", "五", "之前", "以前", "前"))
    )
