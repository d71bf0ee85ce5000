"""What was handed in, as the very file: to be shown, given back, and gone on from."""

from __future__ import annotations

from pathlib import PurePath

from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.workspace import Workspace


class Handed(Record):
    """One revision: its file, and what was understood of it."""

    number: int
    file: str
    data: bytes
    """Empty where the file was not kept or cannot be read any more."""
    filed: Return
    """With the names of its tabs, where the file is there."""


def handed_in(workspace: Workspace, key: Key, number: int = 0) -> Handed | None:
    """Give a revision, the newest without a number; None where there is none such."""
    from xianxue.desk.models import Revision  # noqa: PLC0415 - needs Django set up first

    asked = Revision.objects.filter(form=key.form, period=key.period, place=key.place)
    row = (asked.filter(number=number) if number else asked.order_by("-number")).first()
    if row is None:
        return None
    cabinet, name = Cabinet(workspace.store / "cabinet"), PurePath(row.file).name
    data, filed = b"", None
    try:
        if cabinet.keeps_workbooks:
            data = cabinet.read_workbook(row.digest, PurePath(row.file).suffix)
            filed, _ = read_workbook(data, name, workspace.shelf)
    except HarmedError:
        data = b""
    if filed is None:
        (filed,) = cabinet.read_returns([kept_revision(row)])
    return Handed(row.number, name, data, filed)
