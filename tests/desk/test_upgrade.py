"""A store of the first version goes on: what was accepted stays accepted, the chain holds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection

from xianxue.desk import database
from xianxue.desk.journal.verification import verify
from xianxue.desk.models import Filing, JournalHead, JournalLine, Revision

AT = datetime(2025, 9, 18, 1, 0, tzinfo=UTC)


@pytest.fixture
def first_version(tmp_path, monkeypatch):
    """A store as the first version left it: two revisions of one school, one of another."""
    with monkeypatch.context() as patch:
        patch.setattr(database, "_lacking", set)
        (tmp_path / database.FILE).touch()
        database.open_database(tmp_path)
    call_command("migrate", "desk", "0001", verbosity=0)
    previous = ""
    with connection.cursor() as cursor:
        for number, (place, revision) in enumerate([("A", 1), ("B", 1), ("A", 2)], start=1):
            cursor.execute(
                "INSERT INTO desk_revision (form, period, place, number, batch, content, file,"
                " digest) VALUES ('f', '2025-2026', %s, %s, 'b', 'c', 'x.xlsx', 'd')",
                [place, revision],
            )
            line = JournalLine(
                number=number,
                at=AT,
                actor="张三（虚构）",
                deed="returns.accept",
                subject=f"f/2025-2026/{place}",
                detail={"revision": revision},
                why="",
                previous=previous,
            )
            previous = line.digest = line.seal()
            line.save(force_insert=True)
    return tmp_path


def test_the_newest_revisions_become_the_accepted_ones(first_version):
    database.open_database(first_version)
    found = Filing.objects.order_by("place").values_list(
        "place", "state", "current__number", "accepted__number", "times_returned"
    )
    assert list(found) == [("A", "accepted", 2, 2, 0), ("B", "accepted", 1, 1, 0)]
    school = Filing.objects.get(place="A")
    assert (school.first_submitted_at, school.changed_by) == (AT, "张三（虚构）")
    assert {(row.at, row.by) for row in Revision.objects.all()} == {(AT, "张三（虚构）")}


def test_the_chain_holds_and_goes_on(first_version):
    database.open_database(first_version)
    assert JournalHead.objects.get().lines == 3
    assert verify().issues == []


def test_opening_again_changes_nothing(first_version):
    database.open_database(first_version)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        before = cursor.fetchone()
    database.open_database(first_version)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone() == before
