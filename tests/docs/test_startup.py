"""Commands start without what they do not need: see docs/decisions/lazy-command-line.md."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.periods import Period
from xianxue.catalogue.load import load
from xianxue.desk.stores.examples import Example

HEAVY = [
    *("django", "docx", "lxml", "narwhals", "openpyxl", "polars"),
    *("python_calamine", "rich", "xlsxwriter"),
]
CALL = """
import json, sys
from xianxue.desk.cli import main
try:
    main(json.loads(sys.argv[1]))
except SystemExit:
    pass
print("\\n" + " ".join(sorted(name for name in sys.modules if "." not in name)))
"""


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The empty template of the county's form."""
    shelf = load().shelf
    county = Example.open("four_schools").register(shelf).county
    path = tmp_path / "county.xlsx"
    form = shelf.forms["county_annual"]
    path.write_bytes(write_workbook(form, county, Period.parse("2025-2026"), shelf.codes))
    return path


def loaded(folder: Path, *words: str, among: Sequence[str] = HEAVY) -> set[str]:
    """The heavy libraries that a command has loaded when it is done."""
    done = subprocess.run(
        [sys.executable, "-c", CALL, json.dumps(words)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.splitlines()[-1].split()) & set(among)


def test_cards_that_were_found_in_order_are_not_read_again(tmp_path, monkeypatch):
    """The second time nothing is loaded that reads YAML."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "report.txt").write_text("全县有学校66所。", "utf-8")
    words = ["audit", "report.txt", "--json"]
    assert "yaml" in loaded(tmp_path, *words, among=["yaml"])
    assert loaded(tmp_path, *words, among=["yaml"]) == set()
    # Whoever asks for the check gets it.
    assert loaded(tmp_path, "catalogue", "check", among=["yaml"]) == {"yaml"}


@pytest.mark.parametrize("words", [["--help"], ["catalogue", "check", "--json"]])
def test_nothing_heavy_is_loaded_for(words, tmp_path):
    assert loaded(tmp_path, *words) == set()


def test_a_clerk_who_checks_a_workbook_waits_for_no_engine(workbook, tmp_path):
    """The library that reads workbooks is all it takes."""
    assert loaded(tmp_path, "returns", "check", workbook.name, "--json") == {"python_calamine"}


def test_who_matches_teachers_and_posts_waits_for_no_database(tmp_path):
    post = '{"quota": 1, "ranking": ["a"]}'
    (tmp_path / "m.json").write_text(
        f'{{"teachers": {{"a": ["P"]}}, "posts": {{"P": {post}}}}}', "utf-8"
    )
    assert loaded(tmp_path, "appraise", "match", "m.json", "--json") == set()


def test_who_audits_a_report_waits_for_no_engine(tmp_path):
    (tmp_path / "report.txt").write_text("全县有学校66所，其中中小学25所、幼儿园41所。", "utf-8")
    assert loaded(tmp_path, "audit", "report.txt", "--json") == set()
    assert loaded(tmp_path, "audit", "report.txt", "--html", "page.html", "--json") == set()


def test_what_would_be_seen_if_it_were_loaded(tmp_path):
    """The probe itself sees a library: a new workspace and its template need XlsxWriter."""
    loaded(tmp_path, "init", "county", "--example", "four_schools")
    words = ["returns", "template", "county_annual", "--workspace", "county", "-o", "county.xlsx"]
    assert loaded(tmp_path, *words) == {"xlsxwriter"}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four schools with everything accepted and published."""
    folder = tmp_path_factory.mktemp("published") / "county"
    loaded(folder.parent, "demo", str(folder), "--example", "four_schools")
    loaded(folder, "returns", "release")
    assert list((folder / "store" / "releases").iterdir())
    return folder


def test_a_workbook_is_compared_without_the_engine_that_read_the_others_before(county):
    """The first check after something was accepted reads the cabinet, every later one does not."""
    workbook = next((county / "workbooks").iterdir()).name
    words = ["returns", "check", f"workbooks/{workbook}", "--json"]
    assert loaded(county, *words) >= {"django", "python_calamine"}
    assert loaded(county, *words) == {"django", "python_calamine"}


SCHOOL = "2163980001"
LEAST = [
    ([], set()),
    (["places", "list", "--json"], set()),
    (["indicators", "list", "--json"], set()),
    (["report", "list"], set()),
    (["release", "list", "--json"], {"django"}),
    (["returns", "status", "--json"], {"django"}),
    (["returns", "remind", "--json"], {"django"}),
    (["returns", "trail", "--form", "school_annual", "--place", SCHOOL], {"django"}),
    (["returns", "explanations", "--json"], {"django"}),
    (["journal", "show", "--json"], {"django"}),
    # What is derived from the cells is derived again, to be held against what is kept.
    (["journal", "verify", "--json"], {"django", "polars"}),
]
"""What each command takes and nothing besides."""


def called(value):
    """Name a case; a set in order, so that every process that tests calls it the same."""
    return " ".join(value if isinstance(value, list) else sorted(value))[:30]


@pytest.mark.parametrize(("words", "needed"), LEAST, ids=called)
def test_a_command_loads_what_it_uses(words, needed, county):
    assert loaded(county, *words) == needed


@pytest.mark.parametrize(
    "words",
    [
        ["indicators", "show", "pupils_all", "--json"],
        ["indicators", "explain", "pupils_all", "--json"],
        ["assess", "balance_resources", "--json"],
        ["release", "verify"],
    ],
    ids=lambda words: " ".join(words[:2]),
)
def test_figures_need_the_engine_and_no_office_library(words, county):
    assert loaded(county, *words) == {"django", "polars"}
