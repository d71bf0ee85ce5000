"""The sensible bounds of a form: numbers of this form, a size they are measured by, and a bound."""

from __future__ import annotations

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.sensible import Sensible
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, finite
from xianxue.catalogue.meaning.form_cards.checks import check_by
from xianxue.catalogue.meaning.form_cards.unusual import (
    check_days,
    check_fields_alike,
    number_of_form,
)
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.meaning.terms import read_terms
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed


def check_sensible(look: Look, at: Spot, form: Form) -> None:
    """Check all bounds of a form; their ids are codes of issues, as those of its checks are."""
    ids = [
        (at.at("checks", index, "check"), check.check)
        for index, check in enumerate({one.check: one for one in form.checks}.values())
    ]
    for index, rule in enumerate(form.sensible):
        here = at.at("sensible", index)
        ids.append((here.at("sensible"), rule.sensible))
        good_name(here.at("sensible"), rule.sensible)
        check_cited(look, here.at("source"), rule.source)
        check_days(here, rule)
        _check_bounds(here, rule)
        _check_amounts(look, here, form, rule)
    if form.sensible:
        unique(ids, "C-TWICE", say("校验的编号"), say("同一张表式里校验的编号不重复"))


def _check_amounts(look: Look, at: Spot, form: Form, rule: Sensible) -> None:
    if not rule.fields:
        at.at("fields").complain("C-EMPTY", say("一栏也没有"), say("至少一栏"))
    fields = [
        number_of_form(look, at.at("fields", number), form, reference)
        for number, reference in enumerate(rule.fields)
    ]
    known = [one[1] for one in fields if one is not None]
    check_fields_alike(at.at("fields"), known)
    per = read_terms(look, at.at("per"), rule.per) if rule.per else []
    others = [read.table.table for read in per if read.table and read.table.form != form.form]
    if others:
        saw = say("用到别的表式的表：{others}", others=listed(dict.fromkeys(others)))
        at.at("per").complain("C-SHEET", saw, say("只校验本表式里的表"))
    elif len(known) == len(rule.fields):
        # One by one: each is judged by itself, none is added to another.
        here = at.at("fields")
        amounts = [read for field in rule.fields for read in read_terms(look, here, [field])]
        check_by(at.at("by"), rule.by, [*amounts, *per])


def _check_bounds(at: Spot, rule: Sensible) -> None:
    for part in ("at_most", "at_least", "allow"):
        finite(at.at(part), getattr(rule, part))
    if rule.at_most is None and rule.at_least is None:
        required = say("{parts} 至少写一个", parts=listed(["at_most", "at_least"]))
        at.complain("C-PART", say("没有写上下限"), required)
    if rule.allow < 0:
        saw = say("“{allow}”小于 0", allow=rule.allow)
        at.at("allow").complain("C-RANGE", saw, say("写 0 或大于 0 的数"))
    if not rule.per and rule.allow:
        at.at("allow").complain(
            "C-PART", say("没有 per，却写了 allow"), say("没有 per 的界限直接写在上下限里")
        )
