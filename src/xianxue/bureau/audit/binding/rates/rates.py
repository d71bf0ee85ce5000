"""Rates: a percentage that is the share of a part in a whole.

What is claimed is read from the words before the percentage: 占…的, 占比, a rate with a name of
its own (参检率), the completion of a plan. Then its part is looked for, and the whole it is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.audit.binding.rates.amounts import before, is_amount, kin, label
from xianxue.bureau.audit.binding.rates.claims import Claim
from xianxue.bureau.audit.binding.rates.named_rates import bind_completion, bind_named
from xianxue.bureau.audit.binding.rates.named_wholes import Amounts, composed_whole, named_wholes
from xianxue.bureau.audit.binding.rates.portions import Spot, behind, peers, portions
from xianxue.bureau.audit.binding.rates.sets import Sets
from xianxue.bureau.audit.binding.rates.wholes import Base, later_total, wholes
from xianxue.bureau.audit.judging.candidate import Candidate
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.text import Reading

_INSIDE: Final = re.compile(r"[^,;:()。、和]{0,10}的(?:比例|比重)?(?:约|近|超过|逾|为|达)?")
"""Between a whole told inside 占…的 and the share: 学校的."""
_IN_ALL: Final = re.compile(
    r"[^,;:()。、0-9]{0,10}(?:当中|之中|中|里)所?占(?:比例?|比重)?(?:约|近|超过|逾|为|达|到|了)*"
)
"""Between a whole told with 在 and the share: 在210名校长中占比."""
_AMONG: Final = re.compile(
    r"(?:^|(?<=[。,;:\n]))([^,;:()。、0-9]{2,12}?)(?<![初高其集年])(?:当中|之中|中)(?=[,有:])"
)
_OWN_AMONG: Final = re.compile(r"([^,;:()。、0-9]{2,12}?)(?<![初高其集年])中(?![学专职考小])")
"""What a part's own clause takes it from: 专任教师中本科学历270人."""
_AMONG_NEAR: Final = 4
"""Numbers before a part, the words of one of which may say what it is taken from too."""
_CLAUSE: Final = re.compile(r"[,;:。\n]")
_OF_PERIOD: Final = re.compile("(?:其中)?(?:[上下]半年|[一二三四]季度|[0-9]{1,2}月份?)占")
"""上半年占比超过一半: what fell into a time is not printed."""
_SECTION: Final = 200
"""Characters before a part in which its sentence begins."""
_TELLS_INSIDE: Final = re.compile(r"(占|完成|达到?|相当于|为|是)([^占]*)$")


def bind_rates(reading: Reading) -> Iterator[Candidate]:
    """Give every share that the text may mean."""
    amounts = Amounts(reading)
    for sentence in reading.sentences:
        hidden = -1
        for one in sentence:
            if one.form != "percent" or one.role != "rate":
                continue
            spot = Spot.of(reading, one, amounts)
            if (
                _OF_PERIOD.match(one.lead)
                or spot.words.hoped.search(spot.head.lead)
                or (one.prior and not spot.words.completed.search(spot.head.lead))
            ):
                continue
            inside = _inside(spot)
            if inside is not None:
                base, subject, beyond = inside
                yield from _of_inside(spot, base, subject, beyond=beyond)
                continue
            claim = spot.words.claim(spot.head)
            if claim is None:
                continue
            found = list(_claimed(spot, claim, hidden))
            yield from found
            if claim.shape == "share" and claim.base and not found and not _told_again(spot):
                hidden = one.index


def _claimed(spot: Spot, claim: Claim, hidden: int) -> Iterator[Candidate]:
    if claim.shape == "share":
        yield from _share(spot, claim, hidden)
    elif claim.shape == "rate":
        yield from bind_named(spot, claim.subject)
    elif claim.shape == "completion":
        yield from bind_completion(spot, claim)
    else:
        yield from _aside(spot)


