"""Frames: an amount or rate with the changes that are told of it.

«在校生11012人,比上年增加380人,增长3.57%» is one frame: a level, a change and a growth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.audit.mention import Mention

_FILLERS: Final = (
    "分别", "又", "则", "均", "同", "累计", "总体", "实际", "也", "都", "还", "各", "共", "与",
    "和", "其中", "并", "且",
    "人数", "总数", "总量", "数量", "总额", "投入", "占比", "比例", "比重", "幅度", "数", "年均",
    "每年", "增幅", "降幅",
)  # fmt: skip
"""Words that name nothing of their own before a change."""


_NEAR: Final = 3
"""Numbers between a level and a bracket that still tells of it."""


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
    for filler in _FILLERS:
        head = head.replace(filler, "")
    return head


def akin(first: str, second: str) -> bool:
    """Whether two heads name the same thing: they share two characters in a row."""
    return any(first[at : at + 2] in second for at in range(len(first) - 1))


def frames(mentions: Iterable[Mention]) -> list[Frame]:
    """Tie every change to the level it is told of, within one sentence."""
    made: list[Frame] = []
    current: dict[int, Frame] = {}
    waiting: list[Mention] = []
    sentence = -1
    for mention in mentions:
        if mention.sent != sentence:
            sentence = mention.sent
            current, waiting = {}, []
        if mention.form == "mask":
            current, waiting = {}, []
            continue
        part = mention.part
        if part in ("level", "rate"):
            _open(mention, made, current, waiting)
        elif part in ("prior", "delta", "growth", "points"):
            frame = _of(mention, current)
            if frame is not None:
                _tell(frame, mention)
            elif part in ("delta", "growth"):
                waiting.append(mention)
    return [frame for frame in made if frame.told]


def _open(
    mention: Mention, made: list[Frame], current: dict[int, Frame], waiting: list[Mention]
) -> None:
    frame = Frame(mention)
    before = current.get(mention.depth)
    if (
        mention.reached
        and before is not None
        and before.level.head[-1:] in ("由", "从")
        and before.level.dim == mention.dim
    ):
        # 由 a 增加到 b: the first of the two is where it came from.
        before.level.part = "prior"
        frame.priors.append(before.level)
    if waiting and not residue(mention.head) and mention.lead[:1] in ("达", "增", "为", "总"):
        for one in waiting:
            _tell(frame, one)
    waiting.clear()
    made.append(frame)
    current[mention.depth] = frame
    for depth in [depth for depth in current if depth > mention.depth]:
        del current[depth]


def _of(mention: Mention, current: dict[int, Frame]) -> Frame | None:
    """Find the frame a change belongs to: of its depth, or the one its bracket stands behind."""
    frame = current.get(mention.depth)
    if frame is None and mention.depth:
        frame = current.get(mention.depth - 1)
        if frame is not None and frame.level.index < mention.owner - _NEAR:
            return None
    if frame is None:
        return None
    own = residue(mention.head)
    if own.startswith("其中") or (own and not akin(own, frame.level.head)):
        return None
    return frame if _suits(mention, frame.level) else None


def _suits(mention: Mention, level: Mention) -> bool:
    """Whether a change can be one of this level, by what is counted."""
    rate = level.form == "percent"
    if mention.part == "delta":
        return not rate and (mention.dim == level.dim or not mention.dim or not level.dim)
    if mention.part == "prior":
        return mention.dim == level.dim
    return rate or mention.part != "points"


def _tell(frame: Frame, mention: Mention) -> None:
    if mention.part == "prior":
        frame.priors.append(mention)
    elif mention.part == "delta":
        frame.deltas.append(mention)
    elif mention.part == "growth":
        frame.growths.append(mention)
    else:
        frame.points.append(mention)
