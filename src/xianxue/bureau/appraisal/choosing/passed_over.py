"""By which posts a teacher was passed over, and why: told in places, without anybody's name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from xianxue.bureau.appraisal.choosing.matching import Market, Matching, Ranked, tiers
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say

Why = Literal["unlisted", "ranked", "lot"]


class PassedOver(Record, kw_only=True):
    """One post that a teacher would rather have had."""

    post: str
    why: Why
    """Not on its list; behind everybody whom it took; or equal to the last, and drawn later."""
    quota: int
    rank: int | None = None
    """The teacher's place on its list: one more than are ranked before them; None: not on it."""
    last: int | None = None
    """The place of the last whom it took."""

    @property
    def told(self) -> Sentence:
        """The reason, as it is told to the teacher.

        >>> PassedOver(post="A", why="ranked", quota=2, rank=5, last=4).told
        '名额 2 个已满：在该岗位的名单上排第 5，录取的最后一名排第 4'
        """
        if self.rank is None or self.last is None:
            return say("该岗位的名单上没有这名教师")
        if self.why == "lot":
            return say(
                "名额 {n} 个已满：与录取的最后一名并列第 {rank}，抽签没有抽中",
                n=self.quota,
                rank=self.rank,
            )
        return say(
            "名额 {n} 个已满：在该岗位的名单上排第 {rank}，录取的最后一名排第 {last}",
            n=self.quota,
            rank=self.rank,
            last=self.last,
        )


def passed_over(
    market: Market, matching: Matching, teachers: Iterable[str]
) -> dict[str, list[PassedOver]]:
    """Give the posts that each of these would rather have had, in the teacher's own order."""
    posts = {name: (post.quota, _places(post.ranking)) for name, post in market.posts.items()}
    last = dict.fromkeys(posts, 0)
    for teacher, got in matching.placed.items():
        if got is not None:
            last[got] = max(last[got], posts[got][1][teacher])
    found: dict[str, list[PassedOver]] = {}
    for teacher in teachers:
        wishes, got = tiers(market.teachers[teacher]), matching.placed[teacher]
        level = len(wishes) if got is None else wishes[got]
        found[teacher] = [
            _why(name, posts[name][0], posts[name][1].get(teacher), last[name])
            for name, wish in wishes.items()
            if wish < level
        ]
    return found


def _why(name: str, quota: int, rank: int | None, last: int) -> PassedOver:
    if rank is None:
        return PassedOver(post=name, why="unlisted", quota=quota)
    return PassedOver(
        post=name, why="lot" if rank == last else "ranked", quota=quota, rank=rank, last=last
    )


def _places(ranking: tuple[Ranked, ...]) -> dict[str, int]:
    """Give each one's place as people count: after two who are second comes the fourth."""
    found: dict[str, int] = {}
    for place in ranking:
        names = (place,) if isinstance(place, str) else place
        number = len(found) + 1
        found.update(dict.fromkeys(names, number))
    return found
