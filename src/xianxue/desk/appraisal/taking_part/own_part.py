"""What one who is judged has said of itself: answers, papers, appeals, and what is still to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from xianxue.bureau.appraisal.comparison import asked_of
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.source_of_points import EvidenceNeed
from xianxue.bureau.kinds.appraisal.tree import ItemNode, tree_of
from xianxue.bureau.ledgers.counting import Facts
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.appraisal.reports import documents_of
from xianxue.desk.appraisal.kept import index_number
from xianxue.desk.stores.clock import day_of
from xianxue.desk.stores.scans import Scan

TAKEN_UP = frozenset({"marks", "adjust"})
"""Sources of which a place says how many points it gives itself: all else is counted for it."""
SAID_OF = TAKEN_UP | {"document", "given"}
"""Sources of which it says something in words."""


class SelfAnswer(Record, kw_only=True):
    """What a place last said of one item."""

    points: Fraction | None
    level: str
    text: str


class Paper(Record, kw_only=True):
    """A document that a place handed in; one file may stand in several of them."""

    line: int
    title: str
    file: str
    digest: str
    kind: str
    size: int
    serves: tuple[tuple[str, str], ...]
    """Item and document, by their ids."""
    at: datetime
    by: str

    @property
    def scan(self) -> Scan:
        """The file as it is kept."""
        return Scan(self.file, self.digest, self.kind, self.size)


class WantedPaper(Record, kw_only=True):
    """A document that the card asks of a place, and what was handed in for it."""

    item: str
    document: str
    index: str
    """Its index number: 1.2.3-01."""
    term: Sentence
    note: Sentence
    of: str
    """The item it is for, by its name."""
    papers: tuple[Paper, ...]


class Appealed(Record, kw_only=True):
    """An appeal of a place, and the decision where there is one."""

    line: int
    item: str
    """Empty: against the whole."""
    text: str
    at: datetime
    by: str
    decided: datetime | None = None
    upheld: bool = False
    answer: str = ""


class OwnPart(Record, dict=True, kw_only=True):
    """The part of one who is judged in one appraisal."""

    rubric: Rubric
    place: str
    facts: Facts
    lines: Lines

    @cached_property
    def leaves(self) -> tuple[ItemNode, ...]:
        """The items that are asked of it, in the order of the card."""
        absent = {one.item for one in self.lines.standing("absent") if one.place == self.place}
        asked = asked_leaves(self.rubric, self.facts)
        return tuple(one for one in asked if one.item.item not in absent)

    @cached_property
    def answered(self) -> tuple[ItemNode, ...]:
        """Those of which it says how many points it gives itself."""
        return tuple(
            one for one in self.leaves if one.item.gives and one.item.gives.kind in TAKEN_UP
        )

    @cached_property
    def answers(self) -> Mapping[str, SelfAnswer]:
        """What it last said, by item."""
        return {
            one.item: SelfAnswer(
                points=None if one.said.get("value") is None else Fraction(one.said["value"]),
                level=one.said.get("level", ""),
                text=one.said.get("text", ""),
            )
            for one in self.lines.standing("self")
            if one.place == self.place
        }

    @cached_property
    def open_items(self) -> tuple[ItemNode, ...]:
        """Items to which it has given neither points nor a level yet; additions are no duty."""
        return tuple(
            one
            for one in self.answered
            if not one.adjusts and not _taken_up(self.answers.get(one.item.item))
        )

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """The documents that stand, in the order in which they came."""
        return tuple(
            Paper(
                line=one.number,
                title=one.said["title"],
                file=one.said["file"],
                digest=one.said["digest"],
                kind=one.said["kind"],
                size=one.said["size"],
                serves=tuple((item, document) for item, document in one.said["serves"]),
                at=one.at,
                by=one.by,
            )
            for one in self.lines.standing("document")
            if one.place == self.place
        )

    @property
    def files(self) -> tuple[Paper, ...]:
        """Each file once, however many documents it stands in."""
        return tuple({one.digest: one for one in self.papers}.values())

    @cached_property
    def wanted(self) -> tuple[WantedPaper, ...]:
        """Every document that is asked of it, in the order of index numbers."""
        return tuple(
            self._wanted(node, document) for node in self.leaves for document in documents_of(node)
        )

    @property
    def lacking(self) -> tuple[WantedPaper, ...]:
        """The documents for which nothing was handed in yet (还缺的佐证)."""
        return tuple(one for one in self.wanted if not one.papers)

    @cached_property
    def handed_in(self) -> tuple[int, datetime] | None:
        """Line and moment of handing in; None while it is open."""
        line = self.lines.handed_in(self.place)
        return None if line is None else (line.number, line.at)

    @property
    def due(self) -> date | None:
        """The last day of self-appraisal."""
        return self.lines.due

    @cached_property
    def appeals(self) -> tuple[Appealed, ...]:
        """Its appeals, each with its decision."""
        decided = {one.said["line"]: one for one in self.lines.standing("decide")}
        found: list[Appealed] = []
        for one in self.lines.standing("appeal"):
            if one.place != self.place:
                continue
            answer = decided.get(one.number)
            found.append(
                Appealed(
                    line=one.number,
                    item=one.item,
                    text=one.said["text"],
                    at=one.at,
                    by=one.by,
                    decided=None if answer is None else answer.at,
                    upheld=answer is not None and bool(answer.said["upheld"]),
                    answer="" if answer is None else answer.said["text"],
                )
            )
        return tuple(found)

    @property
    def handed_in_on(self) -> date | None:
        """The day of handing in; None while it is open."""
        return None if self.handed_in is None else day_of(self.handed_in[1])

    def _wanted(self, node: ItemNode, document: str) -> WantedPaper:
        need = _need(node, document)
        item = node.item.item
        return WantedPaper(
            item=item,
            document=document,
            index=index_number(node, document),
            term=need.term,
            note=need.note,
            of=node.item.term,
            papers=tuple(one for one in self.papers if (item, document) in one.serves),
        )


def asked_leaves(rubric: Rubric, facts: Facts) -> Iterator[ItemNode]:
    """Go through the items that points come from, of those that are asked of somebody."""
    return _asked(tree_of(rubric), facts)


def _asked(nodes: Iterable[ItemNode], facts: Facts) -> Iterator[ItemNode]:
    for node in nodes:
        if not asked_of(node, facts):
            continue
        if node.below:
            yield from _asked(node.below, facts)
        else:
            yield node


def _need(node: ItemNode, document: str) -> EvidenceNeed:
    gives = node.item.gives
    known = [*(gives.documents if gives is not None else ()), *node.item.evidence]
    return next(one for one in known if one.document == document)


def _taken_up(answer: SelfAnswer | None) -> bool:
    return answer is not None and (answer.points is not None or bool(answer.level))
