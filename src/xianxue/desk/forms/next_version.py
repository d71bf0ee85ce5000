"""The next version of a form in force: begun from the one before, and held against it.

Periods for which anything has been handed in keep their version: the next one begins later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from xianxue.bureau.kinds.changes.editions import DatedForm
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.catalogue.load import load
from xianxue.desk.actions.cards.form_deed import collected_since
from xianxue.desk.forms.carried import begun_from
from xianxue.desk.forms.design_parts import Design
from xianxue.desk.forms.designing import FILE, sample
from xianxue.desk.forms.differences import Difference, differences
from xianxue.desk.forms.drafts import ASKED, IN_FORCE, OPEN, Drafts, FormDraft, design_of
from xianxue.desk.forms.uses import Used, Uses
from xianxue.desk.returns.duplicates import Draft
from xianxue.desk.returns.sent_files import laid_down
from xianxue.desk.workspace import ComplaintsError, Workspace

_OFFERED: Final = 3
"""Periods that a version may begin with: who plans further ahead has time to wait."""

_NAMED: Final = 4
"""Indicators that are named where a field ends; the rest are counted."""

_FIRST: Final = "1900"
"""A period before all."""


class Next(Record, kw_only=True):
    """The next version of a form, as it would be."""

    changes: tuple[Difference, ...]
    name: str
    data: bytes


def begin_next(drafts: Drafts, shelf: Shelf, ident: str, at: datetime) -> FormDraft:
    """Begin the next version of a form in force; where one is being worked on, give that."""
    rows = [one for one in FormDraft.objects.order_by("pk") if design_of(one).ident == ident]
    going = [one for one in rows if one.state in {*OPEN, ASKED} and design_of(one).is_next]
    if going:
        return going[-1]
    form = shelf.forms[ident]
    made = [design_of(one) for one in rows if one.state == IN_FORCE]
    if not made or made[-1].carries:
        # Nobody designed it here: it is begun from its card.
        return drafts.begin(begun_from(form), at)
    newest = made[-1]
    leaves = [
        replace(leaf, ident=newest.sheet_ident(number)) for number, leaf in enumerate(newest.leaves)
    ]
    held = {
        f"{sheet.sheet}.{field.field}": field.prefilled_from
        for sheet in form.at(date.max).sheets
        for field in sheet.fields
        if field.prefilled_from
    }
    version = str(len(form.shapes) + 1 if isinstance(form, DatedForm) else 2)
    return drafts.begin(replace(newest, leaves=leaves, held=held, version=version, start=""), at)


def may_follow(form: Form) -> bool:
    """Whether a later period can be named, with which a next version begins.

    One examination does not follow another: none can be named that is still to come.
    """
    return form.period != "examination"


def versions(form: Form) -> list[str]:
    """Give the versions of a form, the oldest first."""
    return [one.version for one in (form.shapes if isinstance(form, DatedForm) else [form])]


def starts(shelf: Shelf, design: Design, today: date) -> list[Period]:
    """Give the periods from which a next version may hold: those nobody has reported for yet."""
    form = shelf.forms[design.ident]
    if not may_follow(form):
        return []
    period = Period.on(form.period, today)
    taken = collected_since(design.ident, Period.parse(_FIRST))
    offered: list[Period] = []
    while len(offered) < _OFFERED:
        if not taken or period.reference_day > taken[-1].reference_day:
            offered.append(period)
        period = period.after()
    return offered


def seen_beside(workspace: Workspace, design: Design, card: str) -> Next:
    """See a next version beside the one before it; ComplaintsError as of any card."""
    with laid_down([(FILE, card.encode())]) as (path,):
        settings = workspace.settings
        overlays = [workspace.root / each for each in settings.overlays]
        loaded = load(*overlays, path, chosen=settings.choose)
    if loaded.issues:
        raise ComplaintsError(list(loaded.issues))
    return _seen(workspace, loaded.shelf, design)


def next_in_force(workspace: Workspace, design: Design) -> Next:
    """See a version that is in force beside the one before it."""
    return _seen(workspace, workspace.shelf, design)


def _seen(workspace: Workspace, shelf: Shelf, design: Design) -> Next:
    period = Period.parse(design.start)
    form = shelf.forms[design.ident]
    before, after = _both(form, period)
    name, data = sample(workspace, period, Draft(after, shelf.at(period.reference_day)))
    used = Used(shelf)
    changes = (
        replace(one, after=_missed(used.of(one.ended), shelf)) if one.ended else one
        for one in differences(before, after)
    )
    return Next(changes=tuple(changes), name=name, data=data)


def _missed(uses: Uses, shelf: Shelf) -> Sentence | str:
    """Say which indicators have no number any more where a field has ended."""
    found = [*uses.indicators, *uses.further]
    if not found:
        return ""
    named = joined("、", [shelf.indicators[one].term for one in found[:_NAMED]])
    words = say("{names}以后没有数", names=named)
    return words if len(found) <= _NAMED else say("{names}等 {n} 个指标以后没有数", names=named,
                                                  n=len(found))  # fmt: skip


def _both(form: Form, period: Period) -> Sequence[Form]:
    return form.at(period.before().reference_day), form.at(period.reference_day)
