"""Uncovering personal data: a reason, one return, one person, some minutes, and a line of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from national import national

from xianxue.bureau.values.record import replace
from xianxue.desk.actions.personal.unmask import Unmask, uncovered
from xianxue.desk.journal.verification import sentence, verify
from xianxue.desk.models import JournalLine
from xianxue.desk.workspace import ComplaintsError

WHY = "核对批注（虚构）"


def test_it_is_uncovered_for_the_minutes_of_the_card_and_for_nobody_else(desk):
    office, key = desk.office(), desk.key()
    given = desk.do(Unmask, office, WHY)(key)
    at = JournalLine.objects.get().at
    assert given.until - at == timedelta(minutes=15)
    assert uncovered(office.name, key, at) == given
    assert uncovered(office.name, key, given.until - timedelta(seconds=1)) == given
    assert uncovered(office.name, key, given.until) is None
    assert uncovered(office.name, key, at - timedelta(seconds=1)) is None, "a clock set back"
    assert uncovered("别人（虚构）", key, at) is None
    assert uncovered(office.name, replace(key, period="2024-2025"), at) is None


def test_the_later_deed_counts(desk):
    office, key = desk.office(), desk.key()
    desk.do(Unmask, office, WHY)(key, file=True)
    later = desk.do(Unmask, office, WHY)(key)
    found = uncovered(office.name, key, JournalLine.objects.order_by("-number")[0].at)
    assert found == later
    assert not found.file


@pytest.mark.parametrize("why", ["", "  \n ", "长" * 501])
def test_without_a_reason_nothing_is_uncovered(desk, why):
    with pytest.raises(ComplaintsError) as refused:
        desk.do(Unmask, desk.office(), why)(desk.key())
    assert refused.value.issues[0].code == "F-REASON"
    assert not JournalLine.objects.exists()


def test_who_may_not_is_refused_whatever_the_reason(desk):
    leader = replace(desk.office(), role="leader")
    with pytest.raises(ComplaintsError, match="不能"):
        desk.do(Unmask, leader, WHY)(desk.key())
    assert not JournalLine.objects.exists()


def test_the_line_reads_as_a_sentence_and_the_journal_holds(desk):
    desk.do(Unmask, desk.office(), WHY)(desk.key(), file=True)
    said = sentence(JournalLine.objects.get(), desk.ground)
    assert "查看未遮盖的个人信息" in said
    assert "可以下载原件。理由：核对批注（虚构）" in said
    assert verify().issues == []


def test_the_first_policy_says_how_long():
    first = next(iter(national().shelf.policies.values()))
    assert first.uncovered_minutes == 15
