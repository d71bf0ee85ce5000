"""Do names part a whole? Asked of words alone: opposites, stages, age bands, 其余 as last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from xianxue.bureau.audit.binding.sums.items import ENDLESS, TAIL, Item
from xianxue.bureau.audit.reading.lexicon import Lexicon

_STAGES: Final = frozenset({"小学", "初中", "高中"})
"""Two of these alone may leave a third out."""
RESTS: Final = ("其余", "其他", "其它", "余下", "剩余", "剩下")
_SHORT_REST: Final = 4
"""Characters a name may have beside the word that tells it apart: 小学生, 男生, 初中在校生."""
_DONE: Final = re.compile("(?:新增|增加|增长|减少|完成|达到|实现|招生|毕业|上线|录取|支出|收入)$")
KINDS: Final = ("类", "系统", "方面", "片区", "片")
"""What names a kind is one of several that part a whole: 艺术类, 科技类."""
_FRAME: Final = 3
"""Characters that clauses of one frame begin with: 学生被甲校录取, 学生被乙校录取."""
_SUFFIX: Final = 2
_DONE_SO_FAR: Final = ("已", "现已", "目前已", "其中已")
"""What is done so far cuts across all kinds: 续建11个;新建17个;已完工9个."""
_DECIDED: Final = frozenset({"crosscut", "rest", "same_frame", "steps"})
_KEPT: Final = 4096
"""Names that are remembered: 小学 and 初中 come back in every list."""
_NEARLY: Final = 3
"""So many values of one axis are seldom told without the last: 中央、省级、县级."""


_MORE_STAGES: Final = "基础教育"
"""A whole of more stages than two."""


class Parting:
    """Asks names whether they part a whole."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words: dict[str, list[tuple[int, int]]] = {}
        self._sizes: list[int] = []
        for axis, values in enumerate(lexicon.axes):
            self._sizes.append(len(values))
            for place, words in enumerate(values):
                for word in words.split("|"):
                    self._words.setdefault(word, []).append((axis, place))
        self._cross = re.compile(lexicon.any_of("crosscut", "selective"))
        self._stages = {axis for axis, values in enumerate(lexicon.axes) if set(values) <= _STAGES}
        for word in lexicon.role("mixed"):
            self._words.setdefault(word, [])
        self._longest = max(map(len, self._words), default=0)
        self._fate = re.compile(lexicon.any_of("fate"))
        self._steps = re.compile(rf"^{lexicon.any_of('step')}")
        self._compositions = [
            (
                re.compile("|".join(map(re.escape, one.whole))),
                [re.compile("|".join(map(re.escape, part))) for part in one.parts],
            )
            for one in lexicon.compositions
        ]
        self.values = lru_cache(_KEPT)(self._values)
        self._axis = lru_cache(_KEPT)(self._axis_of)

    def cues(self, whole: Item | None, parts: Sequence[Item], vetoes: str) -> Sequence[str]:
        """Say what the names of parts tell of them and their whole; vetoes name what is asked."""
        if any(part.band for part in parts):
            return (_banded(parts),)
        names = _apart(parts)
        if not names:
            return ("one_list" if _listed(parts) else "nameless",)
        of = whole.told if whole else ""
        told = self._told(of, names, parts, vetoes)
        fate = self._fate.search(f"{names[0]} {parts[0].told}")
        lost = fate and fate[0].removeprefix("等") not in of and vetoes != "names"
        if lost and told not in _DECIDED:
            return ("narrowed",)
        leads = [part.q.lead for part in parts]
        return (
            (told,) if told else _alike(names, of) or _alike(leads, whole.q.lead if whole else "")
        )

    def _told(self, of: str, names: Sequence[str], parts: Sequence[Item], vetoes: str) -> str:
        """Say what the names themselves tell: all values of an axis, groups that overlap."""
        if negated(names):
            return "partition"
        if any("预算" in one for one in names) and any("决算" in one for one in names):
            return "steps"
        if "steps" in vetoes and self._steps.match(names[0]) and not self._steps.match(of):
            return "steps"
        if all(name.endswith("部分") for name in names):
            return "kinds"
        whole = self._composed(of, names)
        told = "partition" if whole else self._axis(of, tuple(names))
        if told == "two_stages" and (parts[0].key[0] == "institutions" or _MORE_STAGES in of):
            told = "one_axis"  # schools are also of other kinds: 九年一贯制
        crossing = sum(self.crosses(one.replace("级中学", ""), of) for one in names)
        many = "crosscut" in vetoes or 2 * crossing >= len(names)
        if not told and crossing and many and "names" not in vetoes:
            told = "crosscut"
        if not told and names[-1].startswith(RESTS):
            told = "rest"
        same = (
            all(part.number_first for part in parts) and len({one[:_FRAME] for one in names}) == 1
        )
        return told or ("same_frame" if same else "")

    def ends(self, parts: Sequence[Item], one: Item) -> bool:
        """Whether parts are a whole axis, and one tells of a group that cuts across it."""
        names = _names(parts)
        done = one.q.lead.startswith(_DONE_SO_FAR)
        if not (done or self._cross.search(one.told)) or one.told.startswith(RESTS):
            return False
        return not self.akin(names[0], one.told) and self._axis("", tuple(names)) == "partition"

    def crosses(self, name: str, of: str) -> bool:
        """Whether a name picks out a group by its own measure: 骨干教师."""
        return any(word not in of for word in self._cross.findall(name))

    def value(self, name: str) -> bool:
        """Whether a name is a value of some axis: such a number is a part itself."""
        return bool(self.values(name))

    def bare(self, name: str) -> bool:
        """Whether a name is a value of some axis and nothing else: 线上."""
        return any(not rest for _, rest in self.values(name).values())

    def akin(self, first: str, second: str) -> bool:
        """Whether two names are values of one axis: 线上 and 线下."""
        one, other = self.values(first), self.values(second)
        return any(axis in other and other[axis][0] != place for axis, (place, _) in one.items())

    def _axis_of(self, of: str, names: tuple[str, ...]) -> str:
        """Say whether names are values of one axis, all of it or some."""
        best = ""
        values = [self.values(name) for name in names]
        for axis in set(values[0]).intersection(*values[1:]):
            places = {one[axis][0] for one in values}
            if len(places) < len(names) or not self._bare(of, [one[axis][1] for one in values]):
                continue
            if len(places) == self._sizes[axis]:
                if axis not in self._stages:
                    return "partition"
                best = "two_stages"
                continue
            best = "most_values" if len(places) >= _NEARLY else best or "one_axis"
        return best

    def _values(self, name: str) -> dict[int, tuple[int, str]]:
        """Give axis to value and what is left of the name, for the longest word of each axis.

        A name with two values of one axis (加固、重建校舍; 中小学) is none of them.
        """
        found: dict[int, tuple[int, str]] = {}
        taken = ""
        for width in range(min(self._longest, len(name)), 0, -1):
            for at in range(len(name) - width + 1):
                word = name[at : at + width]
                if word in self._words and word not in taken:
                    taken += f"{word} "
                    rest = name[:at] + name[at + width :]
                    for axis, place in self._words[word]:
                        known = found.setdefault(axis, (place, rest))
                        if known[0] != place:
                            found[axis] = (-1, rest)
        return {axis: one for axis, one in found.items() if one[0] >= 0}

    def _bare(self, of: str, rests: Sequence[str]) -> bool:
        """Whether names say nothing beside the axis that narrows them."""
        rests = [one.replace("学历", "") for one in rests]
        if any(self._cross.search(rest) for rest in rests if rest not in of):
            return False
        same = len(set(rests)) == 1
        return same or all(len(one) <= _SHORT_REST or one in of for one in rests)

    def _composed(self, of: str, names: Sequence[str]) -> bool:
        """Whether names are the parts of the whole that a card declares."""
        for whole, parts in self._compositions:
            if whole.search(of) and len(parts) == len(names):
                return all(sum(bool(part.search(name)) for name in names) == 1 for part in parts)
        return False


