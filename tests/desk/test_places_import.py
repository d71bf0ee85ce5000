"""``xianxue places template`` and ``import``: a register from Excel, WPS or an export.

All names are invented (虚构).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from xianxue.desk.cli import main
from xianxue.desk.stores.roster import read_roster
from xianxue.desk.workspace import Workspace

EXPORT = """\
虚构县学校（机构）名单,,,,,,,,
序号,学校（机构）标识码,学校（机构）名称,学校（机构）办学类型,学校（机构）举办者,驻地城乡类型,建校年月,所属乡镇,乡镇代码
1,2163990001,东河小学（虚构）,小学,公办,镇区,1998年9月,东河镇,639900101
2,3163990002,东河初中（虚构）,初中,县级教育部门,121,1998/9/1,东河镇,639900101
3,1163990003,西山幼儿园（虚构）,幼儿园,民办,村庄,二〇一五年九月一日,西山乡,639900201203
4,3163990004,县中学（虚构）,完中,公办,城区,1960,县直,
合计,,4 所,,,,,,
填表人：某某　　联系电话：
"""

Run = Callable[..., str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command beside an empty workspace ``w``."""
    monkeypatch.chdir(tmp_path)

    def running(*words: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as end:
            main(list(words))
        said = capsys.readouterr()
        assert end.value.code == code, said
        return said.out + said.err

    running("init", "w", "--county", "639900")
    monkeypatch.chdir(tmp_path / "w")
    return running


def listed() -> dict[str, tuple[str, str, str, str, str]]:
    opened = Workspace.open(None)
    found = {}
    for place in opened.register:
        kind = place.history[-1] if place.history else None
        told = (kind.school_type, kind.sponsor, str(kind.valid_from)) if kind else ("", "", "")
        found[place.code] = (place.name, place.parent, *told)
    return found


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig"])
def test_an_export_is_taken_whole(run: Run, encoding: str) -> None:
    Path("名单.csv").write_bytes(EXPORT.encode(encoding))
    said = run("places", "import", "名单.csv")
    assert "新登记学校 4 所、乡镇 2 个；已在名册、没有变化的 0 行。" in said
    assert "“公办”按举办者“县级教育部门”（831）登记。" in said
    assert "建校日期“1960”按 1960-09-01 登记。" in said
    assert listed() == {
        "639900": ("本县", "", "", "", ""),
        "639900101": ("东河镇", "639900", "", "", ""),
        "639900201": ("西山乡", "639900", "", "", ""),
        "2163990001": ("东河小学（虚构）", "639900101", "211", "831", "1998-09-01"),
        "3163990002": ("东河初中（虚构）", "639900101", "311", "831", "1998-09-01"),
        "1163990003": ("西山幼儿园（虚构）", "639900201", "111", "999", "2015-09-01"),
        "3163990004": ("县中学（虚构）", "639900", "341", "831", "1960-09-01"),
    }


def test_the_same_list_again_changes_nothing(run: Run) -> None:
    Path("名单.csv").write_text(EXPORT, encoding="utf-8")
    run("places", "import", "名单.csv")
    before = Path("places.csv").read_bytes()
    assert "新登记学校 0 所、乡镇 0 个；已在名册、没有变化的 4 行。" in run(
        "places", "import", "名单.csv"
    )
    assert Path("places.csv").read_bytes() == before


def test_one_fault_and_nothing_is_written(run: Run) -> None:
    """All faults in one pass, each on its cell, also in the marked copy."""
    lines = EXPORT.replace("2163990001", "21639900").replace("村庄", "山上").encode("gbk")
    Path("名单.csv").write_bytes(lines)
    before = Path("places.csv").read_bytes()
    said = run("places", "import", "名单.csv", "--marked", "标注", code=1)
    assert "名单.csv B3：东河小学（虚构）的代码填了“21639900”，有 8 位" in said
    assert "名单.csv F5：城乡分类填了“山上”；要求：城乡分类的名称或代码" in said
    assert "没有写入。" in said
    assert Path("places.csv").read_bytes() == before
    book = openpyxl.load_workbook("标注/名单_校验.xlsx")
    noted = {
        cell.coordinate: cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    assert "有 8 位" in noted["B3"]
    assert "山上" in noted["F5"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("名称,代码,类型\n甲校,2163990001,小学\n", "甲校没有建校日期，也没有起始日期"),
        (
            "名称,代码,类型,建校年份,乡镇\n甲校,2163990001,小学,1990,南镇\n乙校,2163990002,小学,1990,南镇\n",
            "名册里没有乡镇“南镇”（2 所学校）",
        ),
        (
            "名称,代码,类型,建校年份\n甲校,2163990001,小学,1990\n乙校,2163990001,小学,1990\n",
            "C3：代码 2163990001 与 B2 重复",
        ),
        ("名称,代码,类型,建校年份\n甲校,2163990001,,1990\n", "甲校没有填办学类型"),
        ("名称,代码,类型,建校年份\n甲校,,小学,1990\n", "甲校没有填代码"),
        ("名称,代码,类型,建校年份\n,2163990001,小学,1990\n", "没有填名称"),
        ("名称,代码,类型,建校年份\n别县,639800,,\n", "县的代码填了“639800”"),
        (
            "名称,代码,办学类型代码,办学类型名称,建校年份\n甲校,2163990001,211,初中,1990\n",
            "办学类型有两列，写的不一样：“211”、“初中”",
        ),
        ("年级,人数\n一年级,40\n", "没有找到学校名册的表头"),
        ("名称,代码,类型\n", "名册里一行也没有"),
        (
            "名称,代码,类型,建校年份,停办日期\n甲校,2163990001,小学,1990,很久以前\n",
            "停办日期填了“很久以前”",
        ),
    ],
)
def test_what_is_lacking_or_contradicts_is_said(run: Run, lines: str, said: str) -> None:
    Path("名单.csv").write_text(lines, encoding="utf-8")
    assert said.removeprefix("C3：") in run("places", "import", "名单.csv", code=1)
    assert set(listed()) == {"639900"}


def test_since_gives_the_day_that_the_list_does_not(run: Run) -> None:
    Path("名单.csv").write_text("名称,代码,类型\n甲校,2163990001,小学\n", encoding="utf-8")
    run("places", "import", "名单.csv", "--since", "2020-09-01")
    assert listed()["2163990001"] == ("甲校", "639900", "211", "", "2020-09-01")


def test_a_trial_writes_nothing(run: Run) -> None:
    Path("名单.csv").write_text(EXPORT, encoding="utf-8")
    assert "试算通过，没有写入。" in run("places", "import", "名单.csv", "--dry-run")
    assert set(listed()) == {"639900"}


def test_a_list_that_says_otherwise_than_the_register_is_not_taken(run: Run) -> None:
    """What changed is an event with its day and reason; a slip is mended where it stands."""
    Path("名单.csv").write_text(EXPORT, encoding="utf-8")
    run("places", "import", "名单.csv")
    Path("新.csv").write_text(
        "名称,代码,类型,乡镇\n东河学校（虚构）,2163990001,九年制,西山乡\n", encoding="utf-8"
    )
    said = run("places", "import", "新.csv", code=1)
    assert "东河小学（虚构）的学校名称是“东河学校（虚构）”，名册里是“东河小学（虚构）”" in said
    assert "东河小学（虚构）的办学类型是“九年一贯制学校”，名册里是“小学”" in said
    assert "东河小学（虚构）的上级代码是“西山乡”，名册里是“东河镇”" in said
    assert "xianxue places record" in said
    assert listed()["2163990001"][2] == "211"


def test_replace_is_for_a_register_nothing_rests_on(run: Run) -> None:
    Path("名单.csv").write_text(EXPORT, encoding="utf-8")
    run("places", "import", "名单.csv")
    Path("新.csv").write_text(
        "名称,代码,类型,建校年份\n甲校,2163990009,小学,1990\n", encoding="utf-8"
    )
    run("places", "import", "新.csv", "--replace")
    assert set(listed()) == {"639900", "2163990009"}
    Path("store/cabinet").mkdir(parents=True)
    said = run("places", "import", "名单.csv", "--replace", code=2)
    assert "名册已经在用" in said
    assert set(listed()) == {"639900", "2163990009"}


def test_the_template_is_filled_in_and_comes_back(run: Run) -> None:
    """Drop-downs for every list; the example line is no school; codes are kept as texts."""
    run("places", "template", "-o", "名册.xlsx")
    assert "已经有了" in run("places", "template", "-o", "名册.xlsx", code=2)
    book = openpyxl.load_workbook("名册.xlsx")
    assert book.sheetnames[:3] == ["说明", "乡镇", "学校"]
    schools = book["学校"]
    heads = [cell.value for cell in schools[1]]
    rules = schools.data_validations.dataValidation
    chosen = {heads[cells.min_col - 1] for rule in rules for cells in rule.sqref.ranges}
    assert chosen == {"所属乡镇", "办学类型", "举办者", "城乡分类", "寄宿制"}
    terms = {str(cell.value) for row in book["_codes"] for cell in row}
    assert {"九年一贯制学校", "民办", "镇区"} <= terms
    book["乡镇"].append(["639900101", "东河镇"])
    schools.append(
        ["2163990001", "东河小学（虚构）", "东河镇", "小学", "民办", "镇区", "是", "1998年9月"]
    )
    book.save("名册.xlsx")
    assert "新登记学校 1 所、乡镇 1 个" in run("places", "import", "名册.xlsx")
    assert listed()["2163990001"] == (
        "东河小学（虚构）",
        "639900101",
        "211",
        "999",
        "1998-09-01",
    )
    run("places", "template", "-o", "再来.xlsx")
    again = openpyxl.load_workbook("再来.xlsx")
    assert [cell.value for cell in again["乡镇"][2]] == ["639900101", "东河镇"]


def test_numbers_and_days_of_a_workbook_are_read(run: Run) -> None:
    """A clerk's own workbook: codes as numbers, days as days, a title above, a second sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["虚构县学校一览表"])
    sheet.append(["学校名称", "学校代码", "学校类型", "性质", "建校时间"])
    from datetime import datetime  # noqa: PLC0415 - a spreadsheet's day

    sheet.append(["甲校（虚构）", 2163990001, 211, "公办", datetime(1990, 9, 1)])  # noqa: DTZ001
    sheet.append(["乙校（虚构）", 2163990002, "小学", "私立", 33117])
    book.create_sheet("备注").append(["没有表的一页"])
    target = BytesIO()
    book.save(target)
    Path("一览.xlsx").write_bytes(target.getvalue())
    run("places", "import", "一览.xlsx")
    found = listed()
    assert found["2163990001"] == ("甲校（虚构）", "639900", "211", "831", "1990-09-01")
    assert found["2163990002"] == ("乙校（虚构）", "639900", "211", "999", "1990-09-01")


def test_json_says_the_same(run: Run) -> None:
    Path("名单.csv").write_text(EXPORT, encoding="utf-8")
    said = json.loads(run("places", "import", "名单.csv", "--json"))
    assert (said["written"], said["schools"], said["townships"], said["unchanged"]) == (
        True,
        4,
        2,
        0,
    )
    assert {issue["severity"] for issue in said["issues"]} == {"note"}
    register, issues = read_roster(Path("places.csv"), Workspace.open(None).shelf.codes)
    assert (len(list(register)), issues) == (7, [])


def test_a_school_whose_code_is_too_short_is_no_township_and_no_county(run: Run) -> None:
    """One digit lost made a township of a school; the county's own code gave the county its name."""
    head = "名称,代码,类型,建校年份\n"
    Path("乡.csv").write_text(head + "东河小学（虚构）,639900123,小学,1990\n", encoding="utf-8")
    said = run("places", "import", "乡.csv", code=1)
    assert "东河小学（虚构）写了办学类型，代码 639900123 却只有 9 位" in said
    Path("县.csv").write_text(head + "东河小学（虚构）,639900,小学,1990\n", encoding="utf-8")
    assert "却只有 6 位" in run("places", "import", "县.csv", code=1)
    assert set(listed()) == {"639900"}


def test_a_list_renames_no_county_that_has_schools(run: Run) -> None:
    """Its first name comes with the first list; later it contradicts, as a school's would."""
    Path("名单.csv").write_text(EXPORT, encoding="utf-8")
    run("places", "import", "名单.csv")
    Path("县.csv").write_text("名称,代码,类型\n冒名县（虚构）,639900,\n", encoding="utf-8")
    said = run("places", "import", "县.csv", code=1)
    assert "本县的学校名称是“冒名县（虚构）”，名册里是“本县”" in said
    assert listed()["639900"][0] == "本县"


def test_a_name_with_a_letter_without_width_is_refused(run: Run) -> None:
    """Two schools would bear one name for whoever reads it."""
    text = "名称,代码,类型,建校年份\n东河\u200b小学（虚构）,2163990001,小学,1990\n"
    Path("名单.csv").write_text(text, encoding="utf-8")
    assert r"\u200b" in run("places", "import", "名单.csv", code=1)


def test_a_school_that_opens_years_from_now_is_asked_about(run: Run) -> None:
    """99999 is a day of the year 2173 to a spreadsheet: nobody would miss that school's returns."""
    text = "名称,代码,类型,建校年份\n东河小学（虚构）,2163990001,小学,99999\n"
    Path("名单.csv").write_text(text, encoding="utf-8")
    assert "的建校日期是 2173-10-13，在好几年以后" in run("places", "import", "名单.csv", code=1)
    assert set(listed()) == {"639900"}
