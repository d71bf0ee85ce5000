"""Lines set and results released from the terminal or a page, and what a new release has moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from xianxue.bureau.exams.analysis import Analysis
from xianxue.bureau.exams.columns import SCHOOL, TRACK
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.exams.results import results_of
from xianxue.desk.exams.scopes import Scope
from xianxue.desk.exams.shown import Shown
from xianxue.desk.exams.sittings import Standing, standing_of, who_does
from xianxue.desk.exams.unions import shown_in
from xianxue.desk.workspace import Workspace

if TYPE_CHECKING:
    from xianxue.desk.models.exam import ExamRelease


class Moved(Record):
    """A figure that is another in the newer of two releases."""

    figure: str
    before: int | None
    after: int | None


class Made(Record):
    """A release, whether it is new, and what it moved against the one before."""

    name: str
    number: int
    fresh: bool
    moved: Sequence[Moved]
    overridden: bool = False


def set_lines(
    workspace: Workspace,
    standing: Standing,
    heights: Sequence[Mapping[str, object]],
    by: str | Actor,
) -> bool:
    """Set lines; False where all of them stand so already."""
    who = who_does(workspace, by)
    from xianxue.desk.actions.exams.set_lines import SetLines  # noqa: PLC0415 - needs Django

    return SetLines(*who)(standing.sitting, heights) is not None


def release(
    workspace: Workspace,
    standing: Standing,
    by: str | Actor,
    why: str = "",
    override: str | None = None,
) -> Made:
    """Release what stands now; ComplaintsError where the actor may not, or not alone."""
    who = who_does(workspace, by)
    from xianxue.desk.actions.exams.release import ReleaseSitting  # noqa: PLC0415 - needs Django

    before = standing.release.figures if standing.release is not None else None
    results = results_of(workspace, standing)
    figures = figures_of(results)
    deed = ReleaseSitting(*who, why, override)
    row, fresh = deed(
        standing.sitting, standing.marks, standing.lines, standing.references, figures
    )
    moved = moved_between(before, figures) if fresh and before is not None else []
    # What too few pupils have moved is kept in the release, and told to nobody.
    hidden = _not_told(results, shown_in(workspace, standing, results))
    moved = [one for one in moved if not one.figure.startswith(hidden)]
    return Made(str(row), row.number, fresh, moved)


def figures_of(results: Analysis) -> dict[str, int]:
    """Give what a release keeps: lines, and all counts of the county and each school."""
    found: dict[str, int] = {}
    told: list[tuple[str, ...]] = [(), (SCHOOL,)]
    if results.card.tracks:
        told += [(TRACK,), (SCHOOL, TRACK)]
    for keys in told:
        for tally in results.by(*keys):
            place = "/".join(["_".join(keys) or "county", *tally.keys.values()])
            found |= {
                f"{place}/{name}": many for name, many in tally.counts.items() if many is not None
            }
    for height in results.heights:
        where = "/".join(filter(None, (height.line, height.track)))
        found[f"height/{where}"] = height.total
        if height.second:
            found[f"height/{where}/{height.second}"] = height.second_mark
    return found


def _not_told(results: Analysis, shown: Shown) -> tuple[str, ...]:
    """Give how the figures of groups begin that are not shown."""
    found: list[str] = []
    for whose, school, track in _places(results):
        scope = Scope(school=school)
        place = "/".join(filter(None, (whose, school, track)))
        if not shown.shows(scope.group(track)):
            found.append(f"{place}/")
        found += [
            f"{place}/{what}:" for what in shown.of if not shown.shows(scope.group(track), what)
        ]
    return tuple(found)


def _places(results: Analysis) -> Iterator[tuple[str, str, str]]:
    """Go through the groups of ``figures_of`` as it names them, the county aside."""
    schools = [one.keys[SCHOOL] for one in results.by_school()]
    yield from ((SCHOOL, school, "") for school in schools)
    if results.card.tracks:
        yield from ((TRACK, "", one.keys[TRACK]) for one in results.by_track())
        for one in results.by(SCHOOL, TRACK):
            yield f"{SCHOOL}_{TRACK}", one.keys[SCHOOL], one.keys[TRACK]


def schools_in(release: ExamRelease) -> list[str]:
    """Give the codes of the schools that have pupils in a release, in their order."""
    parts = (name.split("/") for name in release.figures)
    return list(dict.fromkeys(one[1] for one in parts if one[0] == SCHOOL))


def moved_between(before: Mapping[str, int], after: Mapping[str, int]) -> list[Moved]:
    """Give the figures that differ, in the order of their names."""
    return [
        Moved(name, before.get(name), after.get(name))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


def now(standing: Standing) -> Standing:
    """Give a sitting as it stands after a deed."""
    return standing_of(standing.sitting)
