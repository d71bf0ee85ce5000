"""Parts and wholes: every sum that can be found is proven; what fails is judged elsewhere.

For each amount the amounts after and before it are added up until they reach it: a window of
neighbours, once as they stand, once without what «其中» nests, once only those of one measure.
The number of steps for one amount is bounded, so the whole takes time in proportion to the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from xianxue.bureau.audit.intervals import Fit, fits
from xianxue.bureau.audit.ledger import Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE

WINDOW: Final = 26
"""Amounts that are looked at on each side of a whole."""
FAR: Final = 14
"""Sentences between a whole and its parts."""
MANY_DIGITS: Final = 4
"""Digits from which on a sum is hardly hit by chance."""
FEW_DIGITS: Final = 3

KIN: Final = {"person_times": "people", "things": "institutions"}
"""Dimensions that are listed together: 16350人次 of 386人 …, 356所 of 73个 …"""

_PAIR: Final = 2
_NEAR: Final = 2
_BRACKET: Final = 3
_OFFSETS: Final = 4
_LINE: Final = 12
_STARTS: Final = 6
_SURPLUS: Final = 3
_CUES: Final = ("其中", "包括", "包含", "分别", "分为", "由", "即", "含", ":", "其他")
_TOTALS: Final = ("共", "合计", "总", "累计", "小计", "全")

MeasureKey = tuple[int, str, str, str]


@dataclass(slots=True)
class Sum:
    """A proven sum."""

    whole: Mention
    parts: tuple[Mention, ...]


@dataclass(slots=True)
class Adding:
    """Parts as they are added up beside a whole."""

    whole: Mention
    parts: list[Mention]
    value: int = 0
    low: int = 0
    high: int = 0

    def add(self, part: Mention) -> None:
        """Add one part, with the direction of its change."""
        least, most = span(part, self.whole)
        if part.part == "delta" and part.sign < 0:
            least, most = -most, -least
            self.value -= part.value
        else:
            self.value += part.value
        self.low += least
        self.high += most
        self.parts.append(part)

    def fit(self) -> Fit:
        """Say whether the parts make the whole."""
        if len(self.parts) < _PAIR:
            return ""
        return fits(self.whole, self.value, self.low, self.high)

    def vague(self) -> bool:
        """Whether one of the numbers is only about right."""
        return self.whole.about or any(part.about for part in self.parts)


class Sums:
    """Finds the sums of a text."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.found: list[Sum] = []
        self._lines: dict[str, list[Mention]] = {}
        self._measures: dict[MeasureKey, list[Mention]] = {}

    def prove(self) -> None:
        """Enter every sum that holds."""
        self._collect()
        for line in self._lines.values():
            # From the last to the first: inner lists are proven before those they stand in.
            for at in range(len(line) - 1, -1, -1):
                self._after(line, at)
            for at in range(len(line)):
                self._before(line, at)
        for line in self._measures.values():
            for at in range(len(line)):
                self._same_measure(line, at)

    def _collect(self) -> None:
        for one in self._ledger.mentions:
            if one.form != "cardinal" or one.part not in ("level", "delta"):
                continue
            kind = KIN.get(one.dim, one.dim)
            if one.part == "level":
                self._lines.setdefault(kind, []).append(one)
            if one.core:
                key = (one.doc, kind, one.core, one.part)
                self._measures.setdefault(key, []).append(one)

    # ── parts behind a whole ──

    def _after(self, line: list[Mention], at: int) -> None:
        whole = line[at]
        following = line[at + 1 : at + 1 + WINDOW]
        if whole.value <= 0 or not following:
            return
        first = following[0]
        inside = (
            first.depth == whole.depth + 1
            and first.owner >= whole.index
            and first.owner - whole.index <= _BRACKET
        )
        depth = whole.depth + inside
        cue = inside or any(word in first.gap for word in _CUES)
        for nested in (False, True):
            self._add_up(whole, self._scope(whole, following, depth, nested=nested), cue=cue)

    def _scope(
        self, whole: Mention, following: Sequence[Mention], depth: int, *, nested: bool
    ) -> Iterator[Mention]:
        """Give the amounts behind a whole that may be its parts; without nested 其中 if asked."""
        children = self._ledger.children
        for part in following:
            if part.doc != whole.doc or part.sent - whole.sent > FAR or part.depth < depth:
                return
            if part.depth > depth or children.get(part.index, -1) > whole.index:
                continue
            first = part.sent == whole.sent and part.index == whole.index + 1
            if nested and "其中" in part.gap and not first:
                continue
            yield part

    def _add_up(self, whole: Mention, parts: Iterable[Mention], *, cue: bool) -> None:
        limit, step = whole.high, whole.step
        value = low = high = 0
        taken: list[Mention] = []
        for part in parts:
            if part.step > step:
                least, most = span(part, whole)
            else:
                least, most = part.low, part.high
            low += least
            if low > limit:
                return
            value += part.value
            high += most
            taken.append(part)
            if high < whole.low or len(taken) < _PAIR:
                continue
            adding = Adding(whole, taken, value, low, high)
            fit = adding.fit()
            if fit and _believable_after(adding, fit, cue=cue):
                self._enter(adding, fit)
                # One whole may be divided more than once: by sex, then by stage.
                value = low = high = 0
                taken = []

    # ── parts before a total ──

    def _before(self, line: list[Mention], at: int) -> None:
        whole = line[at]
        cue = any(word in whole.lead for word in _TOTALS)
        many = digits(whole)
        if self._ledger.is_proven("sum", whole) or not (cue or many >= MANY_DIGITS):
            return
        before: list[Mention] = []
        for part in reversed(line[max(0, at - WINDOW) : at]):
            if part.doc != whole.doc or whole.sent - part.sent > FAR:
                break
            part_of = self._ledger.children.get(part.index, whole.index)
            if part.depth <= whole.depth and part_of >= whole.index:
                before.append(part)
        for offset in range(_OFFSETS if many >= MANY_DIGITS else 1):
            if self._add_back(whole, before[offset:], cue=cue and not offset):
                return

    def _add_back(self, whole: Mention, parts: Sequence[Mention], *, cue: bool) -> bool:
        limit, step = whole.high, whole.step
        value = low = high = 0
        for count, part in enumerate(parts, 1):
            if part.step > step:
                least, most = span(part, whole)
            else:
                least, most = part.low, part.high
            low += least
            if low > limit:
                return False
            value += part.value
            high += most
            if high < whole.low or count < _PAIR:
                continue
            adding = Adding(whole, list(parts[:count]), value, low, high)
            fit = adding.fit()
            if fit and _believable_before(adding, fit, cue=cue):
                adding.parts.reverse()
                self._enter(adding, fit)
                return True
        return False

    # ── parts of the same measure, further away ──

    def _same_measure(self, line: list[Mention], at: int) -> None:
        whole = line[at]
        many = digits(whole)
        if whole.about or many < _PAIR or self._ledger.is_proven("sum", whole):
            return
        after = [
            part
            for part in line[at + 1 : at + 1 + _LINE]
            if part.depth <= whole.depth and part.sent > whole.sent
        ]
        before = [
            part
            for part in line[max(0, at - _LINE) : at]
            if part.depth <= whole.depth
            and (many > MANY_DIGITS or part.index not in self._ledger.children)
        ]
        before.reverse()
        if self._windows(whole, after, many) or self._windows(whole, before, many):
            return
        if many > MANY_DIGITS and len(before) > _SURPLUS:
            self._all_but_few(whole, before)

    def _windows(self, whole: Mention, side: list[Mention], many: int) -> bool:
        if whole.part == "delta" and whole.sign < 0:
            return False
        limit = whole.high
        for first in range(min(len(side), _STARTS)):
            value = low = high = 0
            for count, part in enumerate(side[first:], 1):
                least, most = span(part, whole) if part.step > whole.step else (part.low, part.high)
                if part.part == "delta" and part.sign < 0:
                    least, most = -most, -least
                    value -= part.value
                else:
                    value += part.value
                low += least
                high += most
                if low > limit and part.part == "level":
                    break
                if count < _PAIR or high < whole.low or low > limit:
                    continue
                adding = Adding(whole, side[first : first + count], value, low, high)
                fit = adding.fit()
                if not fit or adding.vague():
                    continue
                near = not first and (many >= FEW_DIGITS or _next_sentences(adding))
                if many >= MANY_DIGITS or near:
                    adding.parts.sort(key=lambda one: one.index)
                    self._enter(adding, fit)
                    return True
        return False

    def _all_but_few(self, whole: Mention, parts: Sequence[Mention]) -> None:
        """Try all parts but one or two: some amounts are told again for a group across others."""
        for count in range(len(parts), _SURPLUS, -1):
            chosen = parts[:count]
            surplus = sum(part.value for part in chosen) - whole.value
            if surplus < 0:
                return
            left = _left_over(chosen, surplus)
            if left:
                adding = Adding(whole, [])
                for part in reversed(chosen):
                    if part not in left:
                        adding.add(part)
                self._enter(adding, "exact")
                return

    def _enter(self, adding: Adding, fit: Fit) -> None:
        ledger, whole, parts = self._ledger, adding.whole, tuple(adding.parts)
        for part in parts:
            ledger.children.setdefault(part.index, whole.index)
        said = ""
        for part in parts:
            sign = "－" if part.part == "delta" and part.sign < 0 else "＋" if said else ""
            said += sign + ledger.text(part)
        also = "" if fit == "exact" else "（在四舍五入范围内）"
        message = f"{said}＝{ledger.text(whole)}{also}。"
        ledger.prove("sum", fit, whole, parts, message, (adding.low, adding.high))
        self.found.append(Sum(whole, parts))


