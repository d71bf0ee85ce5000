"""Shares that add to 100: «38564人,占82.8%;7984人,占17.2%», whose total is often not printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.audit.intervals import HUNDRED, bounds, fits_rate, rate_bounds
from xianxue.bureau.audit.ledger import Finding, Ledger
from xianxue.bureau.audit.mention import Mention
from xianxue.bureau.audit.numerals import ONE
from xianxue.bureau.audit.relations.rates import Rates
from xianxue.bureau.audit.relations.telling import Told
from xianxue.bureau.audit.wording import places, rounded, shown

_PAIR: Final = 2
_LONGEST: Final = 23
"""Shares before one that may make 100 with it."""


class Shares:
    """Judges runs of shares."""

    def __init__(self, ledger: Ledger, rates: Rates) -> None:
        self._ledger = ledger
        self._rates = rates

    def judge(self, told: Sequence[Told]) -> None:
        """Find the runs that make 100, and hold each share against the sum of its run."""
        run: list[Told] = []
        for one in told:
            if not (one.how.of or not one.rate.lead) or one.rate.about or one.part.about:
                run = []
                continue
            if run and not _goes_on(run[-1], one):
                run = []
            run = [*run[-_LONGEST:], one]
            if self._ends(run):
                run = []

    def _ends(self, run: Sequence[Told]) -> bool:
        for first in range(len(run) - 1):
            chosen = run[first:]
            total = sum(one.rate.value for one in chosen)
            slack = sum(one.rate.step for one in chosen) // _PAIR
            if abs(total - HUNDRED * ONE) <= slack:
                self._judge(chosen, trimmed=total == HUNDRED * ONE)
                return True
        return False

    def _judge(self, run: Sequence[Told], *, trimmed: bool) -> None:
        parts = [one.part for one in run]
        whole = (sum(one.low for one in parts), sum(one.high for one in parts))
        printed = self._printed(parts)
        if printed is not None:
            for one in run:
                if fits_rate(one.rate, bounds(one.part), bounds(printed)):
                    self._rates.enter(one, (one.part,), printed)
        elif self._against_printed(run, parts, whole):
            return
        failed: list[Told] = []
        for one in run:
            if self._rates.settled(one):
                continue
            if self._fits(one, whole, trimmed=trimmed):
                self._rates.enter_hidden(one, parts)
            else:
                failed.append(one)
        if len(failed) == 1:
            self._one_failed(failed[0], parts, whole)
        elif failed:
            self._many_failed(run, failed, parts, whole)

    def _fits(self, told: Told, whole: tuple[int, int], *, trimmed: bool) -> bool:
        rate, part = told.rate, told.part
        if whole[0] <= 0:
            return False
        if fits_rate(rate, bounds(part), whole):
            return True
        # Shares are often trimmed so that they add to 100: one unit of the last digit is let be.
        low, high = rate_bounds(bounds(part), whole)
        return trimmed and low <= rate.high + rate.step and high >= rate.low - rate.step

    def _printed(self, parts: Sequence[Mention]) -> Mention | None:
        """Give the printed whole that all parts of a run make, where there is one."""
        wholes = {self._ledger.children.get(part.index, -1) for part in parts}
        at = wholes.pop() if len(wholes) == 1 else -1
        return self._ledger.mentions[at] if at >= 0 else None

    def _against_printed(
        self, run: Sequence[Told], parts: Sequence[Mention], sums: tuple[int, int]
    ) -> bool:
        """Judge a run whose shares all fit a printed whole that its numbers do not make."""
        ledger = self._ledger
        for whole in run[0].bases:
            if whole.sent != run[0].rate.sent or whole in parts or not whole.whole:
                continue
            if sums[0] <= whole.high and sums[1] >= whole.low:
                continue
            if not all(fits_rate(one.rate, bounds(one.part), bounds(whole)) for one in run):
                continue
            for one in run:
                self._rates.enter(one, (one.part,), whole)
            said = "＋".join(ledger.text(one) for one in parts)
            total = shown(sum(one.value for one in parts), whole, ledger.text(whole))
            message = f"各项占比合为100%，但{said}＝{total}，所写的总数是{ledger.text(whole)}。"
            do = f"若各项都对，总数应为{total}。"
            ledger.refute(Finding("inconsistent", "sum", whole, tuple(parts), message, *sums, do))
            return True
        return False

    def _one_failed(self, told: Told, parts: Sequence[Mention], whole: tuple[int, int]) -> None:
        if self._rates.proves(told) or whole[0] <= 0:
            return
        ledger, rate, part = self._ledger, told.rate, told.part
        total = sum(one.value for one in parts)
        said = "＋".join(ledger.text(one) for one in parts)
        exact = rounded(part.value * HUNDRED, total, places(rate) + 1)
        plain = rounded(part.value * HUNDRED, total, places(rate))
        message = f"{ledger.text(part)}÷（{said}）＝{exact}%，所写的是{ledger.text(rate)}。"
        do = f"按各项之和应为{plain}%。"
        limits = rate_bounds(bounds(part), whole)
        terms = (part, *(one for one in parts if one is not part))
        ledger.refute(Finding("inconsistent", "rate", rate, terms, message, *limits, do))

    def _many_failed(
        self,
        run: Sequence[Told],
        failed: Sequence[Told],
        parts: Sequence[Mention],
        whole: tuple[int, int],
    ) -> None:
        """Say that a run's numbers and shares do not fit, unless a printed base makes them fit."""
        left = [one for one in failed if not self._rates.proves(one)]
        if not left or whole[0] <= 0:
            return
        ledger = self._ledger
        for one in run:
            proof = ledger.proven.get(("rate", one.rate.index))
            if proof is not None and len(proof.terms) == _PAIR:
                for other in left:
                    self._rates.refute(other, proof.terms[-1])
                return
        if any(not one.how.of for one in run):
            return
        told = left[0]
        rate, part = told.rate, told.part
        said = "＋".join(ledger.text(one) for one in parts)
        total = sum(one.value for one in parts)
        exact = rounded(part.value * HUNDRED, total, places(rate) + 1)
        message = (
            f"各项占比合为100%，但按各项之和（{said}）计算，{ledger.text(part)}占{exact}%，"
            f"所写的是{ledger.text(rate)}；几项都对不上，多半是其中一个人数写错。"
        )
        do = f"核对{said}中的每一个数。"
        limits = rate_bounds(bounds(part), whole)
        terms = (part, *(one for one in parts if one is not part))
        ledger.refute(Finding("inconsistent", "rate", rate, terms, message, *limits, do))


def _goes_on(last: Told, one: Told) -> bool:
    same = one.rate.sent == last.rate.sent and one.part is not last.part
    return same and one.part.dim == last.part.dim
