"""Destroying personal values: which are due, what is taken out where, the line told, and who may."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from django.db.models import Model

from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.retention import Retention
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.actions.personal import expire as expire_personal
from xianxue.desk.actions.personal.expire import GONE, ExpirePersonal, due
from xianxue.desk.models import Comment, Explanation, Filing, JournalLine, PersonalValue, Revision

YEAR = Retention(years=1, source=Cited(document="own", seen=Seen.OWN))
WRITTEN = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
LAST = datetime(2026, 9, 19, 15, 59, tzinfo=UTC)
"""23:59 in Beijing on 2026-09-19: the year is over at the next minute."""
OVER = datetime(2026, 9, 19, 16, 0, tzinfo=UTC)


@pytest.fixture
def ground(desk):
    """Both annual forms keep personal values for a year; the other forms say nothing of it."""
    forms = dict(desk.ground.shelf.forms)
    for name in ("school_annual", "county_annual"):
        forms[name] = msgspec.structs.replace(forms[name], retention=YEAR)
    return Ground(replace(desk.ground.shelf, forms=forms), desk.ground.register)


def value(text, form="school_annual", at=WRITTEN, place="2163990001", field="basic.phone"):
    """A personal value as it is put aside; its digest is its text, which is none of the deed's."""
    return PersonalValue.objects.create(
        digest=text.ljust(64, "0"),
        salt="s",
        value=text,
        form=form,
        field=field,
        place=place,
        at=at,
    )


def expire(ground, at=OVER, actor=None, why=""):
    return ExpirePersonal(ground, actor or Actor("赵六（虚构）", "office_clerk"), at, why)()


def left(model: type[Model], column: str) -> set[str]:
    return set(model.objects.values_list(column, flat=True))


def test_a_form_without_retention_keeps_its_values(desk):
    form = msgspec.structs.replace(desk.ground.shelf.forms["school_annual"], retention=None)
    value("甲")
    assert due(form, datetime(2099, 1, 1, tzinfo=UTC)) == []


def test_values_are_due_from_the_day_their_time_is_over(ground):
    """Oldest first; those of another form are not among them."""
    form = ground.shelf.forms["school_annual"]
    value("新", at=datetime(2025, 9, 20, 16, 0, tzinfo=UTC))  # the 21st in Beijing
    first, second = value("旧二"), value("旧一", at=datetime(2025, 9, 1, tzinfo=UTC))
    value("别的", form="county_annual")
    assert due(form, LAST) == [second]
    assert due(form, OVER) == [second, first]


def test_what_is_due_is_destroyed_form_by_form(desk, ground, told):
    """A line a form, each with the digests of its own; the count is of values."""
    for text, form in (("一", "school_annual"), ("二", "school_annual"), ("三", "county_annual")):
        value(text, form)
    value("未到期", at=datetime(2026, 1, 1, tzinfo=UTC))
    assert expire(ground, why="保存期满") == {"school_annual": 2, "county_annual": 1}
    assert left(PersonalValue, "value") == {"未到期"}
    lines = {line.subject: line for line in JournalLine.objects.all()}
    assert {name: line.detail for name, line in lines.items()} == {
        "school_annual": {"digests": ["一".ljust(64, "0"), "二".ljust(64, "0")]},
        "county_annual": {"digests": ["三".ljust(64, "0")]},
    }
    for line in lines.values():
        assert (line.at, line.actor, line.deed, line.why) == (
            OVER,
            "赵六（虚构）",
            "journal.expire",
            "保存期满",
        )


def test_where_nothing_is_due_nothing_is_told_and_the_files_are_cleaned(
    desk, ground, everything, monkeypatch
):
    """A process may have died between the last deed and this."""
    scrubbed = []
    vendor = type(expire_personal.vendor())
    monkeypatch.setattr(vendor, "scrub", lambda _, models: scrubbed.append(models))
    value("甲")
    before = everything()
    assert expire(ground, LAST) == {}
    assert everything() == before
    assert scrubbed == [[PersonalValue, Explanation, Comment]]


def explanation(**changed):
    row = {
        "form": "school_annual",
        "rule": "R-USUAL",
        "place": "2163990001",
        "field": "basic.phone",
        "value": "13900001234",
        "text": "号码已换",
        "by": "张三（虚构）",
        "at": WRITTEN,
        "first_period": "2025-2026",
    }
    return Explanation.objects.create(**(row | changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"form": "county_annual"},
        {"place": "2163990002"},
        {"field": "basic.fax"},
        {"value": "13900009999"},
    ],
)
def test_the_value_is_taken_out_of_its_own_explanation_only(ground, changed):
    """Of the two explanations one differs in one part: that one stays as it is."""
    value("13900001234")
    own, other = explanation(), explanation(**changed)
    expire(ground)
    own.refresh_from_db()
    assert own.value == GONE == "（个人信息，已按期销毁）"
    assert (own.text, own.by) == ("号码已换", "张三（虚构）")
    kept = other.value
    other.refresh_from_db()
    assert other.value == kept


def comment(form="school_annual", place="2163990001", text="13900001234"):
    revision = Revision.objects.create(
        form=form, period="2025-2026", place=place, number=1, batch="b", content="c", file="f",
        digest="d",
    )  # fmt: skip
    filing = Filing.objects.create(
        form=form, period="2025-2026", place=place, state="returned", current=revision
    )
    return Comment.objects.create(
        filing=filing, revision=1, text=text, by="赵六（虚构）", at=WRITTEN
    )


@pytest.mark.parametrize("changed", [{"form": "county_annual"}, {"place": "2163990002"}])
def test_the_value_is_taken_out_of_comments_on_its_own_return_only(ground, changed):
    value("13900001234")
    own, other = comment(), comment(**changed)
    expire(ground)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.text, other.text) == (GONE, "13900001234")


def test_a_comment_that_says_something_else_stays(ground):
    value("13900001234")
    said = comment(text="请核对")
    expire(ground)
    said.refresh_from_db()
    assert said.text == "请核对"


def test_who_destroys_nothing(desk, ground, refused):
    value("甲")
    issue = refused(ExpirePersonal(ground, desk.clerk(), OVER))
    assert (issue.code, issue.form, issue.place) == ("F-ROLE", "", "639900")
    assert issue.message == (
        "学校填报员张三（虚构）不能办理虚构县日志的到期销毁个人信息；"
        "要求：由股室业务员、分管领导办理。"
    )


def test_a_leader_destroys_too_and_says_why_or_not(ground):
    value("甲")
    assert expire(ground, actor=Actor("孙八（虚构）", "leader")) == {"school_annual": 1}
    line = JournalLine.objects.get()
    assert (line.actor, line.why) == ("孙八（虚构）", "")
