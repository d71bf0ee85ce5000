"""A deed ends the answers that rest on what it changed, all of them and no others."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from django.apps import apps
from django.db import connection, transaction
from working_county import with_cells

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.database import moved
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import FormDraft, Window, journal
from xianxue.desk.search.moving import moving_entries
from xianxue.desk.standing.ledger_views import LedgerViews
from xianxue.desk.standing.news import news
from xianxue.desk.standing.owed import owed
from xianxue.desk.standing.resting import Answers
from xianxue.desk.standing.standing import Standing
from xianxue.desk.standing.todo import todo
from xianxue.desk.stores import clock

DUE, LATER = date(2099, 9, 30), date(2099, 10, 8)
CELL = "staff/primary/physical_education"


def people(county):
    return [
        county.clerk(county.CENTRAL),
        county.clerk(county.SMALL),
        county.OFFICE,
        county.LEADER,
        Actor("王八（虚构）", "administrator"),
    ]


def answers(county, standing):
    """What pages ask, of everybody."""
    today = clock.day_of(clock.now())
    found = {
        "held": standing.held(),
        "owed": owed(standing, county.period),
        "moving": standing.resting("moving", lambda: moving_entries(standing)),
    }
    for form in (county.FORM, county.COUNTY_FORM):
        found["status", form] = standing.status(form, county.period)
    for who in people(county):
        found["todo", who.name] = todo(standing, who)
        found["news", who.name] = news(standing, who, clock.now())
        found["ledgers", who.name] = LedgerViews(standing, who, today).listed()
    return found


def anew(county):
    """The same, with nothing kept but the cards."""
    fresh = Standing(county.root)
    fresh._opened = county.standing._opened
    return answers(county, fresh)


def deeds(county):
    """Deeds in an order in which each can be done."""
    was = {place: county.filed(place) for place in (county.CENTRAL, county.SMALL)}

    def submit(number):
        county.submit(with_cells(was[county.CENTRAL], {CELL: number}))

    return [
        lambda: submit(3),
        county.review,
        lambda: county.set_window(DUE, LATER),
        county.approve,
        county.set_target,
        lambda: county.collect(with_cells(was[county.SMALL], {})),
        county.send_back,
        county.publish,
        lambda: submit(4),
    ]


def test_whatever_is_done_no_answer_is_older_than_it(county):
    """Kept beside made anew, after each deed; now and then nobody has asked in between."""
    chance = Random(1)  # noqa: S311 - the same each time
    assert answers(county, county.standing) == anew(county)
    for deed in deeds(county):
        deed()
        if chance.random() < 0.6:
            assert answers(county, county.standing) == anew(county)
    assert answers(county, county.standing) == anew(county)


def test_what_another_process_does_shows_at_once(county, monkeypatch):
    """Nobody here has seen what it wrote: nothing but the journal's head tells of it."""
    answers(county, county.standing)
    again = with_cells(county.filed(), {CELL: 3})
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(moved, "_move", lambda _: None)
        county.submit(again)
    journal._own.clear()
    assert answers(county, county.standing) == anew(county)


def test_a_signature_leaves_what_others_have_to_do(county):
    """The same objects: of the school that signed, and of those who deal with it, anew."""
    again = with_cells(county.filed(), {CELL: 3})
    signed, other = county.clerk(county.CENTRAL), county.clerk(county.SMALL)
    first = {who.name: todo(county.standing, who) for who in (other, county.OFFICE)}
    ledgers = LedgerViews(county.standing, other, clock.day_of(clock.now()))
    listed, status = ledgers.listed(), county.standing.status(county.FORM, county.period)
    county.submit(again)
    assert todo(county.standing, other) is first[other.name]
    assert ledgers.listed() is listed
    assert todo(county.standing, county.OFFICE) != first[county.OFFICE.name]
    assert county.standing.status(county.FORM, county.period) != status
    before = todo(county.standing, signed)
    county.set_window(DUE, LATER)
    assert todo(county.standing, other) is not first[other.name]
    assert todo(county.standing, signed) is not before


