"""Heads and feet of forms: ids that stand once, and what a county puts into a head."""

from __future__ import annotations

from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.form_head import FormHead
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead


def check_head_and_foot(at: Spot, form: Form) -> None:
    """Check that a form's lines above and below can be told apart, by id and by word."""
    for part, names in (
        ("head", [("line", line.line, line.term) for line in form.head]),
        ("foot", [("item", item.item, item.term) for item in form.foot]),
    ):
        spots = [at.at(part, index) for index in range(len(names))]
        for spot, (key, name, _) in zip(spots, names, strict=True):
            good_name(spot.at(key), name)
        ids = [(spot.at(key), name) for spot, (key, name, _) in zip(spots, names, strict=True)]
        terms = [(spot.at("term"), term) for spot, (_, _, term) in zip(spots, names, strict=True)]
        unique(ids, "C-TWICE", say("表头、表脚的编号"), say("同一张表的表头或表脚里编号不重复"))
        # The foot is read by its words: two of one word would be one answer.
        unique(terms, "C-TERM", say("表头、表脚的名称"), say("同一张表的表头或表脚里名称不重复"))


def check_form_heads(look: Look) -> None:
    """Check what counties put into heads: the form is there, and has such a line."""
    head: FormHead
    for at, head in look.each("form_head"):
        check_cited(look, at.at("source"), head.source)
        if not look.refer(at.at("form"), "form", head.form):
            continue
        form = look.shelf.forms[head.form]
        known = [line.line for line in form.head]
        for name in head.values:
            if name not in known:
                saw = say("《{term}》的表头没有“{line}”", term=form.term, line=name)
                do = instead(name, known)
                at.at("values").complain("C-HEAD-LINE", saw, say("表头里已有的编号"), do)
