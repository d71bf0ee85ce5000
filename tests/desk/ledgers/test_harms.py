"""Whatever is altered, lost or exchanged in a ledger is found, and named for what it is."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime

import pytest

from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ledgers.doing import Doing
from xianxue.desk.actions.ledgers.record import RecordEntry
from xianxue.desk.actions.ledgers.step import Carried, StepEntry
from xianxue.desk.database.transactions import writing
from xianxue.desk.journal.personal import personals
from xianxue.desk.ledgers.evidence import keep_files
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.verification import faults
from xianxue.desk.models import JournalLine, PersonalValue
from xianxue.desk.models.ledger import EntryClock, EntryLine, EntryOnce, Evidence, LedgerEntry

AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
OFFICE = Actor("赵六（虚构）", "office_clerk")
SCHOOL = Actor("张三（虚构）", "school_clerk", "2163990001")
PDF = b"%%PDF-1.4\n%% %s\n1 0 obj <<>> endobj\nxref\ntrailer <<>>\nstartxref\n9\n%%%%EOF\n"
HAZARD = {
    "what": "应急灯不亮（虚构）",
    "found_on": "2025-09-03",
    "found_by": "self",
    "domain": "fire",
    "grade": "general",
}
ORDER = {"measures": "更换", "responsible": "总务处", "due_on": "2025-09-12", "plan": "值守"}


@pytest.fixture
def room(desk, tmp_path):
    """Two hazards (虚构): one reported as mended with two files, one registered only."""
    room = Room(desk.ground, desk.folder / "cabinet")
    card = room.ledgers["hazards"]
    register = RecordEntry(room.ground, card, OFFICE, AT)
    row = register(desk.EAST, HAZARD, date(2025, 9, 3))
    register(desk.WEST, HAZARD, date(2025, 9, 4))
    step = StepEntry(room.ground, card, OFFICE, AT)
    step(row.number, "order", date(2025, 9, 5), Carried(given=ORDER))
    files = []
    for name in (b"one", b"two"):
        path = tmp_path / f"{name.decode()}.pdf"
        path.write_bytes(PDF % name)
        files.append(path)
    kept = keep_files(room, files, AT)
    StepEntry(room.ground, card, SCHOOL, AT)(
        row.number, "report", date(2025, 9, 9), Carried(given={"result": "已换"}, evidence=kept)
    )
    assert [issue.message for issue in faults(room)] == []
    return room


def first():
    return LedgerEntry.objects.get(ledger="hazards", serial=1)


def line(order):
    return EntryLine.objects.filter(entry=first(), order=order)


def files(room):
    return sorted((room.cabinet / "evidence").iterdir())


def change(**said):
    return lambda _: LedgerEntry.objects.filter(pk=first().pk).update(**said)


def exchange(room):
    one, two = files(room)
    spare = one.with_suffix(".spare")
    shutil.move(one, spare)
    shutil.move(two, one)
    shutil.move(spare, two)


def clock(**said):
    return lambda _: EntryClock.objects.filter(entry=first(), clock="rectify").update(**said)


HARMS = {
    "a state set past the deeds": (change(state="closed"), {"L-ROW"}),
    "closed by hand": (change(open=False, done=True), {"L-ROW"}),
    "a field of the row": (change(fields={**HAZARD, "grade": "major"}), {"L-ROW"}),
    "the day of the row": (change(recorded=date(2025, 9, 1)), {"L-ROW"}),
    "a reopening taken away": (change(reopened=3), {"L-ROW"}),
    "no longer restricted, or so": (change(restricted=True), {"L-ROW"}),
    "another school's": (change(place="2163990003"), {"L-LINE"}),
    "another number": (change(serial=77), {"L-LINE"}),
    "a day of a line": (lambda _: line(2).update(on=date(2025, 9, 4)), {"L-LINE"}),
    "who did it": (lambda _: line(3).update(actor="别人（虚构）"), {"L-LINE"}),
    "what was written": (lambda _: line(1).update(fields=HAZARD | {"domain": "food"}), {"L-LINE"}),
    "its evidence": (lambda _: line(3).update(evidence=[]), {"L-LINE"}),
    "what its evidence is called": (lambda _: line(3).update(names={}), {"L-LINE"}),
    "the last line taken away": (lambda _: line(3).delete(), {"L-LINE"}),
    "a line slipped in": (
        lambda _: EntryLine.objects.create(
            entry=first(), order=4, step="pass", on=date(2025, 9, 9), to="closed", actor="x", at=AT
        ),
        {"L-LINE"},
    ),
    "a deadline put off": (clock(due=date(2026, 9, 12)), {"L-CLOCK"}),
    "a deadline said to be met": (clock(open=False, met=date(2025, 9, 6)), {"L-CLOCK"}),
    "a deadline taken away": (
        lambda _: EntryClock.objects.filter(entry=first(), clock="recheck").delete(),
        {"L-CLOCK"},
    ),
    "a lock against doubles slipped in": (
        lambda _: EntryOnce.objects.create(
            ledger="hazards", rule="what", value="0" * 64, entry=first()
        ),
        {"L-ONCE"},
    ),
    "a file lost": (lambda room: files(room)[0].unlink(), {"K-FILE"}),
    "a file altered": (lambda room: files(room)[0].write_bytes(PDF % b"three"), {"K-FILE"}),
    "two files exchanged": (exchange, {"K-FILE"}),
    "a file no longer known": (lambda _: Evidence.objects.first().delete(), {"L-FILE"}),
    "a file said to be larger": (lambda _: Evidence.objects.update(size=1), {"L-FILE"}),
}


@pytest.mark.parametrize("name", HARMS)
def test_each_harm_is_found_and_named(room, name):
    harm, codes = HARMS[name]
    harm(room)
    found = list(faults(room))
    assert {issue.code for issue in found} == codes
    for issue in found:
        assert issue.saw
        assert issue.required
        assert issue.do


def test_a_personal_value_is_held_against_its_salted_digest(desk):
    """The journal has no word of a name; that it was altered is found all the same."""
    room = Room(desk.ground, desk.folder / "cabinet")
    card, name = next(
        (card, one.field)
        for card in room.ledgers.values()
        for one in card.fields
        if one.personal and one.type == "text"
    )
    doing = Doing(room.ground, card, OFFICE, AT)
    line = Happened(
        step="record",
        on=date(2025, 9, 3),
        origin="",
        to=card.lifecycle.start,
        actor=OFFICE.name,
        fields={name: "王某某（虚构）"},
    )
    row = LedgerEntry(ledger=card.ledger, year=2025, serial=1, place=desk.EAST)
    entry = Entry(ledger=card.ledger, number="2025-0001", place=desk.EAST, history=(line,))
    with writing():
        doing.keep(row, entry, line)
    assert list(faults(room)) == []
    told = JournalLine.objects.get(kind="ledgers")
    assert "王某某" not in str(told.detail)
    fields = {name: "李某某（虚构）"}
    EntryLine.objects.update(fields=fields)
    LedgerEntry.objects.update(fields=fields)
    assert {issue.code for issue in faults(room)} == {"L-LINE"}
    # Whoever alters the value beside the journal too is found by its digest.
    PersonalValue.objects.update(value="李某某（虚构）")
    assert list(faults(room)) == []
    assert personals().faults
