"""What a return is compared with, and what was explained: from the bureau's records, or brought.

How they are compared is told in ``bureau/returns/checking/comparison.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.brought import Brought
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.batch import another_year
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.checking.comparison import (
    compare_at_bureau,
    compare_away,
    is_compared,
)
from xianxue.bureau.returns.checking.explanations import about_what, still_open, with_said
from xianxue.bureau.returns.sheets.comparison_lines import compared_part
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.desk.actions.ledgers.answers import answered, answers_of, differing
from xianxue.desk.database import open_database
from xianxue.desk.returns.accepted import Records
from xianxue.desk.returns.progress import window_of
from xianxue.desk.workspace import Workspace

_NOTHING = Brought()


@dataclass
class Comparison:
    """Finds what is unusual in a return, and knows what was explained; goes with every check."""

    shelf: Shelf
    workspace: Workspace | None = None
    usual: Period | None = None
    """The period that is being collected; None where any is welcome."""
    _records: Records | None = None
    _answers: dict[tuple[str, str], dict[str, dict[str, int]]] = field(
        default_factory=dict[tuple[str, str], dict[str, dict[str, int]]]
    )

    def __call__(self, filed: Return, place: Place | None, found: list[Issue]) -> list[Issue]:
        """Give what was found in a return with what is unusual; what was explained, as remarks.

        What several complaints follow from stands before them.
        """
        return self._with_causes(filed, place, self._all(filed, place, found))

    def _all(self, filed: Return, place: Place | None, found: list[Issue]) -> list[Issue]:
        form = self.shelf.form_in(filed.form, filed.period)
        # Said first: all that follows is of another year.
        other = another_year(filed, self.usual)
        if other is not None and self._asked_for(filed):
            other = None
        found = [*([other] if other is not None else []), *found]
        unusual = [*self._unusual(filed, place, form), *self._against_ledgers(filed, form)]
        issues = about_what([*found, *unusual], filed, form)
        # Nothing to explain: then neither the database nor what was brought along is asked.
        if all(issue.severity is not Severity.EXPLAIN for issue in issues):
            return issues
        brought = filed.brought or _NOTHING
        if self.workspace is None:
            issues = still_open(issues, brought.explained, filed, form)
        elif self.records.any:
            from xianxue.desk.returns.explanations import explained  # noqa: PLC0415 - needs Django

            kept = explained(form=filed.form, place=filed.place)
            issues = still_open(issues, kept, filed, form)
        return with_said(issues, brought.said)

    def _against_ledgers(self, filed: Return, form: Form) -> list[Issue]:
        """Hold a return against the ledgers that answer some of its fields."""
        if self.workspace is None or not any(answered(form)):
            return []
        key = (form.form, filed.period)
        # Once for all returns of a round: a ledger is counted as a whole.
        if key not in self._answers:
            period = Period.parse(filed.period)
            self._answers[key] = answers_of(self.workspace, form, period)
        terms = {name: ledger.term for name, ledger in self.shelf.ledgers.items()}
        return list(differing(filed, form, self._answers[key].get(filed.place, {}), terms))

    def _asked_for(self, filed: Return) -> bool:
        """Whether the bureau has set a day for the return's own period: it is collected too."""
        if self.workspace is None or not self.records.any:
            return False
        open_database(self.workspace.store)
        form, period = self.shelf.form_in(filed.form, filed.period), Period.parse(filed.period)
        return window_of(form, period).due is not None

    def _with_causes(
        self, filed: Return, place: Place | None, issues: Sequence[Issue]
    ) -> list[Issue]:
        """Put what several complaints follow from before them."""
        # One complaint needs no cause, and a right workbook waits for nothing.
        if sum(issue.severity is not Severity.NOTE for issue in issues) <= 1:
            return list(issues)
        from xianxue.bureau.returns.checking.causes.fold import (  # noqa: PLC0415 - see above
            with_causes,
        )

        form, period = self.shelf.form_in(filed.form, filed.period), Period.parse(filed.period)
        register = self.workspace.register if self.workspace is not None else None

        def recheck(then: Return) -> list[Issue]:
            found = check_return(then, self.shelf, place, period, register=register)
            return [*found, *self._unusual(then, place, form)]

        return with_causes(
            issues,
            filed,
            self.shelf,
            place,
            recheck,
            last=self._last_year(filed, period),
            register=register,
            others=lambda: self._others(filed.form, period),
        )

    def _last_year(self, filed: Return, period: Period) -> Return | None:
        if self.workspace is not None and self.records.any:
            last = self.records.of_last_year(period).get((filed.form, filed.place))
            # No more than a workbook brings along: a school on its own hears of the same causes.
            parts = (
                None
                if last is None
                else compared_part(last, self.shelf.form_in(filed.form, filed.period))
            )
            return None if last is None or parts is None else replace(last, tables=dict(parts))
        brought = filed.brought.last if filed.brought is not None else None
        if brought is None:
            return None
        return replace(filed, period=period.same_last_year().code, tables=dict(brought))

    def _others(self, form: str, period: Period) -> Iterable[Return]:
        """Give what is held of all places, of this period and of the year before."""
        if self.workspace is None or not self.records.any:
            return []
        held = [self.records.accepted(period)]
        if period.recurs:
            held.append(self.records.accepted(period.same_last_year()))
        return [each for of in held for (name, _), each in of.items() if name == form]

    @property
    def records(self) -> Records:
        """What the bureau has; only in a workspace."""
        if self._records is None:
            if self.workspace is None:
                message = "there are no records without a workspace"
                raise ValueError(message)
            self._records = Records(self.workspace)
        return self._records

    def _unusual(self, filed: Return, place: Place | None, form: Form) -> list[Issue]:
        period = Period.parse(filed.period)
        # Asked first: most forms have no such rules, and the records are costly to open.
        if not is_compared(form, period):
            return []
        if self.workspace is None:
            return compare_away(filed, self.shelf, place)
        last = self.records.of_last_year(period).get((filed.form, filed.place))
        others = self.records.peers(filed.form, period)
        return compare_at_bureau(filed, self.shelf, place, last, others)
