"""Tables from elsewhere: what is proposed for each column, and why. All tables are invented (虚构)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from national import national

from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.mapping.decisions import fingerprint_of
from xianxue.bureau.returns.mapping.proposal import Proposals
from xianxue.bureau.returns.mapping.proposing import propose
from xianxue.bureau.returns.mapping.sentences import blanks_asked
from xianxue.bureau.returns.mapping.table import find_table
from xianxue.bureau.returns.sheets.layout import letters

SHELF = national().shelf
FORM = SHELF.forms["school_annual"]


def book_of(*lines, merged=(), tab="Sheet1"):
    """A workbook with these lines from A1 on."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = tab
    for line in lines:
        sheet.append(line)
    for cells in merged:
        sheet.merge_cells(cells)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def proposed(data: bytes, tab="Sheet1", form=FORM, **more) -> Proposals:
    book = open_book(data, "虚构.xlsx")
    grid = book.cells(tab)
    table = find_table(grid, book.merged(tab))
    assert table is not None
    return propose(table, grid, form, SHELF.codes, tab=tab, **more)


def said(found: Proposals) -> dict[str, tuple[str, str]]:
    """Column to reference and certainty, of those that were recognised."""
    return {
        letters(each.head.at): (each.target.reference, each.certainty)
        for each in found.columns
        if each.target
    }


def column(found: Proposals, letter: str):
    return next(each for each in found.columns if letters(each.head.at) == letter)


SCHOOLS = [
    ("2163990001", "虚构东村小学"),
    ("2163990002", "虚构西村小学"),
    ("2163990003", "虚构县一小"),
]


def test_terms_synonyms_and_units_are_told_apart():
    found = proposed(
        book_of(
            [
                "学校代码",
                "校名",
                "校舍建筑面积（㎡）",
                "图书册数",
                "教学仪器设备值（万元）",
                "食堂面积",
            ],
            *([code, name, 5200.5, 12000, 85.5, 300] for code, name in SCHOOLS),
        )
    )
    assert said(found) == {
        "A": ("school_code", "sure"),
        "B": ("name", "sure"),
        "C": ("premises.building_area", "sure"),
        "D": ("premises.books", "sure"),
        "E": ("premises.equipment_value", "sure"),
    }
    assert column(found, "A").reasons == ("近义", "取值")
    assert column(found, "C").reasons == ("名称相同", "单位", "取值")
    assert column(found, "F").certainty == "unknown"


def test_a_unit_of_another_kind_is_never_sure():
    found = proposed(
        book_of(["学校代码", "校舍建筑面积（间）"], *([code, 52] for code, _ in SCHOOLS))
    )
    each = column(found, "B")
    assert each.certainty in {"ask", "unknown"}
    assert "平方米" in each.doubt or each.target is None


@pytest.mark.parametrize(
    "head",
    [
        "生均教学仪器设备值（元）",
        "上年图书",
        "图书达标率",
        "计划招生数",
        "每百名学生拥有网络多媒体教室数",
    ],
)
def test_what_is_made_of_a_field_is_not_the_field(head):
    found = proposed(book_of(["学校代码", head], *([code, 12] for code, _ in SCHOOLS)))
    assert column(found, "B").target is None


def test_grades_as_columns_under_a_merged_group_are_rows_of_the_grid():
    found = proposed(
        book_of(
            ["虚构县各校在校生统计表"],
            ["学校代码", "学校名称", "一年级", None, "2年级", None],
            [None, None, "在校生数", "其中：女生", "在校生数", "其中：女生"],
            *([code, name, 40, 19, 42, 20] for code, name in SCHOOLS),
            merged=["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"],
        )
    )
    assert said(found) == {
        "A": ("school_code", "sure"),
        "B": ("name", "sure"),
        "C": ("students.G1.enrolled", "sure"),
        "D": ("students.G1.girls", "sure"),
        "E": ("students.G2.enrolled", "sure"),
        "F": ("students.G2.girls", "sure"),
    }
    assert found.way == ""


