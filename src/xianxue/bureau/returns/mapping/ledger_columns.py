"""What the columns of an office's own ledger may hold: the card's fields, whose it is, its state.

The day on which a step was taken is no field of a card, but in people's own ledgers it has a
column: 完成日期, 销号时间.
"""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.form import Field, Form
from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.kinds.ledgers.sheet import NAME, PLACE, RECORDED, STATE, form_with
from xianxue.bureau.returns.mapping.targets import NAME_SYNONYMS
from xianxue.bureau.values.sentence import Sentence, say

DONE_ON: Final = "_done_on"
"""The day of the last step on the way to the state that an entry has."""
STEP_ON: Final = "_on_"
"""Before a step's name: the day on which it was taken."""
_CODES: Final = ["学校代码", "单位编码", "机构代码", "学校标识码"]
_NAMES: Final = [
    *NAME_SYNONYMS,
    "学校名称", "单位", "学校（单位）", "所属学校", "受检学校", "受检单位", "责任单位",
    "隐患单位", "被检查单位", "整改单位", "申报学校", "填报单位", "上报单位", "学校（幼儿园）",
]  # fmt: skip
_RECORDED: Final = ["登记时间", "上报日期", "上报时间", "录入日期", "建档日期", "日期", "时间"]
_STATES: Final = [
    "状态", "整改情况", "整改状态", "整改进度", "办理情况", "办理状态", "办理进度", "办结情况",
    "完成情况", "是否完成", "是否整改", "是否整改到位", "是否销号", "是否办结", "销号情况", "进度",
    "进展", "落实情况", "整改落实情况", "目前状态", "现状态", "处理情况", "处理状态", "是否闭环",
]  # fmt: skip
_TITLES: Final = (
    *("内容", "事项", "主要内容", "具体内容", "问题", "存在问题", "情况", "名称", "项目"),
)
"""What the column that names an entry is called in many ledgers."""
_DONE: Final = [
    "完成日期", "完成时间", "办结日期", "办结时间", "整改完成日期", "整改完成时间", "销号日期",
    "销号时间", "结案日期", "结案时间", "实际完成时间", "实际完成日期", "验收日期", "验收时间",
    "复查日期", "复查时间", "整改日期", "整改时间", "闭环时间", "解决时间",
]  # fmt: skip


def map_form(card: Ledger) -> Form:
    """Give the form by which an office's columns are recognised."""
    own = {word for field in card.fields for word in (field.term, *field.synonyms)}
    steps = [step for step in card.steps if step.act != "amend"]
    seen: set[str] = set()
    days: list[Field] = []
    for step in steps:
        if step.step not in seen:
            seen.add(step.step)
            days.append(
                _day(
                    STEP_ON + step.step,
                    say("{step}日期", step=step.term),
                    [f"{step.term}时间"],
                    own,
                )
            )
    fields = [
        _text(PLACE, say("单位代码"), _CODES, own),
        _text(NAME, say("单位名称"), _NAMES, own),
        _day(RECORDED, say("登记日期"), _RECORDED, own),
        *(_own(card, field) for field in card.coded.fields),
        _text(STATE, say("当前状态"), _STATES, own),
        _day(DONE_ON, say("办成日期"), _DONE, own),
        *days,
    ]
    return form_with(card, fields)


def _own(card: Ledger, field: LedgerField) -> Field:
    """Give a field of the card as it is looked for: a day may be written in any way."""
    given = {name: getattr(field, name) for name in Field.__struct_fields__}
    given |= {"required": False, "pattern": ""}
    if field.type == "date":
        given["type"] = "text"
    if field.field == card.titled:
        given["synonyms"] = [*field.synonyms, *_TITLES]
    return Field(**given)


def _text(name: str, term: Sentence, synonyms: list[str], own: set[str]) -> Field:
    # What the card itself has a field of that name for is the card's.
    kept = [word for word in synonyms if word not in own]
    return Field(field=name, term=term, type="text", required=False, synonyms=kept)


def _day(name: str, term: Sentence, synonyms: list[str], own: set[str]) -> Field:
    return _text(name, term, synonyms, own)
