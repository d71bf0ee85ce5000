"""Outlines and profiles: blocks and tables that are complete, layouts that fit their page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.outline import PLACES, Block, Outline, Profile, TableBlock
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.claims import check_claims
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

_BODIES: Final = (
    "heading",
    "points",
    "text",
    "table",
    "findings",
    "targets",
    "planned",
    "free",
    "picture",
    "parts_of",
    "book",
)
_OFFICES: Final = "offices"
_COMMON_YEAR: Final = 2001
_JUDGED: Final = frozenset({"school_stages", "short_schools", "criteria", "spread"})
"""Rows of a table that come from a standard's findings."""
_STAGED: Final = frozenset({"stages", "schools"})
_APPRAISED: Final = frozenset({"rubric_items", "rubric_vetoes", "rubric_places"})
"""Rows of a table that come from an appraisal."""
_PARTS: Final[Mapping[str, frozenset[str]]] = {
    "items": frozenset({"items"}),
    "standard": _JUDGED,
    "stages": _STAGED,
    "rubric": _APPRAISED,
    "under": frozenset({"rubric_items"}),
    "by": frozenset({"ranked"}),
    "first": frozenset({"ranked", "owed"}),
    "of": frozenset({"entries"}),
}
"""Part of a table to the rows it goes with."""
_LEFT_OUT: Final = frozenset({"stages", "under", "first"})
"""Parts that need not be written."""


def check_outlines(look: Look) -> None:
    """Check every outline and every profile."""
    outline: Outline
    for at, outline in look.each("outline"):
        check_cited(look, at.at("source"), outline.source)
        _check_standards(look, at.at("standards"), outline.standards, ())
        if not outline.blocks:
            at.at("blocks").complain("C-EMPTY", say("一段也没有"), say("至少一段"))
        for index, block in enumerate(outline.blocks):
            _check_block(look, at.at("blocks", index), outline, block)
        _check_duties(look, at, outline)
        _check_genre(look, at, outline)
        _check_about(look, at, outline)
        _check_slots(at, outline)
        check_claims(look, at, outline)
    profile: Profile
    for at, profile in look.each("profile"):
        check_cited(look, at.at("source"), profile.source)
        _check_profile(at, profile)


def _check_genre(look: Look, at: Spot, outline: Outline) -> None:
    if not outline.genre:
        return
    genre = look.shelf.genres.get(outline.genre)
    if genre is None:
        known = listed(look.shelf.genres)
        saw = say("没有文种“{genre}”", genre=outline.genre)
        at.at("genre").complain("C-CODE", saw, say("已有的文种：{known}", known=known))
        return
    uses = [one.use for one in genre.closings]
    if outline.closing and outline.closing not in uses:
        saw = say("文种“{genre}”没有结语“{use}”", genre=genre.term, use=outline.closing)
        at.at("closing").complain("C-CODE", saw, say("已有的结语：{known}", known=listed(uses)))


def _check_about(look: Look, at: Spot, outline: Outline) -> None:
    """What a document is about is a place or an entry of a ledger that everybody may know of."""
    if outline.about in {"", PLACES}:
        return
    if not look.refer(at.at("about"), "ledger", outline.about):
        return
    ledger = look.shelf.ledgers[outline.about]
    if ledger.restricted:
        saw = say("《{term}》只有少数人能看", term=ledger.term)
        at.at("about").complain("C-PART", saw, say("写人人能看的台账"))
    for head, name in outline.attendance.items():
        _check_field(at.at("attendance", head), ledger, name)
    for index, block in enumerate(outline.blocks):
        if block.parts_of:
            _check_field(at.at("blocks", index, "parts_of"), ledger, block.parts_of)


def _check_field(at: Spot, ledger: Ledger, name: str) -> None:
    field = ledger.field(name)
    if field is None or field.personal:
        saw = say("《{term}》没有可以写出的“{field}”栏", term=ledger.term, field=name)
        at.complain("C-PART", saw, say("写它的栏目"))


def _check_block(look: Look, at: Spot, outline: Outline, block: Block) -> None:
    given = [part for part in _BODIES if getattr(block, part)]
    if len(given) != 1:
        saw = say("同时写了 {given}", given=listed(given)) if given else say("什么也没有写")
        at.complain("C-BLOCK", saw, say("{bodies} 写一个，也只写一个", bodies=listed(_BODIES)))
    if block.otherwise and block.findings is None and block.table is None and not block.parts_of:
        saw = say("没有 findings、table 或 parts_of，却写了 otherwise")
        at.at("otherwise").complain("C-PART", saw, say("两个一起写"))
    if block.headline and not block.heading:
        saw = say("没有 heading，却写了 headline")
        at.at("headline").complain("C-PART", saw, say("两个一起写"))
    if block.planned is not None and not outline.until:
        saw, do = say("写了 planned，提纲开头却没有写 until"), say("写明规划到几年以后")
        at.at("planned").complain("C-PART", saw, do)
    if block.standards and block.findings is None and not block.when:
        saw = say("没有 findings 和 when，却写了 standards")
        at.at("standards").complain("C-PART", saw, say("standards 和 findings 或 when 一起写"))
    # «All standards are met» holds of no standard at all, and the document would say so.
    judged = block.findings or block.when not in {"", "any_targets", "owing", "not_owing"}
    if judged and not (block.standards or outline.standards):
        at.complain(
            "C-STANDARD", say("没有写明看哪些标准的判定"), say("在这里或提纲开头写 standards")
        )
    _check_standards(look, at.at("standards"), block.standards, outline.standards)
    if block.rubric:
        look.refer(at.at("rubric"), "rubric", block.rubric)
    for index, name in enumerate(block.any_of):
        look.refer(at.at("any_of", index), "indicator", name)
    if block.table is not None:
        _check_table(look, at.at("table"), outline, block.table)


