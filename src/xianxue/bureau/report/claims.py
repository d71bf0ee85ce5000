"""Claims made of figures and findings: the one place where a number becomes a piece of text."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.finding import Finding
from xianxue.bureau.report.grammar import Form
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.rounding import half_up, plain
from xianxue.bureau.values.rounding import shown as rounded
from xianxue.bureau.values.units import UNITS

_ONE_TO: Final = "1:"
"""How a 师幼比 begins; it takes no unit."""
# The standard writes its limits so: «0.50», not «0.5».
_COEFFICIENT_DECIMALS: Final = 2
_PART_DECIMALS: Final = 2
_WAN: Final = 10_000
_WAN_DECIMALS: Final = 2


def with_unit(shown: str, unit: str) -> str:
    """Write a number with its unit's Chinese word.

    >>> with_unit("97.25", "percent"), with_unit("1:13.52", "people_per_person")
    ('97.25%', '1:13.52')
    """
    return shown if shown.startswith(_ONE_TO) else shown + UNITS[unit].term


def of_figure(figure: Figure, term: str, form: Form = "") -> Claim:
    """Say what a figure is; it must not be undetermined."""
    shown = _in_form(figure, form)
    unit = f"万{UNITS[figure.unit].term}" if form == "wan" else UNITS[figure.unit].term
    return Claim(
        text=shown if form == "bare" or shown.startswith(_ONE_TO) else shown + unit,
        name=figure.indicator,
        place=figure.place,
        stage=figure.stage,
        period=figure.period,
        slice=figure.slice,
        term=term,
        value=figure.value,
        unit=figure.unit,
        shown=shown,
        figure=figure,
    )


def in_digits(claim: Claim, shown: str) -> Claim:
    """Say the same with other digits, where the usual ones would speak against a verdict."""
    return replace(claim, shown=shown, text=with_unit(shown, claim.unit))


def _in_form(figure: Figure, form: Form) -> str:
    # A root is left as its card has it: in ten thousands it would be another number of digits.
    if isinstance(figure.value, Fraction) and form == "wan":
        return rounded(figure.value / _WAN, _WAN_DECIMALS)
    if isinstance(figure.value, Fraction) and form == "whole":
        return rounded(figure.value, 0)
    return figure.shown


def of_part(figure: Figure, term: str, facet: str) -> Claim | None:
    """Say a part of a figure (``numerator``, ``missing`` …); None where it is not known."""
    coverage = figure.coverage
    value = {
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "reported": Fraction(coverage.reported),
        "expected": Fraction(coverage.expected),
        "missing": Fraction(len(coverage.missing)),
    }[facet]
    if value is None:
        return None
    shown = plain(value, _PART_DECIMALS)
    return Claim(
        text=shown,
        name=figure.indicator,
        facet=facet,
        place=figure.place,
        stage=figure.stage,
        period=figure.period,
        slice=figure.slice,
        term=term,
        value=value,
        unit="one",
        shown=shown,
        figure=figure,
    )


def of_value(finding: Finding, figure: Figure, *, bare: bool = False) -> Claim:
    """Say the value that was judged, under its figure's own key.

    It may have more digits than the figure elsewhere: it is never rounded against the verdict.
    """
    return Claim(
        text=finding.shown if bare else with_unit(finding.shown, figure.unit),
        name=figure.indicator,
        place=figure.place,
        stage=figure.stage,
        period=figure.period,
        slice=figure.slice,
        term=finding.term,
        value=figure.value,
        unit=figure.unit,
        shown=finding.shown,
        figure=figure,
        findings=(finding,),
    )


def limit_shown(threshold: Fraction, unit: str) -> str:
    """Write a threshold as a number.

    >>> limit_shown(Fraction(9, 10), "people_per_hundred")
    '0.9'
    >>> limit_shown(Fraction(1, 2), "coefficient")
    '0.50'
    """
    text = plain(threshold)
    if unit == "coefficient" and len(text.partition(".")[2]) < _COEFFICIENT_DECIMALS:
        return f"{half_up(threshold, _COEFFICIENT_DECIMALS):f}"
    return text


def of_limit(finding: Finding, period: str, unit: str, *, one_to_n: bool, bare: bool) -> Claim:
    """Say the threshold of a finding that has one."""
    if finding.threshold is None:
        message = f"{finding.criterion} is judged by no threshold"
        raise ValueError(message)
    shown = limit_shown(finding.threshold, unit)
    if one_to_n:
        shown = _ONE_TO + shown
    return Claim(
        text=shown if bare else with_unit(shown, unit),
        name=f"{finding.standard}.{finding.criterion}",
        facet="limit",
        place=finding.place,
        stage=finding.stage,
        period=period,
        term=f"{finding.term}的标准",
        value=finding.threshold,
        unit=unit,
        shown=shown,
        findings=(finding,),
    )


def of_lacking(finding: Finding, period: str) -> Claim | None:
    """Say what a place lacks or has too many of; None where nothing was computed."""
    lacking = finding.lacking
    if lacking is None:
        return None
    name = f"{finding.standard}.{finding.criterion}"
    about = About(name, "lacking", finding.place, finding.stage, period)
    term = f"{'多出' if lacking.surplus else '缺'}{lacking.noun}"
    return tally(about, lacking.quantity, lacking.unit, term, (finding,))


def of_verdict(finding: Finding, period: str) -> Claim:
    """Say the verdict in a word."""
    return Claim(
        text=finding.verdict.term,
        name=f"{finding.standard}.{finding.criterion}",
        facet="verdict",
        place=finding.place,
        stage=finding.stage,
        period=period,
        term=f"{finding.term}判定",
        value=None,
        unit="one",
        shown=finding.verdict.term,
        figure=finding.figure,
        findings=(finding,),
    )


class About(Record):
    """What a claim on findings is about: the parts of its key."""

    name: str
    facet: str
    place: str
    stage: Stage | None
    period: str


def tally(
    about: About, number: int, unit: str, term: str, findings: tuple[Finding, ...] = ()
) -> Claim:
    """Say how many, counted or added up over findings."""
    return Claim(
        text=with_unit(str(number), unit),
        name=about.name,
        facet=about.facet,
        place=about.place,
        stage=about.stage,
        period=about.period,
        term=term,
        value=Fraction(number),
        unit=unit,
        shown=str(number),
        findings=findings,
    )


def of_words(about: About, term: str, said: str, finding: Finding) -> Claim:
    """Say in words what follows from a finding."""
    return Claim(
        text=said,
        name=about.name,
        facet=about.facet,
        place=about.place,
        stage=about.stage,
        period=about.period,
        term=term,
        value=None,
        unit="one",
        shown=said,
        findings=(finding,),
    )


def margin(about: About, finding: Finding, by: Fraction, shown: str) -> Claim:
    """Say how far a rate is from its line."""
    return Claim(
        text=f"{shown}{UNITS['percentage_point'].term}",
        name=about.name,
        facet=about.facet,
        place=about.place,
        stage=about.stage,
        period=about.period,
        term=f"{finding.term}与标准之差",
        value=by,
        unit="percentage_point",
        shown=shown,
        figure=finding.figure,
        findings=(finding,),
    )
