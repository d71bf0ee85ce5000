"""一数一源 before a form is sent out: which of its columns the bureau holds, and what that saves.

A draft is a card, or any workbook with headers. A card says what kind of value each field takes and
of whom it is asked, so what it saves is counted cell by cell; a workbook says its columns' words
alone, and is judged by them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Final, Literal

import msgspec

from xianxue.bureau.kinds.card import DatedValue
from xianxue.bureau.kinds.form import Form, Sheet
from xianxue.bureau.kinds.held import Way
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.returns.basis.duplicates import (
    Duplicate,
    Likeness,
    Standing,
    fields_of,
    likeness,
    sources,
)
from xianxue.bureau.returns.files.opening import Book, open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.mapping.column_values import is_numbering
from xianxue.bureau.returns.mapping.downwards import find_downwards, names_asked, turned
from xianxue.bureau.returns.mapping.table import Head, Table, find_table, spread
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Phrase, Sentence, say
from xianxue.desk.returns.duplicates import Age, Draft, ages, find_draft, marked_card, savings
from xianxue.desk.returns.sent_files import laid_down
from xianxue.desk.workspace import ComplaintsError, Workspace

CARDS: Final = (".yaml", ".yml")
State = Literal["held", "look", "new"]
WAYS: Final[dict[Way | None, Sentence]] = {
    "value": say("直接带入"),
    "code": say("逐行带入"),
    "stage": say("按学段相加后带入"),
    "total": say("各行相加后带入"),
    None: say("行对不上，不能带入"),
}


class Asked(Record, kw_only=True):
    """One column of a draft, and what the bureau has of it."""

    term: str
    where: str
    """The sheet it stands on."""
    state: State
    held: Standing | None = None
    """The likeliest that holds it."""
    likeness: Likeness | None = None
    how: str = ""
    """How it is filled in, or why a person has to look."""
    others: int = 0
    """How many other fields might be meant as well."""


class Checked(Record, kw_only=True):
    """A draft beside what is held."""

    title: str
    columns: tuple[Asked, ...]
    ages: dict[str, Age]
    places: int
    """How many places would fill it in."""
    cells: int
    """How many cells they would fill in all."""
    saved: int
    """How many of them they need not."""
    card: str = ""
    """The text of the card; empty for a workbook."""
    marked: str = ""
    """The card with what is held marked as filled in from there."""

    def count(self, state: State) -> int:
        """Count the columns of a state."""
        return sum(one.state == state for one in self.columns)


def check_draft(workspace: Workspace, period: Period, name: str, data: bytes) -> Checked:
    """Look at a draft; ComplaintsError where it cannot be read or has faults."""
    if name.lower().endswith(CARDS):
        return _card(workspace, period, name, data)
    return _workbook(workspace, period, name, data)


def estimate(shelf: Shelf, day: date) -> DatedValue | None:
    """Give the estimate of the seconds a cell takes; None where no card has one for the day."""
    found = (card.on(day) for card in shelf.efforts.values())
    # A county's own card stands behind the national one, and is meant where there is one.
    return next((one for one in reversed(list(found)) if one is not None), None)


def hours(cells: int, seconds: DatedValue) -> Fraction:
    """Say how many hours some cells take.

    >>> from xianxue.bureau.law.citation import Seen
    >>> each = DatedValue(
    ...     valid_from=date(2025, 9, 1), value=60, source="xianxue-own", seen=Seen.OWN
    ... )
    >>> hours(90, each)
    Fraction(3, 2)
    """
    return Fraction(seconds.value) * cells / 3600


# ── cards ───────────────────────────────────────────────────────────────────


def _card(workspace: Workspace, period: Period, name: str, data: bytes) -> Checked:
    with laid_down([(name, data)]) as (path,):
        draft = find_draft(workspace, str(path))
    found = draft.duplicates()
    compared = compared_in(draft.form)
    filled = {to: by for to, by in sources(found).items() if to not in compared}
    asked_again = [one for one in found if one.asked.reference not in compared]
    register = workspace.register
    places = [register.county]
    if draft.form.filed_by == "school":
        places = register.schools(period.reference_day)
    saved = savings(draft, asked_again, places, period)
    by_field: dict[str, list[Duplicate]] = {}
    for one in found:
        by_field.setdefault(one.asked.reference, []).append(one)
    columns = tuple(
        _asked(standing, by_field.get(standing.reference, []), sources(found), compared)
        for standing in fields_of(draft.form)
    )
    text = data.decode("utf-8-sig")
    return Checked(
        title=draft.form.term,
        columns=columns,
        ages=_ages(workspace, columns),
        places=sum(one.asked > 0 for one in saved),
        cells=sum(one.asked for one in saved),
        saved=sum(one.saved for one in saved),
        card=text,
        marked=marked_card(text, draft, filled) if filled else "",
    )


def compared_in(form: Form) -> frozenset[str]:
    """Name the fields that a form's own checks speak of: they have to be typed to be judged."""
    sides = (side for check in form.checks for side in (*check.left, *check.right))
    return frozenset(side if isinstance(side, str) else side.field for side in sides)


