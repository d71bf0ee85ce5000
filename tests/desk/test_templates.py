"""Templates for a county: next year's from what was accepted, in one zip, whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Key
from xianxue.desk.cli import main, progress_bar
from xianxue.desk.returns import templates
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.returns.templates import Batch, write_templates
from xianxue.desk.stores.clock import now
from xianxue.desk.stores.whole_files import write_zip
from xianxue.desk.workspace import Workspace

NEXT = "2026-2027"
SCHOOL = "2163980001"


def run(*words: object) -> int:
    """Call a command; give its exit code."""
    with pytest.raises(SystemExit) as end:
        main([str(word) for word in words])
    code = end.value.code
    assert isinstance(code, int)
    return code


@pytest.fixture(scope="module")
def county(four_schools: Path) -> Path:
    """Four schools, whose returns of 2025-2026 were accepted; it is only read."""
    return four_schools


@pytest.fixture(scope="module")
def zipped(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip of next year's templates."""
    target = tmp_path_factory.mktemp("zip") / "all.zip"
    words = ("--all", "--workspace", county, "--period", NEXT, "-o", target)
    assert run("returns", "template", "school_annual", *words) == 0
    return target


def sheets(data: bytes, *, values: bool = False) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def test_there_is_one_workbook_for_every_school(zipped: Path) -> None:
    with zipfile.ZipFile(zipped) as archive:
        assert archive.testzip() is None
        assert [entry.filename.split("_")[0] for entry in archive.infolist()] == [
            "2163980001", "2163980002", "3163980001", "3163980002",
        ]  # fmt: skip
        name = "2163980001_东河镇中心小学_学校年度报表_2026-2027.xlsx"
        book = sheets(archive.read(name))
    # By hand, from the example's files: 100 pupils in grade 1 last year; three classes move up.
    assert [cell.value for cell in book["学生"]["B"]][11:13] == [100, 100]
    assert [cell.value for cell in book["班级"][4]][:6] == [
        "二年级",
        "二（1）班",
        None,
        "一年级",
        "一（1）班",
        34,
    ]
    about = {row[0].value: row[3].value for row in book["学校基本情况"].iter_rows()}
    assert (about["学校名称"], about["所在乡镇"]) == ("东河镇中心小学", "东河镇")


def test_nothing_of_last_year_is_an_answer(zipped: Path, county: Path) -> None:
    """Only what the register knows, and the names of classes and rooms."""
    shelf = Workspace.open(county).shelf
    with zipfile.ZipFile(zipped) as archive:
        for name in archive.namelist():
            returned, issues = read_workbook(archive.read(name), name, shelf)
            assert issues == []
            assert returned is not None
            for sheet, rows in returned.tables.items():
                asked = shelf.sheet(sheet)
                assert asked is not None
                for field in asked[1].fields:
                    if field.type in {"integer", "measure"}:
                        for row in rows:
                            cell = row.cells.get(field.field)
                            assert cell is None or cell.value is Missing.NOT_ANSWERED


def test_the_same_county_gives_the_same_zip(zipped: Path, county: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    words = ("--all", "--workspace", county, "--period", NEXT, "-o", again)
    assert run("returns", "template", "school_annual", *words) == 0
    assert again.read_bytes() == zipped.read_bytes()


def test_several_processes_make_the_same(
    zipped: Path, county: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "_PAYS_FROM", 1)
    monkeypatch.setattr(templates.os, "cpu_count", lambda: 2)
    words = ("--all", "--workspace", county, "--period", NEXT, "-o", tmp_path / "a.zip")
    assert run("returns", "template", "school_annual", *words) == 0
    assert (tmp_path / "a.zip").read_bytes() == zipped.read_bytes()


def test_a_folder_holds_the_same_files(zipped: Path, county: Path, tmp_path: Path) -> None:
    words = ("--all", "--workspace", county, "--period", NEXT, "-o", tmp_path / "out")
    assert run("returns", "template", "school_annual", *words) == 0
    with zipfile.ZipFile(zipped) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == files


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError("disk full")])
def test_an_interruption_leaves_no_half_zip(tmp_path: Path, error: Any) -> None:
    """What stood there before still stands; nothing else is left."""
    target = tmp_path / "all.zip"
    target.write_bytes(b"before")

    def files():
        yield "a.xlsx", b"one"
        raise error

    with pytest.raises(error if isinstance(error, type) else OSError):
        write_zip(target, files())
    assert [path.name for path in tmp_path.iterdir()] == ["all.zip"]
    assert target.read_bytes() == b"before"


