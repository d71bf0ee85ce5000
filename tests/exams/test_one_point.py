"""One-point tables: by hand, what is wrong with them named, and whole provinces given back."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.exams.one_point.checking import checked
from xianxue.bureau.exams.one_point.reading import tables_of
from xianxue.bureau.exams.one_point.scores import Span, span_of, whole_of
from xianxue.bureau.exams.one_point.table import Between, OnePoint, Step
from xianxue.bureau.exams.reading.tabs import Issues, Tab
from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.returns.sheets.layout import address
from xianxue.desk.cli import main

PROVINCES = Path(__file__).parents[2].parent / "shared" / "data" / "gaokao_score_distribution.csv"
if not PROVINCES.exists():  # a working copy beside the project
    PROVINCES = Path(__file__).parents[4] / "shared" / "data" / "gaokao_score_distribution.csv"
HEAD = ["分数", "人数", "累计"]
GOOD = [["695-750", "4", "4"], ["694", "1", "5"], ["693", "0", "5"], ["692及以下", "5", "10"]]


def read(rows, trust="", head=None):
    """Give the table and its complaints: of each its severity, its cell and its words."""
    issues = Issues()
    tab = Tab("表.csv", "", [["某省（虚构）一分一段表"], head or HEAD, *rows], address)
    (found,) = tables_of([tab], issues)
    table = checked(found, issues, trust)
    return table, [(one.severity, one.cell, one.saw, one.do) for one in issues.found]


def only_saw(rows, **how):
    return [(cell, saw) for _, cell, saw, _ in read(rows, **how)[1]]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("695-750", 695, 750), ("695—750分", 695, 750), ("750~695", 695, 750),
        ("695及以上", 695, None), ("700分以上", 700, None), ("≥700", 700, None),
        ("700分（含）以上", 700, None), ("695＋", 695, None), ("100以下", None, 100), ("100分及以下", None, 100),
        ("５２１", 521, 521), (" 521 分", 521, 521), ("521.5", "521.5", "521.5"),
    ],
)  # fmt: skip
def test_what_rows_are_of(text, low, high):
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    assert span_of(text) == Span(*ends)


@pytest.mark.parametrize("text", ["I 8899", "", "六百", "69 5-", "-5", "以上"])
def test_what_is_no_score(text):
    assert span_of(text) is None


@pytest.mark.parametrize("text", ["1.5", "12人半", "1,23", "-3", "NaN", "∞", "1e3"])
def test_what_is_no_number_of_people(text):
    assert whole_of(text) is None


def test_counted_by_hand():
    """Ten candidates: 4 from 695 to 750, one at 694, nobody at 693, 5 at 692 or below."""
    table, issues = read(GOOD)
    assert issues == []
    assert list(table.cumulative) == [4, 5, 5, 10]
    assert table.candidates == 10
    assert table.reached(Decimal(694)) == Between(5, 5)
    assert table.reached(Decimal(695)) == Between(4, 4)
    # A line inside a row of several scores: nobody knows how many of the 4 reach it.
    assert table.reached(Decimal(700)) == Between(0, 4)
    assert table.reached(Decimal(600)) == Between(5, 10)
    assert table.at_rank(5) == span_of("694")
    assert table.at_rank(11) is None
    assert table.percentile(50) == span_of("692以下")
    assert table.percentile(60) == span_of("694")
    assert table.percentile(100) == span_of("695-750")


def test_equal_ranks_by_hand():
    """Ranks 3 to 5 have 600 this year; last year's third had 612, the fifth 610."""
    mine, _ = read([["601", "2", "2"], ["600", "3", "5"], ["599", "0", "5"], ["598", "5", "10"]])
    last, _ = read([["612", "3", "3"], ["611", "1", "4"], ["610", "6", "10"]])
    assert mine.same_rank(Decimal(600), last) == (span_of("612"), span_of("610"))
    # Nobody has 599: the line there has the rank of the last who is better.
    assert mine.same_rank(Decimal(599), last) == (span_of("610"), span_of("610"))
    assert mine.same_rank(Decimal(700), last) is None


