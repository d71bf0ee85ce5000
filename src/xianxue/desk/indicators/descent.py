"""数的来历: a figure's way down — formula, schools, cells, people, rule — for whoever may see it.

What a visitor may not see is named and not shown: a row that was left out would make the rest
come to another number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from xianxue.bureau.kinds.conditions import value_in_force
from xianxue.bureau.kinds.indicator import Indicator, Sum
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.trace import CellRef, FigureRef, Trace, words
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.indicators.pieces import Piece, pieces_of
from xianxue.desk.indicators.river import River
from xianxue.desk.indicators.shares import Share, Shares, compared_by, shares_of

if TYPE_CHECKING:
    from xianxue.bureau.indicators.explaining.explain import Explanation
    from xianxue.desk.journal.steps import Step


class Reach(Record):
    """What of the county somebody may see."""

    figures: Collection[str]
    """Places whose figures are open to them."""
    returns: Collection[str]
    """Places whose returns are open to them."""


class Party(Record, kw_only=True):
    """One return that the chosen cells stand in, and who had a hand in it."""

    key: Key
    title: str
    revision: int
    file: str
    steps: tuple[Step, ...]
    open: bool
    """Whether it may be seen; without that neither cells nor people are."""


class Part(Record, kw_only=True):
    """A figure that another is made of."""

    term: str
    shown: str
    key: str
    place: str
    name: str
    open: bool


class Line(Record, kw_only=True):
    """What a standard asks of an indicator."""

    standard: str
    """Its id."""
    title: Sentence
    term: Sentence
    stage: Stage | None
    rule: str
    value: str
    citation: Citation
    said: str
    """Where it is written, with its doubt."""


class Descent(Record, kw_only=True):
    """All that the panel of a number shows."""

    explained: Explanation
    card: Indicator
    over: str
    """What the first number of a row is; empty where it has no one name."""
    under: str
    shares: Shares
    chosen: Share | None
    pieces: tuple[Piece, ...]
    parties: tuple[Party, ...]
    entries: tuple[Sentence, ...]
    """What is neither a cell nor a figure, told in words: a target, a tally."""
    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    doubts: tuple[tuple[str, str], ...]
    """What it leans on and nobody has verified, or only as relayed, with what is not known."""
    exact: str
    """The value before rounding, where it goes on; empty where the printed one is exact."""

    @property
    def figure(self) -> Figure:
        """The figure, with its reasons."""
        return self.explained.figure


def descend(  # noqa: PLR0913, PLR0917 - which figure, of what, for whom, into whose cells
    river: River,
    figures: Mapping[str, Figure],
    figure: Figure,
    ground: Ground,
    reach: Reach,
    place: str = "",
) -> Descent:
    """Follow a figure down, into the cells of one place: the one named, or the worst."""
    shelf, register = river.counted_by.shelf, river.register
    explained = river.explain(figure)
    card = shelf.indicators[figure.indicator]
    told = compared_by(figure, card, figures)
    shares = shares_of(
        explained if told is figure else river.explain(told), shelf, register, figures
    )
    chosen = shares.of(place) or next(iter(shares.rows), None)
    traces = _down_to(chosen, reach)
    cells = [trace for trace in traces if isinstance(trace, CellRef)]
    mine = [cell for cell in cells if cell.place in reach.returns and not cell.restricted]
    return Descent(
        explained=explained,
        card=card,
        over=_term(shares.card.numerator or shares.card.of, shelf),
        under=_term(shares.card.denominator, shelf),
        shares=shares,
        chosen=chosen,
        pieces=tuple(pieces_of(mine, river.holdings, shelf.forms, shelf.codes)),
        parties=tuple(_parties(cells, river.period, ground, reach)),
        entries=tuple(
            words(trace) for trace in traces if not isinstance(trace, (CellRef, FigureRef))
        ),
        parts=tuple(_parts(explained, river, reach)) if card.derived else (),
        lines=tuple(lines_of(figure, shelf, river.period.reference_day)),
        doubts=tuple(_doubts(explained, shelf)),
        exact=_exact(figure),
    )


def _term(part: Sum | None, shelf: Shelf) -> str:
    """Name what is added up, where it is one field."""
    if part is None or len(part.sum) != 1 or not isinstance(part.sum[0], str):
        return ""
    asked = shelf.asked_field(part.sum[0])
    return asked[2].term if asked is not None else ""


def _down_to(chosen: Share | None, reach: Reach) -> tuple[Trace, ...]:
    if chosen is None or chosen.place not in reach.figures:
        return ()
    return chosen.traces


def _parties(
    cells: Iterable[CellRef], period: Period, ground: Ground, reach: Reach
) -> Iterable[Party]:
    from xianxue.desk.journal.steps import steps_of  # noqa: PLC0415 - needs Django set up first

    for key, one in {Key(cell.form, period.code, cell.place): cell for cell in cells}.items():
        is_open = one.place in reach.returns
        yield Party(
            key=key,
            title=ground.title(key),
            revision=one.revision,
            file=one.file if is_open else "",
            steps=tuple(steps_of(ground, key)) if is_open else (),
            open=is_open,
        )


def _parts(explained: Explanation, river: River, reach: Reach) -> Iterable[Part]:
    register = river.counted_by.register
    for because in explained.figure.because:
        for trace in because.traces:
            if not isinstance(trace, FigureRef):
                continue
            is_open = trace.place in reach.figures and not trace.restricted
            yield Part(
                term=trace.term,
                shown=trace.value if is_open else "",
                key=trace.key if is_open else "",
                place=trace.place,
                name=register[trace.place].name if trace.place in register else trace.place,
                open=is_open,
            )


_SIGNS = {"at_least": "≥", "at_most": "≤", "less_than": "<"}


def lines_of(figure: Figure, shelf: Shelf, on: date) -> Iterable[Line]:
    """Give what standards ask of an indicator on a day, of the figure's stage or of each."""
    for standard in shelf.standards.values():
        for criterion in (*standard.criteria, *standard.spread):
            asked = shelf.indicator(criterion.indicator)
            if asked is None or asked.indicator != figure.indicator:
                continue
            stages = [figure.stage] if figure.stage else [None, *asked.stages]
            for stage in stages:
                value = value_in_force(criterion.values, on, stage)
                if value is None:
                    continue
                yield Line(
                    standard=standard.standard,
                    title=standard.term,
                    term=criterion.term,
                    stage=stage,
                    rule=_SIGNS[criterion.rule],
                    value=f"{value.value:f}",
                    citation=value.citation,
                    said=shelf.cite(value.citation),
                )


