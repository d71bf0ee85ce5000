"""Text exports divided into cells, by whichever sign divides most lines alike."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.returns.files import delimited
from xianxue.bureau.returns.files.delimited import grid_of
from xianxue.bureau.returns.files.refusal import RefusedError

WORDS = st.text("甲乙12.\"' ,;|，\t", max_size=4).map(str.strip)


@given(
    st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t", "，", "|"]),
)
def test_a_text_that_names_its_sign_is_divided_by_it(rows, sign):
    """As a spreadsheet program writes it: whatever stands in a cell, quoted where need be."""
    target = io.StringIO()
    csv.writer(target, delimiter=sign).writerows(rows)
    while rows and not any(rows[-1]):
        rows = rows[:-1]
    assert grid_of(f"sep={sign}\r\n{target.getvalue()}") == rows


@pytest.mark.parametrize("sign", [",", ";", "\t", "，", "|"])
def test_the_sign_is_the_one_that_divides_most_lines(sign):
    text = f"甲{sign}乙{sign}丙\n1{sign}2{sign}3\n4{sign}5{sign}6\n"
    assert grid_of(text) == [["甲", "乙", "丙"], ["1", "2", "3"], ["4", "5", "6"]]


def test_of_equal_signs_the_more_usual_one_divides():
    assert grid_of("a,b;c\nd,e;f\n") == [["a", "b;c"], ["d", "e;f"]]
    # Two lines of three cells are six, two lines of two are four.
    assert grid_of("a;b;c,\nd;e;f,\n") == [["a", "b", "c,"], ["d", "e", "f,"]]


def test_a_text_without_any_sign_is_one_column():
    assert grid_of("甲\n乙\n") == [["甲"], ["乙"]]
    assert grid_of("") == []
    assert grid_of("\n\n") == []


def test_only_the_first_sixty_lines_decide():
    text = "a;b\n" * 60 + "a,b,c\n" * 200
    assert grid_of(text)[0] == ["a", "b"]
    text = "a;b\n" * 20 + "a,b,c\n" * 200
    assert grid_of(text)[0] == ["a;b", "", ""]


def test_the_line_that_names_the_sign_is_no_data():
    assert grid_of("SEP=;\na;b,c\n") == [["a", "b,c"]]
    assert grid_of(" sep=| \na|b\n") == [["a", "b"]]
    # What only begins so is data.
    assert grid_of("sep=,,\n1,2\n")[0] == ["sep=", "", ""]
    assert grid_of("sep=\n1\n")[0] == ["sep="]
    assert grid_of("separat\n1\n")[0] == ["separat"]


def test_rows_are_equally_long_and_blank_ones_at_the_end_are_gone():
    assert grid_of("a,b\n1\n\n,,\n,\n") == [["a", "b", ""], ["1", "", ""]]
    assert grid_of("a,b\n,\n1,2\n") == [["a", "b"], ["", ""], ["1", "2"]]


def test_quotes_hold_signs_and_line_breaks():
    assert grid_of('a,"b,c"\n1,"2\n3"\n') == [["a", "b,c"], ["1", "2\n3"]]


# ── too much ────────────────────────────────────────────────────────────────


def refused(text):
    with pytest.raises(RefusedError) as caught:
        grid_of(text)
    error = caught.value
    return error.code, error.saw, error.required, error.do


TOO_BIG = ("只含要报的表", "请删去数据以外的行和列，再交")


@pytest.fixture
def few(monkeypatch):
    """Twelve cells are all that is allowed."""
    monkeypatch.setattr(delimited, "MOST_CELLS", 12)


@pytest.mark.usefixtures("few")
def test_just_enough_is_read():
    assert len(grid_of("a,b,c,d\n" * 3)) == 3
    assert len(grid_of("a\n" * 12)) == 12


@pytest.mark.usefixtures("few")
def test_too_many_lines():
    assert refused("a\n" * 13) == ("R-TOO-BIG", "有 13 行", *TOO_BIG)
    assert refused("a\r\n" * 7)[1] == "有 14 行"


@pytest.mark.usefixtures("few")
def test_too_many_cells():
    assert refused("a,b,c,d\n" * 4) == ("R-TOO-BIG", "到第 4 行已有 16 格", *TOO_BIG)


@pytest.mark.usefixtures("few")
def test_too_large_a_rectangle_of_few_cells():
    assert refused("a,b,c,d,e,f,g\n1\n") == ("R-TOO-BIG", "有 2 行、7 列", *TOO_BIG)


def test_a_field_without_an_end():
    text = 'a,"' + "b" * (csv.field_size_limit() + 1)
    assert refused(text) == (
        "R-BROKEN",
        "文本的引号不成对，分不出格子",
        "完整的 CSV 文件",
        "请重新从表格软件导出，或直接交 .xlsx 工作簿",
    )
