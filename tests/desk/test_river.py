"""The whole river, as a newcomer runs it: the example counties through the command line."""

from __future__ import annotations

import functools
import io
import json
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from shutil import copytree
from typing import Any

import click
import pytest
from docx import Document

from xianxue.bureau.records.claim import tag_of
from xianxue.bureau.report.read_tags import claims, plain_text, tags
from xianxue.catalogue.load import load
from xianxue.desk.audit.comparison import Against
from xianxue.desk.cli import main
from xianxue.desk.cli.indicators.group import show
from xianxue.desk.indicators.river import River
from xianxue.desk.stores import engines
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import Workspace


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
def demo(example_county: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of the example county."""
    return str(copytree(example_county, tmp_path_factory.mktemp("river") / "demo"))


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


def test_the_annual_report_tells_what_has_moved_since_last_year(demo: str) -> None:
    """Counted in the example's files: 15309 pupils after 15162."""
    written = (Path(demo) / "out" / "年度工作总结.docx").read_bytes()
    # Numbers stand in content controls, the words between them.
    assert any("中小学在校生比上年增加，增长。" in line for line in plain_text(written))
    said = {claim.key: claim.value for claim in claims(written).values()}
    assert said["pupils_all_growth/639900/all/2025-2026#numerator"] == "147"
    assert Fraction(said["pupils_all_growth/639900/all/2025-2026"]) == Fraction(14700, 15162)


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
        if "slice" not in each
    }
    checked = 0
    for one in map_of.values():
        figure = figures.get((one.name, one.place, one.stage))
        if figure is not None and not one.facet and not one.slice:
            assert one.decimal == figure["value"]
            checked += 1
    assert checked > 30
    rows = _row_numbers(document)
    told = [text for text in plain_text(document) if text not in rows]
    loose = [left for left in map(_without_words, told) if re.search("[0-9]", left)]
    assert loose == []


def _row_numbers(document: bytes) -> set[str]:
    """Give what stands in the columns headed 序号 of a document's tables: numbers of rows."""
    found: set[str] = set()
    for table in Document(io.BytesIO(document)).tables:
        first = [cell.text for cell in table.columns[0].cells]
        if first[0] == "序号":
            assert len(set(first)) == len(first), "each row has a number of its own"
            found.update(first)
    return found


@functools.cache
def _words() -> list[str]:
    """Give the terms of all cards, the longest first."""
    shelf = load().shelf
    terms = [card.term for card in shelf.indicators.values()]
    for standard in shelf.standards.values():
        terms += [each.term for each in (*standard.criteria, *standard.spread, *standard.combine)]
        lacking = [each.lacking for each in standard.criteria if each.lacking]
        terms += [text for each in lacking for text in (each.noun, each.problem, each.measure)]
    for rubric in shelf.rubrics.values():
        terms += [line.term for line in rubric.grading.grades] if rubric.grading else []
    return sorted(filter(None, terms), key=len, reverse=True)


def _without_words(text: str) -> str:
    """Leave out what has digits and is no figure: terms of cards, days, document numbers."""
    for term in _words():
        text = text.replace(term, "")
    # Ages, rules of how classes are counted and names of levels stand in the outlines as words.
    text = re.sub(r"3至5周岁|五年360学时|1至4级|不足50人", "", text)
    # Behind the stroke stands how many columns of the table's own were judged.
    text = re.sub(r"^/[0-9]+", "", text)
    days = r"[0-9]{4}[—-][0-9]{4}学年|([0-9]{4}年)?[0-9]+月[0-9]+日|[0-9]{4}年"
    return re.sub(days + r"|〔[0-9]{4}〕[0-9]+号|表[0-9]+|^[0-9]+[.．]", "", text)


def test_examples_say_that_they_are_invented() -> None:
    """Nobody can take an example county for a real one."""
    for name in ("demo_county", "four_schools", "five_schools"):
        assert "虚构" in Example.open(name).settings.note


