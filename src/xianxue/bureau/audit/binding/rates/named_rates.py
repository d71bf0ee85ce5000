"""Rates with a name of their own (参检率, 录取率), and how much of a plan is done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from xianxue.bureau.audit.binding.nouns import akin
from xianxue.bureau.audit.binding.rates.amounts import (
    before,
    blurred,
    divided,
    head,
    is_amount,
    joined,
    kin,
    label,
    share_of,
    told_within,
)
from xianxue.bureau.audit.binding.rates.claims import Claim
from xianxue.bureau.audit.binding.rates.portions import Spot, earlier
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity

_AND: Final = re.compile("(?<=[^平])和|及(?!格|时)|、")
"""Between two deeds that a rate is named after."""
_NEXT: Final = re.compile("、|和|及")
"""What stands behind it in a list belongs to the next number."""
_QUALIFIED: Final = re.compile(
    r"\((?:[按不以][^()]{0,12}|含([^()]{2,6})|含[^()]{7,12})\)[^0-9()]{0,4}$"
)
"""A bracket that says the rate is of something else than it seems: (含升学), (按人口)."""
_VERB: Final = 2
"""A rate's last two characters say what was done: 合格 of 监测合格率."""
_COMMON: Final = frozenset("的人数总实际了共年度全县市区校率")
"""Characters that names share by chance."""
_SAME_VERB: Final = 2
_LONG: Final = 8
"""Characters of a rate's name from which on it says of whom it is by itself."""
_NEAR: Final = 4
"""Numbers before a rate that its part is looked for among."""
_AHEAD: Final = 3
_LONGEST_LEAD: Final = 40


def bind_named(spot: Spot, name: str) -> Iterator[Candidate]:
    """Give what a rate with this name may be of."""
    amounts, stated = earlier(spot, spot.head), spot.stated
    quantities = spot.reading.quantities
    if not amounts and not stated.depth and stated.size == 1:
        yield from _ahead(spot, name)
    if not amounts or (stated.depth and quantities[stated.owner].form != "cardinal"):
        return
    between = quantities[amounts[0].index + 1 : stated.index]
    if any(one.role == "rate" and one.run != stated.run for one in between):
        return  # the part has its rate; this one is of something else
    late = _done_behind(spot, name, amounts)
    if late:
        yield from _of(spot, name, (late,), ())
        return
    lacks = bool(spot.words.lack.search(name))
    near = amounts[: 2 * _NEAR]
    alike = [one for one in near if bool(spot.words.lack.search(one.lead)) == lacks]
    alike = alike[:_NEAR]
    told = [one for one in alike if not spot.words.only_should(one.lead)]
    for parts, cues in _parts(spot, name, told):
        yield from _of(spot, name, parts, cues)
    if not any(_alike(spot, name, one) == _SAME_VERB for one in told):
        yield from _of_others(spot, name, near)


def _done_behind(spot: Spot, name: str, amounts: Sequence[Quantity]) -> Quantity | None:
    """Give what was done, told behind its rate: 重点项目128个,开工率93.8%,已开工120个."""
    behind = spot.reading.quantities[spot.stated.index + 1 : spot.stated.index + 2]
    if not behind or spot.stated.size > 1 or any(name[-_VERB:] in one.lead for one in amounts):
        return None
    one = behind[0]
    told = is_amount(one) and one.sentence == spot.stated.sentence and one.stop == ","
    did = spot.words.told_did.search(one.lead) or one.own == name[-_VERB:]
    return one if told and did and name[-_VERB:] in one.lead and kin(one, amounts[0]) else None


def _of_others(spot: Spot, name: str, near: Sequence[Quantity]) -> Iterator[Candidate]:
    """Give a rate of all but those who did not: 抽检500批次,不合格10批次,合格率98%."""
    part = next((one for one in near if f"不{name[-_VERB:]}" in one.lead + one.after), None)
    for base in before(spot.reading, part) if part else ():
        if part and is_amount(base) and kin(base, part) and base.low >= part.high:
            cues = ("rate_before", "rate_named", "whole_before")
            yield Candidate("rate_of_others", spot.stated, (part, base), cues)
            return


