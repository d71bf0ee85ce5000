"""What two releases differ in: the cells, who changed them and why, and what moved with them."""

from __future__ import annotations

from xianxue.bureau.assessment.differences import VerdictChange, changed_verdicts
from xianxue.bureau.indicators.differences import FigureChange, changed_figures
from xianxue.bureau.returns.basis.differences import CellChange, changed_cells
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined
from xianxue.desk.indicators.river import River
from xianxue.desk.stores.releases import Override, Published
from xianxue.desk.workspace import Workspace


class Deeds(Record):
    """Who handed a revision in, when, and why, as the journal has it."""

    by: str
    at: str
    why: str


class ReleaseDiff(Record):
    """Everything that two releases of one period differ in."""

    period: str
    cells: list[CellChange]
    deeds: dict[tuple[str, str, int], Deeds]
    """(form, place, revision) to who brought it, for the later revision of each changed cell."""
    figures: list[FigureChange]
    verdicts: dict[str, list[VerdictChange]]
    """Standard to the verdicts that turned; both releases are judged by today's cards."""
    overrides: list[Override]
    """What came into the later release past a rule of the policy and was not in the earlier."""
    same_cards: bool
    """Whether both were counted by the same cards and the same register."""


def release_diff(
    workspace: Workspace, period: Period, before: Published, after: Published
) -> ReleaseDiff:
    """Compare two releases of a period, the earlier first."""
    old, new = (River(workspace, period, one) for one in (before, after))
    cells = changed_cells(old.holdings.returns, new.holdings.returns)
    on = period.reference_day
    return ReleaseDiff(
        period=period.code,
        cells=cells,
        deeds={key: _deeds(period, *key) for key in {_later(cell) for cell in cells}},
        figures=changed_figures(before.figures, after.figures),
        verdicts={
            name: changed
            for name in workspace.shelf.standards
            if (changed := changed_verdicts(old.assess(name, on), new.assess(name, on)))
        },
        overrides=[one for one in after.manifest.overrides if one not in before.manifest.overrides],
        same_cards=before.manifest.catalogue == after.manifest.catalogue
        and before.manifest.register == after.manifest.register,
    )


def _later(cell: CellChange) -> tuple[str, str, int]:
    return cell.form, cell.place, max(cell.revisions)


def _deeds(period: Period, form: str, place: str, number: int) -> Deeds:
    from xianxue.desk.models import JournalLine, Revision  # noqa: PLC0415 - needs Django set up

    found = Revision.objects.filter(
        form=form, period=period.code, place=place, number=number
    ).first()
    subject = f"{form}/{period.code}/{place}"
    lines = JournalLine.objects.filter(subject=subject).order_by("number")
    reasons = [line.why for line in lines if line.detail.get("revision") == number and line.why]
    at = found.at.isoformat() if found is not None and found.at is not None else ""
    return Deeds(found.by if found is not None else "", at, joined("；", dict.fromkeys(reasons)))