def test_a_table_of_nobody():
    table = OnePoint([])
    assert (table.candidates, table.percentile(50), table.share(0)) == (0, None, None)


def test_a_bucket_named_like_the_row_beside_it():
    """«700以上» above a row of 700, «698以下» below one of 698: those scores are not in it twice."""
    rows = [["700以上", "2", "2"], ["700", "1", "3"], ["698", "1", "4"], ["698以下", "6", "10"]]
    table, issues = read(rows)
    assert [saw for _, _, saw, _ in issues] == ["第 5 行前面没有 699 分，按没有人算"]
    assert table.reached(Decimal(700)) == Between(3, 3)
    assert table.reached(Decimal(698)) == Between(4, 4)


def test_from_the_lowest_up_is_the_same_table():
    up, issues = read([[row[0], row[1], row[2]] for row in reversed(GOOD)])
    assert issues == []
    assert up == read(GOOD)[0]


def test_a_cumulative_from_the_lowest_up_is_turned_round():
    up = [["599", "2", "2"], ["600", "1", "3"], ["601", "4", "7"]]
    for rows, head in ((up, None), ([[a, c] for a, _, c in up], ["分数", "累计"])):
        table, issues = read(rows, head=head)
        assert list(table.cumulative) == [4, 5, 7]
        ((severity, _, saw, _),) = issues
        assert (severity, saw) == (
            Severity.NOTE,
            "累计是从低分往高分加的，已按各行人数改从高分往低分加",
        )
    # From the lowest up, and cumulated from the best down, one cell wrong: no other way is guessed.
    assert [
        one[1] for one in read([["599", "2", "7"], ["600", "1", "9"], ["601", "4", "4"]])[1]
    ] == ["C4"]


def test_one_wrong_cumulative_is_told_once():
    rows = [["10", "2", "2"], ["9", "3", "6"], ["8", "4", "9"], ["7", "1", "10"]]
    ((severity, cell, saw, do),) = read(rows)[1]
    assert (severity, cell) == (Severity.MUST_FIX, "C4")
    assert saw == "第 4 行累计是 6，上面累计 2 加本行 3 是 5"
    assert do == "下一行接得上：本行累计应是 5"


def test_one_wrong_count_is_told_both_ways():
    rows = [["10", "2", "2"], ["9", "9", "5"], ["8", "4", "9"], ["7", "1", "10"]]
    ((_, cell, _, do),) = read(rows)[1]
    assert (cell, do) == ("C4", "若人数对，累计应是 11；若累计对，人数应是 3")
    assert list(read(rows, trust="cumulative")[0].cumulative) == [2, 5, 9, 10]
    by_counts, notes = read(rows, trust="counts")
    assert list(by_counts.cumulative) == [2, 11, 15, 16]
    assert {one[0] for one in notes} == {Severity.NOTE}


def test_a_cumulative_that_falls():
    rows = [["10", "5", "5"], ["9", "1", "4"], ["8", "1", "5"]]
    ((_, _, _, do),) = read(rows)[1]
    assert do == "累计不能变小：若人数对，累计应是 6"


def test_a_cumulative_that_falls_where_there_are_no_counts():
    rows = [["750-695", "10"], ["694", "12"], ["693", "11"], ["692", "15"]]
    ((severity, cell, saw, do),) = read(rows, head=["分数", "累计"])[1]
    assert (severity, cell) == (Severity.MUST_FIX, "B5")
    assert (saw, do) == ("第 5 行累计是 11，比上面的 12 小", "请核对这两行的累计")


def test_the_first_row_already_counts_others():
    """The rows above it were cut off."""
    ((_, cell, saw, do),) = read([["600", "2", "40"], ["599", "3", "43"]])[1]
    assert (cell, saw) == ("C3", "第 3 行累计是 40，上面累计 0 加本行 2 是 2")
    assert do == "若人数对，累计应是 2；若累计对，人数应是 40"


