"""Slips from the pages: of one entry, or of every line that the due list shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.report.notices.slip import SLIPS, Slip
from xianxue.bureau.report.text import Heading, Paragraph, plain
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.ledgers.reading import ReadRestricted
from xianxue.desk.ledgers import slips
from xianxue.desk.ledgers.entries import held_of
from xianxue.desk.ledgers.slips import Written
from xianxue.desk.stores import clock
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.words import tell
from xianxue.web.ledgers.about import SEE, card_of, of_entry, room_of, row_at
from xianxue.web.ledgers.due_list import ISSUE, MOST, due_listing, to_be_chased

_HANDED: Final[tuple[Slip, ...]] = ("rectification",)


class Sheet(Record, kw_only=True):
    """A slip as a page shows it."""

    written: Written
    lines: tuple[tuple[bool, str], ...]
    """Whether a line is a heading, and what it says."""
    boxes: tuple[tuple[str, str], ...]
    day: str
    """成文日期, as such papers write it."""


def offered(visit: Visit, ledger: str, number: str) -> list[tuple[Slip, Sentence]]:
    """Give the slips that the visitor may write of an entry now."""
    row, room = row_at(visit, ledger, number), room_of(visit)
    kinds: list[Slip] = slips.kinds_of(room, card_of(visit, ledger), held_of(row)[1])
    if not visit.may(ISSUE, row.place, ledger):
        # What a school was handed it may read and print again.
        kinds = [one for one in kinds if one in _HANDED]
    return [(one, slips.term_of(room, one)) for one in kinds]


@page(SEE, of_entry)
def slip(request: Asked, ledger: str, number: str, kind: str) -> HttpResponse:
    """Show a slip of one entry as it is printed, or give it as a document."""
    visit = request.visit
    card, room, row = card_of(visit, ledger), room_of(visit), row_at(visit, ledger, number)
    chosen: Slip | None = next(
        (one for one, _ in offered(visit, ledger, number) if one == kind), None
    )
    if chosen is None:
        raise MissingError(say("这一条现在没有这种单子。"))
    ReadRestricted(room.ground, card, visit.actor, visit.at)(row)
    today = clock.day_of(visit.at)
    written = slips.slip(
        room, slips.matter_of(room, card, held_of(row), today, chosen), chosen, today
    )
    return _given(request, [written], written.name)


@page(SEE)
def due_slips(request: Asked, kind: str) -> HttpResponse:
    """Write a slip for every line that the due list shows, each on a page of its own."""
    visit = request.visit
    room, today = room_of(visit), clock.day_of(visit.at)
    chosen: Slip | None = next((one for one in SLIPS if one == kind and one != "urge"), None)
    if chosen is None:
        raise MissingError(say("没有这种单子。"))
    rows = to_be_chased(visit, due_listing(request).rows)
    if not rows:
        raise MissingError(say("列出的事项里，没有由您发单子的。"))
    if len(rows) > MOST:
        raise MissingError(
            say("列出了 {n} 件，一次最多写 {most} 张单子；请先筛选。", n=len(rows), most=MOST)
        )
    read = {one.ledger for one in rows}
    for name in sorted(read):
        ReadRestricted(room.ground, card_of(visit, name), visit.actor, visit.at)()
    written = slips.of_due(room, rows, chosen, today)
    term = slips.term_of(room, chosen)
    name = tell(say("{slip}{day}（{n} 张）.zip", slip=term, day=today, n=len(written)))
    return _given(request, written, str(name))


def _given(request: Asked, written: Sequence[Written], name: str) -> HttpResponse:
    visit = request.visit
    room, profile = room_of(visit), visit.standing.workspace().settings.profile
    if request.GET.get("as") == "docx":
        if len(written) == 1:
            return download(slips.document(room, written[0], profile), written[0].name)
        return download(slips.archive(room, written, profile), name)
    values = {"slips": [_sheet(one) for one in written], "many": len(written)}
    return show(request, "ledgers/slips.html", values)


def _sheet(written: Written) -> Sheet:
    paper, genre = written.paper, written.genre
    lines = [
        (True, one.number + plain(one.runs))
        if isinstance(one, Heading)
        else (False, plain(one.runs))
        for one in paper.blocks
        if isinstance(one, Heading | Paragraph)
    ]
    boxes = [(one.term, paper.boxes.get(one.box, one.hint)) for one in genre.boxes]
    return Sheet(written=written, lines=tuple(lines), boxes=tuple(boxes), day=chinese_day(paper.on))
