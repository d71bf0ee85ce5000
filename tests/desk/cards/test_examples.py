"""Examples of a rule in a workbook: what an office wrote is judged by the rules in force."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from python_calamine import CalamineWorkbook

from xianxue.desk.cards.example_book import empty_book, runnable
from xianxue.desk.cards.example_reading import read_book
from xianxue.desk.cards.example_run import Ran, run
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.returns.exporting import Sheet, workbook_of
from xianxue.desk.stores.examples import Example
from xianxue.desk.workspace import ComplaintsError, Workspace

Pages = dict[str, list[list[object]]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Workspace:
    folder = tmp_path_factory.mktemp("examples")
    lay_out_example(folder, Example.open("demo_county"))
    return Workspace.open(folder)


def opened(workspace: Workspace, kind: str, name: str) -> Pages:
    book = CalamineWorkbook.from_filelike(io.BytesIO(empty_book(workspace.shelf, kind, name)))
    return {tab: book.get_sheet_by_name(tab).to_python() for tab in book.sheet_names}


def filled(workspace: Workspace, kind: str, name: str, rows: Mapping[str, list[list[object]]]):
    """The empty workbook, with other rows below its heads."""
    pages = opened(workspace, kind, name)
    return workbook_of(
        *(
            Sheet(tab, [str(one) for one in page[0]], rows.get(tab, []))
            for tab, page in pages.items()
        )
    )


def ran(workspace: Workspace, kind: str, name: str, rows: Mapping[str, list[list[object]]]) -> Ran:
    data = filled(workspace, kind, name, rows)
    examples = read_book(workspace.shelf, kind, name, "例子.xlsx", data)
    return run(workspace, kind, name, examples)


CLASSES = {
    "学校": [["甲", "211 小学"], ["乙", "小学"]],
    # Of 甲 one of two classes is within 45 pupils; 乙 has told nothing of one class.
    "班级": [["甲", "G1", 45], ["甲", "二年级", 46], ["乙", "G1", 40], ["乙", "G2", ""]],
}


def test_an_indicator_is_counted_by_hand_and_by_the_rule(workspace):
    assert opened(workspace, "indicator", "classes_within_norm")["班级"][0][0] == "例子"
    wanted = [["甲", "小学", 50], ["乙", "小学", "未定"], ["甲", "小学", 100]]
    found = ran(workspace, "indicator", "classes_within_norm", CLASSES | {"应得": wanted})
    assert [(one.found, one.right) for one in found.results] == [
        ("50.00", True),
        ("未定", True),
        ("50.00", False),
    ]
    assert found.results[0].why == "1÷2"
    assert found.wrong == 1


def test_the_county_is_an_example_too(workspace):
    classes = {**CLASSES, "班级": [*CLASSES["班级"][:3], ["乙", "G2", 40]]}
    wanted = [["全县", "小学", 75]]
    found = ran(workspace, "indicator", "classes_within_norm", classes | {"应得": wanted})
    assert found.wrong == 0


def test_a_standard_says_its_verdicts_and_why(workspace):
    name = "balance_resources"
    heads = opened(workspace, "standard", name)
    assert heads["应得"][1][:3] == ["甲", "小学", "每百名学生拥有高于规定学历教师数"]
    tab = next(
        tab for tab, page in heads.items() if any("教学及辅助用房" in str(c) for c in page[0])
    )
    columns = [str(one) for one in heads[tab][0]]
    row: list[object] = ["甲", *([0] * (len(columns) - 1))]
    row[next(at for at, one in enumerate(columns) if "教学及辅助用房" in one)] = 449
    row[next(at for at, one in enumerate(columns) if "运动场地" in one)] = 750
    rows = {
        "学校": [["甲", "211"]],
        "学生": [["甲", f"G{grade}", 100 if grade == 1 else 0] for grade in range(1, 7)],
        tab: [row],
        "应得": [
            # 449 ㎡ for 100 pupils are 4.49 where 4.5 are asked; 750 ㎡ are just the 7.5.
            ["甲", "小学", "生均教学及辅助用房面积", "未达标"],
            ["甲", "小学", "生均体育运动场馆面积", "达标"],
            ["甲", "初中", "生均体育运动场馆面积", "不判"],
            ["甲", "小学", "每百名学生拥有高于规定学历教师数", "达标"],
        ],
    }
    found = ran(workspace, "standard", name, rows)
    assert [(one.found, one.right) for one in found.results] == [
        ("未达标", True),
        ("达标", True),
        ("不判", True),
        # Nobody has said how many teachers there are: that is no number, and no verdict.
        ("无法判定", False),
    ]
    assert found.results[0].why == "4.49，要求不低于 4.5"


def test_what_cannot_be_read_is_told_at_its_cell(workspace):
    rows = {
        "学校": [["甲", "某某学校"], ["甲", "211"]],
        "班级": [["丁", "G1", 40], ["甲", "G99", 40], ["甲", "G1", "很多"]],
        "应得": [["丁", "小学", 1], ["甲", "大学", 1]],
    }
    with pytest.raises(ComplaintsError) as error:
        ran(workspace, "indicator", "classes_within_norm", rows)
    told = [(one.sheet, one.cell) for one in error.value.issues]
    assert told == [
        ("学校", "B2"),
        ("学校", "A3"),
        ("班级", "A2"),
        ("班级", "B3"),
        ("班级", "C4"),
        ("应得", "A2"),
        ("应得", "B3"),
    ]
    with pytest.raises(ComplaintsError) as error:
        ran(workspace, "indicator", "classes_within_norm", CLASSES)
    assert "一行也没有填" in str(error.value)


def test_an_empty_workbook_of_every_card_that_has_one_reads_back(workspace):
    shelf = workspace.shelf
    # Of each kind some, so that all layouts are met; the register's own counts have no examples.
    assert not runnable(shelf, "indicator", "institutions_total")
    assert not runnable(shelf, "indicator", "pupils_growth")
    for kind, name in (
        ("indicator", "books_per_pupil"),
        ("indicator", "spread_books_per_pupil"),
        ("standard", "balance_guarantee"),
        ("standard", "balance_quality"),
    ):
        assert runnable(shelf, kind, name)
        with pytest.raises(ComplaintsError) as error:
            read_book(shelf, kind, name, "例子.xlsx", empty_book(shelf, kind, name))
        assert [one.saw for one in error.value.issues] == ["一行也没有填"]
