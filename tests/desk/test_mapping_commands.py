"""``xianxue returns map``: proposed, decided, kept, and put into workbooks. All tables are 虚构."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import openpyxl
import pytest

from xianxue.desk.cli import main

CENTRAL, POINT = "2163980001", "2163980002"
NINE, MIDDLE = "3163980001", "3163980002"
"""The four schools of the example: 东河镇中心小学, 西山乡云上教学点, 西山乡九年一贯制学校, 东河镇初级中学."""


def book(path: Path, *lines, merged=(), tab="汇总") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = tab
    for line in lines:
        sheet.append(line)
    for cells in merged:
        sheet.merge_cells(cells)
    made.save(path)
    return path


class Desk:
    """A workspace of four schools, and the commands given in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.root = folder / "four"
        self.capsys = capsys
        self.run("init", self.root, "--example", "four_schools")

    def run(self, *words: object, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        said = self.capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    def map(self, path: Path, *words: object, code: int = 0) -> str:
        return self.run("returns", "map", path, "--workspace", self.root, *words, code=code)

    def data(self, path: Path, *words: object, code: int = 0) -> dict:
        return json.loads(self.map(path, "--json", *words, code=code))

    def filled(self, place: str, folder: str = "out") -> openpyxl.Workbook:
        (found,) = (self.folder / folder).glob(f"{place}_*.xlsx")
        return openpyxl.load_workbook(found)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def summary(folder: Path, *more) -> Path:
    """One line a school, grades as columns, money in 万元 and ground in 亩."""
    return book(
        folder / "汇总.xlsx",
        ["虚构县各校数据汇总"],
        [
            "学校",
            "教学仪器设备值（万元）",
            "运动场地面积（亩）",
            "图书册数",
            "一年级",
            None,
            "七年级",
        ],
        [None, None, None, None, "在校生数", "女生", "在校生数"],
        ["东河镇中心小学", 85.5, 15, "12,000", 40, 19, 0],
        ["西山乡九年一贯制学校", 60, 20, 9000, 20, 9, 30],
        ["东河镇初级中学", 120, None, 20000, None, None, 200],
        *more,
        merged=["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2"],
    )


def codes_of(data: dict) -> list[str]:
    return [issue["code"] for issue in data["issues"]]


def cell(workbook: openpyxl.Workbook, tab: str, label: str, head: str):
    """The answer of an item, or of a row's label below a header."""
    sheet = workbook[tab]
    heads = [each.value for each in sheet[1]]
    row = next(line for line in sheet.iter_rows() if line[0].value == label)
    return row[heads.index(head)].value


def test_a_sure_table_is_clean_and_its_columns_are_told(desk: Desk, tmp_path: Path):
    data = desk.data(summary(tmp_path))
    (table,) = data["tables"]
    assert {each["column"]: each["field"] for each in table["columns"]} == {
        "A": "name",
        "B": "premises.equipment_value",
        "C": "premises.outdoor_sports_area",
        "D": "premises.books",
        "E": "students.G1.enrolled",
        "F": "students.G1.girls",
        "G": "students.G7.enrolled",
    }
    assert {each["certainty"] for each in table["columns"]} == {"sure"}
    assert table["columns"][1]["conversion"] == "1 万元＝10000 元"
    missing = {each["field"]: each["rows"] for each in table["missing"]}
    assert missing["staff.teachers"] == []
    assert "一年级" not in missing["students.enrolled"]
    assert "八年级" in missing["students.enrolled"]
    assert "basic.school_type" not in missing
    assert "premises.books" not in missing


def test_no_workspace_is_needed_to_look(tmp_path, desk: Desk, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = desk.run("returns", "map", summary(tmp_path))
    assert "共 7 列：有把握 7。" in said
    assert "必填而这张表里没有的" in said
    desk.run("returns", "map", summary(tmp_path), "--apply", "-o", tmp_path / "x", code=2)


def test_values_stand_in_the_schools_workbooks(desk: Desk, tmp_path: Path):
    data = desk.data(summary(tmp_path), "--apply", "-o", tmp_path / "out")
    assert [each["place"] for each in data["written"]] == [CENTRAL, NINE, MIDDLE]
    central = desk.filled(CENTRAL)
    assert cell(central, "校舍与设备", "教学仪器设备值", "填写") == 855000
    assert cell(central, "校舍与设备", "运动场地面积", "填写") == 10000
    assert cell(central, "校舍与设备", "图书", "填写") == 12000
    assert cell(central, "学生", "一年级", "在校生数") == 40
    # What the register knows is there, what nobody said is blank: never a nought.
    assert cell(central, "学校基本情况", "学校标识码", "填写") == CENTRAL
    assert cell(central, "学生", "二年级", "在校生数") is None
    assert cell(desk.filled(MIDDLE), "校舍与设备", "运动场地面积", "填写") is None
    # 20 亩 are 13333.33… square metres.
    assert cell(desk.filled(NINE), "校舍与设备", "运动场地面积", "填写") == 13333.33
    assert cell(desk.filled(NINE), "学生", "七年级", "在校生数") == 30
    assert set(codes_of(data)) == {"R-MAP-AROUND", "R-MAP-UNIT", "R-MAP-ZERO"}


def test_every_value_leads_back_to_its_cell(desk: Desk, tmp_path: Path):
    data = desk.data(summary(tmp_path), "--apply", "-o", tmp_path / "out")
    with (tmp_path / "out" / "对应清单.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == sum(each["cells"] for each in data["written"])
    (one,) = [
        line for line in lines if line["学校代码"] == CENTRAL and line["项目"] == "教学仪器设备值"
    ]
    assert (one["来源格"], one["原文"], one["换算"]) == ("B4", "85.5", "万元×10000")


def test_the_workbooks_are_checked_as_any_other(desk: Desk, tmp_path: Path):
    """No complaint of the reader's: the files are the templates, filled in."""
    desk.map(summary(tmp_path), "--apply", "-o", tmp_path / "out")
    files = sorted((tmp_path / "out").glob("*.xlsx"))
    said = desk.run("returns", "check", *files, "--workspace", desk.root, "--json", code=1)
    codes = {issue["code"] for issue in json.loads(said)}
    assert not codes & {"R-SCHEMA", "R-STRUCTURE", "R-REGISTER", "R-HEAD", "R-CELL-EXTRA"}


def test_what_does_not_fit_goes_on_as_it_is_and_is_complained_of(desk: Desk, tmp_path: Path):
    path = summary(
        tmp_path,
        ["西山乡云上教学点", 0.56789012345, "约3", "三百册", 5, 2, 4],
        ["虚构外县小学", 1, 1, 1, 1, 1, 1],
        ["合计", 1, 1, 1, 1, 1, 1],
    )
    data = desk.data(path, "--yes", "--apply", "-o", tmp_path / "out", code=1)
    point = desk.filled(POINT)
    assert cell(point, "校舍与设备", "教学仪器设备值", "填写") == "0.56789012345万元"
    assert cell(point, "校舍与设备", "运动场地面积", "填写") == "约3"
    assert cell(point, "校舍与设备", "图书", "填写") == "三百册"
    told = {(issue["code"], issue["cell"]) for issue in data["issues"]}
    assert told >= {
        ("R-MAP-VALUE", "B7"),
        ("R-MAP-VALUE", "C7"),
        ("R-MAP-VALUE", "D7"),
        ("R-MAP-UNASKED", "G7"),
        ("R-MAP-PLACE", "A8"),
    }
    assert not any(cell == "A9" for _, cell in told)  # sums are no school
    (unasked,) = [issue for issue in data["issues"] if issue["code"] == "R-MAP-UNASKED"]
    assert (unasked["place"], unasked["field"]) == (POINT, "students.G7.enrolled")


def test_what_is_not_decided_is_neither_kept_nor_written(desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "表.xlsx",
        ["学校代码", "图书册数", "食堂面积"],
        [CENTRAL, 100, 30],
        [NINE, 200, 40],
    )
    data = desk.data(path, "--save", "--apply", "-o", tmp_path / "out", code=1)
    assert codes_of(data) == ["R-MAP-OPEN"]
    assert data["issues"][0]["cell"] == "C1"
    assert (data["kept"], data["written"]) == ([], [])
    assert not (tmp_path / "out").exists()
    assert not (desk.root / "mappings").exists()

    data = desk.data(path, "--skip", "C", "--save", "--apply", "-o", tmp_path / "out")
    assert len(data["kept"]) == 1
    assert [each["place"] for each in data["written"]] == [CENTRAL, NINE]


def test_a_kept_mapping_is_known_again(desk: Desk, tmp_path: Path):
    lines = [["校代码", "藏书", "食堂面积"], [CENTRAL, 100, 30], [NINE, 200, 40]]
    one = book(tmp_path / "一.xlsx", *lines)
    sets = ("--set", "A=school_code", "--set", "B=premises.books", "--skip", "c")
    desk.data(one, code=1)
    (kept,) = desk.data(one, *sets, "--save")["kept"]

    other = book(tmp_path / "二.xlsx", *[line[::-1] for line in lines], tab="另一张")
    (table,) = desk.data(other)["tables"]
    assert table["mapping"] == kept
    assert [(each["field"], each["certainty"]) for each in table["columns"]] == [
        ("", "skipped"),
        ("premises.books", "decided"),
        ("school_code", "decided"),
    ]
    data = desk.data(other, "--apply", "-o", tmp_path / "out")
    assert [each["place"] for each in data["written"]] == [CENTRAL, NINE]
    # Kept once, it is not kept again.
    assert desk.data(other, "--save")["kept"] == []


def test_keeping_is_a_deed(desk: Desk, tmp_path: Path):
    desk.map(summary(tmp_path), "--save", "--as", "统计员（虚构）")
    said = desk.run("journal", "show", "--workspace", desk.root)
    assert "保存列对应" in said
    assert "统计员（虚构）" in said
    desk.run("journal", "verify", "--workspace", desk.root)


def test_a_card_that_no_longer_fits_is_told_with_its_line(desk: Desk, tmp_path: Path):
    desk.map(summary(tmp_path), "--save")
    (card,) = (desk.root / "mappings").glob("*.yaml")
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("premises.books", "premises.book"), encoding="utf-8")
    said = desk.map(summary(tmp_path), code=1)
    assert "《学校年度报表》里没有“premises.book”" in said
    assert "第 9 行" in said


def test_a_unit_above_the_table_that_changed_is_asked_again(desk: Desk, tmp_path: Path):
    def table(name: str, unit: str) -> Path:
        return book(
            tmp_path / name,
            ["设备统计", None],
            [f"单位：{unit}", None],
            ["学校代码", "教学仪器设备值"],
            [CENTRAL, 85.5],
            [NINE, 60],
        )

    data = desk.data(table("一.xlsx", "万元"), "--save", "--apply", "-o", tmp_path / "out")
    assert cell(desk.filled(CENTRAL), "校舍与设备", "教学仪器设备值", "填写") == 855000
    assert len(data["kept"]) == 1
    data = desk.data(table("二.xlsx", "元"), code=1)
    (column,) = [each for each in data["tables"][0]["columns"] if each["column"] == "B"]
    assert column["certainty"] == "ask"
    assert column["doubt"] == "上次的单位是万元，这次写的是元"


def test_a_unit_that_nobody_says_changes_nothing(desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "表.xlsx",
        ["学校代码", "教学仪器设备值"],
        [CENTRAL, 85.5],
        [NINE, 60],
    )
    desk.data(path, "--apply", "-o", tmp_path / "out")
    assert cell(desk.filled(CENTRAL), "校舍与设备", "教学仪器设备值", "填写") == 85.5


def test_several_lines_a_school(desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "分年级.xlsx",
        ["学校名称", "年级", "在校生数", "女生数"],
        ["东河镇中心小学", "一年级", 40, 19],
        [None, "2年级", 42, 20],
        [None, "合计", 82, 39],
        ["西山乡云上教学点", "一年级", 5, 2],
        ["西山乡云上教学点", "合计", 9, 2],
        ["西山乡云上教学点", "二年级", 4, None],
        ["西山乡云上教学点", "学前班", 4, 1],
        merged=["A2:A4"],
    )
    data = desk.data(path, "--yes", "--apply", "-o", tmp_path / "out", code=1)
    central, point = desk.filled(CENTRAL), desk.filled(POINT)
    assert cell(central, "学生", "二年级", "在校生数") == 42
    assert cell(point, "学生", "二年级", "在校生数") == 4
    assert cell(point, "学生", "二年级", "其中女生") is None
    told = {issue["code"]: issue["cell"] for issue in data["issues"]}
    assert told["R-MAP-ROW"] == "B8"
    assert told["R-MAP-TOTAL"] == "B6"
    (around,) = [issue for issue in data["issues"] if issue["code"] == "R-MAP-AROUND"]
    assert "B4、C4、D4" in around["saw"]


def test_lines_of_a_list(desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "班级.xlsx",
        ["学校代码", "年级", "班级名称", "班级人数"],
        [CENTRAL, "一年级", "一（1）班", 40],
        [CENTRAL, "一年级", "一（2）班", 41],
        [POINT, "二年级", "二（1）班", 4],
    )
    desk.data(path, "--apply", "-o", tmp_path / "out")
    lines = [
        tuple(each.value for each in line[:3])
        for line in desk.filled(CENTRAL)["班级"].iter_rows(min_row=4, max_row=6)
    ]
    assert lines == [("一年级", "一（1）班", 40), ("一年级", "一（2）班", 41), (None, None, None)]


def test_several_files_meet_in_one_workbook_and_are_compared(desk: Desk, tmp_path: Path):
    one = book(tmp_path / "一.xlsx", ["学校代码", "图书册数"], [CENTRAL, 100], [NINE, 200])
    other = book(
        tmp_path / "二.xlsx",
        ["学校名称", "图书册数", "校舍建筑面积"],
        ["东河镇中心小学", 100, 5200],
        ["西山乡九年一贯制学校", 201, 4000],
    )
    data = desk.data(one, other, "--yes", "--apply", "-o", tmp_path / "out", code=1)
    central, nine = desk.filled(CENTRAL), desk.filled(NINE)
    assert cell(central, "校舍与设备", "图书", "填写") == 100
    assert cell(central, "校舍与设备", "校舍建筑面积", "填写") == 5200
    # Two answers to one question: neither is chosen, and the check will not let it pass.
    assert cell(nine, "校舍与设备", "图书", "填写") == "200／201"
    (twice,) = [issue for issue in data["issues"] if issue["code"] == "R-MAP-TWICE"]
    assert (twice["severity"], twice["place"]) == ("must_fix", NINE)
    assert "一.xlsx〔汇总〕B3" in twice["saw"]
    assert "二.xlsx〔汇总〕B3" in twice["saw"]


def test_what_could_be_several_rows_is_not_divided(desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "教师.xlsx", ["学校代码", "编制数"], [CENTRAL, 41], [NINE, 36], [MIDDLE, 50]
    )
    data = desk.data(path, "--yes", "--apply", "-o", tmp_path / "out", code=1)
    assert cell(desk.filled(CENTRAL), "教职工", "编制数", "小学") == 41
    assert cell(desk.filled(NINE), "教职工", "编制数", "小学") is None
    (split,) = [issue for issue in data["issues"] if issue["code"] == "R-MAP-SPLIT"]
    assert (split["place"], split["cell"]) == (NINE, "B3")


def test_a_code_beside_another_schools_name_is_not_read(desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "表.xlsx",
        ["学校代码", "学校名称", "图书册数"],
        [CENTRAL, "东河镇中心小学", 100],
        [NINE, "东河镇初级中学", 200],
        ["04001", "东河镇初级中学", 300],
    )
    data = desk.data(path, "--yes", "--apply", "-o", tmp_path / "out", code=1)
    assert [each["place"] for each in data["written"]] == [CENTRAL, MIDDLE]
    (place,) = [issue for issue in data["issues"] if issue["code"] == "R-MAP-PLACE"]
    assert (place["cell"], "西山乡九年一贯制学校" in place["saw"]) == ("A3", True)


def test_nothing_that_is_there_is_overwritten(desk: Desk, tmp_path: Path):
    desk.map(summary(tmp_path), "--apply", "-o", tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    data = desk.data(summary(tmp_path), "--apply", "-o", tmp_path / "out", code=1)
    assert data["written"] == []
    assert codes_of(data).count("R-MAP-THERE") == len(before)
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}


def test_a_table_that_names_no_school_is_one_schools_or_nobodys(desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "本校.xlsx",
        ["年级", "在校生数", "女生数"],
        ["一年级", 40, 19],
        ["二年级", 42, 20],
        ["三年级", 41, 21],
    )
    data = desk.data(path, "--apply", "-o", tmp_path / "out", code=1)
    assert "R-MAP-WHOSE" in codes_of(data)
    assert data["written"] == []
    desk.data(path, "--place", CENTRAL, "--apply", "-o", tmp_path / "out")
    assert cell(desk.filled(CENTRAL), "学生", "三年级", "其中女生") == 21


def test_the_countys_own_form(desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "人口.xlsx",
        ["周岁", "人口数"],
        *([f"{age}周岁", 1000 + age] for age in range(3, 7)),
    )
    data = desk.data(path, "--form", "county_annual", "--yes", "--apply", "-o", tmp_path / "out")
    assert [each["place"] for each in data["written"]] == ["639800"]


def test_formulas_are_written_as_words(desk: Desk, tmp_path: Path):
    made = openpyxl.Workbook()
    made.active.append(["学校代码", "所在乡镇"])
    for code in (CENTRAL, NINE):
        made.active.append([code, "=1+1"])
        made.active.cell(made.active.max_row, 2).data_type = "s"
    made.save(tmp_path / "表.xlsx")
    desk.data(tmp_path / "表.xlsx", "--apply", "-o", tmp_path / "out", "--yes")
    workbook = desk.filled(CENTRAL)
    found = next(
        line[3] for line in workbook["学校基本情况"].iter_rows() if line[0].value == "所在乡镇"
    )
    assert (found.value, found.data_type) == ("=1+1", "s")
    trail = (tmp_path / "out" / "对应清单.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in trail


def test_a_school_without_a_number_gets_no_workbook_and_is_named(desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "表.xlsx", ["学校代码", "图书册数"], [CENTRAL, 100], [NINE, None], [MIDDLE, 0]
    )
    data = desk.data(path, "--apply", "-o", tmp_path / "out")
    assert [each["place"] for each in data["written"]] == [CENTRAL, MIDDLE]
    assert cell(desk.filled(MIDDLE), "校舍与设备", "图书", "填写") == 0
    (empty,) = [issue for issue in data["issues"] if issue["code"] == "R-MAP-EMPTY"]
    assert (empty["cell"], "第 3 行" in empty["saw"]) == ("A3", True)


def test_a_workbook_of_ours_needs_no_mapping(desk: Desk, tmp_path: Path):
    target = tmp_path / "模板.xlsx"
    words = ("school_annual", "--place", POINT, "-o", target, "--workspace", desk.root)
    desk.run("returns", "template", *words)
    data = desk.data(target, code=1)
    assert (codes_of(data), data["tables"]) == (["R-MAP-OWN"], [])


@pytest.mark.parametrize(
    ("name", "tables", "found"),
    [
        ("chengdu_senior_schools_2023.xlsx", 2, 2),
        ("malaysia_schools_2015.xlsx", 1, 2),
        ("balance_forms_shenyang.xlsx", 8, 4),
    ],
)
def test_published_workbooks_are_looked_at_whole(name, tables, found, desk: Desk, shared_dir: Path):
    """Every table and every column is told; nothing can be put into schools that are not ours."""
    path = shared_dir / "data" / name
    if not path.is_file():
        pytest.skip(f"the folder `shared` holds no {name}")
    data = desk.data(path, code=1)
    columns = [each for table in data["tables"] for each in table["columns"]]
    assert len(data["tables"]) == tables
    assert sum(bool(each["field"]) for each in columns) == found
    assert all(each["field"] or each["doubt"] for each in columns)
    data = desk.run(
        "returns",
        "map",
        path,
        "--workspace",
        desk.root,
        "--yes",
        "--apply",
        "-o",
        desk.folder / "out",
        code=2 if tables < 8 else 1,
    )
    assert not (desk.folder / "out").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--set", "Z=premises.books"], "没有可读的 Z 列"),
        (["--set", "B"], "写作 列=项目"),
        (["--set", "B=premises.book"], "没有“premises.book”"),
        (["--set", "B=premises.books", "--skip", "B"], "又要读又不读"),
        (["--sheet", "别的"], "没有工作表“别的”"),
        (["--form", "none"], "没有报表“none”"),
        (["--sheet-of", "none"], "没有分表“none”"),
        (["--apply"], "--apply 和 -o 一起用"),
        (["--set", "B=students.enrolled", "--set", "C=premises.books"], "不能放在一起"),
    ],
)
def test_misuse_is_told(words, said, desk: Desk, tmp_path: Path):
    assert said in desk.map(summary(tmp_path), *words, code=2)


def test_on_a_terminal_each_unsure_column_is_asked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = book(
        tmp_path / "表.xlsx",
        ["学校代码", "专任教师", "举办者类型", "食堂面积"],
        [CENTRAL, 100, None, 30],
        [NINE, 200, None, 40],
    )
    answers = iter(["staff.primary.teachers", "-", "y"])

    def answer(*_words: object, **_more: object) -> str:
        return next(answers)

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.prompt", answer)
    monkeypatch.setattr("click.confirm", lambda *_, **__: next(answers) == "y")
    said = desk.map(path, "--save")
    assert "不认识的 1 列：D 食堂面积" in said
    (card,) = (desk.root / "mappings").glob("*.yaml")
    text = card.read_text(encoding="utf-8")
    assert '{column: "专任教师", field: "staff.primary.teachers"}' in text
    assert "举办者类型" in text.partition("skipped:")[2]
    assert list(answers) == []


# ── files that people send: 虚构, each kind of fault in its smallest form ──────


def lines(path: Path, *rows) -> Path:
    path.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    return path


def trail(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Source cell to place, field's term and what was read there."""
    text = (folder / "对应清单.csv").read_text(encoding="utf-8-sig")
    return {
        each["来源格"]: (each["学校代码"], each["项目"], each["换算"])
        for each in csv.DictReader(text.splitlines())
    }


def test_two_units_of_one_kind_are_asked_whatever_else_is_agreed(desk: Desk, tmp_path: Path):
    """``--yes`` does not settle what changes a value six-hundredfold; ``--unit`` does."""
    path = lines(
        tmp_path / "场地.csv", ["场地表"], ["单位：平方米、亩"],
        ["单位名称", "运动场地面积", "图书"], ["东河镇中心小学", 15, 900], ["东河镇初级中学", 30, 800],
    )  # fmt: skip
    out = tmp_path / "out"
    said = desk.map(path, "--yes", "--apply", "-o", out, code=1)
    assert "看不出这一列是哪一个" in said
    assert "--unit B=单位" in said
    assert not out.exists()
    assert "换算不成" in desk.map(path, "--unit", "B=万元", code=2)
    assert "没有单位可写" in desk.map(path, "--skip", "B", "--unit", "B=亩", code=2)
    desk.map(path, "--yes", "--unit", "B=亩", "--save", "--apply", "-o", out)
    assert trail(out)["B4"] == (CENTRAL, "运动场地面积", "亩×2000/3")
    # What was said is kept with the mapping.
    desk.map(path, "--apply", "-o", tmp_path / "again")
    assert trail(tmp_path / "again")["B5"][2] == "亩×2000/3"


def test_map_reads_a_cell_as_check_does(desk: Desk, tmp_path: Path):
    path = lines(
        tmp_path / "带字.csv", ["单位名称", "教学仪器设备值（万元）", "网络多媒体教室"],
        ["东河镇中心小学", "85.5万元", "共14间"], ["东河镇初级中学", "85.5元", "约18"],
    )  # fmt: skip
    out = tmp_path / "out"
    said = desk.map(path, "--yes", "--apply", "-o", out, code=1)
    assert "“85.5万元”，写了数量单位，按 855000 元采用" in said
    assert "“共14间”，带了文字，按 14 采用" in said
    # Another unit than the column's, or no exact number, is not read.
    assert "“85.5元”" in said
    assert "“约18”，不是准确的数" in said
    values = {cell.value for row in desk.filled(CENTRAL)["校舍与设备"].iter_rows() for cell in row}
    assert {855000, 14} <= values


def test_a_form_with_one_item_a_row_is_one_schools(desk: Desk, tmp_path: Path):
    path = lines(
        tmp_path / "条件.csv", ["办学条件表"], ["项目", "单位", "数值"],
        ["校舍建筑面积", "平方米", 3000], ["教学仪器设备值", "千元", 12], ["图书", "册", 900],
    )  # fmt: skip
    out = tmp_path / "out"
    assert "分不出是哪所学校" in desk.map(path, "--yes", "--apply", "-o", out, code=1)
    data = desk.data(path, "--place", CENTRAL, "--skip", "5")["tables"][0]
    assert data["item_a_row"] is True
    assert [each["column"] for each in data["columns"]] == ["3", "4", "5"]
    desk.map(path, "--place", CENTRAL, "--skip", "5", "--yes", "--apply", "-o", out)
    found = trail(out)
    assert found["C4"] == (CENTRAL, "教学仪器设备值", "千元×1000")
    assert "C5" not in found


def test_schools_stand_side_by_side_in_a_turned_table(desk: Desk, tmp_path: Path):
    path = lines(
        tmp_path / "横排.csv", ["指标", "计量单位", "东河镇中心小学", "东河镇初级中学", "合计"],
        ["校舍建筑面积", "平方米", 3000, 4000, 7000], ["图书", "册", 900, 800, 1700],
        ["教学仪器设备值", "元", 500, 600, 1100],
    )  # fmt: skip
    out = tmp_path / "out"
    desk.map(path, "--yes", "--apply", "-o", out)
    found = trail(out)
    assert found["C2"][:2] == (CENTRAL, "校舍建筑面积")
    assert found["D3"][:2] == (MIDDLE, "图书")
    assert not any(cell.startswith("E") for cell in found)


def test_the_register_knows_whose_a_column_of_names_is(desk: Desk, tmp_path: Path):
    """And a header that names something else is no column of whose rows they are."""
    rows = [["东河镇中心小学", 900], ["东河镇初级中学", 800], ["西山乡九年一贯制学校", 700]]
    named = lines(tmp_path / "甲.csv", ["受检对象", "图书"], *rows)
    assert desk.data(named)["tables"][0]["columns"][0]["field"] == "name"
    other = lines(tmp_path / "乙.csv", ["对口帮扶学校", "图书"], *rows)
    assert desk.data(other, code=1)["tables"][0]["columns"][0]["field"] == ""


@pytest.mark.parametrize("answer", ["", "read", "skip"])
def test_what_is_hidden_is_named_and_asked_about(answer, desk: Desk, tmp_path: Path):
    path = book(
        tmp_path / "藏.xlsx", ["学校代码", "图书", "教学仪器设备值（元）"],
        [CENTRAL, 900, 5000], [MIDDLE, 800, 6000], [NINE, 700, 7000],
    )  # fmt: skip
    made = openpyxl.load_workbook(path)
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["C"].hidden = True
    made.save(path)
    out = tmp_path / "out"
    more = ["--hidden", answer] if answer else []
    said = desk.map(path, "--yes", "--apply", "-o", out, *more, code=0 if answer else 1)
    assert "第 3 行、C 列是隐藏的" in said
    if not answer:
        assert "--hidden skip" in said
        assert not out.exists()
        return
    assert ("B3" in trail(out)) == ("C2" in trail(out)) == (answer == "read")
    assert "B2" in trail(out)


def test_a_hidden_sheet_is_not_read_in_silence(desk: Desk, tmp_path: Path):
    path = book(tmp_path / "藏.xlsx", ["学校代码", "图书"], [CENTRAL, 900], [MIDDLE, 800])
    made = openpyxl.load_workbook(path)
    last = made.copy_worksheet(made.active)
    last.title = "上年"
    last.sheet_state = "hidden"
    made.save(path)
    said = desk.map(path, "--yes", "--apply", "-o", tmp_path / "out", code=1)
    assert "〔上年〕" in said
    assert "整张工作表是隐藏的" in said
    desk.map(path, "--hidden", "skip", "--yes", "--apply", "-o", tmp_path / "out")
    assert set(trail(tmp_path / "out")) == {"B2", "B3"}


def test_what_nobody_recognised_is_named_when_the_rest_is_written(desk, tmp_path):
    lines = [
        ("序号", "学校名称", "校舍建筑面积（平方米）", "占地情况", "校舍照片"),
        (1, "东河镇中心小学", 3250, "自有", "有"),
        (2, "东河镇初级中学", 4100, "租用", "无"),
    ]
    path = book(tmp_path / "虚构.xlsx", *lines)
    # The line numbers are not named, nor is what somebody has left out himself.
    told = desk.map(path, "--skip", "E", "--yes", "--apply", "-o", tmp_path / "out")
    assert "虚构.xlsx〔汇总〕有 1 列没有写：D“占地情况”。" in told
