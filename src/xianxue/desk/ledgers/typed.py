"""What people type into an entry's fields, read by the rules by which cells are read."""

from __future__ import annotations

from collections.abc import Mapping

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.records.entry import Value
from xianxue.bureau.returns.contents.strict import read_text
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.ledgers.room import Room
from xianxue.desk.workspace import ComplaintsError


def typed(
    room: Room, ledger: Ledger, said: Mapping[str, str], place: str
) -> dict[str, Value | None]:
    """Read typed texts; ComplaintsError with every one that cannot be read.

    An empty text takes a value away. A field that the ledger has not is left for the deed to
    complain of.
    """
    found: dict[str, Value | None] = {}
    issues: list[Issue] = []
    for name, text in said.items():
        field = ledger.field(name)
        if field is None or not text.strip():
            found[name] = None if field is not None else text
            continue
        value = read_text(text.strip(), field, lookup_of(room, field))
        if isinstance(value, Missing):
            issues.append(_unreadable(room, ledger, field, text, place))
        else:
            found[name] = value
    if issues:
        raise ComplaintsError(issues)
    return found


def lookup_of(room: Room, field: LedgerField) -> dict[str, str]:
    """Give the words by which codes may be written: terms, other words, the codes themselves."""
    known = room.ground.shelf.codes.get(field.codes)
    found: dict[str, str] = {}
    for entry in known.entries if known is not None else ():
        for word in (entry.code, *entry.also, entry.term):
            found[word] = entry.code
    return found


def _unreadable(room: Room, ledger: Ledger, field: LedgerField, text: str, place: str) -> Issue:
    required = {
        "integer": say("整数"),
        "measure": say("数字"),
        "year": say("年份，如 2025"),
        "date": say("日期，如 2025-09-01"),
        "yes_no": say("是或否"),
    }.get(field.type)
    if required is None:
        known = room.ground.shelf.codes.get(field.codes)
        terms = [entry.term for entry in known.entries] if known is not None else []
        required = say("{terms} 之一", terms=joined("、", terms))
    return Issue(
        code="L-VALUE",
        severity=Severity.MUST_FIX,
        place=place,
        form=ledger.ledger,
        field=field.field,
        saw=say("“{term}”填了“{text}”，看不懂", term=field.term, text=text),
        required=required,
    )
