"""The targets in force in a workspace, and the workbook in which they are listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.records.target import Target
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.targets.form import lines_of, shelf_of_targets, target_form
from xianxue.bureau.targets.reading import Reader, Written
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.database import open_database
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.set_targets import SetTargets
    from xianxue.desk.models.target import TargetLine


class Listed(Record):
    """A list of targets that was read: the targets, where they stand, every complaint."""

    targets: list[Target]
    cells: dict[str, str]
    """A target's key to the cell of its amount."""
    digest: str
    issues: list[Issue]


def in_force(workspace: Workspace, period: str = "") -> list[TargetLine]:
    """Give the last line of each target that is not withdrawn, of one period or of all."""
    open_database(workspace.store)
    from xianxue.desk.models.target import last_lines  # noqa: PLC0415 - needs Django set up first

    return last_lines(period)


def template(workspace: Workspace, period: Period) -> bytes:
    """Write the empty list for a year; MisusedError for a period that is no year."""
    try:
        form = target_form(period)
    except ValueError as error:
        raise MisusedError(str(error)) from error
    shelf = shelf_of_targets(workspace.shelf)
    return write_workbook(form, workspace.register.county, period, shelf.codes)


def read_list(workspace: Workspace, data: bytes, file: str) -> Listed:
    """Read a filled list; every complaint in one pass, of the cells and of what they say."""
    shelf = shelf_of_targets(workspace.shelf)
    returned, issues = read_workbook(data, file, shelf)
    if returned is None:
        return Listed([], {}, "", issues)
    county, period = workspace.register.county, Period.parse(returned.period)
    issues += check_return(returned, shelf, county, period)
    # A cell that the form refuses would be complained about a second time in other words.
    refused = {issue.cell for issue in issues}
    reader = Reader(workspace.shelf, workspace.register)
    targets = reader.read(lines_of(returned))
    issues += [issue for issue in reader.issues if issue.cell not in refused]
    return Listed(targets, reader.cells, sha256(data).hexdigest(), issues)


def deed_of(workspace: Workspace, by: str | Actor, why: str = "") -> SetTargets:
    """Give the deed of setting targets, done now by the person at the bureau's machine."""
    ground = open_ground(workspace)
    from xianxue.desk.accounts.acting import acting  # noqa: PLC0415 - needs Django
    from xianxue.desk.actions.set_targets import SetTargets  # noqa: PLC0415 - as above

    return SetTargets(ground, acting(ground.gate, by), clock.now(), why)


def set_lines(workspace: Workspace, lines: Sequence[Mapping[str, str]], by: str) -> int:
    """Set the targets of lines whose columns are indicator, amount, period, stage, origin, source.

    Gives how many are new; ComplaintsError where a line cannot be read, and then none is set.
    """
    if not lines:
        return 0
    reader = Reader(workspace.shelf, workspace.register)
    targets = reader.read(
        Written(
            indicator=line["indicator"],
            amount=line["amount"],
            period=line["period"],
            stage=line["stage"],
            origin=line["origin"],
            source=line["source"],
        )
        for line in lines
    )
    if reader.issues:
        raise ComplaintsError(reader.issues)
    return len(deed_of(workspace, by)(targets))
