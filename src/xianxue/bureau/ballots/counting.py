"""Counting: what each paper adds, and how often each answer was given on all of them.

A counter is a cell and a number. One paper after another adds its cells (``look``), or all papers
that were kept are counted at once (``count``): both come to the same counters, which is what a
recount is. What a cell stands for:

=============  ============  =======================================================
question       item          counted
=============  ============  =======================================================
empty          ``valid``     papers that are valid
empty          ``invalid``   papers that are not
empty          ``none``      valid papers on which nothing was ticked
empty or not   ``!code``     faults
a question     an answer     how often it was given
a question     ``*``         valid papers that answered it (this column of it)
a question     ``-``         valid papers that left it blank: 弃权
a question     ``!``         valid papers on which this column is void
=============  ============  =======================================================

Papers that were not asked a question are in none of its cells: missing is not zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.papers import END, Paper, heads_parts, text_of, tick_parts
from xianxue.bureau.ballots.shapes import MOST, Weights
from xianxue.bureau.ballots.validity import Verdict, judge
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.values.record import Record

VALID: Final = "valid"
INVALID: Final = "invalid"
NOTHING: Final = "none"
ANSWERED: Final = "*"
BLANK: Final = "-"
VOID: Final = "!"

_PIECE: Final = 80
"""Letters after which a paper is cut at the next tick: about five ticks, which soon repeat."""
_REMEMBERED: Final = 100_000


class Cell(Record, order=True):
    """What a counter counts."""

    question: str
    item: str
    about: str = ""
    row: str = ""
    group: str = ""
    place: str = ""


Cells = Mapping[Cell, int]


class Looked(Record):
    """One paper, looked at."""

    verdict: Verdict
    cells: Cells
    """What it adds to the counters."""


def look(opened: Opened, paper: Paper) -> Looked:
    """Look at one paper; ValueError for what no paper can say."""
    head, *lines = text_of(opened, paper).split(END)
    counter = _Counter(opened)
    verdict = counter.verdict(head, lines)
    return Looked(verdict, _cells(head, verdict, dict.fromkeys(lines, 1), 1, opened))


def count(opened: Opened, papers: Iterable[tuple[str, int]]) -> dict[Cell, int]:
    """Count papers that were kept: the text of each, and how many say the same."""
    # Papers that say just the same are put together first: to look a text up costs less than to
    # cut it to pieces.
    alike: defaultdict[str, int] = defaultdict(int)
    for text, many in papers:
        alike[text] += many
    counter = _Counter(opened)
    counter.add(alike.items())
    return counter.cells()


class _Bucket:
    """Papers of one head that one verdict holds for."""

    def __init__(self, head: str, verdict: Verdict) -> None:
        self.head = head
        self.verdict = verdict
        self.papers = 0
        self.pieces: defaultdict[str, int] = defaultdict(int)

    def ticked(self) -> dict[str, int]:
        """Say how often each tick stands on the papers."""
        found: dict[str, int] = defaultdict(int)
        for piece, many in self.pieces.items():
            for line in piece.split(END):
                found[line] += many
        return found


class _Pieces(dict[str, int]):
    """Pieces of papers to their shapes: what the first five cadres got is soon seen again."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, piece: str) -> int:
        shape = sum(map(self._weights.__getitem__, piece.split(END)))
        # Where hardly any are alike, remembering them would only take room.
        if len(self) < _REMEMBERED:
            self[piece] = shape
        return shape


