"""What is asked where schools are to be placed: villages, sites, ways and the rules to keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from xianxue.bureau.values.record import Record

State = Literal["fixed", "closable", "candidate"]
"""A school that stays; one that may be closed; a site where one may be built."""


class Site(Record, kw_only=True):
    """A school, or a place where one may be built. All costs are whole numbers in one unit."""

    site: str
    state: State = "closable"
    capacity: int | None = None
    """Pupils; None: nothing is known of it, and nothing limits it."""
    build_cost: int = 0
    """Once, in the period in which it is built."""
    run_cost: int = 0
    """In each period in which it is open."""
    close_cost: int = 0
    """Once, in the period in which it is closed."""
    extension: int = 0
    """So many pupils more, if it is extended …"""
    extend_cost: int = 0
    """… which costs so much, once."""


class Village(Record, kw_only=True):
    """A village or residential area, and how many pupils it has in each period."""

    village: str
    pupils: tuple[int, ...]
    school: str = ""
    """The site to which its pupils go now; empty: the nearest school there is."""


class Way(Record):
    """The way from a village to a site."""

    metres: int
    cost: int
    """What one pupil's way weighs in a period; for villages that go as a whole in ``whole``."""


class Question(Record, kw_only=True):
    """Villages and sites of one stage, and the rules. Names stand once each."""

    villages: tuple[Village, ...]
    sites: tuple[Site, ...]
    ways: Mapping[tuple[int, int], Way]
    """By village and site, in their order; a pair that is not there cannot be gone."""
    most_open: int | None = None
    """So many sites are open at most, in each period."""
    farthest: int | None = None
    """No way is longer than so many metres."""
    split: bool = False
    """Whether a village may send its pupils to several sites."""
    by_head: bool = True
    """Whether a way weighs once for each pupil, or once for the village."""
    without: frozenset[str] = frozenset()
    """Rules that are left out, by key: ``capacity:3`` of a site, ``farthest``, ``most_open``,
    ``whole``, ``fixed:3``."""

    @property
    def periods(self) -> int:
        """The number of periods."""
        return len(self.villages[0].pupils)

    def open_ways(self) -> dict[tuple[int, int], Way]:
        """Give the ways that the longest one allowed leaves."""
        if self.farthest is None or "farthest" in self.without:
            return dict(self.ways)
        return {key: way for key, way in self.ways.items() if way.metres <= self.farthest}

    def capacity(self, site: int) -> int | None:
        """Give the capacity of a site; None where nothing limits it."""
        return None if f"capacity:{site}" in self.without else self.sites[site].capacity

    def divided(self) -> bool:
        """Whether villages may be split."""
        return self.split or "whole" in self.without

    def weight(self, village: int, site: int, period: int) -> int:
        """Give what it costs if a whole village goes to a site in a period."""
        cost = self.ways[village, site].cost
        return cost * self.villages[village].pupils[period] if self.by_head else cost
