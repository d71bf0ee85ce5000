"""What ledgers hold of persons: given out to them whole, and destroyed when its time is over."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from xianxue.bureau.records.entry import Entry, Happened
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ledgers.doing import Doing
from xianxue.desk.actions.ledgers.expire import ExpireEntries, due_entries
from xianxue.desk.database.transactions import writing
from xianxue.desk.journal.personal import personals
from xianxue.desk.ledgers.persons import as_workbook, give_out
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.verification import faults
from xianxue.desk.models import JournalLine, PersonalValue
from xianxue.desk.models.ledger import EntryLine, LedgerEntry

AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
LATER = datetime(2060, 1, 1, tzinfo=UTC)
WHO = Actor("赵六（虚构）", "office_clerk")
MANAGER = Actor("管理员（虚构）", "office_clerk")
NAME, OTHER = "王某某（虚构）", "李某某（虚构）"


@pytest.fixture
def room(desk):
    return Room(desk.ground, desk.folder / "cabinet")


@pytest.fixture
def card(room):
    """A ledger about persons that is kept for a time, and not restricted."""
    return next(
        card
        for card in room.ledgers.values()
        if card.retention is not None
        and not card.restricted
        and any(one.personal and one.type == "text" for one in card.fields)
    )


def personal(card):
    return next(one.field for one in card.fields if one.personal and one.type == "text")


def kept(room, card, serial, state, name):
    """Keep an entry of one line as its deed would, whatever the card asks for besides."""
    flag = {one.field: 1 for one in card.fields if one.personal and one.type == "yes_no"}
    line = Happened(
        step="record",
        on=date(2025, 9, 3),
        origin="",
        to=card.lifecycle.start,
        actor=WHO.name,
        fields={personal(card): name, **flag},
    )
    row = LedgerEntry(ledger=card.ledger, year=2025, serial=serial, place="2163990001")
    entry = Entry(ledger=card.ledger, number=row.number, place=row.place, history=(line,))
    with writing():
        Doing(room.ground, card, WHO, AT).keep(row, entry, line)
    if state == "closed":
        LedgerEntry.objects.filter(pk=row.pk).update(open=False)


def test_yes_and_no_of_a_person_are_held_against_the_journal_too(room):
    card = next(
        card
        for card in room.ledgers.values()
        if any(one.personal and one.type == "yes_no" for one in card.fields)
    )
    kept(room, card, 1, "open", NAME)
    assert [issue.message for issue in faults(room)] == []


def test_closed_entries_lose_their_names_when_the_time_is_over_and_not_before(room, card):
    kept(room, card, 1, "closed", NAME)
    kept(room, card, 2, "open", OTHER)
    assert due_entries(card, AT) == []
    assert ExpireEntries(room.ground, room.cabinet, MANAGER, AT)() == {}
    assert ExpireEntries(room.ground, room.cabinet, MANAGER, LATER, "到期")() == {card.ledger: 1}
    texts = str(list(EntryLine.objects.values())) + str(list(LedgerEntry.objects.values()))
    assert NAME not in texts
    assert OTHER in texts
    assert NAME not in str(list(PersonalValue.objects.values()))
    told = JournalLine.objects.get(deed="journal.expire")
    assert (told.subject, told.why, told.detail["entries"]) == (card.ledger, "到期", 1)
    # The chain and the ledgers hold; only what the test itself set past the deeds is complained of.
    assert personals().faults == []
    assert {issue.code for issue in faults(room)} <= {"L-ROW"}
    assert ExpireEntries(room.ground, room.cabinet, MANAGER, LATER)() == {}


@pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
def test_a_person_is_given_all_that_is_held_and_the_journal_does_not_name_them(room, card):
    kept(room, card, 1, "open", NAME)
    kept(room, card, 2, "open", OTHER)
    found = give_out(room.ground, WHO, AT, NAME, "本人申请（虚构）")
    assert [(one["ledger"], one["entry"]) for one in found] == [(card.ledger, "2025-0001")]
    assert NAME in str(found)
    assert OTHER not in str(found)
    (sheet,) = load_workbook(BytesIO(as_workbook(found))).worksheets
    heads, *lines = sheet.iter_rows(values_only=True)
    assert heads[-2:] == ("栏目", "内容")
    assert {str(line[1]) for line in lines} == {"2025-0001"}
    assert [line[-1] for line in lines].count(NAME) == 1
    told = JournalLine.objects.get(deed="ledgers.person")
    assert told.why == "本人申请（虚构）"
    assert told.detail["entries"] == [f"{card.ledger}/2025-0001/2163990001"]
    assert NAME not in str(told.detail)


def test_nothing_is_given_out_without_a_reason(room, card):
    kept(room, card, 1, "open", NAME)
    with pytest.raises(Exception, match="理由"):
        give_out(room.ground, WHO, AT, NAME, " ")
    assert not JournalLine.objects.filter(deed="ledgers.person").exists()