def test_bad_cells_are_all_told_in_one_pass():
    rows = [["7OO", "1", "1"], ["699", "I 8899", "3"], ["698", "", "5"], ["697", "-1", ""]]
    assert only_saw(rows) == [
        ("A3", "第 3 行分数写的是“7OO”"),
        ("B4", "第 4 行写的是“I 8899”"),
        ("B6", "第 6 行写的是“-1”"),
        ("C6", "第 6 行写的是“”"),
    ]


def test_a_blank_count_is_what_the_cumulative_says():
    table, issues = read([["10", "2", "2"], ["9", "", "5"], ["8", "4", ""]])
    assert issues == []
    assert list(table.cumulative) == [2, 5, 9]


def test_only_cumulatives():
    table, issues = read([["10", "2"], ["9", "5"]], head=["分数", "累计人数"])
    assert issues == []
    assert [step.count for step in table.steps] == [2, 3]


def test_twice_out_of_order_and_overlapping():
    rows = [["10", "1", "1"], ["10", "1", "2"], ["9", "1", "3"], ["8", "1", "4"], ["8-9", "1", "5"]]
    assert only_saw(rows) == [
        ("A4", "第 4 行的分数在第 3 行已经有了"),
        ("A7", "第 7 行的分数不比上一行低"),
    ]


def test_missing_rows_are_nobody_or_somebody():
    rows = [["600", "2", "2"], ["597", "1", "3"]]
    ((severity, cell, saw, _),) = read(rows)[1]
    assert (severity, cell) == (Severity.NOTE, "A4")
    assert saw == "第 4 行前面没有 598 到 599 分，按没有人算"
    rows = [["600", "2", "2"], ["598", "1", "10"]]
    ((severity, _, saw, do),) = read(rows)[1]
    assert (severity, saw) == (Severity.MUST_FIX, "第 4 行前面缺 599 分")
    assert do == "按累计，缺的各行共有 7 人，请补上"


def test_the_sum_below_and_a_footnote():
    table, issues = read(
        [["10", "2", "2"], ["9", "3", "5"], ["合计", "6", ""], ["注：含加分", "", ""]]
    )
    assert table.candidates == 5
    assert [saw for _, _, saw, _ in issues] == [
        "第 6 行不是数，当作说明，没有读",
        "合计写的是 6，各行相加是 5",
    ]


COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=40)


@given(COUNTS)
def test_what_is_written_is_read_and_reaching_only_falls(counts):
    upto, rows = 0, []
    for at, count in enumerate(counts):
        upto += count
        rows.append([str(500 - at), str(count), str(upto)])
    table, issues = read(rows)
    assert issues == []
    assert list(table.cumulative) == [int(row[2]) for row in rows]
    reached = [table.reached(Decimal(score)).low for score in range(455, 502)]
    assert all(a >= b for a, b in pairwise(reached))
    if upto:
        for percent in (1, 50, 99, 100):
            span = table.percentile(percent)
            below = sum(step.count for step in table.steps if step.span.high <= span.high)
            under = sum(step.count for step in table.steps if step.span.high < span.high)
            assert 100 * under < percent * upto <= 100 * below


@given(COUNTS, st.integers(0, 39), st.integers(1, 9))
def test_any_one_wrong_cumulative_is_found_and_mended(counts, at, by):
    upto, rows = 0, []
    for score, count in enumerate(counts):
        upto += count
        rows.append([str(500 - score), str(count), str(upto)])
    at %= len(rows)
    right = rows[at][2]
    rows[at][2] = str(int(right) + by)
    ((_, cell, _, do),) = read(rows)[1]
    assert cell == f"C{at + 3}"
    assert f"累计应是 {right}" in do


