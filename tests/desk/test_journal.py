"""The journal: the database refuses to change it, and whoever changes it all the same is found."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from xianxue.desk.actions.approve import Approve
from xianxue.desk.actions.review import Review
from xianxue.desk.database.guarded import TABLES as GUARDED
from xianxue.desk.database.transactions import writing
from xianxue.desk.database.vendors import vendor
from xianxue.desk.journal.verification import head, sentence, verify
from xianxue.desk.models import JournalHead, JournalLine, Revision
from xianxue.desk.models.journal import Deed, many_lines, write_down

AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)


@pytest.fixture
def told(desk):
    """A store with six lines in its journal."""
    for place in (desk.EAST, desk.WEST):
        desk.submit(40, place)
        desk.do(Review, desk.office())(desk.key(place))
        desk.do(Approve, desk.office(), "核对无误")(desk.key(place))
    return desk


def found(noted=""):
    """The complaints, by code, line and what was seen."""
    return [(issue.code, issue.cell, issue.saw) for issue in verify(noted).issues]


ON_SQLITE = connection.vendor == "sqlite"
GUARDS = vendor().guards
TABLES = ("desk_journalhead", *GUARDED)


def as_administrator(desk, *statements):
    """Change the database as somebody who owns it: the guards are dropped and put back.

    A statement is SQL, or SQL with its values. Neither foreign keys nor other checks hold.
    """
    off, on = (
        ("PRAGMA ignore_check_constraints = ON", "PRAGMA ignore_check_constraints = OFF")
        if ON_SQLITE
        else ("SET session_replication_role = replica", "SET session_replication_role = origin")
    )
    connection.disable_constraint_checking()
    with connection.cursor() as cursor:
        vendor().lift()
        cursor.execute(off)
        for statement in statements:
            sql, *values = [statement] if isinstance(statement, str) else statement
            cursor.execute(sql, values or None)
        cursor.execute(on)
        vendor().stand()
    connection.enable_constraint_checking()


def everything():
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("desk").get_models()
    }


def test_an_untouched_journal_is_whole(told):
    verified = verify()
    assert (verified.lines, verified.issues) == (6, [])
    assert head() == (6, verified.digest)
    assert verify(f"6:{verified.digest}").issues == []
    assert verify(f"2:{JournalLine.objects.get(number=2).digest}").issues == []


def test_an_empty_journal_is_whole(desk):
    assert (verify().lines, found()) == (0, [])


COPY = (
    "INSERT INTO desk_journalline (number, at, actor, deed, subject, detail, why, previous, digest)"
    " SELECT {}, at, actor, deed, subject, detail, why, {}, digest"
    " FROM desk_journalline WHERE number = {}"
)
LAST = "(SELECT digest FROM desk_journalhead)"
BY_VENDOR = (
    [
        "INSERT OR REPLACE INTO desk_journalline SELECT * FROM desk_journalline WHERE number = 3",
        COPY.format(7, LAST, 3)
        .replace("(number", "(id, number")
        .replace("SELECT 7", "SELECT id, 7"),
        COPY.format(7, LAST, 3)
        .replace("INSERT", "REPLACE")
        .replace("(number", "(id, number")
        .replace("SELECT 7", "SELECT id, 7"),
        "INSERT OR REPLACE INTO desk_revision SELECT * FROM desk_revision",
    ]
    if ON_SQLITE
    else [
        "TRUNCATE desk_journalline",
        "TRUNCATE desk_journalhead",
        "TRUNCATE desk_revision CASCADE",
        (
            "INSERT INTO desk_journalhead SELECT * FROM desk_journalhead"
            " ON CONFLICT (id) DO UPDATE SET lines = 5"
        ),
        (
            "INSERT INTO desk_revision SELECT * FROM desk_revision"
            " ON CONFLICT (id) DO UPDATE SET content = 'x'"
        ),
    ]
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE desk_journalline SET why = '' WHERE number = 3",
        "DELETE FROM desk_journalline WHERE number = 6",
        "DELETE FROM desk_journalline",
        COPY.format(9, "previous", 6),
        COPY.format(9, LAST, 6),
        COPY.format(7, "previous", 6),
        "UPDATE desk_journalhead SET lines = 5",
        "UPDATE desk_journalhead SET lines = 7",
        "UPDATE desk_journalhead SET digest = 'x'",
        "DELETE FROM desk_journalhead",
        "INSERT INTO desk_journalhead (lines, digest) VALUES (0, '')",
        "UPDATE desk_revision SET content = 'x'",
        "DELETE FROM desk_revision WHERE number = 1",
        *BY_VENDOR,
    ],
)
def test_the_database_refuses(told, statement):
    """Whatever is sent to it, and by whom: no model and no deed is asked."""
    before = everything()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert everything() == before


def test_the_models_refuse_too(told):
    line, revision = JournalLine.objects.first(), Revision.objects.first()
    line.why = "另有隐情"
    for change in (line.save, line.delete, revision.save, revision.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert found() == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "'别人（虚构）'"),
        ("at", "'2025-09-20 01:00:00'"),
        ("deed", "'returns.withdraw'"),
        ("subject", "subject || '9'"),
        ("why", "'另有隐情'"),
        (
            ("detail", "json_set(detail, '$.revision', 9)")
            if ON_SQLITE
            else ("detail", "jsonb_set(detail, '{revision}', '9')")
        ),
        ("digest", "'0' || substr(digest, 2)"),
        ("previous", "'0' || substr(previous, 2)"),
        # PostgreSQL takes neither, whoever sends it.
        *([("at", "'昨天'"), ("detail", "'{'")] if ON_SQLITE else []),
    ],
)
def test_an_altered_line_is_named(told, column, value):
    change = ["UPDATE desk_journalline SET", column, "=", value, "WHERE number = 3"]
    as_administrator(told, " ".join(change))
    ((code, cell, saw),) = found()
    assert (code, cell) == ("J-LINE", "第 3 行")
    assert "改动" in saw


def test_a_line_altered_and_sealed_anew_breaks_the_next(told):
    """Whoever knows the seal has to forge all that follow, and the head."""
    line = JournalLine.objects.get(number=3)
    line.why = "另有隐情"
    sealed = line.seal()
    as_administrator(
        told,
        "UPDATE desk_journalline SET why = '另有隐情' WHERE number = 3",
        ("UPDATE desk_journalline SET digest = %s WHERE number = 3", sealed),
    )
    ((code, cell, saw),) = found()
    assert (code, cell) == ("J-LINE", "第 4 行")
    assert saw.startswith("与第 3 行接不上")


def test_a_removed_line_is_named(told):
    as_administrator(told, "DELETE FROM desk_journalline WHERE number = 3")
    assert found() == [("J-LINE", "第 3 行", "第 3 行不见了，后面直接是第 4 行")]


def test_removed_lines_are_named_together(told):
    as_administrator(told, "DELETE FROM desk_journalline WHERE number IN (1, 2)")
    assert found() == [("J-LINE", "第 1 行", "第 1—2 行不见了，后面直接是第 3 行")]


def test_a_removed_line_is_found_though_the_rest_is_renumbered(told):
    as_administrator(
        told,
        "DELETE FROM desk_journalline WHERE number = 3",
        "UPDATE desk_journalline SET number = number - 1 WHERE number > 3",
    )
    ((code, cell, saw),) = found()
    assert (code, cell) == ("J-LINE", "第 3 行")
    assert "原是第 4 行的" in saw


def test_lines_in_another_order_are_named(told):
    as_administrator(
        told,
        "UPDATE desk_journalline SET number = 99 WHERE number = 3",
        "UPDATE desk_journalline SET number = 3 WHERE number = 4",
        "UPDATE desk_journalline SET number = 4 WHERE number = 99",
    )
    ((code, cell, saw),) = found()
    assert (code, cell) == ("J-LINE", "第 3 行")
    assert saw == "这里的内容原是第 4 行的：行序被调换，或前面有行被删去后重新编号"


def test_a_cut_end_is_named(told):
    as_administrator(told, "DELETE FROM desk_journalline WHERE number >= 5")
    assert found() == [("J-END", "第 5 行", "末尾的第 5—6 行不见了，应有 6 行")]


def test_an_emptied_journal_is_named(told):
    as_administrator(told, "DELETE FROM desk_journalline")
    assert found() == [("J-END", "第 1 行", "末尾的第 1—6 行不见了，应有 6 行")]


def test_a_forged_last_line_does_not_fit_the_head(told):
    line = JournalLine.objects.get(number=6)
    line.why = "另有隐情"
    as_administrator(
        told,
        (
            "UPDATE desk_journalline SET why = %s, digest = %s WHERE number = 6",
            line.why,
            line.seal(),
        ),
    )
    assert found() == [("J-END", "第 6 行", "末行的摘要与另记的不同，末行被换过")]


def test_a_lost_head_is_named(told):
    as_administrator(told, "DELETE FROM desk_journalhead")
    assert [code for code, _, _ in found()] == ["J-HEAD"]


def test_cutting_line_head_and_state_together_is_found_only_by_a_head_noted_elsewhere(told):
    """What the chain alone cannot prove, and what helps."""
    lines, digest = head()
    fifth = JournalLine.objects.get(number=5).digest
    as_administrator(
        told,
        "DELETE FROM desk_journalline WHERE number = 6",
        ("UPDATE desk_journalhead SET lines = 5, digest = %s", fifth),
    )
    ((code, _, saw),) = found()
    assert (code, told.WEST in saw) == ("J-STATE", True)
    undone = "UPDATE desk_filing SET state = 'in_review', accepted_id = NULL"
    when = "(SELECT at FROM desk_journalline WHERE number = 5)"
    as_administrator(told, f"{undone}, changed_at = {when} WHERE id = 2")
    assert found() == []
    assert found(f"{lines}:{digest}") == [
        ("J-NOTED", "第 6 行", "另存的记录里有第 6 行，现在没有"),
    ]


def test_a_journal_rewritten_whole_is_found_only_by_a_head_noted_elsewhere(told):
    lines, digest = head()
    statements, previous = [], ""
    for line in JournalLine.objects.order_by("number"):
        line.actor, line.previous = "别人（虚构）", previous
        previous = line.seal()
        forged = (
            "UPDATE desk_journalline SET actor = %s, previous = %s, digest = %s WHERE number = %s"
        )
        statements.append((forged, line.actor, line.previous, previous, line.number))
    statements += [
        ("UPDATE desk_journalhead SET digest = %s", previous),
        """UPDATE desk_revision SET "by" = '别人（虚构）'""",
        "UPDATE desk_filing SET changed_by = '别人（虚构）'",
    ]
    as_administrator(told, *statements)
    assert found() == []
    ((code, cell, _),) = found(f"{lines}:{digest}")
    assert (code, cell) == ("J-NOTED", "第 6 行")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE desk_filing SET state = 'in_review' WHERE id = 1",
        "UPDATE desk_filing SET accepted_id = NULL WHERE id = 1",
        "UPDATE desk_filing SET current_id = 2 WHERE id = 1",
        "DELETE FROM desk_filing WHERE id = 1",
        "UPDATE desk_filing SET changed_by = '别人（虚构）' WHERE id = 1",
        "UPDATE desk_filing SET changed_at = submitted_at WHERE id = 1",
        "UPDATE desk_filing SET submitted_at = changed_at WHERE id = 1",
        "UPDATE desk_filing SET first_submitted_at = changed_at WHERE id = 1",
        "UPDATE desk_filing SET times_returned = 1 WHERE id = 1",
        "UPDATE desk_revision SET content = 'x' WHERE id = 1",
        "UPDATE desk_revision SET batch = 'x' WHERE id = 1",
        "UPDATE desk_revision SET digest = 'x' WHERE id = 1",
        "UPDATE desk_revision SET file = 'x.xlsx' WHERE id = 1",
        "UPDATE desk_revision SET clerk = '别人（虚构）' WHERE id = 1",
        "UPDATE desk_revision SET head = '' WHERE id = 1",
        "UPDATE desk_revision SET at = NULL WHERE id = 1",
        """UPDATE desk_revision SET "by" = '' WHERE id = 1""",
        "UPDATE desk_revision SET number = 2 WHERE id = 1",
        "DELETE FROM desk_revision WHERE id = 1",
    ],
)
def test_what_no_line_tells_of_is_named(told, statement):
    """A state, an accepted revision or a revision's content set past the deeds."""
    as_administrator(told, statement)
    issues = found()
    assert {code for code, _, _ in issues} == {"J-STATE"}
    assert "school_annual/2025-2026/2163990001" in issues[0][2]


