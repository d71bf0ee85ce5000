"""The sensible bounds of a form: numbers of this form, a size they are measured by, and a bound."""

from __future__ import annotations

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.sensible import Sensible
from xianxue.catalogue.meaning.cited import check_cited, finite
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.meaning.terms import read_terms
from xianxue.catalogue.meaning.unusual import check_fields_alike, number_of_form
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
        _check_bounds(here, rule)
        fields = [
            number_of_form(look, here.at("fields", number), form, reference)
            for number, reference in enumerate(rule.fields)
        ]
        check_fields_alike(here.at("fields"), [one[1] for one in fields if one is not None])
        for read in read_terms(look, here.at("per"), rule.per) if rule.per else ():
            if read.table is not None and read.table.form != form.form:
                saw = f"用到别的表式的表：{read.table.table}"
                here.at("per").complain("C-SHEET", saw, "只校验本表式里的表")
    if form.sensible:
        unique(ids, "C-TWICE", "校验的编号", "同一张表式里校验的编号不重复")


def _check_bounds(at: Spot, rule: Sensible) -> None:
    for part in ("at_most", "at_least", "allow"):
        finite(at.at(part), getattr(rule, part))
    if rule.at_most is None and rule.at_least is None:
        at.complain("C-PART", "没有写上下限", f"{listed(['at_most', 'at_least'])} 至少写一个")
    if rule.allow < 0:
        at.at("allow").complain("C-RANGE", f"“{rule.allow}”小于 0", "写 0 或大于 0 的数")
    if not rule.per and rule.allow:
        at.at("allow").complain(
            "C-PART", "没有 per，却写了 allow", "没有 per 的界限直接写在上下限里"
        )
