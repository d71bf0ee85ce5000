"""Score tables as they come: each way of writing one, and each fault by itself."""

from __future__ import annotations

import pytest
from national import national

from xianxue.bureau.exams.columns import Why
from xianxue.bureau.exams.reading.scores import Reader
from xianxue.bureau.exams.reading.tabs import School, Schools, Tab, bare
from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.returns.sheets.layout import address

SHELF = national().shelf
EAST, WEST, CLOSED, SMALL = "3163990001", "3163990002", "3163990003", "2163990004"
_SCHOOLS = [
    School(EAST, "东镇中学", True, True),
    School(WEST, "西镇中学", True, True),
    School(CLOSED, "旧中学", False, True),
    School(SMALL, "东镇小学", True, False),
]
SCHOOLS = Schools(
    {one.code: one for one in _SCHOOLS},
    {**{bare(one.name): [one.code] for one in _SCHOOLS}, "东镇初级中学": [EAST]},
)


def tab(text, name="成绩", file="成绩.xlsx"):
    """A tab written as people see it: one line a row, cells parted by blanks, . for a blank one."""
    rows = [
        ["" if cell == "." else cell for cell in line.split()] for line in text.strip().split("\n")
    ]
    wide = max(len(row) for row in rows)
    return Tab(file, name, [row + [""] * (wide - len(row)) for row in rows], address)


def read(*tabs, exam="junior_monitoring"):
    return Reader(SHELF.examinations[exam], SHELF.codes, SCHOOLS).read(tabs)


def told(scores, grave=True):
    return [
        (one.code, one.cell)
        for one in scores.issues
        if not grave or one.severity is Severity.MUST_FIX
    ]


def test_a_wide_table_is_read_cell_by_cell():
    scores = read(
        tab("学校 班级 考号 姓名 语文 数学\n东镇中学 1班 01 甲 95 88.5\n西镇中学 2班 02 乙 0 100")
    )
    assert scores.issues == []
    assert scores.subjects == ["chinese", "mathematics"]
    assert scores.frame == {
        "row": [0, 1],
        "school": [EAST, WEST],
        "class": ["1班", "2班"],
        "track": ["", ""],
        "m.chinese": [9500, 0],
        "w.chinese": [0, 0],
        "m.mathematics": [8850, 10000],
        "w.mathematics": [0, 0],
    }
    assert scores.pupils["id"] == ["01", "02"]
    assert scores.pupils["name"] == ["甲", "乙"]


def test_nothing_of_a_pupil_is_in_the_frame():
    scores = read(tab("学校 考号 学籍号 姓名 语文\n东镇中学 01 G01 甲 95"))
    held = {str(value) for column in scores.frame.values() for value in column}
    assert held.isdisjoint({"01", "G01", "甲"})


def test_a_long_table_says_the_same_as_the_wide_one():
    wide = read(
        tab(
            "学校 班级 考号 姓名 语文 数学\n东镇中学 1班 01 甲 95 88.5\n西镇中学 2班 02 乙 缺考 100"
        )
    )
    long = read(
        tab(
            "学校 班级 考号 姓名 科目 成绩\n东镇中学 1班 01 甲 语文 95\n西镇中学 2班 02 乙 语文 缺考\n"
            "东镇中学 1班 01 甲 数学 88.5\n西镇中学 2班 02 乙 数学 100"
        )
    )
    assert long.issues == []
    assert long.frame == wide.frame


def test_the_six_values_that_are_no_mark_and_a_nought():
    scores = read(
        tab(
            "学校 考号 语文 数学\n东镇中学 1 缺考 9\n东镇中学 2 免考 9\n东镇中学 3 作弊 9\n"
            "东镇中学 4 违纪 9\n东镇中学 5 未选 9\n东镇中学 6 . 9\n东镇中学 7 0 9"
        )
    )
    assert told(scores) == []
    assert scores.frame["m.chinese"] == [None] * 6 + [0]
    assert [Why(why) for why in scores.frame["w.chinese"]] == [
        *(Why.ABSENT, Why.EXEMPT, Why.VOID, Why.VOID, Why.NOT_CHOSEN, Why.BLANK, Why.MARK)
    ]


@pytest.mark.parametrize("text", ["95", "９５", "95分", "９５分", "95.0"])
def test_a_mark_however_it_is_typed(text):
    scores = read(tab(f"学校 考号 语文\n东镇中学 1 {text}"))
    assert (scores.issues, scores.frame["m.chinese"]) == ([], [9500])


@pytest.mark.parametrize(
    "text", ["I8899", "95a", "-1", "100.5", "101", "95.3", "九十五", "1e1", "l00"]
)
def test_what_is_no_mark_is_complained_of_in_its_cell(text):
    scores = read(tab(f"学校 考号 语文\n东镇中学 1 90\n东镇中学 2 {text}"))
    assert told(scores) == [("X-MARK", "C3")]


