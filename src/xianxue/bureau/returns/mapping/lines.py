"""What a line is that is neither headers nor data: «填报单位：…», units, signatures.

Forms begin with who files them and end with who signs them. Such a line has several short texts,
as headers have, and must be taken neither for headers nor for a school.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from xianxue.bureau.returns.contents.strict import number_of, written
from xianxue.bureau.returns.contents.texts import bare, is_note
from xianxue.bureau.returns.contents.units import is_unit_word
from xianxue.bureau.returns.reading.unread import filled
from xianxue.bureau.returns.sheets.grid import Raw

_SAID = re.compile(r"^([^:]{1,14}):(.*)$")
"""A label, a colon, and what it is."""
_PARTS: Final = ("其中", "按", "含", "包括")
"""What stands before the colon in headers themselves: «其中：女»."""
_DAY = re.compile(
    r"(?:19|20)\d\d[年./-]?(?:\d{1,2}[月./-]?(?:\d{1,2}日?)?)?"
    r"(?:[-—至](?:19|20)\d\d)?(?:学年度?|年度?)?"
)
_WHOLE_DAY = re.compile(r"(?:19|20)\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?")
"""A year or a month may head a column of numbers; a single day says when a table was made."""
_TITLE = re.compile(r"(?:表|台账|一览|汇总|情况|名单|名册)$")
_PAGE = re.compile(r"第?\d+页.*|共\d+页|附件\d*|附表\d*")
_LABELS: Final = frozenset({
    *("填报单位", "报送单位", "填表单位", "制表单位", "上报单位", "编制单位", "呈报单位"),
    *("填报日期", "填表日期", "填报时间", "填表时间", "报出日期", "上报日期", "上报时间"),
    *("制表时间", "编制日期", "截止日期", "截止时间", "数据来源"),
    *("制表日期", "统计时间", "统计时点", "统计日期", "报告期", "学年", "学年度", "年度"),
    *("填表人", "填报人", "制表人", "经办人", "审核人", "复核人", "负责人", "单位负责人"),
    *("统计负责人", "分管领导", "主管领导", "联系人", "联系电话", "联系方式", "电话"),
    *("表号", "制定机关", "批准机关", "批准文号", "备案文号", "文号", "有效期至"),
    *("计量单位", "金额单位"),
})  # fmt: skip
"""What forms say of themselves above and below their table."""
# A column of schools may be headed by one of them: then what stands beside it is a header, too.
_ALSO_HEADS: Final = frozenset({"填报单位", "报送单位", "上报单位", "填表单位"})
_OFFICE = re.compile(r"(?:局|校|小学|中学|幼儿园|中心|办公室|县|区|市|乡|镇)$")
_UNIT_LABELS: Final = frozenset({"单位", "计量单位", "金额单位", "数量单位", "unit", "units"})
_NO_UNIT: Final = frozenset({"-", "--", "—", "——", "/", "无", "文本", "文字"})
_PAIR: Final = 2


def _label(text: str) -> tuple[str, str] | None:
    """Divide «填报单位：某校» into both; None where a text is not of that shape."""
    found = _SAID.match(bare(text))
    if found is None or found[1].startswith(_PARTS):
        return None
    return found[1], found[2]


def heads_in(row: Sequence[Raw]) -> list[str]:
    """Give the texts of a line that may be headers: neither labels with their values, nor days.

    >>> heads_in(["填报单位：虚构局", "", "日期：", "2025年9月"]), heads_in(["校名", "其中：女"])
    ([], ['校名', '其中:女'])
    >>> heads_in(["制表时间", "2025.9.30"]), heads_in(["校名", "2024年", "2025年"])
    ([], ['校名', '2024年', '2025年'])
    """
    own = [written(row[at]) for at in filled(row)]
    labels = [_label(text) for text in own]
    # «名称：», «面积：» all along: headers that somebody has put colons behind.
    if all(label is not None and not label[1] for label in labels):
        return [bare(text) for text in own if number_of(text) is None]
    if _is_pairs(own):
        return []
    days = sum(_DAY.fullmatch(bare(text)) is not None for text in own)
    # A title and a day beside it.
    if days and len(own) == _PAIR and any(_TITLE.search(bare(text)) for text in own):
        return []
    kept: list[str] = []
    for at, text in enumerate(own):
        behind = at > 0 and (before := labels[at - 1]) is not None and not before[1]
        # Years side by side are headers; one day beside a title is no header.
        day = _DAY.fullmatch(bare(text)) is not None and days * 2 < len(own)
        day = day or _WHOLE_DAY.fullmatch(bare(text)) is not None
        alone = day or _PAGE.fullmatch(bare(text)) is not None or number_of(text) is not None
        if labels[at] is None and not behind and not alone:
            kept.append(bare(text))
    return kept


def _is_pairs(own: Sequence[str]) -> bool:
    """Whether a line is labels and their values in turn, without colons."""
    said = [bare(text).rstrip(":") for text in own]
    labels, values = said[::2], said[1::2]
    if (
        len(said) < _PAIR
        or len(said) % _PAIR
        or not set(labels) <= {*_LABELS, "单位"}
        or not set(labels) & _LABELS
    ):
        return False
    if set(values) & _LABELS:
        return False
    # One pair may be two headers: «填报单位 | 校舍面积».
    single = len(said) == _PAIR and said[0] in _ALSO_HEADS
    return not single or _OFFICE.search(said[1]) is not None


def is_footer(row: Sequence[Raw]) -> bool:
    """Whether a line is what stands below a table: a remark, or who signs it.

    >>> is_footer(["负责人：", "虚构甲", "填表人：", "虚构乙"]), is_footer(["虚构校", "负责人：甲"])
    (True, False)
    """
    own = [written(row[at]) for at in filled(row)]
    if not own:
        return False
    if len(own) == 1:
        return is_note(own[0]) or _is_label(own[0])
    first = _is_label(own[0]) or is_note(own[0])
    return first and (_is_pairs(own) or _mostly_labels(own))


def _is_label(text: str) -> bool:
    label = _label(text)
    return label is not None and label[0].rstrip(" (") in _LABELS


def _mostly_labels(own: Sequence[str]) -> bool:
    """Whether each text is a label with its value, or what stands behind a label."""
    loose = 0
    for at, text in enumerate(own):
        label = _label(text)
        before = _label(own[at - 1]) if at else None
        behind = before is not None and not before[1]
        day = _DAY.fullmatch(bare(text)) is not None
        loose += label is None and not behind and not day and not is_note(text)
    return loose * 3 <= len(own)


def is_unit_line(row: Sequence[Raw]) -> bool:
    """Whether a line below the headers names each column's unit.

    >>> [is_unit_line(row) for row in (["", "平方米"], ["单位", "人", "—"], ["甲", "人"])]
    [True, True, False]
    """
    own = [bare(written(row[at])).strip("()[]【】") for at in filled(row)]
    units = [text for text in own if is_unit_word(text)]
    rest = [text for text in own if text not in units]
    return bool(units) and all(text in _UNIT_LABELS or text in _NO_UNIT for text in rest)
