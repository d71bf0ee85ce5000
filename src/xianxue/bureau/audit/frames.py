"""Frames: an amount or rate with the changes that are told of it.

«在校生11012人,比上年增加380人,增长3.57%» is one frame: a level, a change and a growth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.audit.mention import Mention

_FILLERS: Final = (
    "时间里", "时间", "分别", "又", "则", "均", "同", "累计", "总体", "实际", "也", "都", "还",
    "各", "共", "与", "和", "其中", "并", "且", "人数", "总数", "总量", "数量", "总额", "投入",
    "占比", "比例", "比重", "幅度", "数", "年均", "每年", "增幅", "降幅",
)  # fmt: skip
"""Words that name nothing of their own before a change."""
_DURATION: Final = re.compile(
    r"(?:19|20)[0-9]{2}年[底末]?|[近这]?[一二两三四五六七八九十0-9]{1,3}年(?:来|间|内|里|前|多)?"
)
"""A year, or how long a change took: 四年时间减少了."""


@dataclass(slots=True)
class Frame:
    """A level and what is told of its change."""

    level: Mention
    priors: list[Mention] = field(default_factory=list[Mention])
    deltas: list[Mention] = field(default_factory=list[Mention])
    growths: list[Mention] = field(default_factory=list[Mention])
    points: list[Mention] = field(default_factory=list[Mention])

    @property
    def told(self) -> bool:
        """Whether anything is told of its change."""
        return bool(self.priors or self.deltas or self.growths or self.points)


def residue(head: str) -> str:
    """Give what a head names beside fillers.

    >>> residue("又同"), residue("毕业生")
    ('', '毕业生')
    """
    if "年" in head:
        head = _DURATION.sub("", head)
    for filler in _FILLERS:
        head = head.replace(filler, "")
    return head


def akin(first: str, second: str) -> bool:
    """Whether two heads name the same thing: they share two characters in a row."""
    return any(first[at : at + 2] in second for at in range(len(first) - 1))


_FROM = re.compile(
    r"[由从](?:(?:19|20)[0-9]{2}年[底末]?|上年|去年|当年|年初|原来|过去|此前)?(?:时|时候)?的?$"
)
"""Where a change begins: 由, 从2016年的."""
_ASIDE: Final = ("首", "首次", "历史性", "一举", "成功", "首先", "已", "再次", "连续")
"""Before a mark that was passed: «首次突破5万亿元» tells no amount of its own."""


class _Open:
    """The frames of a sentence that a change may still be told of."""

    def __init__(self) -> None:
        self.last: dict[int, Frame] = {}
        """Depth of brackets to the frame opened last."""
        self.by: dict[tuple[int, str], Frame] = {}
        """Depth and measure to the frame of this measure opened last: people, money, rates."""
        self.told: Frame | None = None
        """The frame of the change told right before."""
        self.waiting: list[Mention] = []

    def clear(self) -> None:
        """Forget everything: what is told behind a «;» is of something else."""
        self.last, self.by, self.told = {}, {}, None
        self.waiting.clear()

    def enter(self, frame: Frame) -> None:
        depth = frame.level.depth
        for deeper in [one for one in self.last if one > depth]:
            del self.last[deeper]
        for key in [one for one in self.by if one[0] > depth]:
            del self.by[key]
        self.last[depth] = frame
        self.by[depth, _measure(frame.level)] = frame
        self.told = None

    def of(self, mention: Mention) -> Frame | None:
        """Find the frame of a change: at its depth, or the one its bracket stands behind."""
        found = self._at(mention, mention.depth)
        if found is not None or not mention.depth or mention.depth in self.last:
            return found
        found = self._at(mention, mention.depth - 1)
        if found is None:
            return None
        index = found.level.index
        if index != mention.owner and mention.owner >= 0 and index < mention.owner - 3:
            return None
        return found

    def _at(self, mention: Mention, depth: int) -> Frame | None:
        last = self.last.get(depth)
        if last is None:
            return None
        if mention.part == "growth":
            if self.told is not None and self.told.level.depth == depth:
                return self.told
            return (
                self._amount(depth)
                if last.level.form == "percent" and "占" in last.level.lead
                else last
            )
        if mention.part == "points" or mention.form == "percent":
            return self.by.get((depth, "%"))
        found = self.by.get((depth, mention.dim))
        if found is None and (not mention.dim or not last.level.dim):
            return last if last.level.form != "percent" else None
        return found

    def _amount(self, depth: int) -> Frame | None:
        amounts = [one for (at, measure), one in self.by.items() if at == depth and measure != "%"]
        return max(amounts, key=lambda one: one.level.index, default=None)


def _measure(level: Mention) -> str:
    return "%" if level.form == "percent" else level.dim


def frames(mentions: Iterable[Mention]) -> list[Frame]:
    """Tie every change to the level it is told of, within one sentence."""
    made: list[Frame] = []
    open_ = _Open()
    sentence = -1
    for mention in mentions:
        if mention.sent != sentence or mention.form == "mask":
            sentence = mention.sent
            open_ = _Open()
        if mention.form == "mask":
            continue
        part = mention.part
        if part in ("level", "rate", "each"):
            _open(mention, made, open_)
        elif part in ("prior", "delta", "growth", "points"):
            _change(mention, open_)
    return [frame for frame in made if frame.told]


def _change(mention: Mention, open_: _Open) -> None:
    if ";" in mention.gap:
        open_.clear()
    frame = open_.of(mention)
    if frame is None or not _akin(mention, frame):
        open_.told = None
        if frame is None and mention.part in ("delta", "growth"):
            open_.waiting.append(mention)
        return
    _tell(frame, mention)
    open_.told = frame


def _open(mention: Mention, made: list[Frame], open_: _Open) -> None:
    before = open_.last.get(mention.depth)
    if before is not None and _is_aside(mention, before.level):
        return
    frame = Frame(mention)
    if mention.reached and before is not None and before.level.dim == mention.dim:
        if _FROM.search(before.level.head):
            # 由 a 增加到 b: the first of the two is where it came from.
            before.level.part = "prior"
            frame.priors.append(before.level)
        elif mention.sign and _years_on(before.level, mention):
            frame.priors.append(before.level)
    if open_.waiting and not residue(mention.head) and mention.lead[:1] in ("达", "增", "为", "总"):
        for one in open_.waiting:
            _tell(frame, one)
    open_.waiting.clear()
    made.append(frame)
    open_.enter(frame)


def _years_on(first: Mention, second: Mention) -> bool:
    """Whether two amounts are of one thing in two years: «2021年有91人,2022年降到88人»."""
    own, other = residue(second.head), residue(first.head)
    return 0 < first.year < second.year and (not own or own[-2:] == other[-2:])


def _is_aside(mention: Mention, level: Mention) -> bool:
    """Whether a number only says which mark a level has passed: «投入312亿元,首超300亿元»."""
    return (
        mention.about
        and not level.about
        and mention.dim == level.dim
        and mention.head in ("", *_ASIDE)
    )


def _akin(mention: Mention, frame: Frame) -> bool:
    """Whether a change names nothing else than the level of its frame."""
    own = residue(mention.head)
    if own.startswith("其中") or (own and not akin(own, frame.level.head)):
        return False
    rate = frame.level.form == "percent"
    if mention.part == "delta":
        return not rate and not (mention.dim and frame.level.dim and mention.dim != frame.level.dim)
    if mention.part == "prior":
        return mention.dim == frame.level.dim
    return mention.part != "points" or rate


def _tell(frame: Frame, mention: Mention) -> None:
    if mention.part == "prior":
        frame.priors.append(mention)
    elif mention.part == "delta":
        frame.deltas.append(mention)
    elif mention.part == "growth":
        frame.growths.append(mention)
    else:
        frame.points.append(mention)