def _believable_after(adding: Adding, fit: Fit, *, cue: bool) -> bool:
    """Whether a sum that holds is more than chance."""
    whole, parts = adding.whole, adding.parts
    if adding.vague():
        return cue and len(parts) <= _BRACKET and parts[0].sent == whole.sent
    many = digits(whole)
    if not alike(whole, parts):
        return False
    if cue or many >= MANY_DIGITS:
        return True
    last = parts[-1]
    if many >= FEW_DIGITS:
        return last.sent - whole.sent <= _NEAR
    # Small numbers meet by chance: they need the look of a list.
    if last.sent == whole.sent and fit == "exact":
        listed = all(part.sep in ("、", ",", ";") for part in parts[1:])
        return listed and any(word in whole.lead for word in _TOTALS)
    return all(_leading(one) for one in (whole, *parts)) and _next_sentences(adding)


def _believable_before(adding: Adding, fit: Fit, *, cue: bool) -> bool:
    if adding.vague():
        return False
    many = digits(adding.whole)
    if cue and (adding.parts[-1].sent == adding.whole.sent or many >= FEW_DIGITS):
        return True
    return many >= MANY_DIGITS and fit == "exact"


def _next_sentences(adding: Adding) -> bool:
    """Whether the parts stand in the sentences right behind the whole's, one in each."""
    first = adding.whole.sent + 1
    return [part.sent for part in adding.parts] == list(range(first, first + len(adding.parts)))


