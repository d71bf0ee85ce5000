"""Two at once: one wins, the other is told by whom, and nothing of theirs is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import Counter

import pytest
from django.db import connection

from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.database import open_database
from xianxue.desk.journal.verification import verify
from xianxue.desk.models import Filing, JournalLine, Revision
from xianxue.desk.stores.cabinet import Cabinet, Kept
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace

CLERK = """
import json, sys
from pathlib import Path
from xianxue.desk.returns.submission import submit_files
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Signatures
from xianxue.desk.workspace import Workspace

workspace, name = Workspace.open(Path(sys.argv[1])), sys.argv[2]
for path in sys.argv[3:]:
    print("ready", flush=True)
    sys.stdin.readline()
    outcome = submit_files(
        workspace, [Path(path)], actor=Actor(name, "school_clerk"), signed=Signatures(name, "校长")
    )
    print(json.dumps({
        "done": [each.number for each in outcome.accepted],
        "issues": [[issue.code, issue.message] for issue in outcome.issues],
    }), flush=True)
"""
NAMES = ("甲（虚构）", "乙（虚构）")


@pytest.fixture
def county(tmp_path):
    """Four schools, and two workbooks for each that do not say the same."""
    lay_out_example(tmp_path, Example.open("four_schools"))
    workspace = Workspace.open(tmp_path)
    for name, more in zip(NAMES, (0, 100), strict=True):
        (tmp_path / name).mkdir()
        for form, place, filed in Example.open("four_schools").returns(
            workspace.shelf, workspace.register
        ):
            if form.filed_by == "school":
                cells = filed.tables["basic"][0].cells
                cell = cells["training_funds"]
                cells["training_funds"] = type(cell)(cell.value + more)
                book = write_workbook(
                    form, place, workspace.period(None), workspace.shelf.codes, filed
                )
                (tmp_path / name / f"{place.code}.xlsx").write_bytes(book)
    return workspace


def start(workspace, name, environment):
    files = sorted((workspace.root / name).iterdir())
    return subprocess.Popen(
        [sys.executable, "-c", CLERK, workspace.root, name, *files],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(workspace.store),
    )


def test_two_processes_submit_the_same_return_at_once(county, environment):
    """Four schools, two clerks each, on a store that neither has opened before."""
    clerks = {name: start(county, name, environment) for name in NAMES}
    schools = [path.stem for path in sorted((county.root / NAMES[0]).iterdir())]
    for school in schools:
        for clerk in clerks.values():
            assert clerk.stdout.readline() == "ready\n"
        for clerk in clerks.values():
            clerk.stdin.write("go\n")
            clerk.stdin.flush()
        told = {name: json.loads(clerk.stdout.readline()) for name, clerk in clerks.items()}
        winner, loser = sorted(NAMES, key=lambda name: not told[name]["done"])
        assert told[winner]["done"] == [1]
        assert told[loser]["done"] == []
        ((code, message),) = told[loser]["issues"]
        assert code in {"F-CONFLICT", "F-STEP"}
        assert f"第 1 版，由{winner}于 20" in message
        assert f"文件 {school}.xlsx 没有报送，原样未动" in message
        assert (county.root / loser / f"{school}.xlsx").is_file()
    for clerk in clerks.values():
        clerk.communicate()
        assert clerk.returncode == 0

    open_database(county.store)
    assert Revision.objects.count() == Filing.objects.count() == len(schools)
    assert verify().issues == []
    kept = [Kept(row.form, row.place, row.number, row.batch) for row in Revision.objects.all()]
    assert len(Cabinet(county.store / "cabinet").read_returns(kept)) == len(schools)


def at_once(*deeds):
    """Do things in threads that start together; give what came of each."""
    gate, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        gate.wait()
        try:
            found[number] = deed()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def test_whoever_began_before_the_other_was_done_is_told_of_a_conflict(desk, monkeypatch):
    """Both look, both write their cells, and only then one after the other comes to the database."""
    gate, write = threading.Barrier(2), Cabinet.write_batch

    def meet(cabinet, returns):
        batch = write(cabinet, returns)
        gate.wait(timeout=20)
        return batch

    monkeypatch.setattr(Cabinet, "write_batch", meet)
    deeds = [desk.submitter(desk.clerk(name=name)) for name in NAMES]
    handed = at_once(
        *(
            lambda deed=deed, pupils=pupils: deed([desk.filed(pupils=pupils)])
            for deed, pupils in zip(deeds, (40, 41), strict=True)
        )
    )
    assert sorted(len(each.done) for each in handed) == [0, 1]
    (loser,) = (each for each in handed if not each.done)
    (issue,) = loser.refused
    assert issue.code == "F-CONFLICT"
    winner = desk.filing().changed_by
    assert f"第 1 版，由{winner}于 2025-09-20 16:3" in issue.saw
    assert "您打开时还没有人报送" in issue.saw
    assert f"请与 {winner} 核对" in issue.do
    assert Revision.objects.count() == JournalLine.objects.count() == 1


def test_a_quicker_correction_is_not_written_over(desk):
    """Accepted in between, the return could be corrected: but not by whoever has not seen that."""
    desk.submit(40)
    before = {desk.key(): 0}
    handed = desk.submitter(desk.clerk(name="乙（虚构）"), "更正")([desk.filed(pupils=41)], before)
    assert [issue.code for issue in handed.refused] == ["F-CONFLICT"]
    assert "您打开时还没有人报送" in handed.refused[0].saw


def test_the_same_values_are_no_conflict(desk):
    """Two who hand in the same have handed it in once."""
    deeds = [desk.submitter(desk.clerk(name=name)) for name in NAMES]
    handed = at_once(*(lambda deed=deed: deed([desk.filed()]) for deed in deeds))
    assert Counter(each.done[0].unchanged for each in handed) == {True: 1, False: 1}
    assert JournalLine.objects.count() == 1


def test_many_at_once_wait_for_each_other(desk):
    """Different schools do not hinder each other, and the journal is one chain."""
    places = [desk.EAST, desk.WEST, desk.DIRECT, desk.CENTRAL]
    deeds = [desk.submitter(desk.clerk(place)) for place in places]
    handed = at_once(
        *(
            lambda deed=deed, place=place: deed([desk.filed(place)])
            for deed, place in zip(deeds, places, strict=True)
        )
    )
    assert [len(each.done) for each in handed] == [1] * len(places)
    assert (verify().lines, verify().issues) == (len(places), [])
