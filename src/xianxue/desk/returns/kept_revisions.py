"""Revisions as the cabinet is asked for them: with the digests they were sealed with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xianxue.desk.stores.cabinet import Kept

if TYPE_CHECKING:
    from xianxue.desk.models import Revision


def kept_revision(row: Revision) -> Kept:
    """Give a revision of the database as the cabinet knows it."""
    return Kept(row.form, row.place, row.number, row.batch, row.period, row.content, row.digest)
