"""Teachers and posts that rank each other: by a case counted by hand, and by trying everything."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import permutations, product

import pytest

from xianxue.bureau.appraisal.choosing.elsewhere import elsewhere
from xianxue.bureau.appraisal.choosing.lots import lot, numbers
from xianxue.bureau.appraisal.choosing.matching import (
    Market,
    Post,
    Ranked,
    match,
    strict,
    tiers,
    unstable,
)
from xianxue.bureau.appraisal.choosing.passed_over import passed_over

T_G16 = Market(
    {
        "t1": ("A", "C"),
        "t2": ("B", "A"),
        "t3": ("B", "C"),
        "t4": ("C", "A"),
        "t5": ("A", "B"),
        "t6": ("A", "B"),
    },
    {
        "A": Post(2, ("t4", "t2", "t5", "t1", "t6")),
        "B": Post(2, ("t3", "t2", "t6", "t5")),
        "C": Post(1, ("t1", "t3", "t4")),
    },
)
BEST = {"t1": "A", "t2": "B", "t3": "B", "t4": "C", "t5": "A", "t6": None}
"""What is best for teachers."""
OTHER = {"t1": "C", "t2": "B", "t3": "B", "t4": "A", "t5": "A", "t6": None}
"""The one other stable matching, best for posts."""


def every_matching(market: Market) -> Iterator[dict[str, str | None]]:
    """All ways of giving each teacher one post of their list that takes them, or none."""
    options = [
        [None, *(post for post in tiers(wishes) if teacher in tiers(market.posts[post].ranking))]
        for teacher, wishes in market.teachers.items()
    ]
    for chosen in product(*options):
        if all(chosen.count(name) <= post.quota for name, post in market.posts.items()):
            yield dict(zip(market.teachers, chosen, strict=True))


def test_t_g16_the_best_for_teachers_and_nobody_else_would_place_the_sixth():
    found = match(T_G16)
    assert found.placed == BEST
    assert [one for one in every_matching(T_G16) if not unstable(T_G16, one)] == [BEST, OTHER]
    (sixth,) = elsewhere(T_G16, found).items()
    assert (sixth[0], sixth[1].possible, sixth[1].proof) == ("t6", False, "strict")


def test_t_g16_the_sixth_hears_by_which_posts_and_why():
    told = passed_over(T_G16, match(T_G16), ["t6", "t1"])
    at_a, at_b = told["t6"]
    # A ranks them fifth and has two places: the last it took stands fourth. B: third, and second.
    assert (at_a.post, at_a.why, at_a.rank, at_a.last, at_a.quota) == ("A", "ranked", 5, 4, 2)
    assert (at_b.post, at_b.why, at_b.rank, at_b.last, at_b.quota) == ("B", "ranked", 3, 2, 2)
    assert told["t1"] == []


def test_whom_a_post_has_not_listed_it_does_not_take_even_where_it_has_room():
    market = Market({"a": ("P", "Q"), "b": ("P",)}, {"P": Post(2, ("b",)), "Q": Post(1, ())})
    found = match(market)
    assert found.placed == {"a": None, "b": "P"}
    assert [(one.post, one.why) for one in passed_over(market, found, "a")["a"]] == [
        ("P", "unlisted"),
        ("Q", "unlisted"),
    ]


def test_of_two_ranked_equal_the_published_lot_decides_and_the_other_is_told():
    market = Market({"a": ("P",), "b": ("P",)}, {"P": Post(1, (("a", "b"),))})
    for seed in ("1", "2", "3", "4", "5"):
        first, second = sorted("ab", key=lambda name: lot(seed, name))
        found = match(market, seed)
        assert found.placed == {first: "P", second: None}
        (why,) = passed_over(market, found, [second])[second]
        assert (why.why, why.rank, why.last) == ("lot", 1, 1)
        answer = elsewhere(market, found)[second]
        assert (answer.possible, answer.proof) == (True, "found")
    assert {match(market, seed).unplaced[0] for seed in "1234567"} == {"a", "b"}
    assert sorted(numbers("1", "abc").values()) == [1, 2, 3]


def test_a_tie_that_changes_nothing_for_somebody_leaves_no_hope():
    """b and c are drawn for P, but d is behind both of them."""
    market = Market(
        {"b": ("P",), "c": ("P",), "d": ("P",)},
        {"P": Post(2, (("b", "c"), "d"))},
    )
    found = match(market, "")
    answer = elsewhere(market, found)["d"]
    assert (answer.possible, answer.proof) == (False, "excluded")


# All 46,656 strict markets of three teachers and three posts. A pair of teacher and post is a bit:
# a profile of one side says, for each of the six complete matchings, which pairs it would rather
# have. A matching is stable where no pair is wanted by both sides.
ORDERS = list(permutations(range(3)))


def rather(profile: Sequence[Sequence[int]], partner: Sequence[int], *, posts: bool) -> int:
    bits = 0
    for one, order in enumerate(profile):
        for other in order[: order.index(partner[one])]:
            bits |= 1 << (other * 3 + one if posts else one * 3 + other)
    return bits


def test_all_strict_markets_of_three_and_three():
    profiles = list(product(ORDERS, repeat=3))
    inverse = [[order.index(post) for post in range(3)] for order in ORDERS]
    by_teachers = [[rather(one, at, posts=False) for at in ORDERS] for one in profiles]
    by_posts = [[rather(one, at, posts=True) for at in inverse] for one in profiles]
    named = [[tuple("ABC"[post] for post in order) for order in one] for one in profiles]
    ranked = [
        {
            name: Post(1, tuple("xyz"[teacher] for teacher in order))
            for name, order in zip("ABC", one, strict=True)
        }
        for one in profiles
    ]
    outcomes = [dict(zip("xyz", ("ABC"[post] for post in one), strict=True)) for one in ORDERS]
    seen = 0
    for wishes, want in zip(named, by_teachers, strict=True):
        # Fewer pairs that a teacher would rather have: better for teachers.
        order = sorted(range(6), key=lambda at, want=want: want[at].bit_count())
        teachers = dict(zip("xyz", wishes, strict=True))
        for posts, would in zip(ranked, by_posts, strict=True):
            best = next(at for at in order if not want[at] & would[at])
            assert match(Market(teachers, posts)).placed == outcomes[best]
            seen += 1
    assert seen == 46_656


def with_ties(names: list[str], chance: random.Random) -> tuple[Ranked, ...]:
    """Some names in some order, now and then several in one place."""
    chance.shuffle(names)
    found: list[Ranked] = []
    while names:
        many = chance.choice((1, 1, 1, 2, 3))
        tied, names = names[:many], names[many:]
        found.append(tied[0] if len(tied) == 1 else tuple(tied))
    return tuple(found)


def a_market(chance: random.Random) -> Market:
    """A market of up to five and five, with quotas, ties and partners that are not listed."""
    teachers = [f"t{at}" for at in range(chance.choice((1, 2, 3, 3, 4, 4, 5)))]
    posts = [f"P{at}" for at in range(chance.choice((1, 2, 2, 3, 3, 4, 5)))]

    def some(names: list[str]) -> tuple[Ranked, ...]:
        return with_ties([name for name in names if chance.random() < 0.6], chance)

    return Market(
        {teacher: some(posts) for teacher in teachers},
        {post: Post(chance.choice((1, 1, 2, 3)), some(teachers)) for post in posts},
    )


def check_by_trying_everything(market: Market) -> None:
    found = match(market, "seed")
    stable = [one for one in every_matching(market) if not unstable_slowly(market, one)]
    assert found.placed in stable
    assert not unstable(market, found.placed)
    # Best for every teacher among all that are stable for the lists as the lot has put them.
    drawn = strict(market, numbers("seed", (*market.teachers, *market.posts)))
    by_lot = Market(
        {teacher: tuple(wishes) for teacher, wishes in drawn.wishes.items()},
        {
            name: Post(
                drawn.quotas[name], tuple(sorted(places, key=lambda who, of=places: of[who]))
            )
            for name, places in drawn.places.items()
        },
    )
    for other in (one for one in stable if not unstable_slowly(by_lot, one)):
        for teacher, got in other.items():
            wishes = [*drawn.wishes[teacher], None]
            assert wishes.index(found.placed[teacher]) <= wishes.index(got)
            # Whom the lot has left out, every stable matching of these lists leaves out.
            assert (got is None) == (found.placed[teacher] is None)
    answers = elsewhere(market, found)
    assert list(answers) == found.unplaced
    for teacher, answer in answers.items():
        assert answer.possible == any(one[teacher] is not None for one in stable)
        assert answer.proof != "open"


def unstable_slowly(market: Market, placed: dict[str, str | None]) -> bool:
    """Whether two would rather be together, said once more and in other words than the program's."""
    held = {name: [one for one, at in placed.items() if at == name] for name in market.posts}
    for name, post in market.posts.items():
        likes = tiers(post.ranking)
        for teacher, mine in likes.items():
            wishes = tiers(market.teachers[teacher])
            got = placed[teacher]
            if name not in wishes or (got is not None and wishes[got] <= wishes[name]):
                continue
            if len(held[name]) < post.quota or any(likes[one] > mine for one in held[name]):
                return True
    return False


