"""What happened to places, on disk: read in full, complained of in full, added to in one step."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from national import national

from xianxue.bureau.places.events import Kind
from xianxue.bureau.places.stages import Stage
from xianxue.desk.stores import roster
from xianxue.desk.stores.event_lines import COLUMNS
from xianxue.desk.stores.events import NAME, EventsFile, read_events, replayed

CODES = national().shelf.codes
HEAD = ",".join(COLUMNS)
A, B, NEW = "2163990001", "2163990002", "3163990003"
PLACES = (
    ",".join(roster.COLUMNS),
    "639900,虚构县,county,,,,,,,,,",
    "639900100,东镇,township,639900,,,,,,,,",
    f"{A},甲小学,school,639900100,2001-09-01,,2001-09-01,211,831,121,0,",
    f"{B},乙小学,school,639900100,2001-09-01,,2001-09-01,211,831,121,0,",
)


@pytest.fixture
def register(tmp_path: Path):
    path = tmp_path / roster.NAME
    path.write_text("\n".join(PLACES) + "\n", encoding="utf-8")
    found, issues = roster.read_roster(path, CODES)
    assert issues == []
    return found


def line(**cells: str) -> dict[str, str]:
    """A line with the cells named, and someone who gives a reason."""
    return dict.fromkeys(COLUMNS, "") | {"reason": "布局调整", "by": "虚构"} | cells


def written(folder: Path, *lines: dict[str, str], head: str = HEAD) -> Path:
    path = folder / NAME
    rows = [head, *(",".join(each[column] for column in COLUMNS) for each in lines)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    return path


def test_no_file_is_no_event(tmp_path, register):
    assert replayed(tmp_path / NAME, register, CODES) == (register, [])


def test_a_line_is_read_cell_by_cell(tmp_path):
    """Attached classes bring their stages; a clerk's full-width semicolon divides codes."""
    said = line(
        day="2024-09-01",
        event="merged",
        code=f"{A}；{B}",
        into=NEW,
        name="东镇学校",
        school_type="312",
        sponsor="831",
        urban_rural="121",
        boarding="1",
        attached="119",
        township="639900100",
        document="虚构教字〔2024〕1号",
    )
    (event,), issues = read_events(written(tmp_path, said), CODES)

    assert issues == []
    assert (event.kind, event.day, event.line) == (Kind.MERGED, date(2024, 9, 1), 2)
    assert (event.codes, event.into) == ((A, B), (NEW,))
    assert event.change.stages == (Stage.PRESCHOOL, Stage.PRIMARY, Stage.LOWER_SECONDARY)
    assert event.change.boarding is True
    assert (event.document, event.reason, event.by) == ("虚构教字〔2024〕1号", "布局调整", "虚构")


def test_every_fault_is_told_in_one_pass(tmp_path, register):
    """Lines that cannot be read and events that cannot be stand side by side."""
    path = written(
        tmp_path,
        line(day="2024/9/1", event="merge", code=A),
        line(day="2024-09-01", event="renamed", code=A, name="=1+1", by=""),
        line(day="20240901", event="retyped", code=A, school_type="299", boarding="是"),
        line(day="2024-09-01", event="closed", code=B),
        line(day="2025-09-01", event="merged", code=A, into=B),
    )
    after, issues = replayed(path, register, CODES)

    assert [(issue.cell, issue.saw) for issue in issues] == [
        ("第 2 行", "day 填了“2024/9/1”"),
        ("第 2 行", "event 填了“merge”"),
        ("第 3 行", "没有填 by"),
        ("第 3 行", "name 填了“=1+1”"),
        ("第 4 行", "day 填了“20240901”"),
        ("第 4 行", "school_type 填了“299”"),
        ("第 4 行", "boarding 填了“是”"),
        ("第 6 行", f"乙小学（{B}）已于 2024-08-31 停办"),
    ]
    assert after[B].closed == date(2024, 8, 31)
    assert {issue.file for issue in issues} == {NAME}


def test_a_complaint_is_a_sentence_a_clerk_can_act_on(tmp_path, register):
    path = written(tmp_path, line(day="2025-09-01", event="merged", code=A, into=A))
    _, (issue,) = replayed(path, register, CODES)

    assert issue.message == (
        f"events.csv 第 2 行：{A} 合并到了自己；要求：code 只写不再保留的学校。"
        "请核对代码；保留的学校只写在 into。"
    )


@pytest.mark.parametrize(
    ("text", "saw"),
    [
        (b"", "表头缺少 day"),
        (HEAD.replace("into", "to").encode(), "表头缺少 into"),
        (HEAD.replace("into", "to").encode(), "表头多出 to"),
        (f"{HEAD},day".encode(), "表头重复 day"),
        (f"{HEAD}\n2024-09-01,closed,{A}".encode(), "这一行有 3 格，表头有 14 格"),
        ("day,日期".encode("gb18030"), "文件不是 UTF-8 编码"),
        (f'{HEAD}\n"2024'.encode(), "文件读不出来"),
    ],
)
def test_a_spoiled_file_is_refused_with_its_reason(text, saw, tmp_path, register):
    (tmp_path / NAME).write_bytes(text)
    after, issues = replayed(tmp_path / NAME, register, CODES)

    assert any(issue.saw.startswith(saw) for issue in issues)
    assert after == register


def recorded(folder: Path, register, **cells: str) -> list[str]:
    """Add a line; say what was complained of."""
    file = EventsFile(folder / NAME, folder / "store")
    with file.alone():
        text, issues = file.with_line(line(**cells), register, CODES)
        if not issues:
            file.write(text)
    return [issue.saw for issue in issues]


def test_an_event_is_added_below_those_that_are_there(tmp_path, register):
    first = recorded(
        tmp_path, register, day="2024-09-01", event="renamed", code=A, name="甲,“一”小学"
    )
    second = recorded(tmp_path, register, day="2023-09-01", event="closed", code=B)
    after, issues = replayed(tmp_path / NAME, register, CODES)

    assert first == second == issues == []
    assert after[A].name == "甲,“一”小学"
    assert after[B].closed == date(2023, 8, 31)
    assert [path.name for path in tmp_path.glob(".making*")] == []


def test_what_would_make_no_sense_is_not_written(tmp_path, register):
    recorded(tmp_path, register, day="2024-09-01", event="closed", code=B)
    before = (tmp_path / NAME).read_bytes()
    # Later than the closing in the file: B could not have been merged in 2025.
    again = recorded(tmp_path, register, day="2025-09-01", event="merged", code=B, into=A)

    assert again == [f"乙小学（{B}）已于 2024-08-31 停办"]
    assert (tmp_path / NAME).read_bytes() == before


def test_two_cannot_record_at_once(tmp_path, register, monkeypatch):
    monkeypatch.setattr("xianxue.desk.stores.events._PATIENCE", 0)
    file = EventsFile(tmp_path / NAME, tmp_path / "store")

    with file.alone(), pytest.raises(TimeoutError, match="另有人正在登记"), file.alone():
        pass
    with file.alone():
        pass
