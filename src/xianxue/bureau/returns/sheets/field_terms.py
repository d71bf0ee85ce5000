"""The words of fields: what two terms have in common once fillers are set aside.

«其中女生» says nothing by itself: it is a part of the field before it, and is named with that
field. A sheet about leavers speaks of leavers in all its fields.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from xianxue.bureau.kinds.form import Field, Sheet
from xianxue.bureau.returns.sheets.layout import plain
from xianxue.bureau.values.record import Record

_UNIT = re.compile(
    r"\((?:单位:?)?(?:人|元|平方米|㎡|m2|间|册|个|所|份|年|学时|名|班|个班)\)"
    r"|[,，]?单位:(?:人|元|平方米|间|册)$"
)
_BEFORE = re.compile(
    "^(?:截至)?(?:9月1日|学年初)|^本学年度?|^本年度?|^现有|^目前|^当前|^实有|^共有|^全校|^本校"
)
_AFTER = re.compile("(?:总人数|人数|总数|数量|个数|间数|册数|总量|总计|合计|数)$")
_SAME_WORDS: Final = (
    ("学生", "生"),
    ("老师", "教师"),
    ("住校", "寄宿"),
    ("住宿", "寄宿"),
    ("的", ""),
)
# Each pair is two things to whoever made the form; people who fill it in use both for one.
_MIXED_UP: Final = (
    *(("专职教师", "专任教师"), ("编内", "在编"), ("教职员工", "教工"), ("教职工", "教工")),
    *(("藏书", "图书"), ("书籍", "图书"), ("住读", "寄宿"), ("寄读", "寄宿")),
    *(("留守生", "留守儿童"), ("随迁生", "随迁子女"), ("进城务工人员随迁子女", "随迁子女")),
    *(("教学仪器设备", "仪器设备"), ("教学设备", "仪器设备"), ("运动场所", "运动场地")),
)
_PART: Final = "其中"
_GENERAL: Final = 2
"""Words of no more characters than this mean different things on different sheets."""
_MARKS: Final = (
    *("毕业", "招生", "新生", "转入", "转出", "流动", "辍学", "死亡", "退休", "离职", "临聘"),
    *("上年", "上学年", "交流", "轮岗", "县外", "外地", "残疾"),
    *("计划", "预计", "临时", "民办", "食堂", "校车", "宿舍", "安全", "资助", "贫困", "培训"),
)
"""Words on a sheet's tab that make all its fields speak of something else."""
_STAGES: Final = ("幼儿", "学前", "特殊教育")
"""Words that say no more than the stages of a sheet that declares them."""


class Names(Record):
    """The words a field goes by."""

    own: str
    """Its term."""
    all: frozenset[str]
    """Its term and its synonyms."""


def raw_of(text: str) -> str:
    """Reduce a term to what is compared: width, spaces and a unit in brackets aside.

    >>> raw_of("在校生数（人）"), raw_of("校舍建筑面积 (平方米)")
    ('在校生数', '校舍建筑面积')
    """
    return _UNIT.sub("", plain(text))


@lru_cache(maxsize=8192)
def core_of(text: str) -> str:
    """Reduce a term further: when and how it is counted are set aside.

    >>> core_of("现有在校学生人数（人）"), core_of("在校生数"), core_of("女生数"), core_of("人数")
    ('在校生', '在校生', '女生', '')
    """
    core = _AFTER.sub("", _BEFORE.sub("", raw_of(text)))
    for word, other in _SAME_WORDS:
        core = core.replace(word, other)
    return core


@lru_cache(maxsize=8192)
def near_of(text: str) -> str:
    """Reduce a term to what it may have meant: words that are often mixed up become one.

    >>> near_of("专职教师人数") == near_of("专任教师"), near_of("兼任教师") == near_of("专任教师")
    (True, False)
    """
    core = core_of(text)
    for word, other in _MIXED_UP:
        core = core.replace(word, other)
    return core


def names_of(sheet: Sheet, field: Field) -> Names:
    """Give the words a field goes by; a part is named with what it is a part of."""
    own = raw_of(field.term)
    if own.startswith(_PART):
        own = f"{_whole_of(sheet, field)}{own}"
    return Names(own, frozenset({own, *(raw_of(word) for word in field.synonyms)}))


def _whole_of(sheet: Sheet, field: Field) -> str:
    """Name the nearest field before a part that is no part itself, or the sheet."""
    whole = sheet.term
    for one in sheet.fields:
        if one.field == field.field:
            break
        if not raw_of(one.term).startswith(_PART):
            whole = one.term
    return core_of(whole)


def is_general(word: str) -> bool:
    """Whether a word is too short to mean the same everywhere.

    >>> is_general("转入"), is_general("在校生数")
    (True, False)
    """
    return len(word) <= _GENERAL


def contexts_agree(one: str, other: str, words: str, *, staged: bool) -> bool:
    """Whether two sheets, by their tabs, speak of the same; what the words say counts for both.

    ``staged``: whether one of them declares its stages; whom it covers is then told apart.

    >>> contexts_agree("学生", "毕业生情况", "女生数", staged=False)
    False
    >>> contexts_agree("学生", "毕业生情况", "毕业生数", staged=False)
    True
    """
    telling = _MARKS if staged else (*_MARKS, *_STAGES)
    marks = [mark for mark in telling if mark not in words]
    return all((mark in one) == (mark in other) for mark in marks)
