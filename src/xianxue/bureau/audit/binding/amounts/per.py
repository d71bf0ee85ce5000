"""Amounts for each of many: what they make of a total and its heads, and of heads alone.

«校舍31500平方米,学生2100人,生均15平方米», «为320名寄宿生每人补助1250元,共发放40万元»; and
a mean of things that cannot be halved, over few heads («9名队员人均获奖2.50次»): not every
value can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.amounts.naming import (
    Names,
    as_mean,
    called,
    counts,
    is_amount,
    same_kind,
    timeless,
)
from xianxue.bureau.audit.binding.amounts.periods import Periods, times_each
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import Record, replace

_DIMENSIONS: Final = {
    "pupil": ("people",),
    "teacher": ("people",),
    "person": ("people", "person_times"),
    "class": ("classes", "things"),
    "school": ("institutions",),
    "household": ("households",),
}
"""Populations, and what they are counted in."""
_HUNDREDS: Final = re.compile(r"[每万千]?(百|千|万)(?:名|个|位|人)")
_MANY: Final = {"百": 100, "千": 1000, "万": 10000}
_PRODUCT: Final = re.compile(r"生产总值|GDP|国民收入|国民总收入")
"""The heads of these are those of the middle of a year; those printed are of its end."""
_MID_YEAR: Final = 50
"""How far a population may be from that of the middle of the year: one part in fifty."""
_HALVED: Final = re.compile(r"周|每年|年均|每月|月均|每天|日均|学期|学年|课时|节|小时|单双|大小周")
"""A mean over weeks or years as well may be any number."""
_HALVED_DIMENSIONS: Final = frozenset(
    {"lessons", "hours", "minutes", "score", "money", "days", "papers"}
)
_PEOPLE: Final = "人口"
"""32万县域人口: what is counted stands behind, and no unit."""
_SPENT: Final = re.compile("共?(?:支出|花费|开支|耗资|花去|费用|支付)")
"""Names of a total that say nothing but that it was spent."""
_WIDE: Final = 24
_ASIDE: Final = re.compile(r"\((?![按含不])[\u4e00-\u9fff]{3,10}\)$")
"""Right before an amount for each, this narrows what is had: 拥有计算机(学生用机)15.2台."""
_LEAST: Final = 2
"""Characters of a name that says what is measured."""
_BACK: Final = 8
"""Quantities before the sentence among which heads or a total are looked for."""


class _Each(Record):
    """An amount for each, taken apart."""

    number: Quantity
    heads: str
    of: str
    """What stands before «生均»: of which part it is told."""
    measure: str
    scale: int = 1


class Words:
    """What of the lexicon this family asks for."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.names = lexicon.made(Names)
        groups = (f"(?P<{one}>{lexicon.any_of(f'per_{one}')})" for one in _DIMENSIONS)
        self.per = re.compile("|".join(groups))
        self.heads = {one: re.compile(lexicon.any_of(f"heads_{one}")) for one in _DIMENSIONS}
        self.other = re.compile(lexicon.any_of("other_heads"))
        self.in_all = re.compile(lexicon.any_of("in_all"))
        self.paid = re.compile(lexicon.any_of("in_all", "spent"))
        self.periods = lexicon.made(Periods)


def bind_per(reading: Reading) -> Iterator[Candidate]:
    """Give what is told for each of many."""
    words = reading.lexicon.made(Words)
    before: Sequence[Quantity] = ()
    for sentence in reading.sentences:
        for at, one in enumerate(sentence):
            if one.form != "cardinal" or not one.dim or one.prior:
                continue
            told, place = (sentence, at) if one.size == 1 else _in_places(sentence, one)
            each = _each(told[place], words) if told[place].lead else None
            aside = _ASIDE.search(reading.norm, max(0, one.start - _WIDE), one.start)
            if each is not None and not aside:
                later = [
                    other
                    for other in reading.quantities[one.index + 1 : one.index + _BACK]
                    if other.paragraph == one.paragraph and other.sentence != one.sentence
                ]
                yield from _Sentence(words, (before, later), told, place, each).candidates()
        before = (*before, *sentence)[-_BACK:]


