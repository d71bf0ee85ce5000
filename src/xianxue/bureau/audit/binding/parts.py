"""Parts told after their whole: 其中, 包括, 分为, a colon, a bracket, or names that part it.

A list of parts ends where its bracket or sentence ends, at another measure, another deed with its
own object, a total. It is complete where its names or its form say so; else it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.items import Item, Namer, items_of, rows
from xianxue.bureau.audit.binding.parting import Parting
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.text import Reading

_SENTENCE: Final = re.compile(r"[。!?\n]")
_OPEN: Final = re.compile(
    r"其中|包括|包含|涵盖|分为|划分为|,即(?!将|使|可|时)|,由|,分别(?:是|为)(?=[^,]*[^0-9,]$)|^[^,;。、()]{0,12}:"
)
_CUE: Final = {"其中": "among", "包括": "including", "包含": "including", "涵盖": "including"}
_CLOSED: Final = re.compile(r"[。;!?\n]|[0-9%成倍一二三四五六七八九十][^0-9]{0,20}[,、]")
"""What closes a word for parts before the first of them: a stop, another number with its clause."""
_MADE: Final = re.compile(r"^[^。\n]{0,40}(?:组成|构成)")
_ETC: Final = re.compile(r"^[^,。;、]{0,3}等")
_LAST: Final = re.compile(r"^(?:和|及|以及|与)")
_TELLING: Final = frozenset({"partition", "bands", "rest"})
"""Only such names make parts of what no word calls parts."""
_WHOLES: Final = 5
"""Numbers before 其中 that may be its whole."""
_LONGEST: Final = 16
"""Parts of a list told in words."""


class Found:
    """A list as it is being read: its numbers in groups of what may be added."""

    def __init__(self, first: Item, measures: Sequence[str]) -> None:
        self.first = first
        self.apart: bool | None = None
        """Whether semicolons part it; not known before its second part."""
        self._several = {one for one in measures if one} if len(set(measures)) > 1 else set[str]()
        self.groups: dict[object, tuple[Item, list[Item]]] = {}
        self._whole = False
        """Whether the first part is complete: what is new after it is told of something else."""
        self.take(first, again=True)
        self._whole = False

    @property
    def all(self) -> list[Item]:
        """Give every number of the list."""
        return [one for _, some in self.groups.values() for one in some]

    def fits(self, one: Item) -> object:
        """Give what another must share: «毕业» is added to «毕业», «小学» to «初中招生»."""
        pure = one is not self.first and not one.name
        return one.key, one.measure if pure or one.measure in self._several else ""

    def again(self, one: Item) -> bool:
        """Whether a number begins the next part."""
        return self.fits(one) == self.fits(self.first)

    def take(self, one: Item, *, again: bool) -> bool:
        """Put a number to its group; refuse what the first part did not tell."""
        self._whole = self._whole or (again and bool(self.groups))
        if self._whole and self.fits(one) not in self.groups:
            return False
        self.groups.setdefault(self.fits(one), (one, []))[1].append(one)
        return True

    def group(self, one: Item) -> list[Item]:
        """Give the numbers that are added to one."""
        return self.groups[self.fits(one)][1]

    def broken(self, some: Sequence[Item]) -> tuple[str, ...]:
        """Say whether parts tell different things, so that the list may have ended between."""
        several = any(len(other) != len(some) for _, other in self.groups.values())
        return ("broken",) if several and not self.apart else ()


class Lists:
    """Finds lists of parts in one text."""

    def __init__(self, lexicon: Lexicon, parting: Parting) -> None:
        self._parting = parting
        self._total = re.compile(rf"{lexicon.any_of('grand')}")
        self._counted = re.compile(lexicon.any_of("counted"))
        self._outside = re.compile(lexicon.any_of("outside", "new_time"))
        self._deed = re.compile(rf"^{lexicon.any_of('deed')}")
        self._staff = re.compile(lexicon.any_of("staff"))
        self._pupils = re.compile(lexicon.any_of("pupils"))

    def told(
        self, reading: Reading, items: Sequence[Item], owner: Item | None
    ) -> Iterator[Candidate]:
        """Give the sums of a row; in a bracket the number before it is the whole."""
        parts: set[int] = set()
        for at, one in enumerate(items):
            shape = _shape(reading, one) if at or owner else ()
            if shape:
                wholes = [owner] if owner else self._wholes(items, at)
                parts.update(each.q.index for each in self._collect(items, at, wholes).all)
                yield from self._list(reading, items, at, wholes, shape)
        if not owner:
            yield from self._plain(reading, items, parts)
        elif items and not parts:
            yield from self._list(reading, items, 0, [owner], ("bracket",))

    def _wholes(self, items: Sequence[Item], at: int) -> list[Item]:
        """Give the numbers a list may be of: those of its sentence before it, the last first."""
        made: list[Item] = []
        crossed = bool(_SENTENCE.search(items[at].gap))
        for back in range(at - 1, max(-1, at - 1 - _WHOLES), -1):
            if not (items[back].q.prior and items[back].q.since):
                made.append(items[back])
            gap = items[back].gap
            if _SENTENCE.search(gap) or ";" in gap or "其中" in gap or crossed:
                break
        return made

    def _plain(
        self, reading: Reading, items: Sequence[Item], known: set[int]
    ) -> Iterator[Candidate]:
        """Find parts without a word for them: the names alone part the whole."""
        of: dict[int, Item] = {}
        for at in range(1, len(items) - 1):
            first = items[at]
            whole = of.get(items[at - 1].q.index, items[at - 1])
            if (
                whole.key != first.key
                or whole.q.index in known
                or whole.q.size > 1
                or (";" in first.gap and not of and self._parting.value(whole.told))
                or opened(first.gap)
                or _SENTENCE.search(first.gap)
                or self._parting.akin(whole.told, first.told)
            ):
                continue
            found = self._collect(items, at)
            parts = found.group(first)
            shape = ("plain", *found.broken(parts))
            for candidate in self._sum(reading, whole, parts, shape, parts):
                if len(parts) > 1 and _TELLING.intersection(candidate.cues):
                    of.update((one.q.index, whole) for one in parts)
                    yield candidate

    def _list(
        self,
        reading: Reading,
        items: Sequence[Item],
        at: int,
        wholes: Sequence[Item],
        shape: Sequence[str],
    ) -> Iterator[Candidate]:
        found = self._collect(items, at, wholes)
        heads = found.group(items[at])
        for first, some in found.groups.values():
            whole = self._whole_of(first, wholes)
            if whole is None or "each" in whole.key or whole.damaged:
                continue
            if len(some) > 1 or "made_of" in shape:
                near = whole is wholes[0] or wholes[0].key in {one.key for one in found.all}
                shapes = (*shape, *found.broken(some), *(() if near else ("not_next",)))
                named = any(one.name for one in some) or len(some) != len(heads)
                yield from self._sum(reading, whole, some, shapes, some if named else heads)
            if shape[0] == "among" and whole.key == first.key:
                yield self._at_most(whole, first)

    def _whole_of(self, first: Item, wholes: Sequence[Item]) -> Item | None:
        near = [one for one in wholes if one.key == first.key]
        if not near and not first.key[2]:
            # «增加300人,其中小学200人、初中100人»: the parts of a change are told as amounts.
            near = [one for one in wholes if one.key[:2] == first.key[:2] and "each" not in one.key]
        same = [one for one in near if first.measure and one.measure == first.measure]
        for one in same or near:
            if not self._other_people(one, first):
                return one
        return None

    def _other_people(self, one: Item, other: Item) -> bool:
        """Whether one counts pupils and the other staff."""
        first, second = (
            f"{each.name}{each.measure}".replace("幼儿园", "园") for each in (one, other)
        )
        return bool(
            (
                self._staff.search(first)
                and self._pupils.search(second)
                and not self._staff.search(second)
            )
            or (
                self._pupils.search(first)
                and self._staff.search(second)
                and not self._staff.search(first)
            )
        )

    def _collect(self, items: Sequence[Item], at: int, wholes: Sequence[Item] = ()) -> Found:
        """Give what a list holds from its first number on."""
        first = items[at]
        found = Found(first, [one.measure for one in wholes if one.key == first.key])
        nested = False
        for place in range(at + 1, min(at + _LONGEST, len(items))):
            one = items[place]
            semicolon, again = ";" in one.gap, found.again(one)
            if self._ends(first, one, wholes) or (
                semicolon and not self._goes_on(items, at, place, found)
            ):
                break
            nested = nested and not semicolon
            if again and len(found.group(one)) > 1 and self._parting.ends(found.group(one), one):
                break
            if again and found.apart is None:
                found.apart = semicolon
            if opened(one.gap):
                if not (found.apart or semicolon) and not self._semicolon_next(items, place):
                    break
                nested = True
            if not nested and not found.take(one, again=again):
                break
        return found

    def _goes_on(self, items: Sequence[Item], at: int, place: int, found: Found) -> bool:
        """Whether a semicolon leads to the next part, not to what is told after the list."""
        first, one = items[at], items[place]
        if found.apart is not None or not found.again(one):
            return bool(found.apart)
        behind = items[place + 1] if place + 1 < len(items) else None
        if behind and "其中" in behind.gap and ":" not in first.gap:
            return False
        return ":" in first.gap or self._parting.akin(first.told, one.told)

    def _semicolon_next(self, items: Sequence[Item], place: int) -> bool:
        return any(";" in one.gap for one in items[place + 1 : place + 4])

    def _ends(self, first: Item, one: Item, wholes: Sequence[Item]) -> bool:
        gap = one.gap
        if "、其中" in first.gap and "," in gap:
            return True  # «新建24万平方米、其中教学楼9万平方米,维修31万平方米»
        if _SENTENCE.search(gap) or self._total.search(gap) or self._outside.search(gap):
            return True
        if self._deed.match(one.name) and not self._deed.match(first.name):
            return True
        if one.key == first.key and self._other_people(first, one):
            return True
        akin, near = self._parting.akin, [of.told for of in wholes if of.key == one.key][:1]
        return any(akin(of, one.told) and not akin(of, first.told) for of in near)

    def _sum(
        self,
        reading: Reading,
        whole: Item,
        parts: Sequence[Item],
        shape: Sequence[str],
        heads: Sequence[Item],
    ) -> Iterator[Candidate]:
        quoted = reading.norm[whole.q.start - 1 : whole.q.start] in ("“", '"')
        if quoted or any(one.damaged or "each" in one.key for one in parts):
            return  # “三个全覆盖” is a name
        cues = [
            *shape,
            *self._parting.cues(whole, heads, "crosscut steps" if "among" in shape else "steps"),
        ]
        if self._counted.search(whole.gap[-12:]):
            cues.append("counted")
        behind = reading.norm[parts[-1].q.end : parts[-1].q.end + 8]
        if _ETC.match(behind):
            cues.append("and_so_on")
        if _LAST.match(parts[-1].gap) and parts[-1].q.size == 1:
            cues.append("last_and")
        if whole.q.year != parts[0].q.year:
            cues.append("other_year")
        yield Candidate("sum", whole.q, tuple(one.q for one in parts), tuple(cues))

    def _at_most(self, whole: Item, part: Item) -> Candidate:
        cues = ["within"]
        if whole.q.year != part.q.year:
            cues.append("elsewhere")
        return Candidate("at_most", part.q, (whole.q,), tuple(cues))


def opened(gap: str) -> str:
    """Give the word that begins a list of parts right before its first number."""
    found = _OPEN.search(gap)
    if found is None or _CLOSED.search(gap, found.end()):
        return ""
    return found[0]


def _shape(reading: Reading, first: Item) -> tuple[str, ...]:
    """Say how a list begins, as cues; empty where none begins."""
    word = opened(first.gap).lstrip(",")
    if not word or word.endswith(":"):
        return ("colon",) if word else ()
    if word == "由":
        made = _MADE.match(reading.norm[first.q.end : first.q.end + 60])
        return ("made_of",) if made else ()
    cue = _CUE.get(word, "namely")
    return (cue, "with_colon") if f"{word}:" in first.gap else (cue,)


def bind_parts(reading: Reading) -> Iterator[Candidate]:
    """Give every whole and its parts that the text may mean."""
    namer, lists = Namer(reading.lexicon), Lists(reading.lexicon, Parting(reading.lexicon))
    for owner, some, begin in rows(reading):
        items = items_of(reading, some, begin, namer)
        whole = items_of(reading, [owner], max(0, owner.start - 40), namer) if owner else []
        if owner and not whole:
            continue
        yield from lists.told(reading, items, whole[0] if whole else None)
