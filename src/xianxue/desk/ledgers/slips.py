"""Slips of matters of ledgers: 提醒, 督办单, 通报, 整改通知书, 催报; as papers and as files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Final

from xianxue.bureau.kinds.genre import Genre, NoticeCard
from xianxue.bureau.kinds.ledgers.clock import LIGHTS
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.ledgers.clocks import Clocks, Run
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.report.notices.slip import SLIPS, Matter, Slip, circular_of, slip_of
from xianxue.bureau.report.official.paper import Paper
from xianxue.bureau.report.official.write import render_paper, setting_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.ledgers.due import Due, title_of, why_due
from xianxue.desk.ledgers.entries import Held, rows_with_histories
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.shown import shown_fields
from xianxue.desk.workspace import MisusedError

_ORDERS: Final[Slip] = "rectification"
"""What is handed over with a step of an entry, whoever reads it."""
_CARDS: Final[dict[Slip, str]] = {"reminder": "ledger_reminder", "circular": "ledger_circular"}
"""The notices of slips that are called otherwise: what returns are reminded of is another."""
_DATED: Final = (1980, 1, 1, 0, 0, 0)
"""The same slips make the same file."""


class Written(Record, kw_only=True):
    """One slip: what it says, how it is set, and what its file is called."""

    kind: Slip
    paper: Paper
    genre: Genre
    name: str


def kinds_of(room: Room, card: Ledger, entry: Entry) -> list[Slip]:
    """Give the kinds of slips that an entry may have now, as its card has them."""
    clocks = room.clocks(card.ledger)
    running = [run for run in clocks.runs(entry) if run.open and run.due is not None]
    found = {lamp.slip for run in running for lamp in clocks.lamps(run.clock) if lamp.slip in SLIPS}
    if _handed_over(card, entry) is not None:
        found.add(_ORDERS)
    return [one for one in SLIPS if one in found]


def term_of(room: Room, kind: Slip) -> Sentence:
    """Give what a kind of slip is called."""
    return _notice(room, kind).term


def slip(room: Room, matter: Matter, kind: Slip, on: date) -> Written:
    """Write a slip about a matter as it stood on a day."""
    notice, genre, issuer = _set_as(room, kind)
    paper = slip_of(kind, matter, genre, issuer, on)
    name = f"{matter.place}_{matter.ledger}{matter.number}_{notice.term}.docx"
    return Written(kind=kind, paper=paper, genre=genre, name=name)


def _notice(room: Room, kind: Slip) -> NoticeCard:
    return room.ground.shelf.notices[_CARDS.get(kind, kind)]


def _set_as(room: Room, kind: Slip) -> tuple[NoticeCard, Genre, str]:
    """Give the card of a kind, how it is set, and who issues it."""
    notice = _notice(room, kind)
    genre = room.ground.shelf.genres[notice.genre]
    return notice, genre, genre.issuer.format(county=room.ground.register.county.name)


def document(room: Room, written: Written, profile: str) -> bytes:
    """Make the file of a slip."""
    return render_paper(written.paper, setting_of(room.ground.shelf, written.genre, profile))


def archive(room: Room, slips: Sequence[Written], profile: str) -> bytes:
    """Put the files of many slips into one archive, numbered in their order."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as found:
        for number, one in enumerate(slips, 1):
            entry = zipfile.ZipInfo(f"{number:03d}_{one.name}", _DATED)
            found.writestr(entry, document(room, one, profile))
    return held.getvalue()


def matter_of(room: Room, card: Ledger, held: Held, on: date, kind: Slip = "supervision") -> Matter:
    """Say what a slip is about: the clock that runs out first; MisusedError where none runs."""
    row, entry = held
    writ = list(entry.taken(_handed_over(card, entry) or "")) if kind == _ORDERS else []
    # A writ says what was known on the day it was handed over.
    known = (entry.as_of(writ[-1].on) if writ else None) or entry
    clocks = room.clocks(card.ledger)
    due, run = _clock_of(card, entry, clocks, kind)
    found = card.clock(run.clock)
    return Matter(
        ledger=str(card.term),
        number=row.number,
        place=room.ground.name(row.place),
        title=title_of(room, card, row),
        state=str(card.lifecycle.state_term(row.state)),
        recorded=entry.recorded,
        task=str(found.term if found is not None else run.clock),
        due=due,
        why=str(why_due(room, card, run)).partition("：")[2],
        follows=_follows(clocks, run, on),
        office=str(card.office),
        handed=writ[-1].on if writ else None,
        fields=tuple(
            (str(term), text)
            for (term, text), field in zip(
                shown_fields(room, card, known), card.fields, strict=True
            )
            if field.field in known.fields and field.field != card.titled
        ),
    )


