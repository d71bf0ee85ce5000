"""What no two entries of a ledger may have alike, as one entry says it."""

from __future__ import annotations

from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.records.entry import Entry


def kept_apart(ledger: Ledger, entry: Entry) -> dict[str, list[str]]:
    """Give, for each rule whose fields are all filled in, what they say.

    What ended without being done (withdrawn, refused, left for another school) is in nobody's way:
    the same may be registered anew.
    """
    way = ledger.lifecycle
    if entry.state in way.marked("end") - way.marked("done"):
        return {}
    fields = {**entry.fields, "place": entry.place}
    return {
        ",".join(names): [str(fields[name]) for name in names]
        for names in ledger.unique
        if all(name in fields for name in names)
    }
