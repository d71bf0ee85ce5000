"""Stores of earlier versions go on: what was accepted stays accepted, and the chain holds."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.accounts.listed import Listed
from xianxue.desk.actions.accounts.create import CreateAccounts
from xianxue.desk.actions.report.accept_section import AcceptSection
from xianxue.desk.actions.report.hand_in import HandIn
from xianxue.desk.actions.report.issue_report import IssueReport
from xianxue.desk.actions.report.section import SectionKey
from xianxue.desk.actions.report.write_section import WriteSection
from xianxue.desk.cli import main
from xianxue.desk.database import FILE, migrating, open_database
from xianxue.desk.database.migrating import MARKER
from xianxue.desk.database.settings import VARIABLE
from xianxue.desk.database.vendors import vendor
from xianxue.desk.journal.verification import verify
from xianxue.desk.models import Filing, JournalHead, JournalLine, Revision
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError, Workspace

AT = datetime(2025, 9, 18, 1, 0, tzinfo=UTC)
MUSEUM = Path(__file__).with_name("museum")


@pytest.fixture
def on_sqlite(monkeypatch):
    """Stores of earlier versions were SQLite files, whatever the other tests run on."""
    monkeypatch.setenv(VARIABLE, f"sqlite:///store/{FILE}")


@pytest.fixture
def first_version(tmp_path, on_sqlite):
    """A store as the first version left it: two revisions of one school, one of another."""
    store = tmp_path / "store"
    open_database(store)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(f"DROP TABLE {MARKER}")
    call_command("migrate", "desk", "0001", verbosity=0)
    previous = ""
    with connection.cursor() as cursor:
        for number, (place, revision) in enumerate([("A", 1), ("B", 1), ("A", 2)], start=1):
            cursor.execute(
                "INSERT INTO desk_revision (form, period, place, number, batch, content, file,"
                " digest) VALUES ('f', '2025-2026', %s, %s, 'b', 'c', 'x.xlsx', 'd')",
                [place, revision],
            )
            subject, detail = f"f/2025-2026/{place}", f'{{"revision":{revision}}}'
            sealed = as_the_first_version_sealed(number, subject, detail, previous)
            cursor.execute(
                "INSERT INTO desk_journalline (number, at, actor, deed, subject, detail, why,"
                " previous, digest) VALUES (%s, '2025-09-18 01:00:00', '张三（虚构）',"
                " 'returns.accept', %s, %s, '', %s, %s)",
                [number, subject, detail, previous, sealed],
            )
            previous = sealed
    return store


def as_the_first_version_sealed(number, subject, detail, previous):
    """The seal as it was then, written out by hand: keys in order, no blanks."""
    text = (
        f'{{"actor":"张三（虚构）","at":"2025-09-18T01:00:00+00:00","deed":"returns.accept",'
        f'"detail":{detail},"number":{number},"previous":"{previous}","subject":"{subject}","why":""}}'
    )
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_newest_revisions_become_the_accepted_ones(first_version):
    open_database(first_version)
    found = Filing.objects.order_by("place").values_list(
        "place", "state", "current__number", "accepted__number", "times_returned"
    )
    assert list(found) == [("A", "accepted", 2, 2, 0), ("B", "accepted", 1, 1, 0)]
    school = Filing.objects.get(place="A")
    assert (school.first_submitted_at, school.changed_by) == (AT, "张三（虚构）")
    assert {(row.at, row.by) for row in Revision.objects.all()} == {(AT, "张三（虚构）")}


def test_the_chain_holds_and_goes_on(first_version):
    open_database(first_version)
    assert JournalHead.objects.get().lines == 3
    assert verify().issues == []


def test_opening_again_changes_nothing(first_version):
    open_database(first_version)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        before = cursor.fetchone()
    open_database(first_version)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations")
        assert cursor.fetchone() == before


@pytest.fixture
def old(tmp_path, on_sqlite):
    """The workspace that the museum keeps; see ``museum/store_0003.sh``."""
    with zipfile.ZipFile(MUSEUM / "store_0003.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path


def test_the_lines_of_an_old_store_say_what_they_said(old):
    """Field by field as the old version printed them, and the chain holds over the upgrade."""
    open_database(old / "store")
    printed = json.loads((old / "journal.json").read_text("utf-8"))
    now = [
        {
            **{name: getattr(line, name) for name in printed[0] if name != "at"},
            "at": line.at.isoformat(),
        }
        for line in JournalLine.objects.order_by("number")
    ]
    assert now == printed
    verified = verify(f"14:{printed[-1]['digest']}")
    assert (verified.lines, verified.issues) == (14, [])


def kept_of(now, then):
    """What is said now, without what was not said yet."""
    if isinstance(then, dict):
        return {name: kept_of(now[name], then[name]) for name in then}
    if isinstance(then, list) and len(now) == len(then):
        return [kept_of(*pair) for pair in zip(now, then, strict=True)]
    return now


def test_an_old_store_is_upgraded_by_any_command(old, capsys):
    for words in (
        ("journal", "verify"),
        ("release", "verify"),
        ("returns", "trail", "--place", "2163980001", "--json"),
    ):
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(old)])
        said = capsys.readouterr().out
        assert end.value.code == 0, said
    then = json.loads((old / "trail.json").read_text("utf-8"))
    assert kept_of(json.loads(said), then) == then


def test_an_old_store_goes_on(old):
    """A return that waits is taken up and approved, and the journal is one chain."""
    for step in (("review",), ("approve", "--why", "核对无误")):
        words = ("--place", "2163980001", "--as", "赵六（虚构）", "--workspace", str(old))
        with pytest.raises(SystemExit) as end:
            main(["returns", *step, *words])
        assert end.value.code == 0
    assert (verify().lines, verify().issues) == (16, [])


def test_an_upgrade_that_fails_leaves_the_old_store_as_it_was(old, monkeypatch):
    """Whole or nothing: the guards that were lifted stand again."""
    store = old / "store"
    with closing(sqlite3.connect(store / FILE)) as database:
        before = list(database.iterdump())

    def fail():
        raise RuntimeError("停电")

    with monkeypatch.context() as patch:
        patch.setattr(migrating, "_write_marker", fail)
        with pytest.raises(RuntimeError):
            open_database(store)
    connection.close()
    with closing(sqlite3.connect(store / FILE)) as database:
        assert list(database.iterdump()) == before
    open_database(store)
    assert verify().issues == []


def test_a_store_of_a_later_version_is_refused_in_words(old):
    store = old / "store"
    open_database(store)
    connection.close()
    with closing(sqlite3.connect(store / FILE)) as database, database:
        database.execute(f"UPDATE {MARKER} SET state = '9999_later x'")  # noqa: S608 - a name of ours
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('desk', '9999_later', '2030-01-01')"
        )
        before = list(database.iterdump())
    with pytest.raises(MisusedError) as refused:
        open_database(store)
    assert str(refused.value) == (
        "这个工作目录的数据库已由更新版本的县学升级过（9999_later），本机的版本读不了它："
        "请先把本机的县学升级到同一版本，再运行；数据没有动"
    )
    connection.close()
    with closing(sqlite3.connect(store / FILE)) as database:
        assert list(database.iterdump()) == before


def test_an_up_to_date_store_is_opened_with_one_question(old):
    """Neither Django's migrations nor its table of them is looked at."""
    open_database(old / "store")
    asked = []

    def listen(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        migrating.bring_up_to_date()
    assert asked == [f"SELECT state FROM {MARKER}"]  # noqa: S608 - as above


def described():
    """What the database itself says of our tables, whatever the order of their columns."""
    found = {}
    with connection.cursor() as cursor:
        look = connection.introspection
        for table in sorted(set(look.table_names(cursor)) - {MARKER}):
            columns = [
                (column.name, look.get_field_type(column.type_code, column), *column[3:])
                for column in look.get_table_description(cursor, table)
            ]
            # SQLite gives most of them no name of their own, only a number.
            constraints = [
                ("" if name.startswith(("fk_", "__")) else name, what)
                for name, what in look.get_constraints(cursor, table).items()
            ]
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - as above
            found[table] = (
                sorted(columns, key=str),
                sorted(constraints, key=str),
                cursor.fetchone(),
            )
    return found


def test_a_new_store_is_what_all_migrations_come_to(store):
    """Its tables are made at once, and are those of a store that has been altered step by step."""
    at_once = described()
    head = list(JournalHead.objects.values("lines", "digest"))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {MARKER}")
    vendor().lift()
    call_command("migrate", "desk", "zero", verbosity=0)
    assert set(described()) == {"django_migrations"}
    call_command("migrate", "desk", verbosity=0)
    assert described() == at_once
    assert head == list(JournalHead.objects.values("lines", "digest"))
    assert set(at_once) >= {"desk_journalline", "desk_filing", "django_migrations"}


def test_an_old_stores_register_is_told_from_its_first_deed_on(old, capsys):
    """Nothing was said of it before; the first list taken in keeps what stood there."""

    def run(*words, code=0):
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(old)])
        said = capsys.readouterr()
        assert end.value.code == code, said
        return said.out

    path = old / "places.csv"
    text = path.read_text("utf-8-sig")
    path.write_text(text + "\n", encoding="utf-8-sig")
    run("journal", "verify")
    (old / "list.csv").write_text(
        "名称,代码,类型,建校年份\n甲校（虚构）,2163989999,小学,1990\n", encoding="utf-8"
    )
    run("places", "import", str(old / "list.csv"))
    run("journal", "verify")
    (line,) = JournalLine.objects.filter(deed="places.import")
    assert len(line.detail["base"]) == len(text.splitlines()) - 1
    altered = path.read_text("utf-8-sig").replace("2163980001,", "2163980001,某某", 1)
    path.write_text(altered, encoding="utf-8-sig")
    assert "2163980001" in run("journal", "verify", code=1)


