"""How far targets have been reached: exact verdicts, rates of completion, lamps."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.kinds.target import TargetRules
from xianxue.bureau.records.target import Attainment, Goal, Lamp, Series, Target
from xianxue.bureau.targets.forecast import forecast
from xianxue.bureau.values.exact import Exact, at_least, at_most
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace


def attainment(target: Target, known: Series, rules: TargetRules, on: date) -> Attainment:
    """Hold a target against the figure it speaks of, as things stand on a day."""
    period = Period.parse(target.period)
    value = None if known.figure is None else known.figure.value
    ended = on > period.end
    found = Attainment(
        target=target,
        figure=known.figure,
        completion=completion(target, value),
        forecast=forecast(known, period, on),
        lamp=Lamp.GREY,
        reached=None if value is None else meets(target.goal, value, target.amount),
        exceeded=isinstance(value, Fraction)
        and target.goal == "at_least"
        and value > target.amount,
        on=on,
    )
    lamp = _lamp(found, _leeway(target, rules, on), ended=ended, settled=ended or not known.gathers)
    return replace(found, lamp=lamp)


def meets(goal: Goal, value: Exact, amount: Fraction) -> bool:
    """Whether a value is what a target asks for, exactly.

    >>> meets("at_least", Fraction(9799, 100), Fraction(98))
    False
    >>> meets("at_most", Fraction(98), Fraction(98))
    True
    """
    return at_least(value, amount) if goal == "at_least" else at_most(value, amount)


def completion(target: Target, value: Exact | None) -> Fraction | None:
    """Give 完成率 in per cent; None for a limit, and where there is nothing to divide.

    A target of nothing, or of less than nothing, has no rate: any value would be endlessly more.
    """
    if target.goal == "at_most" or not isinstance(value, Fraction) or target.amount <= 0:
        return None
    return value / target.amount * 100


def _lamp(found: Attainment, leeway: Fraction, *, ended: bool, settled: bool) -> Lamp:
    """Choose a lamp: by what is counted where that is the end of it, else by what is foreseen.

    ``settled`` says that nothing will be added to what is counted, ``ended`` that the period is
    over. A limit that has been kept so far may still be exceeded; a target that has been reached
    cannot be lost by more.
    """
    target, reached, foreseen = found.target, found.reached, found.forecast
    if reached is None:
        # After the end nothing is foretold any more: a number that is missing then is owed.
        foretold = None if ended else foreseen.value
    elif reached and (settled or target.goal == "at_least"):
        return Lamp.GREEN
    elif ended:
        return Lamp.RED
    else:
        foretold = foreseen.value
    if foretold is None:
        return Lamp.GREY if reached is None else Lamp.RED
    if meets(target.goal, foretold, target.amount):
        return Lamp.GREEN
    return Lamp.YELLOW if abs(foretold - target.amount) <= leeway else Lamp.RED


def _leeway(target: Target, rules: TargetRules, on: date) -> Fraction:
    """Give by how much a forecast may stay behind a target and still be a yellow lamp."""
    line = value_in_force(rules.yellow_within, on)
    # Where no card gives leeway there is none.
    percent = Fraction(0) if line is None else Fraction(line.value)
    return abs(target.amount) * percent / 100
