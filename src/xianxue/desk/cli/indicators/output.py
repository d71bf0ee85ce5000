"""Figures and explanations as the command line prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.law.citation import Citation, Seen
from xianxue.bureau.records.figure import Because, Figure
from xianxue.bureau.records.trace import KIND_OF, CellRef, Trace, words
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import glued, joined, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.cli.language import echo
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.bureau.indicators.explaining.explain import Explanation
    from xianxue.desk.stores.releases import Published

_PARTS = {
    "numerator": say("分子"),
    "denominator": say("分母"),
    "of": say("合计"),
    "figure": say("所用的数"),
}


def as_dict(figure: Figure, opened: Workspace) -> dict[str, object]:
    """Give a figure in the shape of the command-line contract."""
    coverage = figure.coverage
    return {
        "indicator": figure.indicator,
        "term": opened.shelf.indicators[figure.indicator].term,
        "place": figure.place,
        "stage": figure.stage.value if figure.stage else None,
        "period": figure.period,
        "value": None if figure.value is None else plain(figure.value),
        "unit": figure.unit,
        "shown": figure.shown,
        "numerator": None if figure.numerator is None else plain(figure.numerator),
        "denominator": None if figure.denominator is None else plain(figure.denominator),
        "coverage": {
            "reported": coverage.reported,
            "expected": coverage.expected,
            "missing": list(coverage.missing),
            # Only where somebody says so: figures of everybody keep the shape they have had.
            **({"not_applicable": list(left)} if (left := coverage.not_applicable) else {}),
        },
        "standing": figure.standing.value,
        "release": figure.release,
        "because": [_because(each, opened) for each in figure.because],
        **({"as_of": figure.as_of} if figure.as_of else {}),
        **({"why": figure.why} if figure.why else {}),
        **({"slice": _slice(figure.slice)} if figure.slice else {}),
    }


def _slice(slice_of: Slice) -> dict[str, str]:
    """Give what of a figure is meant beside its stage; a whole has no such part."""
    return {"dimension": slice_of.dimension, "code": slice_of.code, "term": slice_of.term}


def meant(figure: Figure) -> str:
    """Say what of an indicator a figure is, for a column of a table: 初中·数学."""
    stage = figure.stage.term if figure.stage else ""
    return joined(
        "·", (part for part in (stage, figure.slice.term if figure.slice else "") if part)
    )


def _because(because: Because, opened: Workspace) -> dict[str, object]:
    return {
        "place": because.place,
        "name": name_of(opened, because.place),
        "part": because.part,
        "amount": None if because.amount is None else plain(because.amount),
        "note": because.note,
        "cells": [
            {
                "place": cell.place,
                "form": cell.form,
                "revision": cell.revision,
                "file": cell.file,
                "sheet": cell.sheet,
                "cell": cell.cell,
                "field": cell.field,
                "term": cell.term,
                "value": cell.value,
            }
            for cell in because.cells
        ],
        # Figures that end in cells alone keep the shape they have always had.
        **({"traces": others} if (others := [_trace(one) for one in _others(because)]) else {}),
    }


def _others(because: Because) -> list[Trace]:
    """Give the traces that are no cells of workbooks."""
    return [trace for trace in because.traces if not isinstance(trace, CellRef)]


def _trace(trace: Trace) -> dict[str, object]:
    """Give a trace as it is told to everybody: what is restricted says so and no more."""
    return {
        "kind": KIND_OF[type(trace)],
        "place": trace.place,
        "restricted": trace.restricted or None,
        "words": words(trace),
    }


def explanation_dict(explained: Explanation, opened: Workspace) -> dict[str, object]:
    """Give a figure with its formula, its sources and their doubts."""
    return as_dict(explained.figure, opened) | {
        "formula": explained.formula,
        "numbers": explained.numbers,
        "citations": [opened.shelf.cite(each) for each in explained.citations],
        "note": explained.note,
        # Only where a formula cannot be told: everything else keeps the shape it has had.
        **({"not_told": explained.why_not} if explained.why_not else {}),
    }


def in_short(explained: Explanation, opened: Workspace) -> None:
    """Print a figure with the sum that gives it."""
    figure = explained.figure
    whose = name_of(opened, figure.place)
    echo(
        say(
            "{whose}{term}：{value}{unit}（{coverage}）",
            whose=whose,
            term=explained.term,
            value=figure.shown,
            unit=unit_of(figure),
            coverage=coverage_of(figure),
        )
    )
    echo(glued(("  ", explained.why_not or explained.numbers or explained.formula)))
    if figure.why:
        echo(glued(("  ", figure.why)))


def in_full(explained: Explanation, opened: Workspace) -> None:
    """Print a figure with its formula, its cells, and what it leans on."""
    figure = explained.figure
    in_short(explained, opened)
    if explained.why_not:
        return
    echo(say("  公式：{formula}", formula=explained.formula))
    missing = [name_of(opened, code) for code in figure.coverage.missing]
    if missing:
        echo(say("  还缺 {n} 家的数：", n=len(missing)) + joined("、", missing))
    left = [name_of(opened, code) for code in figure.coverage.not_applicable]
    if left:
        echo(say("  填“不适用”的 {n} 家：", n=len(left)) + joined("、", left))
    for because in figure.because:
        echo(glued(("  ", _contribution(because, opened))))
    for line in dict.fromkeys(_basis(citation, opened) for citation in explained.citations):
        echo(say("  依据：{line}", line=line))
    if explained.note:
        echo(say("  说明：{note}", note=explained.note))


def _basis(citation: Citation, opened: Workspace) -> str:
    """Name a document with how well it has been seen; our own definitions claim none."""
    if citation.seen is Seen.OWN and not citation.local:
        return say("{term}的口径", term=citation.seen.term)
    said = opened.shelf.cite(citation)
    if citation.loosens:
        said = say("{said}，放宽的理由：{why}", said=said, why=citation.loosens)
    return (
        said
        if citation.seen.doubtful
        else say("{said}（{seen}）", said=said, seen=citation.seen.term)
    )


def _contribution(because: Because, opened: Workspace) -> str:
    """Say what one place adds, and in which cells of which workbook it stands."""
    amount = say("缺") if because.amount is None else plain(because.amount, 2)
    said: str = say(
        "{part}　{place}　{amount}",
        part=_PARTS[because.part],
        place=name_of(opened, because.place),
        amount=amount,
    )
    by_sheet: dict[tuple[str, str], list[str]] = {}
    for cell in because.cells:
        stands = by_sheet.setdefault((cell.file, cell.sheet), [])
        stands.append(
            say("{cell}（{term}）{value}", cell=cell.cell, term=cell.term, value=cell.value)
        )
    for (file, sheet), stands in by_sheet.items():
        # The tab is looked for in the workbook, which is Chinese.
        said += say("\n      {file}〔{sheet}〕", file=file, sheet=str(sheet)) + joined("，", stands)
    for trace in _others(because):
        said += glued(("\n      ", words(trace)))
    return glued((said, "\n      ", because.note)) if because.note else said


def standing(opened: Workspace, release: Published | None) -> None:
    """Say from which release figures are, or that they are provisional; and what the county is."""
    if release is None:
        echo(say("以上为暂行数，以正式发布的数为准。"))
    else:
        echo(say("以上为第 {name} 号发布的数。", name=release.name))
    if opened.settings.note:
        echo(say("说明：{note}", note=opened.settings.note))


def coverage_of(figure: Figure) -> str:
    """Say who of those asked has been heard."""
    coverage = figure.coverage
    heard = say(
        "已报 {reported}/{expected}", reported=coverage.reported, expected=coverage.expected
    )
    if not coverage.not_applicable:
        return heard
    return heard + say("，其中 {n} 家填“不适用”", n=len(coverage.not_applicable))


def unit_of(figure: Figure) -> str:
    """Give the unit's word, where a number stands before it."""
    told = figure.value is not None and not figure.shown.startswith("1:")
    return UNITS[figure.unit].term if told else ""


def name_of(opened: Workspace, code: str) -> str:
    """Give a place's name, or its code where it is not registered."""
    return opened.register[code].name if code in opened.register else code
