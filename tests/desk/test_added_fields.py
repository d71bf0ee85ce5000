"""A county adds a field to the national form: everything on the river knows it (虚构)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from xianxue.desk.cli import main

CENTRAL = "2163980001"
RULES = """\
- change: own_buses
  term: 校车统计（虚构）
  form: school_annual
  sheet: students
  fields:
    - field: bus_riders
      term: 乘坐校车学生
      type: integer
      unit: person
      min: 0
      help: 9 月 1 日乘坐校车上下学的学生
      example: '12'
  source: {document: xianxue-own, seen: own}
- indicator: bus_riders
  term: 乘坐校车学生数
  kind: sum
  of: {sum: [students.bus_riders]}
  unit: person
  show: {decimals: 0}
  levels: [school, county]
  source: {document: xianxue-own, seen: own}
"""


class Desk:
    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys

    def run(self, *words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([*words, "--workspace", str(self.root)])
        said = self.capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    def old(self) -> Path:
        return next((self.root / "workbooks").glob(f"{CENTRAL}*"))

    def filled(self, riders: int | None) -> Path:
        """The new template with what the school wrote into the old one, and the new column."""
        target = self.root / "新.xlsx"
        template = ("returns", "template", "school_annual", "--place", CENTRAL)
        target.unlink(missing_ok=True)
        self.run(*template, "-o", str(target))
        book, before = openpyxl.load_workbook(target), openpyxl.load_workbook(self.old())
        for sheet in before.worksheets:
            if sheet.sheet_state != "visible" or sheet.title not in book.sheetnames:
                continue
            for line in sheet.iter_rows():
                for cell in line:
                    there = book[sheet.title][cell.coordinate]
                    if there.value is None and cell.value is not None:
                        there.value = cell.value
        students = book["学生"]
        heads = {students.cell(1, at).value: at for at in range(1, students.max_column + 1)}
        for line in range(4, 10):
            students.cell(line, heads["乘坐校车学生"], riders)
        book.save(target)
        return target

    def figure(self, place: str = CENTRAL, *more: str) -> dict[str, object]:
        words = ("indicators", "show", "bus_riders", "--place", place, "--json", *more)
        found = json.loads(self.run(*words))
        assert found["place"] == place
        return found


@pytest.fixture
def desk(
    four_schools: Path,
    tmp_path: Path,
    copy_workspace: Callable[[Path, Path], None],
    capsys: pytest.CaptureFixture[str],
) -> Desk:
    root = tmp_path / "four"
    copy_workspace(four_schools, root)
    (root / "rules").mkdir()
    (root / "rules" / "buses.yaml").write_text(RULES, encoding="utf-8")
    settings = root / "xianxue.toml"
    text = settings.read_text("utf-8").replace("overlays = []", 'overlays = ["rules"]')
    settings.write_text(text, encoding="utf-8")
    return Desk(root, capsys)


def test_what_was_handed_in_before_has_no_such_number_and_says_so(desk: Desk) -> None:
    """Missing is never zero: the county's figure waits for all four schools."""
    county = desk.figure("639800")
    assert (county["value"], county["numerator"]) == (None, None)
    assert len(county["coverage"]["missing"]) == 4  # type: ignore[index]
    said = desk.run("indicators", "explain", "bus_riders")
    assert said.count("报送时表里还没有“乘坐校车学生”") == 4
    assert "journal" not in said
    assert "没有改动" in desk.run("journal", "verify")


def test_figures_that_do_not_ask_for_it_stay_as_they_were(desk: Desk) -> None:
    words = ("indicators", "show", "pupils_all", "--json")
    after = desk.run(*words)
    (desk.root / "rules" / "buses.yaml").unlink()
    assert desk.run(*words) == after


def test_a_workbook_of_before_is_told_what_it_lacks(desk: Desk) -> None:
    said = desk.run("returns", "check", str(desk.old()), code=1)
    assert "模板是《学校年度报表》加栏以前的，没有“乘坐校车学生”" in said
    assert "请向教育局索取本期的模板" in said