def test_a_real_bad_cell_is_quoted_as_it_stands():
    scores = read(
        Tab("a.xlsx", "", [["学校", "考号", "语文"], ["东镇中学", "1", "I 8899"]], address)
    )
    assert "“I 8899”" in scores.issues[0].message


def test_heads_in_two_rows_under_a_title_and_rows_of_means_below():
    scores = read(
        tab(
            "某县监测成绩表 . . . . . .\n学校 考号 语文 . 数学 . 总分\n. . 得分 名次 得分 名次 .\n"
            "东镇中学 1 90 1 80 2 170\n东镇中学 2 80 2 90 1 170\n平均分 . 85 . 85 . 170\n. . . . . . .\n. . . . . . ."
        )
    )
    assert scores.issues == []
    assert (scores.frame["m.chinese"], scores.frame["m.mathematics"]) == (
        [9000, 8000],
        [8000, 9000],
    )


def test_a_total_that_is_no_sum_is_complained_of():
    scores = read(
        tab(
            "学校 考号 语文 数学 总分\n东镇中学 1 90 80 170\n东镇中学 2 90 80 180\n东镇中学 3 90 缺考 90"
        )
    )
    assert told(scores) == [("X-TOTAL", "E3")]


def test_schools_by_code_by_name_and_by_an_earlier_name():
    scores = read(tab(f"学校 考号 语文\n{EAST} 1 90\n东镇初级中学 2 90\n西镇中学 3 80"))
    assert (scores.issues, scores.frame["school"]) == ([], [EAST, EAST, WEST])


@pytest.mark.parametrize(
    ("school", "do"),
    [
        ("3163990020", "是不是西镇中学（3163990002）？"),
        ("东鎮中学", "是不是东镇中学（3163990001）？"),
        ("火星学校", ""),
        ("旧中学", "请核对学校代码"),
        ("东镇小学", "请核对学校代码"),
    ],
)
def test_a_wrong_school_is_told_once_with_the_near_one(school, do):
    scores = read(tab(f"学校 考号 语文\n{school} 1 90\n{school} 2 80"))
    assert told(scores) == [("X-SCHOOL", "A2")]
    assert scores.issues[0].do == do


def test_a_code_and_a_name_that_are_of_two_schools():
    scores = read(tab(f"学校代码 学校名称 考号 语文\n{EAST} 西镇中学 1 90"))
    assert told(scores) == [("X-SCHOOL", "A2")]


def test_the_school_from_the_tab_the_class_from_the_tab_and_the_school_from_the_file():
    by_tab = read(tab("考号 语文\n1 90", name="东镇中学"), tab("考号 语文\n2 80", name="西镇中学"))
    assert (by_tab.issues, by_tab.frame["school"]) == ([], [EAST, WEST])
    by_file = read(
        tab("考号 语文\n1 90", name="高三（1）班", file="东镇中学成绩.xlsx"),
        tab("考号 语文\n2 80", name="高三（2）班", file="东镇中学成绩.xlsx"),
    )
    assert by_file.issues == []
    assert by_file.frame["school"] == [EAST, EAST]
    assert by_file.frame["class"] == ["高三（1）班", "高三（2）班"]
    nowhere = read(tab("考号 语文\n1 90"))
    assert [code for code, _ in told(nowhere)] == ["X-SCHOOL"]


def test_the_same_number_twice_and_namesakes_are_told_apart():
    alike = read(tab("学校 考号 姓名 语文\n东镇中学 1 甲 90\n东镇中学 1 甲 90"))
    other = read(tab("学校 考号 姓名 语文\n东镇中学 1 甲 90\n东镇中学 1 乙 80"))
    assert told(alike) == told(other) == [("X-TWICE", "B3")]
    assert alike.issues[0].saw != other.issues[0].saw
    no_number = read(tab("学校 姓名 语文\n东镇中学 甲 90\n东镇中学 甲 80"))
    assert told(no_number) == [("X-NAMESAKE", "B3")]
    numbered = read(tab("学校 考号 姓名 语文\n东镇中学 1 甲 90\n东镇中学 2 甲 80"))
    assert told(numbered) == []
    assert told(numbered, grave=False) == [("X-NAMESAKE", "")]


def test_a_pupil_without_number_and_name():
    assert told(read(tab("学校 考号 语文\n东镇中学 . 90"))) == [("X-ID", "B2")]