@pytest.mark.skipif(not PROVINCES.exists(), reason="the real tables are not here")
class TestProvinces:
    """Tables that examination offices published."""

    @staticmethod
    def rows(province, track=None):
        with PROVINCES.open(encoding="utf-8") as file:
            return [
                row for row in csv.DictReader(file)
                if row["province"] == province and track in {None, row["track"]}
            ]  # fmt: skip

    def test_shandong_gives_its_cumulative_back(self, capsys):
        """681,127 candidates; lines and percentiles as a loop over the file counts them."""
        with pytest.raises(SystemExit) as ended:
            main(
                [
                    "exams",
                    "table",
                    str(PROVINCES),
                    "--province",
                    "山东",
                    "--lines",
                    "444,521",
                    "--json",
                ]
            )
        assert ended.value.code == 0
        told = json.loads(capsys.readouterr().out)
        rows = self.rows("山东")
        assert [one["cumulative"] for one in told["rows"]] == [
            int(row["cumulative"]) for row in rows
        ]
        assert (told["candidates"], told["notes"]) == (681127, [])
        for line in told["lines"]:
            by_hand = sum(int(row["count"]) for row in rows if int(row["score"]) >= line["line"])
            assert line["reached"] == by_hand
            assert line["share"] == f"{by_hand / 681127:.12f}".rstrip("0")
        assert [line["reached"] for line in told["lines"]] == [326544, 138878]
        each = sorted(int(row["score"]) for row in rows for _ in range(int(row["count"])))
        for one in told["percentiles"]:
            place = -(-one["percent"] * len(each) // 100)
            assert one["score"] == each[place - 1]

    @pytest.mark.parametrize("province", ["浙江", "河南", "湖北", "江苏"])
    def test_others_hold_too(self, province):
        for track in {row["track"] for row in self.rows(province)}:
            rows = self.rows(province, track)
            table, issues = read([[row["score"], row["count"], row["cumulative"]] for row in rows])
            assert issues == []
            assert table.candidates == int(rows[-1]["cumulative"])

    def test_fujian_is_broken_at_the_source(self, capsys):
        """Above the first who reached it each score repeats the same 14: row 3 of the file on."""
        with pytest.raises(SystemExit) as ended:
            main(
                [
                    "exams",
                    "table",
                    str(PROVINCES),
                    "--province",
                    "福建",
                    "--track",
                    "历史",
                    "--json",
                ]
            )
        assert ended.value.code == 1
        told = json.loads(capsys.readouterr().out)
        assert {one["code"] for one in told} == {"P-SUM"}
        assert told[0]["cell"] == "F3"
        assert told[0]["do"] == "若人数对，累计应是 28；若累计对，人数应是 0"
        rows = self.rows("福建", "历史")
        broken = sum(
            int(row["cumulative"]) != int(above["cumulative"]) + int(row["count"])
            for above, row in pairwise(rows)
        )
        assert len(told) == broken == 90


def test_which_of_several_tables(tmp_path, capsys):
    """A file of two tables asks which, and names them; lines that are no numbers are refused."""
    file = tmp_path / "两科.csv"
    lines = ["科类,分数,人数,累计", "物理,10,1,1", "物理,9,1,2", "历史,10,3,3"]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["exams", "table", str(file)])
    assert ended.value.code == 2
    assert "有 2 张表都符合" in (said := capsys.readouterr().err)
    assert "物理、历史" in said
    with pytest.raises(SystemExit) as ended:
        main(["exams", "table", str(file), "--track", "物理", "--lines", "九"])
    assert ended.value.code == 2
    assert "“九”不是数" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["exams", "table", str(file), "--track", "物理", "--lines", "10"])
    assert ended.value.code == 0
    assert "50.00%" in capsys.readouterr().out


def test_no_table_at_all(tmp_path, capsys):
    file = tmp_path / "别的.csv"
    file.write_text("姓名,学校\n虚构,甲校\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["exams", "table", str(file)])
    assert ended.value.code == 1
    assert "没有一张表有分数和人数" in capsys.readouterr().out
    file.write_text("分数,人数,累计\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["exams", "table", str(file)])
    assert "列名下面一行也没有" in capsys.readouterr().out


def test_a_step_is_a_row():
    assert Step(Span(Decimal(1), Decimal(1)), 2).span.one
