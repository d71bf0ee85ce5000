"""Rates: a percentage that is the share of a part in a whole.

What is claimed is read from the words before the percentage: 占…的, 占比, a rate with a name of
its own (参检率), the completion of a plan. Then its part is looked for, and the whole it is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.claims import Claim, Words
from xianxue.bureau.audit.binding.wholes import (
    Names,
    before,
    head,
    is_added,
    is_amount,
    is_pointer,
    joined,
    kin,
    label,
    later_total,
    named_wholes,
    wholes,
)
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_INSIDE: Final = re.compile(r"[^,;:()。、和]{0,10}的(?:约|近|超过|逾)?")
"""Between a whole told inside 占…的 and the share: 学校的."""
_TELLS_INSIDE: Final = re.compile(r"(?:占|完成|达到?|相当于|为|是)([^占]*)$")
_COMMON: Final = frozenset("的人数总实际了共年度全县市区校率")
"""Characters that names share by chance."""
_VERB: Final = 2
"""A rate's last two characters say what was done: 合格 of 监测合格率."""
_SAME_VERB: Final = 2
_TWO_AND_WHOLE: Final = 3
_JOINT: Final = 6
"""Parts that are told together."""
_COUNTS: Final = {"两": 2, "二": 2, "三": 3, "四": 4}


def bind_rates(reading: Reading) -> Iterator[Candidate]:
    """Give every share that the text may mean."""
    words, names = reading.lexicon.made(Words), reading.lexicon.made(Names)
    for sentence in reading.sentences:
        hidden = False
        for one in sentence:
            if (
                one.form != "percent"
                or one.role != "rate"
                or (one.prior and "完成" not in one.lead)
            ):
                continue
            if not words.hoped.search(head(reading, one).lead):
                binder = _Binder(reading, words, names, one, hidden=hidden)
                yield from binder.candidates()
                hidden = hidden or binder.hidden


