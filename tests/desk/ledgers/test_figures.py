"""Figures counted from a ledger, down to the entries they end in."""

from __future__ import annotations

import json
import shutil

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli

CARD = """\
- indicator: own_hazards_found
  term: 本县排查隐患数
  kind: sum
  of: {sum: [hazards.found]}
  unit: item
  show: {decimals: 0}
  direction: neutral
  period: {kind: calendar_year}
  levels: [school, county]
  slices: [domain]
  source: {document: xianxue-own, seen: own}
- indicator: own_hazards_rate
  term: 本县隐患整改率
  kind: ratio
  numerator: {sum: [hazards.fixed_of_found]}
  denominator: {sum: [hazards.found]}
  unit: percent
  show: {decimals: 1}
  direction: higher_is_better
  period: {kind: calendar_year}
  levels: [county]
  source: {document: xianxue-own, seen: own}
"""
SCHOOL = "2163980001"


def run(folder, *words):
    done = CliRunner().invoke(cli, [*words, "--workspace", str(folder), "--json"])
    assert done.stdout, (words, done.output, done.exception)
    return json.loads(done.stdout)


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


def hazard(folder, domain, day="2025-09-03"):
    said = {
        "what": f"{domain}隐患",
        "found_on": day,
        "found_by": "学校自查",
        "domain": domain,
        "grade": "一般",
    }
    given = [word for name, text in said.items() for word in ("--set", f"{name}={text}")]
    return run(
        folder, "ledgers", "record", "hazards", "--place", SCHOOL, "--on", day, "--as", "甲", *given
    )


def test_what_nobody_registered_is_nothing_and_what_is_registered_is_followed(county):
    none = run(county, "indicators", "show", "own_hazards_found", "--period", "2025")
    assert (
        [one["value"] for one in none if not one.get("slice")] == ["0"]
        if isinstance(none, list)
        else none["value"] == "0"
    )
    for domain in ("消防", "消防", "食品"):
        hazard(county, domain)
    hazard(county, "校舍", "2024-12-31")
    found = run(
        county, "indicators", "show", "own_hazards_found", "--period", "2025", "--place", SCHOOL
    )
    whole = found[0]
    assert whole["value"] == "3"
    assert whole["coverage"]["reported"] == whole["coverage"]["expected"] == 1
    told = json.dumps(whole["because"], ensure_ascii=False)
    assert "2025-0001" in told
    assert "2024-0001" not in told
    rate = run(county, "indicators", "show", "own_hazards_rate", "--period", "2025")
    assert (rate["numerator"], rate["denominator"], rate["value"]) == ("0", "3", "0")
