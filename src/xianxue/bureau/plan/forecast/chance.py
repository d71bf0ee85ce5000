"""Chance by a seed: which past year each simulation meets in each year to come.

Nothing is drawn from the machine: whoever has the seed draws the same again. Each past year is
met equally often, so that the simulations' mean is the past's mean; in which order is decided by
the SHA-256 of seed, year and number.
"""

from __future__ import annotations

import hashlib


def turns(seed: str, simulations: int, years: int, sides: int) -> list[list[int]]:
    """Give for each year ahead which of the past years each simulation meets.

    >>> turns("虚构", 4, 2, 2) == turns("虚构", 4, 2, 2)
    True
    >>> [sorted(one) for one in turns("虚构", 4, 2, 2)]
    [[0, 0, 1, 1], [0, 0, 1, 1]]
    >>> turns("虚构", 0, 2, 2)
    []
    """
    if not simulations or not sides:
        return []

    def comes(year: int, at: int) -> bytes:
        return hashlib.sha256(f"{seed}/{year}/{at}".encode()).digest()

    found: list[list[int]] = []
    for year in range(years):
        order = sorted(range(simulations), key=lambda at, year=year: comes(year, at))
        row = [0] * simulations
        for place, at in enumerate(order):
            row[at] = place % sides
        found.append(row)
    return found
