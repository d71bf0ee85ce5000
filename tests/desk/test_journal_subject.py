"""The journal is asked by subject, place, period, actor and time, and each has its index."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from xianxue.desk.cli import main
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.database import open_database
from xianxue.desk.database.transactions import writing
from xianxue.desk.journal.lines import Asked
from xianxue.desk.journal.verification import verify
from xianxue.desk.models import JournalLine
from xianxue.desk.models.journal import SEAL, Deed, write_down
from xianxue.desk.models.subject import About, about
from xianxue.desk.stores.examples import Example

AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)

LINES = [
    # deed, subject, actor, hours after AT
    ("returns.set_window", "school_annual/2025-2026", "甲（虚构）", 0),
    ("returns.submit", "school_annual/2025-2026/2163990001", "乙（虚构）", 1),
    ("returns.submit", "school_annual/2026-2027/2163990001", "乙（虚构）", 2),
    ("returns.release", "2025-2026/1", "甲（虚构）", 3),
    ("places.record", "2026-09-01 更名/2163990001", "甲（虚构）", 4),
    ("returns.map", "some_table", "丙（虚构）", 5),
    ("journal.expire", "school_annual", "甲（虚构）", 24),
]


@pytest.fixture
def lines(store):
    """Seven lines about five kinds of things."""
    with writing():
        for name, subject, actor, hours in LINES:
            at = AT + timedelta(hours=hours)
            write_down(Deed(at=at, actor=actor, name=name, subject=subject, detail={}))
    return store


def numbers(**asked):
    return [line.number for line in Asked(**asked).lines()]


def test_each_line_has_its_subject_in_parts(lines):
    found = JournalLine.objects.order_by("number")
    assert [line.about for line in found] == [
        About("forms", "school_annual", "", "2025-2026"),
        About("returns", "school_annual", "2163990001", "2025-2026"),
        About("returns", "school_annual", "2163990001", "2026-2027"),
        About("releases", "2025-2026/1", "", "2025-2026"),
        About("places", "2163990001", "2163990001", ""),
        About("mappings", "some_table"),
        About("journal", "school_annual"),
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [1, 2, 3, 4, 5, 6, 7]),
        ({"place": "2163990001"}, [2, 3, 5]),
        ({"period": "2025-2026"}, [1, 2, 4]),
        ({"actor": "乙（虚构）"}, [2, 3]),
        ({"kind": "returns"}, [2, 3]),
        ({"kind": "forms", "period": "2026-2027"}, []),
        ({"subject": "school_annual/2025-2026/2163990001"}, [2]),
        # 08:30 UTC is 16:30 in Beijing: 24 hours later it is the 21st there too.
        ({"since": date(2025, 9, 21)}, [7]),
        ({"until": date(2025, 9, 20)}, [1, 2, 3, 4, 5, 6]),
        ({"since": date(2025, 9, 20), "until": date(2025, 9, 21)}, [1, 2, 3, 4, 5, 6, 7]),
        ({"place": "2163990001", "actor": "甲（虚构）"}, [5]),
    ],
)
def test_lines_are_found_by_what_is_asked(lines, asked, found):
    assert numbers(**asked) == found


def test_a_day_begins_and_ends_in_beijing(store):
    """15:59 UTC is 23:59 there, and 16:00 the next day."""
    with writing():
        for hour, minute in ((15, 59), (16, 0)):
            at = datetime(2025, 9, 20, hour, minute, tzinfo=UTC)
            write_down(Deed(at=at, actor="甲（虚构）", name="n.n", subject="s", detail={}))
    assert numbers(until=date(2025, 9, 20)) == [1]
    assert numbers(since=date(2025, 9, 21)) == [2]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"subject": "school_annual/2025-2026/2163990001"}, "journal_by_subject"),
        ({"kind": "returns"}, "journal_by_kind"),
        ({"place": "2163990001"}, "journal_by_place"),
        ({"period": "2025-2026"}, "journal_by_period"),
        ({"actor": "乙（虚构）"}, "journal_by_actor"),
        ({"since": date(2025, 9, 21)}, "journal_by_time"),
    ],
)
def test_each_question_is_answered_by_its_index(lines, asked, index):
    """A table of seven lines is read whole by PostgreSQL, so there that is forbidden."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off")
    plan = Asked(**asked).found().order_by("at" if "since" in asked else "number").explain()
    assert index in plan, plan


def test_the_seal_is_over_the_parts(lines):
    line = JournalLine.objects.get(number=2)
    assert line.sealed_as == SEAL
    assert line.whole()
    for part in ("kind", "ident", "place", "period"):
        kept = getattr(line, part)
        setattr(line, part, "x")
        assert not line.whole(), part
        setattr(line, part, kept)
    # Nor can a line be passed off as one of the first seal.
    line.sealed_as = 1
    assert not line.whole()
    # These lines were written alone: the tables know of no such deeds, which is told, and the
    # chain itself is whole.
    assert {one.code for one in verify().issues} == {"J-TABLE"}


CODES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
PLACES = st.from_regex(r"[0-9]{6,12}", fullmatch=True)
PERIODS = st.sampled_from(["2025-2026", "2025", "2025-Q1", "2025-09", "2025-09-20"])


@given(form=CODES, period=PERIODS, place=PLACES, step=CODES)
def test_a_return_is_taken_apart_as_it_was_put_together(form, period, place, step):
    deed = f"returns.{step}"
    if step in {"release", "map"}:
        return
    assert about(deed, f"{form}/{period}/{place}") == About("returns", form, place, period)
    assert about(deed, f"{form}/{period}") == About("forms", form, "", period)


@given(period=PERIODS, number=st.integers(1, 99), day=st.dates(), code=PLACES)
def test_releases_and_places_are_taken_apart_too(period, number, day, code):
    name = f"{period}/{number}"
    assert about("returns.release", name) == About("releases", name, "", period)
    assert about("places.record", f"{day} 更名/{code}") == About("places", code, code, "")


def test_the_command_asks_the_same(capsys, tmp_path):
    folder = tmp_path / "county"
    folder.mkdir()
    lay_out_example(folder, Example.open("four_schools"))
    open_database(folder / "store")
    with writing():
        for name, subject, actor, hours in LINES:
            at = AT + timedelta(hours=hours)
            write_down(Deed(at=at, actor=actor, name=name, subject=subject, detail={}))
    words = ("--place", "2163990001", "--actor", "乙（虚构）", "--until", "2025-09-20", "--json")
    with pytest.raises(SystemExit) as end:
        main(["journal", "show", *words, "--workspace", str(folder)])
    assert end.value.code == 0
    found = json.loads(capsys.readouterr().out)
    assert [line["number"] for line in found] == [2, 3]
    assert {name: found[0][name] for name in ("kind", "id", "place", "period")} == {
        "kind": "returns",
        "id": "school_annual",
        "place": "2163990001",
        "period": "2025-2026",
    }
