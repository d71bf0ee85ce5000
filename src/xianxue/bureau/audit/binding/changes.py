"""Changes: an amount at two times, and what is told of the step between them.

The numbers of a thread are put into frames: amounts of one thing, in the order of time, and the
claims made of them (a difference, a growth, points, so many times). A claim is bound to the two
amounts it is told of, or to an amount and the difference that led to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from xianxue.bureau.audit.binding.nouns import akin, like, same_noun
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_AMOUNTS: Final = frozenset({"level", "each", "rate", "rank"})
_CLAIMS: Final = frozenset({"delta", "growth", "points", "more_times", "times", "doubled"})
_REAL: Final = re.compile(r"生产总值|GDP|增加值|不变价|可比价|国民总收入|总产值")
"""Growth of these is told after prices: the printed amounts do not make it."""
_NOMINAL: Final = re.compile("名义|现价|当年价")
_YEARLY: Final = re.compile(r"年均|平均每年|每年平均|年平均|年递增|逐年递增|年复合")
_SPAN: Final = re.compile(r"([一二两三四五六七八九十]|[0-9]{1,2})年(?:间|来|里|内|平均|年均|时间)")
_DIGITS: Final = {one: at for at, one in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_RELATION: Final = {
    "growth": "growth", "points": "points", "more_times": "more_times", "times": "times",
    "doubled": "doubled", "delta": "change",
}  # fmt: skip


@dataclass(slots=True)
class Frame:
    """Amounts of one thing in the order they are told, and the claims made of them."""

    amounts: list[Quantity]
    claims: list[tuple[int, Quantity]] = field(default_factory=list[tuple[int, Quantity]])
    """How many amounts were told before a claim, and the claim."""


def bind_changes(reading: Reading) -> Iterator[Candidate]:
    """Give every change that the text may mean."""
    for thread in reading.threads:
        for frame in _frames(thread):
            yield from _candidates(reading, frame)


def _frames(thread: Sequence[Quantity]) -> list[Frame]:
    frames: list[Frame] = []
    waiting: list[Quantity] = []
    parallel = len({one.place for one in thread}) == 1
    for one in thread:
        if one.size > 1 and not parallel and not _of_years(one, thread) and one.role not in _CLAIMS:
            continue
        if one.role in _AMOUNTS:
            frame = _frame_of(one, frames)
            if frame is None:
                frame = Frame([one])
                frames.append(frame)
                frame.claims += [(0, claim) for claim in waiting if not claim.own]
                waiting.clear()
            else:
                frame.amounts.append(one)
        elif one.role in _CLAIMS:
            frame = _claimed(one, frames)
            if frame is None:
                waiting.append(one)
            else:
                frame.claims.append((len(frame.amounts), one))
    return frames


def _of_years(one: Quantity, thread: Sequence[Quantity]) -> bool:
    """Whether a list is of one thing in several years: its members are a chain."""
    run = [other for other in thread if other.run == one.run]
    return len({other.year for other in run}) == len(run) and all(other.year for other in run)


def _frame_of(one: Quantity, frames: Sequence[Frame]) -> Frame | None:
    """Find the frame an amount goes on with: the last one, of the same thing."""
    for frame in reversed(frames[-2:]):
        last = frame.amounts[-1]
        if like(one, last) and (
            _same_thing(one, frame) or (one.reached and one.sign and not one.own)
        ):
            return frame
    return None


def _same_thing(one: Quantity, frame: Frame) -> bool:
    first = frame.amounts[0]
    if one.prior or not one.own:
        return same_noun(one.own, first.noun)
    return bool(first.noun) and (one.own == first.noun or (first.prior and not first.own))


def _claimed(claim: Quantity, frames: Sequence[Frame]) -> Frame | None:
    """Find what a claim is told of: the last frame, or the last that its words name."""
    for frame in reversed(frames):
        last = frame.amounts[-1]
        if claim.role == "points" and last.form != "percent":
            continue
        if claim.role == "delta" and not (
            claim.dim == last.dim or not claim.dim or last.role == "rank"
        ):
            continue
        if not claim.own or akin(claim.own, frame.amounts[0].noun):
            return frame
        return None
    return None


def _candidates(reading: Reading, frame: Frame) -> Iterator[Candidate]:
    amounts = frame.amounts
    pairs = _pairs(amounts)
    run_place: dict[int, int] = {}
    for told, claim in frame.claims:
        if _is_real(reading, frame, claim):
            continue
        if claim.size > 1 and len(pairs) >= claim.size:
            pair = pairs[len(pairs) - claim.size + claim.place]
            yield _changed(reading, claim, pair, ("list_of_years",))
            continue
        known = [pair for pair in pairs if told == 0 or pair[2] < told]
        if known:
            yield _changed(reading, claim, known[-1], () if told else ("claim_first",))
        run_place[claim.run] = claim.place
    yield from _by_amount(frame)


def _pairs(amounts: Sequence[Quantity]) -> list[tuple[Quantity, Quantity, int]]:
    """Give (new, old, place of the later told) for every two amounts that follow one another."""
    pairs: list[tuple[Quantity, Quantity, int]] = []
    for at in range(1, len(amounts)):
        first, second = amounts[at - 1], amounts[at]
        if second.prior and not first.prior:
            pairs.append((first, second, at))
        elif first.prior and not second.prior:
            pairs.append((second, first, at))
        elif first.year and second.year and first.year != second.year:
            new, old = (second, first) if second.year > first.year else (first, second)
            pairs.append((new, old, at))
        elif second.reached and second.sign:
            pairs.append((second, first, at))
    return pairs


def _changed(
    reading: Reading, claim: Quantity, pair: tuple[Quantity, Quantity, int], more: Sequence[str]
) -> Candidate:
    new, old, _ = pair
    relation = _RELATION[claim.role]
    cues = ["change", *more]
    if old.reached or new.reached:
        cues.append("from_to")
    if old.prior and old.lead:
        cues.append("earlier")
    if old.year and new.year and old.year != new.year:
        cues.append("two_years")
    if new.own and old.own and new.own == old.own:
        cues.append("named_twice")
    words = reading.norm[min(new.start, old.start) : claim.start]
    if ";" in reading.between(max(new, old, key=lambda one: one.index), claim):
        cues.append("apart")
    years = 0
    if relation == "growth" and _YEARLY.search(claim.lead):
        years = _years(words, new, old)
        if years:
            relation = "yearly"
    return Candidate(relation, claim, (new, old), tuple(cues), years)


def _years(words: str, new: Quantity, old: Quantity) -> int:
    if new.year and old.year and new.year > old.year:
        return new.year - old.year
    found = _SPAN.search(words)
    if not found:
        return 0
    return int(found[1]) if found[1].isdigit() else _DIGITS[found[1]]


def _by_amount(frame: Frame) -> Iterator[Candidate]:
    """Give growths told beside the difference: 5000人,比上年增加200人,增长4.2%."""
    deltas = [(told, one) for told, one in frame.claims if one.role == "delta"]
    for told, claim in frame.claims:
        if claim.role != "growth" or not told:
            continue
        near = [
            one
            for at, one in deltas
            if at == told and one.sign == claim.sign and one.place == claim.place and one.dim
        ]
        if near:
            cues = ["growth_by"]
            yield Candidate("growth_by", claim, (frame.amounts[told - 1], near[-1]), tuple(cues))


def _is_real(reading: Reading, frame: Frame, claim: Quantity) -> bool:
    if claim.role not in ("growth", "more_times", "doubled"):
        return False
    first = min(frame.amounts[0].start, claim.start)
    words = reading.norm[max(0, first - 20) : claim.start]
    return bool(_REAL.search(words)) and not _NOMINAL.search(words)