class _Binder:
    """Finds part and whole of one percentage."""

    def __init__(
        self, reading: Reading, words: Words, names: Names, stated: Quantity, *, hidden: bool
    ) -> None:
        self._reading, self._words, self._names = reading, words, names
        self._stated, self._head = stated, head(reading, stated)
        self.hidden = hidden
        """Whether the shares of this sentence are of a whole that is named and not printed."""

    def candidates(self) -> Iterator[Candidate]:
        """Give the readings of this percentage."""
        inside = self._inside()
        if inside is not None:
            yield from self._of_inside(*inside)
            return
        claim = self._words.claim(self._head)
        if claim is None:
            return
        if claim.shape == "share":
            yield from self._share(claim)
        elif claim.shape == "rate":
            yield from self._rate(claim.subject)
        elif claim.shape == "completion":
            yield from self._completion(claim)
        else:
            yield from self._aside()

    # ── 占140所学校的80% ──

    def _inside(self) -> tuple[Quantity, str] | None:
        """Give the whole told inside 占…的, and the words before it."""
        stated = self._stated
        if stated.stop or not stated.index:
            return None
        base = self._reading.quantities[stated.index - 1]
        if not is_amount(base) or not _INSIDE.fullmatch(self._reading.between(base, stated)):
            return None
        tells = _TELLS_INSIDE.search(base.lead)
        return (base, self._words.tail.sub("", base.lead[: tells.start()])) if tells else None

    def _of_inside(self, base: Quantity, subject: str) -> Iterator[Candidate]:
        for parts, cues in self._parts(base, subject):
            if kin(parts[-1], base) and sum(one.low for one in parts) <= base.high:
                yield self._told(parts, base, ("base_inside", *cues))

    # ── parts ──

    def _before(self, place: Quantity, *, added: bool = False) -> list[Quantity]:
        """Give the amounts before a place in its sentence, the nearest first."""
        return [
            one
            for one in before(self._reading, place, 0)
            if (is_amount(one) or (added and is_added(one)))
            and not (one.size > 1 and one.place != self._stated.place)
        ]

    def _parts(
        self, place: Quantity, subject: str
    ) -> Iterator[tuple[tuple[Quantity, ...], tuple[str, ...]]]:
        """Give the part, or the parts together, that are told before a place."""
        earlier = self._before(place)
        if not earlier:
            return
        subject = "" if self._names.part.search(subject) else self._names.clean(subject)
        count = self._together(place, subject, earlier)
        if count:
            some = tuple(reversed(earlier[:count]))
            if len(some) == count > 1 and len({one.dim for one in some}) == 1:
                yield some, ("together",)
            return
        last = earlier[0]
        if subject and (place.stop or not last.after.startswith(subject[:2])):
            yield from self._named(subject, earlier)
            return
        group = self._group(earlier)
        if len(group) > 1 and self._stated.size == 1:
            yield tuple(reversed(group)), ("joint",)
            yield (last,), ("last_of_joint",)
            return
        yield (last,), ()

    def _together(self, place: Quantity, subject: str, earlier: list[Quantity]) -> int:
        """Give how many numbers 两项合计 means; where 两项 is itself a number, drop it."""
        found = self._words.together.search(subject)
        if found:
            return _COUNTS.get(found[0][0], len(self._group(earlier)))
        if not place.stop and is_pointer(earlier[0]):
            return earlier.pop(0).value // ONE
        return 0

    def _named(
        self, subject: str, earlier: Sequence[Quantity]
    ) -> Iterator[tuple[tuple[Quantity, ...], tuple[str, ...]]]:
        """Give what the clause of the share itself says is the part."""
        for one in earlier:
            if self._names.called(subject, one) > 1:
                yield (one,), ("subject_named",)
                return
        for composition in self._reading.lexicon.compositions:
            if not any(word in subject for word in composition.whole):
                continue
            some = [
                next((one for one in earlier if any(word in label(one) for word in words)), None)
                for words in composition.parts
            ]
            parts = tuple(one for one in some if one is not None)
            if len(parts) == len(some) and len({one.dim for one in parts}) == 1:
                yield parts, ("composed",)
                return

    def _group(self, earlier: Sequence[Quantity]) -> list[Quantity]:
        """Give the last number and those joined to it by 、 or 和, the nearest first."""
        group = [earlier[0]]
        for one in earlier[1:_JOINT]:
            if one.dim != group[-1].dim or not joined(self._reading, one, group[-1]):
                break
            group.append(one)
        return group

    # ── 占…的, 占比 ──

    def _share(self, claim: Claim) -> Iterator[Candidate]:
        stated, names = self._stated, self._names
        name = names.clean(claim.base)
        known = self.hidden
        scoped = bool(self._words.scope.search(claim.base or stated.lead.rpartition("占")[2]))
        for parts, cues in self._parts(self._head, claim.subject):
            if name and not self._words.of_all.search(claim.base):
                bases = list(named_wholes(self._reading, names, name, parts, stated))
                self.hidden = self.hidden or not (bases or self._told_again())
            elif scoped and not name:
                return
            else:
                bases = wholes(self._reading, names, stated, parts)
                later = later_total(self._reading, names, stated, parts[-1])
                if later is not None:
                    yield self._told(parts, later.whole, ("share_said", *later.cues, *cues))
            for base in bases:
                if sum(one.low for one in parts) <= base.whole.high:
                    more = ("hidden_base",) if known and not name else ()
                    yield self._told(parts, base.whole, ("share_said", *base.cues, *cues, *more))

    def _told_again(self) -> bool:
        """Whether another share of the same part was told right before."""
        last = self._reading.quantities[self._stated.index - 1]
        return last.form == "percent" and last.sentence == self._stated.sentence

    # ── 参检率 ──

    def _rate(self, name: str) -> Iterator[Candidate]:
        earlier, stated = self._before(self._head), self._stated
        if not earlier or (
            stated.depth and self._reading.quantities[stated.owner].form != "cardinal"
        ):
            return
        part = earlier[0]
        between = self._reading.quantities[part.index + 1 : stated.index]
        if any(one.role == "rate" and one.run != stated.run for one in between):
            return  # the part has its rate; this one is of something else
        alone = _alike(name, part)
        if (
            not alone
            and len(earlier) >= _TWO_AND_WHOLE
            and kin(earlier[1], part)
            and _alike(name, earlier[1])
        ):
            yield from self._rate_of(name, (earlier[1], part), ("joint",))
        yield from self._rate_of(name, (part,), ())

    def _rate_of(
        self, name: str, parts: tuple[Quantity, ...], more: tuple[str, ...]
    ) -> Iterator[Candidate]:
        found = 0
        for base in before(self._reading, parts[0]):
            if base.form in ("mask", "range"):
                return
            if not is_amount(base) or not kin(base, parts[-1]) or base.high < parts[-1].low:
                continue
            cues = self._rate_cues(name, parts, base)
            if cues is None:
                continue
            yield self._told(parts, base, (*more, *cues, *(("nearer_whole",) if found else ())))
            found += 1
            if found > 1:
                return

    def _rate_cues(
        self, name: str, parts: tuple[Quantity, ...], base: Quantity
    ) -> tuple[str, ...] | None:
        words, part = self._words, parts[-1]
        alike = max(_alike(name, one) for one in parts)
        told = "".join(label(one) + one.lead for one in parts)
        text = base.lead + base.after
        should = words.should.search(text)
        if joined(self._reading, base, parts[0]):
            return None
        if not should and _alike(name, base) == alike == _SAME_VERB:
            return None  # both were admitted: neither is who might have been
        plain = words.told_should.search(text) and words.told_did.search(part.lead)
        if base.dim != part.dim and not plain:
            return None
        if plain:
            alike = max(alike, 0 if words.opinion.search(name) else 1)
        cues = ["rate_before", ("rate_unlike", "rate_alike", "rate_named")[alike]]
        if should:
            cues.append("should")
        did = words.did.search(told)
        if did:
            cues.append("did")
        if alike < _SAME_VERB and not (should and did):
            cues.append("rate_unsure")
        if base.sentence != part.sentence:
            cues.append("sentence_before")
        if self._other_population(name, text, told):
            cues.append("other_population")
        return tuple(cues)

    def _other_population(self, name: str, base: str, part: str) -> bool:
        """Whether a rate is of fewer than the whole: 小学 in its name, not in the whole's."""
        words = self._words
        tracks = set(words.track.findall(name + part)) - set(words.track.findall(base))
        stages = [one for one in words.stage.findall(name) if not set(one) <= set(base + part)]
        return bool(tracks or stages)

    # ── 完成预算的 ──

    def _completion(self, claim: Claim) -> Iterator[Candidate]:
        words = self._words
        earlier = self._before(self._head, added=True)
        if not earlier or words.planned.search(earlier[0].lead):
            return
        part, found = earlier[0], 0
        kinds = set(words.plan_kind.findall(claim.base))
        for base in earlier[1:]:
            if not kin(base, part) or not words.plan_base.search(base.lead):
                continue
            if kinds - set(words.plan_kind.findall(base.lead)) - {"全年"}:
                continue
            cues = ["completion", "plan_named", *(["nearer_whole"] if found else [])]
            yield self._told((part,), base, tuple(cues))
            found += 1

    # ── 25%(784人), 784人(28%) ──

    def _aside(self) -> Iterator[Candidate]:
        stated, quantities = self._stated, self._reading.quantities
        behind = quantities[stated.index + 1 : stated.index + 2]
        if behind and behind[0].owner == stated.index and is_amount(behind[0]):
            part = behind[0]
            for base in before(self._reading, stated, 0):
                if is_amount(base) and kin(base, part) and base.high >= part.low:
                    inside = "中" in self._reading.between(base, stated)
                    cues = ("aside", "part_of" if inside else "whole_before")
                    yield self._told((part,), base, cues)
                    return
        elif (
            stated.depth
            and stated.owner >= 0
            and quantities[stated.index - 1].index == stated.owner
        ):
            part = quantities[stated.owner]
            if is_amount(part):
                for base in wholes(self._reading, self._names, stated, (part,)):
                    yield self._told((part,), base.whole, ("aside", *base.cues))

    def _told(self, parts: Sequence[Quantity], base: Quantity, cues: tuple[str, ...]) -> Candidate:
        if self._stated.size > 1:
            cues = (*cues, "list_by_place")
        return Candidate("rate", self._stated, (*parts, base), cues)


def _alike(name: str, one: Quantity) -> int:
    """Whether a rate is named after a number: 2 by its verb, 1 by signs of its name, 0 not."""
    text, verb = one.lead + one.after, name[-_VERB:]
    if verb in text or all(sign in text for sign in verb):
        return 2
    if any(sign in text for sign in verb if sign not in _COMMON):
        return 1
    return int(sum(sign in text for sign in set(name) - _COMMON) >= _VERB)
