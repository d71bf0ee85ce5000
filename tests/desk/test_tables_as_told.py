"""Every table that deeds write is guarded, and held against the lines that tell of it (虚构)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction

from xianxue.bureau.records.target import Origin, Target
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.listed import Listed
from xianxue.desk.actions.accounts.create import CreateAccounts
from xianxue.desk.actions.explain import Explain, Unusual
from xianxue.desk.actions.extend import Extend
from xianxue.desk.actions.make_release import MakeRelease
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.actions.set_targets import SetTargets
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.database.vendors import vendor
from xianxue.desk.journal.verification import verify
from xianxue.desk.stores.releases import Manifest, ReleaseFolder, sha256

TARGET = Target(
    indicator="preschool_gross_enrolment",
    place="639900",
    stage=None,
    period="2026",
    amount=Fraction(95),
    goal="at_least",
    origin=Origin.HANDED_DOWN,
    source="县教〔2026〕1号（虚构）",
)


@pytest.fixture
def told(desk):
    """A store in which each table has a row that a deed wrote."""
    leader = desk.office()
    desk.do(SetWindow, leader)(desk.FORM, desk.PERIOD, date(2025, 9, 25), date(2025, 9, 30))
    desk.do(SetWindow, leader)(desk.FORM, desk.PERIOD, date(2025, 9, 26), date(2025, 9, 30))
    desk.submit(40)
    desk.do(Explain, desk.clerk(), "今年撤并一个教学点")(
        desk.key(), Unusual("R-SWING", "students.G1.enrolled", "40")
    )
    desk.do(Review, leader)(desk.key())
    desk.do(
        SendBack,
        leader,
        remarks=[Remark("再核对"), Remark("少一人", "students", "G1", "enrolled", "B4")],
    )(desk.key())
    desk.do(Extend, leader, "校长住院")(desk.key(), date(2025, 10, 8))
    targets = desk.do(SetTargets, leader)
    targets([TARGET])
    desk.do(SetTargets, leader).withdraw(TARGET.key)
    manifest = Manifest(
        period=desk.PERIOD,
        revisions=[],
        coverage={},
        register="r",
        catalogue="c",
        figures=sha256(b"[]"),
    )
    folder = ReleaseFolder(desk.folder / "releases")
    desk.do(CreateAccounts, Actor("管理员甲（虚构）", "administrator"))(
        [Listed(login="admin", name="管理员乙（虚构）", role="administrator")]
    )
    MakeRelease(folder, desk.ground, leader, desk.tick(), "虚构")(manifest, b"[]")
    return desk


def sql(*words: str) -> str:
    """Put a statement together out of names of our own tables."""
    return " ".join(words)


def found() -> list[tuple[str, str]]:
    return [(issue.code, issue.saw) for issue in verify().issues]


def past_the_guards(statement: str) -> None:
    """Change the database as somebody who owns it; not even its references hold."""
    on_server = connection.vendor == "postgresql"
    connection.disable_constraint_checking()
    with connection.cursor() as cursor:
        vendor().lift()
        if on_server:
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement)
        if on_server:
            cursor.execute("SET session_replication_role = origin")
        vendor().stand()
    connection.enable_constraint_checking()


def test_what_deeds_wrote_is_as_told(told):
    assert found() == []


CHANGES = {
    "desk_release": ["digest = 'x'", "why = ''", """"by" = 'x'""", "number = 2", "period = '2024'"],
    "desk_window": ["withdrawn = TRUE", "due = '2025-09-27'", "lock = '2025-10-30'", "form = 'x'"],
    "desk_extension": ["until = '2026-01-01'", "reason = ''", "granted_by = 'x'", "place = 'x'"],
    "desk_comment": ["""text = 'x'""", "cell = 'B5'", """"by" = 'x'""", "revision = 2"],
    "desk_explanation": ["text = 'x'", "value = '41'", "rule = 'x'", "field = 'x'", "place = 'x'"],
    "desk_account": ["login = 'x'", "name = 'x'", "demo = (1=1)"],
    "desk_appointment": ["role = 'leader'", "place = 'x'", "from_day = '2020-01-01'"],
    "desk_targetline": ["amount = '1'", "source = 'x'", "withdrawn = (1=1)", "goal = 'at_most'"],
}


@pytest.mark.parametrize(
    ("table", "change"), [(table, one) for table, many in CHANGES.items() for one in many]
)
def test_a_row_altered_past_the_deeds_is_refused_and_found(told, table, change):
    statement = sql("UPDATE", table, "SET", change)
    if change in {"withdrawn = TRUE", "due = '2025-09-27'", "lock = '2025-10-30'"}:
        # A deed may set these anew, so the database cannot know; the journal does.
        past_the_guards(statement)
    else:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        assert found() == []
        # One row is enough: of two, both altered alike would be told apart no more.
        past_the_guards(sql(statement, "WHERE id = (SELECT min(id) FROM", table, ")"))
    assert [code for code, _ in found()][:1] == ["J-TABLE"]


@pytest.mark.parametrize("table", [*CHANGES, "desk_filing"])
def test_a_row_removed_is_refused_and_found(told, table):
    statement = sql("DELETE FROM", table)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    past_the_guards(statement)
    assert found()


@pytest.mark.parametrize("table", ["desk_release", "desk_extension", "desk_window"])
def test_a_row_no_deed_wrote_is_found(told, table):
    """Inserting is not refused where nothing is replaced: the journal has no line of it."""
    with connection.cursor() as cursor:
        cursor.execute(sql("SELECT * FROM", table))
        row, names = cursor.fetchone(), [column[0] for column in cursor.description]
        said = dict(zip(names, row, strict=True)) | {"id": 99}
        said |= {"number": 9} if "number" in said else {"period": "2024-2025"}
        columns = ", ".join(f'"{name}"' for name in said)
        marks = ", ".join(["%s"] * len(said))
        statement = sql("INSERT INTO", table, "(", columns, ") VALUES (", marks, ")")
        cursor.execute(statement, list(said.values()))
    assert [code for code, _ in found()] == ["J-TABLE"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("table", [*CHANGES, "desk_filing"])
def test_replacing_a_row_is_refused(told, table):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql("INSERT OR REPLACE INTO", table, "SELECT * FROM", table))
    assert found() == []
