"""Would another way of matching have placed a teacher who got no post?

Where nobody is ranked equal, the answer is no, for everybody and without looking: all stable
matchings leave the same teachers without a post, and each post has as many filled places in all of
them (the «rural hospitals» theorem: Roth 1986; Gale and Sotomayor 1985). Only what is stable is
meant: against everybody's ranking, anybody can be placed.

With ties that is not so: one draw may leave a teacher out whom another draw places. A matching is
stable, in the weak sense used here, exactly where it is stable under some way of drawing all ties;
so the question is whether there is a draw that places the teacher. It is hard in general (Manlove
and others 2002), and is answered in three steps:

1. ``excluded``: even if every tie went the teacher's way, wherever they may turn there are enough
   who surely ask before them and are surely liked better;
2. ``found``: a draw was found that places them;
3. ``searched``: all draws that make a difference were gone through, and none does.

Where the market is too large for the third, the answer is ``open``: it cannot be excluded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from xianxue.bureau.appraisal.choosing.branches import placed_by_some_draw
from xianxue.bureau.appraisal.choosing.matching import Market, Matching, has_ties, propose, strict
from xianxue.bureau.appraisal.choosing.sure import surely_out
from xianxue.bureau.values.record import Record

Proof = Literal["strict", "excluded", "searched", "found", "open"]

_WORK = 2_000_000
"""Places of lists that further draws may look at: some seconds. No rule: only patience."""


class Elsewhere(Record):
    """Whether some stable matching places a teacher who got no post in this one."""

    possible: bool
    """False only where it is proved that none does; ``open`` counts as possible."""
    proof: Proof


def elsewhere(market: Market, matching: Matching) -> dict[str, Elsewhere]:
    """Say it for each teacher who got no post, in the order they were given in."""
    if not matching.tied or not has_ties(market):
        return {teacher: Elsewhere(False, "strict") for teacher in matching.unplaced}  # noqa: FBT003 - the answer
    out = surely_out(market)
    asked = [teacher for teacher in matching.unplaced if teacher not in out]
    found = placed_by_some_draw(market, asked) if asked else {}
    if found is None:
        drawn = _drawn(market, asked)
        found = {teacher: teacher in drawn or None for teacher in asked}
    return {teacher: _told(teacher, out, found) for teacher in matching.unplaced}


def _told(teacher: str, out: frozenset[str], found: Mapping[str, bool | None]) -> Elsewhere:
    if teacher in out:
        return Elsewhere(possible=False, proof="excluded")
    answer = found[teacher]
    if answer is None:
        return Elsewhere(possible=True, proof="open")
    return Elsewhere(answer, "found" if answer else "searched")


def _drawn(market: Market, asked: Iterable[str]) -> set[str]:
    """Try draws in which each of these wins all ties, as many as patience allows."""
    names = [*market.teachers, *market.posts]
    size = sum(map(len, market.teachers.values())) + sum(
        len(post.ranking) for post in market.posts.values()
    )
    lots = {name: number for number, name in enumerate(names, 1)}
    found: set[str] = set()
    for run, teacher in enumerate(asked):
        if (run + 1) * size > _WORK:
            break
        if teacher not in found:
            placed = propose(strict(market, {**lots, teacher: 0}))
            found.update(one for one, post in placed.items() if post is not None)
    return found
