"""Gaps: by how much one thing is ahead of another.

«公用经费增长9.8%,快于人员经费(6.3%)3.5个百分点»: two numbers of one form with two names, a
word that sets one against the other, and the distance between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.nouns import FORMER, akin, in_order, like
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading
from xianxue.bureau.values.record import replace

_BY_FORM: Final = {
    (name, form): name if form != "cardinal" else f"{name}_by"
    for name in ("ahead", "apart")
    for form in ("points", "percent", "cardinal")
}
_DISTANCES: Final = frozenset({"points", "gap", "delta"})
_LEFT: Final = frozenset({"level", "gap", "delta"})
_BARE: Final = 3
"""A lead as short as this says 高出 or 领先 and names nothing."""
_NAME: Final = 2
"""Characters by which a name is known where a clause begins with it."""
_BOTH: Final = 2
_BACK: Final = 4
"""Numbers looked back for the one that is set against another."""
_VALUED: Final = frozenset({"cardinal", "percent", "points"})
_BREAK: Final = re.compile("[。;!?\n]")
_APART: Final = re.compile(r"相差|差距|相距|差")
_AGAINST: Final = re.compile(r"(?<![同环对占])[比较](?!例|重)")
_AVERAGE: Final = re.compile(r"全[国省市州区县].{0,4}(?:平均|均值|水平)")
_LONE: Final = {"高": 1, "快": 1, "多": 1, "好": 1, "低": -1, "慢": -1, "少": -1, "差": -1}
"""Words for ahead and behind that say so only as the last before the distance."""
_CHANGED: Final = re.compile(r"提高|上升|下降|降低|增加|减少|回落|提升|同比|上年|去年")
_GROWTHS: Final = ("增速", "增幅", "涨幅", "增长率", "同比增速", "同比增幅")
_LONGEST: Final = 40
"""Characters between two numbers that are set against one another."""


class Words:
    """Words of what should be, what was, and what is left between them; made once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.norm = re.compile(lexicon.any_of("norm", "expected"))
        self.done = re.compile(lexicon.any_of("fulfilled"))
        self.aside = re.compile(lexicon.any_of("aside"))
        less, more = lexicon.any_of("left_less"), lexicon.any_of("left_more")
        self.left = re.compile(
            rf"(?:[比较](?:年度|年初)?{lexicon.any_of('norm', 'expected')}[数额]?)?"
            rf"(?:目前|现|共|尚|还|仍|实际|,)*(?:(?P<less>{less})|{more})[\u4e00-\u9fff]{{0,3}}$"
        )


def bind_gaps(reading: Reading) -> Iterator[Candidate]:
    """Give every distance between two things that the text may mean."""
    words = reading.lexicon.made(Words)
    lone = {some[0].sentence: some[0] for some in reading.sentences if len(some) == 1}
    for thread in reading.threads:
        valued = [one for one in thread if one.form in _VALUED]
        told = lone.get(thread[0].sentence - 1)
        if told is not None and told.role in _DISTANCES and len(valued) >= _BOTH:
            # 比全省平均快1.5个百分点!我县增长7.4%,而全省平均为5.9%.
            yield from _claim_first(reading, told, valued[0], valued[1])
        for at, one in enumerate(valued):
            if at and one.role in _DISTANCES:
                yield from _gap(reading, valued, at)
            if at > 1 and one.role == "points":
                yield from _of_growths(reading, valued[at - 2], valued[at - 1], one)
            if one.role in _DISTANCES and at + _BOTH < len(valued):
                yield from _claim_first(reading, one, *valued[at + 1 : at + _BOTH + 1])
            if one.role == "gap" and at > 1:
                yield from _excess(reading, valued[at - 2], valued[at - 1], one)
            if at > 1 and one.role in _LEFT and (short := words.left.match(one.lead)):
                yield from _left(words, valued[:at], one, -1 if short["less"] else 1)


def _gap(reading: Reading, valued: Sequence[Quantity], at: int) -> Iterator[Candidate]:
    claim, near = valued[at], valued[at - 1]
    if claim.size > 1 or _CHANGED.search(claim.lead) or claim.after.startswith("的"):
        return  # 低于5%的控制比例 is no distance
    if near.size > 1:
        both = near.size == _BOTH and like(near, valued[at - _BOTH])
        if both and _comparable(replace(near, size=1), near, claim) and _APART.search(claim.lead):
            # 男女生分别为1204人和1156人,相差48人
            yield Candidate(_BY_FORM["apart", claim.form], claim, (valued[at - 2], near), ("gap",))
        return
    # Changes told between may be passed over: 98%,比上年提高2个百分点,高于全省(96.5%)1.5个百分点.
    before = [one for one in valued[max(0, at - _BACK) : at - 1] if one.role != claim.role]
    if before and _comparable(before[-1], near, claim):
        words = reading.between(valued[at - 2], near)
        yield from _after(reading, words, (before[-1], near), claim)
    elif at + 1 < len(valued) and _comparable(near, valued[at + 1], claim):
        yield from _before(reading, near, claim, valued[at + 1])


