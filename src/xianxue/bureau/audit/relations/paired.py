"""Shares told together for amounts before them: «甲20人、乙30人,分别占教师的25%、37.5%»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.cores import Cores
from xianxue.bureau.audit.intervals import HUNDRED, bounds, fits_rate, rate_bounds
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.phrases import names, share
from xianxue.bureau.audit.relations.series import Series
from xianxue.bureau.audit.wording import rounded

_PAIR: Final = 2
_BACK: Final = 40
"""Numbers before the amounts among which their base is looked for."""
_AMONG: Final = re.compile(r"([^,。;:()\n ]{2,12})中,")
"""«专任教师中,»: of what the following amounts are parts."""


def judge_paired(ledger: Ledger, cores: Cores, found: Sequence[Series]) -> None:
    """Judge every series of shares against the amounts right before it."""
    for series in found:
        if series.part != "rate" or ledger.is_proven("rate", series.members[0]):
            continue
        how = share(series.lead)
        if how is None or not how.of:
            continue
        parts = _amounts(ledger, series)
        if parts:
            _judge(ledger, series.members, parts, _bases(ledger, cores, parts, how.base))


def _amounts(ledger: Ledger, series: Series) -> list[Mention]:
    """Give as many amounts of one measure before the shares as there are shares; or none."""
    first = series.members[0]
    taken: list[Mention] = []
    for one in reversed(ledger.mentions[max(0, first.index - _BACK) : first.index]):
        if one.sent != first.sent or one.form in ("percent", "mask"):
            break
        if one.form != "cardinal" or one.part != "level" or one.depth != first.depth:
            continue
        if taken and one.dim != taken[0].dim:
            continue
        if one.index != first.index - 1 and not taken:
            break
        taken.append(one)
        if len(taken) == len(series.members):
            return taken[::-1]
    return []


def _bases(
    ledger: Ledger, cores: Cores, parts: Sequence[Mention], name: str
) -> list[tuple[Mention, bool]]:
    """Give larger amounts before the parts, the nearest first; whether each is the named one."""
    among = _AMONG.search(parts[0].gap)
    wanted = [cores.plain(one) for one in (name, among[1] if among else "") if one]
    most = max(one.high for one in parts)
    found: list[tuple[Mention, bool]] = []
    for one in reversed(ledger.mentions[max(0, parts[0].index - _BACK) : parts[0].index]):
        if one.doc != parts[0].doc:
            break
        fitting = one.form == "cardinal" and one.part == "level" and one.dim == parts[0].dim
        if fitting and one.low >= most and not one.about:
            head = cores.plain(one.head)
            found.append((one, any(names(each, head) for each in wanted)))
    return found


def _judge(
    ledger: Ledger,
    shares: Sequence[Mention],
    parts: Sequence[Mention],
    bases: Sequence[tuple[Mention, bool]],
) -> None:
    best: tuple[int, Mention, bool] | None = None
    for base, named in bases:
        held = _held(shares, parts, base)
        if best is None or (held, named) > (best[0], best[2]):
            best = (held, base, named)
    if best is None:
        return
    held, base, named = best
    if not held and not (named and sum(one for _, one in bases) == 1 and len(shares) > _PAIR):
        return
    # One of two may hold by chance; then the base has to be named for the other to be wrong.
    if held < len(shares) and not named and held <= 1:
        return
    for rate, part in zip(shares, parts, strict=True):
        _enter(ledger, rate, part, base)


def _held(shares: Sequence[Mention], parts: Sequence[Mention], base: Mention) -> int:
    return sum(
        fits_rate(rate, bounds(part), bounds(base))
        for rate, part in zip(shares, parts, strict=True)
    )


def _enter(ledger: Ledger, rate: Mention, part: Mention, base: Mention) -> None:
    places = max(0, len(str(ONE // max(rate.step, 1))) - 1)
    low, high = rate_bounds(bounds(part), bounds(base))
    plain = rounded(part.value * HUNDRED, base.value, places)
    said = f"{ledger.text(part)}÷{ledger.text(base)}＝"
    if fits_rate(rate, bounds(part), bounds(base)):
        near = plain == rounded(rate.value, ONE, places)
        ledger.prove(
            "rate",
            "exact" if near else "rounding",
            rate,
            (part, base),
            f"{said}{plain}%，与所写的{ledger.text(rate)}一致。",
            (low, high),
        )
        return
    exact = rounded(part.value * HUNDRED, base.value, places + 1)
    ledger.refute(
        Finding(
            "inconsistent",
            "rate",
            rate,
            (part, base),
            f"按次序对应，{said}{exact}%，所写的是{ledger.text(rate)}。",
            low,
            high,
            f"按这两个数应为{plain}%。",
        )
    )
