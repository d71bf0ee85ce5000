"""Fields that a county asks beside a national form: checked as the form's own, each on its line."""

from __future__ import annotations

from xianxue.bureau.kinds.changes.change import Change
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.form_cards.forms import check_field
from xianxue.catalogue.meaning.form_cards.held import check_held
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import unique
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import instead

Taken = dict[tuple[str, str], list[tuple[Spot, str, str]]]
"""A form's sheet to the fields it has so far: where each stands, its name and its term."""


def check_added(look: Look, at: Spot, change: Change, taken: Taken) -> None:
    """Check the fields of a change; ``taken`` are those of the sheet, with changes before it."""
    if not look.refer(at.at("form"), "form", change.form):
        return
    # As it was read, before anything is laid over it: the lines of complaints are this card's.
    form: Form = look.cards.by_kind["form"][change.form]
    sheet = form.sheet(change.sheet)
    if sheet is None:
        saw = say("报表“{form}”没有表“{sheet}”", form=form.term, sheet=change.sheet)
        do = instead(change.sheet, [one.sheet for one in form.sheets])
        at.at("sheet").complain("C-SHEET", saw, say("报表里已有的表（写 sheet 的编号）"), do)
        return
    # Shared by all changes: two overlays may add a field of the same name to one sheet.
    known = taken.setdefault((change.form, change.sheet), _own(look, form, change.sheet))
    for index, field in enumerate(change.fields):
        here = at.at("fields", index)
        check_field(look, here, form, sheet, field)
        if field.prefilled_from:
            check_held(look, here.at("prefilled_from"), form, sheet, field)
        if field.personal and form.retention is None:
            saw = say("加的栏“{term}”是个人信息，报表没有写明保存期限", term=field.term)
            required = say("个人信息只加在写明 retention 的报表里")
            here.at("personal").complain("C-PART", saw, required)
        before = [(spot.at("field"), name) for spot, name, _ in known]
        unique(
            [*_last(before, field.field), (here.at("field"), field.field)],
            "C-TWICE",
            say("栏的编号"),
            say("同一张表里栏的编号不重复"),
        )
        terms = [(spot.at("term"), term) for spot, _, term in known]
        unique(
            [*_last(terms, field.term), (here.at("term"), field.term)],
            "C-TERM",
            say("栏名"),
            say("同一张表里栏名不重复"),
        )
        known.append((here, field.field, field.term))


def _last(named: list[tuple[Spot, str]], name: str) -> list[tuple[Spot, str]]:
    """Give the one of the same name: all others have been held against each other already."""
    return [one for one in named if one[1] == name][:1]


def _own(look: Look, form: Form, sheet: str) -> list[tuple[Spot, str, str]]:
    spot = Spot(look.cards.origins["form", form.form], look.issues)
    index = next(number for number, one in enumerate(form.sheets) if one.sheet == sheet)
    return [
        (spot.at("sheets", index, "fields", number), field.field, field.term)
        for number, field in enumerate(form.sheets[index].fields)
    ]