def _left(words: Words, told: Sequence[Quantity], claim: Quantity, way: int) -> Iterator[Candidate]:
    """Give «编制420名,实有396名,空编24名», «计划6.5万亩,完成5.2万亩,完成率80%,尚余1.3万亩»."""
    near = [one for one in told[-_BACK:] if one.dim == claim.dim and one.form == "cardinal"][-2:]
    since = claim.since and not words.norm.match(claim.since)
    if len(near) < _BOTH or claim.form != "cardinal" or claim.size > 1 or since:
        return
    norm, done = near
    if words.norm.search(done.lead) and not words.done.search(done.lead):
        norm, done = done, norm
    fitting = words.norm.search(norm.lead) and words.done.search(done.lead)
    if not fitting or claim.clause - min(norm.clause, done.clause) > _BACK or claim.depth:
        return
    first, second = (norm, done) if way < 0 else (done, norm)
    if first.value > second.value and not words.aside.search(claim.lead):
        pair = (first, second) if claim.sign >= 0 else (second, first)
        yield Candidate("net", claim, pair, ("gap", "set_against"))


def _of_growths(
    reading: Reading, new: Quantity, old: Quantity, claim: Quantity
) -> Iterator[Candidate]:
    """Give «增长6.1%,比上年增速5.2%加快0.9个百分点»: points between the growths of two years."""
    between = reading.between(new, old)
    told = new.role == "growth" and old.since == "prev" and old.form == new.form == "percent"
    if not told or claim.clause != old.clause or claim.own not in ("", *_GROWTHS):
        return
    if claim.sign and old.own in ("", *_GROWTHS) and not _BREAK.search(between):
        yield Candidate("points", claim, (new, old), ("gap", "set_against"))


def _claim_first(
    reading: Reading, claim: Quantity, first: Quantity, second: Quantity
) -> Iterator[Candidate]:
    """Give «差距4.7个百分点,其中城区98.1%、乡村93.4%» and «比全市高8个百分点,全市35%,我县43%»."""
    if not _comparable(first, second, claim) or first.clause - claim.clause > 1:
        return
    if ";" in first.stop:
        return
    if not _DISTANCES.isdisjoint((first.role, second.role)):
        return  # 语文相差14分,数学相差19分,英语相差23分: each is told of its own subject
    two = first.own and second.own and first.own != second.own
    if two and _APART.search(claim.lead):
        name = _BY_FORM["apart", claim.form]
        yield Candidate(name, claim, (first, second), ("gap", "set_against", "claim_first"))
        return
    found, way = _AGAINST.search(claim.lead), _way(reading, claim.lead)
    base = claim.lead[found.end() :] if found else _behind_word(reading, claim.lead)
    if base and way and not _CHANGED.search(claim.lead):
        told = akin(base, second.lead) - akin(base, first.lead)
        if told:
            yield _ahead(way * told, first, second, claim, "claim_first")


def _behind_word(reading: Reading, words: str) -> str:
    """Give what stands behind 高于, 落后于 …"""
    listed = (*reading.lexicon.role("ahead"), *reading.lexicon.role("behind"))
    return max((words.partition(word)[2] for word in listed if word in words), key=len, default="")


def _excess(
    reading: Reading, first: Quantity, second: Quantity, claim: Quantity
) -> Iterator[Candidate]:
    """Give «校车核载50人,实际载客60人,超载20%»: more than a norm by so much of it."""
    norms = [
        any(word in one.lead for word in reading.lexicon.role("norm")) for one in (first, second)
    ]
    if norms[0] == norms[1] or not like(first, second) or claim.own or "超" not in claim.lead:
        return
    if first.form != "cardinal" or not first.dim or second.clause - first.clause > 1:
        return
    if claim.clause - second.clause > 1 or (claim.form == "cardinal" and claim.dim != first.dim):
        return
    pair = (second, first) if norms[0] else (first, second)
    relation = "growth" if claim.form == "percent" else "change"
    yield Candidate(relation, claim, pair, ("gap", "set_against"))


def _comparable(one: Quantity, other: Quantity, claim: Quantity) -> bool:
    if not like(one, other) or one.size > 1:
        return False
    # 增幅7.4%,而全省平均为5.9%: what an average is of, the other one says.
    # 增长5.8%,比全市5.1%高0.7个百分点; 全省增速6.0%,我市5.2%: the name of the measure goes on.
    named = not other.own and (other.since or other.role == "rate")
    if one.role != other.role and not (other.depth or named or _AVERAGE.search(other.lead)):
        return False
    return one.form == "percent" if claim.form == "points" else one.dim == claim.dim != ""


