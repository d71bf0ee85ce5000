"""The groups of an examination whose results are shown, and which of them are not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Literal

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.suppression.suppress import Suppressed, suppressed

Level = Literal["county", "union", "school", "class"]


class Part(Record, order=True):
    """Pupils of one track in one class of one school."""

    school: str
    in_class: str = ""
    track: str = ""


class Group(Record, order=True):
    """A class, a school, schools judged as one, the county; of one track, or of all."""

    level: Level
    place: str = ""
    """A school's code, or that of the union; empty for the county."""
    in_class: str = ""
    track: str = ""


def groups_of(
    parts: Collection[Part], unions: Mapping[str, Collection[str]] | None = None
) -> Mapping[Group, frozenset[Part]]:
    """Give each group that these parts make; ``unions`` has the schools of each union by code."""
    found: dict[Group, set[Part]] = defaultdict(set)
    for part in parts:
        for track in {"", part.track}:
            found[Group("county", track=track)].add(part)
            found[Group("school", part.school, track=track)].add(part)
            if part.in_class:
                found[Group("class", part.school, part.in_class, track)].add(part)
            for union, schools in (unions or {}).items():
                if part.school in schools:
                    found[Group("union", union, track=track)].add(part)
    return {group: frozenset(mine) for group, mine in found.items()}


Ends = Mapping[Part, tuple[int, int]]
"""The least and the greatest mark of each part that has any."""


def alike_in(ends: Ends, unions: Mapping[str, Collection[str]] | None = None) -> frozenset[Group]:
    """Give the groups whose pupils all have one mark: a mean of theirs is the mark of each.

    Not the county, nor what is all of it or of a track: that all are alike is said in words there.
    """
    groups = groups_of(ends, unions)
    whole = {parts for group, parts in groups.items() if group.level == "county"}
    found: set[Group] = set()
    for group, parts in groups.items():
        marks = {mark for part in parts for mark in ends[part]}
        if len(marks) == 1 and parts not in whole:
            found.add(group)
    return frozenset(found)


def not_shown(
    pupils: Mapping[Part, int],
    smallest: int,
    unions: Mapping[str, Collection[str]] | None = None,
    always: Collection[Group] = (),
    alike: Collection[Group] = (),
) -> Suppressed[Group]:
    """Say which groups' results are not shown, by the numbers who sat.

    ``alike``: groups that are not shown although they are large.

    The bases of subjects differ (who was absent from one), so it is asked of each base by itself.
    """
    return suppressed(pupils, groups_of(pupils, unions), smallest, always, never=alike)
