"""What was handed in, as the very file: to be shown, given back, and gone on from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import TYPE_CHECKING

from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.models import Revision


class Handed(Record):
    """One revision: its file, and what was understood of it."""

    number: int
    file: str
    data: bytes
    """Empty where the file was not kept, cannot be read any more, or holds others' returns too."""
    filed: Return
    """With the names of its tabs, where the file is there."""


def handed_in(
    workspace: Workspace, key: Key, number: int = 0, *, shared: bool = False
) -> Handed | None:
    """Give a revision, the newest without a number; None where there is none such.

    A file in which several returns came at once belongs to none of them: a school would read in it
    what others have reported. Of such a return its own numbers are given, and the file only to
    whoever may see them all (``shared``).
    """
    from xianxue.desk.models import Revision  # noqa: PLC0415 - needs Django set up first

    asked = Revision.objects.filter(form=key.form, period=key.period, place=key.place)
    row = (asked.filter(number=number) if number else asked.order_by("-number")).first()
    return None if row is None else _handed(workspace, row, shared=shared)


def _handed(workspace: Workspace, row: Revision, *, shared: bool) -> Handed:
    cabinet, name = Cabinet(workspace.store / "cabinet"), PurePath(row.file).name
    data, filed = b"", None
    try:
        several = bool(of_several(row.place, [row.digest]))
        if cabinet.keeps_workbooks and (shared or not several):
            data = cabinet.read_workbook(row.digest, PurePath(row.file).suffix)
            # What is read as one return is none of several.
            filed = None if several else read_workbook(data, name, workspace.shelf)[0]
    except HarmedError:
        data = b""
    if filed is None:
        (filed,) = cabinet.read_returns([kept_revision(row)])
    return Handed(row.number, name, data, filed)


def of_several(place: str, digests: Iterable[str]) -> frozenset[str]:
    """Give which of a place's files other places' returns came in as well."""
    from xianxue.desk.models import Revision  # noqa: PLC0415 - needs Django set up first

    others = Revision.objects.filter(digest__in=list(digests)).exclude(place=place)
    return frozenset(others.values_list("digest", flat=True).distinct())