def test_progress_is_told_for_every_workbook(county: Path, tmp_path: Path) -> None:
    workspace = Workspace.open(county)
    period = workspace.period(None)
    schools = workspace.register.schools(period.reference_day)
    batch = Batch(workspace.shelf.forms["school_annual"], period, workspace.shelf)
    from xianxue.desk.returns.prefilling import prefills  # noqa: PLC0415 - beside its only use

    known = prefills(workspace, batch.form, period, schools)
    # Last year's return stands in the store; it changes nothing of how progress is told.
    assert all(prefill.last is not None for prefill in known.values())
    seen: list[int] = []
    write_templates(batch, schools, known, tmp_path / "a.zip", seen.append)
    assert seen == [1, 1, 1, 1]


def test_a_bar_is_shown_only_where_somebody_watches(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for watched in (False, True):
        monkeypatch.setattr(progress_bar.sys.stderr, "isatty", lambda watched=watched: watched)
        monkeypatch.setenv("TERM", "xterm")
        monkeypatch.setenv("FORCE_COLOR", "1")
        with progress_bar.progress("虚构", 2) as done:
            done(1)
            done(1)
        said = capfd.readouterr()
        assert said.out == ""
        assert ("虚构" in said.err) is watched


def test_an_explanation_of_last_year_stands_on_the_first_page(
    county: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]
) -> None:
    folder = tmp_path / "explained"
    copy_workspace(county, folder)
    ground = open_ground(Workspace.open(folder))
    from xianxue.desk.actions.explain import Explain, Unusual  # noqa: PLC0415 - needs Django

    # By the deed itself: what nobody has asked about is not taken from the command line.
    deed = Explain(ground, Actor("王五（虚构）", "office_clerk"), now(), "有复学学生（虚构）")
    asked = Unusual("new_entrants_enrolled", "students.G1.new_entrants", "100")
    deed(Key("school_annual", "2025-2026", SCHOOL), asked)
    target = tmp_path / "a.xlsx"
    words = ("--place", SCHOOL, "--workspace", folder, "--period", NEXT, "-o", target)
    assert run("returns", "template", "school_annual", *words) == 0
    page = {a.value: b.value for a, b in sheets(target.read_bytes())["说明"].iter_rows(max_col=2)}
    assert page["学生"] == "一年级·招生数填“100”：有复学学生（虚构）"


def test_a_form_is_not_asked_for_another_kind_of_period(
    county: Path, tmp_path: Path, capsys: Any
) -> None:
    words = ("--all", "--workspace", county, "--period", "2026", "-o", tmp_path / "a.zip")
    assert run("returns", "template", "school_annual", *words) == 2
    assert "按学年（如 2025-2026）填报，2026年不合" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


# ── one number, one source ──────────────────────────────────────────────────

