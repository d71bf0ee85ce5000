"""The workbook in which a county's register is written down: drop-downs, and an explanation."""

# XlsxWriter comes without stubs; what goes in and out of it is plain.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xianxue.bureau.kinds.codes import CodeList
from xianxue.bureau.returns.roster.columns import AREA, TERMS, TOWNSHIP
from xianxue.bureau.returns.roster.values import LISTS
from xianxue.bureau.returns.sheets.appearance import STYLES
from xianxue.bureau.returns.sheets.layout import (
    CODES_TAB,
    EXAMPLE_MARK,
    NO,
    RULES_TAB,
    YES,
    letters,
)
from xianxue.bureau.values.sentence import say

TOWNSHIPS_TAB: Final = "乡镇"
SCHOOLS_TAB: Final = "学校"
_ROWS: Final = 2000
"""Lines that have drop-downs: more schools than a county has."""
_SCHOOL: Final = (
    *("code", "name", TOWNSHIP, "school_type", "sponsor", "urban_rural", "boarding"),
    *("opened", "attached", "closed", "valid_from"),
)
_REQUIRED: Final = frozenset({"code", "name", "school_type"})
_WIDTHS: Final = {"code": 16, "name": 30, TOWNSHIP: 16, "school_type": 18, "attached": 22}
_WIDTH: Final = 14
_EXAMPLE: Final = {
    "code": f"{EXAMPLE_MARK}2163990001",
    "name": "（虚构）某镇中心小学",
    TOWNSHIP: "某镇",
    "school_type": "小学",
    "sponsor": "县级教育部门",
    "urban_rural": "镇中心区",
    "boarding": NO,
    "opened": "1998-09-01",
    "attached": "附设幼儿班",
}
_TOLD: Final = (
    say("学校名册怎么填"),
    say("一、先填“乡镇”：每个乡镇（街道）一行，9 位区划代码和名称。"),
    say("二、再填“学校”：每所学校（幼儿园、教学点）一行；红字的必填，灰色的例子不会读进去。"),
    say("三、所属乡镇从下拉列表里选；县直属的学校空着。"),
    say("四、建校日期只知道年月的，写 1998年9月 也可以；停办的学校写上停办日期。"),
    say("五、附设班有几种的，用顿号隔开，如 附设幼儿班、附设特教班。"),
    say("六、学校改过办学类型的，写几行，每行的起始日期不同。"),
    say("填好以后：xianxue places import 文件 --marked 目录；有问题的格子会标出来。"),
)
_CREATED: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - a plain day, so that the same gives the same


def write_roster_template(
    codes: Mapping[str, CodeList], townships: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Write the workbook; townships that are registered already are filled in."""
    target = BytesIO()
    book = Workbook(target, {"in_memory": True})
    book.set_properties({"title": "学校名册", "author": "", "created": _CREATED})
    style = {name: book.add_format(look) for name, look in STYLES.items()}
    rules = book.add_worksheet(RULES_TAB)
    rules.set_column(0, 0, 90)
    for row, said in enumerate(_TOLD):
        rules.write_string(row, 0, said, style["title" if row == 0 else "note"])
    _townships(book.add_worksheet(TOWNSHIPS_TAB), style, townships)
    sheet = book.add_worksheet(SCHOOLS_TAB)
    _heads(sheet, style, _SCHOOL, [TERMS[name] for name in _SCHOOL])
    for at, name in enumerate(_SCHOOL):
        sheet.write_string(1, at, _EXAMPLE.get(name, ""), style["example"])
        rule = _rule(name)
        if rule is not None:
            sheet.data_validation(2, at, _ROWS, at, rule)
    _lists(book, codes)
    rules.activate()
    book.close()
    return target.getvalue()


def _townships(
    sheet: Worksheet, style: Mapping[str, Any], townships: Sequence[tuple[str, str]]
) -> None:
    _heads(sheet, style, ("code", "name"), [TERMS[AREA], say("乡镇名称")])
    for row, (code, name) in enumerate(townships, 1):
        sheet.write_string(row, 0, code, style["text"])
        sheet.write_string(row, 1, name, style["text"])


def _heads(
    sheet: Worksheet, style: Mapping[str, Any], columns: Sequence[str], terms: Sequence[str]
) -> None:
    for at, (name, term) in enumerate(zip(columns, terms, strict=True)):
        look = "date" if name in {"opened", "closed", "valid_from"} else "text"
        # Codes are texts: a spreadsheet program would shorten them to 2.16E+09.
        sheet.set_column(at, at, _WIDTHS.get(name, _WIDTH), style[look])
        sheet.write_string(0, at, term, style["head_required" if name in _REQUIRED else "head"])
    sheet.freeze_panes(1, 2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _rule(name: str) -> dict[str, Any] | None:
    """Give the drop-down of a column; days are left free, for a month is taken too."""
    if name == TOWNSHIP:
        source = f"={TOWNSHIPS_TAB}!$B$2:$B${_ROWS}"
    elif name == "boarding":
        return {"validate": "list", "source": [YES, NO]}
    elif name in LISTS and name != "attached":
        source = f"=xq_{LISTS[name]}"
    else:
        return None
    return {"validate": "list", "source": source, "error_type": "warning"}


def _lists(book: Workbook, codes: Mapping[str, CodeList]) -> None:
    sheet = book.add_worksheet(CODES_TAB)
    for at, name in enumerate(dict.fromkeys(LISTS.values())):
        terms = [entry.term for entry in codes[name].entries]
        sheet.write_string(0, at, name)
        for row, term in enumerate(terms, 1):
            sheet.write_string(row, at, term)
        letter = letters(at)
        book.define_name(f"xq_{name}", f"={CODES_TAB}!${letter}$2:${letter}${len(terms) + 1}")
    sheet.very_hidden()
