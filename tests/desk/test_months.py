"""A county's monthly numbers: added up from January, and held against the same months last year.

No national form is monthly yet, so the county brings its own form and cards, as an overlay.
"""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli

CARDS = """
- form: funds_monthly
  term: 教育经费执行月报
  version: '2025.1'
  filed_by: county
  period: month
  owner: 计财股
  source: {document: xianxue-own, seen: own}
  sheets:
    - sheet: funds_month
      term: 本月执行
      layout: record
      fields:
        - {field: spent, term: 本月教育支出, type: measure, unit: yuan, min: 0, help: 本月实际支出, example: '1000.00'}
- indicator: funds_of_month
  term: 本月教育支出
  kind: sum
  of: {sum: [funds_month.spent]}
  unit: yuan
  show: {decimals: 2}
  levels: [county]
  period: {kind: month}
  source: {document: xianxue-own, seen: own}
- indicator: funds_to_date
  term: 教育支出累计
  kind: cumulative
  cumulative_of: {indicator: funds_of_month}
  unit: yuan
  show: {decimals: 2}
  levels: [county]
  period: {kind: month}
  source: {document: xianxue-own, seen: own}
- indicator: funds_to_date_growth
  term: 教育支出累计同比增长率
  kind: growth
  compared: {indicator: funds_to_date, to: same_last_year}
  unit: percent
  show: {decimals: 2}
  levels: [county]
  period: {kind: month}
  source: {document: xianxue-own, seen: own}
"""
SPENT = {"2024-01": 80, "2024-02": 120, "2025-01": 100, "2025-02": 150}
"""In yuan; invented."""


def run(*args: str) -> str:
    result = CliRunner().invoke(cli, list(args))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county that has filed January and February of two years."""
    folder = tmp_path_factory.mktemp("months")
    root = folder / "four"
    run("demo", str(root), "--example", "four_schools")
    (root / "local").mkdir()
    (root / "local" / "months.yaml").write_text(CARDS, encoding="utf-8")
    settings = root / "xianxue.toml"
    told = settings.read_text(encoding="utf-8")
    settings.write_text(told.replace("overlays = []", 'overlays = ["local"]'), encoding="utf-8")
    for period, spent in SPENT.items():
        file = folder / f"{period}.xlsx"
        asked = ("--period", period, "--place", "639800", "--workspace", str(root))
        run("returns", "template", "funds_monthly", *asked, "-o", str(file))
        book = openpyxl.load_workbook(file)
        book["本月执行"]["D2"] = spent
        book.save(file)
        run("returns", "accept", str(file), "--workspace", str(root))
    return root


def shown(county: Path, name: str, period: str) -> str:
    asked = ("--period", period, "--workspace", str(county), "--json")
    return json.loads(run("indicators", "show", name, *asked))["shown"]


def test_what_has_come_so_far_is_added_up_from_january(county: Path):
    # 100; 100 + 150. Last year 80 + 120.
    assert shown(county, "funds_to_date", "2025-01") == "100.00"
    assert shown(county, "funds_to_date", "2025-02") == "250.00"
    assert shown(county, "funds_to_date", "2024-02") == "200.00"


def test_it_is_held_against_the_same_months_of_last_year(county: Path):
    # (250 − 200) ÷ 200; January alone (100 − 80) ÷ 80.
    assert shown(county, "funds_to_date_growth", "2025-02") == "25.00"
    assert shown(county, "funds_to_date_growth", "2025-01") == "25.00"
    asked = ("--period", "2025-02", "--workspace", str(county))
    said = run("indicators", "explain", "funds_to_date_growth", *asked)
    assert "比2024年2月增加50元，增长25.00%：（250−200）÷200×100%＝25.00%" in said


def test_a_month_that_has_not_come_leaves_what_follows_undetermined(county: Path):
    asked = ("--period", "2025-03", "--workspace", str(county))
    said = run("indicators", "show", "funds_to_date", *asked)
    assert "教育支出累计：未定（已报 0/1）" in said
    assert shown(county, "funds_to_date_growth", "2025-03") == "未定"
    # The school year's figures know nothing of months.
    assert shown(county, "pupils_all", "2025-2026") == "1780"
