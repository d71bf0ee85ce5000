"""Totals that are made up by definition: 义务教育 of 小学 and 初中, told in other sentences.

Each number is put down as a fact: of what (from its own words, the label of its section, or the
subject that goes on) and which measure. A whole that a card declares looks for its parts there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from xianxue.bureau.audit.binding.sums.items import Item
from xianxue.bureau.audit.binding.sums.openers import opened
from xianxue.bureau.audit.binding.sums.parting import Parting
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon

_SENTENCE: Final = re.compile(r"[。!?\n]")
_LABEL: Final = re.compile(r"(?:^|[。;\n])[ ]*([^,;。:、0-9\n ]{1,10}):[^:]*$")
_TAIL: Final = re.compile(r"[^,;:。、!?()\n ]{0,16}$")
_AROUND: Final = 12
"""Facts of one measure before and behind a whole among which its parts are looked for."""
_BEHIND: Final = 24
"""Characters behind the last part in which schools of two stages may still be named."""
_APART: Final = 60
"""Numbers of the text between a whole and its part, at most."""


@dataclass(slots=True, eq=False)
class Fact:
    """One number with what it is of and the measure that is told."""

    item: Item
    subject: str
    group: tuple[str, str, tuple[str, str, str]]
    place: int
    """Its place among the facts of its group."""


Card = tuple[re.Pattern[str], Sequence[re.Pattern[str]]]
Facts = dict[tuple[str, str, tuple[str, str, str]], list[Fact]]
"""The facts of one text, by measure."""


class Composed:
    """Finds wholes and their parts among facts."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._parting = lexicon.made(Parting)
        self._scope = re.compile(lexicon.any_of("whole_scope"))
        self._total = re.compile(lexicon.any_of("grand", "grand_name"))
        self._kinds = re.compile(lexicon.any_of("mixed_kind"))
        self._neutral = re.compile(lexicon.any_of("neutral"))
        self._cards = [
            (re.compile(_either(one.whole)), [re.compile(_either(part)) for part in one.parts])
            for one in lexicon.compositions
        ]
        self._any = re.compile("|".join(_either(one.whole) for one in lexicon.compositions))

    def read(self, items: Sequence[Item], facts: Facts) -> None:
        """Put down the facts of a paragraph."""
        subject = measure = ""
        for one in items:
            inside = opened(one.gap) and not one.name
            if inside or one.damaged or one.q.role == "each" or one.q.prior or one.q.size > 1:
                continue
            label = _LABEL.search(one.gap)
            fresh = bool(_SENTENCE.search(one.gap))
            if label:
                subject = label[1]
            if one.name and one.q.own:
                tail = _TAIL.search(one.gap)
                subject = tail[0] if tail and one.name in tail[0] else one.name
            elif fresh and not label and self._scope.search(one.q.lead):
                subject = ""
            if not one.key[2]:
                measure = one.measure or ("学校" if one.key[0] == "institutions" else "")
            if measure:
                group = (measure, str(one.q.document), one.key)
                some = facts.setdefault(group, [])
                some.append(Fact(one, subject, group, len(some)))

    def told(self, facts: Facts, norm: str) -> Iterator[Candidate]:
        """Give every whole with its parts."""
        for some in facts.values():
            for fact in some:
                for whole, parts in self._cards if self._any.search(fact.subject) else ():
                    found = whole.search(fact.subject)
                    if found:
                        yield from self._of(fact, some, (whole, parts), norm)
                if self._total.search(fact.item.q.lead) and not fact.item.name:
                    yield from self._of_all(fact, some)

    def _of(self, fact: Fact, some: list[Fact], card: Card, norm: str) -> Iterator[Candidate]:
        whole, parts = card
        rest = self._rest(fact.subject, whole)
        near = some[max(0, fact.place - _AROUND) : fact.place + _AROUND]
        # What follows a whole belongs to it before what stands above it.
        near = near[near.index(fact) + 1 :] + near[: near.index(fact)][::-1]
        found: list[Fact] = []
        for part in parts:
            mine = next(
                (
                    one
                    for one in near
                    if part.search(one.subject)
                    and not whole.search(one.subject)
                    and one.item.q.year in (0, fact.item.q.year)
                    and abs(one.item.q.index - fact.item.q.index) < _APART
                    and self._rest(one.subject, part) == rest
                ),
                None,
            )
            if mine is None:
                return
            found.append(mine)
        cues = ["composed"]
        told = [fact, *found]
        begin = min(one.item.q.start for one in told)
        end = max(one.item.q.end for one in told) + _BEHIND
        beside = any(self._kinds.search(one.subject) for one in near)
        if fact.group[0] == "学校" and (beside or self._kinds.search(norm, begin, end)):
            cues.append("kinds_beside")
        if len({one.place > fact.place for one in found}) > 1:
            cues.append("far")
        yield Candidate("sum", fact.item.q, tuple(one.item.q for one in found), tuple(cues))

    def _rest(self, subject: str, word: re.Pattern[str]) -> str:
        return self._neutral.sub("", word.sub("", subject))

    def _of_all(self, fact: Fact, some: list[Fact]) -> Iterator[Candidate]:
        """Find the parts of a total that names its measure alone: 全县教职工总数达1805人."""
        parts: list[Item] = []
        for one in some[max(0, fact.place - _AROUND) : fact.place][::-1]:
            if not one.item.name or fact.item.q.index - one.item.q.index > _APART:
                break
            parts.insert(0, one.item)
            if len(parts) > 1 and "partition" in self._parting.cues(fact.item, parts, "names"):
                cues = ("total", "shared_core", "partition", "far")
                yield Candidate("sum", fact.item.q, tuple(part.q for part in parts), cues)
                return


def _either(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