@pytest.mark.parametrize("name", list(GUARDS))
def test_a_guard_that_is_gone_or_hollow_is_named(told, name):
    table = next(table for table in TABLES if name.startswith(table))
    gone, hollow = (
        (
            f"DROP TRIGGER {name}",
            f"CREATE TRIGGER {name} BEFORE DELETE ON desk_window BEGIN SELECT 1; END",
        )
        if ON_SQLITE
        else (
            f"ALTER TABLE {table} DISABLE TRIGGER {name}",
            (
                f"ALTER TABLE {table} ENABLE TRIGGER {name}; CREATE OR REPLACE FUNCTION {name}()"
                " RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
            ),
        )
    )
    for change in (gone, hollow):
        with connection.cursor() as cursor:
            cursor.execute(change)
        assert [(code, name in saw) for code, _, saw in found()] == [("J-GUARD", True)]


def test_a_noted_head_is_read_as_it_was_printed(told):
    with pytest.raises(ValueError, match="行数:摘要"):
        verify("sechs")


def test_a_line_is_written_in_the_transaction_of_its_deed_only(desk):
    with pytest.raises(RuntimeError):
        write_down(Deed(at=desk.at, actor="x", name="n", subject="s", detail={}))
    assert JournalHead.objects.get().lines == 0


