"""Series: «分别为a、b、c», one value for each name, paired by their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from xianxue.bureau.audit.cores import Cores
from xianxue.bureau.audit.intervals import HUNDRED, bounds, fits_rate, rate_bounds
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention, Part
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.phrases import names, share
from xianxue.bureau.audit.relations.growth import Change, holds
from xianxue.bureau.audit.wording import places, rounded

_EACH: Final = "分别"
_SHORTEST: Final = 2
_SEPARATORS: Final = frozenset({"、", ",", "和", "及", "与", "以及"})


@dataclass(slots=True)
class Series:
    """Values told one after another."""

    members: list[Mention]
    lead: str
    part: Part
    """As its first member."""

    @property
    def first(self) -> Mention:
        """The first of its values."""
        return self.members[0]


def find_series(mentions: Sequence[Mention]) -> list[Series]:
    """Find every series and mark its members."""
    found: list[Series] = []
    at = 0
    while at < len(mentions):
        first = mentions[at]
        end = at + 1
        if first.form in ("cardinal", "percent", "points") and _EACH in first.lead:
            while end < len(mentions) and _continues(first, mentions[end]):
                end += 1
        if end - at >= _SHORTEST:
            series = Series(list(mentions[at:end]), first.lead, first.part)
            for member in series.members:
                member.series = len(found)
                member.part, member.sign, member.since = first.part, first.sign, first.since
            found.append(series)
        at = end
    return found


def _continues(first: Mention, following: Mention) -> bool:
    if following.form != first.form or following.sent != first.sent:
        return False
    same = following.dim == first.dim or not first.dim
    return same and following.gap.strip() in _SEPARATORS


def judge_series(ledger: Ledger, cores: Cores, found: Sequence[Series]) -> None:
    """Judge rates and growths of series against series of amounts in the same sentence."""
    for at, series in enumerate(found):
        _arity(ledger, series)
        amounts = [
            one
            for one in found[:at]
            if one.part == "level"
            and one.first.sent == series.first.sent
            and len(one.members) == len(series.members)
        ]
        if series.part == "rate" and amounts:
            _rates(ledger, cores, series, amounts)
        elif series.part == "growth" and series.first.form == "percent" and amounts:
            _growths(ledger, series, amounts)


def _arity(ledger: Ledger, series: Series) -> None:
    """Count the names before 分别: 小学、初中、高中的比例分别为 wants three values."""
    head = series.lead[: series.lead.rfind(_EACH)]
    if "、" not in head:
        return
    last = head.rsplit("、", 1)[1]
    wanted = head.count("、") + 1 + sum(last.count(one) for one in "和及与")
    have = len(series.members)
    if wanted == have:
        message = f"“分别”之前有{wanted}个名称，之后有{have}个数，一一对应。"
        limits = (have * ONE, have * ONE)
        ledger.prove("count", "exact", series.first, series.members[1:], message, limits)


def _base(cores: Cores, named: str, amounts: Sequence[Series]) -> Series | None:
    """Find the series that «占…的比例» names."""
    plain = cores.plain(named)
    for one in amounts:
        if names(plain, cores.plain(one.first.head)):
            return one
    return next((one for one in amounts if named in one.lead), None)


def _rates(ledger: Ledger, cores: Cores, series: Series, amounts: Sequence[Series]) -> None:
    how = share(series.lead)
    base = _base(cores, how.base, amounts) if how is not None and how.base else None
    parts = [one for one in amounts if one is not base]
    if base is None or not parts:
        return
    chosen = parts[-1]
    for part, whole, rate in zip(chosen.members, base.members, series.members, strict=True):
        if whole.low > 0:
            _rate(ledger, part, whole, rate)


def _rate(ledger: Ledger, part: Mention, whole: Mention, rate: Mention) -> None:
    low, high = rate_bounds(bounds(part), bounds(whole))
    divided, stated = f"{ledger.text(part)}÷{ledger.text(whole)}", ledger.text(rate)
    plain = rounded(part.value * HUNDRED, whole.value, places(rate))
    terms = (part, whole)
    if fits_rate(rate, bounds(part), bounds(whole)):
        message = f"{divided}＝{plain}%，与所写的{stated}一致。"
        ledger.prove("rate", "exact", rate, terms, message, (low, high))
        return
    exact = rounded(part.value * HUNDRED, whole.value, places(rate) + 2)
    message = f"按次序对应，{divided}＝{exact}%，所写的是{stated}。"
    do = f"按这两个数应为{plain}%。"
    ledger.refute(Finding("inconsistent", "rate", rate, terms, message, low, high, do))


def _growths(ledger: Ledger, series: Series, amounts: Sequence[Series]) -> None:
    """Judge growths of a series of years against the series of amounts they fit best."""
    if series.first.since not in ("prev", ""):
        return
    scored = [(_held(one, series), order) for order, one in enumerate(amounts)]
    held, order = max(scored)
    if not held:
        return
    members = amounts[order].members
    for at in range(1, len(members)):
        before, now, growth = members[at - 1], members[at], series.members[at]
        if before.low > 0:
            _grown(ledger, growth, now, before)


def _held(amounts: Series, growths: Series) -> int:
    """Count the growths that a series of amounts makes true."""
    count = 0
    for at in range(1, len(amounts.members)):
        before, now = amounts.members[at - 1], amounts.members[at]
        if before.low > 0:
            count += holds(growths.members[at], Change.between(now, before))
    return count


def _grown(ledger: Ledger, growth: Mention, now: Mention, before: Mention) -> None:
    change = Change.between(now, before)
    low, high = change.bounds()
    way = "下降" if change.value < 0 else "增长"
    said = f"{ledger.text(before)}到{ledger.text(now)}{way}"
    stated, terms = ledger.text(growth), (now, before)
    plain = change.shown(places(growth))
    if holds(growth, change):
        message = f"{said}{plain}%，与所写的{stated}一致。"
        ledger.prove("growth", "exact", growth, terms, message, (low, high))
        return
    message = f"按次序对应，{said}{change.shown(places(growth) + 2)}%，所写的是{stated}。"
    do = f"按这两个数应为{plain}%。"
    ledger.refute(Finding("inconsistent", "growth", growth, terms, message, low, high, do))
