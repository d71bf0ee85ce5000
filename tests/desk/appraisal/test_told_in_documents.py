"""Published appraisals as figures, and documents that tell appraisals of the example county."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from xianxue.bureau.report.read_tags import claims
from xianxue.desk.cli import cli


@pytest.fixture(scope="module")
def told(county: Path) -> Any:
    """Run any command on the county; give its JSON where that is asked for."""

    def telling(*words: str) -> Any:
        done = CliRunner().invoke(cli, [*words, "--workspace", str(county)])
        assert done.exit_code == 0, (words, done.output, done.exception)
        return json.loads(done.stdout) if "--json" in words else done.output

    return telling


@pytest.fixture(scope="module")
def published(run: Any) -> list[Any]:
    return run("score", "safe_campus", "--period", "2026", "--json")["places"]


def test_grades_means_and_totals_are_those_that_were_published(told: Any, published: list[Any]):
    """Counted anew here from what the appraisal itself tells."""
    figures = told("indicators", "show", "safe_campus_judged", "--json")
    values = {(one.get("slice") or {}).get("code", ""): one["value"] for one in figures}
    counted = Counter(one["grade"] for one in published)
    assert values[""] == str(len(published))
    for grade, many in counted.items():
        assert values[grade] == str(many)
    mean, *_ = told("indicators", "show", "safe_campus_mean", "--json")
    assert Fraction(mean["numerator"]) == sum(Fraction(one["total"]) for one in published)
    assert mean["denominator"] == str(len(published))
    first = published[0]
    total = told("indicators", "show", "safe_campus_total", "--place", first["place"], "--json")
    assert Fraction(total["value"]) == Fraction(first["total"])


def test_a_figure_ends_in_the_published_result_of_each_school(told: Any, published: list[Any]):
    said = told("indicators", "explain", "safe_campus_judged")
    assert said.count("《平安校园等级考评》第 1 号公示：") >= len(published)


def test_what_nobody_published_is_no_nought(told: Any):
    one, *_ = told("indicators", "show", "school_year_judged", "--json")
    assert one["value"] is None


def test_the_annual_report_tells_the_grades_with_tags(
    told: Any, published: list[Any], tmp_path: Path
):
    file = tmp_path / "总结.docx"
    told("report", "write", "annual_summary", "-o", str(file))
    mapped = {one.key: one for one in claims(file.read_bytes()).values()}
    key = "safe_campus_judged/639900/all/2025-2026"
    assert mapped[key].value == str(len(published))
    grade, many = Counter(one["grade"] for one in published).most_common(1)[0]
    assert mapped[f"{key}/grade={grade}"].printed == (str(many),)


def test_the_application_has_every_item_with_its_verdict_and_the_auditor_holds_it(
    run: Any, told: Any, county: Path, tmp_path: Path
):
    file = tmp_path / "自评.docx"
    told("report", "write", "balance_application", "-o", str(file))
    mapped = {one.key: one for one in claims(file.read_bytes()).values()}
    (scored,) = run("score", "balance", "--json")["places"]
    points = {one["item"]: one["points"] for one in scored["items"]}
    items = [f"g{n}" for n in range(1, 16)] + [f"q{n}" for n in range(1, 10)] + ["recognition"]
    for item in items:
        key = f"balance.{item}/639900/all/2025-2026"
        verdict = mapped[f"{key}#verdict"].printed[0]
        assert (verdict in {"达标", "材料齐全"}) == (points[item] == "1"), item
    # No special school: it neither counts as met nor as failed.
    assert mapped["balance.g7/639900/all/2025-2026#verdict"].printed == ("不适用",)
    # 24 of 25 schools have their rooms for music: one is enough to fail the county.
    assert points["g3"] == "0"
    done = CliRunner().invoke(cli, ["audit", str(file), "--against", str(county), "--json"])
    against = json.loads(done.stdout)["against"]
    states = Counter(one["state"] for one in against["numbers"])
    assert states["stale"] == states["edited"] == states["differs"] == 0
    assert states["same"] > len(items)
