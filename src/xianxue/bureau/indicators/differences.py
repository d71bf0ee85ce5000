"""Which figures two states of a county differ in."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.record import Record


class FigureChange(Record):
    """A figure that moved; None where there was or is none."""

    before: Figure | None
    after: Figure | None

    @property
    def key(self) -> str:
        """The figure's tag."""
        some = self.after or self.before
        return some.key if some else ""


def changed_figures(
    before: Mapping[str, Figure], after: Mapping[str, Figure]
) -> list[FigureChange]:
    """List the figures whose value, parts or coverage are not what they were.

    What a figure rests on (``because``) and its release take no part: each publication has another
    number, and that alone changes nothing.
    """
    keys = dict.fromkeys((*before, *after))
    pairs = (FigureChange(before.get(key), after.get(key)) for key in keys)
    return [pair for pair in pairs if _said(pair.before) != _said(pair.after)]


def _said(figure: Figure | None) -> object:
    if figure is None:
        return None
    return (
        figure.value,
        figure.numerator,
        figure.denominator,
        figure.shown,
        figure.why,
        figure.coverage,
    )