def test_it_is_asked_checked_counted_and_released(desk: Desk) -> None:
    """Six grades of two riders each are 12; 90 riders of 100 pupils are let be, -1 is not."""
    blank = desk.run("returns", "check", str(desk.filled(None)), code=1)
    assert "乘坐校车学生" in blank
    assert "乘坐校车学生填了“-1”" in desk.run("returns", "check", str(desk.filled(-1)), code=1)
    path = desk.filled(2)
    desk.run("returns", "check", str(path))
    desk.run("returns", "accept", str(path), "--why", "加栏后补报（虚构）")
    assert desk.figure()["value"] == "12"
    assert desk.figure("639800")["value"] is None
    desk.run("returns", "release")
    assert desk.figure(CENTRAL, "--release", "latest")["value"] == "12"
    assert "都与发布时相同" in desk.run("release", "verify")
    assert "没有改动" in desk.run("journal", "verify")
    (desk.root / "rules" / "buses.yaml").unlink()
    # The release keeps its figure; of today's cards there is no such indicator.
    assert "1 次" in desk.run("release", "verify")


def test_what_was_handed_in_before_can_be_made_anew(desk: Desk) -> None:
    """Its kept workbook is read by the form as it was then."""
    (desk.root / "rules" / "buses.yaml").rename(desk.root / "buses.yaml")
    desk.run("returns", "release")
    (desk.root / "buses.yaml").rename(desk.root / "rules" / "buses.yaml")
    assert "没有重新计算" not in desk.run("release", "verify")
    folder = desk.root / "store" / "cabinet" / "compacted" / "school_annual"
    max(folder.rglob("*.parquet"), key=lambda path: path.stat().st_size).write_bytes(b"x")
    desk.run("journal", "verify", code=1)
    assert "已重建：报表" in desk.run("journal", "rebuild", "--why", "虚构")
    assert "没有改动" in desk.run("journal", "verify")


def test_a_table_with_the_new_column_is_mapped(desk: Desk) -> None:
    (desk.root / "表.csv").write_text(
        "学校,年级,在校生数,乘坐校车学生\n"
        + "".join(
            f"东河镇中心小学,{grade}年级,100,{n}\n" for n, grade in enumerate("一二三四五六")
        ),
        encoding="utf-8",
    )
    words = ("returns", "map", str(desk.root / "表.csv"), "--json")
    said = json.loads(desk.run(*words))
    (table,) = said["tables"]
    (column,) = [one for one in table["columns"] if one["header"] == "乘坐校车学生"]
    assert column["field"] == "students.bus_riders"


BROKEN = {
    "表": (("sheet: students", "sheet: pupils"), "报表“学校年度报表”没有表“pupils”"),
    "编号": (("field: bus_riders", "field: girls"), "栏的编号“girls”已经用过"),
    "栏名": (("term: 乘坐校车学生\n", "term: 其中女生\n"), "栏名“其中女生”已经用过"),
    "单位": (("unit: person\n      min", "unit: pupil\n      min"), "可用：person 人、school 所"),
    "报表": (("form: school_annual", "form: school_anual"), "没有报表“school_anual”"),
    "一组": (("sheet: students", "indicator: x\n  sheet: students"), "没有写明改动的是哪一个值"),
    "上下限": (("min: 0", "min: 5\n      max: 3"), "大于 max 3"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_is_wrong_with_a_field_is_told_on_its_line(
    fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (before, after), said = BROKEN[fault]
    assert before in RULES
    (tmp_path / "x.yaml").write_text(RULES.replace(before, after), encoding="utf-8")
    with pytest.raises(SystemExit) as end:
        main(["catalogue", "check", str(tmp_path)])
    told = capsys.readouterr().out
    assert end.value.code == 1
    assert said in told
    assert "x.yaml 第 " in told
