"""Which number, or which numbers together, are the part that a percentage tells of?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.rates.amounts import (
    before,
    head,
    is_added,
    is_amount,
    is_pointer,
    joined,
    label,
    told_within,
)
from xianxue.bureau.audit.binding.rates.calling import Names
from xianxue.bureau.audit.binding.rates.claims import Words
from xianxue.bureau.audit.binding.rates.named_wholes import Amounts
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.numerals import ONE, count_of
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import Record

_JOINT: Final = 6
"""Parts that are told together."""
_FROM_ON: Final = re.compile("(?<=.)以[上下]")
_SHARED: Final = 3
"""Characters in a row that a share's subject must have in common with the words of its part."""
_OF_THEM: Final = re.compile(r"^.{2,16}(?:[里内]|(?<![初高集其年])中)(?=.)")
_THAT_IS: Final = re.compile(r"(?:也就是|就是|即|达|达到|共|共计|计|合计|为|有|大约|约|近)*$")
"""Words that lead to the number of those whose share was just told."""
_PERSONS: Final = re.compile("(?:的)?(?:人员|人数|人才|的人)?$")
_PIECES: Final = re.compile("[、和及与]")
_THREE: Final = 3
IN_ORDER: Final = re.compile("分别|依次|各")

Portion = tuple[tuple[Quantity, ...], tuple[str, ...]]
"""The parts, in the order of the text, and what speaks for them."""


class Spot(Record):
    """A percentage and where it stands."""

    reading: Reading
    words: Words
    names: Names
    stated: Quantity
    head: Quantity
    """The first of its list, before which stands what is said of all."""
    amounts: Amounts

    @classmethod
    def of(cls, reading: Reading, stated: Quantity, amounts: Amounts) -> Spot:
        """Take a percentage of a text."""
        words, names = reading.lexicon.made(Words), reading.lexicon.made(Names)
        first = head(reading, stated)
        if stated.reached and stated.index and not stated.stop:
            # 占比由8%提高到10%: what both are of stands before the first.
            before_it = reading.quantities[stated.index - 1]
            first = before_it if before_it.form == "percent" and before_it.prior else first
        return cls(reading, words, names, stated, first, amounts)

    def told(self, parts: Sequence[Quantity], whole: Quantity, cues: tuple[str, ...]) -> Candidate:
        """Give the reading that the parts have this share of the whole."""
        more = ("list_by_place",) if self.stated.size > 1 else ()
        return Candidate("rate", self.stated, (*parts, whole), (*cues, *more))


def earlier(spot: Spot, place: Quantity, *, added: bool = False) -> list[Quantity]:
    """Give the amounts before a place in its sentence, the nearest first."""
    added = added or "完成" in place.lead
    found = [
        one
        for one in before(spot.reading, place, 0)
        if (is_amount(one) or (added and is_added(one))) and not _points(spot, one)
    ]
    size, place_of = spot.stated.size, spot.stated.place
    if size > 1 and len({one.dim for one in found[:size]}) == size == len(found[:size]):
        # 372户1198人,占76.5%和76.7%: each of its own kind
        return [found[size - 1 - place_of], *found[size:]]
    if _in_order(spot, found, place):
        group = _listed_apart(spot, found)
        return [group[::-1][spot.stated.place], *found[len(group) :]] if group else []
    return [one for one in found if one.size == 1 or one.place == spot.stated.place]


def _points(spot: Spot, one: Quantity) -> bool:
    """Whether a number says how many there are of the shares of a list: 四个等级分别占."""
    return spot.stated.size > 1 and one.value == spot.stated.size * ONE and is_pointer(one)


def _in_order(spot: Spot, found: Sequence[Quantity], place: Quantity) -> bool:
    """Whether the shares of a list are of numbers that each have a name of their own."""
    ordered = spot.stated.size > 1 and IN_ORDER.search(spot.head.lead + place.lead)
    return bool(ordered and found and found[0].size == 1)


