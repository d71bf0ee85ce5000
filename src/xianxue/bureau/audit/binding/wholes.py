"""Which number is the whole of a part? Asked of words and order alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Final

from xianxue.bureau.audit.binding.claims import OF_NO_NAME
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import Record

BACK: Final = 16
"""Numbers looked at before a part: the whole of a longer list is named, or not found."""
FAR: Final = 40
"""Amounts looked at for a whole that is called by its name."""
_EARLIER: Final = 6
"""Numbers before one, none of which may be an amount if it is to lead its sentence."""
_NO_AMOUNT: Final = frozenset(
    {"age", "years", "days", "weeks", "months", "hours", "minutes", "score", "times_over",
     "doublings", "terms", "sessions", "aspects", "great", "layers", "none",
     "money_each", "bandwidth"}
)  # fmt: skip
_POINTERS: Final = frozenset({"items", "sorts", "aspects", "things"})
_MOST: Final = 5
"""Numbers that 两项, 三类 may point back to."""
_LOOSE: Final = frozenset({"people", "institutions", "seats", "classes", "bodies"})
"""What 个 may also count: 岗位150个, 到岗93名."""
_WITHIN: Final = re.compile(r"[^,;:()。0-9]{0,10}[中里](?=[,有0-9])")
"""Behind a whole whose parts follow: 1200名家长中,有…."""
_AREA: Final = re.compile(r"[全我本该]([国省市县区州旗镇乡校园班])")
_KEPT: Final = 4096
"""Names remembered: the same ones come back on every page."""
_LONG_NAME: Final = 4
"""A name so long is one thing's in a whole report; a shorter one (收入) is of many."""
_THRESHOLD: Final = re.compile(r"以[上下内](?=.)")
"""Behind a number that only says of which: 收入50万元以上的村."""
_JOINED: Final = re.compile(r"、|和|及|与")
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
        self._opposed = {
            frozenset(pair) for some in lexicon.opposites for pair in combinations(some, 2)
        }
        sided = {word for some in lexicon.opposites for word in some}
        self._sided = re.compile("|".join(sorted(sided, key=lambda one: -len(one))) or "(?!)")
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

    def _siblings(self, one: str, other: str) -> bool:
        """Whether two names exclude one another: 小学 and 初中, 男生 and 女生."""
        for words in self._classes:
            first, second = set(words.findall(one)), set(words.findall(other))
            if first and second and not first & second:
                return True
        first, second = set(self._sided.findall(one)), set(self._sided.findall(other))
        return any(
            frozenset((a, b)) in self._opposed for a in first - second for b in second - first
        )

    def called(self, name: str, one: Quantity) -> int:
        """Whether a number is called so: 2 by this very name, 1 by one like it, 0 not."""
        own = one.own.rpartition("占")[2]
        if len(name) > 1 and (not own or own == "有") and one.after.startswith(name):
            return 2
        return self.alike(name, own)

    def _alike(self, name: str, own: str) -> int:
        longer, shorter = self.canonical(self.clean(own)), self.canonical(name)
        if longer == shorter:
            return 2
        return int(bool(self.usual.fullmatch(longer.removesuffix(shorter))))


class Base(Record):
    """A whole that a part may be of, and what speaks for it."""

    whole: Quantity
    cues: tuple[str, ...]
    opened: int = -2
    """Index of the number before which 其中 opened the parts."""


def is_amount(one: Quantity) -> bool:
    """Whether a number counts things that may be parts and wholes."""
    return (
        one.role == "level"
        and one.form == "cardinal"
        and bool(one.dim)
        and one.dim not in _NO_AMOUNT
        and not _THRESHOLD.match(one.after)
    )


def is_added(one: Quantity) -> bool:
    """Whether a number counts what was added, not more than at another time: 已新增1840个."""
    return one.role == "delta" and not one.since and bool(one.dim)


def is_pointer(one: Quantity) -> bool:
    """Whether a number only points back: 两项 of 两项合计占."""
    return not one.lead and one.dim in _POINTERS and ONE < one.value <= _MOST * ONE


def blurred(one: Quantity, part: Quantity) -> bool:
    """Whether the whole may stand here, but cannot be read: 8xxx人, 10—12所."""
    return one.form in ("mask", "range") and one.dim in ("", part.dim)


