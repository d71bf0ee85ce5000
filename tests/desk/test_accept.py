"""Accepting is a deed: all or nothing, written down, and twice is once."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError

from xianxue.bureau.records.returned import Cell, Return, Row
from xianxue.desk.actions.accept_returns import AcceptReturns
from xianxue.desk.database import open_database
from xianxue.desk.models import JournalLine, Revision
from xianxue.desk.stores.cabinet import Cabinet

AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)


def filed(place: str, pupils: int) -> Return:
    """One return of one cell."""
    rows = (Row("", {"pupils": Cell(pupils, "D4", str(pupils))}),)
    return Return(
        form="f",
        version="1",
        period="2025-2026",
        place=place,
        tables={"s": rows},
        file=f"{place}.xlsx",
        digest="d" * 64,
    )


@pytest.fixture
def accept(tmp_path: Path) -> AcceptReturns:
    """A fresh store and a deed on it."""
    open_database(tmp_path)
    return AcceptReturns(Cabinet(tmp_path / "cabinet"), "张三（虚构）", AT, why="首次报送")


def test_a_correction_is_a_new_revision_and_the_old_one_stays(accept: AcceptReturns) -> None:
    """Revisions are numbered; what was accepted before can still be read."""
    accept([filed("2199000001", 40)])
    (again,) = accept([filed("2199000001", 41)])
    assert again.number == 2
    assert [row.number for row in Revision.objects.order_by("number")] == [1, 2]


def test_accepting_twice_changes_nothing(accept: AcceptReturns) -> None:
    """Neither a revision nor a journal line is added."""
    accept([filed("2199000001", 40)])
    (again,) = accept([filed("2199000001", 40)])
    assert again.unchanged
    assert (Revision.objects.count(), JournalLine.objects.count()) == (1, 1)


def test_the_journal_says_who_what_when_and_why_and_is_chained(accept: AcceptReturns) -> None:
    """Each line's seal holds, and names the seal of the line before."""
    accept([filed("2199000001", 40), filed("2199000002", 50)])
    first, second = JournalLine.objects.order_by("number")
    assert (first.actor, first.deed, first.at, first.why) == (
        "张三（虚构）",
        "returns.accept",
        AT,
        "首次报送",
    )
    assert second.previous == first.digest
    assert [first.seal(), second.seal()] == [first.digest, second.digest]
    second.detail["revision"] = 9
    assert second.seal() != second.digest


def test_a_failure_in_between_accepts_nothing(
    accept: AcceptReturns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the second journal line cannot be written, the first return is not accepted either."""
    seal = JournalLine.seal

    def fail_at_the_second(line: JournalLine) -> str:
        if line.number == 2:
            message = "the disk is full"
            raise DatabaseError(message)
        return seal(line)

    monkeypatch.setattr(JournalLine, "seal", fail_at_the_second)
    with pytest.raises(DatabaseError):
        accept([filed("2199000001", 40), filed("2199000002", 50)])
    assert (Revision.objects.count(), JournalLine.objects.count()) == (0, 0)