def of_due(room: Room, due: Sequence[Due], kind: Slip, on: date) -> list[Written]:
    """Write a slip about each line of the due list; what is owed each period is urged.

    A circular of several lines is one paper that names them all. Where nothing runs any
    more, for somebody has done it in the meantime, there is none.
    """
    held = rows_with_histories((one.ledger, one.entry) for one in due if one.entry)
    found: list[tuple[Slip, Matter]] = []
    for one in due:
        with suppress(MisusedError):
            found.append(_of_line(room, one, kind, on, held.get((one.ledger, one.entry))))
    if kind == "circular" and len(found) > 1:
        return [_circular(room, [matter for _, matter in found], on)]
    return [slip(room, matter, chosen, on) for chosen, matter in found]


def _circular(room: Room, matters: Sequence[Matter], on: date) -> Written:
    notice, genre, issuer = _set_as(room, "circular")
    ledgers = {one.ledger for one in matters}
    name = f"{ledgers.pop() if len(ledgers) == 1 else '台账'}_{notice.term}{on}.docx"
    paper = circular_of(matters, genre, issuer, on)
    return Written(kind="circular", paper=paper, genre=genre, name=name)


def _of_line(room: Room, one: Due, kind: Slip, on: date, held: Held | None) -> tuple[Slip, Matter]:
    card = room.ledger(one.ledger)
    if one.entry:
        if held is None:
            raise MisusedError(say("{ledger}里没有{number}号", ledger=card.term, number=one.entry))
        # What is ordered is ordered where the card says so; another entry is reminded.
        fits = kind in kinds_of(room, card, held[1]) or kind != _ORDERS
        chosen: Slip = kind if fits and kind != "urge" else "reminder"
        return chosen, matter_of(room, card, held, on, chosen)
    matter = Matter(
        ledger=str(card.term),
        number="",
        place=room.ground.name(one.place),
        title=str(one.title),
        state="",
        recorded=None,
        task=str(one.what),
        due=one.due,
        why=str(one.why).partition("：")[2],
        follows="",
        office=str(card.office),
    )
    return "urge", matter


def _clock_of(card: Ledger, entry: Entry, clocks: Clocks, kind: Slip) -> tuple[date, Run]:
    runs = [(run.due, run) for run in clocks.runs(entry) if run.due is not None]
    step = _handed_over(card, entry) if kind == _ORDERS else None
    begun = {one.clock for one in card.clocks if step in one.starts}
    # A writ gives the time that it gave, also where it has been kept since.
    of_step = [one for one in runs if step is not None and one[1].clock in begun]
    running = of_step or [one for one in runs if one[1].open]
    if not running:
        saw = say("{ledger}{number}号没有正在走的期限", ledger=card.term, number=entry.number)
        raise MisusedError(saw)
    return min(running, key=lambda one: one[0])


def _handed_over(card: Ledger, entry: Entry) -> str | None:
    """Give the last step taken with which a writ was handed over."""
    steps = {one.step for one in card.steps if one.slip == _ORDERS}
    taken = [one.step for one in entry.taken(*steps)] if steps else []
    return taken[-1] if taken else None


def _follows(clocks: Clocks, run: Run, on: date) -> str:
    """Say what follows as the card has it: of the next lamp, or of the one that is lit at last."""
    lamps = {one.light: str(one.consequence) for one in clocks.lamps(run.clock)}
    light = run.light(clocks.lamps(run.clock), on)
    at = LIGHTS.index(light) + 1 if light is not None else 0
    later = [lamps[one] for one in LIGHTS[min(at, len(LIGHTS) - 1) :] if lamps.get(one)]
    return later[-1] if later else ""
