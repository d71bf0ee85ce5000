"""How many to ask, and how they are spread over schools: exact, rounded once and up.

``n₀ = z²·p(1−p) ÷ e²`` for a population without end, ``n = n₀ ÷ (1 + (n₀−1) ÷ N)`` for one of
``N``; a design effect multiplies the unrounded ``n`` (facts of sampling theory, no rule of law).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil
from typing import Final

from xianxue.bureau.values.record import Record

HALF: Final = Fraction(1, 2)
"""The share that needs the most answers; taken where nothing is known."""
Z: Final[Mapping[int, Fraction]] = {
    90: Fraction(1645, 1000),
    95: Fraction(196, 100),
    99: Fraction(2576, 1000),
}
"""Per cent of confidence to the quantile of the normal distribution, as tables print it."""


class Size(Record, kw_only=True):
    """How many answers are needed."""

    unlimited: Fraction
    """For a population without end."""
    exact: Fraction
    """For this population with this design, before it is rounded up."""
    answers: int
    sent: int
    """How many to ask, where not all answer."""


def sample_size(  # noqa: PLR0913 - the terms of the formula, each named
    population: int | None,
    margin: Fraction,
    *,
    confidence: int = 95,
    share: Fraction = HALF,
    effect: Fraction = Fraction(1),
    answering: Fraction = Fraction(1),
) -> Size:
    """Say how many answers hold a share within a margin (as shares, not per cent).

    ValueError for a margin, share, effect or rate of answers that makes no sense.

    >>> sample_size(12000, Fraction(5, 100)).answers
    373
    >>> sample_size(12000, Fraction(5, 100), effect=Fraction(3, 2)).answers
    559
    """
    if not 0 < margin < 1 or not 0 < share < 1 or effect < 1 or not 0 < answering <= 1:
        message = f"no sample for margin {margin}, share {share}, {effect}, {answering}"
        raise ValueError(message)
    if population is not None and population < 1:
        message = f"no sample of a population of {population}"
        raise ValueError(message)
    unlimited = Z[confidence] ** 2 * share * (1 - share) / margin**2
    found = unlimited if population is None else unlimited / (1 + (unlimited - 1) / population)
    exact = found * effect
    answers = ceil(exact)
    if population is not None:
        # Nobody is asked twice: where the design asks for more than there are, all are asked.
        answers = min(answers, population)
    sent = ceil(Fraction(answers) / answering)
    return Size(
        unlimited=unlimited,
        exact=exact,
        answers=answers,
        sent=sent if population is None else min(sent, population),
    )


def spread(sizes: Mapping[str, int], many: int, *, least: int = 0) -> dict[str, int]:
    """Spread a sample over schools by their size, by the greatest remainders.

    A school whose share is below ``least`` gets that (or all it has), and the others share the
    rest. Equal remainders go to the larger school, then to the lesser code. ValueError where the
    sample is larger than all schools, or too small for everybody's least.

    >>> spread({"a": 1200, "b": 850, "c": 430, "d": 90, "e": 30}, 300)
    {'a': 139, 'b': 98, 'c': 50, 'd': 10, 'e': 3}
    >>> spread({"a": 1200, "b": 850, "c": 430, "d": 90, "e": 30}, 300, least=10)
    {'a': 135, 'b': 96, 'c': 49, 'd': 10, 'e': 10}
    """
    total = sum(sizes.values())
    if any(size < 0 for size in sizes.values()) or not 0 <= many <= total:
        message = f"no sample of {many} out of {total}"
        raise ValueError(message)
    given = _guaranteed(sizes, many, least)
    left = many - sum(given.values())
    rest = {name: size for name, size in sizes.items() if name not in given}
    if left < 0 or (left and not rest):
        message = f"{many} are too few for {least} each"
        raise ValueError(message)
    given |= _by_remainders(rest, left)
    return {name: given[name] for name in sizes}


def _guaranteed(sizes: Mapping[str, int], many: int, least: int) -> dict[str, int]:
    """Give those their least whose share is below it, until nobody's is any more."""
    given: dict[str, int] = {}
    while True:
        left = many - sum(given.values())
        rest = {name: size for name, size in sizes.items() if name not in given}
        whole = sum(rest.values())
        short = {
            name: min(least, size)
            for name, size in rest.items()
            if left * size < min(least, size) * whole
        }
        if not short:
            return given
        given |= short


def _by_remainders(sizes: Mapping[str, int], many: int) -> dict[str, int]:
    whole = sum(sizes.values())
    if not whole:
        return dict.fromkeys(sizes, 0)
    shares = {name: Fraction(many * size, whole) for name, size in sizes.items()}
    given = {name: int(share) for name, share in shares.items()}
    order = sorted(sizes, key=lambda name: (given[name] - shares[name], -sizes[name], name))
    for name in order[: many - sum(given.values())]:
        given[name] += 1
    return given
