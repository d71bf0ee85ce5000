"""What things are called: whether a number is told by a name, and which names exclude others."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import Final

from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity

_AREA: Final = re.compile(r"[全我本该]([国省市县区州旗镇乡校园班])")
_KEPT: Final = 4096
"""Names remembered: the same ones come back on every page."""
_SHORT: Final = 2
"""Characters of the shortest name that says something."""
_PLACE: Final = "国省市县区镇乡村校园"
"""Ends of words that tell where: 城区教师 may be all that are told of."""
_ALL_SORTS: Final = re.compile("各[类种级项]|所有|全部")
_FILLED: Final = re.compile(
    r"^.{0,8}(?:共有|现有|拥有|设有|建有)(?=..)|总(?:额|量|数|值|人数)$|共(?=.)|总(?=[^结理督])|现有|全部|所有|这些|上述|的|已|合计$|数(?=$|的)"
)


class Names:
    """What the words of a lexicon say of names."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.part = re.compile(lexicon.any_of("part_of"))
        self.whole = re.compile(lexicon.any_of("whole_said"))
        self.later = re.compile(f"{lexicon.any_of('total_later')}{lexicon.any_of('adverb')}*$")
        self.usual = re.compile(f"{lexicon.any_of('usual')}+")
        """Before a name these leave it what it is: 专任 of 专任教师."""
        self._same = lexicon.same
        self._longest = max(map(len, lexicon.same), default=0)
        self.scoped = re.compile(f"^{lexicon.any_of('whole_scope')}")
        self._scope = re.compile(rf"^{lexicon.any_of('whole_scope')}+")
        self._classes = [
            re.compile(lexicon.any_of(role))
            for role in ("class_stage", "class_degree", "class_title", "class_track")
        ]
        self._persons = [
            re.compile("|".join(some.split("="))) for some in sorted(lexicon.role("class_person"))
        ]
        self._schools = lexicon.role("all_schools")
        self._opposed = {
            frozenset(pair) for some in lexicon.opposites for pair in combinations(some, 2)
        }
        sided = {word for some in lexicon.opposites for word in some}
        self._sided = re.compile("|".join(sorted(sided, key=lambda one: -len(one))) or "(?!)")
        self._deed = re.compile(rf"^{lexicon.any_of('deed')}")
        self._restricts = re.compile(lexicon.any_of("restrictor", "crosscut", "class_stage"))
        self.clean = lru_cache(_KEPT)(self._clean)
        self.canonical = lru_cache(_KEPT)(self._canonical)
        self.alike = lru_cache(_KEPT)(self._alike)
        self.siblings = lru_cache(_KEPT)(self._siblings)
        self.cross = re.compile(lexicon.any_of("crosscut"))

    def _clean(self, name: str) -> str:
        """Take off what only says that it is all of them: 全县, 总数, 共."""
        return _FILLED.sub("", self._scope.sub("", name)).strip("、占在")

    def _canonical(self, name: str) -> str:
        """Say a name's last word in the one form that stands for all."""
        for width in range(min(self._longest, len(name)), 1, -1):
            found = self._same.get(name[-width:])
            if found:
                return name[:-width] + found
        return name

    def area(self, lead: str) -> str:
        """Give the area that is told of: 省 of 全省 and of 我省."""
        found = _AREA.search(lead)
        return found[1] if found else ""

    def strangers(self, one: str, other: str) -> bool:
        """Whether two names are of other people: 初三学生 and 教师中."""
        kinds = [
            {at for at, words in enumerate(self._persons) if words.search(name)}
            for name in (one, other)
        ]
        return bool(kinds[0] and kinds[1]) and not kinds[0] & kinds[1]

    def _siblings(self, one: str, other: str) -> bool:
        """Whether two names exclude one another: 小学 and 初中, 男生 and 女生."""
        if "以上" in one:
            return self.strangers(one, other)  # 本科及以上 has the 研究生 in it
        for words in self._classes:
            first, second = set(words.findall(one)), set(words.findall(other))
            if first and second and not first & second:
                return True
        if self.strangers(one, other):
            return True
        first, second = set(self._sided.findall(one)), set(self._sided.findall(other))
        return any(
            frozenset((a, b)) in self._opposed for a in first - second for b in second - first
        )

    def beside(self, one: str, other: str) -> bool:
        """Whether two names tell two kinds of one thing: 初次信访件 and 重复信访件."""
        first, second = self.clean(one), self.clean(other)
        shared = next(
            (
                at
                for at in range(min(len(first), len(second)), 1, -1)
                if first[-at:] == second[-at:]
            ),
            0,
        )
        heads = first[:-shared], second[:-shared]
        alike = len(heads[0]) == len(heads[1]) == _SHORT and heads[0][0] != heads[1][0]
        plain = self.usual.fullmatch(heads[0]) or self._deed.match(first) or heads[0][-1:] in _PLACE
        return shared > 1 and alike and not plain

    def called(self, name: str, one: Quantity) -> int:
        """Whether a number is called so: 2 by this very name, 1 by one like it, 0 not."""
        own = one.own.rpartition("占")[2]
        if len(name) > 1 and (not own or own == "有") and one.after.startswith(name):
            return 2
        # «学校现有专任教师126人»: who has them stands in front.
        return max(self.alike(name, own), self.alike(name, one.lead) if "有" in one.lead else 0)

    def shortened(self, name: str, one: Quantity) -> str:
        """Say how a name stands for a longer one: with words left out, or as its end; or not."""
        told, end = self.canonical(self.clean(one.own or one.after)), self.canonical(name)
        rest = self._deed.sub("", told.removesuffix(end))
        if len(end) < _SHORT or self._restricts.search(rest):
            return ""
        if not told.endswith(end):
            signs = iter(told)
            inner = len(end) > _SHORT and told[:_SHORT] == end[:_SHORT]
            return "base_shortened" if inner and all(sign in signs for sign in end) else ""
        return "base_shortened" if not rest or _ALL_SORTS.search(one.lead) else "base_ends"

    def _alike(self, name: str, own: str) -> int:
        longer, shorter = self.canonical(self.clean(own)), self.canonical(name)
        if longer == shorter or (name == "学校" and self.clean(own) in self._schools):
            return 2
        return int(bool(self.usual.fullmatch(longer.removesuffix(shorter))))
