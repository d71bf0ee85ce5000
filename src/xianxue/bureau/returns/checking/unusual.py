"""经验校验: values that are unusual beside last year's, or beside those of schools alike.

Nothing here is wrong for certain: each is to be mended or explained. Which fields, which bounds
and from which day is said by the form's card; all is compared exactly.
"""

from __future__ import annotations

from collections.abc import Iterator

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.unusual import Unusual
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.complaints import Complaints
from xianxue.bureau.returns.checking.plan import CheckPlan, plan_checks
from xianxue.bureau.returns.checking.unchanged import ask_about_unchanged
from xianxue.bureau.returns.checking.unusual_amounts import Amount, Found, amounts_of
from xianxue.bureau.returns.checking.unusual_change import beside_last_year
from xianxue.bureau.returns.checking.unusual_peers import Norms, beside_peers
from xianxue.bureau.returns.sheets.comparison_lines import compared_part
from xianxue.bureau.returns.sheets.naming import cite
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace


def check_unusual(  # noqa: PLR0913 - a return, and all it is compared with
    returned: Return,
    shelf: Shelf,
    place: Place | None,
    period: Period,
    *,
    last: Return | None = None,
    peers: Norms | None = None,
) -> list[Issue]:
    """Give what is unusual in a return, by sheet, row and column.

    ``last`` is what the same place reported a year before, ``peers`` what other schools
    come to; what is not there is not compared with.
    """
    on = period.reference_day
    shelf = shelf.at(on)
    form = shelf.forms.get(returned.form)
    # With nothing to compare with, nothing is unusual.
    if form is None or (last is None and peers is None):
        return []
    plan = plan_checks(shelf, form, place, on)
    complaints = Complaints(returned)
    # Another form's fields may have the same names and mean other things.
    before = last if last is not None and last.form == returned.form else None
    compared = _Compared(returned, shelf, place, period, plan, before, peers)
    vanished: set[tuple[str, str, str, bool]] = set()
    # Zeros first: what is asked about as a zero is not asked about once more as a change.
    for rule in sorted(in_force(form.unusual, on), key=lambda rule: rule.zero_after is None):
        for amount, found in compared.unusual(rule):
            sheet, field = amount.sheet.sheet.sheet, amount.field.field
            key = (sheet, field, amount.row, amount.is_total)
            if rule.zero_after is not None:
                vanished.add(key)
            # From many to none is a change of 100 %: one question is enough.
            elif rule.change is not None and key in vanished:
                continue
            _complain(complaints, rule, amount, found, cite(shelf, rule.source))
    if before is not None:
        # Only what a workbook brings along, so that a school hears the same as the bureau.
        brought = replace(before, tables=dict(compared_part(before, form)))
        ask_about_unchanged(complaints, shelf, plan, returned, brought)
    return complaints.in_order()


class _Compared(Record):
    """A return beside all it is compared with."""

    returned: Return
    shelf: Shelf
    place: Place | None
    period: Period
    plan: CheckPlan
    last: Return | None
    peers: Norms | None

    def unusual(self, rule: Unusual) -> Iterator[tuple[Amount, Found]]:
        """Go through the amounts that a rule finds unusual."""
        for reference in rule.fields:
            here = amounts_of(self.returned, self.plan, reference, rule.by)
            if rule.peers is not None:
                yield from self._beside_peers(rule, here)
            elif self.last is not None:
                before = {
                    amount.row: amount
                    for amount in amounts_of(self.last, self.plan, reference, rule.by)
                }
                for amount in here:
                    found = beside_last_year(rule, amount, before.get(amount.row))
                    if found is not None:
                        yield amount, found

    def _beside_peers(self, rule: Unusual, here: list[Amount]) -> Iterator[tuple[Amount, Found]]:
        # Which group a school is in, only the register says.
        if self.peers is None or self.place is None:
            return
        on = self.period.reference_day
        for amount in here:
            found = beside_peers(
                rule, amount, self.returned, self.plan, self.place, self.shelf, on, self.peers
            )
            if found is not None:
                yield amount, found


def _complain(
    complaints: Complaints, rule: Unusual, amount: Amount, found: Found, citation: str
) -> None:
    complaints.add(
        rule.unusual,
        Severity.EXPLAIN,
        amount.sheet,
        found.saw,
        found.required,
        found.hint + rule.do,
        cell=amount.cell,
        asked=amount.field,
        citation=citation,
        value=amount.text if amount.is_total else "",
        measures=found.measures,
    )
