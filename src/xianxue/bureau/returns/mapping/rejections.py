"""Why a column is none of the fields, where that can be said."""

from __future__ import annotations

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.returns.contents.texts import is_total, readings
from xianxue.bureau.returns.mapping.column_values import Profile, is_serial
from xianxue.bureau.returns.mapping.scoring import SYNONYM, qualified, text_score
from xianxue.bureau.returns.mapping.table import Head
from xianxue.bureau.returns.mapping.targets import Codes, Target
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.values.sentence import joined, say

NOT_ALIKE = say("没有相近的项目")


def why_unknown(head: Head, profile: Profile, form: Form, codes: Codes) -> str:
    """Say why a column was not recognised."""
    if not head.levels:
        return say("没有表头")
    if is_serial(head, profile):
        return say("只是行号")
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
