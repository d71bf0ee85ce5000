"""Coverage: producers that there are, each said once, and free text for nothing that is a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xianxue.bureau.kinds.covering.producers import SORTS, Producer, Producers
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.conditions import check_where
from xianxue.catalogue.meaning.ledger_cards.asked import columns_of, known
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

_CODE: Final = "C-COVERAGE"
_OFFICES: Final = "offices"
_REFERRED: Final = ("ledger", "rubric", "ballot", "exam", "outline")
_PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "indicator": ("stage", "slice", "each", "earlier"),
    "ledger": ("count", "where", "earlier"),
    "outline": ("heading",),
}
"""Sort of producer to what may be said beside it."""
_BESIDE: Final = tuple(dict.fromkeys(part for parts in _PARTS.values() for part in parts))
_NEEDED: Final = (("ledger", "count"), ("outline", "heading"))


def check_coverages(look: Look) -> None:
    """Check every card of coverage."""
    free: dict[str, bool] = {}
    seen: set[tuple[str, str]] = set()
    card: Producers
    for at, card in look.each("coverage"):
        _check_office(look, at.at("office"), card.office)
        for number, one in enumerate(card.statements):
            here = at.at("statements", number)
            _check_producer(look, here, one)
            if one.free_text:
                _check_office(look, here.at("free_text"), one.free_text)
            for name in one.of:
                _check_once(here, name, one, seen, free)


def _check_office(look: Look, at: Spot, code: str) -> None:
    offices = look.shelf.codes.get(_OFFICES)
    if offices is not None:
        terms = {one.code: one.term for one in offices.entries}
        look.known_code(at, code, terms, offices.term)


def _check_once(
    at: Spot, name: str, one: Producer, seen: set[tuple[str, str]], free: dict[str, bool]
) -> None:
    if (name, one.name) in seen:
        saw = say("{id} 又写了“{producer}”", id=name, producer=one.name)
        at.at("of").complain(_CODE, saw, say("同一条由同一处得出只写一次"))
    elif free.setdefault(name, bool(one.free_text)) != bool(one.free_text):
        saw = say("{id} 既是自由文字，又由别处得出", id=name)
        at.at("of").complain(_CODE, saw, say("能由数据得出的不算自由文字"))
    seen.add((name, one.name))


def _check_producer(look: Look, at: Spot, one: Producer) -> None:
    sorts = [name for name in SORTS if getattr(one, name)]
    if len(sorts) != 1 or not one.of:
        saw = say("写了 {sorts}", sorts=listed(sorts)) if sorts else say("没有写由哪一处得出")
        saw = saw if one.of else say("没有写是哪几条")
        at.complain(_CODE, saw, say("of 写编号，{sorts} 正好写一样", sorts=listed(SORTS)))
        return
    for part in _BESIDE:
        if getattr(one, part) and part not in _PARTS.get(one.sort, ()):
            saw = say("{sort} 不带 {part}", sort=one.sort, part=part)
            at.at(part).complain(_CODE, saw, say("只写这一样用得着的"))
    for sort, part in _NEEDED:
        if one.sort == sort and not getattr(one, part):
            at.complain(_CODE, say("没有写 {part}", part=part), say("写明是其中哪一个"))
    if one.sort in _REFERRED:
        if look.refer(at.at(one.sort), one.sort, getattr(one, one.sort)):
            _check_part(look, at, one)
    elif not one.free_text:
        name = one.indicator or one.target
        look.indicators(at.at(one.sort), name)


def _check_part(look: Look, at: Spot, one: Producer) -> None:
    if one.sort == "outline":
        blocks = look.shelf.outlines[one.outline].blocks
        headings = [block.heading for block in blocks if block.heading]
        known(at.at("heading"), one.heading, headings, say("标题"))
    if one.sort != "ledger":
        return
    ledger = look.shelf.ledgers[one.ledger]
    counts = [count.count for count in ledger.counts]
    known(at.at("count"), one.count, [*counts, *(one.rate for one in ledger.rates)], say("计数"))
    check_where(at.at("where"), one.where, columns_of(look, ledger), ledger.term)
    count = ledger.count(one.count)
    if count is None:
        if one.where:
            saw = say("比率不能再加条件")
            at.at("where").complain(_CODE, saw, say("写它的计数，再加条件"))
        return
    for name, wanted in one.where.items():
        held = count.where.get(name)
        # Otherwise what is counted would be something else than the count says.
        if held is not None and not (isinstance(held, list) and wanted in held):
            saw = say("计数“{count}”已经限定了 {name}", count=count.term, name=name)
            at.at("where", name).complain(_CODE, saw, say("只在计数的范围里再缩小"))
