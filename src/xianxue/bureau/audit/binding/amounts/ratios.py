"""Ratios of two names, in the order of the names, and of three sectors against their amounts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.amounts.naming import Names, called, counts, is_amount, timeless
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import Record

_BACK: Final = 14
"""Quantities before the sentence among which the two sides are looked for."""
_WORDS: Final = 80
"""Characters before a ratio of three in which it is told to be one of sectors."""
_CLAUSE: Final = 16
_PLACE: Final = re.compile(r"([\u4e00-\u9fff][县市区省州])(?=[^,。;]{0,14}$|[^,。;]{0,14}产)")
_LEAST: Final = 2
"""Characters by which a side of a ratio is known."""
_THREE: Final = 3
_PUPILS: Final = frozenset("师生")
_CHILDREN: Final = frozenset("师幼")
_SAID: Final = re.compile(
    r"([\u4e00-\u9fff]{1,10}?)(?:人数|数)?[与和同对](?:全部|专任)?([\u4e00-\u9fff]{1,10}?)"
    r"(?:人数|数量|数)?(?:(?:的?比例|的?比值|之比|的比率?|比)[^比]{0,4}|按照?)$"
)
"""A ratio named in full: 教师与学生之比."""


class _Pair(Record):
    """The two sides of a ratio as its name tells them."""

    left: re.Pattern[str]
    right: re.Pattern[str]
    of: str
    """What stands before the name: of which part it is told."""
    machines: bool
    pupils: bool
    """Whether it is of pupils and teachers: the 1 is for the teachers in whatever order."""


_MACHINES: Final = "机"
"""Pupils to computers are counted in two units."""


class _Words:
    def __init__(self, lexicon: Lexicon) -> None:
        self.names = lexicon.made(Names)
        self.sides = {
            role.removeprefix("side_"): re.compile(lexicon.any_of(role))
            for role in lexicon.words
            if role.startswith("side_")
        }
        letters = "".join(sorted(self.sides)) or "\x00"  # a class of no letters is no expression
        self.short = re.compile(
            rf"([{letters}])(?:办|性|科|镇|区|高|中|教|乡)?[、与和]?([{letters}])"
            r"(?:[\u4e00-\u9fff]{0,6}?(?:之比|比例|比重|比值|比)[^比]{0,4}|(?:两级|双方|财政|共同){0,2}按照?)$"
        )
        self.other = re.compile(lexicon.any_of("other_heads"))
        self.sectors = re.compile(lexicon.any_of("sectors"))
        self.three = [
            re.compile(lexicon.any_of(f"sector_{one}")) for one in ("first", "second", "third")
        ]

    def pair(self, lead: str) -> _Pair | None:
        """Take the name of a ratio apart."""
        found, said = self.short.search(lead), _SAID.search(lead)
        glued = found is not None and found.end(1) == found.start(2)
        inside = (
            said is not None and glued and found is not None and found.start(1) >= said.start(2)
        )
        if found is not None and found[1] != found[2] and not inside:
            left, right = self.sides[found[1]], self.sides[found[2]]
            pupils = frozenset((found[1], found[2])) in (_PUPILS, _CHILDREN)
            return _Pair(left, right, lead[: found.start()], _MACHINES in found.groups(), pupils)
        if said is None:
            return None
        left, right = (self.names.bare(one) for one in said.groups())
        if not left or not right:
            return None
        pupils = self._teaches(left, right) or self._teaches(right, left)
        return _Pair(
            _words_of(left, right), _words_of(right, left), "", machines=False, pupils=pupils
        )

    def _teaches(self, one: str, other: str) -> bool:
        """Whether one side teaches the other; 幼儿教师 and 保育员 are both staff."""
        teachers, pupils = self.sides["师"], self.sides["生"]
        return bool(teachers.search(one) and pupils.search(other) and not teachers.search(other))


def _words_of(side: str, other: str) -> re.Pattern[str]:
    """Give what an amount of a side is called: 实操课时 is 实操课 where its number has 课时."""
    short = side[:_LEAST]
    words = [side] if other.startswith(short) else [side, short]
    return re.compile("|".join(map(re.escape, words)))


def bind_ratios(reading: Reading) -> Iterator[Candidate]:
    """Give every ratio with the two or three amounts that it is told of."""
    words = reading.lexicon.made(_Words)
    before: Sequence[Quantity] = ()
    for sentence in reading.sentences:
        for at, one in enumerate(sentence):
            if one.dim == "part":
                yield from _sectors(reading, words, sentence, before, at)
            elif one.form == "ratio" or _is_bare(one):
                yield from _two(words, sentence, before, one)
        before = (*before, *sentence)[-_BACK:]


def _is_bare(one: Quantity) -> bool:
    """Whether a number is a ratio without its «:1»: 生师比为18.25."""
    return one.form == "cardinal" and not one.dim and "生师比" in one.lead


def _two(
    words: _Words, sentence: Sequence[Quantity], before: Sequence[Quantity], ratio: Quantity
) -> Iterator[Candidate]:
    pair = words.pair(timeless(ratio.lead))
    if pair is None:
        return
    own = _segment(sentence, ratio)
    earlier = [one for one in before if one.paragraph == ratio.paragraph]
    for some, cues in ((own, ()), (sentence, ()), ([*earlier, *sentence], ("told_before",))):
        left, right = _side(words, pair, some, left=True), _side(words, pair, some, left=False)
        if len(left) == 1 and len(right) == 1:
            if (left[0].dim == right[0].dim or pair.machines) and _of_one(
                words, pair, ratio, left[0], right[0]
            ):
                sides = _ordered(words, pair, ratio, left[0], right[0])
                yield Candidate("ratio", ratio, sides, ("ratio", "sides_named", *cues))
            return
        if len(left) > 1 or len(right) > 1:
            return


def _segment(sentence: Sequence[Quantity], ratio: Quantity) -> list[Quantity]:
    """Give the amounts between the semicolons around a ratio."""
    at = sentence.index(ratio)
    start = max((i for i in range(at + 1) if ";" in sentence[i].stop), default=0)
    end = next((i for i in range(at + 1, len(sentence)) if ";" in sentence[i].stop), len(sentence))
    return list(sentence[start:end])


def _side(words: _Words, pair: _Pair, some: Sequence[Quantity], *, left: bool) -> list[Quantity]:
    mine, other = (pair.left, pair.right) if left else (pair.right, pair.left)
    return [
        one
        for one in some
        if is_amount(one)
        and counts(one, mine, other)
        and not (pair.pupils and words.other.search(one.own))
    ]


def _ordered(
    words: _Words, pair: _Pair, ratio: Quantity, left: Quantity, right: Quantity
) -> tuple[Quantity, Quantity]:
    """Give both sides in the order of the printed ones."""
    if pair.pupils and ratio.form == "ratio":
        # 师生比 is written in both orders: the 1 is for the teachers.
        teachers = counts(left, words.sides["师"], words.sides["生"])
        if teachers == (ratio.sign > 0):
            return right, left
    return left, right


def _of_one(words: _Words, pair: _Pair, ratio: Quantity, left: Quantity, right: Quantity) -> bool:
    """Whether both sides and the ratio are told of one part of all, and of one thing."""
    plain = not words.other.search(pair.left.pattern)  # 报录比 is of such itself
    if plain and words.other.findall(called(left)) != words.other.findall(called(right)):
        return False
    if words.names.stages(pair.of) and any(map(words.names.is_of_all, (left, right))):
        return False  # 小学生师比, 全县专任教师
    told = sorted([
        (left.start, pair.left.sub("", called(left))),
        (right.start, pair.right.sub("", called(right))),
        (ratio.start, pair.of),
    ])  # fmt: skip
    stages = [words.names.stages(name) for _, name in told]
    return all(later <= stages[0] for later in stages[1:])


def _sectors(
    reading: Reading,
    words: _Words,
    sentence: Sequence[Quantity],
    before: Sequence[Quantity],
    at: int,
) -> Iterator[Candidate]:
    first, parts = sentence[at], sentence[at : at + _THREE]
    if len(parts) < _THREE or ":" in first.stop[-1:] or parts[2].dim != "part":
        return
    if not words.sectors.search(reading.norm, max(0, first.start - _WORDS), first.start):
        return
    yield Candidate("rest", parts[2], tuple(parts[:2]), ("parts_of_hundred",))
    earlier = [one for one in before if one.paragraph == first.paragraph]
    amounts = _amounts(words, sentence) or _amounts(words, earlier)
    if first.prior or len(amounts) != _THREE:
        return
    places = {_place(reading, one) for one in (first, amounts[0])} - {""}
    if len(places) > 1:
        return  # 甲县三次产业比, 乙县三次产业增加值
    for place, part in enumerate(parts):
        others = [one for i, one in enumerate(amounts) if i != place]
        yield Candidate("part_of_three", part, (amounts[place], *others), ("three_parts",))


def _place(reading: Reading, one: Quantity) -> str:
    """Give the place that the clause of a number names, nothing where it names none."""
    found = _PLACE.findall(reading.norm, max(0, one.start - _CLAUSE), one.start)
    return found[-1] if found else ""


def _amounts(words: _Words, sentence: Sequence[Quantity]) -> list[Quantity]:
    """Give the amounts of three sectors: a list after one head, or each with its name."""
    level = [one for one in sentence if one.form == "cardinal" and one.role == "level" and one.dim]
    listed = [one for one in level if one.size == _THREE and one.dim == "money"]
    if len(listed) == _THREE:
        return listed
    named: list[Quantity] = []
    for name in words.three:
        found = [one for one in level if name.search(one.own) and one.dim == "money"]
        if len(found) != 1:
            return []
        named.append(found[0])
    return named
