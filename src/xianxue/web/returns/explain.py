"""Saying why a value is right: kept with the value, and not asked again while it stays."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.explain import Explain, Unusual
from xianxue.desk.returns.asked_about import rules_of
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import MOVED_ON, deed, of_place
from xianxue.web.kit.visit import Asked
from xianxue.web.returns.about import EXPLAIN, key_of


@deed(EXPLAIN, of_place(EXPLAIN))
def explain(request: Asked, form: str, period: str, place: str) -> HttpResponse:
    """Keep an explanation of a value that the checks ask about."""
    visit = request.visit
    key = key_of(visit, form, period, place)
    said = request.POST
    ground = visit.standing.ground()
    rule, field = said.get("rule", ""), said.get("field", "")
    sheet = ground.shelf.form_in(key.form, key.period).sheet(field.partition(".")[0])
    # Only what a rule of this form can ask about: an explanation of anything else would lie there.
    if rule not in rules_of(ground.shelf.form_in(key.form, key.period)) or (
        field and sheet is None
    ):
        raise MissingError(say("没有这条要说明的规则。"))
    unusual = Unusual(rule, field, said.get("value", ""))
    Explain(ground, ground.actor(visit.actor, key.place), visit.at, said.get("why", "").strip())(
        key, unusual
    )
    visit.flash("done", say("说明留存了。数不变，以后不用再写。"))
    back = said.get("back", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    to = back if safe else address("returns:one", form, period, place)
    return HttpResponseRedirect(to, status=MOVED_ON)
