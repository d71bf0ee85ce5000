"""What an indicator comes down to: the tables it is counted from, the slices it is figured by."""

from __future__ import annotations

from xianxue.bureau.kinds.form import Term
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.slices import Slice, slices_of
from xianxue.bureau.kinds.table import Table


def tables_under(card: Indicator, shelf: Shelf) -> dict[str, Table]:
    """Give the tables that an indicator, or anything it is made of, is counted from, by name.

    What a population counts, and what decides which places a share looks at, belongs to it.
    """
    names: dict[str, None] = {}
    seen: set[str] = set()
    todo = [card]
    while todo:
        one = todo.pop()
        if one.indicator in seen:
            # A circle is the door's to complain of; here it only has to end.
            continue
        seen.add(one.indicator)
        names |= dict.fromkeys(_named(one, shelf))
        below = (shelf.indicator(name) for name in one.rests_on)
        todo += [each for each in below if each is not None]
    return {name: shelf.tables[name] for name in names if name in shelf.tables}


def slices_by_card(card: Indicator, shelf: Shelf) -> list[Slice]:
    """Give every slice an indicator is figured by, in the order of its card and of the codes."""
    tables = list(tables_under(card, shelf).values())
    found = (slices_of(name, tables, shelf.codes) or [] for name in card.slices)
    return [one.slice for values in found for one in values]


def slice_named(said: str, card: Indicator | None, shelf: Shelf) -> Slice | None:
    """Give the slice that ``dimension=code`` names, with its words as far as they are known.

    None for the whole, whose name is empty.
    """
    if not said:
        return None
    known = slices_by_card(card, shelf) if card is not None else []
    dimension, _, code = said.partition("=")
    return next((one for one in known if str(one) == said), Slice(dimension, code))


def _named(card: Indicator, shelf: Shelf) -> list[str]:
    sums = (card.of, card.numerator, card.denominator)
    terms: list[str | Term] = [term for one in sums if one is not None for term in one.sum]
    population = shelf.populations.get(card.population)
    if population is not None:
        terms.append(population.pupils)
    named = [one if isinstance(one, str) else one.field or one.count for one in terms]
    if card.share_of is not None:
        named += [column for column in card.share_of.where if "." in column]
    return [name.partition(".")[0] for name in named]