DRAFT = """\
# 虚构：营养改善计划专项表
form: nutrition
term: 营养改善专项表
version: '1'
filed_by: school
period: school_year
owner: 后勤股（虚构）
source: {document: xianxue-own, seen: own}
sheets:
  - sheet: nutrition
    term: 营养改善
    layout: record
    stages: [primary, lower_secondary]
    fields:
      - field: school   # 校名
        term: 学校名称
        type: text
      - {field: pupils, term: 在校学生总数（人）, type: integer, unit: person}
      - field: eating
        term: 享受营养餐学生数
        type: integer
        unit: person
"""


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A card that an office has drafted."""
    path = tmp_path / "draft.yaml"
    path.write_text(DRAFT, encoding="utf-8")
    return path


def test_what_is_held_is_told_with_owner_age_and_savings(
    county: Path, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Four schools, all with the sheet, three cells each: two of three are held."""
    assert run("returns", "duplicates", draft, "--workspace", county, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["fields"] == 3
    assert said["prefilled_from"] == {
        "nutrition.school": "basic.name",
        "nutrition.pupils": "students.enrolled",
    }
    assert (said["cells"]["asked"], said["cells"]["saved"]) == (12, 8)
    assert said["cells"]["places"][0] == {"place": SCHOOL, "asked": 3, "saved": 2}
    first, second = said["duplicates"]
    assert (first["likeness"], first["way"]) == ("term", "value")
    assert (second["likeness"], second["way"], second["fills"]) == ("alike", "total", True)
    assert second["held"] == {
        "field": "students.enrolled",
        "term": "在校生数",
        "form": "school_annual",
        "owner": "统计与规划股",
        "period": "2025-2026",
        "accepted": 4,
        "expected": 4,
    }
    assert run("returns", "duplicates", draft, "--workspace", county) == 0
    said = capsys.readouterr().out
    assert "《营养改善专项表》共 3 栏，2 栏已经有了，不必再填。" in said
    assert "每个单位少填 2 格，全县 4 个单位少填 8 格（原要填 12 格；清单按一行计）。" in said


def test_the_marked_card_fills_them_in_and_asks_no_more(
    county: Path,
    draft: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    copy_workspace: Callable[[Path, Path], None],
) -> None:
    folder = tmp_path / "own"
    copy_workspace(county, folder)
    overlay = folder / "cards"
    overlay.mkdir()
    words = (draft, "--workspace", folder, "-o", overlay / "nutrition.yaml")
    assert run("returns", "duplicates", *words) == 0
    added = set((overlay / "nutrition.yaml").read_text("utf-8").splitlines()) - set(
        DRAFT.splitlines()
    )
    assert added == {
        "        prefilled_from: basic.name",
        "      - {field: pupils, prefilled_from: students.enrolled, term: 在校学生总数（人）, type: integer, unit: person}",
    }
    settings = folder / "xianxue.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("overlays = []", 'overlays = ["cards"]'), "utf-8"
    )
    capsys.readouterr()
    assert run("returns", "duplicates", "nutrition", "--workspace", folder, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert {one["likeness"] for one in said["duplicates"]} == {"same"}
    assert said["cells"]["saved"] == 8
    target = tmp_path / "n.xlsx"
    words = ("--place", SCHOOL, "--workspace", folder, "-o", target)
    assert run("returns", "template", "nutrition", *words) == 0
    rows = [[cell.value for cell in row] for row in sheets(target.read_bytes())["营养改善"].rows]
    assert [row[0] for row in rows[1:]] == [
        "享受营养餐学生数",
        "已有·学校名称",
        "已有·在校学生总数（人）",
    ]
    # Six grades of 100.
    assert [row[3] for row in rows[1:]] == [None, "东河镇中心小学", 600]


def test_a_draft_with_faults_gets_complaints_with_lines(
    county: Path, draft: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    draft.write_text(DRAFT.replace("unit: person}", "unit: persom}"), encoding="utf-8")
    assert run("returns", "duplicates", draft, "--workspace", county) == 1
    assert "draft.yaml 第 18 行：没有计量单位“persom”" in capsys.readouterr().out
    assert run("returns", "duplicates", "nowhere.yaml", "--workspace", county) == 2
    assert "没有文件“nowhere.yaml”，也没有这样的报表" in capsys.readouterr().err
    words = ("school_annual", "--workspace", county, "-o", draft)
    assert run("returns", "duplicates", *words) == 2
    assert "-o 要和卡片文件一起用" in capsys.readouterr().err


@pytest.mark.parametrize("everyone", [True, False])
def test_a_workbook_somebody_has_filled_is_never_written_over(
    county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, everyone: bool
) -> None:
    """A folder keeps the filled one and gets the others; the same template again is no quarrel."""
    folder = tmp_path / "模板"
    name = "2163980001_东河镇中心小学_学校年度报表_2025-2026.xlsx"
    which = ("--all", "-o", str(folder))
    if not everyone:
        which = ("--place", "2163980001", "-o", str(folder / name))
    words = ("returns", "template", "school_annual", *which, "--workspace", str(county))
    assert run(*words) == 0
    assert run(*words) == 0
    book = openpyxl.load_workbook(folder / name)
    book["学生"]["B4"] = 41
    book.save(folder / name)
    filled = (folder / name).read_bytes()
    if everyone:
        (folder / "3163980002_东河镇初级中学_学校年度报表_2025-2026.xlsx").unlink()
    capsys.readouterr()

    assert run(*words) == (1 if everyone else 2)

    assert f"没有写 {folder / name}" in capsys.readouterr().err
    assert (folder / name).read_bytes() == filled
    if everyone:
        assert (folder / "3163980002_东河镇初级中学_学校年度报表_2025-2026.xlsx").is_file()
    assert not list(folder.glob(".making-*"))


def test_a_zip_that_is_another_is_not_written_over(county: Path, tmp_path: Path) -> None:
    words = ("returns", "template", "school_annual", "--all", "-o", str(tmp_path / "a.zip"))
    (tmp_path / "a.zip").write_bytes(b"mine")
    assert run(*words, "--workspace", str(county)) == 2
    assert (tmp_path / "a.zip").read_bytes() == b"mine"
