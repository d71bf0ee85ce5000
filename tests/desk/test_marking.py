"""``returns check --marked``: a marked copy of each workbook that is complained of."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from xianxue.desk.cli import main
from xianxue.desk.cli.demo import fill_in
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace


@pytest.fixture
def county(tmp_path: Path) -> Path:
    folder = tmp_path / "county"
    folder.mkdir()
    example = Example.open("four_schools")
    lay_out_example(folder, example)
    fill_in(Workspace.open(folder), example, folder / "workbooks")
    return folder


@pytest.fixture
def check(county, capsys):
    """Check workbooks; give the exit code, what was said and what was remarked beside it."""

    def checked(*words: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main(["returns", "check", *map(str, words), "--workspace", str(county)])
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return checked


def spoil(path: Path) -> str:
    """Put a word where a number belongs; give the sheet's name."""
    book = openpyxl.load_workbook(path)
    sheet = next(ws for ws in book if ws["C1"].value == "班级人数")
    sheet["C4"] = "很多"
    book.save(path)
    return sheet.title


def test_only_workbooks_with_complaints_get_a_copy(county, check):
    files = sorted((county / "workbooks").glob("*.xlsx"))
    tab = spoil(files[0])
    before = {path: path.read_bytes() for path in files}
    code, said, _ = check(*files, "--marked", county / "marked")
    assert code == 1
    (copy,) = (county / "marked").iterdir()
    assert f"\n已标注 1 份，写在 {county / 'marked'}。\n" in said
    assert said.splitlines()[-1] == f"下一步：打开 {copy}，照批注改，保存后再校验一次。"
    assert copy.name == f"{files[0].stem}_校验.xlsx"
    book = openpyxl.load_workbook(copy)
    assert book.sheetnames[0] == "校验结果"
    assert book[tab]["C4"].comment.text.startswith("【校验】逻辑校验")
    # The originals are as they were.
    assert {path: path.read_bytes() for path in files} == before


def test_a_mended_copy_is_replaced_by_a_clean_one(county, check):
    path = min((county / "workbooks").glob("*.xlsx"))
    number = openpyxl.load_workbook(path)
    tab = spoil(path)
    pupils = number[tab]["C4"].value
    check(path, "--marked", county / "marked")
    (copy,) = (county / "marked").iterdir()
    book = openpyxl.load_workbook(copy)
    book[tab]["C4"] = pupils
    book.save(copy)
    code, said, _ = check(copy, "--marked", county / "marked")
    assert code == 0
    cleaned = f"没有发现问题。\n标注已清除 1 份，写在 {county / 'marked'}。\n"
    assert said.startswith(cleaned + "下一步：填报人、校长签名报送")
    assert [one.name for one in (county / "marked").iterdir()] == [copy.name]
    clean = openpyxl.load_workbook(copy)
    assert "校验结果" not in clean.sheetnames
    assert clean[tab]["C4"].comment is None


def test_without_complaints_nothing_is_written(county, check):
    files = sorted((county / "workbooks").glob("*.xlsx"))
    code, said, _ = check(*files, "--marked", county / "marked")
    assert code == 0
    assert "\n没有需要标注的报表。\n" in said
    assert list((county / "marked").iterdir()) == []


def test_files_of_one_name_get_copies_of_two(county, check):
    first, second = sorted((county / "workbooks").glob("*.xlsx"))[:2]
    for folder, path in (("甲", first), ("乙", second)):
        spoil(path)
        (county / folder).mkdir()
        path.rename(county / folder / "报表.xlsx")
    check(county / "甲" / "报表.xlsx", county / "乙" / "报表.xlsx", "--marked", county / "marked")
    names = sorted(path.name for path in (county / "marked").iterdir())
    assert names == sorted(["甲_报表_校验.xlsx", "乙_报表_校验.xlsx"])


def test_json_stays_json(county, check):
    path = min((county / "workbooks").glob("*.xlsx"))
    spoil(path)
    _, said, beside = check(path, "--marked", county / "marked", "--json")
    assert json.loads(said)
    assert beside.startswith("已标注 1 份")


def test_an_unreadable_file_gets_its_list(county, check):
    broken = county / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 half a zip")
    code, _, _ = check(broken, "--marked", county / "marked")
    book = openpyxl.load_workbook(county / "marked" / "坏_校验.xlsx")
    assert code == 1
    # Codes are only in JSON: the list says what it is in words.
    listed = [cell.value for cell in book["校验结果"][5]]
    assert listed[1] == "逻辑校验"
    assert "压缩结构不完整" in listed[4]
    assert "R-BROKEN" not in listed
