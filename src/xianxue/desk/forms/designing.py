"""Designing a form: what was said in the boxes becomes a card, and the card a workbook.

The card is a text like any other and is read as strictly: what is wrong with it is told by the
same sentences as if somebody had written it by hand, but at the box it was typed in.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.asked import is_due
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.returns.template.prefill import Prefill
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.forms.carried import of_field, of_rules, of_sheet
from xianxue.desk.forms.design_parts import Box, Design, Leaf, Pair
from xianxue.desk.returns.duplicates import Draft, find_draft
from xianxue.desk.returns.sent_files import laid_down
from xianxue.desk.returns.templates import Batch, file_name
from xianxue.desk.workspace import Workspace

FILE: Final = "design.yaml"
RELATIONS: Final[Mapping[str, Sentence]] = {
    "at_most": say("不大于"),
    "equal": say("等于"),
    "at_least": say("不小于"),
}
_LINE: Final = re.compile("[0-9]+")
_LAST: Final = 10**9


class Spot(Record):
    """Where in a design something was typed."""

    sheet: str = ""
    words: Sentence | str = ""


class Written(Record):
    """A card, with the box that each of its lines came from."""

    text: str
    spots: Mapping[int, Spot]
    """By the number of the line."""


def written(design: Design, do: Sentence | str = "", base: Form | None = None) -> Written:
    """Write the card; ``do`` says what to do where two fields do not stand as they should.

    ``base``: the form from which a design carries over what it does not say itself.
    """
    lines: list[str] = []
    spots: dict[int, Spot] = {}
    for spot, line in _lines(design, do or say("请核对这两栏的数"), base):
        lines.append(line)
        spots[len(lines)] = spot
    return Written("\n".join(lines) + "\n", spots)


def card_of(design: Design, do: Sentence | str = "", base: Form | None = None) -> str:
    """Write the card alone."""
    return written(design, do, base).text


def placed(issues: Sequence[Issue], card: Written) -> list[Issue]:
    """Give complaints of a card at the boxes in which what they are about was typed."""
    return [_placed(one, card) for one in issues]


def _placed(issue: Issue, card: Written) -> Issue:
    found = _LINE.search(issue.cell)
    spot = card.spots.get(int(found[0]) if found else _LAST)
    if spot is None:
        return issue
    return replace(issue, file="", sheet=str(spot.sheet), cell=spot.words)


def preview(workspace: Workspace, period: Period, card: str) -> tuple[str, bytes]:
    """Make the workbook that the first place asked would get; ComplaintsError as of any card."""
    with laid_down([(FILE, card.encode())]) as (path,):
        draft = find_draft(workspace, str(path))
    return sample(workspace, period, draft)


def sample(workspace: Workspace, period: Period, draft: Draft) -> tuple[str, bytes]:
    """Make the workbook of the first place that is asked anything of a form."""
    register, form, day = workspace.register, draft.form, period.reference_day
    places = [register.county]
    if form.filed_by == "school":
        schools = register.schools(day)
        asked = (one for one in schools if is_due(form, one, day, draft.shelf.codes))
        places = [next(asked, schools[0])]
    batch = Batch(form, period, draft.shelf, county=register.county.name)
    return file_name(form, places[0], period), batch.make((places[0], Prefill()))[1]


# ── the lines of a card ─────────────────────────────────────────────────────


def _lines(design: Design, do: Sentence | str, base: Form | None) -> Iterator[tuple[Spot, str]]:
    head = Spot("", say("这张表"))
    yield from _next_head(design) if design.is_next else _head(design)
    yield head, "source: {document: xianxue-own, seen: own}"
    yield head, "sheets:"
    for at, leaf in enumerate(design.leaves):
        yield from _sheet(design, at, leaf, base)
    rules = dict(of_rules(base, design))
    checks = [pair for pair in design.pairs if design.both(pair) is not None]
    if checks or "checks" in rules:
        yield head, "checks:"
    for number, pair in enumerate(checks, 1):
        yield from ((Spot("", say("第 {n} 条校验", n=number)), line)
                    for line in _check(design, pair, do))  # fmt: skip
    yield from ((head, f"  - {one}") for one in rules.pop("checks", []))
    for name, ones in rules.items():
        yield head, f"{name}:"
        yield from ((head, f"  - {one}") for one in ones)


def _head(design: Design) -> Iterator[tuple[Spot, str]]:
    head = Spot("", say("这张表"))
    ident, term = Spot("", say("编号")), Spot("", say("报表名称"))
    yield ident, f"form: {_plain(design.ident)}"
    yield term, f"term: {_plain(design.term)}"
    yield head, f"version: {_plain(design.version)}"
    yield head, f"filed_by: {_plain(design.filed_by)}"
    yield head, f"period: {_plain(design.period)}"
    if design.owner:
        yield Spot("", say("归口股室")), f"owner: {_plain(design.owner)}"


def _next_head(design: Design) -> Iterator[tuple[Spot, str]]:
    head, start = Spot("", say("这张表")), Spot("", say("从哪一期起"))
    yield head, f"edition: {_plain(design.card_ident)}"
    yield head, f"term: {_plain(design.card_term)}"
    yield head, f"form: {_plain(design.ident)}"
    # What is no period yet is complained of before the card is read.
    day = Period.parse(design.start).reference_day if design.start else ""
    yield start, f"from: {day}"
    yield head, f"version: {_plain(design.version)}"


def _sheet(design: Design, at: int, leaf: Leaf, base: Form | None) -> Iterator[tuple[Spot, str]]:
    name = leaf.term or design.term
    spot = Spot(name, say("表的设置"))
    yield spot, f"  - sheet: {_plain(design.sheet_ident(at))}"
    yield Spot(name, say("表名")), f"    term: {_plain(name)}"
    yield spot, f"    layout: {_plain(leaf.layout)}"
    if leaf.layout == "grid":
        yield Spot(name, say("每行是")), f"    rows: {_plain(leaf.rows)}"
    if leaf.stages:
        yield Spot(name, say("只问")), f"    stages: [{', '.join(leaf.stages)}]"
    own = design.sheet_ident(at)
    yield from ((spot, f"    {key}: {said}") for key, said in of_sheet(base, own))
    yield spot, "    fields:" if leaf.filled() else "    fields: []"
    for number, box in enumerate(leaf.boxes, 1):
        if box.term:
            here = Spot(name, say("第 {n} 栏“{term}”", n=number, term=box.term))
            held = design.held.get(f"{own}.{box.ident}", "")
            more = [f"{key}: {said}" for key, said in of_field(base, own, box.ident)]
            yield here, f"      - {{{', '.join([_field(box, held), *more])}}}"


def _field(box: Box, held: str) -> str:
    parts = [f"field: {_plain(box.ident)}", f"term: {_plain(box.term)}", f"type: {box.type}"]
    if box.type in {"integer", "measure"}:
        parts.append(f"unit: {box.unit}")
    if box.type == "year":
        parts.append("unit: year")
    if box.type in {"integer", "measure", "year"}:
        parts += [f"{name}: {_plain(value)}" for name, value in box.bounds if value]
    if box.type == "code":
        parts.append(f"codes: {_plain(box.codes)}")
    if not box.required:
        parts.append("required: false")
    if box.help:
        parts.append(f"help: {_plain(box.help)}")
    if held:
        parts.append(f"prefilled_from: {_plain(held)}")
    return ", ".join(parts)


def _check(design: Design, pair: Pair, do: Sentence | str) -> Iterator[str]:
    both = design.both(pair)
    assert both is not None  # noqa: S101 - the others were left out
    (one, first), (other, second) = both
    said = f"{first.term}{RELATIONS[pair.relation]}{second.term}"
    yield f"  - check: {_plain(_id_of(design, pair))}"
    yield f"    term: {_plain(said)}"
    yield f"    severity: {pair.severity}"
    yield f"    by: {design.judged_by(one, other)}"
    yield f"    left: [{_plain(f'{design.sheet_ident(one)}.{first.ident}')}]"
    yield f"    relation: {pair.relation}"
    yield f"    right: [{_plain(f'{design.sheet_ident(other)}.{second.ident}')}]"
    yield f"    do: {_plain(do)}"
    yield "    source: {document: xianxue-own, seen: own}"


def _id_of(design: Design, pair: Pair) -> str:
    """Name a check by its fields; a second one of the same two by its relation too."""
    names = [one.ident for _, one in design.both(pair) or ()]
    same = [one for one in design.pairs if (one.left, one.right) == (pair.left, pair.right)]
    further = [pair.relation] if same.index(pair) else []
    (at, _), _ = design.both(pair) or ((0, None), None)
    return "_".join([*([f"s{at + 1}"] if at else []), *names, *further])


def _plain(text: str) -> str:
    """Quote a text; JSON's quoting is YAML's too."""
    return json.dumps(text, ensure_ascii=False)


__all__ = ["FILE", "RELATIONS", "Box", "Design", "Leaf", "Pair", "Written", "card_of", "placed",
           "preview", "written"]  # fmt: skip
