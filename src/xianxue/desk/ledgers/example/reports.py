"""What annual reports tell of entries: a count for each producer of ``catalogue/coverage``.

An example county has an entry for each of them. What it says stands in a file of the example; where
nothing does, it is called by what is asked of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from xianxue.bureau.kinds.covering.producers import Producer, narrowed
from xianxue.bureau.kinds.ledgers.count import Count
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.desk.ledgers.example.entries import Said

_INVENTED: Final = "（虚构）"
_NO_TITLES: Final = frozenset({"name", "person_name", "number", "visitor", "post", "host"})


def told_by_reports(
    shelf: Shelf, ledger: Ledger, words: Mapping[str, Any]
) -> list[tuple[Count, Said]]:
    """Give the counts of a ledger that reports tell, and what an entry of each says."""
    found: list[tuple[Count, Said]] = []
    for card in shelf.coverages.values():
        for one in card.statements:
            if one.ledger == ledger.ledger and one.where:
                count = narrowed(ledger, one, one.name)
                if count is not None:
                    said = words.get(one.name.partition(" ")[2])
                    found.append((count, said or _called(shelf, ledger, one)))
    return found


def _called(shelf: Shelf, ledger: Ledger, one: Producer) -> Said:
    """Call an entry by what is asked of it: 省级、组织奖（虚构）."""
    field = ledger.field(ledger.titled)
    # People, their posts and the numbers of things are not called by what is asked.
    if field is None or field.type != "text" or field.personal or field.field in _NO_TITLES:
        return {}
    told: list[str] = []
    for name, wanted in one.where.items():
        asked = ledger.field(name)
        codes = wanted if isinstance(wanted, list) else [wanted]
        if asked is None or asked.type != "code":
            told += [wanted] if isinstance(wanted, str) else []
            continue
        entries = asked.options or shelf.codes[asked.codes].entries
        told += [str(entry.term) for entry in entries if entry.code == codes[0]]
    return {ledger.titled: "、".join(told) + _INVENTED} if told else {}
