"""Shares of one complete set: they add to 100, and their parts to the whole.

That a set is complete is said by its names (男 and 女, the three sectors, 满意 to 不满意), by a
rest (其余占), or by a list that has its shares told in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from xianxue.bureau.audit.binding.rates.amounts import head, is_amount, is_pointer, label
from xianxue.bureau.audit.binding.rates.calling import Names
from xianxue.bureau.audit.binding.rates.claims import Claim, Words
from xianxue.bureau.audit.binding.rates.portions import IN_ORDER
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.judging.relations import HUNDRED
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.numerals import ONE
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_NEAR: Final = 12 * ONE
"""How far from 100 the shares of a complete list may add up where one of them is wrong."""
_SHORT: Final = 3 * ONE
"""How much less than 100 they may add up to, to be shares of all parts, perhaps."""
_BEHIND: Final = 12
_HUNDRED_SAID: Final = re.compile(r"[,;(]?(?:合计|共计|总计|三者合计|相加)为?100(?:\.0+)?%")
_ONE_OF: Final = re.compile(r"单选|[三四五]选一")
_ASKED: Final = re.compile("问卷|评价|认为|表示|选择|受访|回答")
"""With the answers in quotation marks: one can be given only."""
_HEAD: Final = 60
"""Characters before a list that may say of what it is."""
_OF_THEM: Final = re.compile(r"^.{1,12}[人生师员校园户]中(?![学专职考小])")
"""Of whom it is told: 学生中男生占."""
_SEVERAL: Final = 3
"""So many shares that add to a hundred are of all."""
_AGES: Final = re.compile(
    r"([0-9]{1,3})(?:周?岁)?(?:[-—~至到]{1,2}([0-9]{1,3}))?(?:周?岁)?及?(以下|以内|以上)?[^0-9,;。]{0,8}$"
)
_OLD: Final = 999
_SIGNS: Final = re.compile('[“”"、的]')
_BEHIND_IT: Final = re.compile(r"^[是为]([\u4e00-\u9fff]{1,8})$")
_LABEL: Final = re.compile(r"([\u4e00-\u9fff]{1,8}):$")
_Told = tuple[Quantity, Claim]


class Sets:
    """The names that part a whole completely."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.rest = re.compile(f"^{lexicon.any_of('rest')}")
        self._sets: list[tuple[re.Pattern[str], list[set[str]]]] = []
        for some in lexicon.role("share_set"):
            parts = [set(part.split("=")) for part in some.split("/")]
            words = sorted({word for part in parts for word in part}, key=lambda one: -len(one))
            self._sets.append((re.compile("|".join(words)), parts))

    def complete(self, texts: Sequence[str], count: int) -> bool:
        """Whether these words name every part of one set, each once."""
        for words, parts in self._sets:
            if len(parts) != count:
                continue
            texts = [_OF_THEM.sub("", text) for text in texts]
            found = [word for text in texts for word in words.findall(text)]
            # 男教师 and 女教师 part the teachers; 公办园 and 民办园中普惠园 part nothing.
            of = {_SIGNS.sub("", words.sub("", text)) for text in texts} - {""}
            if len(found) == count and len(of) <= 1 and all(part & set(found) for part in parts):
                return True
        return False


def bind_sets(reading: Reading) -> Iterator[Candidate]:
    """Give what shares of one set may mean together."""
    words, sets = reading.lexicon.made(Words), reading.lexicon.made(Sets)
    for sentence in reading.sentences:
        rates = [one for one in sentence if one.form == "percent" and one.role == "rate"]
        if len(rates) > 1:
            told = [(one, _claim(reading, words, one)) for one in rates if not one.prior]
            shares = [(one, claim) for one, claim in told if claim and claim.shape == "share"]
            yield from _groups(reading, sets, sentence, shares)


def _claim(reading: Reading, words: Words, one: Quantity) -> Claim | None:
    """Give what is claimed of a rate; by itself beside a name it may be a share too: 满意:80%."""
    found = words.claim(head(reading, one))
    ahead = reading.norm[max(0, one.start - _HEAD) : one.start].rpartition("。")[2]
    if (found and found.shape != "aside") or one.own or one.size > 1 or "率" in ahead:
        return found  # 到校率:男生:98%,女生:97% are no shares
    name = _BEHIND_IT.match(one.after)
    if name is None and one.stop.endswith(":"):
        name = _LABEL.search(reading.norm, max(0, one.start - _BEHIND), one.start)
    return Claim("share", name[1]) if name else None


def _groups(
    reading: Reading, sets: Sets, sentence: Sequence[Quantity], shares: Sequence[_Told]
) -> Iterator[Candidate]:
    """Part the shares of a sentence into lists, and those told one by one."""
    for size, some in groupby(shares, key=lambda one: (one[0].size, one[0].depth)):
        group = list(some)
        if size[0] == 1:
            yield from _one_by_one(reading, sets, group)
            continue
        for _, members in groupby(group, key=lambda one: one[0].run):
            run = list(members)
            if len(run) == size[0]:
                yield from _listed(reading, sets, sentence, run)


def _one_by_one(reading: Reading, sets: Sets, group: list[_Told]) -> Iterator[Candidate]:
    texts = [_text(reading, one, claim) for one, claim in group]
    values = [one for one, _ in group]
    if len({claim.base for _, claim in group} - {""}) > 1 or len(group) == 1:
        return
    complete = sets.complete(texts, len(group)) or _of_ages(reading, values)
    parts = _own_amounts(reading, group)
    if parts:
        cue = "set_named" if complete else _adding(values)
        if complete or (cue and len(parts) >= _SEVERAL and not any(c.base for _, c in group)):
            yield from _of_sum(values, parts, ("share_said", cue))
    elif not _amount_before(reading, *group[-1]) and complete:
        yield Candidate("rest_of_shares", values[-1], tuple(values[:-1]), ("set_named",))
    elif sets.rest.search(texts[-1]) and not any(claim.base for _, claim in group[1:]):
        yield Candidate("rest_of_shares", values[-1], tuple(values[:-1]), ("rest_said",))


