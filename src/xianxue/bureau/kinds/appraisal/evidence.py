"""What documents (佐证) an item asks for, and the index numbers they go by."""

from __future__ import annotations

from xianxue.bureau.kinds.appraisal.source_of_points import EvidenceNeed
from xianxue.bureau.kinds.appraisal.tree import ItemNode


def needs_of(node: ItemNode) -> list[EvidenceNeed]:
    """Give the documents an item asks for, in the order of their index numbers.

    First those its points come from, then those handed in beside; none twice.
    """
    gives = node.item.gives
    every = [*(gives.documents if gives is not None else ()), *node.item.evidence]
    return list({one.document: one for one in reversed(every)}.values())[::-1]


def documents_of(node: ItemNode) -> list[str]:
    """Give the ids of the documents an item asks for, in the order of their index numbers."""
    return [one.document for one in needs_of(node)]


def index_number(node: ItemNode, document: str) -> str:
    """Give the index number of a document: that of its item, and its place among the item's."""
    at = documents_of(node).index(document) + 1
    return f"{node.number}-{at:02d}"
