"""Accepting returns into the cabinet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from xianxue.bureau.records.returned import Return
from xianxue.desk.models import Revision
from xianxue.desk.models.journal import Deed, write_down
from xianxue.desk.stores.cabinet import Cabinet, content_digest


@dataclass(frozen=True)
class Accepted:
    """What became of one return."""

    filed: Return
    number: int
    """Its revision number."""
    unchanged: bool
    """True where the same values were accepted before: nothing was written."""


@dataclass(frozen=True)
class AcceptReturns:
    """Make checked returns the newest revisions of their schools: all of them or none.

    The cells are written to the cabinet first, under a name nobody refers to yet; the database
    then refers to them in one transaction. If anything fails in between, nothing was accepted.
    Whoever can write to the workspace may accept; finer permissions need accounts.
    """

    cabinet: Cabinet
    actor: str
    at: datetime
    why: str = ""

    def __call__(self, returns: Sequence[Return]) -> list[Accepted]:
        """Accept returns that have no issue left that must be fixed."""
        batch = self.cabinet.write_batch(returns) if returns else ""
        with transaction.atomic():
            return [self._accept(filed, batch) for filed in returns]

    def _accept(self, filed: Return, batch: str) -> Accepted:
        content = content_digest(filed)
        newest = (
            Revision.objects.filter(form=filed.form, period=filed.period, place=filed.place)
            .order_by("-number")
            .first()
        )
        if newest is not None and newest.content == content:
            return Accepted(filed, newest.number, unchanged=True)
        number = newest.number + 1 if newest else 1
        Revision.objects.create(
            form=filed.form,
            period=filed.period,
            place=filed.place,
            number=number,
            batch=batch,
            content=content,
            file=filed.file,
            digest=filed.digest,
        )
        write_down(
            Deed(
                at=self.at,
                actor=self.actor,
                name="returns.accept",
                subject=f"{filed.form}/{filed.period}/{filed.place}",
                detail={"revision": number, "file": filed.file, "digest": filed.digest},
                why=self.why,
            )
        )
        return Accepted(filed, number, unchanged=False)
