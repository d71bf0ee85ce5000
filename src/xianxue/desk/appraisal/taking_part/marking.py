"""What one assessor has to mark, and has marked: their own marks and nobody else's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.kinds.appraisal.tree import ItemNode
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import person
from xianxue.desk.actions.appraisal.doing import About, above
from xianxue.desk.actions.appraisal.lines import Assigned, Lines
from xianxue.desk.appraisal.duties import marked_items
from xianxue.desk.appraisal.judged import Who
from xianxue.desk.appraisal.taking_part.own_part import asked_leaves


class OwnMark(Record, kw_only=True):
    """One item that an assessor marks for one place."""

    node: ItemNode
    value: Fraction | None = None
    level: str = ""
    absent: str = ""
    """Why it does not apply; it is not marked then."""

    @property
    def given(self) -> bool:
        """Whether they have marked it."""
        return self.value is not None or bool(self.level)


class Sheet(Record, kw_only=True):
    """One place as one assessor has it before them."""

    place: str
    name: str
    seat: Assigned
    marks: tuple[OwnMark, ...]

    @property
    def asked(self) -> int:
        """How many items are to be marked."""
        return sum(1 for one in self.marks if not one.absent)

    @property
    def given(self) -> int:
        """How many of these are."""
        return sum(1 for one in self.marks if not one.absent and one.given)


def sheets_of(about: About, people: Sequence[Who], lines: Lines, name: str) -> list[Sheet]:
    """Give what somebody was assigned, in the order of the register."""
    mine = [one for one in lines.assigned if person(one.person) == person(name)]
    if not mine:
        return []
    over = {one.item.item: {"", *above(about, one.item.item)} for one in marked_items(about.rubric)}
    given = lines.marks()
    absent = {(one.place, one.item): str(one.said["note"]) for one in lines.standing("absent")}
    found: list[Sheet] = []
    for who in people:
        here = [one for one in mine if one.place == who.place]
        if not here:
            continue
        nodes = [
            node
            for node in asked_leaves(about.rubric, who.facts)
            if any(one.item in over.get(node.item.item, ()) for one in here)
        ]
        marks = tuple(
            _own(node, given.get((who.place, node.item.item), {}).get(person(name)), absent, who)
            for node in nodes
        )
        found.append(Sheet(place=who.place, name=who.name, seat=here[0], marks=marks))
    return found


def _own(node: ItemNode, line: object, absent: Mapping[tuple[str, str], str], who: Who) -> OwnMark:
    said: Mapping[str, str] = getattr(line, "said", {})
    value = said.get("value")
    return OwnMark(
        node=node,
        value=None if value is None else Fraction(value),
        level=said.get("level", ""),
        absent=absent.get((who.place, node.item.item), ""),
    )
