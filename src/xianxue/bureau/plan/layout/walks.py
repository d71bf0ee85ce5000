"""Who walks further because of a layout, and by how much: one line a village."""

from __future__ import annotations

from fractions import Fraction

from xianxue.bureau.plan.layout.layout import Laid
from xianxue.bureau.plan.layout.question import Question
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain

_METRES = 1000


class Walk(Record, kw_only=True):
    """The way of a village's pupils, now and afterwards."""

    village: str
    pupils: int
    now: str
    """The site to which they go now; empty: there is none that can be reached."""
    metres_now: int | None
    there: tuple[tuple[str, int, int], ...]
    """Sites afterwards, each with pupils and metres."""

    @property
    def farthest(self) -> int:
        """The longest way afterwards; 0 where nobody goes."""
        return max((metres for _, _, metres in self.there), default=0)

    @property
    def further(self) -> int | None:
        """By how many metres the longest way grows; None where nothing is known of today's."""
        return None if self.metres_now is None else self.farthest - self.metres_now


def walks(question: Question, laid: Laid, period: int) -> list[Walk]:
    """Give every village's line for a period, whoever has to go most further first."""
    now = _now(question)
    there: dict[int, list[tuple[str, int, int]]] = {}
    for (village, site, when), pupils in sorted(laid.going.items()):
        if when == period:
            metres = question.ways[village, site].metres
            there.setdefault(village, []).append((question.sites[site].site, pupils, metres))
    found = [
        Walk(
            village=one.village,
            pupils=one.pupils[period],
            now=question.sites[now[at]].site if at in now else "",
            metres_now=question.ways[at, now[at]].metres if at in now else None,
            there=tuple(there.get(at, ())),
        )
        for at, one in enumerate(question.villages)
    ]
    return sorted(found, key=lambda one: one.further or 0, reverse=True)


def _now(question: Question) -> dict[int, int]:
    """Give where each village's pupils go now: what was said, or the nearest school that stands."""
    found: dict[int, int] = {}
    for (village, site), way in sorted(question.ways.items()):
        one = question.sites[site]
        if one.state == "candidate":
            continue
        named = question.villages[village].school
        best = found.get(village)
        if best is None or named == one.site:
            found[village] = site
        elif question.sites[best].site != named:
            nearer = way.metres < question.ways[village, best].metres
            found[village] = site if nearer else best
    return found


def km(metres: int) -> str:
    """Write metres as kilometres.

    >>> km(3000), km(1250)
    ('3', '1.25')
    """
    return plain(Fraction(metres, _METRES))
