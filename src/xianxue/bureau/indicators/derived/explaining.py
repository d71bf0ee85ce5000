"""The explanation of a derived figure, in the shape of every other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xianxue.bureau.indicators.derived.deriving import make
from xianxue.bureau.indicators.derived.setting import Elsewhere, Setting, breaks_of, by_key
from xianxue.bureau.indicators.derived.telling import because, in_numbers, in_words, told_breaks
from xianxue.bureau.indicators.explaining.explain import Explanation
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Citation
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import joined


def explain_derived(
    figure: Figure,
    shelf: Shelf,
    register: Register,
    figures: Mapping[str, Figure],
    elsewhere: Elsewhere,
) -> Explanation:
    """Explain a derived figure out of those it is made of.

    ``figures`` are those of its own period, by key; among them are all it rests on.
    """
    card = shelf.indicators[figure.indicator]
    period = Period.parse(figure.period)
    needed = frozenset(card.rests_on)
    setting = Setting(shelf, register, period, by_key(figures.values()), elsewhere, needed)
    of = setting.beside(figure, card.rests_on[0])
    made = None if of is None else make(card, of, setting)
    cited = tuple(dict.fromkeys(_citations(card, setting)))
    return Explanation(
        figure=figure if made is None else replace(figure, because=tuple(because(made, setting))),
        term=figure.named(card.term),
        formula=in_words(card, shelf, figure.slice),
        numbers="" if made is None else in_numbers(card, figure, made, setting),
        citations=cited,
        sources=tuple(dict.fromkeys(shelf.cite(one) for one in cited)),
        note=joined("；", (part for part in (card.note, *told_breaks(card, shelf)) if part)),
    )


def _citations(card: Indicator, setting: Setting) -> Iterator[Citation]:
    """Give what a card cites, with its lines in force and the breaks that stand in its way."""
    yield card.source.citation
    for name in sorted(card.lines):
        yield from (one.citation for one in in_force(card.lines[name], setting.on))
    yield from (one.citation for one in breaks_of(card, setting.shelf))
