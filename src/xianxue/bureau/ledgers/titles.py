"""What an entry is called where it is named beside others."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.identity import masked


def called(ledger: Ledger, codes: Mapping[str, CodeList], title: object) -> str:
    """Give a title as people read it: a code by its term, a person's name covered.

    ``title`` is what the field says that names an entry; None where it says nothing.
    """
    text, named = "" if title is None else str(title), ledger.field(ledger.titled)
    if named is None:
        return text
    known = codes.get(ledger.codes_of(named))
    entry = known.entry(text) if known is not None else None
    # Who is named in it is covered wherever many look.
    return masked(text) if named.personal else entry.term if entry is not None else text
