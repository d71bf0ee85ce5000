"""What quotes a personal value is covered with it; telephone numbers here are invented."""

from __future__ import annotations

import msgspec
import pytest
from national import national

from xianxue.bureau.issues.issue import End, Issue, Severity
from xianxue.desk.returns.drafts.covering import (
    COVER,
    covered_cells,
    covered_comments,
    covered_groups,
    personal_sheets,
)
from xianxue.desk.returns.drafts.groups import grouped
from xianxue.desk.returns.history import Said

PHONE = "13900000000"


@pytest.fixture(scope="module")
def form():
    """The form 学校年度报表 with one field of a sheet marked, beside its foot."""
    found = national().shelf.forms["school_annual"]
    sheets = [
        msgspec.structs.replace(
            sheet,
            fields=[
                msgspec.structs.replace(one, personal=(sheet.sheet, one.field) == ("basic", MARKED))
                for one in sheet.fields
            ],
        )
        for sheet in found.sheets
    ]
    return msgspec.structs.replace(found, sheets=sheets)


MARKED = "training_funds"


def complaint(**about):
    return Issue(
        code="R-TEXT",
        severity=Severity.MUST_FIX,
        saw=f"填了“{PHONE}”",
        required=f"不是 {PHONE}",
        value=PHONE,
        ends=(End(right=False, name="甲", sheet="基本", shown=PHONE, cells=(("B4", PHONE),)),),
        **about,
    )


def test_the_sheets_that_hold_anything_personal(form):
    assert personal_sheets(form) == {"basic", "foot"}


@pytest.mark.parametrize(
    "about", [{"field": f"basic.{MARKED}"}, {"about": f"basic..{MARKED}"}, {"field": "foot.phone"}]
)
def test_a_complaint_about_it_quotes_nothing_and_keeps_its_place(form, about):
    issue = complaint(sheet="基本", cell="B4", **about)
    (found,) = covered_groups(form, grouped([issue]))
    assert PHONE not in repr(found)
    assert (found.issue.sheet, found.issue.cell, found.issue.code) == ("基本", "B4", "R-TEXT")


def test_any_other_complaint_stands_as_it_is(form):
    groups = grouped([complaint(field="students.girls")])
    assert covered_groups(form, groups) == groups


def test_a_comment_on_it_says_only_that_there_is_one(form):
    comments = [
        Said("basic", "基本", "", MARKED, "B4", PHONE, "甲（虚构）", ""),
        Said("students", "学生", "G1", "girls", "B5", "请核对", "甲（虚构）", ""),
    ]
    assert [one.text for one in covered_comments(form, comments)] == [COVER, "请核对"]


def test_a_draft_without_what_is_personal(form):
    cells = {f"basic..{MARKED}": PHONE, "foot..phone": PHONE, "students.G1.girls": "7"}
    assert covered_cells(form, cells) == {"students.G1.girls": "7"}
