"""Lists: in which order people look for things, and what a file of one can hold."""

from __future__ import annotations

import io
from urllib.parse import unquote

import openpyxl
import pytest

from xianxue.bureau.values.natural import natural
from xianxue.desk.returns.exporting import Sheet, workbook_of
from xianxue.web.kit.files import download


@pytest.mark.parametrize(
    "ordered",
    [
        ["一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级"],
        ["初一", "初二", "初三"],
        ["第1小学", "第二小学", "第3小学", "第九小学", "第10小学", "第十一小学", "第二十小学"],
        ["2班", "10班", "10班甲"],
        ["", "1", "01班", "2163000001", "21630000011"],
    ],
)
def test_names_are_sorted_by_their_numbers(ordered):
    backwards = list(reversed(ordered))
    assert sorted(backwards, key=natural) == ordered


def test_names_without_numbers_stay_in_an_order_of_their_own():
    names = ["向阳镇", "河湾乡", "清泉镇", "石桥镇"]
    assert sorted(names, key=natural) == sorted(names)


def test_a_page_of_digits_takes_no_time():
    assert natural("9" * 100_000)[0][1] < 10**41


@pytest.mark.filterwarnings("ignore:Cannot parse header or footer")
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "007", "1" * 18, "㼆𠮷·"])
def test_f8_a_file_holds_texts_as_texts_and_nothing_to_be_run(text):
    data = workbook_of(Sheet("表", ["名"], [[text]]))
    cell = openpyxl.load_workbook(io.BytesIO(data)).active["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("第 2025-2026/1 号.xlsx", "第 2025-2026-1 号.xlsx"),
        ('a\\b:c*d?e"f<g>h|i.xlsx', "a-b-c-d-e-f-g-h-i.xlsx"),
        ("𠮷村㼆校·一.xlsx", "𠮷村㼆校·一.xlsx"),
        ("a\r\nSet-Cookie: x.xlsx", "a--Set-Cookie- x.xlsx"),
    ],
)
def test_f10_a_name_of_a_file_is_one_on_every_system(name, kept):
    said = download(b"", name)["Content-Disposition"]
    assert unquote(said.partition("UTF-8''")[2]) == kept
