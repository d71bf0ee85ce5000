"""Where figures end: every kind is told in a sentence, and what is restricted stays covered."""

from typing import get_args

import pytest

from xianxue.bureau.records.trace import (
    KIND_OF,
    CellRef,
    EntryRef,
    EvidenceRef,
    FigureRef,
    MarkRef,
    ResultRef,
    ScoreRef,
    TallyRef,
    Trace,
    words,
)
from xianxue.bureau.values.record import replace
from xianxue.catalogue.languages.words import words_of

CELL = CellRef("1", "f", 1, "甲校.xlsx", "学生", "C4", "students.enrolled", "一年级·在校生数", "40")
ENTRY = EntryRef(
    place="1",
    ledger="hazards",
    title="安全隐患台账",
    number="12",
    on="2025-10-08",
    term="已整改",
    value="是",
)
TARGET = EntryRef(
    place="639900",
    ledger="targets",
    title="年度目标",
    number="3",
    on="2025-01-10",
    term="学前三年毛入园率",
    value="92.5%",
    document="虚教发〔2025〕1号",
    written_in="目标.xlsx〔目标〕B4",
)
SCORE = ScoreRef(place="1", exam="期末统测", row="17", term="数学", value="92")
MARK = MarkRef(
    place="1", rubric="办学水平", item="A3", term="教研活动", assessor="评委2", value="4"
)
TALLY = TallyRef(place="1", ballot="家长满意度", question="3", term="满意", value="41")
EVIDENCE = EvidenceRef(
    place="1", rubric="平安校园", number="1.2-01", term="消防演练记录", on="2025-11-03"
)
RESULT = ResultRef(
    place="1", key="safe_campus/2026", rubric="平安校园", release=2, name="甲校", term="4A级",
    value="91.5",
)  # fmt: skip
FIGURE = FigureRef(
    place="1", key="pupils/1/all/2025-2026", term="在校生数", value="540人", restricted=""
)


@pytest.mark.parametrize(
    ("trace", "said"),
    [
        (CELL, "甲校.xlsx〔学生〕C4（一年级·在校生数）40"),
        (ENTRY, "安全隐患台账第 12 号（2025-10-08）已整改是"),
        (
            TARGET,
            (
                "年度目标第 3 号（2025-01-10）学前三年毛入园率92.5%"
                "，依据虚教发〔2025〕1号，见目标.xlsx〔目标〕B4"
            ),
        ),
        (SCORE, "《期末统测》成绩表第 17 行数学92"),
        (MARK, "《办学水平》A3 教研活动：评委2 4 分"),
        (TALLY, "《家长满意度》第 3 题“满意”41 票"),
        (EVIDENCE, "《平安校园》佐证 1.2-01：消防演练记录"),
        (RESULT, "《平安校园》第 2 号公示：甲校 4A级，91.5 分"),
        (FIGURE, "在校生数为540人"),
    ],
)
def test_each_kind_is_told_to_those_entitled(trace, said):
    assert words(trace, {"pupils", "assessors"}) == said


@pytest.mark.parametrize(
    ("trace", "said"),
    [
        (SCORE, "《期末统测》成绩表的一行（限有权查看的人打开）"),
        (MARK, "《办学水平》的一项评分（限有权查看的人打开）"),
    ],
)
def test_what_is_restricted_is_named_and_its_value_is_not_told(trace, said):
    assert words(trace) == said
    assert words(trace, {"another scope"}) == said


@pytest.mark.parametrize(
    ("trace", "said"),
    [
        (CELL, "甲校.xlsx〔学生〕的一格"),
        (ENTRY, "安全隐患台账的一条"),
        (TALLY, "《家长满意度》的一项计票"),
        (EVIDENCE, "《平安校园》的一份佐证"),
        (RESULT, "《平安校园》的一个结果"),
        (FIGURE, "在校生数"),
    ],
)
def test_any_kind_can_be_restricted(trace, said):
    assert words(replace(trace, restricted="staff")) == f"{said}（限有权查看的人打开）"


def test_the_union_is_closed_and_every_kind_has_a_name():
    assert set(get_args(Trace)) == set(KIND_OF)
    assert len(set(KIND_OF.values())) == len(KIND_OF)


def test_only_scores_and_marks_are_restricted_unless_said():
    kinds = {
        KIND_OF[type(one)]
        for one in (CELL, ENTRY, SCORE, MARK, TALLY, EVIDENCE, RESULT, FIGURE)
        if one.restricted
    }
    assert kinds == {"score", "mark"}


@pytest.mark.parametrize(
    ("trace", "said"),
    [
        (CELL, "甲校.xlsx [学生] C4 (一年级·在校生数) 40"),
        (
            TARGET,
            (
                "年度目标 no. 3 (2025-01-10): 学前三年毛入园率 92.5%"
                ", by 虚教发〔2025〕1号, read from 目标.xlsx〔目标〕B4"
            ),
        ),
        (SCORE, "期末统测, score table, row 17: 数学 92"),
        (MARK, "办学水平, A3 教研活动: 评委2 gave 4"),
        (TALLY, "家长满意度, question 3, “满意”: 41 answers"),
        (EVIDENCE, "平安校园, evidence 1.2-01: 消防演练记录"),
        (FIGURE, "在校生数 is 540人"),
    ],
)
def test_each_kind_is_told_in_english(trace, said):
    assert words(trace, {"pupils", "assessors"}).told(words_of("en")) == said


def test_what_is_covered_is_told_in_english():
    english = words_of("en")
    told = [words(replace(one, restricted="staff")).told(english) for one in (CELL, ENTRY, SCORE)]
    told += [words(replace(one, restricted="staff")).told(english) for one in (MARK, TALLY, FIGURE)]
    assert told == [
        "a cell of 甲校.xlsx [学生] (opened by those entitled only)",
        "an entry of 安全隐患台账 (opened by those entitled only)",
        "a row of the score table of 期末统测 (opened by those entitled only)",
        "a mark of 办学水平 (opened by those entitled only)",
        "a count of 家长满意度 (opened by those entitled only)",
        "在校生数 (opened by those entitled only)",
    ]
