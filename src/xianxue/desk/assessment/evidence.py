"""Evidence (佐证): the returns that the verdicts of a standard rest on, each with its proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.indicators.river import River
from xianxue.desk.stores.clock import minute_of

_ACCEPTING: Final = ("returns.accept", "returns.approve", "returns.collect")
"""The deeds by which a return comes to be counted."""


class Proof(Record, kw_only=True):
    """One return that was counted."""

    key: Key
    name: str
    form: str
    """The form's term."""
    revision: int
    file: str
    digest: str
    """SHA-256 of the workbook as it was handed in."""
    handed_in: str
    clerk: str
    head: str
    accepted: str
    """When and by whom."""
    scans: int
    """How many signed papers are attached."""


def forms_under(card: Standard, shelf: Shelf) -> list[str]:
    """Give the forms that a standard's numbers are asked in, in the order of the catalogue."""
    asked = {one.indicator for one in (*card.criteria, *card.spread)}
    tables = {table for name in asked for table in _tables(shelf.indicator(name), shelf)}
    return [
        form.form
        for form in shelf.forms.values()
        if any(sheet.sheet in tables for sheet in form.sheets)
    ]


def _tables(card: Indicator | None, shelf: Shelf) -> Iterable[str]:
    if card is None:
        return
    for name in card.rests_on:
        yield from _tables(shelf.indicator(name), shelf)
    for part in (card.of, card.numerator, card.denominator):
        for term in part.sum if part is not None else ():
            said = term if isinstance(term, str) else term.field or term.count
            yield said.partition(".")[0]


def evidence_of(river: River, card: Standard, ground: Ground, seen: Collection[str]) -> list[Proof]:
    """Give the returns that a standard was judged by, as far as somebody may see them."""
    from xianxue.desk.actions.attach_scan import ATTACHED  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.models import JournalLine, Revision  # noqa: PLC0415 - as above
    from xianxue.desk.models.together import each  # noqa: PLC0415 - as above

    shelf, period = river.counted_by.shelf, river.period.code
    forms = set(forms_under(card, shelf))
    kept = [one for one in river.holdings.kept if one.form in forms and one.place in seen]
    revisions = Revision.objects.filter(period=period, form__in=forms)
    rows = {(one.form, one.place, one.number): one for one in revisions}
    told = JournalLine.objects.filter(period=period, deed__in=(*_ACCEPTING, ATTACHED))
    accepted: dict[tuple[str, str], str] = {}
    scans: Counter[tuple[str, str]] = Counter()
    for line in each(told.order_by("number")):
        if line.deed == ATTACHED:
            scans[line.ident, line.place] += 1
        else:
            accepted[line.ident, line.place] = f"{minute_of(line.at)} {line.actor}"
    return [
        Proof(
            key=Key(one.form, one.period, one.place),
            name=ground.name(one.place),
            form=str(shelf.forms[one.form].term),
            revision=one.revision,
            file=row.file,
            digest=row.digest,
            handed_in=minute_of(row.at) if row.at else "",
            clerk=row.clerk,
            head=row.head,
            accepted=accepted.get((one.form, one.place), ""),
            scans=scans[one.form, one.place],
        )
        for one in kept
        if (row := rows.get((one.form, one.place, one.revision))) is not None
    ]
