"""Who is asked: a sample drawn from a frame, school by school and group by group, by a seed.

Whoever has the frame and the seed draws the same again, with any tool: of a school and group those
are taken whose SHA-256 of ``seed/school/group/who`` comes first. In which order the frame was
written does not matter, nor what computer draws.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.ballots.sampling import spread
from xianxue.bureau.ballots.tables import wanted
from xianxue.bureau.kinds.ballots.sampling import SampleTable
from xianxue.bureau.values.record import Record

Layer = tuple[str, str]
"""School and group."""
_BETWEEN = "\x1f"
"""Between a school and a group where both together are one name; it stands in neither."""


class Listed(Record, order=True):
    """Somebody on the frame."""

    school: str
    group: str
    who: str
    """What tells them apart within school and group: a number in a list, seldom a name."""


class Drawn(Record, kw_only=True):
    """Somebody who was drawn."""

    listed: Listed
    turn: int
    """The how manieth of their school and group, from 1."""
    spare: bool
    """Whether they are asked only in place of somebody who could not be."""


def layers_of(frame: Iterable[Listed]) -> dict[Layer, int]:
    """Count each school and group of a frame, in the order in which they stand there."""
    return dict(Counter((one.school, one.group) for one in frame))


def shared(layers: Mapping[Layer, int], many: int, *, least: int = 0) -> dict[Layer, int]:
    """Share a sample among layers by their size; ValueError as for ``spread``.

    >>> shared({("甲", "家长"): 60, ("乙", "家长"): 30}, 10)
    {('甲', '家长'): 7, ('乙', '家长'): 3}
    """
    given = spread({_BETWEEN.join(at): size for at, size in layers.items()}, many, least=least)
    return {at: given[_BETWEEN.join(at)] for at in layers}


def shared_by_group(
    layers: Mapping[Layer, int], groups: Mapping[str, int], *, least: int = 0
) -> dict[Layer, int]:
    """Share so many of each group among the schools that have it."""
    found: dict[Layer, int] = {}
    for group, many in groups.items():
        found |= shared({at: size for at, size in layers.items() if at[1] == group}, many,
                        least=least)  # fmt: skip
    return {at: found[at] for at in layers if at in found}


def groups_wanted(table: SampleTable, residents: int, others: Collection[str]) -> dict[str, int]:
    """Say how many of each group a table asks for; ``others`` are groups that it does not name.

    What a table leaves over (家长过半，其余各类大体相当) is spread evenly over the others.
    """
    found = wanted(table, residents)
    groups = dict(found.groups)
    left = found.answers - sum(groups.values())
    if left > 0:
        # Each counts as much as the next: what is left over goes to the first by name. Where there
        # is nobody else, to those of whom there may be more.
        free = sorted(others) or [one.group for one in table.groups if one.at_least]
        each, more = divmod(left, len(free))
        for at, one in enumerate(free):
            groups[one] = groups.get(one, 0) + each + (at < more)
    return groups


def draw(
    frame: Collection[Listed], many: Mapping[Layer, int], seed: str, *, spare: Fraction
) -> list[Drawn]:
    """Draw so many of each layer, and for each some more by a share, rounded up.

    Of a layer too small for all of its spares those that there are; ValueError of one that is too
    small for what is wanted of it, and of somebody who stands on the frame twice.
    """
    if len(set(frame)) < len(frame):
        message = "somebody is on the frame twice"
        raise ValueError(message)
    by_layer: dict[Layer, list[Listed]] = defaultdict(list)
    for one in frame:
        by_layer[one.school, one.group].append(one)
    found: list[Drawn] = []
    for at, number in many.items():
        if number > len(by_layer[at]):
            message = f"no {number} of {len(by_layer[at])} in {at}"
            raise ValueError(message)
        more = -(-number * spare.numerator // spare.denominator)
        order = sorted(by_layer[at], key=lambda one: mark_of(one, seed))[: number + more]
        found += [Drawn(listed=one, turn=turn, spare=turn > number)
                  for turn, one in enumerate(order, start=1)]  # fmt: skip
    return found


def mark_of(one: Listed, seed: str) -> str:
    """Give what somebody is put in order by.

    >>> mark_of(Listed("甲", "家长", "1"), "13")[:8]
    'ebf0740b'
    """
    said = f"{seed}/{one.school}/{one.group}/{one.who}"
    return hashlib.sha256(said.encode()).hexdigest()


def shortage(layers: Mapping[Layer, int], groups: Mapping[str, int]) -> Sequence[tuple[str, int]]:
    """Give the groups of whom fewer are on the frame than are wanted, with how many there are."""
    there: Counter[str] = Counter()
    for (_, group), size in layers.items():
        there[group] += size
    return [(group, there[group]) for group, many in groups.items() if there[group] < many]
