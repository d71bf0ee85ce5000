"""Places and their events as the command line prints them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

import click

from xianxue.bureau.places.dated import Dated, Link
from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.sentence import glued, joined, say
from xianxue.desk.cli.language import tell
from xianxue.desk.cli.spoken import option
from xianxue.desk.stores import clock
from xianxue.desk.workspace import Workspace

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

DAY = click.DateTime(["%Y-%m-%d"])
OPERATOR: Final = "本机操作员"
"""Who sits at the machine, where nobody is named."""


class EventKind(click.ParamType):
    """A kind of event, by its code or by its word: «merged» or «合并»."""

    name = "event"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Give its code, or say which there are."""
        for kind in Kind:
            if value.strip().lower() in {kind.value, str(kind.term)}:
                return kind.value
        kinds = joined(
            "、", (say("“{code}”{kind}", code=each.value, kind=each.term) for each in Kind)
        )
        saw = say("没有“{value}”这种变动；可写：{kinds}", value=value, kinds=kinds)
        return self.fail(tell(saw), param, ctx)


event_argument = click.argument("kind", metavar="EVENT", type=EventKind())


def by_option(what: str) -> Decorator:
    """Make the option that names who does it; ``what`` is its help."""
    return option("--as", "by", default=OPERATOR, show_default=True, help=what)


def dry_run_option(what: str) -> Decorator:
    """Make the option that tries and writes nothing; ``what`` is its help."""
    return option("--dry-run", is_flag=True, help=what)


_ALWAYS = say("原来")
_DAY = timedelta(days=1)


def day_or_today(on: datetime | None) -> date:
    """Give the day named, or today in Beijing."""
    return on.date() if on is not None else clock.day_of(clock.now())


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
    return day.isoformat() if day is not None else _ALWAYS


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


def place_dict(place: Place, day: date) -> dict[str, object]:
    """Give a place for programs."""
    attributes = place.attributes(day)
    return {
        "code": place.code,
        "name": place.name,
        "level": place.level,
        "parent": place.parent,
        "open": place.open_on(day),
        "opened": place.opened.isoformat() if place.opened else None,
        "closed": place.closed.isoformat() if place.closed else None,
        "school_type": attributes.school_type if attributes else "",
        "stages": [stage.value for stage in place.stages(day)],
        "names": [_dated(each) for each in place.names],
        "parents": [_dated(each) for each in place.parents],
        "successors": [_link(link) for link in place.successors],
        "predecessors": [_link(link) for link in place.predecessors],
    }


def event_dict(event: Event) -> dict[str, object]:
    """Give an event for programs."""
    return {
        "line": event.line,
        "day": event.day.isoformat(),
        "event": event.kind.value,
        "code": list(event.codes),
        "into": list(event.into),
        "name": event.name,
        "township": event.parent,
        "school_type": event.change.school_type if event.change else "",
        "document": event.document,
        "reason": event.reason,
        "by": event.by,
    }


def life(opened: Workspace, place: Place) -> list[tuple[str, str, str]]:
    """Give what is known of a place, each with the day it began."""
    rows = [(since(each.since), say("名称"), each.value) for each in place.names]
    for attributes in place.history:
        term = f"{attributes.school_type} {type_of(opened, place, attributes.valid_from)}"
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
    return sorted(rows, key=lambda row: "" if row[0] == _ALWAYS else row[0])


def _dated(each: Dated) -> dict[str, str | None]:
    return {"since": each.since.isoformat() if each.since else None, "value": each.value}


def _link(link: Link) -> dict[str, object]:
    return {
        "day": link.day.isoformat(),
        "code": link.code,
        "whole": link.whole,
        "event": link.event.value,
    }
