"""What is so in a market whatever is drawn: who surely asks a post, and whom it surely refuses.

A teacher surely asks a post once all posts they like better have surely refused them; where they
like several as well, nothing is sure before all of them have. A post surely refuses whoever stands
behind so many that surely ask it as it has places: it holds those, or better ones.
"""

from __future__ import annotations

from xianxue.bureau.appraisal.choosing.matching import Market, Ranked, tiers


def surely_out(market: Market) -> frozenset[str]:
    """Find who is refused by every post of their list, however the ties are drawn."""
    sure = _Sure(market)
    while sure.goes_on():
        pass
    return frozenset(
        teacher for teacher, wishes in market.teachers.items() if sure.wish[teacher] == len(wishes)
    )


class _Sure:
    """What is known to be sure so far; each round finds more, until one finds nothing."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.ranks = {name: tiers(post.ranking) for name, post in market.posts.items()}
        self.asking: dict[str, list[int]] = {name: [] for name in market.posts}
        """Each post to the ranks of those who surely ask it."""
        self.refused: dict[str, set[str]] = {
            teacher: {post for post in tiers(wishes) if teacher not in self.ranks[post]}
            for teacher, wishes in market.teachers.items()
        }
        self.wish = dict.fromkeys(market.teachers, -1)
        """Which of their wishes each teacher has surely come to."""

    def goes_on(self) -> bool:
        """Go one round further; whether it found anything."""
        asked = [self._asks(teacher, wishes) for teacher, wishes in self.market.teachers.items()]
        refused = [self._refuses(post) for post in self.market.posts]
        return any(asked) or any(refused)

    def _asks(self, teacher: str, wishes: tuple[Ranked, ...]) -> bool:
        began = self.wish[teacher]
        while self.wish[teacher] < len(wishes) and self._is_through(teacher, wishes):
            self.wish[teacher] += 1
            posts = _those(wishes, self.wish[teacher])
            if len(posts) == 1 and posts[0] not in self.refused[teacher]:
                self.asking[posts[0]].append(self.ranks[posts[0]][teacher])
        return self.wish[teacher] != began

    def _is_through(self, teacher: str, wishes: tuple[Ranked, ...]) -> bool:
        """Whether all posts of the wish they are at have surely refused."""
        return self.refused[teacher].issuperset(_those(wishes, self.wish[teacher]))

    def _refuses(self, name: str) -> bool:
        quota, sure = self.market.posts[name].quota, sorted(self.asking[name])
        if len(sure) < quota:
            return False
        last = sure[quota - 1]
        found = False
        for teacher, rank in self.ranks[name].items():
            if rank > last and name not in self.refused[teacher]:
                self.refused[teacher].add(name)
                found = True
        return found


def _those(wishes: tuple[Ranked, ...], wish: int) -> tuple[str, ...]:
    """Give the posts of a wish; none before the first and behind the last."""
    if not 0 <= wish < len(wishes):
        return ()
    place = wishes[wish]
    return (place,) if isinstance(place, str) else place
