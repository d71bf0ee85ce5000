"""How far marks have come: how many each assessor has given of how many, and never which."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.tree import ItemNode, leaves_of, nodes_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import person

if TYPE_CHECKING:
    from xianxue.desk.actions.appraisal.lines import Lines

Applies = Callable[[str, str], bool]
"""Whether an item applies to a place."""
ALL: Final = ""
"""Of an assignment: every item that is marked."""


class Duty(Record, kw_only=True):
    """One assessor's work."""

    person: str
    seat: str
    panels: tuple[str, ...]
    places: tuple[str, ...]
    due: int
    """Marks that are to be given …"""
    done: int
    """… and how many of them have been."""


class Covered(Record, kw_only=True):
    """How far the marks of one place have come."""

    place: str
    assessors: int
    due: int
    done: int
    short: int
    """Items to which fewer assessors are assigned than the card asks for."""


def marked_items(rubric: Rubric) -> tuple[ItemNode, ...]:
    """Give the items that assessors mark."""
    return tuple(
        one for one in leaves_of(rubric) if one.item.gives and one.item.gives.kind == "marks"
    )


def needed(rubric: Rubric) -> int:
    """Give how many assessors a place needs: what the item that asks for the most asks for."""
    panels = [one.item.gives.panel.at_least for one in marked_items(rubric) if one.item.gives]
    return max(panels, default=0)


class Work(Record, kw_only=True):
    """All that is to be marked, by whom, and what has been."""

    due: dict[str, set[tuple[str, str]]]
    """Assessor (as people are told apart) to places and items."""
    done: set[tuple[str, str, str]]
    """Assessor, place and item."""


def work_of(rubric: Rubric, lines: Lines, applies: Applies) -> Work:
    """Give what assessors have to do, by what stands."""
    marked = {one.item.item for one in marked_items(rubric)}
    under = {
        node.item.item: [one.item.item for one in node.walk() if one.item.item in marked]
        for node in nodes_of(rubric)
    }
    under[ALL] = sorted(marked)
    due: dict[str, set[tuple[str, str]]] = {}
    for one in lines.assigned:
        due.setdefault(person(one.person), set()).update(
            (one.place, item) for item in under.get(one.item, ()) if applies(one.place, item)
        )
    done = {(who, *key) for key, held in lines.marks().items() for who in held}
    return Work(due=due, done=done)


def duties(rubric: Rubric, lines: Lines, applies: Applies) -> tuple[Duty, ...]:
    """Give every assessor, in the order in which they were assigned."""
    work = work_of(rubric, lines, applies)
    found: list[Duty] = []
    for key, due in work.due.items():
        mine = [one for one in lines.assigned if person(one.person) == key]
        found.append(
            Duty(
                person=mine[0].person,
                seat=mine[0].seat,
                panels=tuple(dict.fromkeys(one.panel for one in mine if one.panel)),
                places=tuple(dict.fromkeys(one.place for one in mine)),
                due=len(due),
                done=sum((key, *one) in work.done for one in due),
            )
        )
    return tuple(found)


def covered_places(
    rubric: Rubric, lines: Lines, applies: Applies, places: list[str]
) -> list[Covered]:
    """Give how far the marks of each place have come."""
    work = work_of(rubric, lines, applies)
    return [_covered(rubric, work, applies, one) for one in places]


def _covered(rubric: Rubric, work: Work, applies: Applies, place: str) -> Covered:
    here = {key: {item for at, item in due if at == place} for key, due in work.due.items()}
    short = 0
    for node in marked_items(rubric):
        gives, name = node.item.gives, node.item.item
        many = sum(name in items for items in here.values())
        short += bool(applies(place, name) and gives and many < gives.panel.at_least)
    return Covered(
        place=place,
        assessors=sum(bool(items) for items in here.values()),
        due=sum(map(len, here.values())),
        done=sum((key, place, item) in work.done for key, items in here.items() for item in items),
        short=short,
    )
