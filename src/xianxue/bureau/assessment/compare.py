"""Holding a value against a line, and writing it beside that line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Final, Literal

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.records.finding import Verdict
from xianxue.bureau.values.exact import Exact, at_least, at_most, less_than
from xianxue.bureau.values.rounding import shown_beside

Rule = Literal["at_least", "at_most", "less_than"]

_HOLDS: Final[dict[Rule, Callable[[Exact, Fraction], bool]]] = {
    "at_least": at_least,
    "at_most": at_most,
    "less_than": less_than,
}


def passes(value: Exact, line: Fraction, rule: Rule) -> bool:
    """Whether a value keeps to a line; the line itself is within, unless the rule is strict.

    >>> passes(Fraction("0.5"), Fraction("0.5"), "at_most")
    True
    >>> passes(Fraction("0.15"), Fraction("0.15"), "less_than")
    False
    """
    return _HOLDS[rule](value, line)


def eased(threshold: Fraction, rule: Rule, share: Fraction) -> Fraction:
    """Give the line that is a share of the way to a threshold.

    A lower limit is lowered, an upper one raised; a share of nothing asks nothing of the former
    and cannot be said of the latter (ZeroDivisionError).

    >>> eased(Fraction("4.2"), "at_least", Fraction("0.85")) == Fraction("3.57")
    True
    """
    return threshold * share if rule == "at_least" else threshold / share


def verdict_on(value: Exact | None, line: Fraction, rule: Rule) -> Verdict:
    """Judge a value, or nothing, exactly."""
    if value is None:
        return Verdict.UNDETERMINED
    return Verdict.MET if passes(value, line, rule) else Verdict.NOT_MET


def overall(verdicts: Iterable[Verdict]) -> Verdict:
    """Join verdicts that must all be met: one failure decides, whatever else is unknown.

    Where nothing was judged, nothing was met.

    >>> overall([Verdict.MET, Verdict.UNDETERMINED, Verdict.NOT_MET]).term
    '未达标'
    >>> overall([]).term
    '无法判定'
    """
    # «未达标» is certain as soon as one fails; asking for the missing numbers could not turn it.
    found = set(verdicts)
    if Verdict.NOT_MET in found:
        return Verdict.NOT_MET
    return Verdict.MET if found == {Verdict.MET} else Verdict.UNDETERMINED


def shown_beside_lines(
    value: Exact, lines: Sequence[Fraction], rule: Rule, indicator: Indicator
) -> str:
    """Write a value so that the printed number stands on the same side of every line.

    The indicator's card gives the decimals; more are added only where rounding would seem to
    turn a verdict.
    """

    def sides(written: Exact) -> list[bool]:
        return [passes(written, line, rule) for line in lines]

    exact = sides(value)
    text = shown_beside(
        value, lines[0], indicator.show.decimals, lambda written, _: sides(written) == exact
    )
    return f"1:{text}" if indicator.show.form == "one_to_n" else text