def _after(
    reading: Reading, between: str, pair: tuple[Quantity, Quantity], claim: Quantity
) -> Iterator[Candidate]:
    """Give «…12.0%,高于…7.5%,快4.5个百分点» and «城区97%,农村91.5%,相差5.5个百分点»."""
    first, second = pair
    if "最" in claim.lead and "最" not in first.lead:
        return  # 最高与最低相差16分: of all that were told
    last = reading.between(second, claim)
    if len(between) > _LONGEST or _BREAK.search(between) or _BREAK.search(last):
        return
    if _CHANGED.search(between) and _AGAINST.search(between):
        return
    way = _way(reading, between)
    if way or _AGAINST.search(between):
        way = way or _way(reading, claim.lead)
        if claim.own and not _way(reading, claim.own):
            return  # of another subject
    elif first.lead != second.lead:
        way = _named_way(reading, first, second, claim)
        if not way and first.own and second.own and _APART.search(claim.lead):
            yield Candidate(_BY_FORM["apart", claim.form], claim, (first, second), ("gap",))
            return
    if way:
        yield _ahead(way, first, second, claim)
    elif _APART.search(claim.lead) and (
        _AGAINST.search(between) or ("最" in first.lead and "最" in second.lead)
    ):
        yield Candidate(_BY_FORM["apart", claim.form], claim, (first, second), ("gap",))


def _ahead(way: int, first: Quantity, second: Quantity, claim: Quantity, *more: str) -> Candidate:
    pair = (first, second) if way > 0 else (second, first)
    return Candidate(_BY_FORM["ahead", claim.form], claim, pair, ("gap", "set_against", *more))


def _before(
    reading: Reading, second: Quantity, claim: Quantity, first: Quantity
) -> Iterator[Candidate]:
    """Give «比全市平均值(88.5%)高6.3个百分点,我区为93.8%»."""
    start = max(0, second.start - _LONGEST)
    before = _BREAK.split(reading.norm[start : second.start])[-1].rpartition(",")[2]
    way = _way(reading, claim.lead)
    if way and first.own and akin(first.own, _behind_word(reading, claim.lead)):
        # 增长8.5%,高于收入增幅2.5个百分点,收入增长6.0%: what it is held against follows.
        yield _ahead(way, second, first, claim)
        return
    way = way or _way(reading, before)
    against = _AGAINST.search(before) or _way(reading, before)
    if not (way and against) or _BREAK.search(reading.between(claim, first)):
        return
    if _APART.search(claim.lead) and second.own:
        return
    if (
        (first.own or "达" in first.lead)
        and not _CHANGED.search(before)
        and first.clause - claim.clause <= 1
    ):
        yield _ahead(way, first, second, claim, "claim_first")


def _way(reading: Reading, words: str) -> int:
    """Say whether words put what was told before ahead (1) or behind (-1)."""
    lexicon = reading.lexicon
    behind = max((words.rfind(word) for word in lexicon.role("behind")), default=-1)
    ahead = max((words.rfind(word) for word in lexicon.role("ahead")), default=-1)
    if behind < 0 and ahead < 0 and "最" in words[-2:]:
        return 0  # 最高97分,最低68分
    if behind < 0 and ahead < 0:
        return _LONE.get(words.rstrip("了达约为近)")[-1:], 0)
    return 1 if ahead > behind else -1


def _named_way(reading: Reading, first: Quantity, second: Quantity, claim: Quantity) -> int:
    """Say which of two names a claim puts ahead: 城区比农村高5.5个百分点, 农村低5.5个百分点."""
    lead = claim.lead
    words = [*reading.lexicon.role("ahead"), *reading.lexicon.role("behind"), "比", "较"]
    places = [(lead.rfind(word), -len(word)) for word in words if word in lead]
    way = _way(reading, lead)
    if not way:
        return 0
    if FORMER.search(lead):
        return way if "前者" in lead.partition("比")[0] else -way
    if not places and (told := akin(first.own, lead) - akin(second.own, lead)):
        return way * told
    if not places or len(lead) <= _BARE:
        # 我县43.2%,全市平均35.0%,高出8.2个百分点: of the one that is no average.
        base = [
            any(word in one.lead for word in reading.lexicon.role("baseline"))
            for one in (first, second)
        ]
        return way * (base[1] - base[0])
    at, width = max(places) if "比" not in lead else (lead.index("比"), -1)
    if not at:
        # 比全国快1.3个百分点: what it is held against is named, and the other one is meant.
        base = lead[-width:][:_NAME]
        starts = [one.lead.lstrip("而其中").startswith(base) for one in (first, second)]
        return way * (starts[1] - starts[0]) if len(base) == _NAME else 0
    return way * in_order(lead[:at], lead[at - width :], first, second)
