"""What may not be done to an entry: said in words, nothing changed, told of where it matters."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.ledgers.record import RecordEntry
from xianxue.desk.actions.ledgers.step import Carried, StepEntry
from xianxue.desk.cli import cli
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.ledgers.evidence import keep_files
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.verification import faults
from xianxue.desk.models import JournalLine
from xianxue.desk.models.ledger import EntryClock, EntryLine, Evidence, LedgerEntry
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import ComplaintsError

AT = datetime(2025, 9, 20, 8, 30, tzinfo=UTC)
OFFICE = Actor("赵六（虚构）", "office_clerk")
SCHOOL = Actor("张三（虚构）", "school_clerk", "2163990001")
OTHER = Actor("钱七（虚构）", "school_clerk", "2163990002")
CENTRAL = Actor("王五（虚构）", "office_clerk")
HAZARD = {
    "what": "应急灯不亮（虚构）",
    "found_on": "2025-09-03",
    "found_by": "self",
    "domain": "fire",
    "grade": "general",
}
ORDER = {"measures": "更换", "responsible": "总务处", "due_on": "2025-09-12", "plan": "值守"}
PROOF = {"a" * 64: "照片.jpg"}
REPORT = Carried(given={"result": "已换"}, evidence=PROOF)
PASS = Carried(evidence=PROOF, second="孙八（虚构）")
WAY = [
    (OFFICE, "order", date(2025, 9, 5), Carried(given=ORDER)),
    (SCHOOL, "report", date(2025, 9, 9), REPORT),
    (OFFICE, "pass", date(2025, 9, 11), PASS),
]


@pytest.fixture
def room(desk):
    return Room(desk.ground, desk.folder / "cabinet")


def entry(room, steps):
    card = room.ledgers["hazards"]
    row = RecordEntry(room.ground, card, OFFICE, AT)("2163990001", HAZARD, date(2025, 9, 3))
    for actor, step, on, carried in WAY[:steps]:
        StepEntry(room.ground, card, actor, AT)(row.number, step, on, carried)
    return row.number


def everything():
    kinds = (LedgerEntry, EntryLine, EntryClock, Evidence)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds]


FAULTS = {
    "out of order": (1, OFFICE, "pass", date(2025, 9, 9), PASS, True),
    "by the wrong person": (2, OTHER, "pass", date(2025, 9, 11), PASS, True),
    "by who did the work": (
        2,
        OFFICE,
        "pass",
        date(2025, 9, 11),
        Carried(evidence=PROOF, second=SCHOOL.name),
        True,
    ),
    "without a second person": (
        2,
        OFFICE,
        "pass",
        date(2025, 9, 11),
        Carried(evidence=PROOF),
        True,
    ),
    "without its evidence": (
        2,
        OFFICE,
        "pass",
        date(2025, 9, 11),
        Carried(second="孙八（虚构）"),
        True,
    ),
    "work without its evidence": (
        1,
        SCHOOL,
        "report",
        date(2025, 9, 9),
        Carried(given={"result": "已换"}),
        False,
    ),
    "after closing": (3, OFFICE, "pass", date(2025, 9, 12), PASS, True),
    "on a day ahead": (2, OFFICE, "pass", date(2025, 9, 21), PASS, True),
    "before the step before": (2, OFFICE, "pass", date(2025, 9, 8), PASS, True),
    "seen before somebody moved it": (
        1,
        SCHOOL,
        "report",
        date(2025, 9, 9),
        Carried(given={"result": "已换"}, evidence=PROOF, seen=1),
        False,
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_may_not_be_done_changes_nothing_and_is_told_where_it_matters(room, name):
    steps, actor, step, on, carried, told = FAULTS[name]
    number = entry(room, steps)
    before, lines = everything(), JournalLine.objects.count()
    with pytest.raises(ComplaintsError) as refused:
        StepEntry(room.ground, room.ledgers["hazards"], actor, AT)(number, step, on, carried)
    assert all(issue.saw and issue.required for issue in refused.value.issues)
    assert everything() == before
    more = list(JournalLine.objects.order_by("number"))[lines:]
    assert [line.deed for line in more] == ["ledgers.refused"] * told
    for line in more:
        assert (line.actor, line.detail["step"]) == (actor.name, step)
        assert line.detail["codes"] == sorted({issue.code for issue in refused.value.issues})
    # The attempt is no line of the entry's history.
    assert {issue.code for issue in faults(room)} <= {"L-FILE"}


def test_a_file_of_another_kind_or_too_large_is_not_kept(room, tmp_path, monkeypatch):
    program = tmp_path / "照片.jpg"
    program.write_bytes(b"MZ\x90\x00 no picture")
    large = tmp_path / "大.pdf"
    large.write_bytes(b"%PDF-1.4\n" + b"x" * 5000)
    monkeypatch.setattr("xianxue.desk.stores.scans.LARGEST", 1000)
    with pytest.raises(ComplaintsError) as refused:
        keep_files(room, [program, large], AT)
    assert [issue.code for issue in refused.value.issues] == ["L-FILE", "L-FILE"]
    assert not Evidence.objects.exists()
    assert not (room.cabinet / "evidence").exists()


def words(folder, *more):
    return ["ledgers", "step", "hazards", "2025-0001", "order", "--on", "2025-09-05",
            *more, "--workspace", str(folder), "--json"]  # fmt: skip


def registered(folder):
    lay_out_example(folder, Example.open("four_schools"))
    given = [word for name, said in HAZARD.items() for word in ("--set", f"{name}={said}")]
    asked = ["ledgers", "record", "hazards", "--place", "2163980001", "--on", "2025-09-03"]
    done = CliRunner().invoke(
        cli, [*asked, *given, "--as", "甲（虚构）", "--workspace", str(folder), "--json"]
    )
    assert done.exit_code == 0, done.output
    return [word for name, said in ORDER.items() for word in ("--set", f"{name}={said}")]


def test_of_two_at_once_one_wins_and_the_other_is_told(tmp_path, environment):
    given = registered(tmp_path)
    run = [sys.executable, "-c", "from xianxue.desk.cli import main; main()"]
    both = [
        subprocess.Popen(
            [*run, *words(tmp_path, *given, "--as", name)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(tmp_path / "store"),
        )
        for name in ("乙（虚构）", "丙（虚构）")
    ]
    ends = [(one.communicate(), one.returncode) for one in both]
    assert sorted(end for _, end in ends) == [0, 1], ends
    shown = CliRunner().invoke(
        cli, ["ledgers", "show", "hazards", "2025-0001", "--workspace", str(tmp_path), "--json"]
    )
    assert [one["step"] for one in json.loads(shown.output)["history"]] == ["record", "order"]


def test_wherever_it_is_killed_an_entry_is_before_or_after(tmp_path, environment, server):
    """Killed at seeded lines of registering and of a step; done again, each is done once."""
    registered(tmp_path)
    # A server copies no database that somebody is connected to.
    connection.close()
    points, delays = (10, 2) if server else (40, 4)
    script = Path(__file__).with_name("dying_ledgers.py")
    done = subprocess.run(
        [sys.executable, script, tmp_path, str(points), str(delays)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(tmp_path / "store"),
    )
    assert done.returncode == 0, done.stderr[-2000:]
    tries = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(tries) == 2 * (points + delays)
    assert [one for one in tries if one["left"] == "neither"] == []
    assert [one for one in tries if one.get("again") is False] == []
    for deed in ("record", "step"):
        left = Counter(one["left"] for one in tries if one["deed"] == deed and one["end"] == -9)
        assert set(left) == {"before", "after"}
