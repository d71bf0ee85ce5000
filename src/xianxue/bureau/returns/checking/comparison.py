"""What is unusual about a return beside last year and beside other schools.

In the bureau it is compared with what was accepted there. Away from it, on a school's own machine,
with what the bureau put into the workbook; so both say the same (docs/decisions/unusual-values.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.dated import in_force
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.brought import Brought, Norm, PeerGroup
from xianxue.bureau.records.cells import Row, Value
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.unusual import check_unusual
from xianxue.bureau.returns.checking.unusual_peers import Norms, PeerValues
from xianxue.bureau.returns.sheets.comparison_lines import compared_part
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say

LATER: Final = "R-LATER"
"""The code of the remark that a comparison is left to the bureau."""
OUTDATED: Final = "R-BASIS"
"""The code of the remark that the workbook was made of other numbers than the bureau has now."""
_NOTHING: Final = Brought()


def is_compared(form: Form, period: Period) -> bool:
    """Whether a form has rules about what is unusual, and its period one to be compared with."""
    return bool(form.unusual) and period.recurs


def compare_away(filed: Return, shelf: Shelf, place: Place | None) -> list[Issue]:
    """Compare a return with what its workbook brought along: last year's values, others' norms."""
    form, period = shelf.form_in(filed.form, filed.period), Period.parse(filed.period)
    brought = filed.brought or _NOTHING
    last = None
    if brought.last is not None:
        last = replace(filed, period=period.same_last_year().code, tables=dict(brought.last))
    peers = None if brought.norms is None else brought.norms.get
    issues = check_unusual(filed, shelf, place, period, last=last, peers=peers)
    rules = in_force(form.unusual, period.reference_day)
    # Without norms, silence about other schools would read as «nothing unusual».
    blind = peers is None and any(rule.peers for rule in rules)
    return [*issues, _left_to_the_bureau(filed)] if blind else issues


def compare_at_bureau(
    filed: Return,
    shelf: Shelf,
    place: Place | None,
    last: Return | None,
    others: PeerValues | None,
) -> list[Issue]:
    """Compare a return with what the bureau accepted: the place's last year, and other schools.

    Where the workbook brought other numbers to be compared with, that is remarked: the school may
    have been told something else than the bureau finds.
    """
    form, period = shelf.form_in(filed.form, filed.period), Period.parse(filed.period)
    norms = None if others is None else others.norms(filed.place)
    looked_up: dict[PeerGroup, Norm | None] = {}
    # Only norms that a rule really asked for are held against the workbook's: it brought no more.
    noted = None if norms is None else _noting(norms, looked_up)
    issues = check_unusual(filed, shelf, place, period, last=last, peers=noted)
    mine = None if last is None else compared_part(last, form)
    return [*issues, *_outdated(filed, mine, looked_up)]


def _left_to_the_bureau(filed: Return) -> Issue:
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
    last: Mapping[str, tuple[Row, ...]] | None,
    norms: Mapping[PeerGroup, Norm | None],
) -> list[Issue]:
    """Remark where the template was made of other numbers than the bureau has now."""
    brought = filed.brought or _NOTHING
    if brought.last is None and brought.norms is None:
        return []
    carried = brought.norms or {}
    if _values(brought.last) == _values(last) and all(
        carried.get(group) == norm for group, norm in norms.items()
    ):
        return []
    return [
        Issue(
            code=OUTDATED,
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
