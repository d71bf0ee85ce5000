"""Collecting is a deed: all or nothing, written down, and twice is once."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from xianxue.desk.models import Filing, JournalLine, Revision


def test_a_correction_is_a_new_revision_and_the_old_one_stays(desk):
    """Revisions are numbered; what was accepted before can still be read."""
    desk.collector()([desk.filed(pupils=40)])
    handed = desk.collector()([desk.filed(pupils=41)])
    assert [each.number for each in handed.done] == [2]
    assert [row.number for row in Revision.objects.order_by("number")] == [1, 2]
    assert desk.filing().accepted.number == 2


def test_accepting_twice_changes_nothing(desk):
    """Neither a revision nor a journal line is added."""
    desk.collector()([desk.filed()])
    handed = desk.collector()([desk.filed()])
    assert [each.unchanged for each in handed.done] == [True]
    assert (Revision.objects.count(), JournalLine.objects.count()) == (1, 1)


def test_the_journal_says_who_what_when_and_why_and_is_chained(desk):
    """Each line's seal holds, and names the seal of the line before."""
    desk.collector(why="首次报送")([desk.filed(desk.EAST), desk.filed(desk.WEST)])
    first, second = JournalLine.objects.order_by("number")
    assert (first.actor, first.deed, first.at, first.why) == (
        "赵六（虚构）",
        "returns.accept",
        desk.at,
        "首次报送",
    )
    assert first.detail["role"] == "office_clerk"
    assert (first.detail["from"], first.detail["to"]) == ("draft", "accepted")
    assert second.previous == first.digest
    assert [first.seal(), second.seal()] == [first.digest, second.digest]
    second.detail["revision"] = 9
    assert second.seal() != second.digest


def test_a_failure_in_between_accepts_nothing(desk, monkeypatch):
    """When the second journal line cannot be written, the first return is not accepted either."""
    seal = JournalLine.seal

    def fail_at_the_second(line):
        if line.number == 2:
            message = "the disk is full"
            raise DatabaseError(message)
        return seal(line)

    monkeypatch.setattr(JournalLine, "seal", fail_at_the_second)
    with pytest.raises(DatabaseError):
        desk.collector()([desk.filed(desk.EAST), desk.filed(desk.WEST)])
    assert not Revision.objects.exists()
    assert not Filing.objects.exists()
    assert not JournalLine.objects.exists()


def test_one_that_may_not_be_collected_does_not_keep_the_others(desk):
    """What a school has submitted itself is reviewed; the other school's is collected."""
    desk.submit(40, desk.EAST)
    handed = desk.collector()([desk.filed(desk.EAST, 41), desk.filed(desk.WEST, 50)])
    assert [each.filed.place for each in handed.done] == [desk.WEST]
    assert [issue.message for issue in handed.refused] == [
        (
            "2163990001_41.xlsx：东村小学《学校年度报表》（2025—2026学年）现在是“已报送”"
            "（第 1 版，由张三（虚构）于 2025-09-20 16:31 办理），不能收取；"
            "要求：“草稿”、“退回”、“撤回”、“通过”时才能收取。"
            "文件 2163990001_41.xlsx 没有报送，原样未动；"
            "学校已经报送，请受理审核后通过或退回（returns review、approve、send-back）。"
        )
    ]
    assert desk.filing(desk.EAST).state == "submitted"


def test_two_periods_in_one_go_do_not_mix(desk):
    """Each period's cells are in a file of their own."""
    before = desk.filed(pupils=39, period="2024-2025")
    desk.collector()([before, desk.filed(pupils=40)])
    batches = {row.period: row.batch for row in Revision.objects.all()}
    assert len(set(batches.values())) == 2
