"""A tour of the example in English: no Chinese is left but names, titles and what is quoted."""

import re

import pytest

from xianxue.desk.cli import main
from xianxue.desk.workspace import Workspace

CHINESE = re.compile("[㐀-鿿，。；：？！、（）《》]")
QUOTED = re.compile(
    "《[^》]*》(（[^）]*）)?|“[^”]*”|〔[^〕]*〕|\\S*\\.(?:xlsx|docx)|[^\\s│]*（虚构[^）]*）"
)
"""Titles of documents, what is quoted, tabs of workbooks, names of files, invented people."""

WRITTEN = {"上学年的数，供比较", "数字抄错"}
"""Reasons that people of the example give, for last year and in a ledger: they stay."""

TOUR = [
    "catalogue check",
    "indicators list",
    "indicators show pupils",
    "indicators show classes_within_norm",
    "indicators explain pupils",
    "indicators explain preschool_gross_enrolment",
    "indicators explain spread_teaching_area_per_pupil",
    "indicators explain teaching_area_per_pupil --place 3163980001",
    "indicators explain pupils_growth",
    "indicators explain pupils_all_average_growth",
    "indicators explain preschool_gross_enrolment_change",
    "indicators explain largest_schools_share",
    "indicators explain teaching_area_rank --place 2163980001",
    "assess balance_resources --all",
    "assess balance_guarantee --all",
    "assess balance_quality --all",
    "assess preschool_universal --all",
    "returns status",
    "returns duplicates school_annual",
    "returns template school_annual --place 2163980001 -o one.xlsx",
    "returns check one.xlsx --marked marked",
    "returns release --as 王五（虚构）",
    "release list",
    "release show 2025-2026/1",
    "release verify",
    "targets list",
    "places list",
    "report list",
    "report write annual_summary -o out.docx",
    "journal show",
    "journal verify",
    "journal head",
    "journal expire --dry-run",
]


@pytest.fixture
def spoken(tmp_path, capsys, monkeypatch):
    """Runs a line in English inside the example; gives what it wrote."""
    monkeypatch.setenv("COLUMNS", "400")  # no name is broken in two
    folder = tmp_path / "demo"

    def running(words):
        with pytest.raises(SystemExit) as ended:
            main([*words, "--lang", "en"])
        captured = capsys.readouterr()
        assert ended.value.code in {0, 1}, captured.err
        return captured.out + captured.err

    running.folder = folder
    return running


def left_over(out, opened):
    """What remains of the Chinese once names and quotations are gone."""
    allowed = {place.name for place in opened.register} | {opened.settings.note, *WRITTEN}
    for source in opened.shelf.sources.values():
        allowed |= {source.name, source.title}
    articles = re.compile("第[0-9]+条")
    for text in sorted(allowed - {""}, key=len, reverse=True):
        out = out.replace(text, "")
    return [
        line for line in articles.sub("", QUOTED.sub("", out)).splitlines() if CHINESE.search(line)
    ]


def test_the_tour_in_english(spoken, monkeypatch):
    told = spoken(["demo", str(spoken.folder), "--example", "four_schools"])
    opened = Workspace.open(spoken.folder)
    monkeypatch.chdir(spoken.folder)
    found = {"demo": left_over(told, opened)}
    for line in TOUR:
        found[line] = left_over(spoken(line.split()), opened)

    assert {line: left[:5] for line, left in found.items() if left} == {}


def test_what_the_tour_lets_pass_is_no_more_than_names():
    """The tour can fail: a Chinese word beside names and quotations is found."""
    assert CHINESE.search(QUOTED.sub("", "met 达标 “在校生” a.xlsx 《某办法》（某〔2017〕1号）"))
    assert not CHINESE.search(QUOTED.sub("", "met “在校生” 甲.xlsx 《某办法》（某〔2017〕1号）"))