def _ahead(spot: Spot, name: str) -> Iterator[Candidate]:
    """Give what is told behind its rate: 参评率97%。应参评1250名,到会参评1175名."""
    stated = spot.stated
    near = [
        one
        for one in spot.reading.quantities[stated.index + 1 : stated.index + _AHEAD]
        if is_amount(one) and 0 <= one.sentence - stated.sentence <= 1
    ]
    if len(near) != _AHEAD - 1 or not kin(*near) or near[0].high < near[1].low:
        return
    base, part = near
    alike = _alike(spot, name, part)
    did = alike == _SAME_VERB or spot.words.told_did.search(part.lead)
    if spot.words.told_should.search(base.lead + base.after) and did:
        cues = _cues(spot, name, (part,), base)
        if cues is not None and base.paragraph == stated.paragraph:
            yield spot.told((part,), base, cues)


Portions = Iterator[tuple[tuple[Quantity, ...], tuple[str, ...]]]


def _parts(spot: Spot, name: str, near: Sequence[Quantity]) -> Portions:
    """Give the number the rate is named after; else the last, or it and the one it goes with."""
    if not near:
        return
    norm, last, verb = spot.reading.norm, near[0], name[-_VERB:]
    bracket = _QUALIFIED.search(norm, max(0, spot.head.start - _LONGEST_LEAD), spot.head.start)
    pieces = _AND.split(name)
    if len(pieces) > 1 and min(map(len, pieces)) >= _VERB:
        some = [next((one for one in near if label(one).endswith(piece)), None) for piece in pieces]
        found = sorted({one.index: one for one in some if one}.items())
        if len(found) == len(pieces):
            yield tuple(one for _, one in found), ("graded",)
        return  # 满意268件,基本满意6件,满意和基本满意率
    if len(near) > _SAME_VERB and spot.words.together.search(last.lead):
        yield (last,), ()  # 超重40人,肥胖20人,两项合计60人,超重肥胖率
        return
    named = next((one for one in near if _alike(spot, name, one) == _SAME_VERB), None)
    graded = [one for one in near if spot.words.graded(label(one), verb)]
    first = [one for sign in reversed(verb) for one in near if label(one)[-2:].startswith(sign)]
    if bracket:
        more = [one for one in near if bracket[1] and bracket[1] in one.lead and one is not named]
        both = sorted((*more, named or last), key=lambda one: one.index)
        yield (tuple(both), ("joint",)) if more else ((named or last,), ("qualified",))
    elif len(graded) > 1 and near[: len(graded)] == graded:
        # 非常满意600人,基本满意300人,满意率: of both.
        yield tuple(reversed(graded)), ("graded",)
        yield (graded[-1],), ("one_of_graded",)
    elif named:
        group = _told_of_all(spot, name, named, near)
        yield group, ("joint",) if len(group) > 1 else ()
    elif len(first) == len(verb) and first[0].index > first[1].index:
        yield tuple(reversed(first)), ("graded",)  # 优秀17所,良好33所,优良率
    elif (
        len(near) > _SAME_VERB
        and not _alike(spot, name, last)
        and _goes_with(spot, name, last, near[1])
    ):
        # 在园4482人,外地就读190人,毛入园率: the last has nothing of the name, but goes with one.
        yield (near[1], last), ("joint",)
    else:
        yield (last,), ()


def _told_of_all(
    spot: Spot, name: str, named: Quantity, near: Sequence[Quantity]
) -> tuple[Quantity, ...]:
    """Give the number a rate is named after, with those behind that share its deed.

    «今年轮岗的校长31名、园长19名,轮岗率»: what was done is told once.
    """
    some = [*near[: near.index(named)][::-1]]
    shared = f"{name[-_VERB:]}的" in named.lead and all(
        joined(spot.reading, *two) and two[0].dim == two[1].dim for two in pairwise([named, *some])
    )
    return (named, *some) if some and shared else (named,)


def _goes_with(spot: Spot, name: str, last: Quantity, one: Quantity) -> bool:
    return kin(one, last) and bool(_alike(spot, name, one))


