"""Lists: every one can be searched, filtered, sorted, paged, printed and exported whole.

What is searched for stands in the address, so going back, a bookmark and a
second tab show the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from django.http import HttpResponse

from xianxue.bureau.values.natural import natural
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.web.kit.counts import Counts
from xianxue.web.kit.files import download
from xianxue.web.kit.helpers import moment
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.whole import whole
from xianxue.web.kit.words import tell

if TYPE_CHECKING:
    from xianxue.desk.returns.exporting import Sheet

R = TypeVar("R")

PAGE: Final = 100
"""Rows a page: what is scrolled through in a minute; exports and prints have all of them."""

Value = Callable[[R], object]
"""What a row says in a column: a text, a sentence, an exact number, a day, or None for nothing."""


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: what it is called, and what it is sorted and exported by."""

    name: str
    head: Sentence
    value: Value[R]
    number: bool = False
    unit: Sentence | str = ""
    sorts: bool = True
    order: Value[R] | None = None
    """By what it is sorted where that is not what it says: 一年级 before 二年级."""


@dataclass(frozen=True)
class Choice(Generic[R]):
    """One filter: a chip above the list."""

    name: str
    term: Sentence
    of: Callable[[R], str]
    """The code of a row."""
    words: Callable[[str], object]
    """What a code is called."""


class Chip(Record):
    """A filter as it is written."""

    name: str
    term: Sentence
    value: str
    options: list[tuple[str, object, int]]


@dataclass
class Listing(Generic[R]):
    """The rows of a page, as the address asks for them."""

    path: str
    columns: Sequence[Column[R]]
    rows: Sequence[R]
    """Those of the filter, in order: what is exported."""
    shown: Sequence[R]
    """Those of the page."""
    total: int
    query: str
    sort: str
    down: bool
    page: int
    last: int
    choices: list[Chip] = field(default_factory=list[Chip])
    kept: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    printing: bool = False

    @property
    def count(self) -> int:
        """How many rows the filter leaves."""
        return len(self.rows)

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return any(chip.value for chip in self.choices)

    def toggled(self, name: str) -> str:
        """Give the sorting that a click on a head asks for: down where it was up."""
        return f"-{name}" if self.sort == name and not self.down else name


def listed(  # noqa: PLR0913 - rows, and what of them is asked by what
    request: Asked,
    rows: Sequence[R],
    columns: Sequence[Column[R]],
    *,
    text: Callable[[R], str],
    choices: Sequence[Choice[R]] = (),
    sort: str = "",
) -> Listing[R]:
    """Search, filter, sort and page rows as the address asks.

    ``text`` gives what of a row is searched, ``sort`` the order where the address names none (``-``
    before it for falling); without either the rows stay as they come.
    """
    asked = request.GET
    query = asked.get("q", "").strip()
    found = [row for row in rows if _has(text(row), query)]
    chips: list[Chip] = []
    for choice in choices:
        value = asked.get(choice.name, "")
        # Counted over what the search leaves: a chip never promises rows that are not there.
        counts = Counter(choice.of(row) for row in found)
        options = [(code, choice.words(code), counts[code]) for code in counts if code]
        chips.append(Chip(choice.name, choice.term, value, options))
    for choice, chip in zip(choices, chips, strict=True):
        if chip.value:
            found = [row for row in found if choice.of(row) == chip.value]
    wanted = asked.get("sort", sort)
    name, down = wanted.removeprefix("-"), wanted.startswith("-")
    column = next((one for one in columns if one.name == name and one.sorts), None)
    if column is not None:
        found = _sorted(found, column, down=down)
    last = max(1, -(-len(found) // PAGE))
    # Page 5 of a list that has shrunk to 2 is its last.
    page = min(max(1, whole(asked.get("page", "")) or 1), last)
    printing = asked.get("as") == "print"
    shown = found if printing else found[(page - 1) * PAGE : page * PAGE]
    own = {"q", "page", "as", *(choice.name for choice in choices)}
    kept = [(key, value) for key, value in asked.items() if key not in own]
    return Listing(
        request.path,
        columns,
        found,
        shown,
        len(rows),
        query,
        name if column is not None else "",
        down,
        page,
        last,
        chips,
        kept,
        printing,
    )


def exported(
    request: Asked, listing: Listing[R], title: str, counts: Counts | None = None
) -> HttpResponse | None:
    """Give the whole list as a workbook where the address asks for it, as it is filtered."""
    if request.GET.get("as") != "xlsx":
        return None
    from xianxue.desk.returns.exporting import Sheet, workbook_of  # noqa: PLC0415 - loads XlsxWriter

    heads = [
        f"{tell(one.head)}（{tell(one.unit)}）" if one.unit else str(tell(one.head))
        for one in listing.columns
    ]
    rows = [[tell(one.value(row)) for one in listing.columns] for row in listing.rows]
    data = workbook_of(
        Sheet(str(tell(title)), heads, rows), about_list(request, listing, title, counts)
    )
    return download(data, f"{tell(title)}.xlsx")


def about_list(
    request: Asked, listing: Listing[R], title: str, counts: Counts | None = None
) -> Sheet:
    """Say on a sheet of its own which rows of a list these are, how many, and as of when."""
    from xianxue.desk.returns.exporting import Sheet  # noqa: PLC0415 - as above

    visit = request.visit
    column = next((one for one in listing.columns if one.name == listing.sort), None)
    order = say("表里的顺序") if column is None else column.head
    if column is not None and listing.down:
        order = say("{head}，从大到小", head=column.head)
    said = [
        (say("表"), title),
        (say("行数"), listing.count),
        (say("不加条件共"), listing.total),
        *((chip.term, _chosen(chip)) for chip in listing.choices if chip.value),
        *([(say("查找"), listing.query)] if listing.query else []),
        (say("排序"), order),
        *(
            [(say("数的口径"), counts.words), (say("截至"), counts.period.reference_day)]
            if counts is not None
            else []
        ),
        (say("导出"), say("{name} {at}", name=visit.actor.name, at=moment(visit.at))),
    ]
    heads = [str(tell(say("项目"))), str(tell(say("内容")))]
    return Sheet(str(tell(say("说明"))), heads, [[tell(one), tell(value)] for one, value in said])


def _chosen(chip: Chip) -> object:
    return next((words for code, words, _ in chip.options if code == chip.value), chip.value)


def _has(text: str, query: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in query.casefold().split())


def _sorted(rows: list[R], column: Column[R], *, down: bool) -> list[R]:
    value = column.order or column.value
    # What has no value stands last whichever way: it is neither the least nor the most.
    known = [row for row in rows if value(row) not in {None, ""}]
    unknown = [row for row in rows if value(row) in {None, ""}]
    return sorted(known, key=lambda row: _order(value(row)), reverse=down) + unknown


def _order(value: object) -> tuple[int, object]:
    # Words and numbers in one column (未填, 不适用): numbers first.
    return (1, natural(value)) if isinstance(value, str) else (0, value)