def test_the_eleventh_grade_is_not_the_first():
    found = proposed(
        book_of(
            ["学校代码", "学生数十一年级", "高一学生数"],
            *([code, 40, 19] for code, _ in SCHOOLS),
        )
    )
    assert said(found) == {"A": ("school_code", "sure"), "C": ("students.G10.enrolled", "sure")}


def test_stages_as_blocks_are_rows_of_the_grid():
    found = proposed(
        book_of(
            ["学校名称", "小学", None, "初中", None],
            [None, "专任教师", "编制数", "专任教师", "编制数"],
            *([name, 40, 41, 12, 13] for _, name in SCHOOLS),
            merged=["A1:A2", "B1:C1", "D1:E1"],
        )
    )
    assert [reference for reference, _ in said(found).values()] == [
        "name",
        "staff.primary.teachers",
        "staff.primary.posts",
        "staff.lower_secondary.teachers",
        "staff.lower_secondary.posts",
    ]


def test_several_lines_a_school_are_lines_of_the_grid():
    lines = [
        [code, grade, 40, 19]
        for code, _ in SCHOOLS
        for grade in ("一年级", "2年级", "三 年级", "合计")
    ]
    found = proposed(book_of(["学校代码", "哪个班级", "在校生数", "女生数"], *lines))
    assert found.way == "students"
    assert said(found) == {
        "A": ("school_code", "sure"),
        "B": ("students.row", "sure"),
        "C": ("students.enrolled", "sure"),
        "D": ("students.girls", "sure"),
    }
    assert column(found, "B").reasons == ("取值",)


def test_several_classes_a_grade_are_a_list():
    lines = [[code, "一年级", f"一（{n}）班", 40] for code, _ in SCHOOLS for n in (1, 2)]
    found = proposed(book_of(["学校代码", "年级", "班级名称", "班级人数"], *lines))
    assert found.way == "classes"
    assert {reference for reference, _ in said(found).values()} == {
        "school_code",
        "classes.grade",
        "classes.name",
        "classes.pupils",
    }


def test_a_sum_over_grades_is_not_put_into_one_of_them():
    found = proposed(book_of(["学校名称", "在校生数"], *([name, 240] for _, name in SCHOOLS)))
    each = column(found, "B")
    assert each.target is None
    assert each.doubt == "像〔学生〕在校生数，但〔学生〕按年级填，这一列分不出年级"


def test_a_number_two_sheets_ask_for_is_asked_about():
    found = proposed(book_of(["学校名称", "专任教师"], *([name, 24] for _, name in SCHOOLS)))
    each = column(found, "B")
    assert each.target is not None
    assert each.target.reference == "staff.*.teachers"
    assert each.certainty == "ask"
    assert "〔幼儿园〕专任教师" in each.doubt


def test_codes_and_names_are_known_by_their_values_where_the_headers_are_foreign():
    found = proposed(
        book_of(
            ["Bil", "Kod", "Nama", "Negeri"],
            *([n, f"ABA00{n}", f"SK KAMPUNG {n}", "PERAK"] for n in range(1, 6)),
        )
    )
    assert said(found) == {"B": ("school_code", "ask"), "C": ("name", "ask")}
    assert column(found, "A").doubt == "只是行号"


def test_what_is_said_of_a_part_is_not_said_of_the_whole():
    found = proposed(
        book_of(
            ["学校", "小学", None, None, "体育运动场占地"],
            [None, "专任教师", None, "县级以上骨干教师数", None],
            [None, "合计", "其中：女", None, None],
            *([name, 20, 15, 3, 8] for _, name in SCHOOLS),
            merged=["A1:A3", "B1:D1", "B2:C2", "D2:D3", "E1:E3"],
        )
    )
    assert said(found) == {
        "A": ("name", "sure"),
        "B": ("staff.primary.teachers", "ask"),
        "D": ("staff.primary.backbone", "sure"),
    }
    assert "合计" in column(found, "B").doubt


def test_stages_in_a_column_are_rows_of_the_grid():
    lines = [[name, stage, 20, 3, 22] for _, name in SCHOOLS for stage in ("小学", "初中")]
    found = proposed(book_of(["学校名称", "学段", "专任教师", "其中女教师", "编制数"], *lines))
    assert found.way == "staff"
    assert said(found) == {
        "A": ("name", "sure"),
        "B": ("staff.row", "sure"),
        "C": ("staff.teachers", "sure"),
        "E": ("staff.posts", "sure"),
    }


