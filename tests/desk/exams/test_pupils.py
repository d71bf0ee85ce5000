"""Who the pupils are is shown with a reason alone, and the journal says that it was."""

import json
from datetime import timedelta

import pytest

from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.exams.expire import ExpirePupils, due_pupils
from xianxue.desk.actions.exams.load import LoadMarks
from xianxue.desk.exams.sittings import files_of
from xianxue.desk.exams.verification import faults
from xianxue.desk.models import JournalLine
from xianxue.desk.models.exam import ExamMarks, Sitting
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.workspace import Workspace

JUNIOR = "3163980002"


def test_nobody_sees_names_without_a_reason(run, big):
    code, text = run("pupils", big, "--school", JUNIOR)
    assert code == 2
    assert "没有写查看的理由" in text
    assert not JournalLine.objects.filter(deed="exams.pupils").exists()


def test_with_a_reason_they_are_seen_and_it_is_written_down(run, big):
    code, text = run("pupils", big, "--school", JUNIOR, "--why", "核对查分申请", "--json")
    assert code == 0, text
    said = json.loads(text)
    assert len(said) == 60
    assert said[3] == {
        "id": "003",
        "name": "考生3（虚构）",
        "school": JUNIOR,
        "class": "2班",
        "track": None,
        "total": "106",
        "marks": {
            "chinese": {"mark": "63", "why": "mark"},
            "mathematics": {"mark": "43", "why": "mark"},
        },
    }
    (line,) = JournalLine.objects.filter(deed="exams.pupils")
    assert (line.why, line.detail["of_place"]) == ("核对查分申请", JUNIOR)
    assert "考生3" not in str(line.detail)


@pytest.fixture
def expired(county, big):
    """The deed that destroys, by somebody who may; the card's time is over."""
    workspace = Workspace.open(county)
    ground = open_ground(workspace)
    files = files_of(workspace)
    (load,) = ExamMarks.objects.all()
    card = ground.shelf.examinations["zhongkao"]
    assert not due_pupils(card, files, load.at + timedelta(days=3 * 365 - 2))
    retention = replace(card.retention, years=0)
    shelf = replace(ground.shelf, examinations={"zhongkao": replace(card, retention=retention)})
    clerk = Actor("庚（虚构）", "office_clerk")
    return ExpirePupils(replace(ground, shelf=shelf), files, clerk, load.at), files, load


def test_who_pupils_are_is_destroyed_when_the_time_is_over_and_their_marks_stay(
    run, big, county, expired
):
    expire, files, load = expired
    assert expire() == {"zhongkao": 64}
    assert expire() == {}
    assert not files.file("pupils", load.pupils).exists()
    assert not list(faults(Workspace.open(county).store / "cabinet"))
    code, text = run("pupils", big, "--why", "核对（虚构）")
    assert code == 2
    assert "考生信息已按保存期限销毁" in text
    code, text = run("show", big, "--json")
    assert json.loads(text)["results"]["total"]["n"] == 64


def test_killed_after_it_was_written_down_it_is_destroyed_the_next_time(expired, monkeypatch):
    expire, files, load = expired

    with monkeypatch.context() as patch:
        patch.setattr(type(files), "destroy", _killed)
        with pytest.raises(RuntimeError):
            expire()
    assert files.file("pupils", load.pupils).exists()
    assert expire() == {"zhongkao": 64}
    assert not files.file("pupils", load.pupils).exists()


def test_killed_between_files_and_rows_nothing_is_loaded_and_then_all_of_it(
    run, county, tmp_path, monkeypatch
):
    table = tmp_path / "表.csv"
    table.write_text(f"学校,考号,姓名,语文\n{JUNIOR},1,甲（虚构）,80", encoding="utf-8")
    words = ("load", table, "--exam", "zhongkao", "--name", "断电", "--day", "2026-06-20")
    workspace = Workspace.open(county)
    open_ground(workspace)
    for method in ("note", "refuse"):
        with monkeypatch.context() as patch:
            patch.setattr(LoadMarks, method, _killed)
            code, _ = run(*words)
        assert code == 2
        assert not ExamMarks.objects.filter(sitting__name="断电").exists()
        assert not Sitting.objects.filter(name="断电").exists()
    assert not list(faults(workspace.store / "cabinet"))
    code, text = run(*words)
    assert code == 0, text


def _killed(*_, **__):
    message = "killed"
    raise RuntimeError(message)
