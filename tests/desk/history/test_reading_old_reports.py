"""Old reports are read together: what they relay is listed, where they disagree nothing is taken."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document

from xianxue.desk.cli import cli
from xianxue.desk.workspace import MisusedError


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    """Invented reports of three years; the last two contradict each other about one figure."""
    folder = tmp_path_factory.mktemp("old")
    for name, lines in {
        "甲.docx": [
            "虚构县2020年教育工作总结（虚构）",
            "全县小学在校生8100人，初中在校生约4000人。",
        ],
        "乙.docx": [
            "虚构县2021年教育工作总结（虚构）",
            "全县小学在校生8200人。",
            "上年，初中在校生3990人。",
        ],
        "丙.docx": [
            "虚构县2022年教育工作总结（虚构）",
            "2021年，小学在校生8300人。",
            "学前三年毛入园率97.3%。",
        ],
        "丁.docx": ["虚构县2022年工作汇报（虚构）", "学前三年毛入园率达97.25%。"],
    }.items():
        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(folder / name))
    return folder


def read(workspace: Path, *words: object) -> tuple[int, Any]:
    given = ["history", "read", *map(str, words), "--workspace", str(workspace), "--json"]
    done = CliRunner().invoke(cli, given, standalone_mode=False)
    return done.return_value, json.loads(done.stdout)


def test_reports_give_dated_figures_with_sentence_and_digest(four_schools, reports):
    code, told = read(four_schools, reports / "甲.docx", reports / "乙.docx")
    first, second = told["reports"]
    assert code == 0
    assert first["digest"] == sha256((reports / "甲.docx").read_bytes()).hexdigest()
    (one,) = first["proposed"]
    assert (one["indicator"], one["stage"], one["value"]) == ("pupils", "primary", "8100")
    assert (one["period"], one["paragraph"], one["source"]) == ("2020", 2, "relayed")
    assert [left["why"] for left in first["left_out"]] == ["about"]
    assert [(each["text"], each["period"]) for each in second["proposed"]] == [
        ("8200人", "2021"),
        ("3990人", "2020"),
    ]


def test_what_two_reports_contradict_is_shown_from_both(four_schools, reports):
    code, told = read(four_schools, reports / "乙.docx", reports / "丙.docx")
    disputed = [
        one["text"] for each in told["reports"] for one in each["proposed"] if one["disputed"]
    ]
    assert (code, disputed) == (1, ["8200人", "8300人"])


def test_a_figure_printed_shorter_contradicts_nothing_and_a_file_given_twice_is_one(
    four_schools, reports
):
    code, told = read(four_schools, reports / "丙.docx", reports / "丁.docx", reports / "丁.docx")
    assert (code, len(told["reports"])) == (0, 2)


def test_the_year_may_be_given_and_must_be_one(four_schools, tmp_path):
    text = tmp_path / "总结.txt"
    text.write_text("工作总结\n小学在校生8000人。\n", encoding="utf-8")
    _, told = read(four_schools, text)
    assert not told["reports"][0]["proposed"]
    _, told = read(four_schools, text, "--year", "2019-2020")
    assert [one["period_from"] for one in told["reports"][0]["proposed"]] == ["given"]
    words = ["history", "read", str(text), "--year", "2020-05", "--workspace", str(four_schools)]
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    assert isinstance(done.exception, MisusedError)
    assert "2020-05" in str(done.exception)


def test_people_are_told_in_a_table_why_numbers_are_left_out(four_schools, reports):
    words = ["history", "read", str(reports / "甲.docx"), "--workspace", str(four_schools)]
    done = CliRunner().invoke(cli, words)
    assert "8100人" in done.output
    assert "不收：是约数" in done.output
