"""The table in a sheet that nobody here made: headers, rows, and what stands around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.returns.mapping.table import Head, find_table, spread

HEADS = ["学校代码", "学校名称", "人数"]
ROWS = [["2163000001", "甲小学", 40.0], ["2163000002", "乙小学", 50.0]]


def square(*lines):
    """Fill lines up to one width, as a sheet has it."""
    width = max((len(line) for line in lines), default=0)
    return [[*line, *[""] * (width - len(line))] for line in lines]


def found(*lines, merged=()):
    table = find_table(square(*lines), merged)
    assert table is not None
    return table


def levels(table):
    return [head.levels for head in table.heads]


def test_headers_and_rows_of_a_plain_table():
    table = found(HEADS, *ROWS)
    assert levels(table) == [("学校代码",), ("学校名称",), ("人数",)]
    assert (table.head_rows, table.rows, table.around, table.labels) == ((0, 0), [1, 2], [], ())
    assert [head.text for head in table.named] == HEADS


@pytest.mark.parametrize("lines", [[], [["", ""]], [["只有一个标题"]], [[1.0, 2.0], [3.0, 4.0]]])
def test_where_nothing_is_like_a_table_there_is_none(lines):
    assert find_table(square(*lines)) is None


def test_titles_above_and_notes_below_are_no_data():
    table = found(
        ["某县学校情况表"], ["单位：人"], HEADS, *ROWS, ["注：按9月1日统计"], ["填表人：某某"]
    )
    assert table.head_rows == (2, 2)
    assert table.rows == [3, 4]
    assert table.around == [(0, 0), (1, 0), (5, 0), (6, 0)]


def test_sums_repeated_headers_and_dots_are_no_data():
    """Headers stand at the top of each printed page; a line of dots says that more may follow."""
    table = found(HEADS, ROWS[0], HEADS, ["…", "…", "…"], ROWS[1], ["合计", "", 90.0], ["", "", ""])
    assert table.rows == [1, 4]
    assert {row for row, _ in table.around} == {2, 3, 5}
    # Two thirds alike are enough, one third is a row of data.
    assert found(HEADS, ["学校代码", "学校名称", 3.0], ROWS[0]).rows == [2]
    assert found(HEADS, ["学校代码", "甲", 3.0], ROWS[0]).rows == [1, 2]


def test_a_group_stands_above_its_columns():
    """Merged, or with blanks over all columns but its first."""
    lines = [
        ["学校代码", "学生", "", ""],
        ["", "男", "女", "其中寄宿"],
        ["2163000001", 1.0, 2.0, 3.0],
    ]
    wanted = [("学校代码",), ("学生", "男"), ("学生", "女"), ("学生", "其中寄宿")]
    table = found(*lines, merged=[((0, 1), (0, 3)), ((0, 0), (1, 0))])
    assert levels(table) == wanted
    assert (table.head_rows, table.rows) == ((0, 1), [2])
    assert levels(found(*lines)) == wanted


def test_numbers_end_the_headers_even_below_one_that_reaches_down():
    lines = [["学校", "人数", "面积"], ["", 7.0, 9.0], ["甲", 3.0, 4.0]]
    table = found(*lines, merged=[((0, 0), (1, 0))])
    assert table.head_rows == (0, 0)
    assert table.rows == [1, 2]


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        (["1", "2", "3"], ["1", "2", "3"]), (["L1", "L2", "L3"], ["L1", "L2", "L3"]),
        (["甲", "1", "2"], ["甲", "1", "2"]), (["(1)", "(2)", "(3)"], ["(1)", "(2)", "(3)"]),
        # One after another: a line of years or of grades also consists of numbers.
        (["1", "3", "5"], ["", "", ""]), (["2023", "2024", "2025"], ["", "", ""]),
    ],
)  # fmt: skip
def test_a_line_of_column_numbers_may_follow(numbers, codes):
    table = found(HEADS, numbers, *ROWS)
    assert [head.code for head in table.heads] == codes
    is_numbers = any(codes)
    assert table.rows == ([2, 3] if is_numbers else [1, 2, 3])
    assert table.around == ([(1, 0), (1, 1), (1, 2)] if is_numbers else [])


def test_columns_of_labels_have_no_header():
    """A form of two dimensions: groups on the left, each over several rows."""
    lines = [
        ["", "", "人数", "面积"],
        ["小学", "教师", 1.0, 2.0],
        ["", "学生", 3.0, 4.0],
        ["初中", "教师", 5.0, 6.0],
        ["合计", "", 9.0, 9.0],
    ]
    table = found(*lines)
    assert table.labels == (0, 1)
    assert table.row_labels == {1: "小学·教师", 2: "小学·学生", 3: "初中·教师", 4: "合计"}
    # Where rows have labels, a sum is one of them.
    assert table.rows == [1, 2, 3, 4]
    assert [head.levels for head in table.named] == [("人数",), ("面积",)]
    # Numbers on the left are no labels.
    assert found(["", "人数", "面积"], [1.0, 2.0, 3.0]).labels == ()


def test_a_line_of_instructions_is_no_header():
    table = found(["请各校认真填写。", "不得漏填。", "按时上报。"], HEADS, *ROWS)
    assert table.head_rows == (1, 1)
    long = ["填" * 61, "报" * 61, "表" * 61]
    assert found(long, HEADS, *ROWS).head_rows == (1, 1)


def test_what_a_merged_range_holds_stands_in_all_of_it():
    cells = square(["a", "", "x"], ["", "", "y"])
    full = spread(cells, [((0, 0), (1, 1)), ((5, 5), (6, 6)), ((1, 2), (9, 9))])
    assert full == [["a", "a", "x"], ["a", "a", "y"]]
    assert cells == [["a", "", "x"], ["", "", "y"]]


def test_a_header_names_its_core_and_its_unit():
    assert Head(0, ("经费（万元）", "3、公用*")).core == "公用"
    assert Head(0, ("经费（万元）", "公用（元）")).unit == "元"
    assert Head(0, ("经费（万元）", "公用")).unit == "万元"
    assert (Head(0, ()).core, Head(0, ()).unit, Head(0, ()).text) == ("", "", "")
    assert Head(0, ("经费", "公用")).text == "经费·公用"


@given(
    st.lists(st.sampled_from(["某表", "", "单位：人"]), max_size=3),
    st.lists(
        st.sampled_from([*map(tuple, ROWS), ("", "", ""), ("合计", "", 5.0)]),
        min_size=1,
        max_size=6,
    ),
)
def test_each_filled_cell_is_a_header_data_or_around(above, rows):
    """Nothing of the sheet is lost."""
    cells = square(*[[text] for text in above], HEADS, *rows)
    table = find_table(cells)
    assert table is not None
    first, last = table.head_rows
    around = set(table.around)
    for number, row in enumerate(cells):
        for at, raw in enumerate(row):
            if raw != "":
                placed = [first <= number <= last, number in table.rows, (number, at) in around]
                assert sum(placed) == 1
