"""Changes: growth in per cent, differences, points, and their direction."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.audit.frames import Frame
from xianxue.bureau.audit.intervals import HUNDRED
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.wording import places, rounded, shown
from xianxue.bureau.records.audited import RelationKind
from xianxue.bureau.values.record import Record

_LATEST: Final = "年均"


class Change(Record):
    """A change and the amount it is measured on, each with bounds, in steps of 10⁻¹²."""

    value: int
    low: int
    high: int
    base: int
    base_low: int
    base_high: int

    @classmethod
    def between(cls, now: Mention, before: Mention) -> Change:
        """Give the change from one amount to another."""
        return cls(
            now.value - before.value,
            now.low - before.high,
            now.high - before.low,
            before.value,
            before.low,
            before.high,
        )

    @classmethod
    def by(cls, now: Mention, delta: Mention) -> Change:
        """Give a change that is told itself: now and by how much."""
        if delta.sign < 0:
            low, high = now.low + delta.low, now.high + delta.high
            value, base = -delta.value, now.value + delta.value
            return cls(value, -delta.high, -delta.low, base, low, high)
        low, high = now.low - delta.high, now.high - delta.low
        return cls(delta.value, delta.low, delta.high, now.value - delta.value, low, high)

    def bounds(self) -> tuple[int, int]:
        """Give the bounds of the growth in per cent; the base is above 0."""
        scale = HUNDRED * ONE
        low = self.low * scale // (self.base_high if self.low >= 0 else self.base_low)
        high = -(-self.high * scale // (self.base_low if self.high >= 0 else self.base_high))
        return low, high

    def shown(self, decimals: int) -> str:
        """Write the growth without its sign."""
        return rounded(abs(self.value) * HUNDRED, self.base, decimals)


def holds(growth: Mention, change: Change) -> bool:
    """Whether a stated growth can be that change."""
    low, high = change.bounds()
    sign = growth.sign or 1
    least, most = sorted((sign * growth.low, sign * growth.high))
    return low <= most and high >= least


def judge_changes(ledger: Ledger, frames: list[Frame]) -> None:
    """Judge everything that is told of changes."""
    for frame in frames:
        for prior in frame.priors:
            _difference(ledger, frame, prior)
            _direction(ledger, frame, prior)
        for growth in frame.growths:
            _growth(ledger, frame, growth)


def _same_since(first: Mention, second: Mention) -> bool:
    return first.since == second.since or not first.since or not second.since


def _growth(ledger: Ledger, frame: Frame, growth: Mention) -> None:
    level = frame.level
    if level.form != "cardinal" or growth.form != "percent" or _LATEST in growth.lead:
        return
    for prior in frame.priors:
        if prior.low > 0 and _same_since(prior, growth):
            judge_growth(ledger, growth, (level, prior), Change.between(level, prior))
            return
    for delta in frame.deltas:
        if not _same_since(delta, growth) or delta.sign * growth.sign < 0:
            continue
        change = Change.by(level, delta)
        if change.base_high < 0 and not delta.about and not level.about:
            _impossible(ledger, growth, level, delta)
            return
        if change.base_low > 0:
            judge_growth(ledger, growth, (level, delta), change)
            return


def judge_growth(
    ledger: Ledger, growth: Mention, terms: tuple[Mention, ...], change: Change
) -> None:
    """Enter a growth as proven or as wrong."""
    low, high = change.bounds()
    stated, told = ledger.text(growth), "、".join(ledger.text(one) for one in terms)
    plain = change.shown(places(growth))
    way = "下降" if change.value < 0 else "增长"
    if holds(growth, change):
        same = plain == rounded(growth.value, ONE, places(growth))
        message = f"由{told}算得{way}{plain}%，与所写的{stated}一致。"
        fit = "exact" if same else "rounding"
        ledger.prove("growth", fit, growth, terms, message, (low, high))
        return
    new = change.base + change.value
    wrong = abs(change.value) * HUNDRED * ONE
    by_new = new > 0 and growth.low * new <= wrong <= growth.high * new
    other = f"（{stated}是除以现值得来的，应除以原值）" if by_new else ""
    message = (
        f"由{told}算得{way}{change.shown(places(growth) + 1)}%，所写的是{stated}，"
        f"超出四舍五入能解释的范围{other}。"
    )
    do = f"按这两个数应为{plain}%；也可能是{told}中有一个写错。"
    verdict = "possible" if any(one.about for one in terms) else "inconsistent"
    ledger.refute(Finding(verdict, "growth", growth, terms, message, low, high, do))


def _impossible(ledger: Ledger, growth: Mention, level: Mention, delta: Mention) -> None:
    more, now = ledger.text(delta), ledger.text(level)
    message = f"{more}大于{now}：现有数比增加的还少。"
    do = "核对这两个数的单位，是不是漏写或多写了“万”。"
    finding = Finding("inconsistent", "growth", growth, (level, delta), message, suggestion=do)
    ledger.refute(finding)


def _difference(ledger: Ledger, frame: Frame, prior: Mention) -> None:
    level = frame.level
    rate = level.form == "percent"
    kind: RelationKind = "points" if rate else "difference"
    for change in frame.points if rate else frame.deltas:
        if _same_since(prior, change):
            _judge_difference(ledger, kind, change, (level, prior))
    for growth in frame.growths if rate else ():
        _misused_percent(ledger, level, prior, growth)


def _judge_difference(
    ledger: Ledger, kind: RelationKind, change: Mention, terms: tuple[Mention, Mention]
) -> None:
    level, prior = terms
    sign = change.sign or 1
    value = sign * (level.value - prior.value)
    low, high = sorted((sign * (level.low - prior.high), sign * (level.high - prior.low)))
    stated = ledger.text(change)
    number = shown(abs(value), change, stated)
    said = f"{ledger.text(level)}与{ledger.text(prior)}相差{number}"
    if low <= change.high and high >= change.low:
        fit = "exact" if value == change.value else "rounding"
        message = f"{said}，与所写的{stated}一致。"
        ledger.prove(kind, fit, change, terms, message, (low, high))
    elif value < 0 and -high <= change.high and -low >= change.low:
        return  # the words and the numbers point in opposite directions: said by _direction
    else:
        message, do = f"{said}，所写的是{stated}。", f"按这两个数应为{number}。"
        ledger.refute(Finding("inconsistent", kind, change, terms, message, low, high, do))


def _misused_percent(ledger: Ledger, level: Mention, prior: Mention, growth: Mention) -> None:
    """Judge «由85.2%提高到87.5%,提高2.3%»: points written as per cent."""
    sign = growth.sign or 1
    low, high = sorted((sign * (level.low - prior.high), sign * (level.high - prior.low)))
    terms = (level, prior)
    if low <= growth.high and high >= growth.low:
        number = rounded(sign * (level.value - prior.value), ONE, places(growth))
        message = (
            f"{ledger.text(level)}与{ledger.text(prior)}相差{number}个百分点，"
            f"写成了{ledger.text(growth)}。"
        )
        do = f"写作{number}个百分点。"
        ledger.refute(Finding("remark", "unit", growth, terms, message, low, high, do))
    elif prior.low > 0:
        judge_growth(ledger, growth, terms, Change.between(level, prior))


def _direction(ledger: Ledger, frame: Frame, prior: Mention) -> None:
    """Judge 增长 and 下降 against the two numbers."""
    level = frame.level
    told = (*frame.growths, *frame.deltas, *frame.points)
    words = [one for one in told if one.sign and _same_since(prior, one)]
    signs = {one.sign for one in words}
    if level.reached and level.sign:
        signs.add(level.sign)
    if len(signs) != 1:
        return
    sign = signs.pop()
    stated = words[0] if words else level
    now, before = ledger.text(level), ledger.text(prior)
    terms = (prior,) if stated is level else (level, prior)
    if level.high < prior.low if sign > 0 else level.low > prior.high:
        refute_direction(ledger, stated, terms, sign, (now, before))
    elif stated is level:
        message = f"{before}到{now}，与所说的方向一致。"
        ledger.prove("direction", "exact", level, terms, message)


def refute_direction(
    ledger: Ledger, stated: Mention, terms: tuple[Mention, ...], sign: int, told: tuple[str, str]
) -> None:
    """Say that the words (``sign`` 1: more, -1: less) go against the numbers ``told``.

    ``told`` is the number now and the number before, as the text has them.
    """
    now, before = told
    word, way = ("增", "小") if sign > 0 else ("减", "大")
    message = f"文中说{word}，而{now}{way}于{before}。"
    do = "核对两个数的先后，或改写增减的方向。"
    ledger.refute(Finding("inconsistent", "direction", stated, terms, message, suggestion=do))
