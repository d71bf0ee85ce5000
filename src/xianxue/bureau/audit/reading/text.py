"""A text as it was read: its quantities in sentences and threads, frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from xianxue.bureau.audit.reading.dumps import without_codes
from xianxue.bureau.audit.reading.layout import spaced, unwrap
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.reading.lists import with_lists
from xianxue.bureau.audit.reading.quantity import Quantity
from xianxue.bureau.audit.reading.roles import Analyst
from xianxue.bureau.audit.reading.scan import scan
from xianxue.bureau.audit.reading.structure import VALUED, Structure
from xianxue.bureau.audit.reading.tables import (
    Table,
    find_tables,
    tables_of,
    with_cells,
    without_cells,
)
from xianxue.bureau.values.record import Record


class Reading(Record):
    """A text, read once; nobody writes into it afterwards."""

    norm: str
    """One character for each of the text, full-width and traditional ones in their usual form."""
    quantities: tuple[Quantity, ...]
    sentences: tuple[tuple[Quantity, ...], ...]
    """The quantities of each sentence that has any, without those of tables."""
    threads: tuple[tuple[Quantity, ...], ...]
    """Quantities that are told of one another: a sentence without its brackets, a bracket with the
    number before it, the third members of all lists of a sentence."""
    tables: tuple[Table, ...]
    lexicon: Lexicon

    def said(self, quantity: Quantity) -> str:
        """Give a quantity as it stands, without blanks."""
        return self.norm[quantity.start : quantity.end].replace(" ", "")

    def between(self, first: Quantity, second: Quantity) -> str:
        """Give the words between two quantities."""
        return self.norm[first.end : second.start]


def read(text: str, lexicon: Lexicon) -> Reading:
    """Read a plain text."""
    norm = unwrap(spaced(text.translate(lexicon.table)))
    drafts = find_tables(norm, lexicon)
    tokens = with_cells(without_codes(norm, scan(without_cells(norm, drafts), lexicon)), drafts)
    found = Structure(norm, lexicon.made(Analyst)).quantities(tokens)
    quantities = with_lists(found, lexicon)
    tables = tables_of(drafts, quantities)
    sentences = tuple(
        tuple(some)
        for _, some in groupby(
            (one for one in quantities if not one.cell and one.form != "name"),
            key=lambda one: one.sentence,
        )
    )
    threads = tuple(thread for some in sentences for thread in threads_of(some))
    return Reading(norm, tuple(quantities), sentences, threads, tables, lexicon)


def threads_of(sentence: Sequence[Quantity]) -> Iterator[tuple[Quantity, ...]]:
    """Give what of a sentence is told of one another."""
    inside: dict[int, list[Quantity]] = {}
    for one in sentence:
        if one.depth:
            inside.setdefault(one.owner, []).append(one)
    # A bracket with one number is an aside of its clause: 快于人员经费增速(6.3%)3.5个百分点.
    valued = [[one for one in some if one.form in VALUED] for some in inside.values()]
    alone = {some[0].index for some in valued if len(some) == 1 and some[0].depth == 1}
    main = [one for one in sentence if not one.depth or one.index in alone]
    if len(main) > 1:
        yield tuple(main)
    by_index = {one.index: one for one in sentence}
    for owner, some in inside.items():
        before = [by_index[owner]] if owner in by_index else []
        if len(some) + len(before) > 1:
            yield (*before, *some)
    yield from _parallel(main)


def _parallel(main: Sequence[Quantity]) -> Iterator[tuple[Quantity, ...]]:
    """Give the members of the lists of a sentence by their places, lists of one length together."""
    lists: dict[int, list[Quantity]] = {}
    for one in main:
        if one.size > 1:
            lists.setdefault(one.size, []).append(one)
    for size, some in lists.items():
        if len(some) == size:
            continue
        for place in range(size):
            yield tuple(one for one in some if one.place == place)
