"""Comments on a report's section: who asked what, who answered, who said it is done."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.report.comment import CommentOn
from xianxue.desk.actions.report.section import SectionKey
from xianxue.desk.actions.report.settle import Settle
from xianxue.desk.actions.report.write_section import WriteSection
from xianxue.desk.journal.verification import sentence, verify
from xianxue.desk.models import JournalLine, SectionComment
from xianxue.desk.report.threads import open_in, threads_of

KEY = SectionKey("annual_summary", "2025-2026", "教师队伍")
CLERK, LEADER = Actor("赵六（虚构）", "office_clerk"), Actor("孙八（虚构）", "leader")
AUDITOR = Actor("周九（虚构）", "auditor")


@pytest.fixture
def asked(desk):
    """A leader has asked two things of the first version; the clerk has answered one."""
    desk.do(WriteSection, CLERK)(KEY, "甲。", 0)
    desk.do(CommentOn, LEADER)(KEY, " 学历合格率请写两位小数。 ")
    desk.do(CommentOn, LEADER)(KEY, "轮岗的口径不对。")
    desk.do(CommentOn, CLERK)(KEY, "已改。", 1)
    return desk


def threads():
    return threads_of(KEY.outline, KEY.period)[KEY.section]


def test_a_thread_tells_who_asked_and_who_answered_when(asked):
    first, second = threads()

    assert (first.first.text, first.first.by) == ("学历合格率请写两位小数。", LEADER.name)
    assert (first.first.number, first.first.version) == (1, 1)
    assert [(one.text, one.by) for one in first.answers] == [("已改。", CLERK.name)]
    assert first.answers[0].at > first.first.at
    assert (second.first.text, second.answers) == ("轮岗的口径不对。", ())


def test_settled_threads_go_behind_and_an_answer_opens_them_again(asked):
    asked.do(Settle, LEADER)(KEY, 1, settled=True)
    assert open_in(threads()) == 1
    assert [one.first.number for one in threads()] == [2, 1]
    assert threads()[1].settled_by == LEADER.name

    asked.do(CommentOn, LEADER)(KEY, "还有一处。", 1)
    assert open_in(threads()) == 2


def test_settling_twice_is_one_line(asked):
    before = JournalLine.objects.count()
    for _ in range(2):
        asked.do(Settle, LEADER)(KEY, 1, settled=True)
    asked.do(Settle, LEADER)(KEY, 2, settled=False)

    assert JournalLine.objects.count() == before + 1


@pytest.mark.parametrize(
    ("text", "answers", "code"),
    [
        ("  \n", 0, "W-EMPTY"),
        ("字" * 2001, 0, "W-LONG"),
        ("答谁？", 9, "W-NONE"),
        # An answer is no thread that could be answered.
        ("再答。", 3, "W-NONE"),
    ],
)
def test_what_says_nothing_or_answers_nothing_is_refused(asked, refused, text, answers, code):
    assert refused(asked.do(CommentOn, LEADER), KEY, text, answers).code == code


def test_who_only_reads_asks_and_settles_nothing(asked, refused):
    refused(asked.do(CommentOn, AUDITOR), KEY, "为什么？")
    refused(asked.do(Settle, AUDITOR), KEY, 1, settled=True)


def test_the_journal_tells_of_it_and_finds_what_no_deed_did(asked):
    asked.do(Settle, LEADER)(KEY, 1, settled=True)
    asked.do(Settle, CLERK)(KEY, 1, settled=False)
    assert verify().issues == []
    told = [sentence(line, asked.ground) for line in JournalLine.objects.order_by("number")]
    assert "提意见" in told[1]
    assert "第 1 条" in told[1]
    assert "办结意见" in told[-2]
    assert "重新提起意见" in told[-1]

    SectionComment.objects.filter(number=2).update(settled_by=CLERK.name)
    (issue,) = verify().issues
    assert "报告的意见" in issue.message


def test_no_comment_is_altered_or_removed(asked):
    with pytest.raises(DatabaseError), transaction.atomic():
        SectionComment.objects.update(text="另一句。")
    with pytest.raises(DatabaseError), transaction.atomic():
        SectionComment.objects.all()._raw_delete(using="default")
