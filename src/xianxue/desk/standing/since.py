"""What moves against what was accepted last: also where that approval has been withdrawn since.

A return that was sent back after its approval counts for nothing until it is approved again. Held
against nothing every figure of the school would be new; people ask what is another number than
before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.standing.advance import gone_on
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.forward import Forward, forward
from xianxue.desk.standing.standing import Standing
from xianxue.desk.stores.cabinet import Cabinet

if TYPE_CHECKING:
    from xianxue.desk.models import Revision

_ACCEPTING: Final = ("returns.accept", "returns.approve")


class Since(Record):
    """What would move, and against what."""

    forward: Forward
    revision: int
    """The revision whose approval was withdrawn, that it is held against; 0 for what counts now."""


def forward_since(standing: Standing, filed: Return) -> Since:
    """Say what would move if a return were accepted, against what was accepted of it last."""
    counted = standing.counted(Period.parse(filed.period))
    if (filed.form, filed.place) not in counted.base.returns:
        row = _accepted_once(Key(filed.form, filed.period, filed.place))
        if row is not None:
            was = standing.answer(
                ("as accepted once", row.form, row.period, row.place, row.number),
                lambda: _as_then(standing, counted, row),
            )
            if was is not None:
                return Since(forward(was, filed), row.number)
    return Since(forward(counted, filed), 0)


def _accepted_once(key: Key) -> Revision | None:
    """Give the revision of a return that was accepted last, by the journal."""
    from xianxue.desk.models import Revision  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.models.together import lines_of  # noqa: PLC0415 - as above

    lines = [line for line in lines_of(key.subject) if line.deed in _ACCEPTING]
    number = lines[-1].detail.get("revision", 0) if lines else 0
    return Revision.objects.filter(
        form=key.form, period=key.period, place=key.place, number=number
    ).first()


def _as_then(standing: Standing, counted: Counted, row: Revision) -> Counted | None:
    workspace = standing.workspace()
    once = kept_revision(row)
    returns = Cabinet(workspace.store / "cabinet").read_returns([once])
    kept = (*counted.river.holdings.kept, once)
    return gone_on(counted, workspace, kept, returns) if returns else None
