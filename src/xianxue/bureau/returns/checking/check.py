"""Checking one return: everything in one pass, no check waiting for another."""

from __future__ import annotations

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.cells import check_cells
from xianxue.bureau.returns.checking.complaints import Complaints
from xianxue.bureau.returns.checking.plan import plan_checks
from xianxue.bureau.returns.checking.register import check_lists, check_register
from xianxue.bureau.returns.checking.sums import check_sums
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say


def check_return(
    returned: Return,
    shelf: Shelf,
    place: Place | None,
    period: Period,
    *,
    register: Register | None = None,
) -> list[Issue]:
    """Give all complaints about a return, by sheet, row and column.

    Without a place (a code that no register knows) everything the return holds is checked as it
    stands; with a ``register``, the township is compared too.
    """
    on = period.reference_day
    shelf = shelf.at(on)
    form = shelf.forms.get(returned.form)
    if form is None:
        saw = say("表式“{form}”不认识", form=returned.form)
        return [
            Issue(
                code="R-FORM",
                severity=Severity.MUST_FIX,
                file=returned.file,
                place=returned.place,
                form=returned.form,
                saw=saw,
                do=say("请向教育局索取本期的模板"),
            )
        ]
    plan = plan_checks(shelf, form, place, on)
    complaints = Complaints(returned)
    check_cells(plan, complaints)
    check_lists(plan, complaints)
    check_sums(plan, place.attributes(on) if place else None, complaints)
    check_register(plan, shelf, place, on, register, complaints)
    return complaints.in_order()
