"""Which of the causes between two releases moved which figure.

Figures are counted again with one step of the way made after the other: first the returns of the
later release, then its register, its cards, its other periods and targets. Where a figure moves
at a step, one of that step's causes moved it; which of several is said by place and by field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from xianxue.bureau.cycle import figures_of
from xianxue.bureau.indicators.differences import changed_figures
from xianxue.bureau.kinds.indicator import Indicator, Sum
from xianxue.bureau.kinds.resting import tables_under
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.desk.indicators.counted_by import CountedBy
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.causes import Cause, Step
from xianxue.desk.stores.releases import Published
from xianxue.desk.workspace import Workspace

_STEPS: Final[tuple[Step, ...]] = ("return", "place", "card", "elsewhere")


class Way(Record):
    """The way from one release to another."""

    workspace: Workspace
    period: Period
    before: Published
    after: Published
    rules: tuple[CountedBy, CountedBy]
    causes: Sequence[Cause]

    def moved_at(self) -> dict[str, list[Step]]:
        """Give for each figure that is another the steps at which it moved.

        Nothing is counted again where there is one step only, or where a release cannot be
        counted again: then every step may have moved everything.
        """
        taken: list[Step] = [
            step for step in _STEPS if any(cause.step == step for cause in self.causes)
        ]
        every = {one.key: taken for one in changed_figures(self.before.figures, self.after.figures)}
        if len(taken) < 2 or any(one.why_not for one in self.rules):
            return every
        try:
            states = [
                self.before.figures,
                *(self._counted(taken[: n + 1]) for n in range(len(taken) - 1)),
                self.after.figures,
            ]
        except (KeyError, ValueError):
            # Returns of one release need not fit the cards of another: then nothing is told apart.
            return every
        found: dict[str, list[Step]] = {key: [] for key in every}
        for step, (old, new) in zip(taken, pairwise(states), strict=True):
            for change in changed_figures(old, new):
                if change.key in found:
                    found[change.key].append(step)
        return {key: steps or taken for key, steps in found.items()}

    def _counted(self, done: Sequence[Step]) -> Mapping[str, Figure]:
        """Count with some steps of the way made."""
        filed = self.after if "return" in done else self.before
        places = self.rules["place" in done].workspace.register
        cards = self.rules["card" in done].workspace.shelf
        others = self.after if "elsewhere" in done else self.before
        rules = CountedBy(replace(self.workspace, register=places, shelf=cards))
        river = River(
            self.workspace,
            self.period,
            kept=tuple(filed.manifest.kept),
            earlier=others.manifest.earlier,
            targets=others.targets,
            entries=others.manifest.entries,
            rules=rules,
        )
        return figures_of(river.joined)

    def causes_of(self, figure: Figure, steps: Iterable[Step]) -> tuple[int, ...]:
        """Give the numbers of the causes that moved a figure, from 1 on, by its steps."""
        shelf = self.rules[1].workspace.shelf
        card = shelf.indicators.get(figure.indicator)
        found: list[int] = []
        for step in steps:
            of_step = [
                (number, cause) for number, cause in enumerate(self.causes, 1) if cause.step == step
            ]
            found += [number for number, _ in _nearest(of_step, figure, card, shelf)]
        return tuple(found)


_Numbered = list[tuple[int, Cause]]


def _nearest(causes: _Numbered, figure: Figure, card: Indicator | None, shelf: Shelf) -> _Numbered:
    """Keep the causes that speak of what a figure is counted from; all where none does.

    A rank moves because of another township, so no cause is dropped unless others remain.
    """
    inside = [one for one in causes if not one[1].reach or figure.place in one[1].reach] or causes
    if card is None:
        return inside
    below = {one.indicator for one in _below(card, shelf)}
    named = {name for one in _below(card, shelf) for name in _fields(one)}
    sheets = set(tables_under(card, shelf))
    ways = (
        lambda cause: bool(cause.fields & named) or _card_of(cause) in below,
        lambda cause: bool({name.partition(".")[0] for name in cause.fields} & sheets),
    )
    # The narrow way first: fields and cards that the figure names, then its sheets, then all.
    for way in ways:
        near = [one for one in inside if way(one[1])]
        if near:
            return near
    return inside


def _card_of(cause: Cause) -> str:
    kind, _, name = cause.about.partition("/")
    return name if kind == "indicators" else ""


def _below(card: Indicator, shelf: Shelf) -> list[Indicator]:
    """Give an indicator and all that it is made of."""
    found: dict[str, Indicator] = {}
    todo = [card]
    while todo:
        one = todo.pop()
        if one.indicator not in found:
            found[one.indicator] = one
            todo += [each for name in one.rests_on if (each := shelf.indicator(name)) is not None]
    return list(found.values())


def _fields(card: Indicator) -> set[str]:
    """Give the ``sheet.field`` that an indicator adds or asks."""
    found: set[str] = set()
    sums: tuple[Sum | None, ...] = (card.of, card.numerator, card.denominator)
    for one in sums:
        for said in one.sum if one is not None else ():
            term = Term(field=said) if isinstance(said, str) else said
            sheet = (term.field or term.count).partition(".")[0]
            if term.field:
                found.add(term.field)
            found |= {name if "." in name else f"{sheet}.{name}" for name in term.where}
    if card.share_of is not None:
        found |= {name for name in card.share_of.where if "." in name}
    return found
