"""Personal fields: what is marked so has a time after which it is destroyed."""

from __future__ import annotations

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot


def check_personal(look: Look, at: Spot, form: Form) -> None:
    """Check a form's personal fields and its retention, each of which needs the other."""
    asked = [*(field for sheet in form.sheets for field in sheet.fields), *form.foot]
    fields = [each for each in asked if each.personal]
    kept = form.retention
    if kept is None:
        if fields:
            saw = say("有个人信息栏（{term}），没有写明保存期限", term=fields[0].term)
            at.complain("C-PART", saw, say("写明 retention：几年、几天，依据哪份文件"))
        return
    here = at.at("retention")
    check_cited(look, here.at("source"), kept.source)
    if not fields:
        here.complain(
            "C-PART", say("没有个人信息栏，却写了保存期限"), say("个人信息栏写 personal: true")
        )
    if kept.years < 0 or kept.days < 0 or not (kept.years or kept.days):
        saw = say("保存期限是 {years} 年 {days} 天", years=kept.years, days=kept.days)
        here.complain("C-RANGE", saw, say("至少一天，年和天都不小于 0"))
