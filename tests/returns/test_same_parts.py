"""Workbooks are written byte by byte as XlsxWriter alone would write them."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.sheets.appearance import STYLES
from xianxue.bureau.returns.template import printed, workbook
from xianxue.bureau.returns.template.printing import Heading
from xianxue.bureau.returns.template.same_parts import SameBook
from xianxue.bureau.values.missing import Missing

Styled = Callable[[str], Format]
Write = Callable[[Any, Any, Styled], object]


class Alone(Workbook):
    """XlsxWriter as it is."""

    def __init__(self, target: BytesIO) -> None:
        super().__init__(target, {"in_memory": True})

    def style(self, name: str) -> Format:
        return self.add_format(STYLES[name])


def written(kind: type, write: Write) -> bytes:
    """A workbook of two sheets, both written the same way."""
    target = BytesIO()
    book = kind(target)
    book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 - a plain day
    styles: dict[str, Format] = {}

    def style(name: str) -> Format:
        return styles.setdefault(name, styles.get(name) or book.style(name))

    for _ in range(2):
        write(book, book.add_worksheet(), style)
    book.close()
    return target.getvalue()


def every_style(book: Any, sheet: Any, style: Styled) -> None:
    for row, name in enumerate(STYLES):
        sheet.write_string(row, 0, name, style(name))
        sheet.write_number(row, 1, row / 7, style(name))
        sheet.write_blank(row, 2, None, style(name))


def strange_texts(book: Any, sheet: Any, style: Styled) -> None:
    texts = [
        "",
        " 前后 ",
        "a\nb",
        "<&>\"'",
        "_x000D_",
        "\x01\x1f",
        "=1+1",
        "<r>富</r>",
        "￿",
        "长" * 40_000,
    ]
    for row, text in enumerate(texts):
        sheet.write_string(row, 0, text, style("text"))
        sheet.write_string(row, 1, text)


def other_cells(book: Any, sheet: Any, style: Styled) -> None:
    sheet.write_formula(0, 0, "=SUM(B1:B2)", style("total_integer"), 3)
    sheet.write_formula(1, 0, '=IF(TRUE,"",1)', None, "")
    sheet.write_boolean(2, 0, True, style("choice"))
    sheet.write_datetime(3, 0, datetime(2025, 9, 1), style("date"))  # noqa: DTZ001 - a plain day
    sheet.write_url(4, 0, "internal:Sheet1!A1", style("link"), "一")
    sheet.write_array_formula(5, 0, 5, 0, "{=1}", style("integer"), 1)
    sheet.write_number(6, 0, -0.0, style("general"))
    sheet.write_number(6, 1, 10**15, style("general"))
    sheet.write_blank(7, 0, None)


def far_apart(book: Any, sheet: Any, style: Styled) -> None:
    for row, column in ((40, 30), (3, 2), (15, 0), (16, 5), (1_048_575, 16_383), (1_048_576, 0)):
        sheet.write_string(row, column, "远", style("text"))


def rows_and_columns(book: Any, sheet: Any, style: Styled) -> None:
    sheet.set_column(1, 2, 20, style("integer"))
    sheet.set_row(0, 30)
    sheet.set_row(1, 15)
    sheet.set_row(2, None, style("text"))
    sheet.set_row(3, 20, None, {"hidden": True})
    sheet.set_row(5, 20, None, {"level": 1, "collapsed": True})
    sheet.set_row(50, 40)
    for row in range(6):
        # Without a look of their own: they have their row's or their column's.
        sheet.write_string(row, 1, "列")
        sheet.write_string(row, 4, "无")


def all_rows_tall(book: Any, sheet: Any, style: Styled) -> None:
    sheet.set_default_row(30)
    sheet.set_row(1, 15)
    sheet.write_string(0, 0, "高", style("text"))
    sheet.write_string(1, 0, "常", style("text"))


def remarks(book: Any, sheet: Any, style: Styled) -> None:
    sheet.write_string(0, 0, "一", style("text"))
    sheet.write_comment(4, 3, "批注")


def rules(book: Any, sheet: Any, style: Styled) -> None:
    stop = {"error_type": "stop", "error_title": "有“误”", "error_message": '写 sqref="A1" <&>'}
    sheet.data_validation(0, 0, 0, 0, {"validate": "custom", "value": "=AND(A1>0)", **stop})
    sheet.data_validation(3, 1, 9, 1, {"validate": "custom", "value": "=AND(A1>0)", **stop})
    sheet.data_validation(9, 3, 2, 1, {"validate": "list", "source": ["甲", "乙"]})
    sheet.data_validation(0, 5, 1_048_575, 5, {"validate": "list", "source": "=xq_codes"})
    sheet.data_validation(1, 1, 1, 1, {"validate": "integer", "criteria": ">", "value": 1})
    day = datetime(2025, 9, 1)  # noqa: DTZ001 - a plain day
    between = {"criteria": "between", "minimum": day, "maximum": day, "ignore_blank": False}
    sheet.data_validation(2, 2, 2, 2, {"validate": "date", **between})
    several = {"other_cells": [[5, 5, 6, 6]], "error_type": "warning"}
    sheet.data_validation(3, 3, 3, 3, {"validate": "custom", "value": "=FALSE", **several})


def colours_by_rule(book: Any, sheet: Any, style: Styled) -> None:
    sheet.write_number(0, 0, 1, style("integer"))
    red = book.add_format({"font_color": "#FF0000"})
    condition = {"type": "cell", "criteria": ">", "value": 0, "format": red}
    sheet.conditional_format(0, 0, 9, 0, condition)


@pytest.mark.parametrize(
    "write",
    [
        every_style,
        strange_texts,
        other_cells,
        far_apart,
        rows_and_columns,
        all_rows_tall,
        remarks,
        rules,
        colours_by_rule,
    ],
)
@pytest.mark.filterwarnings("ignore::UserWarning")  # XlsxWriter's own, about what it leaves out
def test_the_bytes_are_those_of_xlsxwriter_alone(write: Write):
    alone = written(Alone, write)
    # The second time everything that can be remembered is.
    assert written(SameBook, write) == alone
    assert written(SameBook, write) == alone


def test_a_style_belongs_to_its_workbook_alone():
    first, second = SameBook(BytesIO()), SameBook(BytesIO())
    one, other = first.style("integer"), second.style("integer")
    second.style("text")._get_xf_index()  # takes the second workbook's first number
    assert (one._get_xf_index(), other._get_xf_index()) == (1, 2)
    assert first.formats[-1] is one


def test_a_form_is_handed_out_as_xlsxwriter_alone_would_write_it(
    small: Any, monkeypatch: pytest.MonkeyPatch
):
    places = [small.nine_year, small.nine_year]
    ours = [given(small, place) for place in places]
    monkeypatch.setattr(workbook, "SameBook", Alone)
    alone = [given(small, place) for place in places]
    assert ours == alone
    assert len({*ours}) == 1


def given(small: Any, place: Any) -> bytes:
    return workbook.write_workbook(small.form, place, small.period, small.codes)


def test_a_return_is_printed_as_xlsxwriter_alone_would_write_it(
    small: Any, monkeypatch: pytest.MonkeyPatch
):
    cells = {"name": Cell("虚构学校"), "boarders": Cell(Missing.NOT_APPLICABLE)}
    rows = {sheet.sheet: (Row("", cells),) for sheet in small.form.sheets}
    returned = Return(
        form=small.form.form,
        version=small.form.version,
        place=small.nine_year.code,
        period=small.period.code,
        tables=rows,
    )
    heading = Heading("表", "虚构学校", small.period.term, (), "填表人：＿")

    def on_paper() -> bytes:
        return printed.write_printed(small.form, returned, small.period, small.codes, heading)

    ours = on_paper()
    monkeypatch.setattr(printed, "SameBook", Alone)
    assert ours == on_paper()
