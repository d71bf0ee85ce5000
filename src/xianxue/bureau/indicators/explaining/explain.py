"""Where a figure comes from: the formula, the numbers in it, the schools and their cells."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.indicators.asking import Asking
from xianxue.bureau.indicators.basis import citations
from xianxue.bureau.indicators.compile import figure_frames
from xianxue.bureau.indicators.derived.telling import told_breaks
from xianxue.bureau.indicators.engine import Lines, Tables
from xianxue.bureau.indicators.explaining.because import Reasons, Traces
from xianxue.bureau.indicators.explaining.spoken import in_numbers, in_words
from xianxue.bureau.indicators.explaining.wording import Wording
from xianxue.bureau.indicators.figures import Counter
from xianxue.bureau.indicators.formulas import Formula, formula_id
from xianxue.bureau.indicators.parts import Parts
from xianxue.bureau.kinds.expected import Expected
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import joined
from xianxue.bureau.values.units import UNITS


class Explanation(Record):
    """Everything that can be said of how a figure came to be."""

    figure: Figure
    """With ``because``: each place's part of numerator and denominator, and its traces."""
    term: str
    """The indicator's name, with the stage where it is figured by stages."""
    formula: str
    """In words: 〔幼儿园〕… ÷ 〔学龄人口〕…×100%."""
    numbers: str
    """The same with the numbers in it; empty where the figure is undetermined."""
    citations: tuple[Citation, ...]
    """The definition, and what it leans on: lines, stage weights, who counts."""
    sources: tuple[str, ...]
    """The same as Chinese text, each document or article once, with its doubt."""
    note: str
    """What the card says besides."""
    why_not: str = ""
    """Why there is neither formula nor numbers; empty where there are."""

    @property
    def doubts(self) -> tuple[Citation, ...]:
        """Those of the citations that have not been verified."""
        return tuple(one for one in self.citations if one.seen.doubtful)


def untold(figure: Figure, term: str, why: str) -> Explanation:
    """Give a figure whose formula cannot be told, and why: no formula rather than a wrong one."""
    return Explanation(figure, term, "", "", (), (), "", why)


def explain(  # noqa: PLR0913, PLR0917 - the figure, its cards and tables, and what rows end in
    figure: Figure,
    shelf: Shelf,
    register: Register,
    tables: Tables,
    on: date,
    traces: Traces,
    expected: Expected | None = None,
    asking: Asking | None = None,
) -> Explanation:
    """Explain a figure from the tables it was counted from.

    ``on`` is the day whose rules were applied; the last two are as in ``figures``. ``because`` is
    complete: it has a line for each place that was asked and counts, also where its part is 0 or
    missing. Raises KeyError for a figure whose indicator is not on the shelf or was not in force
    on the day.
    """
    period = Period.parse(figure.period)
    frames = figure_frames(shelf, tables, on, [figure.indicator])
    formula = frames.formulas[formula_id(figure.indicator, figure.slice)]
    asked = asking if asking is not None else Asking(shelf, register, period, expected)
    counter = Counter(Parts(frames, register, period), asked)
    place = register[figure.place]
    base, stage = counter.base(formula), figure.stage
    members = counter.members(formula, place.level, place, stage)
    types = _types(register, period)
    wording = Wording(formula.card, shelf, on, stage)
    reasons = Reasons(
        formula=base,
        stage=stage,
        members=members if formula is base else counter.members(base, place.level, place, stage),
        asked={
            name: counter.asking.asked_for((one for one, _ in part.terms), stage)
            for name, part in base.parts.items()
        },
        # Also those that are asked for nothing: what is read from the register counts them.
        within=[school.code for school in register.schools(period.reference_day, place.code)],
        tables=_of_period(tables, figure.period, base),
        words=tables.engine.words,
        traces=traces,
        types=types,
        shelf=shelf,
        # A school's own ratio, and each ratio that a share or spread compares, is told as it was
        # counted; of an area it is told what each school adds.
        by_itself=place.level == "school" or formula is not base,
    )
    because = reasons.because()
    if formula.met is not None and formula.card.share_of is not None:
        line = wording.bound(formula.card.share_of.meets, UNITS[base.card.unit].term)
        because = reasons.of_share(members, formula.met.fields, line)
    cited = citations(formula, frames, shelf, {types[own.place] for own in members}, on)
    breaks = told_breaks(formula.card, shelf)
    return Explanation(
        figure=replace(figure, because=tuple(because)),
        term=figure.named(formula.card.term),
        formula=in_words(formula, frames.formulas, wording),
        numbers=in_numbers(formula, figure, members, reasons.total),
        citations=tuple(cited),
        sources=tuple(dict.fromkeys(shelf.cite(one) for one in cited)),
        note=joined("；", (part for part in (formula.card.note, *breaks) if part)),
    )


def _of_period(tables: Tables, period: str, formula: Formula) -> dict[str, Lines]:
    """Open the tables that a formula counts, for one period; a source may have to make them."""
    mine = tables.engine.words.col("period") == period
    names = {name for part in formula.parts.values() for name in part.by_sheet}
    return {name: tables[name].filter(mine) for name in sorted(names)}


def _types(register: Register, period: Period) -> dict[str, str]:
    attributes = {place.code: place.attributes(period.reference_day) for place in register}
    return {code: one.school_type if one is not None else "" for code, one in attributes.items()}
