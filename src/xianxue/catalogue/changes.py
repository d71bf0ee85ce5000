"""Overlays: changes laid over the national cards before anything is judged by them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from xianxue.bureau.kinds.card import DatedValue, LocalValue
from xianxue.bureau.kinds.changes.change import Change
from xianxue.bureau.kinds.changes.editions import Edition, dated
from xianxue.bureau.kinds.form import Form, LocalField, Sheet
from xianxue.bureau.kinds.form_head import FormHead
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.policy import Tightening, tightened
from xianxue.bureau.kinds.standard import Criterion, Standard
from xianxue.bureau.values.sentence import Phrase
from xianxue.catalogue.shelving import ByKind


def with_fields(cards: ByKind) -> ByKind:
    """Give the cards with what counties ask beside their national forms.

    A field whose name or term is taken already is left out; the check has complained of it.
    """
    forms = dict(cards["form"])
    change: Change
    for change in cards["change"].values():
        form = forms.get(change.form)
        if form is not None and change.fields:
            forms[change.form] = _with(form, [change])
    return {**cards, "form": forms}


def with_editions(cards: ByKind) -> ByKind:
    """Give the cards with each form as all its editions together (``kinds/changes``).

    What counties ask beside a form they ask beside each of its editions. An edition of no form, or
    of a day that another has, is left out; the check has complained of it.
    """
    later: dict[str, dict[date, Edition]] = {}
    edition: Edition
    for edition in cards["edition"].values():
        later.setdefault(edition.form, {}).setdefault(edition.valid_from, edition)
    forms: dict[str, Form] = dict(cards["form"])
    for name in later.keys() & forms.keys():
        bare, shapes = forms[name], sorted(later[name].items())
        added = [one for one in cards["change"].values() if one.form == name and one.fields]
        forms[name] = dated(bare, [(day, _with(one.of(bare), added)) for day, one in shapes])
    return {**cards, "form": forms}


def _with(form: Form, added: Iterable[Change]) -> Form:
    for change in added:
        sheets = [
            _longer(sheet, change) if sheet.sheet == change.sheet else sheet
            for sheet in form.sheets
        ]
        form = msgspec.structs.replace(form, sheets=sheets)
    return form


def _longer(sheet: Sheet, change: Change) -> Sheet:
    fields = list(sheet.fields)
    for field in change.fields:
        if all(field.field != one.field and field.term != one.term for one in fields):
            fields.append(LocalField(**msgspec.structs.asdict(field), local=change.term))
    return msgspec.structs.replace(sheet, fields=fields)


def laid_over(cards: ByKind) -> ByKind:
    """Give the cards with each change's values before those of the criterion or line it names.

    A change that names nothing changes nothing; the check of its meaning has complained.
    """
    standards, indicators = dict(cards["standard"]), dict(cards["indicator"])
    policies = dict(cards["policy"])
    change: Change
    # In the order of the overlays, each laid in front of what is there: the last is looked at
    # first.
    for change in cards["change"].values():
        if change.standard in standards:
            standards[change.standard] = _changed_standard(standards[change.standard], change)
        if change.indicator in indicators:
            indicators[change.indicator] = _changed_indicator(indicators[change.indicator], change)
    tightening: Tightening
    for tightening in cards["tightening"].values():
        if tightening.policy in policies:
            policies[tightening.policy] = tightened(policies[tightening.policy], tightening)
    forms = dict(with_fields(cards)["form"])
    head: FormHead
    for head in cards["form_head"].values():
        if head.form in forms:
            forms[head.form] = _headed(forms[head.form], head)
    laid = {"standard": standards, "indicator": indicators, "policy": policies, "form": forms}
    return with_editions({**cards, **laid})


def _headed(form: Form, head: FormHead) -> Form:
    lines = [
        msgspec.structs.replace(line, value=Phrase(head.values[line.line]))
        if line.line in head.values
        else line
        for line in form.head
    ]
    return msgspec.structs.replace(form, head=lines)


def _changed_standard(standard: Standard, change: Change) -> Standard:
    return msgspec.structs.replace(
        standard,
        criteria=[_changed_criterion(item, change) for item in standard.criteria],
        spread=[_changed_criterion(item, change) for item in standard.spread],
    )


def _changed_criterion(criterion: Criterion, change: Change) -> Criterion:
    if criterion.criterion != change.criterion:
        return criterion
    return msgspec.structs.replace(criterion, values=[*_laid(change), *criterion.values])


def _changed_indicator(indicator: Indicator, change: Change) -> Indicator:
    if change.line not in indicator.lines:
        return indicator
    lines = {
        **indicator.lines,
        change.line: [*_laid(change), *indicator.lines[change.line]],
    }
    return msgspec.structs.replace(indicator, lines=lines)


def _laid(change: Change) -> list[DatedValue]:
    """Give a change's values with its name and reason, to be told wherever they judge."""
    reason = " ".join(change.loosens.split())
    return [
        LocalValue(**msgspec.structs.asdict(value), local=change.term, loosens=reason)
        for value in change.values
    ]
