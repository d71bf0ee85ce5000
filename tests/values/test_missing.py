"""Missing is not zero: the laws of adding up what may be absent."""

from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.values.missing import Missing, total

AMOUNTS = st.one_of(st.integers(-(10**12), 10**12), st.sampled_from(Missing))
LISTS = st.lists(AMOUNTS, max_size=12)
SOME = st.lists(AMOUNTS, min_size=1, max_size=12)
HIDDEN = st.sampled_from([Missing.NOT_ANSWERED, Missing.WITHHELD])
NOTHING = st.sampled_from([Missing.NOT_ASKED, Missing.NOT_APPLICABLE])


@given(st.lists(st.integers()))
def test_numbers_alone_are_simply_added(numbers):
    assert total(numbers) == sum(numbers)


@given(LISTS, HIDDEN, LISTS)
def test_a_hidden_number_hides_the_sum(before, hidden, after):
    result = total([*before, hidden, *after])

    assert isinstance(result, Missing)
    assert result.hides_a_number


@given(LISTS, NOTHING, LISTS)
def test_what_does_not_exist_takes_nothing_away(before, nothing, after):
    rest = [*before, *after]
    if rest and not all(isinstance(one, Missing) for one in rest):
        assert total([*before, nothing, *after]) == total(rest)


@given(st.lists(NOTHING, min_size=1))
def test_nothing_added_to_nothing_is_not_zero(nothings):
    assert total(nothings) is nothings[0]


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_does_not_matter(amounts, chance):
    shuffled = list(amounts)
    chance.shuffle(shuffled)
    one, other = total(amounts), total(shuffled)

    if isinstance(one, Missing):
        assert isinstance(other, Missing)
        assert one.hides_a_number == other.hides_a_number
    else:
        assert one == other


@given(SOME, SOME)
def test_parts_may_be_added_first(one, other):
    assert total([total(one), total(other)]) == total([*one, *other])