def _apart(parts: Sequence[Item]) -> Sequence[str]:
    """Give names that tell parts apart, their times where only these do; none where nothing does.

    «一季度拨付…;二季度拨付…»: a time is no name, but here it is what differs.
    """
    names = _names(parts)
    if len(set(names)) == len(names) or _listed(parts):
        return names if len(set(names)) == len(names) else ()
    tails = [found[1] if (found := TAIL.search(part.gap)) else "" for part in parts]
    years = [str(part.q.year) for part in parts]
    return next((some for some in (tails, years) if len(set(some)) == len(some)), ())


def _names(parts: Sequence[Item]) -> list[str]:
    """Give the names of parts; where their measures differ, these belong to the names."""
    names = [part.name for part in parts]
    same = len({part.measure for part in parts}) == 1
    return names if same and any(names) else [part.told for part in parts]


def negated(names: Sequence[str]) -> bool:
    """Whether names are one and its opposite, the half of it between: 称职、基本称职、不称职."""
    first = names[0]
    others = {*names[1:]} - {f"基本{first}", f"部分{first}"}
    opposite = {f"{sign}{first}" for sign in "不未非无"} | {f"无{first[1:]}"}
    return len(others) == 1 and others <= opposite


def _listed(parts: Sequence[Item]) -> bool:
    """Whether numbers stand in one list without names: 三项资金480万元、360万元、240万元."""
    return len({part.q.run for part in parts}) == 1


def _alike(names: Sequence[str], of: str) -> Sequence[str]:
    """Say how alike names are made: the same end or beginning makes them values of one thing.

    An end that tells a deed is only the measure, and tells nothing.
    """
    if not all(names):
        return ("nameless",)
    ends = {name[-_SUFFIX:] for name in names}
    if all(name.endswith(KINDS) for name in names):
        # 科技类 and 艺术类 alone may leave other kinds out.
        return ("kinds",) if len(names) >= _NEARLY else ()
    if len(ends) == 1 and min(map(len, names)) > _SUFFIX:
        # 贷款新增 ends in what happened, 教育基地 in what is counted.
        return ("alike_more",) if not _DONE.search(names[0]) else ()
    same_end = len({name[-1] for name in names}) == 1 and names[0][-1:] != of[-1:]
    return ("alike",) if same_end or len({name[:1] for name in names}) == 1 else ()


def _banded(parts: Sequence[Item]) -> str:
    """Say whether bands touch and cover, leave the ends open, or overlap."""
    bands = [part.band for part in parts]
    told = sorted(band for band in bands if band)
    if len(told) < len(bands):
        others = [part.told for part in parts if not part.band]
        return "rest" if all(one.startswith(RESTS) for one in others) else "overlap"
    for (_, high), (low, _) in pairwise(told):
        if low < high:
            return "overlap"
        if low - high > 1:
            return "bands_apart"
    return "bands" if told[0][0] <= 0 and told[-1][1] >= ENDLESS else "one_axis"
