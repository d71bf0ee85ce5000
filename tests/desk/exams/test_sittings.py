"""An examination from its score table to its release: loaded whole, lined, released by another."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from xianxue.desk.actions import telling
from xianxue.desk.cli import cli
from xianxue.desk.exams.sittings import sitting_named
from xianxue.desk.journal.verification import verify
from xianxue.desk.models import ExamMarks, ExamRelease, JournalLine, Sitting
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores.exams.files import ExamFiles
from xianxue.desk.workspace import Workspace

HEAD = "学校,班级,考号,姓名,语文,数学\n"
ROWS = (
    "东河镇初级中学,1班,01,甲,120,110\n东河镇初级中学,1班,02,乙,90,80\n"
    "西山乡九年一贯制学校,1班,03,丙,100,缺考\n西山乡九年一贯制学校,1班,04,丁,0,60\n"
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "成绩.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def run(county, *args):
    line = ["exams", *map(str, args), "--workspace", str(county)]
    result = CliRunner().invoke(cli, line, standalone_mode=False)
    error = result.exception
    return (2 if error else result.return_value or 0), str(error) if error else result.output


def load(county, *files, name="中考"):
    return run(county, "load", *files, "--exam", "zhongkao", "--name", name, "--day", "2026-06-20")


def loaded(county, table):
    code, text = load(county, table)
    assert code == 0, text


def lines(county, *args):
    code, text = run(county, "lines", "中考", "--json", *args)
    assert code == 0, text
    return json.loads(text)


def test_a_table_is_loaded_once_and_its_pupils_lie_apart(county, table):
    loaded(county, table)
    code, text = load(county, table)
    assert (code, "没有改动" in text) == (0, True)
    (row,) = ExamMarks.objects.all()
    assert (row.rows, row.subjects) == (4, ["chinese", "mathematics"])
    files = ExamFiles(county / "store" / "cabinet")
    marks, pupils = files.rows("marks", row.marks), files.rows("pupils", row.pupils)
    assert [one["m.mathematics"] for one in marks] == [11000, 8000, None, 6000]
    assert [one["name"] for one in pupils] == ["甲", "乙", "丙", "丁"]
    assert not {"甲", "01"} & {str(value) for one in marks for value in one.values()}
    told = [str(line.detail) for line in JournalLine.objects.filter(deed="exams.load")]
    assert len(told) == 1
    assert "甲" not in told[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_in_either_coding(county, tmp_path, encoding):
    path = tmp_path / "t.csv"
    path.write_bytes((HEAD + ROWS).encode(encoding))
    loaded(county, path)


def test_one_bad_cell_and_not_a_row_is_taken(county, table, tmp_path):
    table.write_text(HEAD + ROWS.replace("60", "I 60"), encoding="utf-8")
    code, text = load(county, table, "--marked", tmp_path / "marked")
    assert code == 1
    assert "F5：数学填了“I 60”" in text
    assert (tmp_path / "marked" / "成绩_校验.xlsx").is_file()
    open_ground(Workspace.open(county))
    assert Sitting.objects.count() == 0
    assert not (county / "store" / "cabinet" / "exams").exists()


def test_lines_count_those_with_a_total_alone(county, table):
    loaded(county, table)
    found = lines(county, "--set", "重点高中线=170", "--set", "合格线=60", "--document", "虚构文件")
    assert [(one["line"], one["over"], one["base"], one["rate"]) for one in found] == [
        ("key_senior", 2, 3, "0.666666666667"),
        ("pass", 3, 3, "1"),
    ]
    # The one of 170 itself is over the line; 丙 has no total for she was absent in mathematics.
    assert [(one["near_above"], one["near_below"]) for one in found] == [(1, 0), (1, 0)]
    # Two pupils are too few to be shown, whoever asks.
    assert lines(county, "--school", "3163980001") == []


def test_a_line_that_is_tried_is_not_kept(county, table):
    loaded(county, table)
    tried = lines(county, "--set", "合格线=200", "--try")
    assert [one["over"] for one in tried] == [1]
    assert lines(county) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("本科批=400", "没有分数线“本科批”"),
        ("合格线/物理类=60", "不分科类"),
        ("合格线=301", "0 到 300 分"),
        ("合格线=六十", "“六十”"),
        ("合格线=60,20", "只有总分一条线"),
    ],
)
def test_lines_that_cannot_be_set(county, table, line, said):
    loaded(county, table)
    code, text = run(county, "lines", "中考", "--set", line, "--document", "虚构文件")
    assert code == 2
    assert said in text


def test_a_line_needs_a_document(county, table):
    loaded(county, table)
    code, text = run(county, "lines", "中考", "--set", "合格线=60")
    assert code == 2
    assert "定线的文件" in text


def release(county, *args):
    return run(county, "release", "中考", "--json", *args)


def test_who_loaded_alone_does_not_release_alone(county, table):
    loaded(county, table)
    code, text = release(county)
    assert code == 2
    assert "不独自发布成绩" in text
    code, text = release(county, "--as", "李四（虚构）")
    assert code == 0, text
    assert json.loads(text)["number"] == 1
    code, text = release(county, "--as", "李四（虚构）")
    assert json.loads(text)["new"] is False


def test_a_line_set_after_the_release_is_a_new_release_and_the_old_one_stays(county, table):
    loaded(county, table)
    lines(county, "--set", "合格线=160", "--document", "虚构文件")
    assert release(county, "--as", "李四（虚构）")[0] == 0
    lines(county, "--set", "合格线=200", "--document", "虚构文件二")
    standing = sitting_named(Workspace.open(county), "中考")
    assert not standing.released
    said = json.loads(release(county, "--as", "李四（虚构）")[1])
    assert said["number"] == 2
    moved = {one["figure"]: (one["before"], one["after"]) for one in said["moved"]}
    assert moved["height/pass"] == (16000, 20000)
    assert moved["county/over:pass"] == (2, 1)
    assert "county/pupils" not in moved
    # The schools have two pupils each: what moved of them is told to nobody.
    assert not any("316398" in figure for figure in moved)
    first = ExamRelease.objects.get(number=1)
    assert (first.lines, first.figures["county/over:pass"]) == (1, 2)


def test_marks_that_were_altered_or_lost_are_said_aloud(county, table):
    loaded(county, table)
    row = ExamMarks.objects.get()
    path = ExamFiles(county / "store" / "cabinet").file("marks", row.marks)
    path.write_bytes(path.read_bytes() + b"x")
    code, text = run(county, "lines", "中考")
    assert code == 2
    assert "被改动" in text
    verified = CliRunner().invoke(cli, ["journal", "verify", "--workspace", str(county)])
    assert f"cabinet/exams/marks/{path.name}" in verified.output
    path.unlink()
    code, text = run(county, "lines", "中考")
    assert "不见了" in text


@pytest.mark.parametrize("point", ["second file", "journal"])
def test_what_breaks_off_leaves_everything_as_before(county, table, monkeypatch, point):
    def broken(*args, **kwargs):
        raise KeyboardInterrupt

    write = ExamFiles.write
    if point == "journal":
        monkeypatch.setattr(telling, "write_down", broken)
    else:
        monkeypatch.setattr(
            ExamFiles,
            "write",
            lambda self, part, *rest: write(self, part, *rest) if part == "marks" else broken(),
        )
    assert load(county, table)[0] == 2
    assert (Sitting.objects.count(), ExamMarks.objects.count()) == (0, 0)
    monkeypatch.undo()
    loaded(county, table)
    assert ExamMarks.objects.get().number == 1


def test_the_journal_tells_it_and_finds_what_was_done_past_it(county, table):
    loaded(county, table)
    open_ground(Workspace.open(county))
    assert verify().issues == []
    text = CliRunner().invoke(cli, ["journal", "show", "--workspace", str(county)]).output
    assert "载入成绩" in text
    assert "4 人，出自成绩.csv" in text


def test_the_same_name_twice_has_to_be_on_one_day(county, table):
    loaded(county, table)
    code, text = run(
        county, "load", table, "--exam", "zhongkao", "--name", "中考", "--day", "2026-06-21"
    )
    assert code == 2
    assert "已经登记在" in text


def test_the_rate_of_the_province_is_held_against_ours_in_points(county, table):
    loaded(county, table)
    lines(county, "--set", "重点高中线=170", "--document", "虚构文件")
    given = ("--set", "全省:重点高中线=50.5", "--set", "全市:重点高中线=70%", "--document", "虚构")
    code, text = run(county, "refer", "中考", *given, "--json")
    assert code == 0, text
    # 2 of 3 are 66.67 per cent.
    assert {one["reference"]: one["above"] for one in json.loads(text)} == {
        "50.5": "16.166666666667",
        "70": "-3.333333333333",
    }
    code, text = run(county, "refer", "中考")
    assert "高出全省 16.17 个百分点" in text
    assert "低于全市 3.33 个百分点" in text
    assert not sitting_named(Workspace.open(county), "中考").released


@pytest.mark.parametrize(
    "text", ["全国:合格线=50", "全省:本科批=50", "全省:合格线=101", "全省:合格线=五成", "合格线=50"]
)
def test_references_that_cannot_be_read(county, table, text):
    loaded(county, table)
    code, said = run(county, "refer", "中考", "--set", text, "--document", "虚构")
    assert code == 2
    assert text in said