EXAM_CARDS = """
- codes: trial_subjects
  term: 考试学科
  entries:
    - {code: math, term: 数学}
  source: {document: xianxue-own, seen: own}
- table: reaching
  term: 进线情况
  layout: list
  stages: [lower_secondary]
  slices: [subject]
  fields:
    - {field: subject, term: 学科, type: code, codes: trial_subjects}
    - {field: reached, term: 进线人数, type: integer, unit: person}
  source: {document: xianxue-own, seen: own}
- indicator: reached
  term: 进线人次
  kind: sum
  of: {sum: [reaching.reached]}
  unit: person
  show: {decimals: 0}
  levels: [county]
  stages: [lower_secondary]
  slices: [subject]
  source: {document: xianxue-own, seen: own}
- indicator: pupils_by_area
  term: 分城乡的在校生数
  kind: sum
  of: {sum: [students.enrolled]}
  unit: person
  show: {decimals: 0}
  levels: [county]
  stages: [primary]
  slices: [urban_rural]
  source: {document: xianxue-own, seen: own}
"""


@pytest.fixture(scope="module")
def with_exam(
    demo: str,
    tmp_path_factory: pytest.TempPathFactory,
    copy_workspace: Callable[[Path, Path], None],
) -> str:
    """The example county, which has declared an examination and holds no result of it yet."""
    folder = tmp_path_factory.mktemp("exam") / "county"
    copy_workspace(Path(demo), folder)
    (folder / "exam").mkdir()
    (folder / "exam" / "cards.yaml").write_text(EXAM_CARDS, encoding="utf-8")
    settings = folder / "xianxue.toml"
    told = settings.read_text(encoding="utf-8").replace(
        'overlays = ["local"]', 'overlays = ["local", "exam"]'
    )
    settings.write_text(told, encoding="utf-8")
    return str(folder)


def test_a_table_without_any_result_is_undetermined_and_says_who_is_missing(
    with_exam: str, capsys: pytest.CaptureFixture[str]
) -> None:
    whole, math = read(capsys, "indicators", "show", "reached", "--workspace", with_exam)
    assert (whole["value"], whole["shown"]) == (None, "未定")
    assert whole["coverage"]["expected"] == len(whole["coverage"]["missing"]) > 0
    assert "slice" not in whole
    assert math["slice"] == {"dimension": "subject", "code": "math", "term": "数学"}
    # Nobody knows of which subject the missing rows are: all may be of this one.
    assert math["coverage"] == whole["coverage"]


def test_slices_of_the_county_add_up_to_it_and_can_be_asked_for_alone(
    with_exam: str, capsys: pytest.CaptureFixture[str]
) -> None:
    every = read(capsys, "indicators", "show", "pupils_by_area", "--workspace", with_exam)
    (whole,) = (one for one in every if "slice" not in one)
    parts = [one for one in every if "slice" in one]
    known = [one for one in parts if one["coverage"]["expected"]]
    assert len(known) > 1
    assert sum(Fraction(one["value"]) for one in known) == Fraction(whole["value"])
    which = known[0]["slice"]
    only = ("--slice", f"urban_rural={which['code']}", "--workspace", with_exam)
    alone = read(capsys, "indicators", "explain", "pupils_by_area", *only)
    assert alone["slice"] == which
    assert alone["value"] == known[0]["value"]
    assert alone["formula"] == f"〔学生〕在校生数；只计城乡分类为{which['term']}的"
    assert sum(Fraction(one["amount"]) for one in alone["because"]) == Fraction(alone["value"])
    assert all(one["cells"] for one in alone["because"])


def test_words_in_documents_tell_a_slice_from_the_whole(with_exam: str) -> None:
    """With the word of a slice in front it is that slice, without it the whole."""
    workspace = Workspace.open(Path(with_exam))
    river = River(workspace, workspace.period(None))
    known = Against.of(river).figures
    figures = {one.key: one for one in river.figures.values() if one.indicator == "pupils_by_area"}
    wanted = {key: one for key, one in figures.items() if one.value is not None}
    assert {key for key in wanted if key in known.by_tag} == {
        key for key in wanted if tag_of(key) == key
    }
    phrases = {one.key: phrase for phrase, one in known.phrases.figures.items() if not phrase[0]}
    for key, one in wanted.items():
        word = one.slice.term if one.slice else ""
        assert phrases[key] == ("", f"小学{word}分城乡的在校生")


def test_facts_of_places_are_read_from_tables_and_no_return_is_held_for_them(demo: str) -> None:
    """The tables stand; judging the county then opens none of its workbooks' cells."""
    workspace = Workspace.open(Path(demo))
    first = River(workspace, workspace.period(None))
    on = first.period.reference_day
    said = first.assess("balance_resources", on)
    again = River(workspace, first.period)
    assert again.assess("balance_resources", on) == said
    assert "returns" not in vars(again.holdings)
    assert "rebased" not in vars(again.holdings)
