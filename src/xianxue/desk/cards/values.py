"""Values of a card with the days they hold, wherever in the card they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, cast

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.kinds.shelf import Shelf
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


def dated_values(data: Any, shelf: Shelf, where: str = "") -> Iterator[Dated]:  # noqa: ANN401 - as above
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
                    for one in (_stage(said.get("stage")), condition_words(said.get("when"), shelf))
                    if one
                ),
            )
            return
        for name, value in said.items():
            yield from dated_values(value, shelf, _named(said, name, where))
    elif isinstance(data, list):
        for value in cast("list[Any]", data):
            yield from dated_values(value, shelf, where)


def _named(said: dict[str, Any], name: str, where: str) -> str:
    """Name the part by the id or term it has, else by its key."""
    own = said.get("term") or said.get("line") or said.get("name") or ""
    return str(own) if own and name in {"values", "value"} else (where or str(name))


def _stage(code: Any) -> str:  # noqa: ANN401 - as the card says it
    return str(Stage(code).term) if code in set(Stage) else str(code or "")


_SIGNS: Final = {"at_least": "≥", "at_most": "≤", "more_than": ">", "less_than": "<"}


def condition_words(when: Any, shelf: Shelf) -> str:  # noqa: ANN401 - a condition of a card
    """Write conditions as people do: «办学类型 小学、九年一贯制学校，规划设计年份 ≤ 2010»."""
    if not isinstance(when, dict):
        return ""
    said: list[str] = []
    for name, value in cast("dict[str, Any]", when).items():
        field = _field(name, shelf)
        term = str(field.term) if field is not None else name
        if isinstance(value, dict):
            bounds = cast("dict[str, Any]", value).items()
            said += [f"{term} {_SIGNS.get(sign, sign)} {bound}" for sign, bound in bounds]
        else:
            many = cast("list[Any]", value) if isinstance(value, list) else [value]
            said.append(f"{term} " + "、".join(_code(one, field, shelf) for one in many))
    return "，".join(said)


def _field(name: str, shelf: Shelf) -> Field | None:
    """Find the field that a condition asks of: named alone, or after its sheet."""
    sheet, _, own = name.rpartition(".")
    return next(
        (
            field
            for form in shelf.forms.values()
            for one in form.sheets
            if sheet in {"", one.sheet}
            for field in one.fields
            if field.field == own
        ),
        None,
    )


def _code(code: Any, field: Field | None, shelf: Shelf) -> str:  # noqa: ANN401 - as the card says it
    known = shelf.codes.get(field.codes) if field is not None and field.codes else None
    entry = known.entry(str(code)) if known is not None else None
    return str(entry.term) if entry is not None else str(code)
