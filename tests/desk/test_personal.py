"""Personal values never enter the journal; destroyed when their time is over, the chain holds."""

from __future__ import annotations

import copy
import errno
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.db import connection
from msgspec.structs import force_setattr

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.retention import Retention
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.values.record import replace
from xianxue.desk.actions.explain import Explain, Unusual
from xianxue.desk.actions.personal import expire as expire_personal
from xianxue.desk.actions.personal.expire import GONE, ExpirePersonal, due
from xianxue.desk.actions.review import Review
from xianxue.desk.actions.send_back import Remark, SendBack
from xianxue.desk.journal.verification import sentence, verify
from xianxue.desk.models import Comment, Explanation, JournalLine, PersonalValue
from xianxue.desk.workspace import ComplaintsError

PHONE = "13900001234"
"""Invented, as every number here."""
FIELD = "basic.training_funds"
"""A field of the form that this test declares to be personal."""


def with_personal_field(shelf):
    """The form 学校年度报表 with one field marked, kept for one year and 30 days."""
    form = shelf.forms["school_annual"]
    sheets = [
        msgspec.structs.replace(
            sheet,
            fields=[
                msgspec.structs.replace(field, personal=f"{sheet.sheet}.{field.field}" == FIELD)
                for field in sheet.fields
            ],
        )
        for sheet in form.sheets
    ]
    kept = Retention(years=1, days=30, source=Cited(document="own", seen=Seen.OWN))
    return msgspec.structs.replace(form, sheets=sheets, retention=kept)


@pytest.fixture
def personal(desk, monkeypatch):
    """A desk whose form has a personal field, and one explanation of it at 2025-09-20 16:31."""
    ground = desk.ground
    form = with_personal_field(ground.shelf)
    shelf = copy.copy(ground.shelf)
    force_setattr(shelf, "forms", {**shelf.forms, form.form: form})
    monkeypatch.setattr(type(desk), "ground", replace(ground, shelf=shelf))
    desk.do(Explain, desk.clerk(), "号码已换")(desk.key(), Unusual("R-USUAL", FIELD, PHONE))
    return desk


def files(desk):
    """Every byte of the store, the write-ahead log with it."""
    return b"".join(path.read_bytes() for path in sorted(desk.folder.rglob("*")) if path.is_file())


def expire(desk, at):
    return ExpirePersonal(desk.ground, desk.office(), at, "保存期满")()


START = datetime(2025, 9, 20, 8, 31, tzinfo=UTC)
KEPT = datetime(2026, 10, 19, 15, 59, tzinfo=UTC)
OVER = datetime(2026, 10, 19, 16, 0, tzinfo=UTC)
"""A year and 30 days after 2025-09-20 is 2026-10-20, which begins in Beijing at 16:00 UTC."""


def test_a_line_holds_a_salted_digest_and_no_byte_of_the_value(personal):
    line, row = JournalLine.objects.get(), PersonalValue.objects.get()
    assert line.detail["value"] == {"personal": row.digest}
    assert PHONE not in str(line.detail)
    assert (row.value, row.form, row.field, row.at) == (PHONE, "school_annual", FIELD, START)
    assert row.fits()
    assert verify().issues == []


def test_the_same_value_twice_has_two_digests(personal):
    """Otherwise whoever reads the journal could tell that two are the same."""
    personal.do(Explain, personal.clerk(), "同上")(personal.key(), Unusual("R-USUAL", FIELD, PHONE))
    assert len(set(PersonalValue.objects.values_list("digest", flat=True))) == 2


def test_a_line_reads_as_a_sentence_without_the_value(personal):
    said = sentence(JournalLine.objects.get(), personal.ground)
    assert f"R-USUAL {FIELD}=（个人信息，日志只有摘要）" in said


def test_what_is_no_personal_field_stands_as_before(personal):
    personal.do(Explain, personal.clerk(), "x")(
        personal.key(), Unusual("R-USUAL", "students.G1.girls", "50")
    )
    assert JournalLine.objects.get(number=2).detail["value"] == "50"
    assert PersonalValue.objects.count() == 1


