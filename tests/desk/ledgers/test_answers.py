"""A ledger answers a field of a form: filled in beforehand, and asked about where it differs."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from xianxue.bureau.values.periods import Period
from xianxue.catalogue.load import load
from xianxue.desk.actions.ledgers.answers import answers_of
from xianxue.desk.cli import cli
from xianxue.desk.workspace import Workspace

SCHOOL, OTHER = "2163980001", "3163980002"
FORM = """\
# 虚构：安全情况表
form: safety_report
term: 安全情况表
version: '1'
filed_by: school
period: school_year
source: {document: xianxue-own, seen: own}
sheets:
  - sheet: safety_report
    term: 安全情况
    layout: record
    fields:
      - {field: found, term: 排查安全隐患数, type: integer, unit: item, answered_by: hazards.found}
      - {field: others, term: 其他隐患数, type: integer, unit: item}
"""


def invoke(folder, *words):
    return CliRunner().invoke(cli, [*map(str, words), "--workspace", str(folder)])


def hazard(folder, day="2025-09-03"):
    said = {
        "what": "应急灯不亮",
        "found_on": day,
        "found_by": "学校自查",
        "domain": "消防",
        "grade": "一般",
    }
    given = [word for name, text in said.items() for word in ("--set", f"{name}={text}")]
    words = ["ledgers", "record", "hazards", "--place", SCHOOL, "--on", day, "--as", "甲（虚构）"]
    assert invoke(folder, *words, *given).exit_code == 0


def with_card(folder, text):
    (folder / "local").mkdir(exist_ok=True)
    (folder / "local" / "safety.yaml").write_text(text, encoding="utf-8")
    settings = folder / "xianxue.toml"
    said = settings.read_text(encoding="utf-8").replace("overlays = []", 'overlays = ["local"]')
    settings.write_text(said, encoding="utf-8")


@pytest.fixture
def county(four_schools, tmp_path):
    folder = tmp_path / "four"
    shutil.copytree(four_schools, folder)
    with_card(folder, FORM)
    return folder


def template(folder, target):
    done = invoke(folder, "returns", "template", "safety_report", "--place", SCHOOL, "-o", target)
    assert done.exit_code == 0, done.output
    return openpyxl.load_workbook(target)


def cell_of(sheet, term):
    """The cell of this year's answer, beside a field's name."""
    for row in sheet.iter_rows():
        for at, one in enumerate(row):
            if one.value == term:
                return next(cell for cell in row[at + 1 :] if not cell.protection.locked)
    raise AssertionError(term)


def test_the_template_is_filled_in_from_the_ledger_and_a_difference_is_asked_about(
    county, tmp_path
):
    for _ in range(2):
        hazard(county)
    # Of another school year: not of this form's period.
    hazard(county, "2025-08-20")
    target = tmp_path / "a.xlsx"
    book = template(county, target)
    sheet = book["安全情况"]
    mine = cell_of(sheet, "排查安全隐患数")
    assert mine.value == 2
    cell_of(sheet, "其他隐患数").value = 0
    book.save(target)
    same = json.loads(invoke(county, "returns", "check", target, "--json").stdout)
    assert "L-ANSWER" not in json.dumps(same)

    mine.value = 5
    book.save(target)
    found = json.loads(invoke(county, "returns", "check", target, "--json").stdout)
    issues = found if isinstance(found, list) else found["issues"]
    (issue,) = [one for one in issues if one["code"] == "L-ANSWER"]
    assert issue["cell"] == mine.coordinate
    assert "报的是5项，安全隐患台账里数出来是2项" in issue["saw"]
    assert issue["severity"] == "explain"


GRID = """\
# 虚构：分领域隐患表
form: safety_grid
term: 分领域隐患表
version: '1'
filed_by: school
period: school_year
source: {document: xianxue-own, seen: own}
sheets:
  - sheet: safety_grid
    term: 分领域隐患
    layout: grid
    rows: hazards.domain
    row_codes: [fire, food]
    fields:
      - {field: found, term: 排查隐患数, type: integer, unit: item, answered_by: hazards.found}
      - {field: drills, term: 演练次数, type: integer, unit: item, rows: [fire], answered_by: drills.drills}
"""


def test_a_sheet_of_counts_is_answered_row_by_row(four_schools, tmp_path):
    folder = tmp_path / "four"
    shutil.copytree(four_schools, folder)
    with_card(folder, GRID)
    for _ in range(2):
        hazard(folder)
    target = tmp_path / "grid.xlsx"
    words = ("returns", "template", "safety_grid", "--place", SCHOOL, "-o", target)
    assert invoke(folder, *words).exit_code == 0
    workspace = Workspace.open(folder)
    form, period = workspace.shelf.forms["safety_grid"], Period.parse("2025-2026")
    found = answers_of(workspace, form, period)
    # Two about fire, none about food; no drill is kept at all, so nothing is said of drills.
    assert found[SCHOOL] == {"safety_grid.fire.found": 2, "safety_grid.food.found": 0}
    assert found[OTHER] == {"safety_grid.fire.found": 0, "safety_grid.food.found": 0}
    book = openpyxl.load_workbook(target)
    sheet = book["分领域隐患"]
    fire, food = (cell_of(sheet, term) for term in ("消防", "食品"))
    assert (fire.value, food.value) == (2, 0)
    food.value = 3
    book.save(target)
    told = json.loads(invoke(folder, "returns", "check", target, "--json").stdout)
    issues = told if isinstance(told, list) else told["issues"]
    (issue,) = [one for one in issues if one["code"] == "L-ANSWER"]
    assert issue["cell"] == food.coordinate
    assert "报的是3项，安全隐患台账里数出来是0项" in issue["saw"]


def test_a_count_that_is_not_told_apart_as_the_rows_are_is_refused(tmp_path):
    text = GRID.replace(", rows: [fire]", "", 1)
    assert text != GRID
    (tmp_path / "grid.yaml").write_text(text, encoding="utf-8")
    assert [issue.code for issue in load(tmp_path).issues] == ["C-LAYOUT"]


def test_a_ledger_that_nobody_keeps_answers_nothing_and_one_that_is_kept_answers_zero(county):
    workspace = Workspace.open(county)
    form, period = workspace.shelf.forms["safety_report"], Period.parse("2025-2026")
    assert answers_of(workspace, form, period) == {}
    hazard(county)
    found = answers_of(workspace, form, period)
    assert found[SCHOOL] == {"safety_report.found": 1}
    assert found[OTHER] == {"safety_report.found": 0}


@pytest.mark.parametrize(
    ("was", "becomes", "code"),
    [
        ("hazards.found", "hazards.fond", "C-LEDGER"),
        ("unit: item, answered_by", "unit: person, answered_by", "C-UNIT"),
        ("hazards.found", "harm_reports.reported", "C-LEDGER"),
        (
            "answered_by: hazards.found",
            "answered_by: hazards.found, prefilled_from: students.enrolled",
            "C-PART",
        ),
    ],
)
def test_a_card_that_names_what_cannot_answer_is_refused(tmp_path, was, becomes, code):
    assert was in FORM
    (tmp_path / "safety.yaml").write_text(FORM.replace(was, becomes, 1), encoding="utf-8")
    assert code in {issue.code for issue in load(tmp_path).issues}
