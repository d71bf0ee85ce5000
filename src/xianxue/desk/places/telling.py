"""Places and what happened to them, told in words: names, states, lives, events."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.sentence import glued, joined, say
from xianxue.desk.workspace import Workspace

ALWAYS: Final = say("原来")
"""Since when something is so that was so before anybody kept a register."""
_DAY: Final = timedelta(days=1)


def sentence(event: Event, opened: Workspace) -> str:
    """Tell an event in one line."""
    # On its day the new name holds already: the old one was that of the day before.
    named_on = event.day - _DAY if event.kind is Kind.RENAMED else event.day
    before = joined("、", (name(opened, code, named_on) for code in event.codes))
    said: str = glued((f"{event.day}  ", event.kind.term, "  ", before))
    if event.into:
        said = glued(
            (said, " → ", joined("、", (name(opened, code, event.day) for code in event.into)))
        )
    if event.name and event.kind is Kind.RENAMED:
        said = glued((said, f" → {event.name}"))
    if event.parent and event.kind is Kind.MOVED:
        said = glued((said, " → ", name(opened, event.parent, event.day)))
    document = event.document or say("没有写批文")
    return say(
        "{said}（{reason}；{document}；{by}登记）",
        said=said,
        reason=event.reason,
        document=document,
        by=event.by,
    )


def name(opened: Workspace, code: str, on: date | None) -> str:
    """Name a place as it was called on a day, or last."""
    place = opened.register.places.get(code)
    if place is None:
        return code
    return say("{name}（{code}）", name=place.name if on is None else place.name_on(on), code=code)


def since(day: date | None) -> str:
    """Write the day something began."""
    return day.isoformat() if day is not None else ALWAYS


def type_of(opened: Workspace, place: Place, day: date) -> str:
    """Name the 办学类型 a school has on a day."""
    attributes = place.attributes(day)
    if attributes is None:
        return ""
    entry = opened.shelf.codes["school_types"].entry(attributes.school_type)
    return entry.term if entry else attributes.school_type


def state(opened: Workspace, place: Place, day: date) -> str:
    """Say whether a place lives on a day, and else where it went."""
    if place.open_on(day):
        return say("在办")
    if place.opened is not None and day < place.opened:
        return say("{opened} 开办", opened=place.opened)
    gone = [link for link in place.successors if place.closed and link.day > place.closed]
    into = joined("、", (name(opened, link.code, link.day) for link in gone))
    return say("{closed} 停办", closed=place.closed) + (
        say("，{term}：{into}", term=gone[0].event.term, into=into) if gone else ""
    )


def life(opened: Workspace, place: Place) -> list[tuple[str, str, str]]:
    """Give what is known of a place, each with the day it began."""
    rows = [(since(each.since), say("名称"), each.value) for each in place.names]
    for attributes in place.history:
        term = type_of(opened, place, attributes.valid_from)
        rows.append((since(attributes.valid_from), say("办学类型"), term))
    rows += [
        (since(each.since), say("所在"), name(opened, each.value, each.since))
        for each in place.parents
    ]
    for what, links in ((say("来历"), place.predecessors), (say("去向"), place.successors)):
        for link in links:
            said = say(
                "{term}：{name}", term=link.event.term, name=name(opened, link.code, link.day)
            )
            rows.append((since(link.day), what, said))
    return sorted(rows, key=lambda row: "" if row[0] == ALWAYS else row[0])
