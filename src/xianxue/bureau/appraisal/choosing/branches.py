"""All outcomes that drawing lots can have in one market, found by going through what is drawn.

The teachers propose as in ``matching``; only where it is a lot that decides is each way followed.
A way is told by who has been refused where and who is held where: the same state is gone on from
once, whatever way led there. That every way is one of a real draw is seen so: of two that are
ranked equal, who was refused earlier has the worse lot.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xianxue.bureau.appraisal.choosing.matching import Market, Ranked, tiers

_STATES = 400_000
"""Teachers times states that are kept in mind; beyond, nothing is said."""

_NOWHERE = -1

State = tuple[tuple[int, ...], tuple[int, ...]]
"""Of each teacher the post that holds them, and the posts that have refused them, as bits."""


def placed_by_some_draw(market: Market, asked: Iterable[str]) -> dict[str, bool] | None:
    """Say of each teacher whether some draw of the ties places them.

    None where there are too many ways to go through all of them.
    """
    ways = _Ways(market)
    names = list(market.teachers)
    open_ = {names.index(teacher) for teacher in asked}
    answers = dict.fromkeys(asked, False)
    start: State = ((_NOWHERE,) * len(names), (0,) * len(names))
    todo, seen = [start], {start}
    while todo and open_:
        state = todo.pop()
        further = ways.from_(state)
        if further is None:
            for teacher in [one for one in open_ if state[0][one] != _NOWHERE]:
                answers[names[teacher]] = True
                open_.remove(teacher)
            continue
        for way in further:
            if way not in seen:
                seen.add(way)
                todo.append(way)
        if len(seen) * len(names) > _STATES:
            return None
    return answers


class _Ways:
    """A market by numbers, and where each state leads."""

    def __init__(self, market: Market) -> None:
        number = {name: at for at, name in enumerate(market.posts)}
        posts = list(market.posts.values())
        ranks = [tiers(post.ranking) for post in posts]
        self.quotas = [post.quota for post in posts]
        self.ranks = [
            {at: ranking[name] for at, name in enumerate(market.teachers) if name in ranking}
            for ranking in ranks
        ]
        # Only posts that would take them: whom a post does not know, it refuses unasked.
        self.wishes = [
            [
                [number[post] for post in _each(place) if name in ranks[number[post]]]
                for place in wishes
            ]
            for name, wishes in market.teachers.items()
        ]

    def from_(self, state: State) -> Iterator[State] | None:
        """Give the states that the next proposal may lead to; None where nobody proposes."""
        held, refused = state
        for teacher, at in enumerate(held):
            if at == _NOWHERE:
                open_ = self._open(teacher, refused[teacher])
                if open_:
                    return (
                        way for post in open_ for way in self._asked(held, refused, teacher, post)
                    )
        return None

    def _open(self, teacher: int, refused: int) -> list[int]:
        """Give the posts a teacher would ask next: those they like best of what is left."""
        for place in self.wishes[teacher]:
            left = [post for post in place if not refused >> post & 1]
            if left:
                return left
        return []

    def _asked(
        self, held: tuple[int, ...], refused: tuple[int, ...], teacher: int, post: int
    ) -> Iterator[State]:
        """Let a post decide: of those whom it likes least, any one may draw the worst lot."""
        those = [one for one, at in enumerate(held) if at == post]
        now = (*held[:teacher], post, *held[teacher + 1 :])
        if len(those) < self.quotas[post]:
            yield now, refused
            return
        those.append(teacher)
        ranks = self.ranks[post]
        worst = max(ranks[one] for one in those)
        for one in those:
            if ranks[one] == worst:
                yield (
                    (*now[:one], _NOWHERE, *now[one + 1 :]),
                    (*refused[:one], refused[one] | 1 << post, *refused[one + 1 :]),
                )


def _each(place: Ranked) -> tuple[str, ...]:
    return (place,) if isinstance(place, str) else place