def _in_places(sentence: Sequence[Quantity], one: Quantity) -> tuple[list[Quantity], int]:
    """Give what of the lists of a sentence stands in one place: the second of each."""
    first = {other.run: other.lead for other in sentence if not other.place}
    told = [
        replace(other, size=1, lead=first.get(other.run, other.lead), own=other.noun.split("#")[0])
        for other in sentence
        if other.size == one.size and other.place == one.place
    ]
    return told, next(at for at, other in enumerate(told) if other.index == one.index)


def _each(one: Quantity, words: Words) -> _Each | None:
    lead = timeless(one.lead)
    found = words.per.search(lead)
    if found is None or one.role not in ("each", "level"):
        return None
    heads = str(found.lastgroup)
    of = words.names.bare(lead[: found.start()]).removesuffix("平均")
    if heads == "person":
        heads = next(
            (some for some in ("pupil", "teacher") if of and words.heads[some].search(of)), heads
        )
    _, _, measure = one.own.partition(found[0])
    measure = words.heads[heads].sub("", measure, count=1)
    many = _HUNDREDS.search(found[0])
    return _Each(one, heads, of, measure, _MANY[many[1]] if many else 1)


class _Sentence:
    """One amount for each in its sentence."""

    def __init__(
        self,
        words: Words,
        around: tuple[Sequence[Quantity], Sequence[Quantity]],
        sentence: Sequence[Quantity],
        at: int,
        each: _Each,
    ) -> None:
        self._words, self._names, self._each = words, words.names, each
        self._sentence, self._at = sentence, at
        before, self._later = around
        near = [one for one in before if one.paragraph == each.number.paragraph]
        self._before = [one for one in near if one.document == each.number.document]

    def candidates(self) -> Iterator[Candidate]:
        """Give the readings of it."""
        heads = [one for one in self._sentence if self._is_heads(one)]
        totals = [one for one in self._sentence if self._is_total(one)]
        yield from self._grim(heads, totals)
        product = list(self._product(heads))
        yield from product
        if product:
            return
        number = self._each.number
        if number.value <= ONE or self._words.periods.is_norm(number.lead):
            return
        cues = ["per"]
        if not heads or not totals:
            cues.append("told_before")
            heads = heads or [one for one in self._before if self._is_heads(one)]
            heads = heads or [one for one in self._later if self._is_heads(one)][:1]
            totals = totals or [one for one in self._before if self._is_total(one)]
        several = len(heads) > 1
        totals = self._one([one for one in totals if one not in heads])
        heads = self._one(heads)
        if len(heads) != 1 or len(totals) != 1 or not self._of_one(heads[0], totals[0]):
            return
        part = self._names.stages(self._each.of)
        if several and not part <= self._names.stages(totals[0].noun):
            return  # 小学生、初中生, 图书: the books may be of both
        if self._names.measured(self._each.measure) or self._each.heads == "class":
            cues.append("measure_named")
        head = heads[0]
        if any(";" in one.stop for one in self._sentence if head.index < one.index <= number.index):
            cues.append("apart")  # told of something else, most likely
        if _PRODUCT.search(self._each.number.lead):
            width = head.value // _MID_YEAR
            head = replace(head, low=head.low - width, high=head.high + width)
        yield Candidate("per", as_mean(number), (totals[0], head), tuple(cues), self._each.scale)

    def _one(self, some: list[Quantity]) -> list[Quantity]:
        """Give the one of several that is told as all of them: 大班4个、中班4个,共8个班."""
        if len(some) <= 1:
            return some
        part = self._names.stages(self._each.of)
        same = [one for one in some if part and self._names.stages(one.noun) == part]
        return same or [one for one in some if self._words.in_all.search(one.lead)] or some

    def _is_heads(self, one: Quantity) -> bool:
        each, words = self._each, self._words
        people = not one.dim and _PEOPLE in one.after and each.heads == "person"
        if (
            (one.dim not in _DIMENSIONS[each.heads] and not people)
            or not is_amount(one)
            or one is each.number
        ):
            return False
        name = called(one)
        if words.per.search(one.lead):
            return False
        if one.dim == "classes" or each.heads in ("person", "household"):
            return True
        if each.heads in ("pupil", "teacher"):
            if words.other.search(one.own):
                return False
            other = words.heads["teacher" if each.heads == "pupil" else "pupil"]
            return counts(one, words.heads[each.heads], other)
        return bool(
            words.heads[each.heads].search(name) or words.heads[each.heads].search(one.unit)
        )

    def _is_total(self, one: Quantity) -> bool:
        each = self._each
        if not is_amount(one) or not same_kind(one.dim, each.number.dim) or one is each.number:
            return False
        if self._words.per.search(one.lead):
            return False
        near = one.sentence == each.number.sentence
        measure = self._names.measured(each.measure)
        if not measure and one.dim != "people" and not near:
            return False  # of all that was told before, only what is named can be meant
        if not measure:
            pupils = self._words.heads["pupil"]
            if one.dim != "people" and one.start > each.number.start and not one.depth:
                return False  # what comes behind a mean is its total only where it says so
            bare = not one.own and one.start < each.number.start
            return one.dim != "people" or bare or bool(pupils.search(called(one)))
        # Machines or beds of a sentence are those of its mean; areas and funds may be others.
        counted = near and one.whole and one.dim not in ("people", "things", "institutions")
        spent = near and one.dim == "money" and _SPENT.fullmatch(one.lead) is not None
        return counted or spent or self._names.one_measure(measure, called(one))

    def _of_one(self, heads: Quantity, total: Quantity) -> bool:
        """Whether heads, total and mean are told of one part of all."""
        each, names = self._each, self._names
        told = sorted(
            ((one.start, name) for one, name in (
                (heads, called(heads)), (total, total.own), (each.number, each.of + each.measure)
            )),
        )  # fmt: skip
        stages = [names.stages(name) for _, name in told]
        if names.stages(each.of + each.measure) and names.is_of_all(heads):
            return False  # 七年级平均班额, 全校教学班
        if not all(later <= stages[0] for later in stages[1:]):
            return False
        rest = self._words.heads[each.heads].sub("", names.unstaged(each.of))
        return not rest or rest in called(heads) or rest in total.own

    def _product(self, heads: list[Quantity]) -> Iterator[Candidate]:
        """Give heads × amount for each = total, where the total is told last."""
        each, words = self._each.number, self._words
        after = self._sentence[self._at + 1 :]
        totals = [
            one for one in after
            if one.dim == each.dim and one.form == "cardinal" and self._is_paid(one)
            and one.role in ("level", "each") and one.size == 1
        ]  # fmt: skip
        if not totals:
            return
        total = totals[0]
        heads = [one for one in heads if one.start < total.start]
        others = [
            one for one in self._sentence
            if one.dim == each.dim and one is not total and one is not each
            and one.start < total.start
        ]  # fmt: skip
        heads = self._one([*heads])
        if (
            len(heads) != 1
            or others
            or not self._is_of_each(total, heads[0])
            or (self._each.of and not self._of_heads(heads[0], each))
        ):
            return
        yield from times_each(words.periods, self._sentence, (heads[0], each), total)

    def _is_paid(self, one: Quantity) -> bool:
        """Whether an amount is told of as what was paid for all: 共发放, 年补助资金."""
        filler = len(one.own) >= _LEAST and not self._names.measured(self._names.bare(one.own))
        return filler or bool(self._words.paid.search(one.lead))

    def _is_of_each(self, total: Quantity, heads: Quantity) -> bool:
        """Whether a total may be that of what each gets: not 全县教育总投入."""
        if total.clause == self._each.number.clause:
            return True
        lead = self._names.bare(total.lead)
        own = self._names.measured(self._words.paid.sub("", lead))
        if len(own) < _LEAST or self._words.in_all.match(lead):
            return True
        return self._names.one_measure(own, self._each.number.own + called(heads))

    def _of_heads(self, heads: Quantity, each: Quantity) -> bool:
        if heads.start > each.start and not self._names.stages(called(heads)):
            return True  # 寄宿生按每生500元发放,惠及1432人
        return self._names.stages(self._each.of) <= self._names.stages(called(heads))

    def _grim(self, heads: Sequence[Quantity], totals: Sequence[Quantity]) -> Iterator[Candidate]:
        """Give a mean of whole things over few heads that are told right before it."""
        each = self._each.number
        if self._at == 0 or not each.whole or each.dim in _HALVED_DIMENSIONS or totals:
            return
        head = self._sentence[self._at - 1]
        if head not in heads or head.about or each.about or head.clause < each.clause - 1:
            return
        if each.step >= ONE or head.value * each.step >= ONE * ONE or _HALVED.search(each.lead):
            return
        yield Candidate("grim", each, (head,), ("mean_of_whole",))
