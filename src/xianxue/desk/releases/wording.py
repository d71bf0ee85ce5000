"""How the difference of two releases is worded: cells, figures, verdicts and their values."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Value
from xianxue.bureau.records.figure import Figure, named
from xianxue.bureau.records.finding import Finding
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.desk.indicators.lacking import lacking_text


def cell_value(value: Value | None, found: tuple[Form, Sheet, Field] | None) -> str:
    """Write a cell's value in whole units; codes and texts as they are."""
    if value is None:
        return say("（没有）")
    if isinstance(value, Missing):
        return value.value
    if isinstance(value, int) and found is not None:
        return plain(found[2].measured_in.in_whole_units(value))
    return str(value)


def row_term(code: str, found: tuple[Form, Sheet, Field] | None, shelf: Shelf) -> str:
    """Name a row as the form does: by its code's term in a grid, by its line in a list."""
    if not code or found is None:
        return say("（{code}）", code=code) if code else ""
    sheet = found[1]
    entry = shelf.codes[sheet.rows].entry(code) if sheet.layout == "grid" else None
    return say("（{term}）", term=entry.term if entry else say("第 {code} 行", code=code))


def in_brackets(stage: Stage | None) -> str:
    """Name a stage behind what is of it; nothing where the whole is meant."""
    return say("（{term}）", term=stage.term) if stage else ""


def figure_shown(figure: Figure | None) -> str:
    """Print a figure, with the reason where it could not be told: a break, no last year."""
    if figure is None:
        return ""
    return (
        say("{figure}（{why}）", figure=figure.shown, why=figure.why)
        if figure.why
        else figure.shown
    )


def verdict_told(finding: Finding | None, names: Mapping[str, str]) -> str:
    """Say a verdict, with what is lacking."""
    if finding is None:
        return say("（不判定）")
    why = lacking_text(finding, names)
    return finding.verdict.term + (say("（{why}）", why=why) if why else "")


def figure_told(figure: Figure | None, shelf: Shelf, names: Mapping[str, str]) -> str:
    """Name a figure: whose, of what stage or slice, by which indicator."""
    if figure is None:
        return ""
    meant = named("", figure.stage, figure.slice)
    # A card may be gone since: then the figure has its id alone.
    card = shelf.indicators.get(figure.indicator)
    term = card.term if card is not None else figure.indicator
    return f"{names.get(figure.place, figure.place)}{meant}　{term}"