def _of(
    spot: Spot, name: str, parts: Sequence[Quantity], more: tuple[str, ...]
) -> Iterator[Candidate]:
    found = 0
    ought = [
        one
        for one in spot.reading.quantities[parts[-1].index + 1 : spot.head.index]
        if is_amount(one) and spot.words.only_should(one.lead)
    ]
    earlier_ones = [*before(spot.reading, parts[0])]
    size, place = spot.stated.size, spot.stated.place
    if size > 1 and any(one.size == size and is_amount(one) for one in earlier_ones):
        # 三校参考300、200、100人,共600人;上线150、90、60人,上线率: each of its own.
        earlier_ones = [one for one in earlier_ones if (one.size, one.place) == (size, place)]
    for base in chain(ought, earlier_ones):
        if blurred(base, parts[-1]):
            return
        if not is_amount(base) or not kin(base, parts[-1]):
            continue
        if "rate_between" not in more and _has_share(spot, base):
            # 合格475人,合格率95%,优秀90人,优秀率…: of those who passed, or of all as they are?
            more = (*more, "rate_between")
        if base.high < sum(one.low for one in parts):
            continue
        apart = base.sentence != parts[0].sentence
        beside = next((one for one in before(spot.reading, base, 0) if is_amount(one)), base)
        if apart and (divided(spot.reading, base) or joined(spot.reading, beside, base)):
            return
        cues = _cues(spot, name, parts, base)
        if cues is None:
            continue
        yield spot.told(parts, base, (*more, *cues, *(("nearer_whole",) if found else ())))
        found += 1
        if found > 1:
            return


def _has_share(spot: Spot, base: Quantity) -> bool:
    told = share_of(spot.reading, base, spot.stated)
    return bool(told) and not spot.words.told_should.search(base.lead)


def _cues(
    spot: Spot, name: str, parts: Sequence[Quantity], base: Quantity
) -> tuple[str, ...] | None:
    words, part = spot.words, parts[-1]
    alike = max(_alike(spot, name, one) for one in parts)
    told = "".join(head(spot.reading, one).lead + one.after for one in parts)
    text = head(spot.reading, base).lead + base.after
    should, did = words.should.search(text), words.did.search(told)
    plain = words.told_should.search(text) and words.told_did.search(part.lead)
    if joined(spot.reading, base, parts[0]):
        return None
    if not should and _alike(spot, name, base) == alike == _SAME_VERB:
        return None  # both were admitted: neither is who might have been
    if base.dim != part.dim and not plain:
        return None
    if alike < _SAME_VERB and len(name) > _LONG:
        alike = 0  # 省内生产的…药品抽检覆盖率 has a subject of its own
    inside = told_within(spot.reading, base, parts[0])
    if plain and (not words.opinion.search(name) or words.generic.search(name)):
        alike = max(alike, 1)
    # 列入检查计划160家,检查了136家,覆盖面: of whatever was done last.
    bare = part.own[-_VERB:] in base.lead or words.deed.search(part.own[-_VERB:])
    last = part.index == spot.head.index - 1 and len(name) <= _LONG // 2
    of_deed = bool(last and part.own and (bare or inside) and words.generic.search(name))
    alike = max(alike, int(of_deed))
    aligned = base.size == part.size == spot.stated.size > 1
    step = _has_share(spot, base) and words.follows(name, part.lead, base.lead)
    cues = {
        "rate_before": True,
        ("rate_unlike", "rate_alike", "rate_named")[alike]: True,
        "should": should,
        "bare_verb": not should and len(parts) == 1 and part.own == name[-_VERB:],
        "next_step": step,
        "other_deed": not should and not step and bool(words.deed.search(base.own)),
        "within_whole": inside,
        "did": did,
        "lists_aligned": aligned,
        "rate_unsure": alike < _SAME_VERB and not (of_deed or aligned or (should and did)),
        "sentence_before": base.sentence != part.sentence,
        "other_population": _other_population(spot, name, text, told)
        or _of_others_said(spot, name, text + told)
        or spot.names.strangers(text, told),
    }
    return tuple(cue for cue, holds in cues.items() if holds)


def _other_population(spot: Spot, name: str, base: str, part: str) -> bool:
    """Whether a rate is of fewer than the whole: 小学 in its name, not in the whole's."""
    words = spot.words
    tracks = set(words.track.findall(name + part)) - set(words.track.findall(base))
    stages = [one for one in words.stage.findall(name) if not set(one) <= set(base + part)]
    return bool(tracks or stages)


