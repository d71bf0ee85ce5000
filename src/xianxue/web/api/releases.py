"""Releases: freezing, holding them against their seals, what two of them differ in."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from xianxue.bureau.values.sentence import say
from xianxue.desk.releases.publication import publish
from xianxue.desk.releases.published import releases as published
from xianxue.desk.releases.told import CellRow, FigureRow, VerdictRow
from xianxue.web.api import shapes
from xianxue.web.api.calls import Told, does, reads
from xianxue.web.api.shaped import deeds
from xianxue.web.api.shapes import Word
from xianxue.web.api.works import begun
from xianxue.web.kit.visit import asked
from xianxue.web.kit.words import tell
from xianxue.web.releases.differences import NOW, difference_of
from xianxue.web.releases.pages import find
from xianxue.web.releases.verifying import verifying

_VIEW = "releases.view"


@reads("/releases", list[shapes.ReleaseOut], _VIEW)
def releases(request: HttpRequest) -> list[Told]:
    """List all releases, the oldest first."""
    del request
    names = shapes.ReleaseOut.model_fields
    found = asked().visit.standing.held().releases
    return [{name: getattr(one, name) for name in names} for one in found]


@does("/releases", shapes.ReleaseOut, "returns.release", "county")
def release(request: HttpRequest, wanted: shapes.ReleaseIn) -> Told:
    """Freeze what is accepted; the newest release is given where nothing has changed since."""
    del request
    visit = asked().visit
    period = visit.standing.period(wanted.period or None)
    made, _ = publish(
        visit.standing.workspace(),
        period,
        actor=visit.actor,
        why=wanted.why,
        override=wanted.override,
    )
    return {name: getattr(made, name) for name in shapes.ReleaseOut.model_fields}


@does("/releases/verify", deeds.WorkOut, _VIEW)
def verify(request: HttpRequest) -> Told:
    """Hold every release against its seal and count it again, as long work."""
    del request
    workspace = asked().visit.standing.workspace()
    total = len(published(workspace))
    return begun(
        "releases.verify", say("核对全部发布"), total, lambda going: verifying(workspace, going)
    )


@reads("/releases/{period}/{before}/{after}", deeds.DifferenceOut, _VIEW)
def difference(request: HttpRequest, period: Word, before: Word, after: Word) -> Told:
    """Say what two releases differ in, and why; ``after`` may be ``now``: what is accepted."""
    del request
    visit = asked().visit
    old = find(visit, period, before)
    if after != NOW:
        find(visit, period, after)
    found = difference_of(visit, old.period, before, after)
    changes = [
        *(_changed("cell", f"{one.name} {one.field}", one.cell, one) for one in found.cells),
        *(_changed("figure", one.name, one.key, one, one.causes) for one in found.figures),
        *(
            _changed("verdict", f"{one.name} {tell(one.term)}", one.place, one, one.causes)
            for one in found.verdicts
        ),
    ]
    causes = [
        {"number": one.number, "told": str(tell(one.told)), "by": one.by, "at": one.at}
        | {"why": one.why, "moved": one.moved, "turned": one.turned}
        for one in found.causes
    ]
    return {"before": before, "after": after, "causes": causes, "changes": changes}


def _changed(
    what: str,
    name: str,
    key: str,
    one: CellRow | FigureRow | VerdictRow,
    causes: Iterable[int] = (),
) -> Told:
    before, after = str(tell(one.before)), str(tell(one.after))
    said = {"what": what, "name": str(tell(name)), "key": key, "causes": list(causes)}
    return said | {"before": before, "after": after}
