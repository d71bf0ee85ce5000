"""One point explained: how it follows, what its source gave, and in what that ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from xianxue.bureau.kinds.appraisal.tree import ItemNode, nodes_of
from xianxue.bureau.records.appraised import Graded, ItemScore, Known, Score
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.trace import FigureRef
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.appraisal.cards import Which
from xianxue.desk.appraisal.scored import Appraising, Result, of_one
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.indicators.explaining.explain import Explanation
    from xianxue.desk.indicators.river import River


class Explained(Record, kw_only=True):
    """One item of one place, with all that it rests on."""

    asked: Which
    score: Score
    graded: Graded
    item: ItemScore
    known: Known | None
    """What its source gave; None for a branch, or where nothing is known."""
    below: tuple[ItemScore, ...]
    """The items of a branch."""
    figures: tuple[Explanation, ...]
    """The figures it ends in, each followed down to its cells."""
    other: Result | None = None
    """The other rubric's result for the place, where the points come from one."""


def explained(
    workspace: Workspace, asked: Which, place: str, item: str, *, released: str = "latest"
) -> Explained:
    """Explain the points of one item; MisusedError where there is no such place or item."""
    node = _node(asked, item)
    # By name or code: the people first, so that only the one's traces are looked for.
    appraising = Appraising(workspace=workspace, released=released)
    people = appraising.people(asked)
    code = next((one.place for one in people if place in {one.place, one.name}), place)
    appraising = Appraising(
        workspace=workspace, released=released, traced=code, rivers=appraising.rivers
    )
    result = of_one(appraising.result(asked), place)
    (held,) = result.by_place.values()
    score, graded = held
    found = score.item(node.item.item)
    assert found is not None  # noqa: S101 - every item of the card is scored
    names = [one.item.item for one in node.below]
    gives = node.item.gives
    return Explained(
        asked=asked,
        score=score,
        graded=graded,
        item=found,
        known=result.judged[0].known.get(node.item.item),
        below=tuple(one for one in score.items if one.item in names),
        figures=tuple(_followed(appraising, found)),
        other=appraising.of_other(asked, gives.rubric, code) if gives and gives.rubric else None,
    )


def _node(asked: Which, said: str) -> ItemNode:
    """Give the item with an id, a number or a term."""
    nodes = nodes_of(asked.rubric)
    for name in ("item", "term"):
        found = [one for one in nodes if getattr(one.item, name) == said]
        if len(found) == 1:
            return found[0]
    numbered = [one for one in nodes if one.number == said]
    if len(numbered) == 1:
        return numbered[0]
    known = joined("、", [say("{id} {term}", id=o.item.item, term=o.item.term) for o in nodes])
    raise MisusedError(say("没有评价项“{item}”；有：{known}", item=said, known=known))


def _followed(appraising: Appraising, item: ItemScore) -> Iterable[Explanation]:
    """Follow the figures that an item ends in, each in its own period."""
    for trace in item.traces:
        if isinstance(trace, FigureRef):
            river, figure = _figure(appraising, trace)
            if figure is not None:
                yield river.explain(figure)


def _figure(appraising: Appraising, trace: FigureRef) -> tuple[River, Figure | None]:
    indicator, _, _, period = trace.key.split("/")[:4]
    river = appraising.river(Period.parse(period))
    figures = river.figures_for([indicator]).values()
    return river, next((one for one in figures if one.key == trace.key), None)
