"""The page of coverage: for each office, what states which statements; ids and producers only."""

from __future__ import annotations

from typing import Final

from pages.words import page, table
from xianxue.bureau.kinds.covering.producers import Producer, Producers
from xianxue.bureau.kinds.shelf import Shelf

_SORTS: Final = {
    "indicator": "指标",
    "ledger": "台账",
    "rubric": "评价",
    "ballot": "测评和调查",
    "exam": "考试",
    "target": "年度目标",
    "outline": "公文",
    "free_text": "自由文字",
}


def coverage_page(shelf: Shelf) -> str:
    """Every office with its producers."""
    head = (
        "各地教育局年度总结里的每一条写什么，由系统的哪一处得出。这里只有编号和出处，没有原文。\n"
        "`xianxue report coverage 清单.csv` 逐条核对：出处在不在，这个县得不得出来。"
    )
    terms = {one.code: one.term for one in shelf.codes["offices"].entries}
    every = {
        name for card in shelf.coverages.values() for one in card.statements for name in one.of
    }
    total = f"共 {len(every)} 条。"
    cards = sorted(shelf.coverages.values(), key=lambda one: list(terms).index(one.office))
    return page("覆盖", head, total, *(_office(shelf, one, terms) for one in cards))


def _office(shelf: Shelf, card: Producers, terms: dict[str, str]) -> str:
    rows = [
        (_SORTS[one.sort], _named(shelf, one), f"`{one.name}`", "、".join(one.of))
        for one in card.statements
    ]
    ids = {name for one in card.statements for name in one.of}
    return "\n\n".join(
        [
            f"## {terms[card.office]}",
            f"`{card.coverage}`，{len(ids)} 条。",
            table(("出处", "名称", "写法", "编号"), rows),
        ]
    )


def _named(shelf: Shelf, one: Producer) -> str:
    """Name a producer as people know it."""
    if one.ledger:
        ledger = shelf.ledgers[one.ledger]
        count = ledger.count(one.count)
        rates = {rate.rate: rate.term for rate in ledger.rates}
        return f"{ledger.term}：{count.term if count is not None else rates[one.count]}"
    if one.indicator or one.target:
        card = shelf.indicator(one.indicator or one.target)
        return card.term if card is not None else ""
    if one.outline:
        return f"{shelf.outlines[one.outline].term}：{one.heading}"
    if one.rubric:
        return shelf.rubrics[one.rubric].term
    if one.ballot:
        return shelf.ballots[one.ballot].term
    return shelf.examinations[one.exam].term if one.exam else ""