def _leading(mention: Mention) -> bool:
    """Whether a number is the first of its sentence."""
    return mention.sep in ("。", "\n", ":", "") or "。" in mention.gap or "\n" in mention.gap


def _left_over(parts: Sequence[Mention], surplus: int) -> tuple[Mention, ...]:
    """Give the one or two parts that make a surplus."""
    for at, one in enumerate(parts):
        if one.value == surplus:
            return (one,)
        for other in parts[at + 1 :]:
            if one.value + other.value == surplus:
                return (one, other)
    return ()


_WHOLE_STEPS: Final = (10**4 * ONE, 10**8 * ONE)
"""One unit of the last digit of 77万 and 3亿; that of 7.7万 is rounded."""


def span(part: Mention, whole: Mention) -> tuple[int, int]:
    """Give the bounds of a part beside its whole.

    77万元 among 358.4977万元 was not rounded to 万: where the whole is printed finer, a part
    printed without decimals stands for itself.
    """
    if part.step > whole.step and part.step in _WHOLE_STEPS and not part.about:
        return part.value, part.value
    return part.low, part.high


def alike(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts are counted as the whole is: 人 in 人次 and 个 in 所 are."""
    kinds = {part.dim for part in parts}
    if kinds == {whole.dim}:
        return True
    if whole.dim == "person_times":
        return kinds <= {"people", "person_times"}
    return whole.dim == "institutions" and kinds == {"institutions", "things"}


def digits(mention: Mention) -> int:
    """Count the printed digits of a number without the zeros at its ends.

    57.74 has four; 3000 has one.
    """
    if not mention.value or not mention.step:
        return 0
    return len(str(mention.value // mention.step).rstrip("0"))