def test_a_list_of_people_is_none_of_our_tables():
    found = proposed(
        book_of(
            ["姓名", "性别", "身份证号", "工作单位", "职称"],
            ["虚构甲", "男", "X1", "虚构东村小学", "一级"],
            ["虚构乙", "女", "X2", "虚构东村小学", "二级"],
            ["虚构丙", "女", "X3", "虚构西村小学", "高级"],
        )
    )
    assert said(found) == {}


def test_pupils_that_happen_to_be_one_two_three_are_no_numbering():
    rows = [(code, n) for n, (code, _) in enumerate(SCHOOLS, 1)]
    assert said(proposed(book_of(["学校代码", "一年级在校生数"], *rows)))["B"] == (
        "students.G1.enrolled",
        "sure",
    )
    assert column(proposed(book_of(["学校代码", "号"], *rows)), "B").doubt == "只是行号"


def test_counts_that_differ_are_no_codes():
    found = proposed(
        book_of(
            ["单位名称", "藏书", "占地"],
            *([name, 12000 + n, 3 * n] for n, (_, name) in enumerate(SCHOOLS)),
        )
    )
    assert said(found) == {"A": ("name", "sure")}


def test_sentences_are_no_names():
    found = proposed(
        book_of(
            ["名称", "要点"],
            *([f"{n}．学校布局合理，符合要求；建设标准统一。", f"要点{n}"] for n in range(1, 6)),
        )
    )
    assert said(found) == {}


def test_the_sheet_that_is_meant_settles_what_two_sheets_ask():
    data = book_of(["学校名称", "图书"], *([name, 24] for _, name in SCHOOLS))
    assert column(proposed(data), "B").certainty == "ask"
    found = proposed(data, only="kindergarten")
    assert said(found)["B"] == ("kindergarten.books", "sure")


def test_the_order_of_columns_changes_nothing():
    rows = [["学校代码", "学校名称", "图书册数"], *([c, n, 12] for c, n in SCHOOLS)]
    turned = [line[::-1] for line in rows]
    one, other = (book_of(*lines) for lines in (rows, turned))
    tables = [
        find_table(book.cells("Sheet1"), book.merged("Sheet1"))
        for book in (open_book(one, "一.xlsx"), open_book(other, "二.xlsx"))
    ]
    assert fingerprint_of(tables[0]) == fingerprint_of(tables[1])
    assert set(said(proposed(one)).values()) == set(said(proposed(other)).values())


# ── the three workbooks that people published ───────────────────────────────


@pytest.fixture
def real(shared_dir: Path):
    """The bytes of one of them, by its name."""

    def read(name: str) -> bytes:
        path = shared_dir / "data" / name
        if not path.is_file():
            pytest.skip(f"the folder `shared` holds no {name}")
        return path.read_bytes()

    return read


def test_chengdu(real):
    found = proposed(real("chengdu_senior_schools_2023.xlsx"), tab="data")
    assert said(found) == {"A": ("school_code", "ask"), "B": ("name", "sure")}
    assert "全部的值不合" in column(found, "A").doubt
    assert len(found.columns) == 30


def test_malaysia(real):
    found = proposed(real("malaysia_schools_2015.xlsx"))
    assert said(found) == {"D": ("school_code", "ask"), "E": ("name", "ask")}
    assert [each.head.text for each in found.columns if each.target is None] == [
        "Bil",
        "Peringkat Sekolah",
        "PPD",
        "AlamatSurat",
        "PoskodSurat",
        "BandarSurat",
        "Negeri",
        "NoTelefon",
        "NoFax",
    ]


@pytest.mark.parametrize(
    ("tab", "expected"),
    [
        (
            "表1",
            {
                "V": ("staff.primary.teachers", "sure"),
                "X": ("staff.lower_secondary.teachers", "sure"),
            },
        ),
        ("表2-1", {}),
        ("表2-2", {"B": ("name", "sure"), "C": ("basic.sponsor", "ask")}),
        ("表3", {}),
        ("表4", {}),
        ("表5", {}),
        ("表6", {}),
        ("Sheet9", {}),
    ],
)
def test_shenyang(tab, expected, real):
    assert said(proposed(real("balance_forms_shenyang.xlsx"), tab=tab)) == expected


