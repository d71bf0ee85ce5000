"""Values of a card with the days they hold, wherever in the card they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, cast

from xianxue.bureau.law.citation import Seen
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record


class Dated(Record, kw_only=True):
    """One value of a card, with the days it holds."""

    where: str
    """The part of the card it stands in."""
    value: str
    first: date | None
    last: date | None
    source: str
    """The id of the document."""
    article: str
    seen: Seen | None
    note: str
    when: str
    """For what it is, where it is not for all."""

    def in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return (self.first is None or self.first <= on) and (self.last is None or on <= self.last)


def dated_values(data: Any, where: str = "") -> Iterator[Dated]:  # noqa: ANN401 - as above
    """Give every dated value of a card, in the order in which they stand there."""
    if isinstance(data, dict):
        said = cast("dict[str, Any]", data)
        if "value" in said and "from" in said:
            yield Dated(
                where=where,
                value=str(said["value"]),
                first=said["from"] if isinstance(said["from"], date) else None,
                last=said["to"] if isinstance(said.get("to"), date) else None,
                source=str(said.get("source", "")),
                article=str(said.get("article", "")),
                seen=Seen(said["seen"]) if said.get("seen") in set(Seen) else None,
                note=str(said.get("note", "")),
                when="，".join(
                    str(one)
                    for one in (_stage(said.get("stage")), condition_words(said.get("when")))
                    if one
                ),
            )
            return
        for name, value in said.items():
            yield from dated_values(value, _named(said, name, where))
    elif isinstance(data, list):
        for value in cast("list[Any]", data):
            yield from dated_values(value, where)


def _named(said: dict[str, Any], name: str, where: str) -> str:
    """Name the part by the id or term it has, else by its key."""
    own = said.get("term") or said.get("line") or said.get("name") or ""
    return str(own) if own and name in {"values", "value"} else (where or str(name))


def _stage(code: Any) -> str:  # noqa: ANN401 - as the card says it
    return str(Stage(code).term) if code in set(Stage) else str(code or "")


_SIGNS: Final = {"at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}


def condition_words(when: Any) -> str:  # noqa: ANN401 - a condition of a card
    """Write conditions as people do: «school_type 312、345，planned_year ≤ 2010»."""
    if not isinstance(when, dict):
        return ""
    said: list[str] = []
    for name, value in cast("dict[str, Any]", when).items():
        if isinstance(value, dict):
            bounds = cast("dict[str, Any]", value).items()
            said += [f"{name} {_SIGNS.get(sign, sign)} {bound}" for sign, bound in bounds]
        elif isinstance(value, list):
            said.append(f"{name} " + "、".join(str(one) for one in cast("list[Any]", value)))
        else:
            said.append(f"{name} {value}")
    return "，".join(said)