# ── 占140所学校的80% ──


def _inside(spot: Spot) -> tuple[Quantity, str, bool] | None:
    """Give the whole told inside 占…的, the words before it, and whether more can be done."""
    first = spot.head
    if not first.index or first.stop not in ("", ")"):
        return None
    base = spot.reading.quantities[first.index - 1]
    if not is_amount(base):
        return None
    between, lead, norm = spot.reading.between(base, first), base.lead, spot.reading.norm
    if base.depth > first.depth and between.startswith(")"):
        # 占登记志愿者(约2000人)的六成: the whole's number stands in a bracket.
        at = norm.rfind("(", max(0, base.start - _SECTION), base.start)
        between, lead = between[1:], _CLAUSE.split(norm[max(0, at - _SECTION) : at])[-1]
    if lead.endswith("在") and _IN_ALL.fullmatch(between):
        return base, "", False
    tells = _TELLS_INSIDE.search(lead) if _INSIDE.fullmatch(between) else None
    if not tells:
        return None
    return base, spot.words.tail.sub("", lead[: tells.start()]), tells[1] != "占"


def _of_inside(spot: Spot, base: Quantity, subject: str, *, beyond: bool) -> Iterator[Candidate]:
    for parts, cues in list(portions(spot, base, subject)) or behind(spot, subject):
        if kin(parts[-1], base) and (beyond or _fits(parts, base)):
            yield spot.told(parts, base, ("base_inside", *cues))


# ── 占…的, 占比 ──


def _share(spot: Spot, claim: Claim, hidden: int) -> Iterator[Candidate]:
    found = list(portions(spot, spot.head, claim.subject)) or behind(spot, claim.subject)
    among = spot.names.part.search(spot.head.lead)
    for parts, cues in found:
        if among and {"subject_alike", "subject_partly"} & {*cues}:
            continue  # «入学191人,其中随班就读占61.78%»: of a part that is not printed
        bases = list(_bases(spot, claim, parts))
        if not bases and len(parts) == 1:
            yield from _of_composed(spot, claim, parts[0])
        apart = all(base.whole.sentence != parts[-1].sentence for base in bases)
        if apart and len(parts) == 1 and not claim.base:
            yield from _of_set(spot, parts[0])
        for base in bases:
            if _fits(parts, base.whole):
                more = ("hidden_base",) if not claim.base and base.opened < hidden >= 0 else ()
                yield spot.told(parts, base.whole, ("share_said", *base.cues, *cues, *more))


def _of_composed(spot: Spot, claim: Claim, part: Quantity) -> Iterator[Candidate]:
    """Give the parts of a named whole that is not printed, where they are all printed."""
    name = spot.names.clean(claim.base)
    some = composed_whole(spot.reading, spot.names, name, part) if name else ()
    if some:
        terms = (part, *(one for one in some if one is not part))
        yield Candidate("share_of_sum", spot.stated, terms, ("share_said", "whole_composed"))


def _of_set(spot: Spot, part: Quantity) -> Iterator[Candidate]:
    """Give the share in all parts of a set that is named whole: 男40人,女60人,女性占60%."""
    sets = spot.reading.lexicon.made(Sets)
    near = [one for one in before(spot.reading, spot.head, 0) if is_amount(one) and one.size == 1]
    for count in (3, 2):
        some = near[:count]
        whole = part in some and {one.dim for one in some} == {part.dim}
        told = [label(one) for one in some]
        if whole and sets.complete(told, count) and not spot.words.between.search("".join(told)):
            others = (one for one in some if one is not part)
            yield Candidate(
                "share_of_sum", spot.stated, (part, *others), ("share_said", "set_named")
            )
            return