def _of_ages(reading: Reading, values: Sequence[Quantity]) -> bool:
    """Whether shares are of ages that touch and leave none out: 0-14岁, 15-59岁, 60岁以上."""
    bands: list[tuple[int, int]] = []
    for one in values:
        norm = reading.norm
        start = max(
            norm.rfind(stop, max(0, one.start - _HEAD), one.start) for stop in ",;。:、中\n"
        )
        found = _AGES.match(norm, start + 1, one.start)
        if found is None:
            return False
        low, high, way = found.groups()
        under = way in ("以下", "以内")
        bands.append((0, int(low)) if under else (int(low), int(high or 0) if not way else _OLD))
    bands.sort()
    touch = all(0 <= low - high <= 1 for (_, high), (low, _) in pairwise(bands))
    return len(bands) >= _SEVERAL and touch and bands[0][0] == 0 and bands[-1][1] == _OLD


def _adding(values: Sequence[Quantity]) -> str:
    """Say how near to a hundred shares add: those of some parts alone are never above it."""
    over = sum(one.value for one in values) - HUNDRED
    if abs(over) <= sum(one.step for one in values):
        return "set_adds"
    if 0 < over <= _NEAR:
        return "set_exceeds"
    return "set_falls_short" if -_SHORT <= over < 0 else ""


def _amount_before(reading: Reading, one: Quantity, claim: Claim) -> Quantity | None:
    """Give the amount that a share is told of: 女教师1560人,占65%."""
    before = reading.quantities[one.index - 1]
    told = is_amount(before) and before.sentence == one.sentence and not claim.subject
    return before if told else None


def _own_amounts(reading: Reading, group: list[_Told]) -> list[Quantity]:
    """Give the amounts of shares that each have their own; none where one has not."""
    parts = [_amount_before(reading, one, claim) for one, claim in group]
    found = [one for one in parts if one is not None]
    return found if len(found) == len(group) and len({one.dim for one in found}) == 1 else []


def _of_sum(
    values: Sequence[Quantity], parts: Sequence[Quantity], cues: tuple[str, ...]
) -> Iterator[Candidate]:
    """Give each share as that of its part in all parts; some are trimmed to add to a hundred."""
    trimmed = sum(one.value for one in values) == HUNDRED
    for place, one in enumerate(values):
        others = [other for at, other in enumerate(parts) if at != place]
        yield Candidate("share_of_sum", one, (parts[place], *others), cues, int(trimmed))


def _text(reading: Reading, one: Quantity, claim: Claim) -> str:
    """Give the words that name a share's part: its subject, or those of the amount before it."""
    if claim.subject:
        return claim.subject
    before = reading.quantities[one.index - 1] if one.index else one
    return label(before) if is_amount(before) and before.sentence == one.sentence else one.own


def _listed(
    reading: Reading, sets: Sets, sentence: Sequence[Quantity], run: list[_Told]
) -> Iterator[Candidate]:
    """Give the shares of a list: of the amounts listed before, and of 100."""
    values, claim = [one for one, _ in run], run[0][1]
    names, words = reading.lexicon.made(Names), reading.lexicon.made(Words)
    counts = _counts(sentence, values)
    first = counts[0] if counts else values[0]
    named = sets.complete([first.lead], len(run)) or _said_all(reading, first, values[-1])
    if named:
        yield Candidate("rest_of_shares", values[-1], tuple(values[:-1]), ("set_named",))
    base = "" if words.of_all.search(claim.base) else names.clean(claim.base)
    within = bool(base) and base in reading.norm[max(0, first.start - _HEAD) : first.start]
    if not counts or (base and not within and not named):
        return
    total = sum(one.value for one in values)
    cues = ["share_said", "list_by_place", "list_sum"]
    cues.append("near_hundred" if abs(total - HUNDRED) <= _NEAR else "not_hundred")
    yield from _of_sum(values, counts, tuple(cues))


def _said_all(reading: Reading, first: Quantity, last: Quantity) -> bool:
    """Whether it is said that a list is of all: 合计100%, 三选一."""
    behind = reading.norm[last.end : last.end + _BEHIND]
    ahead = reading.norm[max(0, first.start - _HEAD) : first.start].rpartition("。")[2]
    asked = "“" in ahead and _ASKED.search(ahead)
    return bool(_HUNDRED_SAID.match(behind) or _ONE_OF.search(ahead) or asked)


def _counts(sentence: Sequence[Quantity], values: Sequence[Quantity]) -> list[Quantity]:
    """Give the amounts that a list of shares is of: listed, or told one by one, right before it."""
    size, found = len(values), list[Quantity]()
    apart: list[Quantity] = []
    for one in sentence:
        if one.index >= values[0].index:
            break
        if not is_amount(one) or is_pointer(one) or one.depth != values[0].depth:
            continue
        if one.size == size:
            found = [*found, one] if one.place else [one]
        apart.append(one)
    last = apart[-size:]
    each = len(last) == size and {one.size for one in last} == {1}
    if each and len({one.dim for one in last}) == 1 and IN_ORDER.search(values[0].lead):
        return last
    return found if len(found) == size else []