def test_it_is_kept_to_the_last_day_and_not_longer(personal):
    form = personal.ground.shelf.forms["school_annual"]
    assert due(form, KEPT) == []
    assert [row.value for row in due(form, OVER)] == [PHONE]
    assert expire(personal, KEPT) == {}
    assert PersonalValue.objects.count() == 1


def test_when_its_time_is_over_no_byte_of_it_is_left_and_the_journal_verifies(personal):
    digest = PersonalValue.objects.get().digest
    salt = PersonalValue.objects.get().salt
    on_sqlite = connection.vendor == "sqlite"
    if on_sqlite:
        assert PHONE.encode() in files(personal)
    assert expire(personal, OVER) == {"school_annual": 1}
    assert not PersonalValue.objects.exists()
    assert Explanation.objects.get().value == GONE
    line = JournalLine.objects.get(number=2)
    assert (line.deed, line.detail, line.why) == (
        "journal.expire",
        {"digests": [digest]},
        "保存期满",
    )
    verified = verify()
    assert (verified.lines, verified.issues, verified.expired) == (2, [], 1)
    if on_sqlite:
        connection.close()
        left = files(personal)
        assert PHONE.encode() not in left
        assert salt.encode() not in left
    assert sentence(line, personal.ground).endswith(
        "到期销毁个人信息  《学校年度报表》：1 个值。理由：保存期满"
    )


def test_destroying_twice_destroys_once(personal):
    expire(personal, OVER)
    assert expire(personal, OVER + timedelta(days=1)) == {}
    assert (verify().lines, verify().expired) == (2, 1)


def test_a_comment_on_a_personal_field_is_put_aside_too(personal):
    personal.submit(40)
    personal.do(Review, personal.office())(personal.key())
    remark = Remark(f"号码 {PHONE} 打不通", "basic", "", "training_funds", "D9")
    personal.do(SendBack, personal.office(), remarks=[remark, Remark("请核对", "students")])(
        personal.key()
    )
    line = JournalLine.objects.order_by("number").last()
    assert PHONE not in str(line.detail)
    assert line.detail["comments"][1] == "students! 请核对"
    assert "basic!D9 （个人信息，日志只有摘要）；students! 请核对" in sentence(
        line, personal.ground
    )
    expire(personal, OVER)
    assert set(Comment.objects.values_list("text", flat=True)) == {GONE, "请核对"}
    assert (verify().issues, verify().expired) == ([], 2)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda rows: rows.update(value="13900009999"),
            ("第 1 行", "这一行的个人信息值与摘要不符，在写下之后被改动"),
        ),
        (
            lambda rows: rows.all().delete(),
            ("第 1 行", "这一行的个人信息值不见了，没有哪一行说过按期销毁"),
        ),
        (
            lambda rows: rows.create(digest="0" * 64, salt="", value="x", form="f", at=START),
            ("", "有一个个人信息值，没有哪一行说过它"),
        ),
    ],
)
def test_whoever_changes_what_is_kept_beside_is_found(personal, change, fault):
    change(PersonalValue.objects)
    assert [(issue.code, issue.cell, issue.saw) for issue in verify().issues] == [
        ("J-PERSONAL", *fault)
    ]


def test_a_value_that_came_back_is_found(personal):
    row = PersonalValue.objects.get()
    expire(personal, OVER)
    row.id = None
    row.save(force_insert=True)
    ((cell, saw),) = [(issue.cell, issue.saw) for issue in verify().issues]
    assert (cell, saw) == ("第 1 行", "这一行的个人信息值日志说已销毁，却还在")


def test_a_deed_that_fails_destroys_nothing(personal, monkeypatch):
    def die(_):
        raise OSError(errno.EIO, "停电")

    with monkeypatch.context() as patch:
        patch.setattr(expire_personal, "write_down", die)
        with pytest.raises(OSError, match="停电"):
            expire(personal, OVER)
    assert PersonalValue.objects.get().value == PHONE
    assert Explanation.objects.get().value == PHONE
    assert verify().issues == []


def test_a_clerk_of_a_school_destroys_nothing(personal):
    with pytest.raises(ComplaintsError) as refused:
        ExpirePersonal(personal.ground, personal.clerk(), OVER)()
    assert [issue.code for issue in refused.value.issues] == ["F-ROLE"]
    assert PersonalValue.objects.count() == 1
