"""Working out what was harmed from what is whole: cells from workbooks, tables from cells.

Whatever comes of it is held against what was sealed before it is put anywhere: a workbook that is
read otherwise today rebuilds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.database import open_database
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.cell_lines import cells_digest, content_digest
from xianxue.desk.stores.compaction import lay_returns
from xianxue.desk.stores.harm import HarmedError, harm
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.models import Revision

Group = tuple[str, str]
"""A form and a period: what one compacted file holds."""


@dataclass
class Plan:
    """What can be made anew, and complaints of what cannot."""

    cabinet: Cabinet
    tables: list[str] = field(default_factory=list[str])
    """Harmed tables: they are moved aside and derived again when next asked for."""
    cells: dict[Group, list[tuple[str, Return]]] = field(
        default_factory=dict[Group, list[tuple[str, Return]]]
    )
    """All revisions of a form and period, each with the batch it is known by."""
    issues: list[Issue] = field(default_factory=list[Issue])

    @property
    def detail(self) -> dict[str, object]:
        """What the journal says of it."""
        cells = [f"{form}/{period}" for form, period in sorted(self.cells)]
        return {"tables": self.tables, "cells": cells}

    @property
    def empty(self) -> bool:
        """Whether there is nothing to make anew."""
        return not self.tables and not self.cells

    def put(self) -> None:
        """Move what is harmed aside and write what was worked out."""
        for digest in self.tables:
            self.cabinet.tables.aside(digest)
        for (form, period), found in self.cells.items():
            # Aside first: the same cells make the same bytes, and so the same name.
            loose = {self.cabinet.loose(batch) for batch, _ in found}
            self.cabinet.aside([*self.cabinet.compacted(form, period), *sorted(loose)])
            lay_returns(self.cabinet, form, period, found)


def plan_of(workspace: Workspace) -> Plan:
    """Look through the cabinet and work out all that can be made anew."""
    open_database(workspace.store)
    from xianxue.desk.models import Revision  # noqa: PLC0415 - needs Django set up first

    plan = Plan(Cabinet(workspace.store / "cabinet"))
    files = plan.cabinet.tables
    plan.tables += [
        path.name
        for path in sorted(files.root.glob("*"))
        if files.has(path.name) and files.faults(path.name)
    ]
    groups: dict[Group, list[Revision]] = {}
    for row in Revision.objects.order_by("id"):
        groups.setdefault((row.form, row.period), []).append(row)
    sound, harmed = _read(plan.cabinet, groups)
    # A batch of several forms is harmed in all of them.
    batches = {row.batch for group in harmed for row in groups[group]}
    for group, rows in groups.items():
        if group in harmed or any(row.batch in batches for row in rows):
            _work_out(workspace, plan, group, rows, sound)
    return plan


_Sound = dict[tuple[str, str, str, int], Return]


def _read(cabinet: Cabinet, groups: dict[Group, list[Revision]]) -> tuple[_Sound, set[Group]]:
    """Read one revision after another, so that one that is harmed takes no other with it."""
    sound: _Sound = {}
    harmed: set[Group] = set()
    for group, rows in groups.items():
        returns, issues = cabinet.read_and_hold(map(kept_revision, rows))
        if not issues:
            sound.update(((*group, one.place, one.revision), one) for one in returns)
            continue
        harmed.add(group)
        for row in rows:
            found, faults = cabinet.read_and_hold([kept_revision(row)])
            if not faults:
                sound.update(((*group, one.place, one.revision), one) for one in found)
    return sound, harmed


def _work_out(
    workspace: Workspace, plan: Plan, group: Group, rows: Iterable[Revision], sound: _Sound
) -> None:
    found: list[tuple[str, Return]] = []
    issues: list[Issue] = []
    for row in rows:
        # A file is laid anew whole, so what is sound in it has to go in with what was harmed.
        filed = sound.get((row.form, row.period, row.place, row.number))
        filed = filed or _from_workbook(workspace, plan.cabinet, row)
        if filed is None:
            saw = say(
                "{place} 第 {n} 版报表没有能重建它的工作簿，或工作簿现在读出来的不同",
                place=row.place,
                n=row.number,
            )
            issues.append(harm(f"cabinet/…/{row.batch}", saw, place=row.place, form=row.form))
        else:
            found.append((row.batch, filed))
    plan.issues += issues
    if not issues:
        plan.cells[group] = found


def _from_workbook(workspace: Workspace, cabinet: Cabinet, row: Revision) -> Return | None:
    """Read a revision out of the workbook it was handed in as, if it says the same still."""
    from xianxue.desk.models import JournalLine  # noqa: PLC0415 - needs Django set up first

    try:
        data = cabinet.read_workbook(row.digest, Path(row.file).suffix)
    except HarmedError:
        return None
    filed, _ = read_workbook(data, row.file, workspace.shelf)
    known = workspace.shelf.forms.get(row.form)
    form = known and known.at(Period.parse(row.period).reference_day)
    if filed is None and form is not None and form.added:
        # Handed in before the county added fields, it is read by the form of then.
        before = replace(workspace.shelf, forms={form.form: form.before_added})
        filed, _ = read_workbook(data, row.file, before)
    # Cards may have changed since: read by others, the same workbook says something else.
    if filed is None or content_digest(filed) != row.content or filed.digest != row.digest:
        return None
    subject = f"{row.form}/{row.period}/{row.place}"
    lines = JournalLine.objects.filter(subject=subject).values_list("detail", flat=True)
    told = {
        detail["cells"]
        for detail in lines
        if detail.get("revision") == row.number and "cells" in detail
    }
    filed = replace(filed, revision=row.number)
    # No line: it was handed in before lines told of cells, and its values are all that was sealed.
    return filed if told in (set(), {cells_digest(filed)}) else None
