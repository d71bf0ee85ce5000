"""The next version of a form that nobody made in the designer: begun from its card.

Such a card says more than the boxes of the page do: of whom a field is asked, a code list's rows,
sums that have to agree, what is unusual. All of that is carried over as it stands. A rule ends with
the first field that it names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import msgspec

from xianxue.bureau.kinds.changes.editions import DatedForm
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.desk.forms.design_parts import Box, Design, Leaf

_ON_PAGE: Final = frozenset({
    "field", "term", "type", "unit", "codes", "required", "help", "prefilled_from",
    "min", "max", "usual_min", "usual_max",
})  # fmt: skip
"""What the page asks of a field; the rest of it is carried over."""
_OF_SHEETS: Final = ("row_codes", "stage_by", "stage", "help")
RULES: Final = ("checks", "sensible", "unusual")
"""The lists of a card that hold rules, as they are named there."""


def base_of(shelf: Shelf, design: Design) -> Form | None:
    """Give the form that a design carries over from; None where it carries nothing."""
    form = shelf.forms.get(design.ident) if design.carries else None
    return None if form is None else form.at(date.max).before_added


def begun_from(form: Form) -> Design:
    """Give the design of a form's next version, as the form stands."""
    shapes = len(form.shapes) if isinstance(form, DatedForm) else 1
    last = form.at(date.max).before_added
    held = {
        f"{sheet.sheet}.{field.field}": field.prefilled_from
        for sheet in last.sheets
        for field in sheet.fields
        if field.prefilled_from
    }
    return Design(
        ident=form.form,
        term=str(form.term),
        filed_by=form.filed_by,
        period=form.period,
        owner=str(form.owner),
        leaves=[_leaf(sheet) for sheet in last.sheets],
        version=str(shapes + 1),
        held=held,
        carries=True,
    )


def _leaf(sheet: Sheet) -> Leaf:
    return Leaf(
        ident=sheet.sheet,
        term=str(sheet.term),
        layout=sheet.layout,
        rows=sheet.rows,
        stages=[one.value for one in sheet.stages],
        boxes=[_box(field) for field in sheet.fields],
    )


def _box(field: Field) -> Box:
    least, most, low, high = (
        "" if one is None else f"{one:f}"
        for one in (field.min, field.max, field.usual_min, field.usual_max)
    )
    return Box(
        term=str(field.term),
        ident=field.field,
        type=field.type,
        unit=field.unit,
        codes=field.codes,
        required=field.required,
        help=str(field.help),
        least=least,
        most=most,
        low=low,
        high=high,
    )


# ── what the page does not show, as lines of the new card ───────────────────


def of_sheet(base: Form | None, name: str) -> Iterator[tuple[str, str]]:
    """Give what a sheet says beside what the page asks of it: key and value."""
    sheet = base.sheet(name) if base is not None else None
    said = plain(sheet) if sheet is not None else {}
    yield from ((key, flow(said[key])) for key in _OF_SHEETS if key in said)


def of_field(base: Form | None, sheet: str, name: str) -> Iterator[tuple[str, str]]:
    """Give what a field says beside what the page asks of it: key and value."""
    found = base.sheet(sheet) if base is not None else None
    field = found.field(name) if found is not None else None
    said = plain(field) if field is not None else {}
    yield from ((key, flow(value)) for key, value in said.items() if key not in _ON_PAGE)


def of_rules(base: Form | None, design: Design) -> Iterator[tuple[str, list[str]]]:
    """Give the rules that are carried over, list by list: those all of whose fields go on."""
    if base is None:
        return
    there = {
        f"{design.sheet_ident(at)}.{box.ident}"
        for at, leaf in enumerate(design.leaves)
        for box in leaf.filled()
    }
    was = {f"{sheet.sheet}.{field.field}" for sheet in base.sheets for field in sheet.fields}
    kept = {design.sheet_ident(at) for at in range(len(design.leaves))}
    gone = (was - there) | ({sheet.sheet for sheet in base.sheets} - kept)
    for name in RULES:
        said: list[dict[str, Any]] = [plain(one) for one in getattr(base, name)]
        rules = [left for one in said if (left := _left(one, gone))]
        if rules:
            yield name, [flow(one) for one in rules]


def _left(rule: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    """Give a rule without the fields that end; empty where it can no longer be asked."""
    if "fields" in rule:
        # Each of them is judged by itself: the others go on.
        fields = [one for one in rule["fields"] if one not in gone]
        rule = {**rule, "fields": fields}
        if not fields:
            return {}
    return {} if any(one in gone for one in _named(rule)) else rule


def _named(said: object) -> Iterator[str]:
    """Go through all that a rule may name: every text, and the fields of its conditions."""
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        table = str(said.get("count") or said.get("field") or "").partition(".")[0]
        yield from (f"{table}.{key}" for key in said.get("where", {}))
        for value in said.values():
            yield from _named(value)
    elif isinstance(said, Iterable):
        for value in said:
            yield from _named(value)


def plain(card: msgspec.Struct) -> dict[str, Any]:
    """Give a card as it is written, without what it need not say."""
    found: dict[str, Any] = {}
    for one in msgspec.structs.fields(card):
        value = getattr(card, one.name)
        usual = one.default if one.default_factory is msgspec.NODEFAULT else one.default_factory()
        if value != usual:
            found[one.encode_name] = _plain(value)
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever stands on a card
    if isinstance(value, msgspec.Struct):
        return plain(value)
    if isinstance(value, Mapping):
        return {_plain(key): _plain(one) for key, one in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | Decimal | date | bool | int) or value is None:
        return value
    return [_plain(one) for one in value]


def flow(value: Any) -> str:  # noqa: ANN401 - as above
    """Write a value on one line of a card."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    # JSON's quoting is YAML's too.
    return json.dumps(str(value) if isinstance(value, str) else value, ensure_ascii=False)