def test_shenyang_says_why_rates_and_sums_are_not_taken(real):
    data = real("balance_forms_shenyang.xlsx")
    assert "按年级填" in column(proposed(data, tab="表2-2"), "D").doubt
    assert "生均" in column(proposed(data, tab="表2-1"), "H").doubt


def test_blanks_in_sentences_are_named_by_what_stands_before_them():
    data = book_of(
        ["指标", "填写"],
        ["教师", "学校拥有高于规定学历教师数：小学＿＿人；初中__人。每百名学生拥有：小学＿＿人。"],
        ["设备", "学校教学仪器设备值＿＿万元，生均教学仪器设备值＿＿元，其中图书＿＿平方米"],
    )
    book = open_book(data, "虚构.xlsx")
    grid = book.cells("Sheet1")
    table = find_table(grid)
    assert table is not None
    found = blanks_asked(table, grid, FORM, SHELF.codes)
    assert [(each.cell, each.nth, each.target.reference) for each in found if each.target] == [
        ("B2", 1, "staff.primary.over_qualified"),
        ("B2", 2, "staff.lower_secondary.over_qualified"),
        ("B3", 1, "premises.equipment_value"),
    ]
    assert found[3].conversion == "1 万元＝10000 元"
    assert len(found) == 6


@pytest.mark.parametrize(
    ("tab", "form", "count", "expected"),
    [
        ("表4", "county_annual", 35, {"funds.civil_servant_pay"}),
        (
            "表5",
            "county_annual",
            23,
            {
                "nine_year.grade_9_graduates",
                "monitoring.chinese.difference",
                "monitoring.mathematics.difference",
                "monitoring.science.difference",
                "monitoring.physical_education.difference",
                "monitoring.arts.difference",
                "monitoring.moral_education.difference",
            },
        ),
        (
            "Sheet9",
            "school_annual",
            56,
            {
                "staff.primary.over_qualified",
                "staff.lower_secondary.over_qualified",
                "staff.primary.backbone",
                "staff.lower_secondary.backbone",
                "premises.teaching_area",
                "premises.equipment_value",
            },
        ),
    ],
)
def test_shenyang_asks_in_sentences(tab, form, count, expected, real):
    book = open_book(real("balance_forms_shenyang.xlsx"), "沈阳.xlsx")
    grid = book.cells(tab)
    table = find_table(grid, book.merged(tab))
    assert table is not None
    found = blanks_asked(table, grid, SHELF.forms[form], SHELF.codes)
    assert len(found) == count
    assert {each.target.reference for each in found if each.target} == expected


def money_of(*above, head="教学仪器设备值"):
    """The column of equipment under lines above the table, 85.5 in each school."""
    rows = [[line] for line in above]
    found = proposed(
        book_of(*rows, ["学校代码", "校舍建筑面积", head], *([c, 5200, 85.5] for c, _ in SCHOOLS))
    )
    return column(found, "C")


@pytest.mark.parametrize(
    "above",
    [
        "单位：万元",
        "虚构县学校设备情况统计表（单位：万元）",
        "虚构县学校设备情况统计表 单位:万元",
        "（单位：平方米、万元）",
        "计量单位：人、平方米、万元",
        "填报单位：虚构县教育局　单位：万元",
    ],
)
def test_a_unit_said_anywhere_above_is_that_of_the_columns_of_its_kind(above):
    each = money_of(above)
    assert (each.unit, each.certainty) == ("万元", "sure")


def test_the_unit_of_the_column_itself_goes_before_the_one_above():
    assert money_of("单位：万元", head="教学仪器设备值（元）").unit == "元"


def test_a_unit_of_another_kind_above_says_nothing_of_money():
    assert money_of("单位：平方米").unit == ""


def test_two_units_that_fit_are_asked_about():
    each = money_of("单位：元、万元")
    assert (each.certainty, each.doubt) == ("ask", "表上写的单位有元、万元，看不出这一列是哪一个")
