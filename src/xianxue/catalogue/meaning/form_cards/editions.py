"""Editions of a form: one after the other, each right by itself, none that changes old data.

A sheet or field may begin, end or be worded otherwise; under the same id it stays the same thing,
so that what was collected before can stand in one column with what is collected later.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.kinds.changes.editions import DatedForm, Edition
from xianxue.bureau.kinds.form import Form, Sheet
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.form_cards.forms import check_shape
from xianxue.catalogue.meaning.form_cards.personal import check_personal
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import unique
from xianxue.catalogue.origin import Spot

_OF_SHEETS: Final = {
    "layout": say("排法"),
    "rows": say("各行的代码表"),
    "stage_by": say("分学段的栏"),
    "stage": say("学段"),
}
_OF_FIELDS: Final = {"type": say("类型"), "unit": say("单位"), "codes": say("代码表")}


def check_editions(look: Look) -> None:
    """Check every edition, by itself and beside those before it."""
    edition: Edition
    for at, edition in look.each("edition"):
        check_cited(look, at.at("source"), edition.source)
        if not look.refer(at.at("form"), "form", edition.form):
            continue
        form = look.shelf.forms[edition.form]
        before = _before(look, at, edition)
        if not isinstance(form, DatedForm) or before is None:
            continue
        shape = form.at(edition.valid_from)
        check_shape(look.with_form(shape), at, edition.of(form))
        check_personal(look, at, shape)
        _check_kept(at, edition, before)
        _check_new_sheets(look, at, edition, before)


def _before(look: Look, at: Spot, edition: Edition) -> Sequence[Form] | None:
    """Give what the form was before; None, and a complaint, where two editions cross."""
    form = look.shelf.forms[edition.form]
    others = [
        one for one in look.cards.by_kind["edition"].values()
        if one.form == edition.form and one is not edition
    ]  # fmt: skip
    required = say("一张报表的各版依次施行，版本号不重复")
    # Of two of one day the first is on the shelf, and the second is told.
    first = next(one for one in look.cards.by_kind["edition"].values()
                 if (one.form, one.valid_from) == (edition.form, edition.valid_from))  # fmt: skip
    if first is not edition:
        saw = say("《{term}》在 {day} 有两版", term=form.term, day=edition.valid_from)
        at.at("from").complain("C-EDITION", saw, required)
        return None
    shapes = form.shapes if isinstance(form, DatedForm) else [form]
    place = sum(one.valid_from < edition.valid_from for one in others) + 1
    if any(one.version == edition.version for one in shapes[:place]):
        saw = say("《{term}》已经有 {version} 版", term=form.term, version=edition.version)
        at.at("version").complain("C-EDITION", saw, required)
    return shapes[:place]


def _check_kept(at: Spot, edition: Edition, before: Sequence[Form]) -> None:
    for number, sheet in enumerate(edition.sheets):
        # Of several the last that had it: those before were held against each other.
        old = next((one for form in reversed(before) if (one := form.sheet(sheet.sheet))), None)
        if old is None:
            continue
        here = at.at("sheets", number)
        for part, noun in _OF_SHEETS.items():
            if getattr(sheet, part) != getattr(old, part):
                saw = say("“{term}”的{noun}与前一版不同", term=sheet.term, noun=noun)
                here.at(part).complain("C-KEPT", saw, say("同一编号的表，各版是同一张"),
                                       say("请换一个编号，原来的表到此为止"))  # fmt: skip
        _check_fields(here, sheet, [form for form in before if form.sheet(sheet.sheet)])


def _check_fields(at: Spot, sheet: Sheet, before: Sequence[Form]) -> None:
    sheets = [one for form in reversed(before) if (one := form.sheet(sheet.sheet))]
    for number, field in enumerate(sheet.fields):
        old = next((found for one in sheets if (found := one.field(field.field))), None)
        for part, noun in _OF_FIELDS.items() if old is not None else ():
            if getattr(field, part) != getattr(old, part):
                saw = say("“{term}”的{noun}与前一版不同", term=field.term, noun=noun)
                at.at("fields", number, part).complain(
                    "C-KEPT",
                    saw,
                    say("同一编号的栏，各版是同一个数"),
                    say("请换一个编号，原来的栏到此为止"),
                )


def _check_new_sheets(look: Look, at: Spot, edition: Edition, before: Sequence[Form]) -> None:
    """Complain of a new sheet that is called as one of another form is."""
    own = {sheet.sheet for form in before for sheet in form.sheets}
    others: dict[str, Spot] = {}
    for there, form in look.each("form"):
        if form.form != edition.form:
            for number, sheet in enumerate(form.sheets):
                others.setdefault(sheet.sheet, there.at("sheets", number, "sheet"))
    seen: list[tuple[Spot, str]] = []
    for number, sheet in enumerate(edition.sheets):
        if sheet.sheet in others and sheet.sheet not in own:
            seen.append((others[sheet.sheet], sheet.sheet))
        seen.append((at.at("sheets", number, "sheet"), sheet.sheet))
    unique(seen, "C-TWICE", say("表的编号"), say("表的编号在所有表式中不重复"))