def _doubts(explained: Explanation, shelf: Shelf) -> Iterable[tuple[str, str]]:
    """Say what is not known of the documents that a figure leans on, each once."""
    told: dict[str, str] = {}
    for one in explained.citations:
        source = shelf.sources.get(one.document)
        if source is None or not (one.seen.doubtful or source.seen.doubtful):
            continue
        told.setdefault(shelf.cite(one), one.note or source.note)
    return told.items()


def _exact(figure: Figure) -> str:
    value = figure.value
    if value is None or figure.shown.startswith("1:"):
        return ""
    digits = plain(value, 6)
    return digits if digits != plain_of(figure.shown) else ""


def plain_of(text: str) -> str:
    """Write a printed number without the zeros at its end.

    >>> plain_of("2.50"), plain_of("30")
    ('2.5', '30')
    """
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown_of(figure: Figure) -> str:
    """Write a figure, or the word for why it has no value: never a dash, never nought."""
    if figure.value is not None:
        return figure.shown
    coverage = figure.coverage
    return say("不适用") if coverage.not_applicable and not coverage.missing else say("未定")


def unit_of(figure: Figure) -> str:
    """Give the unit's word, where a number stands before it."""
    told = figure.value is not None and not figure.shown.startswith("1:")
    return UNITS[figure.unit].term if told else ""
