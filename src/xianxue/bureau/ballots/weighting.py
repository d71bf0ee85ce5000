"""Groups that weigh differently: what each says of somebody, and what they say together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from xianxue.bureau.values.record import Record


class Weighed(Record, kw_only=True):
    """What the groups say together."""

    shares: tuple[Fraction, ...]
    """Of each level, the best first; they add up to 1."""
    groups: Mapping[str, tuple[int, ...]]
    """Those that voted, with their votes."""
    levels: tuple[str, ...]
    """What the shares are of, where it was said."""
    silent: tuple[str, ...]
    """Groups without one valid vote: the others weigh as if they were all."""

    def score(self, points: Sequence[Fraction]) -> Fraction:
        """Give the mean of the levels' points.

        >>> both = weigh({"a": [1, 1], "b": [3, 1]}, {"a": Fraction(50), "b": Fraction(50)})
        >>> both.score([Fraction(100), Fraction(60)])
        Fraction(85, 1)
        """
        return sum((a * b for a, b in zip(self.shares, points, strict=True)), Fraction(0))


def weigh(
    votes: Mapping[str, Sequence[int]],
    weights: Mapping[str, Fraction],
    levels: Sequence[str] = (),
) -> Weighed | None:
    """Put groups together by their weights; None where no group has a valid vote.

    A group without a vote says nothing, so that it is no group of zeros: its weight falls to the
    others in proportion. ValueError for a group that has no weight.
    """
    unknown = sorted(set(votes) - set(weights))
    if unknown:
        message = f"no weight of {unknown}"
        raise ValueError(message)
    there = {name: tuple(many) for name, many in votes.items() if sum(many) and weights[name]}
    if not there:
        return None
    whole = sum((weights[name] for name in there), Fraction(0))
    many_levels = len(next(iter(there.values())))
    shares = tuple(
        sum(
            (weights[name] / whole * Fraction(many[at], sum(many)) for name, many in there.items()),
            Fraction(0),
        )
        for at in range(many_levels)
    )
    silent = tuple(name for name in votes if name not in there and weights[name])
    return Weighed(shares=shares, groups=there, levels=tuple(levels), silent=silent)
