"""A report's sections: who writes, what is a version, who takes over; and none is written over."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.report.accept_section import AcceptSection
from xianxue.desk.actions.report.assign import Assign
from xianxue.desk.actions.report.hand_in import HandIn
from xianxue.desk.actions.report.issue_report import IssueReport
from xianxue.desk.actions.report.return_section import ReturnSection
from xianxue.desk.actions.report.section import SectionKey, row_of
from xianxue.desk.actions.report.write_section import (
    WriteSection,
    draft_of,
    keep_draft,
    text_of,
)
from xianxue.desk.journal.verification import sentence, verify
from xianxue.desk.models import IssuedReport, JournalLine, SectionVersion
from xianxue.desk.models.report_section import ReportSection
from xianxue.desk.workspace import ComplaintsError

KEY = SectionKey("annual_summary", "2025-2026", "教师队伍")
FIRST, SECOND = Actor("赵六（虚构）", "office_clerk"), Actor("钱七（虚构）", "office_clerk")
LEADER = Actor("孙八（虚构）", "leader")


def lines() -> list[str]:
    return [line.deed for line in JournalLine.objects.order_by("number")]


def refused(call, *words: object) -> str:
    with pytest.raises(ComplaintsError) as error:
        call(*words)
    return str(error.value)


def test_each_version_is_kept_with_its_writer(desk):
    desk.do(WriteSection, FIRST)(KEY, "专任教师{teachers_all}。", 0)
    row = desk.do(WriteSection, SECOND)(KEY, "中小学专任教师{teachers_all}。", 1)

    assert (row.version, row.state) == (2, "draft")
    assert [(one.number, one.by) for one in SectionVersion.objects.order_by("number")] == [
        (1, FIRST.name),
        (2, SECOND.name),
    ]
    assert text_of(row, 1) == "专任教师{teachers_all}。"
    assert text_of(row) == "中小学专任教师{teachers_all}。"


def test_the_same_text_again_is_no_version(desk):
    desk.do(WriteSection, FIRST)(KEY, "甲。", 0)
    before = lines()
    assert desk.do(WriteSection, FIRST)(KEY, "甲。", 1).version == 1
    # A form sent twice comes with the base it had: it is the same deed, and done.
    assert desk.do(WriteSection, FIRST)(KEY, "甲。", 0).version == 1
    assert lines() == before


def test_nobody_writes_over_what_another_has_stored_meanwhile(desk):
    desk.do(WriteSection, FIRST)(KEY, "甲。", 0)
    keep_draft(KEY, SECOND.name, "乙。", 0, desk.tick())

    said = refused(desk.do(WriteSection, SECOND), KEY, "乙。", 0)

    assert FIRST.name in said
    assert "第 1 稿" in said
    assert text_of(row_of(KEY)) == "甲。"
    assert draft_of(KEY, SECOND.name).text == "乙。"
    # Having seen it, the writer stores theirs on top, and the draft has served its turn.
    assert desk.do(WriteSection, SECOND)(KEY, "甲乙。", 1).version == 2
    assert draft_of(KEY, SECOND.name) is None


def test_a_draft_is_its_writers_own(desk):
    keep_draft(KEY, FIRST.name, "一", 0, desk.tick())
    keep_draft(KEY, FIRST.name, "一二", 0, desk.tick())

    assert draft_of(KEY, FIRST.name).text == "一二"
    assert draft_of(KEY, SECOND.name) is None
    assert row_of(KEY) is None
    assert lines() == []


def test_a_section_goes_from_its_office_into_the_report(desk):
    desk.do(Assign, LEADER)(KEY, "人事股", date(2025, 12, 1))
    desk.do(WriteSection, FIRST)(KEY, "甲。", 0)
    desk.do(HandIn, FIRST)(KEY, 0)
    assert "您自己交的" in refused(desk.do(AcceptSection, FIRST), KEY)
    desk.do(ReturnSection, SECOND, "缺轮岗人数")(KEY)
    assert row_of(KEY).remark == "缺轮岗人数"
    desk.do(HandIn, FIRST)(KEY, 0)
    row = desk.do(AcceptSection, SECOND)(KEY)

    assert (row.state, row.remark, row.owner) == ("accepted", "", "人事股")
    deeds = ["assign", "write", "hand_in", "send_back", "hand_in", "accept"]
    assert lines() == [f"report.{deed}" for deed in deeds]
    # What is written again is handed in again.
    assert desk.do(WriteSection, FIRST)(KEY, "甲乙。", 1).state == "draft"


def test_what_is_wrong_is_not_handed_in(desk):
    desk.do(WriteSection, FIRST)(KEY, "甲。", 0)

    assert "2 处不对" in refused(desk.do(HandIn, FIRST), KEY, 2)
    assert row_of(KEY).state == "draft"


def test_what_nobody_has_written_is_not_handed_in(desk):
    with pytest.raises(ComplaintsError, match="还没有写"):
        desk.do(HandIn, FIRST)(KEY, 0, empty=True)
    assert lines() == []


def test_nothing_is_sent_back_without_a_reason_or_without_need(desk):
    desk.do(WriteSection, FIRST)(KEY, "甲。", 0)
    assert "理由" in refused(desk.do(ReturnSection, LEADER, " "), KEY)
    assert "没有交稿" in refused(desk.do(ReturnSection, LEADER, "改"), KEY)
    assert "还没有交稿" in refused(desk.do(AcceptSection, LEADER), KEY)


@pytest.mark.parametrize("role", ["school_clerk", "school_head", "central_school", "auditor"])
def test_only_the_bureau_writes(desk, role):
    actor = Actor("外人（虚构）", role, desk.EAST)

    for deed, words in (
        (WriteSection, (KEY, "甲。", 0)),
        (Assign, (KEY, "人事股", None)),
        (HandIn, (KEY, 0)),
        (AcceptSection, (KEY,)),
        (ReturnSection, (KEY,)),
        (IssueReport, (KEY, "2025-2026/1", b"x", None, {})),
    ):
        refused(desk.do(deed, actor, "改"), *words)
    assert lines() == []
    assert not ReportSection.objects.exists()


def test_only_who_may_release_issues_and_the_same_file_is_issued_once(desk):
    refused(desk.do(IssueReport, FIRST), KEY, "2025-2026/1", b"x", None, {})
    made = desk.do(IssueReport, LEADER)(KEY, "2025-2026/1", b"x", b"y", {"教师队伍": 2})
    again = desk.do(IssueReport, LEADER)(KEY, "2025-2026/1", b"x", b"y", {"教师队伍": 2})
    other = desk.do(IssueReport, LEADER)(KEY, "2025-2026/2", b"z", None, {})

    assert (made.number, again.number, other.number) == (1, 1, 2)
    assert lines() == ["report.release"] * 2


@pytest.fixture
def worked(desk):
    """A store in which each table of reports has rows."""
    desk.do(Assign, LEADER)(KEY, "人事股", date(2025, 12, 1))
    desk.do(WriteSection, FIRST)(KEY, "甲。", 0)
    desk.do(HandIn, FIRST)(KEY, 0)
    desk.do(IssueReport, LEADER, "年终")(KEY, "2025-2026/1", b"x", None, {"教师队伍": 1})
    return desk


def test_the_journal_tells_of_all_of_it(worked):
    assert verify().issues == []
    told = [sentence(line, worked.ground) for line in JournalLine.objects.order_by("number")]
    assert "报告分工" in told[0]
    assert "由人事股写" in told[0]
    assert "“教师队伍”" in told[1]
    assert "第 1 稿" in told[1]
    assert "数出自“2025-2026/1”" in told[3]


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (SectionVersion, {"text": "另一句。"}),
        (IssuedReport, {"document": b"z"}),
        (IssuedReport, {"release": "2025-2026/9"}),
        (ReportSection, {"section": "别的"}),
    ],
)
def test_what_was_written_and_issued_is_not_altered(worked, model, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete(using="default")
    assert verify().issues == []


def test_a_state_that_no_deed_has_made_is_found(worked):
    """The row itself changes with deeds, so the database lets it; the journal knows better."""
    ReportSection.objects.update(state="accepted")

    (issue,) = verify().issues
    assert "报告的分工" in issue.message
