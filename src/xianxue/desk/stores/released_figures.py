"""Figures as a release keeps them: one line a figure, every number exact."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Coverage, Figure, Standing
from xianxue.bureau.values.exact import Exact, Radical, Root

# A root is written as what stands under it: its decimals have no end, and a release keeps no
# rounded number.
_ROOT: Final = "sqrt "
_RADICAL: Final = "root "


def line_of(figure: Figure) -> dict[str, Any]:
    """Write a figure exactly."""
    return {
        "indicator": figure.indicator,
        "place": figure.place,
        "stage": figure.stage.value if figure.stage else "",
        "period": figure.period,
        "value": _text(figure.value),
        "unit": figure.unit,
        "shown": figure.shown,
        "numerator": _text(figure.numerator),
        "denominator": _text(figure.denominator),
        "reported": figure.coverage.reported,
        "expected": figure.coverage.expected,
        "missing": list(figure.coverage.missing),
        "standing": figure.standing.value,
        "step": str(figure.step),
        # Only where there is something to say: releases made before it was kept stay the same.
        **({"why": figure.why} if figure.why else {}),
        **({"not_applicable": list(left)} if (left := figure.coverage.not_applicable) else {}),
        **_slice_line(figure.slice),
    }


def _slice_line(slice_of: Slice | None) -> dict[str, dict[str, str]]:
    """Write a slice with its words: a release says what it said, whatever its list says later.

    A whole has no such part, so that releases without slices are the bytes they always were.
    """
    if slice_of is None:
        return {}
    return {
        "slice": {
            "dimension": slice_of.dimension,
            "code": slice_of.code,
            "term": slice_of.term,
            "of": slice_of.of,
        }
    }


def figure_of(line: dict[str, Any], release: str) -> Figure:
    """Read a figure back, saying its release."""
    return Figure(
        indicator=line["indicator"],
        place=line["place"],
        stage=Stage(line["stage"]) if line["stage"] else None,
        period=line["period"],
        value=_exact(line["value"]),
        unit=line["unit"],
        shown=line["shown"],
        numerator=Fraction(line["numerator"]) if line["numerator"] else None,
        denominator=Fraction(line["denominator"]) if line["denominator"] else None,
        coverage=Coverage(
            line["reported"],
            line["expected"],
            tuple(line["missing"]),
            tuple(line.get("not_applicable", ())),
        ),
        standing=Standing(line["standing"]),
        release=release,
        step=Fraction(line["step"]),
        slice=Slice(**line["slice"]) if "slice" in line else None,
        why=line.get("why", ""),
    )


def _text(value: Exact | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Radical):
        return f"{_RADICAL}{value.degree} {value.radicand} {value.times} {value.plus}"
    return f"{_ROOT}{value.square}" if isinstance(value, Root) else str(value)


def _exact(text: str) -> Exact | None:
    if not text:
        return None
    if text.startswith(_ROOT):
        return Root(Fraction(text.removeprefix(_ROOT)))
    if text.startswith(_RADICAL):
        degree, *parts = text.removeprefix(_RADICAL).split(" ")
        radicand, times, plus = map(Fraction, parts)
        return Radical(radicand, int(degree), times, plus)
    return Fraction(text)