def kin(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers count the same sort of thing."""
    if one.dim == other.dim:
        return True
    return {one.dim, other.dim} & {"things"} != set() and bool({one.dim, other.dim} & _LOOSE)


def head(reading: Reading, one: Quantity) -> Quantity:
    """Give the first member of a number's list: what is said of all stands before it."""
    return reading.quantities[one.index - one.place] if one.size > 1 else one


def label(one: Quantity) -> str:
    """Give the words that say what a number counts: before it, or right behind it."""
    return one.own or one.after


def joined(reading: Reading, first: Quantity, second: Quantity) -> bool:
    """Whether two numbers are members of one list: 初中12所、小学33所."""
    if first.depth != second.depth or first.sentence != second.sentence:
        return False
    between = reading.between(first, second)
    return (
        len(between) < BACK * 2
        and not re.search("[,;:()]|其中|中有", between)
        and bool(_JOINED.search(between))
    )


def told_within(reading: Reading, whole: Quantity, part: Quantity) -> bool:
    """Whether it is said that the part is among them: 1200名家长中,有1140人."""
    return part.index > whole.index and bool(_WITHIN.match(reading.between(whole, part)))


def before(reading: Reading, one: Quantity, sentences: int = 1) -> Iterator[Quantity]:
    """Give the numbers before one, the nearest first: of its brackets, and outside them."""
    quantities = reading.quantities
    inside, depth = one.owner, one.depth
    for at in range(one.index - 1, max(-1, one.index - 1 - BACK), -1):
        other = quantities[at]
        if other.form == "name":
            continue
        if (
            other.cell
            or other.document != one.document
            or one.sentence - other.sentence > sentences
            or other.paragraph != one.paragraph
        ):
            return
        if other.depth > depth or (other.depth == depth and depth and other.owner != inside):
            continue
        if other.depth < depth:
            # Out of the bracket: the number that owns it is what it tells of.
            if other.index > inside >= 0:
                continue
            depth, inside = other.depth, other.owner
        yield other


def share_of(reading: Reading, one: Quantity, stated: Quantity) -> str | None:
    """Give the words of the share that is told right behind a number; None where none is."""
    quantities = reading.quantities
    for at in range(one.index + 1, min(one.index + 3, len(quantities), stated.index)):
        other = quantities[at]
        if other.sentence != one.sentence or is_amount(other):
            return None
        if other.form == "percent" and other.role == "rate":
            # 占20000人的60% is of the number itself.
            return other.own if other.stop else None
    return None


class _Search:
    """Looks back from a part for what it may be a part of."""

    def __init__(
        self, reading: Reading, names: Names, stated: Quantity, parts: Sequence[Quantity]
    ) -> None:
        self._reading, self._names, self._stated, self._parts = reading, names, stated, parts
        self.opened = -2
        """The number before which 其中 stands, between the one looked at and the part."""
        self._open(parts[0])

    def _open(self, one: Quantity) -> None:
        # What 其中 opens ends with its sentence.
        same = one.sentence == self._parts[-1].sentence
        if same and self.opened < 0 and self._names.part.search(one.lead):
            self.opened = one.index

    def passed(self, one: Quantity) -> bool:
        """Whether a number is no whole of the part; a 其中 before it is kept in mind."""
        part, parts = self._parts[-1], self._parts
        if not is_amount(one) or one in parts or (one.size > 1 and one.place != part.place):
            return True
        if one.prior and not part.prior:
            return True  # 去年的 is no whole of this year's
        return not kin(one, part) or one.high < part.low

    def cues(self, one: Quantity, found: int) -> tuple[str, ...] | None:
        """Say what speaks for a number; None where it excludes the part, or is one like it."""
        part, first, names = self._parts[-1], self._parts[0], self._names
        years = {one.year, part.year} - {0}
        if joined(self._reading, one, first) or (len(years) > 1 and one.size == 1):
            return None
        if names.siblings(label(one), label(part)):
            return None
        share = share_of(self._reading, one, self._stated)
        among = bool(names.part.search(one.lead)) and one is not first
        if self.opened < 0 and (share in OF_NO_NAME or among):
            return None  # it is itself told as a part
        inside = told_within(self._reading, one, first)
        cues = ["part_of" if inside or self.opened >= 0 else self._before(one)]
        if share is not None and self.opened >= 0 and not inside:
            # 60岁以上900人,占9%,其中65岁以上600人,占6%: of the elder, or of all as they are?
            cues.append("part_of_part")
        if names.whole.search(one.lead + one.after[:6]):
            cues.append("whole_said")
        if one.sentence != part.sentence:
            cues.append("sentence_before")
        if found:
            cues.append("nearer_whole")
        elif share is None and "part_of" not in cues and names.cross.search(label(one)):
            cues.append("part_itself")
        return tuple(cues)

    def _before(self, one: Quantity) -> str:
        """Say how a number stands before its part: as their whole, or only as another number."""
        names, part = self._names, self._parts[-1]
        name, of = names.clean(label(one)), names.clean(label(part))
        earlier = self._reading.quantities[max(0, one.index - _EARLIER) : one.index]
        leads = not any(
            other.sentence == one.sentence and other.dim == one.dim and is_amount(other)
            for other in earlier
        )
        behind = self._reading.quantities[one.index + 1]
        leads = leads or (behind.form == "percent" and not behind.stop)  # 占20000人的60%
        return "whole_before" if leads or not name or of.endswith(name) else "number_before"

    def bases(self) -> Iterator[Base]:
        """Give the wholes, the nearest first: the one before 其中, or two that may be meant."""
        part, found = self._parts[-1], 0
        for one in before(self._reading, self._parts[0]):
            if blurred(one, part):
                return
            if is_amount(one) and (
                part.owner == one.index or (part.depth > one.depth and not found)
            ):
                if kin(one, part):
                    yield Base(one, ("part_of",), part.index)
                return
            cues = None if self.passed(one) else self.cues(one, found)
            if cues is not None:
                yield Base(one, cues, self.opened)
                found += 1
                if self.opened >= 0 or found > 1:
                    return
            self._open(one)


def wholes(
    reading: Reading, names: Names, stated: Quantity, parts: Sequence[Quantity]
) -> Iterator[Base]:
    """Give the wholes that a part may be of where none is named, the likeliest first."""
    return _Search(reading, names, stated, parts).bases()


def later_total(reading: Reading, names: Names, stated: Quantity, part: Quantity) -> Base | None:
    """Give the total told behind a share: 占比47.7%,总数9157台; 公交车总数500辆."""
    for one in reading.quantities[stated.index + 1 : stated.index + 4]:
        if one.sentence != stated.sentence or one.depth != stated.depth:
            return None
        if is_amount(one) and one.dim == part.dim:
            own = names.clean(one.own)
            same = not own or own == "数" or (len(own) > 1 and part.own.endswith(own))
            same = same or bool(names.scoped.search(one.lead))
            return Base(one, ("total_later",)) if same and names.later.search(one.lead) else None
    return None


class Amounts:
    """The amounts of one text, apart from its other numbers."""

    def __init__(self, reading: Reading) -> None:
        self._all = [one for one in reading.quantities if not one.cell and is_amount(one)]
        self._at = [one.index for one in self._all]

    def around(self, stated: Quantity) -> Iterator[Quantity]:
        """Give those right behind a number in its sentence, then those before it, nearest first."""
        at = bisect_left(self._at, stated.index)
        for one in self._all[at : at + 2]:
            if one.sentence == stated.sentence:
                yield one
        yield from reversed(self._all[max(0, at - FAR) : at])


def named_wholes(
    reading: Reading, amounts: Amounts, name: str, parts: Sequence[Quantity], stated: Quantity
) -> Iterator[Base]:
    """Give the numbers that are called as the whole is: 占教师总数的, and 专任教师2340人 before."""
    names = reading.lexicon.made(Names)
    part, best, area = parts[-1], None, names.area(stated.lead)
    for one in amounts.around(stated):
        if one.document != part.document:
            return
        match = names.called(name, head(reading, one))
        if not match or one in parts or not _comparable(one, part, stated):
            continue
        if area and (names.area(one.lead) or names.area(part.lead) or area) != area:
            continue  # 占全国…的 is no share of what the province has
        cues = ["base_named" if match > 1 else "base_like"]
        if part.sentence - one.sentence > 1 or part.paragraph != one.paragraph:
            cues.append("far" if len(name) >= _LONG_NAME else "far_and_short")
        if match > 1:
            yield Base(one, tuple(cues))
            return
        if best is None and not names.siblings(name, label(one)):
            best = Base(one, tuple(cues))
    if best is not None:
        yield best


def _comparable(one: Quantity, part: Quantity, stated: Quantity) -> bool:
    """Whether a number can be the whole: of the same sort, year and place in a list."""
    if not kin(one, part) or one.high < part.low or one.prior:
        return False
    if one.size > 1:
        return one.place == stated.place
    return not (one.year and stated.year and one.year != stated.year)


def composed_whole(
    reading: Reading, names: Names, name: str, part: Quantity
) -> tuple[Quantity, ...]:
    """Give the parts that make up a whole that is named and not printed: 高中阶段在校生."""
    for composition in reading.lexicon.compositions:
        word = next((word for word in composition.whole if word in name), "")
        measure = names.canonical(name.replace(word, "")) if word else ""
        if not measure:
            continue
        near = [
            one
            for one in reading.quantities[max(0, part.index - BACK) : part.index + BACK]
            if one.paragraph == part.paragraph and is_amount(one) and kin(one, part)
        ]
        some = [
            [one for one in near if _measures(names, one, words, measure)]
            for words in composition.parts
        ]
        if all(len(found) == 1 for found in some) and any(part in found for found in some):
            return tuple(found[0] for found in some)
    return ()


def _measures(names: Names, one: Quantity, words: Sequence[str], measure: str) -> bool:
    told = names.clean(one.lead)
    return any(word in told for word in words) and names.canonical(told).endswith(measure)
