"""What an outline mentions, and whether that is declared: for the catalogue's check of meaning."""

from __future__ import annotations

from collections.abc import Iterator

from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.outline import Outline, TableBlock
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.report import grammar
from xianxue.bureau.report.deeds.declared import Fault, deed_faults
from xianxue.bureau.report.grammar import Slot
from xianxue.bureau.report.movements import moves
from xianxue.bureau.report.statements import of_appraisals, of_ledgers
from xianxue.bureau.report.subjects import words_for
from xianxue.bureau.report.tables.tables import ROW_WORDS


def claims_in(outline: Outline, shelf: Shelf) -> list[tuple[str, str, Stage | None]]:
    """List what an outline makes claims on: path, name and stage.

    A name is an indicator, a choice, ``standard.criterion`` or a standard; words and what cannot
    be read are left out.
    """
    told = [
        (path, slot.name, slot.stage)
        for path, template, words in _templates(outline, shelf)
        for slot in _slots(template)
        if slot.name not in words
    ]
    return told + [
        (f".phrases[{index}].of", one.of, stage)
        for index, one in enumerate(outline.phrases)
        for stage in one.stages or [None]
    ]


def faults_in(outline: Outline, shelf: Shelf) -> list[Fault]:
    """List everything in an outline's templates that is not declared or cannot be read."""
    faults: list[Fault] = []
    for path, template, words in _templates(outline, shelf):
        try:
            parts = grammar.parse(template)
        except grammar.TemplateError as error:
            faults.append(Fault(path, str(error), "按文稿模板的写法"))
            continue
        for slot in grammar.slots(parts):
            required = "" if slot.name in words else _required(slot, shelf)
            if required:
                faults.append(Fault(path, f"“{{{slot.name}}}”写不出来", required))
    for index, one in enumerate(outline.phrases):
        for stage in one.stages or [None]:
            required = _required(Slot(one.of, stage), shelf)
            if required:
                faults.append(Fault(f".phrases[{index}].of", f"“{one.of}”写不出来", required))
    return [*faults, *deed_faults(outline, shelf)]


def _required(slot: Slot, shelf: Shelf) -> str:
    """Say what a slot would need to be; empty if it can be written."""
    if of_ledgers.means(slot, shelf):
        return of_ledgers.required(slot, shelf)
    rubric = of_appraisals.means(slot, shelf.rubrics)
    if rubric or slot.standard or (slot.facet == "verdict" and slot.name in shelf.standards):
        return (_required_of_rubric if rubric else _required_of_finding)(slot, shelf)
    card = shelf.indicator(slot.name)
    if card is None:
        return "写已有的指标、“标准.评估项”、“台账.计数”或文稿用词"
    return _required_of_figure(slot, card)


def _required_of_figure(slot: Slot, card: Indicator) -> str:
    if slot.facet not in grammar.FIGURE_FACETS:
        return "“#”后面写 " + "、".join(sorted(grammar.FIGURE_FACETS - {""}))
    if slot.form == "moved" and (slot.facet or not (moves(card) or slot.back)):
        return "“|moved”只写在增减、增长的指标或“~几年前”后面，不和“#”一起写"
    if slot.stage is not None and slot.stage not in card.stages:
        return f"指标“{card.term}”没有分“{slot.stage.term}”统计，去掉学段或换一个指标"
    return _required_of_slice(slot, card)


def _required_of_rubric(slot: Slot, shelf: Shelf) -> str:
    rubric = of_appraisals.rubric_of(slot, shelf.rubrics)
    if not slot.criterion:
        facets = grammar.RUBRIC_FACETS
    elif slot.criterion not in {one.item.item for one in nodes_of(rubric)}:
        return f"“.”后面写评价“{rubric.term}”中的评价项"
    else:
        facets = grammar.ITEM_FACETS
    return "" if slot.facet in facets else "“#”后面写 " + "、".join(sorted(facets - {""}))


def _required_of_slice(slot: Slot, card: Indicator) -> str:
    dimension = slot.slice.partition("=")[0]
    if dimension and dimension not in card.slices:
        return f"指标“{card.term}”没有按“{dimension}”细分，去掉细分或换一个指标"
    if not dimension and not card.whole:
        return f"指标“{card.term}”只有细分的数，写明细分，如 :{(*card.slices, '')[0]}=代码"
    return ""


def _required_of_finding(slot: Slot, shelf: Shelf) -> str:
    standard = shelf.standards.get(slot.standard or slot.name)
    if standard is None:
        return "“.”前面写已有的标准"
    if not slot.criterion:
        return ""
    joint = {one.criterion for one in standard.combine}
    single = {one.criterion for one in (*standard.criteria, *standard.spread)}
    if slot.criterion not in joint | single:
        return f"“.”后面写标准“{standard.term}”中的评估项"
    facets = grammar.COMBINATION_FACETS if slot.criterion in joint else grammar.CRITERION_FACETS
    return "" if slot.facet in facets else "“#”后面写 " + "、".join(sorted(facets - {""}))


def _templates(outline: Outline, shelf: Shelf) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Go through all templates with their paths and the words each may use."""
    words = grammar.WORDS
    about = words_for(outline, shelf)
    for index, duty in enumerate(outline.duties):
        yield f".duties[{index}].by", duty.by, words
    words |= about | {one.phrase for one in outline.phrases} | {one.deed for one in outline.deeds}
    yield ".title", outline.title, words
    yield ".addressee", outline.addressee, words
    yield ".signature", outline.signature, words
    for index, block in enumerate(outline.blocks):
        path = f".blocks[{index}]"
        yield f"{path}.heading", block.heading, words
        yield f"{path}.headline", block.headline, words
        yield f"{path}.text", block.text, words
        for position, point in enumerate(block.points):
            yield f"{path}.points[{position}].text", point.text, words
        yield f"{path}.otherwise", block.otherwise, words
        if block.table is not None:
            yield from _in_table(f"{path}.table", block.table, about, shelf)
        if block.picture is not None:
            for position, item in enumerate(block.picture.items):
                yield f"{path}.picture.items[{position}].value", item["value"], words


def _in_table(
    path: str, table: TableBlock, about: frozenset[str], shelf: Shelf
) -> Iterator[tuple[str, str, frozenset[str]]]:
    words = grammar.WORDS | about | ROW_WORDS[table.rows]
    ledger = shelf.ledgers.get(table.of.partition(".")[0])
    words |= {field.field for field in ledger.fields} if ledger is not None else frozenset()
    words = words.union(*(item.keys() for item in table.items))
    for index, column in enumerate(table.columns):
        yield f"{path}.columns[{index}].value", column.value, words
    for index, item in enumerate(table.items):
        for key, template in item.items():
            yield f"{path}.items[{index}].{key}", template, grammar.WORDS | about
    for index, cell in enumerate(table.total):
        yield f"{path}.total[{index}]", cell, grammar.WORDS | about


def _slots(template: str) -> list[Slot]:
    try:
        return list(grammar.slots(grammar.parse(template)))
    # `faults_in` complains of it; here it simply claims nothing.
    except grammar.TemplateError:
        return []
