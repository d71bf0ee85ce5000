"""A card's examples as a workbook: which cells it asks for, and how they are read back.

An example is an invented school: its type, what it would report, and what the card has to say of
it. Whoever knows the rule fills it in; nobody has to read a card or a program for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.kinds.asked import asked_of
from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.forms.uses import Used
from xianxue.desk.returns.exporting import Sheet as Listed
from xianxue.desk.returns.exporting import workbook_of

NAMES: Final = ("甲", "乙", "丙")
"""What the examples of an empty workbook are called."""
COUNTY: Final = "全县"
"""The example that is the whole county of all others; a name in the workbook, in every language."""
EXAMPLE, TYPE, ROW = "例子", "办学类型", "行"
STAGE, ITEM, WANTED = "学段", "项目", "应得"
SCHOOLS, HOW = "学校", "说明"
TYPES: Final = "school_types"


class Asked(Record, kw_only=True):
    """A sheet of a form, as far as a card reads it."""

    form: Form
    sheet: Sheet
    fields: tuple[Field, ...]


def sheets_of(shelf: Shelf, kind: str, name: str) -> tuple[Asked, ...]:
    """Give the sheets that a card reads, with the fields of them that it reads."""
    used = Used(shelf)
    named = used.of_indicator(name) if kind == "indicator" else _of_standard(used, shelf, name)
    found: list[Asked] = []
    for form in shelf.forms.values():
        for sheet in form.sheets:
            read = [one.field for one in sheet.fields if f"{sheet.sheet}.{one.field}" in named]
            if not read and sheet.sheet not in named:
                continue
            # Where rows are counted, what tells them apart has to be said; and of a line in a list,
            # which stage it belongs to.
            wanted = {*(read or (one.field for one in sheet.fields)), sheet.stage_by}
            fields = tuple(one for one in sheet.fields if one.field in wanted)
            found.append(Asked(form=form, sheet=sheet, fields=fields))
    return tuple(found)


def _of_standard(used: Used, shelf: Shelf, name: str) -> frozenset[str]:
    card = shelf.standards[name]
    asked = (one.indicator for one in (*card.criteria, *card.spread))
    own = (one for one in used.known if name in used.of(one).standards)
    return frozenset(own).union(*(used.of_indicator(one) for one in asked))


def runnable(shelf: Shelf, kind: str, name: str) -> bool:
    """Whether examples can be told of a card: of what schools and the county report themselves."""
    if kind == "standard":
        return name in shelf.standards
    card = shelf.indicators.get(name) if kind == "indicator" else None
    return card is not None and not _elsewhere(shelf, card) and bool(sheets_of(shelf, kind, name))


def _elsewhere(shelf: Shelf, card: Indicator) -> bool:
    """Whether an indicator rests on other periods, of which examples say nothing."""
    if card.compared is not None or card.cumulative_of is not None:
        return True
    parts = (shelf.indicator(name) for name in card.rests_on)
    return any(_elsewhere(shelf, one) for one in parts if one is not None)


def empty_book(shelf: Shelf, kind: str, name: str) -> bytes:
    """Write the workbook with three examples that have nothing filled in."""
    asked = sheets_of(shelf, kind, name)
    entry = _first_type(shelf, kind, name)
    stages = tuple(Stage(one) for one in entry.stages)
    typed = f"{entry.code} {entry.term}"
    pages = [Listed(HOW, [say("怎么填")], [[one] for one in _how(kind)])]
    pages.append(Listed(SCHOOLS, [EXAMPLE, TYPE], [[one, typed] for one in NAMES]))
    pages += [_page(one, entry.code, stages, shelf.codes) for one in asked]
    pages.append(Listed(WANTED, _wanted_heads(kind), list(_wanted_rows(shelf, kind, name, stages))))
    return workbook_of(*pages)


def _how(kind: str) -> list[Sentence]:
    said = [
        say("一个例子是一所虚构的学校：在“学校”里写它的名字和办学类型，在各张表里写它报的数，"),
        say("在“应得”里写按规则应当得出什么。存好后在网页上放回去，系统按正在用的规则逐行判。"),
        say("空着是没有填，不是 0；确实没有的填 0，谈不上的填“不适用”。行填代码或名称。"),
        say("例子的名字写“全县”，就是这些学校合起来的县；县里报的表也写在“全县”下面。"),
    ]
    if kind == "standard":
        return [*said, say("“应得”写：达标、未达标、无法判定，或者不判。")]
    return [*said, say("“应得”写数，小数位数照指标；得不出数的写“未定”，没有可算的写“—”。")]


def _page(
    one: Asked, school_type: str, stages: tuple[Stage, ...], codes: Mapping[str, CodeList]
) -> Listed:
    heads = [EXAMPLE, *([ROW] if one.sheet.layout == "grid" else []), *map(head_of, one.fields)]
    blank = [""] * len(one.fields)
    rows: list[list[str]] = []
    names = NAMES if one.form.filed_by == "school" else (COUNTY,)
    given = asked_of(one.form, school_type, stages, codes)
    mine = next((each.rows for each in given if each.sheet.sheet == one.sheet.sheet), ())
    for name in names:
        if one.sheet.layout == "grid":
            entries = [row.entry for row in mine if row.entry is not None]
            rows += [[name, f"{entry.code} {entry.term}", *blank] for entry in entries]
        elif mine or one.form.filed_by != "school":
            rows.append([name, *blank])
    return Listed(one.sheet.term, heads, rows)


def head_of(one: Field) -> str:
    """Write the head of a field's column, with its unit."""
    return (
        say("{term}（{unit}）", term=one.term, unit=one.measured_in.term)
        if one.measured_in.term
        else one.term
    )


def _wanted_heads(kind: str) -> list[str]:
    return [EXAMPLE, STAGE, *([ITEM] if kind == "standard" else []), WANTED]


def _wanted_rows(
    shelf: Shelf, kind: str, name: str, stages: Sequence[Stage]
) -> Iterator[list[str]]:
    first = next(iter(stages))
    for example in NAMES:
        if kind == "standard":
            card = shelf.standards[name]
            terms = [one.term for one in card.criteria if one.per != "county"]
            terms += [one.term for one in card.combine]
            yield from ([example, str(first.term), str(term), ""] for term in terms)
        else:
            own = shelf.indicators[name].stages
            yield [example, str(first.term) if own else "", ""]


def _first_type(shelf: Shelf, kind: str, name: str):  # noqa: ANN202 - an entry of the code list
    wanted = _stages(shelf, kind, name)
    entries = [one for one in shelf.codes[TYPES].entries if one.stages]
    return next((one for one in entries if set(one.stages) & wanted), entries[0])


def _stages(shelf: Shelf, kind: str, name: str) -> set[str]:
    if kind == "indicator":
        return {one.value for one in shelf.indicators[name].stages or [Stage.PRIMARY]}
    card: Standard = shelf.standards[name]
    if card.population:
        return {one.value for one in shelf.populations[card.population].stages}
    own = (shelf.indicator(one.indicator) for one in card.criteria)
    found = {stage.value for one in own if one is not None for stage in one.stages}
    return found or {Stage.PRIMARY.value}