class _Counter:
    """Papers put together by verdict, so that their ticks need no more than to be counted."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened
        self._weights = Weights(opened)
        self._pieces = _Pieces(self._weights)
        self._judged: dict[tuple[str, int], Verdict | None] = {}
        self._buckets: dict[tuple[str, int], _Bucket] = {}
        self._by_ticks: list[_Bucket] = []

    def add(self, papers: Iterable[tuple[str, int]]) -> None:
        """Add papers: the text of each, and how many say the same."""
        # A million go through this loop: what it looks up every time has a name of its own.
        shapes, buckets, cut = self._pieces, self._buckets, _PIECE
        for text, many in papers:
            at = text.find(END) + 1
            head = text[: at - 1] if at else text
            mine: list[str] = []
            shape = 0
            while at:
                end = text.find(END, at + cut)
                piece = text[at:end] if end >= 0 else text[at:]
                mine.append(piece)
                shape += shapes[piece]
                at = end + 1
            bucket = buckets.get((head, shape))
            if bucket is None:
                bucket = self._bucket(head, shape, mine)
            bucket.papers += many
            pieces = bucket.pieces
            for piece in mine:
                pieces[piece] += many

    def _bucket(self, head: str, shape: int, mine: list[str]) -> _Bucket:
        lines = [line for piece in mine for line in piece.split(END)]
        if len(lines) >= MOST:
            message = f"a paper with {len(lines)} ticks"
            raise ValueError(message)
        verdict = self.verdict(head, lines)
        bucket = _Bucket(head, verdict)
        if self._judged[head, shape] is None:
            # Another paper of the same shape may be judged otherwise.
            self._by_ticks.append(bucket)
        else:
            self._buckets[head, shape] = bucket
        return bucket

    def verdict(self, head: str, lines: list[str]) -> Verdict:
        """Judge a paper, by its shape where that is enough."""
        shape = sum(map(self._weights.__getitem__, lines))
        if (head, shape) not in self._judged:
            self._judged[head, shape] = judge(self._opened, self._weights, head, shape)
        known = self._judged[head, shape]
        if known is None:
            known = judge(self._opened, self._weights, head, shape, lines)
        assert known is not None  # noqa: S101 - with its ticks any paper can be judged
        return known

    def cells(self) -> dict[Cell, int]:
        """Give the counters."""
        found: dict[Cell, int] = defaultdict(int)
        for bucket in (*self._buckets.values(), *self._by_ticks):
            ticked, papers = bucket.ticked(), bucket.papers
            for cell, many in _cells(
                bucket.head, bucket.verdict, ticked, papers, self._opened
            ).items():
                found[cell] += many
        return dict(sorted(found.items()))


def _cells(
    head: str, verdict: Verdict, ticked: Mapping[str, int], papers: int, opened: Opened
) -> dict[Cell, int]:
    """Give what some papers of one verdict add."""
    group, place, _ = heads_parts(head)
    # Who handed in a paper of an unknown group is told by nothing that is counted.
    known = group if opened.card.group(group) is not None else ""
    found: dict[Cell, int] = {}
    for cell, many in _raw(verdict, ticked, papers, opened):
        of = Cell(cell.question, cell.item, cell.about, cell.row, known, place if known else "")
        found[of] = found.get(of, 0) + many
    return {cell: many for cell, many in found.items() if many}


def _raw(
    verdict: Verdict, ticked: Mapping[str, int], papers: int, opened: Opened
) -> Iterator[tuple[Cell, int]]:
    yield Cell("", VALID if verdict.valid else INVALID), papers
    if verdict.abstained:
        yield Cell("", NOTHING), papers
    for fault in verdict.faults:
        at = fault.column
        # Of a paper that does not count only what voids it is told.
        if verdict.valid or fault.voids == "paper":
            yield Cell(at.question, f"!{fault.code}", at.about, at.row), papers
    if not verdict.valid:
        return
    dropped: dict[Column, int] = defaultdict(int)
    for line, many in ticked.items():
        column, answer = tick_parts(line)
        place = _place(opened.by_name.get(column.question), column)
        if verdict.states.get(place) != "answered":
            continue
        if (column.question, answer) in verdict.dropped:
            dropped[place] += many
        else:
            yield Cell(column.question, answer, column.about, column.row), many
    marks = {"answered": ANSWERED, "blank": BLANK, "void": VOID}
    for column, state in verdict.states.items():
        if state:
            lost = dropped[column]
            yield Cell(column.question, marks[state], column.about, column.row), papers - lost
            yield Cell(column.question, VOID, column.about, column.row), lost


def _place(question: Question | None, column: Column) -> Column:
    """Give the column of a tick: the ranks of a ranking are one."""
    if question is not None and question.kind == "ranking":
        return Column(column.question, column.about)
    return column
