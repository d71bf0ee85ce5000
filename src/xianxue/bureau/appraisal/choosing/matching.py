"""Teachers and posts that rank each other (双向选择): who gets which, and whether it is stable.

Teachers propose in the order of their own lists; a post holds on to the best it was asked by, so
many as it has places, and lets the others go on (Gale and Shapley 1962). What comes out is stable,
and of all stable outcomes it is the one that every teacher likes best, where nobody is ranked equal
to anybody else. Where somebody is, a lot decides (``lots.py``), and «best» holds for the lists as
the lot has put them.

Whoever is not on the other side's list is not acceptable to it: the two never come together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heappush, heappushpop

from xianxue.bureau.appraisal.choosing.lots import numbers
from xianxue.bureau.values.record import Record

Ranked = str | tuple[str, ...]
"""A place of a list: one of the other side, or several whom it ranks equal."""


class Post(Record):
    """A post, so many of its kind, and whom it takes."""

    quota: int
    ranking: tuple[Ranked, ...]
    """Teachers, the best first; who is not among them is not taken."""


class Market(Record):
    """Both sides of a 双向选择, as they were handed in.

    The names on each list are known on the other side, none stands on a list twice, and quotas are
    1 or more: whoever reads a market in sees to it.
    """

    teachers: Mapping[str, tuple[Ranked, ...]]
    """Each teacher's posts, the best first; what is not among them is not accepted."""
    posts: Mapping[str, Post]


class Matching(Record):
    """Who got which post."""

    placed: Mapping[str, str | None]
    """Every teacher, in the order they were given in; None: not placed."""
    seed: str
    """What the lots were drawn from."""
    tied: bool
    """Whether anybody was ranked equal, so that lots had a say at all."""

    @property
    def unplaced(self) -> list[str]:
        """Who got none, in the order they were given in."""
        return [teacher for teacher, post in self.placed.items() if post is None]

    def at(self, post: str) -> list[str]:
        """Who got a post, in the order they were given in."""
        return [teacher for teacher, got in self.placed.items() if got == post]


class Lists(Record):
    """Both sides' lists without ties: what the proposals go by."""

    wishes: Mapping[str, Sequence[str]]
    """Each teacher's posts, the best first."""
    places: Mapping[str, Mapping[str, int]]
    """Each post's teachers, to their places; the smallest is the best."""
    quotas: Mapping[str, int]


def match(market: Market, seed: str = "") -> Matching:
    """Match a market: the stable matching that is best for teachers, ties drawn by the seed.

    >>> market = Market({"t1": ("A",), "t2": ("A",)}, {"A": Post(1, ("t2", "t1"))})
    >>> match(market).placed
    {'t1': None, 't2': 'A'}
    """
    tied = has_ties(market)
    lots = numbers(seed, (*market.teachers, *market.posts)) if tied else {}
    return Matching(propose(strict(market, lots)), seed, tied)


def has_ties(market: Market) -> bool:
    """Whether anybody ranks two of the other side equal."""
    lists = (*market.teachers.values(), *(post.ranking for post in market.posts.values()))
    return any(not isinstance(place, str) for ranking in lists for place in ranking)


def strict(market: Market, lots: Mapping[str, int]) -> Lists:
    """Give both sides' lists with ties in the order of the lots, the smallest number first."""
    return Lists(
        {
            teacher: tuple(_one_by_one(ranking, lots))
            for teacher, ranking in market.teachers.items()
        },
        {
            name: {who: place for place, who in enumerate(_one_by_one(post.ranking, lots))}
            for name, post in market.posts.items()
        },
        {name: post.quota for name, post in market.posts.items()},
    )


def _one_by_one(ranking: Iterable[Ranked], lots: Mapping[str, int]) -> Iterator[str]:
    for place in ranking:
        if isinstance(place, str):
            yield place
        else:
            yield from sorted(place, key=lots.__getitem__)


def propose(lists: Lists) -> dict[str, str | None]:
    """Let teachers propose until each is held by a post or has been refused by all."""
    wishes, quotas = lists.wishes, lists.quotas
    asked = dict.fromkeys(wishes, 0)
    # The worst of those held is on top: places are negative.
    held: dict[str, list[tuple[int, str]]] = {name: [] for name in quotas}
    for beginner in wishes:
        teacher = beginner
        while asked[teacher] < len(wishes[teacher]):
            post = wishes[teacher][asked[teacher]]
            asked[teacher] += 1
            place = lists.places[post].get(teacher)
            if place is None:
                continue
            if len(held[post]) < quotas[post]:
                heappush(held[post], (-place, teacher))
                break
            teacher = heappushpop(held[post], (-place, teacher))[1]
    placed: dict[str, str | None] = dict.fromkeys(wishes)
    for post, those in held.items():
        placed.update((teacher, post) for _, teacher in those)
    return placed


def tiers(ranking: Iterable[Ranked]) -> dict[str, int]:
    """Give the place of each on a list; who is ranked equal has the same.

    >>> tiers(("a", ("b", "c"), "d"))
    {'a': 0, 'b': 1, 'c': 1, 'd': 2}
    """
    found: dict[str, int] = {}
    for tier, place in enumerate(ranking):
        for name in (place,) if isinstance(place, str) else place:
            found[name] = tier
    return found


def unstable(market: Market, placed: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Find what makes a matching unstable: teachers and posts that would both rather be together.

    «Rather» is strictly: whoever is ranked equal is no reason to change. A teacher in a post that
    either of the two does not accept, and a post with more than its quota, count as well.
    """
    ranks = {name: tiers(post.ranking) for name, post in market.posts.items()}
    held: dict[str, list[int]] = {name: [] for name in market.posts}
    found: list[tuple[str, str]] = []
    for teacher, post in placed.items():
        if post is not None and teacher in ranks[post] and post in tiers(market.teachers[teacher]):
            held[post].append(ranks[post][teacher])
        elif post is not None:
            found.append((teacher, post))
    # A post that has room takes anybody on its list; a full one, whoever is before its last.
    last = {
        name: max(held[name]) if len(held[name]) >= post.quota else len(post.ranking)
        for name, post in market.posts.items()
    }
    for teacher, ranking in market.teachers.items():
        found.extend(
            (teacher, post)
            for post in _rather(ranking, placed[teacher])
            if ranks[post].get(teacher, len(ranks[post])) < last[post]
        )
    crowded = [name for name, post in market.posts.items() if len(held[name]) > post.quota]
    return found + [(teacher, post) for teacher, post in placed.items() if post in crowded]


def _rather(ranking: Iterable[Ranked], got: str | None) -> Iterator[str]:
    """Give the posts that a teacher likes better than the one they got."""
    for place in ranking:
        if got is not None and (got == place if isinstance(place, str) else got in place):
            return
        yield from (place,) if isinstance(place, str) else place