def _listed_apart(spot: Spot, found: Sequence[Quantity]) -> list[Quantity]:
    """Give those numbers: 小学600人、初中400人,分别占 is as good as a list after one head."""
    size = spot.stated.size
    later = (None, *found)
    found = [  # 前1000名中有128人: the first is the whole of the second
        one
        for one, part in zip(found, later, strict=False)
        if part is None or not told_within(spot.reading, one, part)
    ]
    group = _group(spot, found)
    if len(group) == 1 and len({one.dim for one in found[:size]}) == 1:
        group = list(found[:size])  # 正高20人,副高30人,分别占
    return group if len(group) == size else []


def peers(spot: Spot) -> list[Quantity]:
    """Give the numbers that have a share in the same list: none of them is a whole of another."""
    if spot.stated.size == 1:
        return []
    found = [
        one
        for one in before(spot.reading, spot.head, 0)
        if is_amount(one) and not _points(spot, one)
    ]
    return _listed_apart(spot, found) if _in_order(spot, found, spot.head) else []


def portions(spot: Spot, place: Quantity, subject: str) -> Iterator[Portion]:
    """Give the part, or the parts together, that are told before a place."""
    amounts = earlier(spot, place)
    if not amounts:
        yield from _sentence_before(spot, place, subject)
        return
    subject = "" if spot.names.part.search(subject) else spot.names.clean(subject)
    subject = spot.words.tail.sub("", _OF_THEM.sub("", subject))  # 新购图书里社科类占: the 社科类
    count = _together(spot, place, amounts) if spot.stated.size == 1 else 0
    if count:
        some = tuple(reversed(amounts[:count]))
        if len(some) == count > 1 and len({one.dim for one in some}) == 1:
            yield some, ("together",)
        return
    last = amounts[0]
    if subject and (place.stop or not last.after.startswith(subject[:2])):
        yield from _named(spot, subject, amounts)
        return
    group = _group(spot, amounts)
    if len(group) > 1 and spot.stated.size == 1:
        yield tuple(reversed(group)), ("joint",)
        yield (last,), ("last_of_joint",)
        return
    yield (last,), ()


def _sentence_before(spot: Spot, place: Quantity, subject: str) -> Iterator[Portion]:
    """Give the part that the sentence before told by the very name the share says."""
    name = spot.names.clean(subject)
    for one in before(spot.reading, place):
        if name and is_amount(one) and spot.names.called(name, one) > 1:
            yield (one,), ("subject_named",)
            return


def behind(spot: Spot, subject: str) -> Iterator[Portion]:
    """Give the part told behind its share: 高级职称占25%,达500人."""
    stated, quantities = spot.stated, spot.reading.quantities
    if not subject or stated.size > 1 or stated.index + 1 >= len(quantities):
        return
    one = quantities[stated.index + 1]
    bare = _THAT_IS.match(one.lead) and not one.after and one.stop == ","
    if bare and is_amount(one) and one.sentence == stated.sentence:
        yield (one,), ()


def _together(spot: Spot, place: Quantity, amounts: list[Quantity]) -> int:
    """Give how many numbers 两项合计 means; where 两项 is itself a number, drop it."""
    pointer = spot.reading.quantities[place.index - 1]
    if not place.stop and is_pointer(pointer):
        amounts[:] = _of_lists(spot, pointer)
        return pointer.value // ONE
    lead = place.lead.partition("占")[0]
    found = spot.words.together.search(lead)
    if found and _FROM_ON.search(lead):
        return 1  # 县级以上合计占: which of them these are is not said
    if found:
        amounts[:] = like = _of_lists(spot, place)
        group = len(_group(spot, like))
        inside = 0 if place is not spot.head else 1
        least = group if group > 1 else len(like) - inside
        return count_of(found[0][0]) or max(least, 0)
    return 0


def _of_lists(spot: Spot, place: Quantity) -> list[Quantity]:
    """Give the amounts before a place, members of lists too: they are told together."""
    every = [one for one in before(spot.reading, place, 0) if is_amount(one)]
    return [one for one in every if one.dim == every[0].dim]


def _named(spot: Spot, subject: str, amounts: Sequence[Quantity]) -> Iterator[Portion]:
    """Give what the clause of the share itself says is the part."""
    for one in amounts:
        if spot.names.called(subject, one) > 1:
            yield (one,), ("subject_named",)
            return
    member = _of_sectors(spot, subject)
    if member:
        yield (member,), ("subject_named",)
        return
    composed = (
        _listed(subject, amounts)
        or _from_on(spot, subject, amounts)
        or _composed(spot, subject, amounts)
        or _all_called(spot, subject, amounts)
    )
    if composed:
        yield composed, ()
        return
    if _PIECES.search(subject):
        return
    alike = [(one, cue) for one in amounts if (cue := _shares(subject, one))]
    if len(alike) == 1:
        yield (alike[0][0],), (alike[0][1],)