def _asked(
    standing: Standing, found: list[Duplicate], filled: dict[str, str], compared: frozenset[str]
) -> Asked:
    source = filled.get(standing.reference)
    best = next((one for one in found if one.held.reference == source), None) or next(
        iter(found), None
    )
    state: State = "held" if source else "look" if best is not None else "new"
    return Asked(
        term=standing.field.term,
        where=standing.sheet.term,
        state=state,
        held=best.held if best is not None else None,
        likeness=best.likeness if best is not None else None,
        how=_how_asked(best, standing, compared, filled=bool(source)) if best is not None else "",
        others=max(0, len(found) - 1),
    )


def _how_asked(
    one: Duplicate, standing: Standing, compared: frozenset[str], *, filled: bool
) -> str:
    if filled and standing.reference in compared:
        return say("这张表的校验要用到它，仍然要填")
    return _how(one, filled=filled)


def _how(one: Duplicate, *, filled: bool) -> str:
    if one.fills and not filled:
        # Two candidates are as good as each other: none is filled in by chance.
        return say("不止一处有，由人来定")
    if one.way is not None and not one.covers:
        return say("只有一部分学校有，不能带入")
    return WAYS[one.way] if one.fills or one.way is None else say("核对后再定")


# ── workbooks ───────────────────────────────────────────────────────────────


def _workbook(workspace: Workspace, period: Period, name: str, data: bytes) -> Checked:
    shelf = workspace.shelf
    try:
        book = open_book(data, name)
        columns = tuple(
            _by_words(head, tab, shelf)
            for tab, table in _tables(book, shelf)
            for head in table.named
            if not is_numbering(head)
        )
    except RefusedError as refused:
        raise ComplaintsError([refused.issue(name)]) from refused
    places = len(workspace.register.schools(period.reference_day))
    return Checked(
        title=name.rpartition(".")[0] or name,
        columns=columns,
        ages=_ages(workspace, columns),
        places=places,
        cells=places * len(columns),
        saved=places * sum(one.state == "held" for one in columns),
    )


def _tables(book: Book, shelf: Shelf) -> Iterator[tuple[str, Table]]:
    names = names_asked(shelf.forms.values(), shelf.codes)
    for tab in book.tabs:
        grid, merged = book.cells(tab), book.merged(tab)
        across = find_table(grid, merged)
        down = find_downwards(turned(spread(grid, merged)), names)
        found = [one for one in (across, down) if one is not None]
        if found:
            # One item a row, or one a column: what has more of them is meant.
            yield tab, max(found, key=lambda one: len(one.named))


def _by_words(head: Head, tab: str, shelf: Shelf) -> Asked:
    """Look for a column by its words alone: it is taken to be of the kind of what it is beside."""
    found: list[tuple[Likeness, Standing]] = []
    for form in shelf.forms.values():
        for held in fields_of(form):
            like = likeness(_as_if(head, tab, held), held)
            if like is not None:
                found.append((_doubted(like[0], head, held), held))
    found.sort(key=lambda one: one[0])
    if not found:
        return Asked(term=head.text, where=tab, state="new")
    like, held = found[0]
    alone = sum(one[0] == like for one in found) == 1
    sure = like is not Likeness.NEAR
    return Asked(
        term=head.text,
        where=tab,
        state="held" if sure and alone else "look",
        held=held,
        likeness=like,
        how="" if sure and alone else say("不止一处有，由人来定") if sure else say("核对后再定"),
        others=len(found) - 1,
    )


def _as_if(head: Head, tab: str, held: Standing) -> Standing:
    field = msgspec.structs.replace(
        held.field, field="drafted", term=Phrase(head.core), synonyms=[], prefilled_from=""
    )
    sheet = Sheet(sheet="drafted", term=Phrase(tab), layout="record", fields=[field])
    form: Form = msgspec.structs.replace(held.form, form="drafted", sheets=[sheet])
    return Standing(form, sheet, field)


def _doubted(like: Likeness, head: Head, held: Standing) -> Likeness:
    """Doubt what is measured in another unit, if the header says in which."""
    other = head.unit and head.unit not in {held.field.measured_in.term, held.field.unit}
    return Likeness.NEAR if other else like


def _ages(workspace: Workspace, columns: Iterable[Asked]) -> dict[str, Age]:
    return ages(workspace, {one.held.form.form for one in columns if one.held is not None})


__all__ = ["Checked", "Draft", "check_draft", "estimate", "hours"]