def _check_slots(at: Spot, outline: Outline) -> None:
    """Each slot has a file of its own, so two of one name would be given the same text."""
    seen: set[str] = set()
    for index, block in enumerate(outline.blocks):
        if block.free is None:
            continue
        if block.free.slot in seen:
            at.at("blocks", index).complain(
                "C-TWICE",
                say("填写处“{slot}”写了两次", slot=block.free.slot),
                say("每处填写各有自己的名字"),
            )
        seen.add(block.free.slot)


def _check_duties(look: Look, at: Spot, outline: Outline) -> None:
    """Hold a plan's offices against their list, and its days against the calendar."""
    offices = look.shelf.codes.get(_OFFICES)
    for index, duty in enumerate(outline.duties):
        spot = at.at("duties", index)
        if duty.office and (offices is None or offices.entry(duty.office) is None):
            saw = say("股室代码表里没有“{office}”", office=duty.office)
            spot.at("office").complain("C-CODE", saw, say("offices 里的代码"))
        # A day of a year that is no leap year: it is one in every year.
        if duty.due and not _is_day(duty.due):
            saw = say("“{due}”不是月和日", due=duty.due)
            spot.at("due").complain("C-DAY", saw, say("月-日，如 08-31"))


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(f"{_COMMON_YEAR}-{said}")
    except ValueError:
        return False
    return True


def _check_standards(look: Look, at: Spot, names: Sequence[str], among: Sequence[str]) -> None:
    for index, name in enumerate(names):
        known = look.refer(at.at(index), "standard", name)
        # A block looks at what the outline had judged; of any other standard it finds no verdict.
        if known and among and name not in among:
            saw = say("提纲开头的 standards 里没有“{name}”", name=name)
            at.at(index).complain("C-STANDARD", saw, say("先写进提纲的 standards，才会去判定"))
        if name in names[:index]:
            at.at(index).complain(
                "C-TWICE", say("“{name}”写了两次", name=name), say("每个标准只写一次")
            )


def _check_table(look: Look, at: Spot, outline: Outline, table: TableBlock) -> None:
    if not table.columns:
        at.at("columns").complain("C-EMPTY", say("一列也没有"), say("至少一列"))
    if table.total and len(table.total) != len(table.columns):
        saw = say(
            "合计行有 {total} 格，表有 {columns} 列",
            total=len(table.total),
            columns=len(table.columns),
        )
        at.at("total").complain("C-TABLE", saw, say("合计行和列一样多"))
    _check_parts(at, table)
    if table.standard:
        _check_standards(look, at.at("standard"), [table.standard], outline.standards)
    _check_appraised(look, at, table)
    if table.items:
        keys = set(table.items[0])
        for index, item in enumerate(table.items[1:], start=1):
            # The columns name these keys in braces: one that a row lacks would stop the document.
            if set(item) != keys:
                saw = say("这一行的键和第一行不同")
                at.at("items", index).complain(
                    "C-TABLE", saw, say("每行都写 {keys}", keys=listed(sorted(keys)))
                )


def _check_parts(at: Spot, table: TableBlock) -> None:
    """Each part goes with some kinds of rows, and without it these would have none."""
    for part, rows in _PARTS.items():
        given = bool(getattr(table, part))
        if given and table.rows not in rows:
            saw = say("rows 是 {rows}，却写了 {part}", rows=table.rows, part=part)
            required = say("rows 是 {rows} 时才写 {part}", rows=listed(sorted(rows)), part=part)
            at.at(part).complain("C-PART", saw, required)
        if not given and table.rows in rows and part not in _LEFT_OUT:
            saw = say("rows 是 {rows}，没有写 {part}", rows=table.rows, part=part)
            at.complain("C-PART", saw, say("写明 {part}", part=part))


def _check_appraised(look: Look, at: Spot, table: TableBlock) -> None:
    """What a table tells of an appraisal or ranks by is declared."""
    if table.by:
        look.refer(at.at("by"), "indicator", table.by)
    if table.rubric and look.refer(at.at("rubric"), "rubric", table.rubric) and table.under:
        rubric = look.shelf.rubrics[table.rubric]
        if table.under not in {one.item.item for one in nodes_of(rubric)}:
            saw = say("“{rubric}”没有评价项“{item}”", rubric=rubric.term, item=table.under)
            at.at("under").complain("C-PART", saw, say("写这张评价卡片上的一项"))


def _check_profile(at: Spot, profile: Profile) -> None:
    # By their types, not by name: a length that is added later is checked as well.
    for name in profile.__struct_fields__:
        value: object = getattr(profile, name)
        if isinstance(value, int | Decimal) and not value > 0:
            at.at(name).complain(
                "C-RANGE", say("{name} 是 {value}", name=name, value=value), say("大于 0")
            )
        if isinstance(value, list) and not value:
            at.at(name).complain("C-LAYOUT", say("{name} 是空的", name=name), say("至少一个"))
    for size, margin, body in (
        ("page_width", "margin_left", "type_width"),
        ("page_height", "margin_top", "type_height"),
    ):
        page: Decimal = getattr(profile, size)
        used: Decimal = getattr(profile, margin) + getattr(profile, body)
        if used > page:
            saw = say(
                "{margin} 加 {body} 是 {used}，大于 {size} {page}",
                margin=margin,
                body=body,
                used=used,
                size=size,
                page=page,
            )
            at.at(body).complain("C-LAYOUT", saw, say("版心和页边距在纸张之内"))
