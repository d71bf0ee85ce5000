"""Ledgers in and out as workbooks: whole or nothing, nothing twice, and back again unchanged."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli

SCHOOL, OTHER = "2163980001", "3163980001"
DAY = date(2025, 9, 3)
LINE = {
    "单位代码": SCHOOL,
    "登记日期": DAY,
    "隐患情况": "三楼应急灯不亮",
    "发现日期": DAY,
    "发现途径": "学校自查",
    "领域": "消防",
    "隐患等级": "一般隐患",
}
CARD = """\
ledger: keys
term: 钥匙台账（虚构）
office: 办公室
kept_by: school
titled: label
fields:
  - {field: label, term: 钥匙, type: text}
  - {field: many, term: 把数, type: integer, unit: item, required: false}
  - {field: holder, term: 保管人, type: text, required: false, personal: true}
  - {field: card_number, term: 身份证号, type: text, required: false, personal: true, holds: id_number}
states:
  - {state: kept, term: 在管, marks: [start]}
  - {state: gone, term: 已交回, marks: [end, done]}
records: [office_clerk, school_clerk]
steps:
  - {step: correct, term: 更正, from: [kept], to: kept, act: amend, roles: [office_clerk], needs: [reason], may: [label, many, holder, card_number]}
  - {step: hand_back, term: 交回, from: [kept], to: gone, act: work, roles: [office_clerk], needs: [reason]}
counts:
  - {count: keys, term: 钥匙数, since: recorded, until: entered.gone}
