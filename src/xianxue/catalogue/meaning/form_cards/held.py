"""Fields that are not asked because another form holds them: does it, and in the same way?"""

from __future__ import annotations

from xianxue.bureau.kinds.form import Field, Form, Sheet
from xianxue.bureau.kinds.held import way_to_fill
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.origin import Spot


def check_held(look: Look, at: Spot, form: Form, sheet: Sheet, field: Field) -> None:
    """Check the reference of a field that another form holds."""
    found = look.asked_field(at, field.prefilled_from)
    if found is None:
        return
    other, holding, held = found
    named = say(
        "《{term}》{sheet}的“{field}”",
        term=other.term,
        sheet=holding.term,
        field=held.term,
    )
    if other.form == form.form:
        at.complain("C-HELD", say("{named}就在本表式里", named=named), say("取自别的表式的栏"))
    elif other.filed_by != form.filed_by:
        required = say("同是学校填报，或同是县级填报")
        at.complain("C-HELD", say("{named}不由同样的单位填报", named=named), required)
    elif held.prefilled_from:
        do = say("请直接写 {prefilled_from}", prefilled_from=held.prefilled_from)
        at.complain(
            "C-HELD", say("{named}自己也取自别处", named=named), say("取自实际填报的栏"), do
        )
    elif way_to_fill(sheet, field, holding, held, look.shelf.codes) is None:
        saw = say("{named}填不成这一栏：类型、单位或行对不上", named=named)
        required = say("同类型、同单位；行相同，或可以按学段、按全校相加")
        at.complain("C-HELD", saw, required)
