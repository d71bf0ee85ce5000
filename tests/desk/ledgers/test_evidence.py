"""Files that prove something: named where they were handed in, and destroyed when their time is over."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ledgers.doing import Doing
from xianxue.desk.actions.ledgers.expire import ExpireEntries
from xianxue.desk.actions.ledgers.files import SweepFiles, strays, unbound
from xianxue.desk.actions.ledgers.record import RecordEntry
from xianxue.desk.database.transactions import writing
from xianxue.desk.journal.personal import personals
from xianxue.desk.ledgers.evidence import keep_sent
from xianxue.desk.ledgers.opened import opened
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.verification import faults
from xianxue.desk.models import JournalLine, PersonalValue
from xianxue.desk.models.ledger import EntryLine, Evidence, LedgerEntry
from xianxue.desk.workspace import ComplaintsError

AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
LATER = datetime(2060, 1, 1, tzinfo=UTC)
OFFICE = Actor("赵六（虚构）", "office_clerk")
PDF = b"%%PDF-1.4\n%% %s\n1 0 obj <<>> endobj\nxref\ntrailer <<>>\nstartxref\n9\n%%%%EOF\n"
SECRET, PLAIN = "甲同学被打的照片（虚构）.pdf", "走廊（虚构）.pdf"


@pytest.fixture
def room(desk):
    return Room(desk.ground, desk.folder / "cabinet")


def entry(room, ledger, serial, files, place="2163990001"):
    """Keep an entry of one line with files, whatever its card asks for besides."""
    card = room.ledgers[ledger]
    line = Happened(
        step="record",
        on=date(2025, 9, 3),
        origin="",
        to=card.lifecycle.start,
        actor=OFFICE.name,
        evidence=files,
    )
    row = LedgerEntry(ledger=ledger, year=2025, serial=serial, place=place)
    made = Entry(ledger=ledger, number=row.number, place=place, history=(line,))
    with writing():
        Doing(room.ground, card, OFFICE, AT).keep(row, made, line)
    return row


def sent(room, name, what=b"one", at=AT):
    return keep_sent(room, [(name, PDF % what)], at)


def kept(room):
    folder = room.cabinet / "evidence"
    return sorted(path.stem for path in folder.iterdir()) if folder.is_dir() else []


def restricted_about_persons(room):
    return next(
        card
        for card in room.ledgers.values()
        if card.restricted and card.about_persons and card.retention is not None
    )


def test_the_same_bytes_are_called_in_each_entry_as_they_were_called_there(room):
    card = restricted_about_persons(room)
    hidden = entry(room, card.ledger, 1, sent(room, SECRET))
    plain = entry(room, "hazards", 1, sent(room, PLAIN))
    assert len(kept(room)) == 1
    assert [one.file for one in opened(room, plain, AT).evidence] == [PLAIN]
    assert [one.file for one in opened(room, hidden, AT, unmasked=True).evidence] == [SECRET]
    # Whoever does not see the persons reads none of them in the name of a file either.
    assert SECRET not in {one.file for one in opened(room, hidden, AT).evidence}
    # Many read the journal.
    lines = {line.subject.partition("/")[0]: str(line.detail) for line in JournalLine.objects.all()}
    assert PLAIN in lines["hazards"]
    assert SECRET not in lines[card.ledger]
    assert [issue.message for issue in faults(room)] == []
    EntryLine.objects.filter(entry=hidden).update(names={next(iter(hidden_files(hidden))): PLAIN})
    assert {issue.code for issue in faults(room)} == {"L-LINE"}


def hidden_files(row):
    return EntryLine.objects.get(entry=row).evidence


def test_what_no_entry_has_taken_up_is_swept_after_its_time_and_not_before(room):
    entry(room, "hazards", 1, sent(room, PLAIN, b"bound"))
    waiting = next(iter(sent(room, "没用上（虚构）.pdf", b"waiting")))
    last = room.ground.unbound_for
    assert last.days
    assert unbound(room.ground, AT + last - timedelta(seconds=1)) == []
    over = AT + last
    assert [row.digest for row in unbound(room.ground, over)] == [waiting]
    # Handed in again, it waits anew.
    sent(room, "又传（虚构）.pdf", b"waiting", AT + timedelta(days=1))
    assert unbound(room.ground, over) == []
    later = over + timedelta(days=1)
    assert SweepFiles(room.ground, room.cabinet, OFFICE, later, "到期")() >= 1
    assert waiting not in kept(room)
    assert len(kept(room)) == Evidence.objects.count() == 1
    told = JournalLine.objects.get(deed="ledgers.sweep")
    assert (told.detail["files"], told.why) == ([waiting], "到期")
    assert [issue.message for issue in faults(room)] == []
    assert SweepFiles(room.ground, room.cabinet, OFFICE, later)() == 0
    assert JournalLine.objects.filter(deed="ledgers.sweep").count() == 1


def test_a_file_that_no_row_knows_of_is_swept_too(room):
    digest = next(iter(sent(room, PLAIN)))
    Evidence.objects.all().delete()
    assert strays(room.ground, room.cabinet, AT) == []
    long_after = datetime.now(UTC) + room.ground.unbound_for + timedelta(minutes=1)
    assert [path.stem for path in strays(room.ground, room.cabinet, long_after)] == [digest]
    assert SweepFiles(room.ground, room.cabinet, OFFICE, long_after)() == 1
    assert kept(room) == []


def test_who_may_not_destroy_sweeps_nothing(room):
    sent(room, PLAIN)
    school = Actor("张三（虚构）", "school_clerk", "2163990001")
    with pytest.raises(ComplaintsError):
        SweepFiles(room.ground, room.cabinet, school, LATER)()
    assert len(kept(room)) == 1


def test_the_files_of_a_person_go_with_the_entry_unless_another_entry_holds_them(room):
    card = restricted_about_persons(room)
    alone, shared = sent(room, SECRET, b"alone"), sent(room, "共用（虚构）.pdf", b"shared")
    row = entry(room, card.ledger, 1, alone | shared)
    LedgerEntry.objects.filter(pk=row.pk).update(open=False)
    entry(room, "hazards", 1, {next(iter(shared)): PLAIN})
    assert ExpireEntries(room.ground, room.cabinet, OFFICE, AT)() == {}
    assert len(kept(room)) == 2
    assert card.ledger in ExpireEntries(room.ground, room.cabinet, OFFICE, LATER, "到期")()
    assert kept(room) == sorted(shared)
    assert set(Evidence.objects.values_list("digest", flat=True)) == set(shared)
    assert SECRET not in str(list(EntryLine.objects.values())) + str(
        list(PersonalValue.objects.values())
    )
    told = JournalLine.objects.get(deed="journal.expire", subject=card.ledger)
    assert told.detail["files"] == list(alone)
    assert personals().faults == []
    assert {issue.code for issue in faults(room)} <= {"L-ROW"}
    assert ExpireEntries(room.ground, room.cabinet, OFFICE, LATER)() == {}


def test_a_refused_registration_in_a_restricted_ledger_is_told(room):
    card = restricted_about_persons(room)
    for name, told in ((card.ledger, 1), ("hazards", 0)):
        before = JournalLine.objects.count()
        with pytest.raises(ComplaintsError):
            RecordEntry(room.ground, room.ledgers[name], OFFICE, AT)(
                "2163990001", {"nothing": "x"}, date(2025, 9, 3)
            )
        lines = list(JournalLine.objects.order_by("number"))[before:]
        assert [line.deed for line in lines] == ["ledgers.refused"] * told
        assert all(line.subject == f"{card.ledger}//2163990001" for line in lines)