def test_a_subject_that_one_school_lacks():
    scores = read(
        tab("考号 语文 数学\n1 90 80", name="东镇中学"), tab("考号 语文\n2 90", name="西镇中学")
    )
    assert [(one.code, one.sheet) for one in scores.issues] == [("X-LACKING", "西镇中学")]
    # In one table with the others too: a school of which nobody has a total would be told nothing.
    rows = (
        "学校 考号 语文 数学\n东镇中学 1 90 80\n东镇中学 2 90 .\n西镇中学 3 90 .\n西镇中学 4 80 ."
    )
    together = read(tab(rows))
    assert told(together) == [("X-LACKING", "")]
    assert [one.saw for one in together.issues] == [
        "西镇中学的数学一个成绩也没有，别的学校有",
        "数学有 1 人空着，按没有成绩计，不按 0",
    ]


def test_a_long_table_with_a_mark_twice_an_unknown_subject_and_two_classes():
    scores = read(
        tab(
            "学校 班级 考号 科目 成绩\n东镇中学 1班 1 语文 90\n东镇中学 1班 1 语文 91\n"
            "东镇中学 1班 1 拉丁文 90\n东镇中学 2班 1 数学 90"
        )
    )
    assert told(scores) == [("X-TWICE", "E3"), ("X-SUBJECT", "D4"), ("X-UNLIKE", "B5")]


def test_a_column_twice():
    assert told(read(tab("学校 考号 语文 语文成绩\n东镇中学 1 90 91"))) == [("X-HEAD-TWICE", "D1")]


def test_no_heads_and_a_table_of_points():
    scores = read(Tab("a.xlsx", "data", [["分数", "人数", "累计"], ["650", "195", "195"]], address))
    assert told(scores) == [("X-HEADS", "")]
    beside = read(tab("学校 考号 语文\n东镇中学 1 90"), tab("说明 一\n文字 二", name="说明"))
    assert told(beside) == []
    assert [one.code for one in beside.issues] == ["X-HEADS"]


TRACKED = "学校 考号 科类 语文 数学 英语 物理 历史 化学 生物 政治 地理"


def test_who_sits_what_in_3_1_2():
    scores = read(
        tab(
            f"{TRACKED}\n东镇中学 1 物理类 100 100 100 60 . 70 80 . .\n东镇中学 2 历史 100 100 100 . 60 . . 70 缺考"
        ),
        exam="gaokao",
    )
    assert told(scores) == []
    assert scores.frame["track"] == ["physics", "history"]
    whys = {
        s: [Why(w).name for w in scores.frame[f"w.{s}"]]
        for s in ("history", "chemistry", "geography")
    }
    assert whys == {
        "history": ["OTHER_TRACK", "MARK"],
        "chemistry": ["MARK", "NOT_CHOSEN"],
        "geography": ["NOT_CHOSEN", "ABSENT"],
    }


def test_a_track_is_known_by_its_subjects_or_asked_for():
    head = TRACKED.replace("科类 ", "")
    scores = read(
        tab(f"{head}\n东镇中学 1 100 100 100 60 . 70 80 . .\n东镇中学 2 100 100 100 . . 70 80 . ."),
        exam="gaokao",
    )
    assert scores.frame["track"] == ["physics", ""]
    assert [code for code, _ in told(scores)] == ["X-TRACK"]


def test_a_track_that_the_card_has_not_and_marks_outside_of_it():
    scores = read(
        tab(
            f"{TRACKED}\n东镇中学 1 综合类 100 100 100 60 . 70 80 . .\n"
            "东镇中学 2 历史类 100 100 100 60 60 70 80 . ."
        ),
        exam="gaokao",
    )
    assert told(scores) == [("X-TRACK", "C2"), ("X-TRACK", "G3")]


def test_three_chosen_where_two_are_to_be_and_one_is_no_choice_yet():
    scores = read(
        tab(
            f"{TRACKED}\n东镇中学 1 物理类 100 100 100 60 . 70 80 90 .\n"
            "东镇中学 2 物理类 100 100 100 60 . 70 . . ."
        ),
        exam="gaokao",
    )
    assert [code for code, _ in told(scores)] == ["X-CHOSEN"]
    # Which the second is nobody knows: it is blank and not «not chosen», so that no total is made.
    assert scores.frame["w.biology"][1] == Why.BLANK


def test_noughts_all_over_are_asked_about():
    scores = read(tab("学校 考号 语文 数学\n东镇中学 1 0 0\n东镇中学 2 90 0"))
    assert told(scores) == []
    assert "1 名学生各科都是 0 分" in scores.issues[0].saw


def test_turning_the_rows_round_changes_nothing_but_their_order():
    rows = ["东镇中学 1 90", "西镇中学 2 缺考", "东镇中学 3 0"]
    one = read(tab("\n".join(["学校 考号 语文", *rows])))
    other = read(tab("\n".join(["学校 考号 语文", *reversed(rows)])))
    pairs = [
        list(zip(s.frame["school"], s.frame["m.chinese"], s.pupils["id"], strict=True))
        for s in (one, other)
    ]
    assert sorted(pairs[0], key=lambda p: p[2]) == sorted(pairs[1], key=lambda p: p[2])
