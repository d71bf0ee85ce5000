"""Designing a form: what was said in the boxes becomes a card, and the card a workbook.

The card is a text like any other and is read as strictly: what is wrong with it is told by the
same sentences as if somebody had written it by hand.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from xianxue.bureau.returns.template.prefill import Prefill
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.returns.duplicates import find_draft
from xianxue.desk.returns.sent_files import laid_down
from xianxue.desk.returns.templates import Batch, file_name
from xianxue.desk.workspace import Workspace

FILE: Final = "design.yaml"


class Box(Record, kw_only=True):
    """One field as it was typed; texts as they came."""

    term: str
    ident: str
    type: str = "integer"
    unit: str = "person"
    codes: str = ""
    required: bool = True
    help: str = ""


class Pair(Record):
    """One check: a field, how it stands to another, and that one; each by its number of line."""

    left: int
    relation: str
    right: int


class Design(Record, kw_only=True):
    """A form of one sheet."""

    ident: str = ""
    term: str = ""
    layout: str = "record"
    filed_by: str = "school"
    period: str = "school_year"
    owner: str = ""
    stages: Sequence[str] = ()
    """Asked only of schools that have one of these; empty for all."""
    boxes: Sequence[Box] = ()
    pairs: Sequence[Pair] = ()

    def filled(self) -> list[Box]:
        """Give the lines in which something is named."""
        return [one for one in self.boxes if one.term]


def card_of(design: Design, words: dict[str, str], do: str) -> str:
    """Write the card; ``words`` say how two fields stand, ``do`` what to do where they do not."""
    lines = [
        f"form: {_plain(design.ident)}",
        f"term: {_plain(design.term)}",
        "version: '1'",
        f"filed_by: {_plain(design.filed_by)}",
        f"period: {_plain(design.period)}",
        *([f"owner: {_plain(design.owner)}"] if design.owner else []),
        "source: {document: xianxue-own, seen: own}",
        "sheets:",
        f"  - sheet: {_plain(design.ident)}",
        f"    term: {_plain(design.term)}",
        f"    layout: {_plain(design.layout)}",
        *([f"    stages: [{', '.join(design.stages)}]"] if design.stages else []),
        "    fields:",
        *(f"      - {{{_field(one)}}}" for one in design.filled()),
    ]
    checks = [_check(design, one, words, do) for one in design.pairs]
    found = [line for lines_of in checks for line in lines_of]
    return "\n".join([*lines, *(["checks:", *found] if found else [])]) + "\n"


def preview(workspace: Workspace, period: Period, card: str) -> tuple[str, bytes]:
    """Make the workbook that the first place asked would get; ComplaintsError as of any card."""
    with laid_down([(FILE, card.encode())]) as (path,):
        draft = find_draft(workspace, str(path))
    register, form = workspace.register, draft.form
    places = [register.county]
    if form.filed_by == "school":
        places = register.schools(period.reference_day)
    batch = Batch(form, period, draft.shelf, county=register.county.name)
    return file_name(form, places[0], period), batch.make((places[0], Prefill()))[1]


def _field(box: Box) -> str:
    parts = [f"field: {_plain(box.ident)}", f"term: {_plain(box.term)}", f"type: {box.type}"]
    if box.type in {"integer", "measure"}:
        parts.append(f"unit: {box.unit}")
    if box.type == "year":
        parts.append("unit: year")
    if box.type == "code":
        parts.append(f"codes: {_plain(box.codes)}")
    if not box.required:
        parts.append("required: false")
    if box.help:
        parts.append(f"help: {_plain(box.help)}")
    return ", ".join(parts)


def _check(design: Design, pair: Pair, words: dict[str, str], do: str) -> list[str]:
    boxes = design.boxes
    if not (0 <= pair.left < len(boxes) and 0 <= pair.right < len(boxes)):
        return []
    one, other = boxes[pair.left], boxes[pair.right]
    said = f"{one.term}{words[pair.relation]}{other.term}"
    return [
        f"  - check: {_plain(f'{one.ident}_{other.ident}')}",
        f"    term: {_plain(said)}",
        "    severity: must_fix",
        "    by: row",
        f"    left: [{_plain(f'{design.ident}.{one.ident}')}]",
        f"    relation: {pair.relation}",
        f"    right: [{_plain(f'{design.ident}.{other.ident}')}]",
        f"    do: {_plain(do)}",
        "    source: {document: xianxue-own, seen: own}",
    ]


def _plain(text: str) -> str:
    """Quote a text; JSON's quoting is YAML's too."""
    return json.dumps(text, ensure_ascii=False)
