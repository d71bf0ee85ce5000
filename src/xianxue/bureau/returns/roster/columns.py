"""What columns a list of schools has, and what people call them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.contents.texts import bare, readings
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.register_fields import CODE_SYNONYMS
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

TOWNSHIP: Final = "township"
AREA: Final = "area"
"""Columns that only lead to the place above: a township's name, and the code of an area."""

TERMS: Final[Mapping[str, Sentence]] = {
    "code": say("学校标识码"),
    "name": say("学校名称"),
    "level": say("层级"),
    "parent": say("上级代码"),
    "opened": say("建校日期"),
    "closed": say("停办日期"),
    "valid_from": say("起始日期"),
    "school_type": say("办学类型"),
    "sponsor": say("举办者"),
    "urban_rural": say("城乡分类"),
    "boarding": say("寄宿制"),
    "attached": say("附设班"),
    TOWNSHIP: say("所属乡镇"),
    AREA: say("乡镇代码"),
}
"""The register's columns by their Chinese headers, those of ``places.csv`` first."""

_ALSO: Final[Mapping[str, Sequence[str]]] = {
    "code": (*CODE_SYNONYMS, "代码", "编码"),
    "name": (
        "名称",
        "全称",
        "机构名称",
        "单位名称",
        "学校",
        "校名",
        "园名",
        "学校全称",
        "乡镇名称",
    ),
    "level": ("级别", "地方级别"),
    "parent": ("上级", "上级单位代码", "主管部门代码"),
    "opened": (
        *("建校年月", "建校时间", "建校年份", "建园日期", "开办日期", "开办时间", "成立日期"),
        *("成立时间", "办学时间", "设立日期", "批准设立日期", "始建年份", "创办时间"),
    ),
    "closed": ("停办时间", "撤销日期", "撤销时间", "撤并日期", "关闭日期"),
    "valid_from": ("生效日期", "登记日期", "从哪天起"),
    "school_type": ("学校类型", "学校办学类型", "办学类别", "学校类别", "类型"),
    "sponsor": ("举办者类型", "办学性质", "学校举办者", "性质", "办别", "公办民办", "公民办"),
    "urban_rural": (
        *("城乡类型", "城乡类别", "城乡属性", "所在地城乡类型", "驻地城乡类型"),
        *("所在地城乡分类", "驻地城乡分类", "城乡"),
    ),
    "boarding": ("是否寄宿制", "寄宿制学校", "是否寄宿制学校", "是否寄宿", "寄宿"),
    "attached": ("附设教学班", "附设班类型", "附设", "附设教学班类型"),
    TOWNSHIP: (
        *("所在乡镇", "乡镇", "乡镇(街道)", "乡镇街道", "所属乡镇(街道)", "所在乡镇(街道)", "街道"),
        *("所属镇", "镇乡", "所属上级", "上级名称"),
    ),
    AREA: (
        *("乡镇区划代码", "所属乡镇代码", "所在地代码", "驻地代码", "驻地地址代码", "地址代码"),
        *("行政区划代码", "区划代码", "所在地行政区划代码", "驻地行政区划代码", "统计用区划代码"),
    ),
}
_CODED: Final = ("school_type", "sponsor", "urban_rural")
_OWNER = re.compile(r"^(?:学校)?\((?:机构|园)\)|^学校\(机构\)|^(?:学校|机构)(?=.{2})")
"""What ministry exports put before each column: 学校(机构)办学类型."""
_CODE_OR_NAME = ("代码", "名称", "码")
"""Exports give a coded column twice, once as code and once in words."""


class Columns(Record):
    """A line of headers: which column says what."""

    row: int
    of: Mapping[str, tuple[int, ...]]
    """Field to columns: exports say one thing in two of them."""
    unknown: Mapping[int, str]
    """Headers that are nothing the register asks."""


def column_named(header: str) -> str:
    """Give the field a header means; empty where it means none.

    >>> column_named("学校（机构）办学类型代码"), column_named("*建校年月"), column_named("校长")
    ('school_type', 'opened', '')
    """
    words = _words()
    for core, _ in readings(header):
        own = _OWNER.sub("", core)
        for each in (core, own):
            if each in words:
                return words[each]
            for ending in _CODE_OR_NAME:
                field = words.get(each.removesuffix(ending), "")
                if each.endswith(ending) and field in _CODED:
                    return field
    return ""


def find_columns(grid: Sequence[Sequence[Raw]], within: int = 40) -> Columns | None:
    """Find the line of headers among the first lines: the one that names most columns.

    None where no line names a school's code or name and one thing more.
    """
    best: Columns | None = None
    for number, row in enumerate(grid[:within]):
        of: dict[str, tuple[int, ...]] = {}
        unknown: dict[int, str] = {}
        for at, raw in enumerate(row):
            text = written(raw)
            field = column_named(text) if isinstance(raw, str) and text else ""
            if field:
                of[field] = (*of.get(field, ()), at)
            elif text:
                unknown[at] = text
        useful = len(of) > 1 and ({"code", "name"} & of.keys())
        if useful and (best is None or len(of) > len(best.of)):
            best = Columns(number, of, unknown)
    return best


@cache
def _words() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field, term in TERMS.items():
        for word in (str(term), field, *_ALSO.get(field, ())):
            found.setdefault(bare(word), field)
    return found