def test_a_line_of_reading_leaves_every_answer_but_the_journals(county):
    """Who has looked at a restricted ledger has written a line, and changed nothing else."""
    before = answers(county, county.standing)
    with writing():
        deed = journal.Deed(
            at=clock.now(), actor="赵六（虚构）", name="ledgers.view", subject="pupils", detail={}
        )
        journal.write_down(deed)
    after = answers(county, county.standing)
    assert {name[0] for name in before if after[name] is not before[name]} <= {"news"}
    assert after == before


def test_what_is_written_without_a_line_shows_too(county):
    standing = county.standing
    rows = standing.resting("drafts", lambda: list(FormDraft.objects.all()))
    FormDraft.objects.create(
        office="", state="draft", term="虚构", changed_at=clock.now(), changed_by="赵六（虚构）"
    )
    assert rows == []
    assert len(standing.resting("drafts", lambda: list(FormDraft.objects.all()))) == 1


def test_what_was_taken_back_with_its_transaction_ends_nothing(county):
    county.set_window(DUE, LATER)
    kept = Answers(2, lambda: {"": 0, **moved.moves()})

    def ask():
        return kept.get("windows", lambda: list(Window.objects.values_list("due")))

    first = ask()
    with transaction.atomic():
        Window.objects.update(due=LATER)
        transaction.set_rollback(True)
    assert ask() is first
    Window.objects.update(due=LATER)
    assert ask() == [(LATER,)]


def test_an_answer_that_has_seen_two_states_is_made_once_more(county):
    """Its first row is of before, its second of after; the third time nothing moves."""
    county.set_window(DUE, LATER)
    kept, made = Answers(2, lambda: {"": 0, **moved.moves()}), []

    def make():
        rows = [Window.objects.get().due]
        if not made:
            Window.objects.update(due=LATER)
        made.append(1)
        return (*rows, Window.objects.get().due)

    assert kept.get("two", make) == (LATER, LATER)
    assert len(made) == 2


def test_a_part_that_comes_to_the_same_leaves_who_asked_for_it(county):
    county.set_window(DUE, LATER)
    kept = Answers(4, lambda: {"": 0, **moved.moves()})
    many = lambda: kept.part("many", Window.objects.count)  # noqa: E731 - asked twice

    def ask():
        return kept.get("whole", lambda: [many()])

    first = ask()
    Window.objects.update(due=LATER)
    assert ask() is first
    Window.objects.create(form="other", period="2025", due=DUE, lock=LATER)
    assert ask() == [2]


@pytest.mark.parametrize(
    ("sql", "read", "changed"),
    [
        ('SELECT 1 FROM "desk_filing" JOIN desk_revision', "filing revision", ""),
        ('(SELECT "desk_filing"."id")', "filing", ""),
        ("INSERT INTO desk_window SELECT * FROM desk_filing", "window filing", "window"),
        (
            'delete from "desk_window" where id in (select 1 from desk_filing)',
            "window filing",
            "window",
        ),
        ("WITH gone AS (DELETE FROM desk_window) SELECT 1", "window", "window"),
        ("TRUNCATE desk_window, desk_filing", "window filing", "window filing"),
        ("PRAGMA data_version", "", ""),
    ],
)
def test_what_a_statement_reads_and_changes(sql, read, changed):
    found = [sorted(one.removeprefix("desk_") for one in tables) for tables in moved.touched(sql)]
    assert found == [sorted(read.split()), sorted(changed.split())]


def test_every_table_of_ours_is_known_by_its_name(county):
    county.standing.database()
    named = [model._meta.db_table for model in apps.get_app_config("desk").get_models()]
    assert named
    assert [one for one in named if not moved._TABLE.fullmatch(one)] == []
    assert moved._note in connection.execute_wrappers
