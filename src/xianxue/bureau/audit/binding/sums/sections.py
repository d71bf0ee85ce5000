"""Wholes and parts told in sentences of their own: 义务教育 is 小学 and 初中.

«义务教育在校生5000人。小学在校生3000人,…。初中在校生2000人,…»: whom a number is of is carried on
from sentence to sentence, what it measures is named each time. Where the whole and each of its
parts are told once, and the law says that these parts make the whole, their sum is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_REACH: Final = 10
"""Sentences with numbers between a whole and its parts, at most: a section of a report."""
_BEHIND: Final = 24
"""Characters behind the last number in which schools of two stages may still be named."""
_PRODUCT: Final = "地区生产总值"
_ADDED_VALUE: Final = "增加值"
_AREA: Final = re.compile("[全我本]([国省市县区州旗镇乡])")
_TOGETHER: Final = re.compile("(?<!公)共")
"""What a total says of itself: 五大类本科共进线, as 文理本科进线."""
_LONGEST: Final = 8


class Told(NamedTuple):
    """A number with whom and what it is of."""

    one: Quantity
    whom: str
    what: str
    named: bool
    """Whether its own words say whom it is of."""


class _Words:
    def __init__(self, lexicon: Lexicon) -> None:
        self.same = lexicon.same
        self.compositions = [
            (one.whole[0], tuple(part[0] for part in one.parts)) for one in lexicon.compositions
        ]
        self.first = {
            word: listed[0]
            for one in lexicon.compositions
            for listed in (one.whole, *one.parts)
            for word in listed
        }
        whom = sorted(self.first, key=lambda word: (-len(word), word))
        self.whom = re.compile("|".join(map(re.escape, whom)) or "(?!)")
        self.others = re.compile(lexicon.any_of("other_whom", "crosscut", "excluding"))
        self.mixed = re.compile(lexicon.any_of("mixed_school"))

    def what(self, rest: str) -> str:
        """Give what is measured, by the word that stands for all that mean it."""
        for width in range(min(_LONGEST, len(rest)), 1, -1):
            found = self.same.get(rest[-width:])
            if found is not None:
                return found
        return rest


def bind_sections(reading: Reading) -> Iterator[Candidate]:
    """Give every sum of parts that are told in sentences of their own."""
    words = reading.lexicon.made(_Words)
    if not words.whom.search(reading.norm):
        return
    told: dict[tuple[str, str, str, int], list[Told]] = {}
    for each in _told(reading, words):
        one = each.one
        told.setdefault((each.what, one.dim, one.role, one.document), []).append(each)
    for some in told.values():
        for whole, parts in words.compositions:
            yield from _composed(some, whole, parts, words, reading)


def _told(reading: Reading, words: _Words) -> Iterator[Told]:
    """Say of each amount whom and what it is of; whom is carried on within a paragraph."""
    whom, paragraph = "", -1
    for sentence in reading.sentences:
        if sentence[0].paragraph != paragraph:
            whom, paragraph = "", sentence[0].paragraph
        for one in sentence:
            if one.form != "cardinal" or one.depth or one.size > 1:
                continue
            clause = f"{_label(reading, one)}{one.own}"
            found = words.whom.search(clause)
            if found:
                whom = words.first[found[0]]
            elif words.others.search(clause):
                whom = ""
            if not whom or one.role not in ("level", "delta") or one.prior or one.about:
                continue
            rest = _TOGETHER.sub("", words.whom.sub("", one.noun))
            other = words.others.search(rest)
            if whom == _PRODUCT and not rest:
                rest = _ADDED_VALUE  # 生产总值 is what all 增加值 add up to
            what = "学校" if one.dim == "institutions" else words.what(rest)
            if what and not other:
                yield Told(one, whom, what, bool(found))


def _label(reading: Reading, one: Quantity) -> str:
    """Give the words before a colon right before a number's clause: «小学:校数17所»."""
    if ":" not in one.stop:
        return ""
    norm = reading.norm
    end = norm.rfind(":", max(0, one.start - 40), one.start)
    begin = max(norm.rfind(stop, max(0, end - 12), end) for stop in "。\n;,:")
    return norm[begin + 1 : end] if end >= 0 else ""


def _composed(
    some: Sequence[Told], whole: str, parts: Sequence[str], words: _Words, reading: Reading
) -> Iterator[Candidate]:
    wholes = [each for each in some if each.whom == whole]
    for each in wholes:
        near = [
            other for other in some
            if abs(other.one.sentence - each.one.sentence) <= _REACH
            and (other.one.year == each.one.year or not other.one.year or not each.one.year)
        ]  # fmt: skip
        if sum(1 for other in near if other.whom == whole) > 1:
            continue
        found = [_told_of(part, near) for part in parts]
        if any(len(one) != 1 for one in found):
            continue
        terms = [one[0] for one in found]
        areas = {found[1] for one in (each, *terms) if (found := _AREA.search(one.one.lead))}
        if len(areas) > 1:
            continue  # 全省地区生产总值, and what our county's sectors make
        cues = ["section_sum"]
        first = min(one.one.start for one in near)
        last = max(one.one.end for one in near) + _BEHIND
        if each.one.dim == "institutions" and words.mixed.search(reading.norm, first, last):
            cues.append("mixed_schools")
        relation = "sum" if each.one.role == "level" else "net_sum"
        yield Candidate(relation, each.one, tuple(one.one for one in terms), tuple(cues))


def _told_of(part: str, near: Sequence[Told]) -> list[Told]:
    """Give what is told of a part: by its own words, or else carried on."""
    mine = [other for other in near if other.whom == part]
    return [other for other in mine if other.named] or mine