def _listed(subject: str, amounts: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Give the last numbers that a subject lists: A、B级校舍, 优良学生 of 优秀 and 良好."""
    pieces = [one for one in _PIECES.split(subject) if one]
    if len(pieces) > 1:
        # A级127家、B级448家、C级48家,A、B级占: some of a list, and of what is not certain.
        some = [one for one in reversed(amounts) for piece in pieces if label(one)[:1] == piece[0]]
        return tuple(some) if len(some) == len(pieces) else ()
    for count in (_THREE, _THREE - 1):
        some = tuple(reversed(amounts[:count]))
        told = [label(one)[:1] for one in some]
        if len(some) == count and all(told) and subject.startswith("".join(told)):
            return some if len(set(told)) == count else ()
    return ()


def _of_sectors(spot: Spot, subject: str) -> Quantity | None:
    """Give the third of «三次产业增加值分别为20、30、50亿元» for 第三产业."""
    place = spot.words.sector(subject)
    for one in before(spot.reading, spot.head, 0) if place >= 0 else ():
        listed = one.size == _THREE and one.place == place and is_amount(one)
        if listed and spot.words.sectors.search(head(spot.reading, one).lead):
            return one
    return None


def _from_on(spot: Spot, subject: str, amounts: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Give those of a rank and above it: 中级以上 are 副高68人 and 中级187人."""
    if "以上" not in subject and "以下" not in subject:
        return ()
    least = spot.words.rank(subject)
    ranked = [(spot.words.rank(label(one)), one) for one in amounts]
    above = [(rank, one) for rank, one in ranked if rank[:1] == least[:1]]
    if least:
        above = [(r, one) for r, one in above if (r <= least if "以上" in subject else r >= least)]
    ranks = {rank for rank, _ in above}
    fitting = least and least in ranks and len(ranks) == len(above) > 1
    return tuple(one for _, one in reversed(above)) if fitting else ()


def _shares(subject: str, one: Quantity) -> str:
    """Say how a subject is told with the words of a number: 公办园 of 公办36所; or not."""
    own = one.own
    if own and own != subject and subject.endswith(own):
        return ""  # 小学 before 开设足球课的小学 are the whole
    text = own + one.after
    if (len(own) > 1 and (own in subject or subject in own)) or (
        len(subject) > 1 and subject in text
    ):
        return "subject_alike"
    pieces = [subject[at : at + _SHARED] for at in range(len(subject) - _SHARED + 1)]
    if any(piece in one.after for piece in pieces):
        return "subject_alike"
    return "subject_partly" if any(piece in text for piece in pieces) else ""


def _composed(spot: Spot, subject: str, amounts: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Give the parts that make up what is named: 普惠园 are 公办园 and 普惠性民办园."""
    for composition in spot.reading.lexicon.compositions:
        if not any(word in subject for word in composition.whole):
            continue
        some = [
            next((one for one in amounts if any(word in label(one) for word in words)), None)
            for words in composition.parts
        ]
        parts = tuple(one for one in some if one is not None)
        if len(parts) == len(some) and len({one.dim for one in parts}) == 1:
            return parts
    return ()


def _all_called(spot: Spot, subject: str, amounts: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Give a list all of whose names end as the subject does: 副高级职称, 正高级职称."""
    core = _PERSONS.sub("", subject)
    group = _group(spot, amounts)[::-1]
    told = len(core) > 1 and all(label(one).endswith(core) for one in group)
    return tuple(group) if told and len(group) > 1 else ()


def _group(spot: Spot, amounts: Sequence[Quantity]) -> list[Quantity]:
    """Give the last number and those joined to it by 、 or 和, the nearest first."""
    group = [amounts[0]]
    for one in amounts[1:_JOINT]:
        if one.dim != group[-1].dim or not joined(spot.reading, one, group[-1]):
            break
        group.append(one)
    return group
