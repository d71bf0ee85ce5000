"""Which number is the whole of a part? Asked of words and order alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.rates.amounts import (
    before,
    blurred,
    divided,
    is_amount,
    joined,
    kin,
    label,
    share_of,
    told_within,
)
from xianxue.bureau.audit.binding.rates.calling import Names
from xianxue.bureau.audit.binding.rates.claims import OF_NO_NAME
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import Record

_EARLIER: Final = 6
"""Numbers before one, none of which may be an amount if it is to lead its sentence."""

_OPENS: Final = 8
"""Numbers before a part among which its sentence begins."""


class Base(Record):
    """A whole that a part may be of, and what speaks for it."""

    whole: Quantity
    cues: tuple[str, ...]
    opened: int = -2
    """Index of the number before which 其中 opened the parts."""


class _Search:
    """Looks back from a part for what it may be a part of."""

    def __init__(
        self,
        reading: Reading,
        names: Names,
        stated: Quantity,
        parts: Sequence[Quantity],
        peers: Sequence[Quantity],
    ) -> None:
        self._reading, self._names, self._stated, self._parts = reading, names, stated, parts
        self._peers = (*parts, *peers)
        self.opened = -2
        """The number before which 其中 stands, between the one looked at and the part."""
        self._opener = self._first(parts[0])
        self._open(parts[0])

    def _first(self, part: Quantity) -> str:
        """Give the words that a part's sentence begins with, where another number has them."""
        least = max(0, part.index - _OPENS)
        for one in self._reading.quantities[least : part.index]:
            if one.sentence == part.sentence and one.form != "name" and not one.depth:
                return "" if is_amount(one) and kin(one, part) else one.own
        return ""

    def _open(self, one: Quantity) -> None:
        # What 其中 opens ends with its sentence.
        same = one.sentence == self._parts[-1].sentence
        if same and self.opened < 0 and self._names.part.search(one.lead):
            self.opened = one.index

    def passed(self, one: Quantity) -> bool:
        """Whether a number is no whole of the part; a 其中 before it is kept in mind."""
        part = self._parts[-1]
        if not is_amount(one) or one in self._peers or (one.size > 1 and one.place != part.place):
            return True
        if one.prior and not part.prior:
            return True  # 去年的 is no whole of this year's
        return not kin(one, part) or one.high < part.low or self._completed(one)

    def _completed(self, one: Quantity) -> bool:
        """Whether a number is a plan of which so much was done: 完成预算32万元的89.8%."""
        behind = self._reading.quantities[one.index + 1]
        told = behind.form == "percent" and not behind.stop and one.after.startswith("的")
        return told and "占" not in one.lead

    def _excluded(self, one: Quantity) -> bool:
        """Whether a number excludes the part, or is told in one list with it."""
        part = self._parts[-1]
        years = {one.year, part.year} - {0}
        return (
            joined(self._reading, one, self._parts[0])
            or (len(years) > 1 and one.size == 1)
            or self._names.siblings(label(one), label(part))
            or (self.opened < 0 and self._names.beside(label(one), label(part)))
            or (self.opened < 0 and self._of_ages(one) and self._of_ages(part))
        )

    def _told_apart(self, one: Quantity) -> bool:
        """Whether a number of another sentence is a part itself: what its whole is, is not seen."""
        share = share_of(self._reading, one, self._stated)
        shared = bool(share) and "占" in share and share not in OF_NO_NAME
        return shared or divided(self._reading, one)

    def _of_ages(self, one: Quantity) -> bool:
        """Whether the ages of those counted stand before a number: 41—50岁587人."""
        ages = self._reading.quantities[max(0, one.index - 1)]
        return ages.dim == "age" and not one.stop

    def cues(self, one: Quantity, found: int) -> tuple[str, ...] | None:
        """Say what speaks for a number; None where it excludes the part, or is one like it."""
        part, first, names = self._parts[-1], self._parts[0], self._names
        if self._excluded(one):
            return None
        if self._opener and one.sentence != part.sentence:
            # 专任教师学历合格率100%,本科23人,占77%: what the sentence begins with is the whole.
            mine = self._opener.startswith(names.clean(label(one)) or "?")
            return ("whole_before", "subject_opens" if mine else "other_subject")
        share = share_of(self._reading, one, self._stated)
        among = bool(names.part.search(one.lead)) and one is not first
        if self.opened < 0 and (share in OF_NO_NAME or among or self._listed(one, part)):
            return None  # it is itself told as a part
        inside = told_within(self._reading, one, first)
        cues = {
            "part_of" if inside or self.opened >= 0 else self._before(one): True,
            # 60岁以上900人,占9%,其中65岁以上600人,占6%: of the elder, or of all as they are?
            "part_of_part": share is not None and self.opened >= 0 and not inside,
            "whole_said": bool(names.whole.search(one.lead + one.after[:6])),
            "sentence_before": one.sentence != part.sentence,
            "nearer_whole": bool(found),
        }
        if not found and share is None and "part_of" not in cues:
            cues["part_itself"] = bool(names.cross.search(label(one)))
        return tuple(cue for cue, holds in cues.items() if holds)

    def _listed(self, one: Quantity, part: Quantity) -> bool:
        """Whether a number is one of several like ones: 男1204人、女1656人;50岁以上612人."""
        near = self._reading.quantities[max(0, one.index - 1) : one.index + 2]
        other = [each for each in near if each is not one and is_amount(each) and kin(each, one)]
        return not part.own.endswith(label(one)) and any(
            joined(self._reading, *sorted((each, one), key=lambda some: some.index))
            for each in other
        )

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
        near = self._reading.quantities[max(0, self._parts[0].index - 1)]
        if not is_amount(near) and told_within(self._reading, near, self._parts[0]):
            return  # 前1000名中有128人: of no amount
        for one in before(self._reading, self._parts[0]):
            if blurred(one, part):
                return
            if is_amount(one) and (
                part.owner == one.index or (part.depth > one.depth and not found)
            ):
                if kin(one, part):
                    yield Base(one, ("part_of",), part.index)
                return
            opener = self._reading.quantities[self.opened]
            if self.opened >= 0 and "。" not in opener.stop and one.sentence != opener.sentence:
                return  # what 其中 is of stands before it in its sentence
            passed = self.passed(one)
            if not passed and one.sentence != part.sentence and self._told_apart(one):
                return
            cues = None if passed else self.cues(one, found)
            if cues is not None:
                yield Base(one, cues, self.opened)
                found += 1
                if self.opened >= 0 or found > 1:
                    return
            self._open(one)


def wholes(
    reading: Reading,
    names: Names,
    stated: Quantity,
    parts: Sequence[Quantity],
    peers: Sequence[Quantity] = (),
) -> Iterator[Base]:
    """Give the wholes that a part may be of where none is named, the likeliest first."""
    return _Search(reading, names, stated, parts, peers).bases()


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
