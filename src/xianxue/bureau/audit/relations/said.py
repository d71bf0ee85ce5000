"""What is said of a sum that fails: by how much, and which single slips would explain it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.relations.sums import span
from xianxue.bureau.audit.slips import slip
from xianxue.bureau.audit.wording import shown
from xianxue.bureau.records.audited import Judgement

_HINTS: Final = 3
_HALF: Final = 2
_MOST_STEPS: Final = 3


def signed(value: int, mention: Mention) -> int:
    """Give a value with the direction of its change: 减少3人 is -3."""
    return -value if mention.part == "delta" and mention.sign < 0 else value


def least(mention: Mention) -> int:
    """Give the least a number may stand for, with its direction."""
    return min(signed(mention.low, mention), signed(mention.high, mention))


def most(mention: Mention) -> int:
    """Give the most a number may stand for, with its direction."""
    return max(signed(mention.low, mention), signed(mention.high, mention))


def misses(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether parts make more or less than a whole, beyond rounding."""
    spans = [span(part, whole) for part in parts]
    low, high = sum(one for one, _ in spans), sum(one for _, one in spans)
    return low > whole.high or high < whole.low


def slips(ledger: Ledger, whole: Mention, parts: Sequence[Mention]) -> list[str]:
    """Name every single slip that would explain the difference.

    Rounding is allowed for: a total may be any number that the parts' bounds allow.
    """
    text = ledger.text
    stated = signed(whole.value, whole)
    step = min(whole.step, *(part.step for part in parts))
    if not step or any(one.value % step for one in (whole, *parts)):
        return []
    told: list[str] = []
    totals = _totals(whole, parts, step)
    for total in totals:
        how = slip(abs(stated) // step, abs(total) // step) if stated * total > 0 else ""
        if how:
            told.append(f"总数{text(whole)}应为{shown(abs(total), whole, text(whole))}（{how}）")
            break
    for part in parts:
        for total in totals:
            wanted = part.value + signed(stated - total, part)
            how = slip(part.value // step, wanted // step) if wanted > 0 else ""
            if how:
                told.append(f"{text(part)}应为{shown(wanted, part, text(part))}（{how}）")
                break
    return told


def _totals(whole: Mention, parts: Sequence[Mention], step: int) -> list[int]:
    """Give the totals the parts allow, in steps of the last digit, the printed one first."""
    value = sum(signed(part.value, part) for part in parts)
    if whole.low == whole.high and all(part.low == part.high for part in parts):
        return [value]
    reach = min(len(parts) // _HALF, _MOST_STEPS)
    near = [value + steps * step for steps in range(-reach, reach + 1) if steps]
    return [value, *near]


class Speaker:
    """Enters sums that fail; each whole once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._refuted: set[int] = set()

    def silent(self, whole: Mention) -> bool:
        """Whether nothing needs to be said: the sum is proven, or was already called wrong."""
        return self.ledger.is_proven("sum", whole) or whole.index in self._refuted

    def slips(self, whole: Mention, parts: Sequence[Mention]) -> list[str]:
        """Name every single slip that would explain the difference."""
        return slips(self.ledger, whole, parts)

    def enter(self, whole: Mention, parts: Sequence[Mention], verdict: Judgement) -> None:
        """Call a sum wrong, with the computation and what would make it right."""
        if whole.index in self._refuted:
            return
        self._refuted.add(whole.index)
        ledger, text = self.ledger, self.ledger.text(whole)
        value = sum(signed(part.value, part) for part in parts)
        low, high = sum(least(part) for part in parts), sum(most(part) for part in parts)
        difference = shown(abs(value - signed(whole.value, whole)), whole, text)
        total = shown(value, whole, text)
        message = (
            f"{self._added(parts)}＝{total}，所写的是{text}，相差{difference}；"
            "从文中不能断定是哪一个数写错。"
        )
        beyond = max(low - most(whole), least(whole) - high)
        rounded = any(part.low != part.high for part in (whole, *parts))
        if rounded and 0 < beyond * _HALF <= whole.step:
            # Half a unit of the last digit beyond the bound is worth a look, no more.
            verdict = "remark"
            message = (
                f"{self._added(parts)}＝{total}，所写的是{text}，略微超出四舍五入能解释的范围。"
            )
        hints = self.slips(whole, parts)[:_HINTS]
        if value < signed(whole.value, whole):
            hints.append(f"漏列一项{difference}")
        also = f"；也可能是：{'；'.join(hints)}" if hints else ""
        suggestion = f"若各项都对，总数应为{total}{also}。"
        ledger.refute(Finding(verdict, "sum", whole, tuple(parts), message, low, high, suggestion))

    def _added(self, parts: Sequence[Mention]) -> str:
        said = ""
        for part in parts:
            sign = "－" if signed(1, part) < 0 else "＋" if said else ""
            said += sign + self.ledger.text(part)
        return said


def proven(ledger: Ledger, whole: Mention, parts: Sequence[Mention]) -> None:
    """Enter a sum of whatever direction as proven."""
    value = sum(signed(part.value, part) for part in parts)
    said = "＋".join(ledger.text(part) for part in parts)
    exact = value == signed(whole.value, whole)
    also = "" if exact else "（在四舍五入范围内）"
    bounds = (sum(least(part) for part in parts), sum(most(part) for part in parts))
    message = f"{said}＝{ledger.text(whole)}{also}。"
    ledger.prove("sum", "exact" if exact else "rounding", whole, parts, message, bounds)
