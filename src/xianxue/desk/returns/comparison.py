"""What a return is compared with, and what was explained: in the bureau, or away from it.

In the bureau both come from what was accepted and kept. On a school's own machine they come with
the workbook, where the bureau put them; so both say the same (docs/decisions/unusual-values.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.brought import Brought, Norm, PeerGroup
from xianxue.bureau.records.cells import Row, Value
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.explanations import about_what, still_open, with_said
from xianxue.bureau.returns.checking.unusual import check_unusual
from xianxue.bureau.returns.checking.unusual_peers import Norms, PeerValues, gather_peers
from xianxue.bureau.returns.sheets.comparison_lines import compared_part
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import say
from xianxue.desk.database import has_database, open_database
from xianxue.desk.workspace import Workspace

_NOTHING = Brought()
LATER: Final = "R-LATER"
"""The code of the remark that a comparison is left to the bureau."""

Accepted = Mapping[tuple[str, str], Return]
"""Form and place to a return."""


@dataclass
class Records:
    """What a bureau accepted and what schools reported, each period read once."""

    workspace: Workspace
    _accepted: dict[str, Accepted] = field(default_factory=dict[str, Accepted])
    _peers: dict[tuple[str, str], PeerValues] = field(
        default_factory=dict[tuple[str, str], PeerValues]
    )

    @property
    def any(self) -> bool:
        """Whether anything was ever filed: else neither database nor engine is opened."""
        return has_database(self.workspace.store)

    def accepted(self, period: Period) -> Accepted:
        """Give what is accepted for a period."""
        # Asked of every return of a batch: only the first time has anything to be opened.
        if period.code not in self._accepted:
            if not self.any:
                return {}
            open_database(self.workspace.store)
            from xianxue.desk.returns.holdings import Holdings  # noqa: PLC0415 - needs the engine

            found = Holdings(self.workspace, period).returns
            self._accepted[period.code] = {(each.form, each.place): each for each in found}
        return self._accepted[period.code]

    def of_last_year(self, period: Period) -> Accepted:
        """Give what is accepted for 上年同期; nothing for an examination, which has none."""
        return self.accepted(period.same_last_year()) if period.recurs else {}

    def last_peers(self, form: str, period: Period) -> PeerValues | None:
        """Give what all schools reported the year before; None where none did."""
        if not period.recurs:
            return None
        return self._gathered(form, period, period.same_last_year())

    def peers(self, form: str, period: Period) -> PeerValues | None:
        """Give what schools are compared with: last year's, or this year's in the first one."""
        return self.last_peers(form, period) or self._gathered(form, period, period)

    def _gathered(self, form: str, period: Period, of: Period) -> PeerValues | None:
        returns = [each for (name, _), each in self.accepted(of).items() if name == form]
        if not returns:
            return None
        key = (form, of.code)
        if key not in self._peers:
            shelf, register = self.workspace.shelf, self.workspace.register
            day = period.reference_day
            self._peers[key] = gather_peers(returns, shelf, register, of, day)
        return self._peers[key]


@dataclass
class Beside:
    """Asks about what is unusual, and knows what was explained."""

    shelf: Shelf
    workspace: Workspace | None = None
    _records: Records | None = None

    def __call__(self, filed: Return, place: Place | None, found: list[Issue]) -> list[Issue]:
        """Give what was found in a return with what is unusual; what was explained, as remarks."""
        form = self.shelf.forms[filed.form]
        issues = about_what([*found, *self._unusual(filed, place)], filed, form)
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

    @property
    def records(self) -> Records:
        """What the bureau has; only in a workspace."""
        if self._records is None:
            if self.workspace is None:
                message = "there are no records without a workspace"
                raise ValueError(message)
            self._records = Records(self.workspace)
        return self._records

    def _unusual(self, filed: Return, place: Place | None) -> list[Issue]:
        form, period = self.shelf.forms[filed.form], Period.parse(filed.period)
        if not form.unusual or not period.recurs:
            return []
        brought = filed.brought or _NOTHING
        if self.workspace is None:
            last = None
            if brought.last is not None:
                last = replace(
                    filed, period=period.same_last_year().code, tables=dict(brought.last)
                )
            peers = None if brought.norms is None else brought.norms.get
            issues = check_unusual(filed, self.shelf, place, period, last=last, peers=peers)
            rules = in_force(form.unusual, period.reference_day)
            blind = peers is None and any(rule.peers for rule in rules)
            return [*issues, _later(filed)] if blind else issues
        last = self.records.of_last_year(period).get((filed.form, filed.place))
        values = self.records.peers(filed.form, period)
        peers = None if values is None else values.norms(filed.place)
        looked_up: dict[PeerGroup, Norm | None] = {}
        asked = None if peers is None else _noting(peers, looked_up)
        issues = check_unusual(filed, self.shelf, place, period, last=last, peers=asked)
        mine = None if last is None else compared_part(last, form)
        return [*issues, *_outdated(filed, brought, mine, looked_up)]


def _later(filed: Return) -> Issue:
    return Issue(
        code=LATER,
        severity=Severity.NOTE,
        file=filed.file,
        place=filed.place,
        form=filed.form,
        saw=say("工作簿没有带来可比的数，没有与上年、与同类学校比较"),
        do=say("报送后由教育局来比"),
    )


def _noting(norms: Norms, looked_up: dict[PeerGroup, Norm | None]) -> Norms:
    """Give the same norms, writing down which were asked for."""

    def norm(group: PeerGroup) -> Norm | None:
        looked_up[group] = norms(group)
        return looked_up[group]

    return norm


def _outdated(
    filed: Return,
    brought: Brought,
    last: Mapping[str, tuple[Row, ...]] | None,
    norms: Mapping[PeerGroup, Norm | None],
) -> list[Issue]:
    """Remark where the template was made of other numbers than the bureau has now."""
    if brought.last is None and brought.norms is None:
        return []
    carried = brought.norms or {}
    if _values(brought.last) == _values(last) and all(
        carried.get(group) == norm for group, norm in norms.items()
    ):
        return []
    return [
        Issue(
            code="R-BASIS",
            severity=Severity.NOTE,
            file=filed.file,
            place=filed.place,
            form=filed.form,
            saw=say("工作簿里带来供对照的数（上年数、同类学校的情况）与教育局现在的不一样"),
            do=say("经验校验以教育局的为准；要在本校得到一样的结果，请向教育局索取新模板"),
        )
    ]


def _values(tables: Mapping[str, tuple[Row, ...]] | None) -> dict[tuple[str, str, str], Value]:
    return {
        (sheet, row.code, name): cell.value
        for sheet, rows in (tables or {}).items()
        for row in rows
        for name, cell in row.cells.items()
    }