def _bases(spot: Spot, claim: Claim, parts: Sequence[Quantity]) -> Iterator[Base]:
    """Give the wholes: by the name that the share says, or by where they stand."""
    reading, names, stated = spot.reading, spot.names, spot.stated
    name = names.clean(claim.base)
    among, open_to = ("", False) if name else _among(reading, parts[0])
    inner = named_wholes(reading, spot.amounts, names.clean(among), parts, stated) if among else ()
    found = [Base(base.whole, (*base.cues, "among_named")) for base in inner]
    yield from found
    if found or (among and not open_to):
        return
    if name and not spot.words.of_all.search(claim.base):
        named = list(named_wholes(reading, spot.amounts, name, parts, stated))
        # 占全市学校的: of all of them, not of the 民办学校 before it
        wide = spot.words.scope.search(claim.base)
        yield from named or ([] if wide else _like_named(spot, name, parts))
    elif name or not spot.words.scope.search(claim.base):
        # 占全省的 is of another area's.
        later = later_total(reading, names, stated, parts[-1])
        yield from [later] if later else []
        yield from wholes(reading, names, stated, parts, peers(spot))


def _like_named(spot: Spot, name: str, parts: Sequence[Quantity]) -> Iterator[Base]:
    """Give the whole that leads, where its name ends as said: 安全事故12起,…占事故总数的."""
    for base in wholes(spot.reading, spot.names, spot.stated, parts, peers(spot)):
        leads = {"part_of", "whole_before"} & {*base.cues}
        cue = spot.names.shortened(name, base.whole) if leads else ""
        if cue:
            yield Base(base.whole, (*base.cues, cue), base.opened)


def _among(reading: Reading, part: Quantity) -> tuple[str, bool]:
    """Give what a sentence takes its parts from, and whether its name may be something else.

    «拟聘人员中,硕士108人,占22.8%;…男127人» says it of all; «教师中硕士8人» by a part's own words.
    """
    norm = reading.norm
    least = max(0, part.start - _SECTION)
    begin = max(least, *(norm.rfind(stop, least, part.start) + 1 for stop in "。\n"))
    if norm.find("中", begin, part.start) < 0:
        return "", False
    found = list(_AMONG.finditer(norm, begin, part.start))
    if found:
        return found[-1][1], False
    near = reading.quantities[max(0, part.index - _AMONG_NEAR) : part.index + 1]
    for one in reversed(near):
        own = _OWN_AMONG.match(one.lead) if one.sentence == part.sentence else None
        if own:
            return own[1], True
    return "", False


def _fits(parts: Sequence[Quantity], whole: Quantity) -> bool:
    """Whether the parts could be of the whole: no share is above a hundred."""
    return sum(one.low for one in parts) <= whole.high


def _told_again(spot: Spot) -> bool:
    """Whether another share of the same part was told right before."""
    last = spot.reading.quantities[spot.stated.index - 1]
    return last.form == "percent" and last.sentence == spot.stated.sentence


# ── 25%(784人), 784人(28%) ──


def _aside(spot: Spot) -> Iterator[Candidate]:
    """Give a share that stands beside its part, one of them in a bracket."""
    stated, quantities = spot.stated, spot.reading.quantities
    after = quantities[stated.index + 1 : stated.index + 2]
    if after and after[0].owner == stated.index and is_amount(after[0]):
        part = after[0]
        for base in before(spot.reading, stated, 0):
            if is_amount(base) and kin(base, part) and base.high >= part.low:
                inside = "中" in spot.reading.between(base, stated)
                yield spot.told((part,), base, ("aside", "part_of" if inside else "whole_before"))
                return
        return
    part = quantities[max(0, stated.index - 1)]
    beside = stated.depth and stated.owner == part.index
    # 一年花了240万元,其中慰问54万元,即22.5%
    that_is = stated.stop == "," and stated.lead == "即" and spot.names.part.search(part.lead)
    if (beside or that_is) and part.sentence == stated.sentence and is_amount(part):
        for base in wholes(spot.reading, spot.names, stated, (part,)):
            yield spot.told((part,), base.whole, ("aside", *base.cues))
