"""Results: what a closed ballot came to, with what may be shown of it.

They are made once, after closing: two results of one ballot, of eight papers and then of nine,
would tell the ninth. While it is open only how many have voted is told, in fives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from xianxue.bureau.ballots.counting import (
    ANSWERED,
    BLANK,
    INVALID,
    NOTHING,
    VALID,
    VOID,
    Cells,
)
from xianxue.bureau.ballots.deciding import There, Turnout
from xianxue.bureau.ballots.hiding import Hidden, Key, Scope, hidden, scopes_of
from xianxue.bureau.ballots.hiding_places import (
    FAVOURABLE,
    OTHERS,
    SILENT,
    sum_of,
    told_by_place,
)
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.values.record import Record

IN_STEPS: Final = 5
"""How exactly it is told how many have voted, as long as a ballot is open."""


class Shown(Record, kw_only=True):
    """One number of the results."""

    column: Column
    option: str
    """An answer, ``-`` for blank (弃权), ``!`` for void; by place one of the sums of ``hiding``."""
    group: str
    place: str
    count: int | None
    """None where it is hidden."""
    most: bool = False
    """Whether few answered and all of them said this: «the most» is all that is told."""

    @property
    def hidden(self) -> bool:
        """Whether the number is not shown."""
        return self.count is None


class Sheet(Record, kw_only=True):
    """The papers of a ballot: 收回, 有效, 无效, 弃权. ``returned = valid + invalid``."""

    valid: int
    invalid: int
    nothing: int
    """Valid papers on which nothing was ticked."""
    faults: Mapping[str, int]
    """Each fault to how often it was found."""

    @property
    def returned(self) -> int:
        """How many came back."""
        return self.valid + self.invalid


class Results(Record, kw_only=True):
    """What a ballot came to."""

    sheet: Sheet
    numbers: tuple[Shown, ...]


def so_far(voted: int) -> int:
    """Say how many have voted while a ballot is open, told in fives.

    >>> so_far(8), so_far(9), so_far(10)
    (5, 5, 10)
    """
    return voted // IN_STEPS * IN_STEPS


def sheet_of(cells: Cells) -> Sheet:
    """Give the papers that were counted."""
    papers: dict[str, int] = defaultdict(int)
    faults: dict[str, int] = defaultdict(int)
    for cell, many in cells.items():
        if cell.item.startswith("!") and cell.item != VOID:
            faults[cell.item.removeprefix("!")] += many
        elif not cell.question:
            papers[cell.item] += many
    return Sheet(
        valid=papers[VALID],
        invalid=papers[INVALID],
        nothing=papers[NOTHING],
        faults=dict(sorted(faults.items())),
    )


def votes_of(opened: Opened, cells: Cells, column: Column, group: str = "") -> dict[str, int]:
    """Give how often each answer of a column was given, by all or one group; void is no answer.

    An answer that nobody gave is 0, for it was on the paper.
    """
    question = opened.columns[column]
    found = dict.fromkeys(opened.answers(question), 0)
    for cell, many in cells.items():
        at = Column(cell.question, cell.about, cell.row)
        if at == column and group in {"", cell.group} and not _mark(cell.item):
            found[cell.item] = found.get(cell.item, 0) + many
    return found


def turnout_of(cells: Cells, column: Column, there: There) -> Turnout:
    """Give the numbers a share of a column may be of; valid are papers on which it is not void."""
    sheet = sheet_of(cells)
    void = sum(
        many
        for cell, many in cells.items()
        if cell.item == VOID and Column(cell.question, cell.about, cell.row) == column
    )
    return Turnout(
        entitled=there.entitled,
        present=there.present,
        issued=there.issued,
        returned=sheet.returned,
        valid=sheet.valid - void,
    )


def results(opened: Opened, cells: Cells, unseen: Hidden | None = None) -> Results:
    """Give the results of a closed ballot; what of them is ``hidden`` is worked out where None."""
    lost = hidden(opened, cells) if unseen is None else unseen
    numbers = (*_numbers(opened, cells, lost), *_by_place(opened, cells, lost))
    return Results(sheet=sheet_of(cells), numbers=numbers)


def _numbers(opened: Opened, cells: Cells, unseen: Hidden) -> Iterator[Shown]:
    scopes = [scope for scope in scopes_of(opened, cells) if not scope.place]
    many: dict[tuple[Column, str, Scope], int] = defaultdict(int)
    for cell, number in cells.items():
        column = Column(cell.question, cell.about, cell.row)
        for scope in {Scope(), Scope(cell.group)} & set(scopes):
            many[column, cell.item, scope] += number
    void = {(cell.question, cell.about) for cell in cells if cell.item == VOID}
    for column, question in opened.columns.items():
        for scope in [Scope()] if question.when else scopes:
            alike = unseen.unanimous.get((column, scope))
            untold = (column, scope) in unseen.untold
            for at, option, item in _asked(opened, column, many, scope):
                lost = untold or Key(column, item, scope) in unseen.keys
                number = None if lost else many[at, option, scope]
                yield Shown(column=at, option=option, group=scope.group, place="", count=number,
                            most=alike == item)  # fmt: skip
            marks = (BLANK, VOID) if (column.question, column.about) in void else (BLANK,)
            for mark in marks:
                lost = untold or Key(column, mark, scope) in unseen.keys
                number = None if lost else many[column, mark, scope]
                yield Shown(column=column, option=mark, group=scope.group, place="", count=number)


def _asked(
    opened: Opened, column: Column, many: Mapping[tuple[Column, str, Scope], int], scope: Scope
) -> Iterator[tuple[Column, str, str]]:
    """Give where an answer stands, the answer, and what it is called among what is hidden."""
    question = opened.columns[column]
    ranked = question.kind == "ranking"
    ranks = [str(one) for one in range(1, opened.most(question) + 1)] if ranked else [column.row]
    for rank in ranks:
        at = Column(column.question, column.about, rank)
        written = {item for where, item, whose in many if (where, whose) == (at, scope)}
        given = [*opened.answers(question), *sorted(written)]
        for option in dict.fromkeys(one for one in given if not _mark(one)):
            yield at, option, f"{rank}/{option}" if ranked else option


def _by_place(opened: Opened, cells: Cells, unseen: Hidden) -> Iterator[Shown]:
    """Give of each place who is favourable, who judged otherwise, and who did not judge."""
    many: dict[tuple[Column, str, str], int] = defaultdict(int)
    told = {at: one for at, one in opened.columns.items() if told_by_place(one)}
    for cell, number in cells.items():
        at = Column(cell.question, cell.about, cell.row)
        marked = cell.item == ANSWERED or (cell.item.startswith("!") and cell.item != VOID)
        if cell.place and at in told and not marked:
            many[at, sum_of(told[at], cell.item), cell.place] += number
    for column in told:
        for scope in scopes_of(opened, cells):
            for name in (FAVOURABLE, OTHERS, SILENT) if scope.place else ():
                untold = (column, scope) in unseen.untold
                lost = untold or Key(column, name, scope) in unseen.keys
                number = None if lost else many[column, name, scope.place]
                yield Shown(column=column, option=name, group="", place=scope.place, count=number)


def _mark(item: str) -> bool:
    """Whether an item is no answer: answered, blank, void, a fault."""
    return not item[:1].isalnum() and not item.startswith("+")
