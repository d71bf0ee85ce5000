"""Reading what was published: which releases there are, and the river opened on one.

Only ``river_of`` needs the engine; listing or comparing releases does not pay for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.context import Key
from xianxue.desk.database import open_database
from xianxue.desk.indicators.other_periods import folder_of
from xianxue.desk.returns.accepted import revisions
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores.releases import Published
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.indicators.river import River
    from xianxue.desk.models import Release


def releases(workspace: Workspace, period: Period | None = None) -> list[Release]:
    """List the releases, oldest first, of one period or all.

    HarmedError where they are not those that the journal tells of.
    """
    open_database(workspace.store)
    from xianxue.desk.actions.as_told import hold_releases  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.models import Release  # noqa: PLC0415 - needs Django set up first

    code = period.code if period is not None else ""
    found = Release.objects.order_by("period", "number")
    rows = list(found.filter(period=code) if code else found)
    hold_releases(rows, code)
    return rows


def find_release(workspace: Workspace, period: Period, said: str) -> Published | None:
    """Give a release by its number or name; the newest for ``latest``, None for ``none``.

    Where nothing was published yet, ``latest`` gives None: figures are provisional then.
    """
    if said == "none":
        return None
    known = releases(workspace, period)
    if said == "latest":
        chosen = known[-1] if known else None
    else:
        chosen = next((row for row in known if said in {row.name, str(row.number)}), None)
        if chosen is None:
            raise no_such(period, said, known)
    if chosen is None:
        return None
    return folder_of(workspace).published(chosen.digest, chosen.name)


def no_such(period: Period, said: str, known: Sequence[Release]) -> MisusedError:
    """Say that a period has no release of this number, and which it has."""
    if not known:
        return MisusedError(say("{term}还没有发布过", term=period.term))
    names = joined("、", (str(row.number) for row in known))
    return MisusedError(
        say("{term}没有第 {said} 号发布（已有：{names}）", term=period.term, said=said, names=names)
    )


def river_of(workspace: Workspace, period: Period, said: str, engine: str = "polars") -> River:
    """Open the river on a release, or on what is accepted now; see ``find_release``."""
    from xianxue.desk.indicators.river import River  # noqa: PLC0415 - needs the engine

    return River(workspace, period, find_release(workspace, period, said), engine=engine)


def waiting_for_release(river: River) -> tuple[str, ...]:
    """Name the returns that were approved since a river's release was made; none without one.

    What is compared with a release is compared with what was published, and who has just approved
    a correction has to be told that it is not in there yet.
    """
    if river.release is None:
        return ()
    workspace, period = river.workspace, river.period
    held = {(one.form, one.place): one.batch for one in river.release.manifest.revisions}
    ground = open_ground(workspace)
    return tuple(
        say("{title}第 {number} 版", title=ground.title(Key(form, code, place)), number=number)
        for form, place, number, batch, code, *_ in revisions(workspace, period)
        if held.get((form, place)) != batch
    )