def _of_others_said(spot: Spot, name: str, told: str) -> bool:
    """Whether what a rate says of its part is told of other numbers only: 对口升学, 对口就业率."""
    qualifier = name[:-_VERB]
    near = spot.reading.quantities[max(0, spot.stated.index - 2 * _NEAR) : spot.stated.index + 2]
    return (
        len(qualifier) >= _VERB
        and qualifier not in told
        and any(qualifier in one.lead for one in near if one.form == "cardinal")
    )


def _alike(spot: Spot, name: str, one: Quantity) -> int:
    """Whether a rate is named after a number: 2 by its verb, 1 by signs of its name, 0 not."""
    verb = name[-_VERB:]
    text = head(spot.reading, one).lead + _NEXT.split(one.after)[0]
    if verb in text or all(sign in text for sign in verb):
        return _SAME_VERB
    if any(sign in text for sign in verb if sign not in _COMMON):
        return 1
    return int(sum(sign in text for sign in set(name) - _COMMON) >= _VERB)


# ── 完成预算的 ──


def bind_completion(spot: Spot, claim: Claim) -> Iterator[Candidate]:
    """Give what was planned and what was done, where a plan is told as completed."""
    words = spot.words
    amounts = earlier(spot, spot.head, added=True) or _rates_before(spot)
    if not amounts:
        # 完成率达104%,原定7500人,实际7800人: both are told behind it.
        near = [one for one in _behind(spot) if is_amount(one)]
        amounts = near[::-1] if len(near) > 1 else []
    if len(amounts) > 1 and words.planned.search(amounts[0].lead):
        # «实际1190人,目标1400人»: the plan is told behind what was done.
        amounts = [amounts[1], amounts[0], *amounts[2:]]
    if not amounts or words.planned.search(amounts[0].lead):
        return
    part, found = amounts[0], 0
    subject = "" if "率" in spot.head.own else spot.head.own.rpartition("完成")[0]
    if len(subject) > 1 and not akin(subject, label(part)):
        return  # 因公出国费完成预算的0%: of another thing than was just told
    ahead = [one for one in _behind(spot) if one.index > part.index and is_amount(one)]
    again = [one for one in before(spot.reading, part, 2) if part.own[-_VERB:] in one.lead]
    if not part.own.strip("已目前") or (again and claim.base.endswith("率")):
        # «任务是40公里。…。目前完成34公里,完成率85%»: what was done says of what by itself not.
        ahead += [one for one in before(spot.reading, part, 2) if one.sentence != part.sentence]
    kinds = set(words.plan_kind.findall(claim.base))
    # 中央资金2000万元,省级资金1000万元,支付进度85%: of neither is said that it was done.
    done = "进度" not in claim.base or bool(words.did_so.search(claim.base + part.lead))
    for base in (*amounts[1:], *ahead):
        other = kinds - set(words.plan_kind.findall(base.lead)) - {"全年"}
        if done and not other and kin(base, part) and _is_plan(spot, base, part):
            cues = ("completion", "plan_named", *(("nearer_whole",) if found else ()))
            yield spot.told((part,), base, cues)
            found += 1


def _is_plan(spot: Spot, base: Quantity, part: Quantity) -> bool:
    """Whether a number is a plan that is not told as completed by another number already."""
    between = spot.reading.quantities[base.index + 1 : part.index]
    by_so_many = spot.words.beyond.search(base.lead)  # 超过总目标108个
    planned = spot.words.plan_base.search(base.lead) and not by_so_many
    return bool(planned) and not any(one.role == "rate" for one in between)


def _behind(spot: Spot) -> list[Quantity]:
    """Give the numbers right behind a percentage in its sentence."""
    stated = spot.stated
    near = spot.reading.quantities[stated.index + 1 : stated.index + _AHEAD]
    return [one for one in near if one.sentence == stated.sentence]


def _rates_before(spot: Spot) -> list[Quantity]:
    """Give what was reached and what was aimed at, where both are rates: 目标98%,实际98.71%."""
    rates = [
        one
        for one in before(spot.reading, spot.head, 0)
        if one.form == "percent" and one.role == "rate"
    ]
    reached = len(rates) == _SAME_VERB and spot.words.told_did.search(rates[0].lead)
    return rates if reached else []
