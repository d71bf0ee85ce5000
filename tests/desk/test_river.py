"""The whole river, as a newcomer runs it: the example counties through the command line."""

from __future__ import annotations

import functools
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import click
import pytest

from xianxue.bureau.report.read_tags import claims, plain_text, tags
from xianxue.catalogue.load import load
from xianxue.desk.cli import main
from xianxue.desk.cli.indicators.group import show
from xianxue.desk.stores import engines
from xianxue.desk.stores.examples import Example


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    """Run a command; give its exit code and what it printed."""
    with pytest.raises(SystemExit) as end:
        main(list(words))
    code = end.value.code
    return (code if isinstance(code, int) else 0), capsys.readouterr().out


def read(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    """Run a command with ``--json`` and read what it printed."""
    code, out = run(capsys, *words, "--json")
    assert code == 0
    return json.loads(out)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example county, built once."""
    folder = tmp_path_factory.mktemp("river") / "demo"
    with pytest.raises(SystemExit) as end:
        main(["demo", str(folder)])
    assert end.value.code == 0
    return str(folder)


def test_the_gross_enrolment_rate_is_4672_of_4804(
    demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The figure, its parts and its coverage, as the contract words them."""
    said = read(capsys, "indicators", "show", "preschool_gross_enrolment", "--workspace", demo)
    assert said["shown"] == "97.25"
    assert (said["numerator"], said["denominator"]) == ("4672", "4804")
    assert said["coverage"]["reported"] == said["coverage"]["expected"] > 0
    assert said["standing"] == "counted"
    assert said["release"] is None


def test_a_calendar_year_is_told_in_the_school_year_that_begins_in_it(
    demo: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The figure, the verdict and the document of 2025 are those of 2025-2026."""
    words = ("indicators", "show", "preschool_gross_enrolment", "--workspace", demo)
    assert read(capsys, *words, "--period", "2025") == read(capsys, *words)
    judged = ("assess", "preschool_universal", "--workspace", demo)
    assert read(capsys, *judged, "--period", "2025") == read(capsys, *judged)
    for name in ("2025", "2025-2026"):
        written = ("report", "write", "annual_summary", "-o", str(tmp_path / f"{name}.docx"))
        assert run(capsys, *written, "--workspace", demo, "--period", name)[0] == 0
    one, two = (tmp_path / f"{name}.docx" for name in ("2025", "2025-2026"))
    assert one.read_bytes() == two.read_bytes()
    with pytest.raises(SystemExit) as end:
        main([*words, "--period", "2025年"])
    assert end.value.code == 2
    capsys.readouterr()


@pytest.mark.parametrize(
    "words",
    [
        ("indicators", "show", "preschool_gross_enrolment"),
        ("indicators", "show", "multimedia_rooms", "--json"),
        ("indicators", "explain", "outdoor_area_met_new", "--json"),
        ("assess", "balance_resources", "--json"),
        ("assess", "preschool_universal", "--all"),
    ],
    ids=" ".join,
)
def test_duckdb_prints_the_same_bytes(
    words: tuple[str, ...], demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever counts, the figures and every word about them are the same."""
    ours = run(capsys, *words, "--workspace", demo)
    assert run(capsys, *words, "--workspace", demo, "--engine", "duckdb") == ours
    assert ours[1]


def test_an_engine_that_is_not_installed_is_named(
    demo: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clerk is told what to install, or to leave the option out."""
    monkeypatch.setattr(engines, "find_spec", lambda _name: None)
    words = ("indicators", "show", "pupils", "--workspace", demo, "--engine", "duckdb")
    with pytest.raises(SystemExit) as end:
        main([*words, "--lang", "zh"])
    assert end.value.code == 2
    assert capsys.readouterr().err == (
        "错误：没有安装 duckdb，不能用 DuckDB 计算："
        "请运行 pip install 'xianxue[duckdb]'，或去掉 --engine duckdb\n"
    )


def test_the_names_of_the_engines_are_those_that_can_be_asked_for() -> None:
    """The option lists them itself, for it must not load an engine to be listed."""
    (option,) = (one for one in show.params if one.name == "engine")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == engines.NAMES


def test_an_explanation_ends_in_cells_of_workbooks(
    demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every contribution of the numerator names file, sheet and cell, and they add up to it."""
    said = read(capsys, "indicators", "explain", "preschool_gross_enrolment", "--workspace", demo)
    parts = [part for part in said["because"] if part["part"] == "numerator"]
    assert sum(Fraction(part["amount"]) for part in parts) == 4672
    cells = [cell for part in parts for cell in part["cells"]]
    assert cells
    for cell in cells:
        assert re.fullmatch(r"[A-Z]+[1-9][0-9]*", cell["cell"])
        assert (Path(demo) / "workbooks" / cell["file"]).is_file()
    assert sum(Fraction(cell["value"]) for cell in cells) == 4672


def test_every_counted_school_stage_and_fourteen_spreads_are_judged(
    demo: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """22 primary schools and three with a lower secondary stage: seven criteria and the rule."""
    said = read(capsys, "assess", "balance_resources", "--workspace", demo)
    judged = {(each["place"], each["stage"]) for each in said["findings"]}
    stages = [stage for _, stage in judged]
    assert (stages.count("primary"), stages.count("lower_secondary")) == (22, 3)
    assert len(said["findings"]) == 25 * 8
    assert len(said["spread"]) == 14
    assert said["verdict"] == "not_met"


def test_the_published_case_of_five_schools(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Weighted by pupils it is 0.5153 and over the limit; unweighted it would be 0.4888."""
    folder = str(tmp_path / "five")
    assert run(capsys, "demo", folder, "--example", "five_schools")[0] == 0
    said = read(capsys, "assess", "published_spread", "--workspace", folder)
    (spread,) = said["spread"]
    assert (spread["value"], spread["limit"], spread["verdict"]) == ("0.5153", "0.5", "not_met")
    assert said["verdict"] == "not_met"


@pytest.mark.parametrize("name", ["年度工作总结", "优质均衡自评报告"])
def test_every_number_of_a_report_carries_a_tag_that_resolves(
    demo: str, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Each tag is in the document's map, and the map's figure is what the workspace says today."""
    document = (Path(demo) / "out" / f"{name}.docx").read_bytes()
    map_of = claims(document)
    found = tags(document)
    assert len(found) > 50
    for one in found:
        assert one.text in map_of[one.tag].printed
    figures = {
        (each["indicator"], each["place"], each["stage"] or ""): each
        for each in read(capsys, "indicators", "list", "--workspace", demo, "--values")
    }
    checked = 0
    for one in map_of.values():
        figure = figures.get((one.name, one.place, one.stage))
        if figure is not None and not one.facet:
            assert one.decimal == figure["value"]
            checked += 1
    assert checked > 30
    loose = [left for left in map(_without_words, plain_text(document)) if re.search("[0-9]", left)]
    assert loose == []


@functools.cache
def _words() -> list[str]:
    """Give the terms of all cards, the longest first."""
    shelf = load().shelf
    terms = [card.term for card in shelf.indicators.values()]
    for standard in shelf.standards.values():
        terms += [each.term for each in (*standard.criteria, *standard.spread, *standard.combine)]
        lacking = [each.lacking for each in standard.criteria if each.lacking]
        terms += [text for each in lacking for text in (each.noun, each.problem, each.measure)]
    return sorted(filter(None, terms), key=len, reverse=True)


def _without_words(text: str) -> str:
    """Leave out what has digits and is no figure: terms of cards, days, document numbers."""
    for term in _words():
        text = text.replace(term, "")
    # Ages, rules of how classes are counted and names of levels stand in the outlines as words.
    text = re.sub(r"3至5周岁|五年360学时|1至4级", "", text)
    days = r"[0-9]{4}[—-][0-9]{4}学年|([0-9]{4}年)?[0-9]+月[0-9]+日|[0-9]{4}年"
    return re.sub(days + r"|〔[0-9]{4}〕[0-9]+号|表[0-9]+|^[0-9]+[.．]", "", text)


def test_examples_say_that_they_are_invented() -> None:
    """Nobody can take an example county for a real one."""
    for name in ("demo_county", "four_schools", "five_schools"):
        assert "虚构" in Example.open(name).settings.note
