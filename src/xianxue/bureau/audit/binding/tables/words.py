"""What the heads of columns say of one another: what a rate is of, who is counted for «生均»."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import permutations
from typing import Final

from xianxue.bureau.audit.binding.nouns import akin
from xianxue.bureau.audit.reading.lexicon import Lexicon

_STEM = re.compile(r"^(?:毛|净|平均|综合|总|本年|年度|实际)+|(?:比)?(?:率|进度|百分比)$")
_BASE = re.compile(
    r"^(?:其中)?占(.+?)(?:总数|总人数|总额|总量)?(?:的)?(?:比例|比重|百分比|比|率)?$"
)
_ALL = re.compile(r"总数|总人数|总量|总额|总计|合计|全部|总体|总支出|总收入|总")
_OUTSIDE = re.compile(r"占(?:全国|全省|全市|全县|全区|[省市县区]|GDP|生产总值|财政|一般公共)")
_SIDES = re.compile(r"(.+?)(?:与|和|及|对|:|/|、)(.+?)(?:的|之)?比")
_PER = re.compile(
    r"(?:每(?P<many>百|千|万)?(?=[人名个所]|学生|教师|校|班|园|师|生|户|幼儿)"
    r"|(?=[生师班校园户人]均))"
    r"(?P<head>名?学生|名?幼儿|名?教师|个?班|所?学校|[生师班校园户人])(?:均|口)?(?P<what>.*)"
)
_PAIR = re.compile("[生师幼班校园机]{2}")
_PLAIN = re.compile("^(?:平均|总体|综合|实际|全县|全区|全市)+")
"""Before a ratio these change nothing; 折合 and the like do."""
_MANY: Final = {"百": 100, "千": 1000, "万": 10000}
_TOTAL_OF_CLASS: Final = re.compile(r"人数|学生|幼儿|班额|额|规模")


class Words:
    """Words of heads; made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        def role(name: str) -> re.Pattern[str]:
            return re.compile(lexicon.any_of(f"table_{name}"))

        self._whole, self._done, self._weights = role("whole"), role("done"), role("weights")
        self._who = {
            "生": role("pupils"), "师": role("teachers"), "班": role("classes"),
            "校": role("schools"), "园": role("schools"), "人": role("heads"),
            "幼": role("pupils"), "户": re.compile("户"), "机": re.compile("计算机|电脑|终端"),
        }  # fmt: skip
        self._people = re.compile("人数")
        self._opposites = lexicon.opposites
        self.real = re.compile(lexicon.any_of("real_growth", "table_real"))
        self._changes = re.compile(lexicon.any_of("table_growth", "table_change"))
        self._times = re.compile(
            lexicon.any_of("table_before", "table_after")
            + r"|(?:19|20)[0-9]{2}|学年度?|学期|年度?|[秋春]季?|(?<!人)数$"
        )

    def whole(self, name: str) -> bool:
        """Whether a column counts what a rate is of: 应到, 计划."""
        return bool(self._whole.match(name)) and not re.match("完成|实际", name)

    def done(self, name: str) -> bool:
        """Whether a column counts what was reached: 实到, 完成."""
        return bool(self._done.search(name))

    def fits(self, stem: str, whole: str, part: str) -> int:
        """Say by how many words one name is of what a rate is of, and another of the part."""
        named = akin(stem, part) or stem == part
        return self.whole(whole) + (self.done(part) and not self.whole(part)) + 2 * named

    def opposed(self, first: str, second: str) -> bool:
        """Whether two names are all that there is: 男 and 女."""
        return any(
            {first, second} == {one, other} or (one in first and other in second)
            for some in self._opposites
            for one, other in permutations(some, len("男女"))
        )

    def weight(self, name: str) -> bool:
        """Whether a column counts those whose mean stands beside it."""
        return bool(self._weights.search(name))

    def amount(self, name: str) -> bool:
        """Whether a column counts and is no member of what a mean beside it is of: 人数."""
        return name.endswith("数") or self.weight(name)

    def grown(self, name: str) -> str:
        """Give whose change a column tells, where it says so: 学生 of 学生增长率."""
        return self._times.sub("", self._changes.sub("", name.replace("百分点", ""))).strip(
            "比较的率%±"
        )

    def stem(self, name: str) -> str:
        """Give what a rate is about.

        >>> Words.stem(None, "毛入园率")
        '入园'
        """
        return _STEM.sub("", name)

    def base(self, name: str) -> str:
        """Give what a share is of, where its name says it and it is not the total of the table."""
        found = _BASE.fullmatch(name)
        return _ALL.sub("", found[1]).strip("比例重") if found else ""

    def outside(self, name: str) -> bool:
        """Whether a share is of something that no table of a county shows."""
        return bool(_OUTSIDE.search(name))

    def sides(self, name: str, names: Mapping[int, str]) -> tuple[list[int], list[int]]:
        """Give the columns of the two sides of a ratio, the greater one first where it is short."""
        found = _SIDES.fullmatch(name)
        if found:
            return self._named(found[1], names), self._named(found[2], names)
        short = _PLAIN.sub("", name).removesuffix("比")
        if _PAIR.fullmatch(short):
            first, second = short
            if first == "师":
                first, second = second, first
            return self.who(first, names), self.who(second, names)
        return [], []

    def named(self, name: str) -> bool:
        """Whether a ratio names its sides in full; short ones are told with 1 on either side."""
        return bool(_SIDES.fullmatch(name))

    def who(self, letter: str, names: Mapping[int, str]) -> list[int]:
        """Give the columns that count those for whom a letter stands."""
        found = [at for at, name in names.items() if self._who[letter].search(name)]
        if not found and letter in "生幼":
            found = [at for at, name in names.items() if self._people.search(name)]
        return _narrowed(found, names)

    def per(self, name: str, names: Mapping[int, str]) -> tuple[list[int], list[int], int]:
        """Give the columns of what is had, of who has it, and how many of these are meant."""
        found = _PER.search(name)
        if name.endswith("班额"):
            return self.who("生", names), self.who("班", names), 1
        if found is None:
            return [], [], 1
        before = _PLAIN.sub("", name[: found.start()])
        if before and not any(akin(before, one) for one in names.values()):
            return [], [], 1  # 折合生均: of what is counted in another way
        letter = next((one for one in "生幼师班校园户人" if one in found["head"]), "人")
        heads = self.who(letter, names)
        what = found["what"].removesuffix("数").removesuffix("数量")
        if letter == "班" and (not what or _TOTAL_OF_CLASS.search(found["what"])):
            totals = self.who("生", names)
        else:
            totals = self._named(what, names)
            heads = [at for at in heads if at not in totals] or heads
        return totals, heads, _MANY.get(found["many"] or "", 1)

    def _named(self, word: str, names: Mapping[int, str]) -> list[int]:
        """Give the columns of a name: those that have it in full, else a part, else like it."""
        named = {at: name for at, name in names.items() if name and word}
        found = [at for at, name in named.items() if word in name]
        found = found or [at for at, name in named.items() if name.rstrip("数") in word]
        found = found or [at for at, name in named.items() if akin(word, name)]
        return _narrowed(found, names)


def _narrowed(found: list[int], names: Mapping[int, str]) -> list[int]:
    """Take those who are there, not those who came or left: 在校生, 专任教师."""
    if len(found) > 1:
        best = [at for at in found if re.match("在校|在园|专任|学生|总", names[at])]
        best = [at for at in best if "专任" in names[at] or "在" in names[at]] or best
        return best or found
    return found
