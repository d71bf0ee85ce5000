"""Which groups are shown to nobody: the small ones, and as many more as it takes to hide those.

The guarantee: of every group that is not shown, the number of people stays open by at least the
smallest size that is shown, whatever is added to or subtracted from whatever. A group of nobody is
no one's result and is shown as nobody.

What is compared of one group (two releases, those over two lines) is guarded by naming what lies
between as a group too: of 45 pupils and of 46 the sums give the 46th.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Final, Generic, TypeVar

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.suppression.recovering import KnownParts
from xianxue.bureau.values.suppression.swaps import Swap, Swaps

Part = TypeVar("Part", bound=Hashable)
Key = TypeVar("Key", bound=Hashable)

TOO_FEW: Final[Sentence] = say("为保护个人，不显示")
"""Stands where a group is not shown: words, never a number (what reads «<5» may read 5).

It is the same for the small group and for the one that is hidden with it, which would else be told
apart."""


class Suppressed(Record, Generic[Key]):
    """What is not shown."""

    hidden: frozenset[Key]
    open: frozenset[Key]
    """Small groups that what is shown in any case gives away all the same."""


def suppressed(
    sizes: Mapping[Part, int],
    groups: Mapping[Key, frozenset[Part]],
    smallest: int,
    always: Collection[Key] = (),
    never: Collection[Key] = (),
) -> Suppressed[Key]:
    """Say which groups are not shown.

    ``sizes`` has the people of each part that no group divides; ``always`` are groups that are
    known already, or shown come what may; ``never`` those that are not shown although they are
    large enough, or nobody's (that all of few said the same is told by who said something else).
    """
    size = {group: sum(sizes[part] for part in group) for group in groups.values()}
    secret = {groups[key] for key in never}
    public = {groups[key] for key in always} | {group for group in size if not size[group]}
    public -= secret
    small = {group for group in size if 0 < size[group] < smallest} | secret
    hidden, weak = _closed(sizes, size, smallest, small - public, public)
    lost = weak | (small & public)
    return Suppressed(
        hidden=frozenset(key for key, group in groups.items() if group in hidden),
        open=frozenset(key for key, group in groups.items() if group in lost),
    )


def _closed(
    sizes: Mapping[Part, int],
    size: Mapping[frozenset[Part], int],
    smallest: int,
    hidden: set[frozenset[Part]],
    public: Collection[frozenset[Part]],
) -> tuple[set[frozenset[Part]], set[frozenset[Part]]]:
    """Hide more until all that is hidden is safe; what cannot be made safe is given second.

    What a move opens stays open whatever is hidden later; only the rest is weighed again.
    """
    empty = {part for group in hidden if not size[group] for part in group}
    swaps = Swaps(sizes, size, empty)
    order = sorted(size, key=lambda group: (size[group], sorted(map(str, group))))
    safe: set[frozenset[Part]] = set()
    while True:
        before = len(hidden)
        waiting = [one for one in order if one in hidden and one not in safe]
        narrow: list[Swap[Part]] = []
        for one in waiting:
            swap = None if one in safe else swaps.best(one, hidden, public, smallest)
            if swap is not None and swap.width >= smallest:
                hidden |= set(swaps.changed(swap))
                safe |= set(swaps.changed(swap))
            elif swap is not None:
                narrow.append(swap)
        # What no single move opens far enough, several may open together.
        seen = KnownParts(sizes, [one for one in order if one not in hidden])
        weak = {one for one in waiting if one not in safe and not seen.hides(one, smallest)}
        for swap in narrow:
            if weak & set(swaps.changed(swap)):
                hidden |= set(swaps.changed(swap))
        # A round that hides nothing more has done what can be done.
        if len(hidden) == before:
            return hidden, weak