def test_a_line_reads_as_a_sentence(told):
    line = JournalLine.objects.get(number=3)
    assert sentence(line, told.ground) == (
        "3  2025-09-20 16:33  赵六（虚构）（股室业务员）  审核通过  "
        "东村小学《学校年度报表》（2025—2026学年）：第 1 版；审核中→通过。理由：核对无误"
    )


def test_many_lines_read_the_head_once_and_stand_in_a_row(store):
    """A line in the wrong place would be refused; and afterwards the head is read anew."""
    asked = []

    def listen(execute, sql, params, many, context):
        if sql.startswith("SELECT") and "desk_journalhead" in sql:
            asked.append(sql)
        return execute(sql, params, many, context)

    def line(number):
        detail = {"revision": number}
        return Deed(at=AT, actor="张三（虚构）", name="returns.accept", subject="f", detail=detail)

    with connection.execute_wrapper(listen):
        with writing(), many_lines():
            for number in range(3):
                write_down(line(number))
        assert len(asked) == 1
        with writing():
            write_down(line(3))
            write_down(line(4))
        assert len(asked) == 3
    lines = JournalLine.objects.order_by("number")
    assert [each.number for each in lines] == [1, 2, 3, 4, 5]
    assert [each.previous for each in lines] == ["", *(each.digest for each in lines)][:5]
    assert JournalHead.objects.get().digest == lines[4].digest


def test_lines_that_were_taken_back_are_not_counted_on(store):
    """The next deed reads the head as it stands, not as a broken one left it."""
    deed = Deed(at=AT, actor="张三（虚构）", name="returns.accept", subject="f", detail={})
    with contextlib.suppress(RuntimeError), writing(), many_lines():
        write_down(deed)
        raise RuntimeError
    with writing(), many_lines():
        assert write_down(deed).number == 1
