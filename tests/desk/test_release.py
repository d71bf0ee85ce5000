"""Releases: frozen, numbered, comparable, the same bytes from the same inputs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from xianxue.desk.cli import main
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.publication import state_of
from xianxue.desk.releases.published import folder_of, releases
from xianxue.desk.workspace import Workspace

SCHOOL = "2163980001"


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command; give its exit code and what it printed."""
    with pytest.raises(SystemExit) as end:
        main(list(words))
    code = end.value.code
    return (code if isinstance(code, int) else 0), capsys.readouterr().out


@pytest.fixture
def county(
    four_schools: Path, tmp_path: Path, copy_workspace: Callable[[Path, Path], None]
) -> Path:
    """Four schools, accepted and not published."""
    copy_workspace(four_schools, tmp_path / "county")
    return tmp_path / "county"


def correct_one_school(capsys: pytest.CaptureFixture[str], county: Path) -> None:
    """School A finds two more teachers of physical education."""
    show = ("physical_arts_teachers", "--place", SCHOOL, "--workspace", str(county), "--json")
    said = json.loads(run(capsys, "indicators", "explain", *show)[1])
    cells = [cell for because in said["because"] for cell in because["cells"]]
    (where,) = [cell for cell in cells if cell["field"] == "staff.physical_education"]
    path = county / "workbooks" / where["file"]
    book = openpyxl.load_workbook(path)
    cell = book[where["sheet"]][where["cell"]]
    cell.value = int(cell.value) + 2
    book.save(path)
    told = run(
        capsys,
        "returns",
        "accept",
        str(path),
        "--workspace",
        str(county),
        "--as",
        "李四（虚构）",
        "--why",
        "补报两名体育教师",
    )
    assert "收下 1 份" in told[1], told


def test_figures_are_provisional_until_they_are_published(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before the first release they carry none; afterwards they say which."""
    show = ("indicators", "show", "pupils_all", "--workspace", str(county), "--json")
    assert json.loads(run(capsys, *show)[1])["release"] is None
    run(capsys, "returns", "release", "--workspace", str(county))
    published = json.loads(run(capsys, *show)[1])
    assert (published["release"], published["shown"]) == ("2025-2026/1", "1780")
    assert published["because"]
    now = json.loads(run(capsys, *show, "--release", "none")[1])
    assert now["release"] is None


def test_the_same_inputs_give_the_same_bytes_and_no_new_number(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Freezing twice is one release; another process on a copy freezes the same bytes."""
    first = json.loads(run(capsys, "returns", "release", "--workspace", str(county), "--json")[1])
    again = json.loads(run(capsys, "returns", "release", "--workspace", str(county), "--json")[1])
    assert (first["new"], again["new"]) == (True, False)
    assert first["digest"] == again["digest"]
    workspace = Workspace.open(county)
    state = state_of(River(workspace, workspace.period(None)))
    manifest, figures = state.manifest, state.figures
    folder = folder_of(workspace)
    assert folder.manifest(first["digest"]) == manifest
    assert (folder.root / first["digest"] / "figures.json").read_bytes() == figures


def test_the_diff_says_what_changed_who_changed_it_why_and_what_moved(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two teachers more: one cell, the figures over it, and the verdict that turned."""
    run(capsys, "returns", "release", "--workspace", str(county))
    correct_one_school(capsys, county)
    run(capsys, "returns", "release", "--workspace", str(county))
    code, out = run(capsys, "release", "diff", "1", "2", "--workspace", str(county), "--json")
    said = json.loads(out)
    assert code == 0
    (cell,) = said["cells"]
    assert (cell["place"], cell["sheet"], cell["field"]) == (SCHOOL, "staff", "physical_education")
    assert int(cell["after"]) - int(cell["before"]) == 2
    assert (cell["by"], cell["why"]) == ("李四（虚构）", "补报两名体育教师")
    moved = {each["figure"].split("/")[0] for each in said["figures"]}
    assert {"physical_arts_teachers", "spread_physical_arts_teachers"} <= moved
    assert "pupils_all" not in moved
    turned = {(each["criterion"], each["place"], each["after"]) for each in said["verdicts"]}
    assert ("physical_arts_teachers", SCHOOL, "met") in turned
    assert ("resources_six_of_seven", SCHOOL, "met") in turned
    text = run(capsys, "release", "diff", "1", "2", "--workspace", str(county))[1]
    assert "补报两名体育教师" in text
    assert "教职工·体育教师（小学） D8：2 → 4" in text
    assert (
        "（小学） 每百名学生拥有体育、艺术（美术、音乐）专任教师数：未达标（还缺2名体育艺术教师） → 达标"
        in text
    )
    old = run(
        capsys, "indicators", "show", "physical_arts_teachers", "--place", SCHOOL, "--release", "1",
        "--workspace", str(county), "--json",
    )[1]  # fmt: skip
    assert json.loads(old)["shown"] == "0.67"


def test_a_release_that_was_touched_is_found(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One digit changed in the frozen figures, and verify says so."""
    made = json.loads(run(capsys, "returns", "release", "--workspace", str(county), "--json")[1])
    assert run(capsys, "release", "verify", "--workspace", str(county))[0] == 0
    path = county / "store" / "releases" / made["digest"] / "figures.json"
    path.write_text(path.read_text(encoding="utf-8").replace("1780", "1790", 1), encoding="utf-8")
    code, out = run(capsys, "release", "verify", "--workspace", str(county))
    assert code == 1
    assert "figures.json 被改动过" in out


def test_nothing_accepted_nothing_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty county has no release."""
    run(capsys, "init", str(tmp_path / "w"), "--example", "four_schools")
    with pytest.raises(SystemExit) as end:
        main(["returns", "release", "--workspace", str(tmp_path / "w")])
    assert end.value.code == 2
    assert "没有可以发布的数" in capsys.readouterr().err
    assert releases(Workspace.open(tmp_path / "w")) == []


def test_a_release_says_whom_it_does_without(
    four_schools: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three of four schools: the release counts three and names the fourth."""
    county = tmp_path / "county"
    run(capsys, "init", str(county), "--example", "four_schools")
    files = sorted((four_schools / "workbooks").glob("[36]*"))
    files += (four_schools / "workbooks").glob(f"{SCHOOL}*")
    run(capsys, "returns", "accept", *map(str, files), "--workspace", str(county))
    at = ("returns", "release", "--workspace", str(county))
    said = json.loads(run(capsys, *at, "--json")[1])
    assert said["coverage"]["school_annual"] == {
        "reported": 3,
        "expected": 4,
        "missing": ["2163980002"],
    }
    assert said["coverage"]["county_annual"] == {"reported": 1, "expected": 1, "missing": []}
    told = run(capsys, *at)[1]
    assert "《学校年度报表》已报 3/4 所（只算审核通过的），缺：西山乡云上教学点。" in told


def test_where_nothing_was_released_it_is_said(
    county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """«0 号发布都与发布时相同» is no sentence, and «已有：还没有发布过» is none either."""
    assert run(capsys, "release", "verify", "--workspace", str(county)) == (
        0,
        "还没有发布过，没有要核对的。\n",
    )
    for words in (("show", "1"), ("diff", "1", "2")):
        with pytest.raises(SystemExit) as end:
            main(["release", *words, "--workspace", str(county)])
        assert end.value.code == 2
        assert capsys.readouterr().err == "错误：2025—2026学年还没有发布过\n"
