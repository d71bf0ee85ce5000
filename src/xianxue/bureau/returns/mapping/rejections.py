"""Why a column is none of the fields, where that can be said."""

from __future__ import annotations

import re
from typing import Final

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.returns.contents.texts import bare, is_total, readings
from xianxue.bureau.returns.mapping.column_values import Profile, is_serial
from xianxue.bureau.returns.mapping.scoring import SYNONYM, qualified, text_score
from xianxue.bureau.returns.mapping.table import Head
from xianxue.bureau.returns.mapping.targets import Codes, Target
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.values.sentence import joined, say

NOT_ALIKE = say("没有相近的项目")
SERIAL = say("只是行号")
_ELSE: Final[dict[str, re.Pattern[str]]] = {
    "code": re.compile(
        r"电话|手机|传真|邮编|邮政|邮箱|身份证|证号|证件|信用|税号|账号|帐号|账户|卡号|开户|文号|批文"
        r"|区划|学籍|工号|年|日期|时间|面积|金额|经费|人数|学生|教师|班|册|车牌|门牌|地址"
        r"|phone|tel|fax|zip|mail|date|year|account"
    ),
    "name": re.compile(
        r"校长|园长|姓名|负责|联系|电话|地址|地点|位置|住址|村|街|路|乡|镇|片区|学区|区县|主管|举办|性质"
        r"|类型|类别|备注|说明|情况|原因|日期|时间|编制|项目|帮扶|结对|对口|支教|原|撤并|合并|来源|毕业"
        r"|上级|中心校|address|contact|principal|head|type|remark|note|person|town"
    ),
}
"""What a header may name that is no school's code or name, whatever stands below it."""


def may_head(holds: str, head: Head) -> bool:
    """Whether a header leaves room for a school's code or name that only the values suggest.

    >>> [may_head("code", Head(0, (text,))) for text in ("Kod", "编码", "信用代码", "联系电话")]
    [True, True, False, False]
    >>> [may_head("name", Head(0, (text,))) for text in ("Nama", "校长姓名", "所在村")]
    [True, False, False]
    """
    return _ELSE[holds].search(bare(head.text)) is None


def why_unknown(head: Head, profile: Profile, form: Form, codes: Codes) -> str:
    """Say why a column was not recognised."""
    if not head.levels:
        return say("没有表头")
    if is_serial(head, profile):
        return SERIAL
    if is_total(head.levels[-1]):
        return say("合计由系统计算，不必读")
    needs = _lacks_a_row(head, form, codes)
    if needs:
        return needs
    words = sorted(qualified(head.text))
    if words:
        return say("名称里有“{words}”，不是报表要的原数", words=joined("”“", words))
    return NOT_ALIKE


def _lacks_a_row(head: Head, form: Form, codes: Codes) -> str:
    """Say that a column sums up what the form asks for row by row."""
    levels = tuple(level for level in head.levels if not _is_a_stage(level, codes))
    for sheet in form.sheets:
        if sheet.layout != "grid":
            continue
        by = codes[sheet.rows].term
        for field in sheet.fields:
            target = Target(f"{sheet.sheet}.{field.field}", "value", field, sheet)
            plain = Head(head.at, levels)
            if field.is_number and levels and text_score(plain, target)[0] >= SYNONYM:
                return say(
                    "像{named}，但〔{tab}〕按{by}填，这一列分不出{by}",
                    named=target.named,
                    tab=tab_of(sheet),
                    by=by,
                )
    return ""


def _is_a_stage(level: str, codes: Codes) -> bool:
    stages = codes.get("teaching_stages")
    core = readings(level)[-1][0]
    return stages is not None and stages.by_term(core) is not None