@pytest.mark.parametrize(
    "many", [500, pytest.param(20_000, marks=pytest.mark.ci)], ids=["few", "all"]
)
def test_markets_up_to_five_and_five_by_trying_everything(many: int):
    chance = random.Random(20261130)  # noqa: S311 - invented markets
    for _ in range(many):
        check_by_trying_everything(a_market(chance))


def test_three_hundred_and_three_hundred_are_stable():
    chance = random.Random(300)  # noqa: S311 - as above
    teachers, posts = [f"t{at}" for at in range(300)], [f"P{at}" for at in range(300)]
    for ties in (False, True):

        def some(names: list[str], *, ties: bool = ties) -> tuple[Ranked, ...]:
            picked = chance.sample(names, 150)
            return with_ties(picked, chance) if ties else tuple(picked)

        market = Market(
            {teacher: some(posts) for teacher in teachers},
            {post: Post(chance.choice((1, 2)), some(teachers)) for post in posts},
        )
        found = match(market, "2026")
        assert unstable(market, found.placed) == []
        assert all(len(found.at(name)) <= post.quota for name, post in market.posts.items())


def test_what_is_unstable_is_said():
    """Moving one, crowding a post, and a post that never listed somebody are all seen."""
    assert unstable(T_G16, BEST | {"t1": None}) == [("t1", "A"), ("t1", "C"), ("t6", "A")]
    assert ("t6", "A") in unstable(T_G16, BEST | {"t6": "A"})
    assert unstable(T_G16, BEST | {"t6": "C"}) == [("t6", "C")]