def test_an_old_store_takes_accounts(old):
    """What was done before there were any goes on beside them, in one chain."""
    ground = open_ground(Workspace.open(old))
    deed = CreateAccounts(ground, Actor("操作员（虚构）", "administrator"), clock.now())
    lines = [
        Listed(login="admin", name="管理员甲（虚构）", role="administrator"),
        Listed(login="li", name="李四（虚构）", role="school_head", place="2163980001"),
    ]
    assert [made.login for made in deed(lines)] == ["admin", "li"]
    assert (verify().lines, verify().issues) == (16, [])


def test_an_old_store_takes_reports(old):
    """Sections are written and issued in a store of before there were any, in the same chain."""
    ground = open_ground(Workspace.open(old))
    office, leader = Actor("甲（虚构）", "office_clerk"), Actor("乙（虚构）", "leader")
    key = SectionKey("annual_summary", "2025-2026", "教师队伍")
    assert (
        WriteSection(ground, office, clock.now())(key, "专任教师{teachers_all}。", 0).version == 1
    )
    HandIn(ground, office, clock.now())(key, 0)
    AcceptSection(ground, leader, clock.now())(key)
    made = IssueReport(ground, leader, clock.now())(key, "2025-2026/1", b"x", None, {})

    assert made.number == 1
    assert verify().issues == []
