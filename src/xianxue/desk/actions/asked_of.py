"""Whether a return is asked of a place at all: nothing is done to what nobody has to hand in."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.asked import is_due
from xianxue.bureau.records.deadline import chinese_day
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Ground, Key, complain

UNASKED = "F-PLACE"

_FILERS = {"school": say("学校"), "county": say("教育局")}


def unasked(ground: Ground, key: Key) -> Issue | None:
    """Complain where nobody asks a place for a form; None where it is asked.

    A place that is closed on the reference day, or has nothing to fill in, is not asked.
    """
    place = ground.register.places.get(key.place)
    if place is None:
        saw = say("名册里没有代码 {place}", place=key.place)
        do = say("请核对代码：xianxue places list")
        return complain(UNASKED, key, saw, say("名册里有的单位"), do)
    form = ground.shelf.forms.get(key.form)
    if form is None:
        saw = say("没有报表“{form}”", form=key.form)
        return complain(UNASKED, key, saw, say("现行的报表"))
    if form.filed_by != place.level:
        saw = say("{name}不填{form}", name=place.name, form=ground.form_term(key.form))
        required = say("这张报表由{filer}填报", filer=_FILERS[form.filed_by])
        return complain(UNASKED, key, saw, required)
    why = _why_not_due(ground, key)
    if why is None:
        return None
    return complain(UNASKED, key, why, say("这一时期要报的单位"))


def _why_not_due(ground: Ground, key: Key) -> Sentence | None:
    place, form = ground.register[key.place], ground.shelf.forms[key.form]
    day = Period.parse(key.period).reference_day
    if not place.open_on(day):
        return say("{name}在{day}没有开办", name=place.name, day=chinese_day(day))
    if not is_due(form, place, day, ground.shelf.codes):
        term = ground.form_term(key.form)
        return say("{name}在{form}里没有要填的栏目", name=place.name, form=term)
    return None
