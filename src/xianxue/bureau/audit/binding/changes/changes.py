"""Changes: an amount at two times, and what is told of the step between them.

A claim is bound to the two amounts that are told last before it, or to an amount and the difference
that led to it; never to amounts of another thing, of another period or held against another year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from xianxue.bureau.audit.binding.changes.frames import Frame, frames_of
from xianxue.bureau.audit.binding.changes.grown import (
    EXCEPT,
    SEVERAL,
    YEARLY,
    by_amount,
    is_real,
    is_yearly,
    words_of,
)
from xianxue.bureau.audit.binding.changes.times import (
    forecast,
    held_against,
    in_turn,
    ordered,
    periods_differ,
    years_of,
    years_told,
)
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import replace

_RELATION: Final = {
    "growth": "growth", "points": "points", "more_times": "more_times", "times": "times",
    "doubled": "doubled", "delta": "change",
}  # fmt: skip
_OVERALL: Final = re.compile(
    r"累计|总共|一共|合计|总体|[两三四五六七八九十0-9]年(?:[间来]|$|共|总)|[两三四五六七八九十]年[提增上下降减]"
)
"""A claim of the whole way, not of its last step."""
_YEARLY_OF: Final = {
    "growth": "yearly", "change": "yearly_change", "points": "yearly_change",
}  # fmt: skip
_TOLD: Final = 4
"""Frames of the sentence before that may go on in the next."""
_OF_SEVERAL: Final = re.compile("总和|之和|合计|平均|[二三四五六七八九十两]年(?!前)")
"""So many times this is not told of one amount before: 是前五年总和的1.2倍."""
_FURTHER: Final = re.compile(r"(?:^|[月年日度底])(?:再|又|继续|另)")
"""A further change, behind one told with both its ends."""
_AMONG: Final = re.compile("全[国省市县区州盟校]|世界|全球|同类|本[省市县区]")
"""Among whom a place is held."""
_SOMEWHAT: Final = re.compile("(?:有所|略有|明显|大幅|显著|稍有)([\u4e00-\u9fff]{2})$")
_SOMEWHAT_THEN: Final = re.compile(
    r",(?:总体|整体|同比|[较比]?(?:上年|去年|上学年|上期)(?:同期)?|均|都|总量|数量|规模|人数){0,2}"
    r"(?:有所|略有|有了?|明显|大幅|显著|稍有|小幅)(?:明显|较大|大幅|显著)?的?([\u4e00-\u9fff]{2})(?=[。;,\n])"
)
_LOOK_BACK: Final = 40
"""Characters before an amount in which the clause before it may tell the direction."""

Pair = tuple[Quantity, Quantity]
"""The later amount and the earlier one."""


def bind_changes(reading: Reading) -> Iterator[Candidate]:
    """Give every change that the text may mean."""
    lone = {some[0].sentence: some[0] for some in reading.sentences if len(some) == 1}
    earlier: list[Frame] = []
    paragraph = -1
    for thread in reading.threads:
        first = thread[0]
        if first.paragraph != paragraph:
            paragraph, earlier = first.paragraph, []
        before = lone.get(first.sentence - 1)
        if before is not None and before.paragraph == paragraph:
            earlier = [*earlier[-_TOLD:], Frame(before.own, [before])]
        frames = frames_of(thread, reading.lexicon, earlier)
        if not first.depth and len({one.place for one in thread}) == 1:
            earlier = frames[-_TOLD:] or earlier
        for frame in frames:
            if len(frame.amounts) > 1:
                pairs = [ordered(*two, reading.lexicon) for two in _steps(frame.amounts)]
                for told, claim in _with_years(frame):
                    yield from _claimed(reading, frame, pairs, told, claim)
                yield from _directions(reading, frame, pairs)
            yield from by_amount(reading, frame)


def _steps(amounts: Sequence[Quantity]) -> Iterator[Pair]:
    """Give each amount with the one before it, or with the one that is held against several.

    «52.6%,比2022年的46.8%提升5.8个百分点,比2023年的49.9%提升2.7个百分点».
    """
    subject = amounts[0]
    for first, second in pairwise(amounts):
        against = first.prior and first.since and second.prior and second.since
        if not first.since:
            subject = first
        yield (subject if against else first), second


def _with_years(frame: Frame) -> Iterator[tuple[int, Quantity]]:
    """Give every claim; 下降24.8% right behind 2020年比2017年减少1294人 is of these years too."""
    last: Quantity | None = None
    for told, claim in frame.claims:
        goes_on = last is not None and claim.index == last.index + 1
        if last is not None and goes_on and not claim.since and not years_of(claim):
            last = replace(claim, lead=last.lead) if years_of(last) else claim
        else:
            last = claim
        yield told, last


def is_rank(reading: Reading, frame: Frame) -> bool:
    """Whether amounts are places in an order, where less is better."""
    first = frame.amounts[0]
    if any(word in first.lead for word in reading.lexicon.role("rank_noun")):
        return True
    # 第3层 is no place in an order, 第3名 is.
    return first.role == "rank" and (reading.norm[first.end - 1] in "位名" or not first.after)


def _scope(lead: str) -> str:
    found = _AMONG.search(lead)
    return found[0] if found else ""


def _claimed(
    reading: Reading, frame: Frame, pairs: Sequence[Pair | None], told: int, claim: Quantity
) -> Iterator[Candidate]:
    pair, cues = _told_of(frame, pairs, told, claim)
    if pair is None or is_real(reading, frame, claim) or not _fits_in_time(reading, claim, pair):
        return
    relation, years = _RELATION[claim.role], 0
    if claim.role == "times" and (
        _OF_SEVERAL.search(claim.lead) or not (claim.year == pair[1].year or pair[1].prior)
    ):
        return
    if is_yearly(frame, claim):
        years = 0 if claim.since else years_told(reading, claim, *pair)
        relation = _YEARLY_OF.get(relation, "")
        if not years or not relation:
            return
    if is_rank(reading, frame):
        relation = {"change": "rank_change"}.get(relation, "")
    elif relation == "change" and claim.unit in ("位", "名") and claim.dim != pair[0].dim:
        return
    if relation:
        seen = dict.fromkeys(("change", *cues, *_cues(reading, frame, claim, pair)))
        yield Candidate(relation, claim, pair, tuple(seen), years)


def _told_of(
    frame: Frame, pairs: Sequence[Pair | None], told: int, claim: Quantity
) -> tuple[Pair | None, list[str]]:
    """Give the two amounts a claim is told of, and what is unusual about it."""
    known = [pair for pair in pairs if pair is not None]
    pair: Pair | None = None
    cues: list[str] = []
    chain = len({one.run for one in frame.amounts}) == 1 or frame.amounts[-1].size == 1
    ahead = [one for one in pairs[: told - 1] if one is not None] if told else known
    if claim.size > 1 and chain and len(ahead) == (told - 1 if told else len(pairs)) >= claim.size:
        pair, cues = ahead[len(ahead) - claim.size + claim.place], ["list_of_years"]
    elif claim.size > 1 and chain and frame.amounts[-1].size == claim.size == len(known) + 1:
        # The growth of the first year is against one that is not printed.
        pair, cues = (known[claim.place - 1] if claim.place else None), ["list_of_years"]
    elif not told:
        pair, cues = (known[0] if len(known) == 1 else None), ["claim_first"]
    elif claim.size == 1 and len(known) > 1 and (years_of(claim) or "前年" in claim.lead):
        pair = _of_years(frame, known, claim)
    elif told > 2 and _of_all(claim) and len(known) == len(pairs) == told - 1:  # noqa: PLR2004 - a pair
        first, last = frame.amounts[0], frame.amounts[-1]
        up = all(new is old for (new, _), (_, old) in pairwise(known))
        down = all(old is new for (_, old), (new, _) in pairwise(known))
        pair = (last, first) if up else (first, last) if down else None
    elif told > 1 and pairs[told - 2] is not None:
        pair = pairs[told - 2]
        # 2024年120万元,2023年100万元,2022年90万元,增长20%: the growth is not of the year told last.
        if pair and any(one.year > pair[0].year > 0 for one in frame.amounts[:told]):
            pair = None
    elif told <= len(pairs):
        # 增长10%,上年为1200人: what it is held against follows.
        after, here = pairs[told - 1], frame.amounts[told - 1]
        reached = "基础上" in claim.lead or (
            here.since and here.prior and frame.amounts[told].index == claim.index + 1
        )
        pair = after if after and (after[0] is here or reached) else None
        # 较上年增长20%,去年150人: the claim has named the time that follows.
        cues = [] if pair and claim.since == "prev" and pair[1].prior else ["claim_between"]
        if "基础上" in claim.lead:
            cues = ["earlier"]
    return pair, cues


def _of_years(frame: Frame, known: Sequence[Pair], claim: Quantity) -> Pair | None:
    """Give the amounts of the years that a claim names: 2022年比2020年增长10%."""
    if "前年" in claim.lead:
        # 近三年分别为71%、74%和78%,今年比前年提高7个百分点
        *before, _, last = frame.amounts
        return last, before[-1]
    # 三年合计322万元 is of no year.
    by_year = {
        one.year: one
        for one in frame.amounts
        if one.year and (one.size > 1 or not SEVERAL.search(one.lead))
    }
    years = [year for year in years_of(claim) if year in by_year]
    if len(years) > 1:
        return by_year[max(years)], by_year[min(years)]
    if claim.since and claim.since != "prev" and years:
        last = frame.amounts[-1]
        return (last, by_year[years[0]]) if last.year > years[0] else None
    return next((pair for pair in known if [pair[0].year] == years), None)


def _of_all(claim: Quantity) -> bool:
    """Whether a claim is of the whole way, not of its last step."""
    return bool(_OVERALL.search(claim.lead) or YEARLY.search(claim.lead))


def _fits_in_time(reading: Reading, claim: Quantity, pair: Pair) -> bool:
    new, old = pair
    if periods_differ(new.lead, old.lead) or periods_differ(claim.lead, new.lead):
        return False
    if _FURTHER.search(claim.lead) and new.reached and old.prior:
        return False
    if forecast(claim.lead, reading.lexicon) and not forecast(new.lead, reading.lexicon):
        return False
    return held_against(claim, new, old, reading.lexicon)


def _cues(reading: Reading, frame: Frame, claim: Quantity, pair: Pair) -> Iterator[str]:
    new, old = pair
    seen = {
        "from_to": new.reached and (old.prior or new.sign),
        "earlier": old.prior and (old.lead or old.since or old.size > 1),
        "two_years": old.year and new.year and old.year != new.year,
        "in_turn": in_turn(new, old),
        "named_twice": new.own and new.own == old.own,
        "list_of_years": new.run == old.run and new.size > 1,
        "apart": not claim.own
        and ";" in reading.between(max(new, old, key=lambda one: one.index), claim),
        "of_whole": claim.index in frame.borrowed,
        "except": EXCEPT.search(words_of(reading, frame, claim)),
    }
    yield from (cue for cue, is_so in seen.items() if is_so)


def _said_behind(reading: Reading, new: Quantity, old: Quantity) -> int:
    """Give the direction told behind what an amount is held against: 比上年的915万元有所增长."""
    found = _SOMEWHAT.match(old.after) if old.since else None
    if not found and new.start > old.start:
        # 去年915万元,今年960万元,有所增加
        found = _SOMEWHAT_THEN.match(reading.norm, new.end)
    if not found:
        return 0
    lexicon = reading.lexicon
    return (found[1] in lexicon.role("up")) - (found[1] in lexicon.role("down"))


def _said_before(reading: Reading, frame: Frame) -> int:
    """Give the direction told in the clause before both: 标准予以提高,原来3万元,现在4万元."""
    first, second = frame.amounts[0], frame.amounts[-1]
    if len(frame.amounts) != len((first, second)) or frame.claims or not first.prior:
        return 0
    words = reading.norm[max(0, first.start - _LOOK_BACK) : first.start]
    before = words[: words.rfind(",") + 1].removesuffix(",").removesuffix("了")
    if not (first.own in ("", second.own) and before) or first.own[:1] not in ("", "每"):
        return 0
    lexicon = reading.lexicon
    down = any(before.endswith(word) for word in lexicon.role("down") if len(word) > 1)
    up = any(before.endswith(word) for word in lexicon.role("up") if len(word) > 1)
    return up - down


def _directions(
    reading: Reading, frame: Frame, pairs: Sequence[Pair | None]
) -> Iterator[Candidate]:
    """Give 增加到, 降至 with its two amounts: more must be more; of places in an order, less."""
    rank = is_rank(reading, frame)
    for pair in pairs:
        if pair is None:
            continue
        new, old = pair
        sign = new.sign if new.reached else 0
        sign = sign or _said_behind(reading, new, old) or _said_before(reading, frame)
        if not sign or periods_differ(new.lead, old.lead):
            continue
        if rank and _scope(new.lead) and _scope(old.lead) and _scope(new.lead) != _scope(old.lead):
            continue  # 由全省第8位提升到全国第15位
        if not rank and (new.unit in ("位", "名") or "提前" in new.lead or "移" in new.lead):
            continue
        up = (sign > 0) != rank
        yield Candidate(
            "up" if up else "down", new, (old,), ("change", *_cues(reading, frame, new, pair))
        )
