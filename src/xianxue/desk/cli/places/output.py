"""Places and their events as the command line prints them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

import click

from xianxue.bureau.places.dated import Dated, Link
from xianxue.bureau.places.events import Event, Kind
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import tell
from xianxue.desk.cli.spoken import option
from xianxue.desk.stores import clock

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


def day_or_today(on: datetime | None) -> date:
    """Give the day named, or today in Beijing."""
    return on.date() if on is not None else clock.day_of(clock.now())


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


def _dated(each: Dated) -> dict[str, str | None]:
    return {"since": each.since.isoformat() if each.since else None, "value": each.value}


def _link(link: Link) -> dict[str, object]:
    return {
        "day": link.day.isoformat(),
        "code": link.code,
        "whole": link.whole,
        "event": link.event.value,
    }
