"""The tree: items that belong somewhere, in no circle, and points that add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.kinds.appraisal.rubric import Rubric, RubricItem
from xianxue.bureau.kinds.appraisal.tree import ItemNode, nodes_of, tree_of
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.meaning.rubric_cards.words import TREE, WEIGHTS, known, shown
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

Spots = Mapping[str, Spot]
"""Items to where they are written."""


def check_tree(at: Spot, card: Rubric) -> Spots:
    """Check names, places and points of all items; give where each is written."""
    written = list(_written(at.at("items"), card.items))
    for here, item in written:
        good_name(here.at("item"), item.item)
    names = [(here.at("item"), item.item) for here, item in written]
    names += [(at.at("vetoes", index, "veto"), one.veto) for index, one in enumerate(card.vetoes)]
    for spot, name in names[len(written) :]:
        good_name(spot, name)
    unique(names, "C-TWICE", say("项目的编号"), say("同一张卡片里项目和一票否决的编号不重复"))
    terms = [(here.at("term"), item.term) for here, item in written]
    unique(terms, "C-TERM", say("项目的名称"), say("同一张卡片里项目的名称不重复"))
    spots = {item.item: here for here, item in written}
    if not card.items:
        at.at("items").complain("C-EMPTY", say("一个项目也没有"), say("至少一个项目"))
    _under(written, spots)
    nodes = nodes_of(card)
    _circles(written, {node.item.item for node in nodes}, spots)
    for node in nodes:
        _shape(spots[node.item.item], node)
    _whole(at, card)
    return spots


def _written(at: Spot, items: Sequence[RubricItem]) -> list[tuple[Spot, RubricItem]]:
    found: list[tuple[Spot, RubricItem]] = []
    for index, item in enumerate(items):
        here = at.at(index)
        found.append((here, item))
        found += _written(here.at("items"), item.items)
    return found


def _under(written: Sequence[tuple[Spot, RubricItem]], spots: Spots) -> None:
    for here, item in written:
        if item.under:
            known(here.at("under"), item.under, spots, say("项目"))


def _circles(written: Sequence[tuple[Spot, RubricItem]], placed: set[str], spots: Spots) -> None:
    """Complain of a circle once, with all who stand in it or below it."""
    lost = [item for _, item in written if item.item not in placed]
    # What belongs to an item that is not there has its own complaint.
    orphans = {item.item for item in lost if item.under and item.under not in spots}
    while True:
        more = {item.item for item in lost if item.under in orphans} - orphans
        if not more:
            break
        orphans |= more
    circle = [item for item in lost if item.item not in orphans]
    if circle:
        here = spots[circle[0].item]
        saw = say("项目 {items} 互为上级，绕成了一圈", items=listed(item.item for item in circle))
        here.complain(TREE, saw, say("每个项目只有一个上级，最上面的不写 under"))


def _shape(at: Spot, node: ItemNode) -> None:
    item = node.item
    if node.below and item.gives is not None:
        at.at("from").complain(
            TREE, say("“{term}”有下级项目，又写了得分来源", term=item.term), say("两样只写一样")
        )
    elif not node.below and item.gives is None:
        saw = say("“{term}”没有下级项目，也没有写得分来源", term=item.term)
        at.complain(TREE, saw, say("写 from（得分来源），或者写下级项目"))
    if not node.below:
        if item.points is None and not node.adjusts:
            saw = say("“{term}”没有写满分", term=item.term)
            at.complain(WEIGHTS, saw, say("写 points"))
        elif item.points and node.adjusts:
            saw = say(
                "加减分项“{term}”写了满分 {points}", term=item.term, points=shown(item.points)
            )
            at.at("points").complain(
                WEIGHTS, saw, say("加减分不占满分：不写 points，写 cap 和 floor")
            )
    elif item.points is not None:
        total = _sum(node.below)
        if total != Fraction(item.points):
            _do_not_add_up(at.at("points"), item.term, total, Fraction(item.points))


def _whole(at: Spot, card: Rubric) -> None:
    roots = tree_of(card)
    total = _sum(roots)
    if roots and total != Fraction(card.points):
        _do_not_add_up(at.at("points"), card.term, total, Fraction(card.points))
    if card.most is not None and card.most < card.points:
        saw = say(
            "总分最多 {most}，低于满分 {points}", most=shown(card.most), points=shown(card.points)
        )
        at.at("most").complain(WEIGHTS, saw, say("most 不小于满分"))


def _sum(nodes: Sequence[ItemNode]) -> Fraction:
    return sum((node.points for node in nodes if not node.adjusts), Fraction(0))


def _do_not_add_up(at: Spot, term: str, total: Fraction, said: Fraction) -> None:
    saw = say(
        "“{term}”写满分 {said}，下级项目合计 {total}",
        term=term,
        said=shown(said),
        total=shown(total),
    )
    at.complain(WEIGHTS, saw, say("合计正好等于满分"), say("请核对各项分值"))