verified: false
unique: [[place, label]]
retention: {years: 3, source: {document: xianxue-own, seen: own}}
source: {document: xianxue-own, seen: own}
"""


def run(folder, *words, code=0):
    given = [*map(str, words), "--workspace", str(folder)]
    done = CliRunner().invoke(cli, given, standalone_mode=False)
    assert (done.exit_code or done.return_value or 0) == code, (words, done.output, done.exception)
    return done.output


def told(folder, *words, code=0):
    return json.loads(run(folder, *words, "--json", code=code))


def bring(folder, ledger, file, *words, code=0):
    return told(folder, "ledgers", "import", ledger, file, "--as", "甲", *words, code=code)


@pytest.fixture
def county(four_schools, tmp_path):
    folder = tmp_path / "four"
    shutil.copytree(four_schools, folder)
    (folder / "local").mkdir()
    (folder / "local" / "cards.yaml").write_text(CARD, encoding="utf-8")
    settings = folder / "xianxue.toml"
    text = settings.read_text(encoding="utf-8").replace("overlays = []", 'overlays = ["local"]')
    settings.write_text(text, encoding="utf-8")
    return folder


def filled(county, ledger, name, *lines):
    empty, file = county / f"{ledger}_empty.xlsx", county / name
    if not empty.exists():
        run(county, "ledgers", "template", ledger, "-o", empty)
    book = openpyxl.load_workbook(empty)
    sheet = book.worksheets[1]
    heads = [cell.value for cell in sheet[1]]
    for at, line in enumerate(lines, 4):
        for head, value in line.items():
            sheet.cell(at, heads.index(head) + 1, value)
    book.save(file)
    return file


def changed(file, target, **cells):
    book = openpyxl.load_workbook(file)
    for cell, value in cells.items():
        book.worksheets[1][cell] = value
    book.save(target)
    return target


def column(file, head):
    sheet = openpyxl.load_workbook(file).worksheets[1]
    heads = [cell.value for cell in sheet[1]]
    at = heads.index(head)
    return at, [row[at] for row in sheet.iter_rows(min_row=4, values_only=True) if row[0]]


def journal(folder):
    return told(folder, "journal", "show")


def test_a_file_is_registered_once_and_told_before(county):
    file = filled(county, "hazards", "a.xlsx", LINE, {**LINE, "隐患情况": "消火栓漏水"}, LINE)
    said = run(county, "ledgers", "import", "hazards", file, "--as", "甲")
    assert said.index("新登记 3 条") < said.index("已写入")
    again = bring(county, "hazards", file)
    assert (again["matched"], again["unchanged"], again["to_add"], again["written"]) == (
        3, 3, 0, False,
    )  # fmt: skip
    # The same line a third time is a third thing, told apart from the two that are there.
    more = filled(county, "hazards", "b.xlsx", LINE, LINE, LINE)
    assert bring(county, "hazards", more)["added"] == ["2025-0004"]
    shown = told(county, "ledgers", "show", "hazards", "2025-0002")
    assert shown["fields"]["what"] == "消火栓漏水"
    assert [one["clock"] for one in shown["clocks"]] == ["order"]
    assert "没有" in run(county, "journal", "verify")


def test_one_wrong_cell_keeps_everything_out_and_all_are_told_at_once(county, tmp_path):
    wrong = (
        {**LINE, "领域": "水火"},
        {**LINE, "单位代码": "123"},
        {**LINE, "发现日期": date(2199, 1, 1)},
        {**LINE, "隐患情况": None},
        LINE,
    )
    file = filled(county, "hazards", "a.xlsx", *wrong)
    said = bring(county, "hazards", file, "--marked", tmp_path / "marked", code=1)
    heads = [cell.value for cell in openpyxl.load_workbook(file).worksheets[1][1]]
    letters = {head: chr(65 + at) for at, head in enumerate(heads)}
    assert {issue["cell"] for issue in said["issues"]} == {
        letters["领域"] + "4",
        letters["单位代码"] + "5",
        letters["发现日期"] + "6",
        letters["隐患情况"] + "7",
    }
    assert (said["written"], said["refused"], said["marked"]) == (False, 4, ["a_校验.xlsx"])
    (mine,) = [one for one in told(county, "ledgers", "list") if one["ledger"] == "hazards"]
    assert mine["entries"] == 0
    marked = openpyxl.load_workbook(tmp_path / "marked" / "a_校验.xlsx")
    commented = {cell.coordinate for row in marked["安全隐患台账"] for cell in row if cell.comment}
    assert {issue["cell"] for issue in said["issues"]} <= commented


def test_a_trial_writes_nothing(county):
    file = filled(county, "hazards", "a.xlsx", LINE)
    assert bring(county, "hazards", file, "--dry-run")["to_add"] == 1
    assert bring(county, "hazards", file)["added"] == ["2025-0001"]


def test_who_may_not_register_brings_nothing_in(county):
    file = filled(county, "hazards", "a.xlsx", LINE)
    said = told(
        county, "ledgers", "import", "hazards", file, "--as", "乙", "--role", "leader", code=1
    )
    assert (said["written"], len(said["issues"])) == (False, 1)


KEYS = {"登记日期": DAY, "单位代码": SCHOOL, "钥匙": "实验室", "保管人": "王小明",
        "身份证号": "11010519491231002X", "把数": 2}  # fmt: skip


def test_an_export_covers_persons_and_comes_back_unchanged_from_libreoffice(county, tmp_path):
    bring(county, "keys", filled(county, "keys", "k.xlsx", KEYS, {**KEYS, "钥匙": "伙房"}))
    out = county / "out.xlsx"
    made = told(county, "ledgers", "export", "keys", "-o", out, "--as", "甲")
    assert (made["entries"], made["all"], made["masked"], made["filter"]) == (
        2,
        2,
        True,
        "没有筛选",
    )
    assert column(out, "身份证号")[1] == ["**************002X"] * 2
    assert column(out, "保管人")[1] == ["王**"] * 2
    assert column(out, "把数")[1] == [2, 2]
    if shutil.which("soffice"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless",
             "--convert-to", "xlsx", "--outdir", str(tmp_path), str(out)],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        out = tmp_path / "out.xlsx"
    again = bring(county, "keys", out)
    assert (again["unchanged"], again["written"], again["issues"]) == (2, False, [])


def test_an_export_that_is_changed_corrects_by_number_with_a_reason(county):
    bring(county, "keys", filled(county, "keys", "k.xlsx", KEYS))
    out = county / "out.xlsx"
    told(county, "ledgers", "export", "keys", "-o", out, "--as", "甲")
    at, _ = column(out, "把数")
    file = changed(out, county / "in.xlsx", **{f"{chr(65 + at)}4": 5})
    refused = bring(county, "keys", file, code=1)
    assert (refused["written"], len(refused["issues"])) == (False, 1)
    done = bring(county, "keys", file, "--why", "点错了")
    assert (done["changed"], done["added"], done["written"]) == (["2025-0001"], [], True)
    shown = told(county, "ledgers", "show", "keys", "2025-0001")
    assert (shown["fields"]["many"], shown["fields"]["holder"]) == (5, "王小明")
    assert [one["step"] for one in shown["history"]] == ["record", "correct"]
    # The first file says what was registered: it is that entry still.
    assert bring(county, "keys", county / "k.xlsx")["unchanged"] == 1


@pytest.mark.parametrize(
    ("head", "value"),
    [("当前状态", "已交回"), ("登记日期", date(2025, 9, 4)), ("单位代码", OTHER),
     ("台账编号", "2025-0009")],
)  # fmt: skip
def test_what_a_workbook_cannot_change_is_told_in_its_cell(county, head, value):
    bring(county, "keys", filled(county, "keys", "k.xlsx", KEYS))
    out = county / "out.xlsx"
    told(county, "ledgers", "export", "keys", "-o", out, "--as", "甲")
    at, _ = column(out, head)
    cell = f"{chr(65 + at)}4"
    more = {f"{chr(65 + column(out, '单位名称')[0])}4": None}
    file = changed(out, county / "in.xlsx", **{cell: value, **more})
    said = bring(county, "keys", file, "--why", "试", code=1)
    assert [issue["cell"] for issue in said["issues"]] == [cell]


def test_what_may_stand_once_is_told_of_the_second_in_the_file_and_in_the_ledger(county):
    twice = filled(county, "keys", "k.xlsx", KEYS, {**KEYS, "把数": 3})
    (issue,) = bring(county, "keys", twice, code=1)["issues"]
    assert (issue["code"], issue["cell"][1:]) == ("L-TWICE", "5")
    bring(county, "keys", filled(county, "keys", "l.xlsx", KEYS))
    (issue,) = bring(county, "keys", filled(county, "keys", "m.xlsx", {**KEYS, "把数": 9}), code=1)[
        "issues"
    ]
    assert "2025-0001" in issue["saw"]


def test_an_export_says_what_was_left_out_and_uncovers_only_for_a_reason(county):
    bring(county, "keys", filled(county, "keys", "k.xlsx", KEYS, {**KEYS, "单位代码": OTHER}))
    out = county / "some.xlsx"
    words = ("ledgers", "export", "keys", "-o", out, "--as", "甲", "--place", SCHOOL, "--open")
    made = told(county, *words)
    assert (made["entries"], made["all"]) == (1, 2)
    assert "未办结" in made["filter"]
    bare = county / "bare.xlsx"
    words = ("ledgers", "export", "keys", "-o", bare, "--as", "甲", "--unmasked")
    run(county, *words, code=1)
    assert not bare.exists()
    told(county, *words, "--why", "核对身份证号")
    assert column(bare, "身份证号")[1] == ["11010519491231002X"] * 2
    lines = [one for one in journal(county) if one["deed"] == "ledgers.export"]
    assert [one["detail"].get("unmasked", False) for one in lines] == [False, True]
    assert bring(county, "keys", bare)["unchanged"] == 2
