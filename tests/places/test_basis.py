"""合并口径, by hand: where the numbers of a day are counted on a later one."""

from datetime import date

import pytest

from xianxue.bureau.places.basis import Undivided, basis
from xianxue.bureau.places.stages import Stage

START = date(2022, 9, 1)
LATER = date(2025, 9, 1)


def units(register, start=START, as_of=LATER):
    """The schools that are counted otherwise than they reported."""
    return basis(register, start, as_of).changed


def test_without_a_later_day_everyone_counts_as_they_were(made, three):
    register = made.happened(three, made.event("merged", "2024-09-01", made.B, made.A))
    own = basis(register, START)

    assert own.changed == {}
    assert own.register == register.on(START)
    assert own.code_of(made.B) == made.B


def test_a_merged_school_counts_under_the_one_it_went_into(made, three):
    register = made.happened(three, made.event("merged", "2024-03-01", made.B, made.A))

    assert units(register) == {made.A: (made.A, made.B)}
    assert units(register, as_of=date(2024, 2, 29)) == {}
    assert units(register, as_of=date(2024, 3, 1)) == {made.A: (made.A, made.B)}
    # On the day itself it has gone: the basis changes nothing any more.
    assert units(register, start=date(2024, 3, 1)) == {}


def test_the_way_says_from_which_day_on(made, three):
    register = made.happened(three, made.event("merged", "2024-03-01", made.B, made.A))
    way = basis(register, START, LATER).ways[made.B]

    assert (way.codes, way.since, way.whole) == ((made.A,), date(2024, 3, 1), True)


def test_a_chain_of_mergers_is_followed_to_its_end(made, three):
    """A and B go into the new D, D goes into C: all three count under C."""
    register = made.happened(
        three,
        made.event("merged", "2023-09-01", f"{made.A} {made.B}", made.D, name="东镇小学"),
        made.event("merged", "2024-09-01", made.D, made.C),
    )

    assert units(register) == {made.C: (made.A, made.B, made.C)}
    assert units(register, as_of=date(2024, 8, 31)) == {made.D: (made.A, made.B)}
    assert units(register, start=date(2023, 9, 1)) == {made.C: (made.C, made.D)}


def test_a_split_is_not_guessed(made, three):
    """Before A was split nobody counted the part that became D."""
    register = made.happened(
        three, made.event("split", "2024-09-01", made.A, f"{made.A} {made.D}", name="新区小学")
    )
    found = basis(register, START, LATER)

    assert found.changed == {}
    assert found.undivided == (Undivided((made.A,), (made.A, made.D), date(2024, 9, 1)),)
    assert not found.comparable(made.A)
    assert not found.comparable(made.D)
    assert found.comparable(made.B)


def test_a_school_that_takes_in_a_part_is_not_comparable_either(made, three):
    """A is split between B and C; then C goes into B, and all are together again."""
    split = made.event("split", "2023-09-01", made.A, f"{made.B} {made.C}")
    apart = basis(made.happened(three, split), START, LATER)
    assert apart.undivided[0].of == (made.A, made.B, made.C)
    assert apart.undivided[0].into == (made.B, made.C)

    merged = made.event("merged", "2024-09-01", made.C, made.B)
    together = basis(made.happened(three, split, merged), START, LATER)
    assert together.undivided == ()
    assert together.changed == {made.B: (made.A, made.B, made.C)}


def test_a_merger_that_was_taken_back_leaves_no_trace(made, three):
    """B goes into A and is restored: it is the same school again, and A never grew."""
    register = made.happened(
        three,
        made.event("merged", "2023-03-01", made.B, made.A),
        made.event("restored", "2024-09-01", made.B),
    )
    found = basis(register, START, LATER)
    assert found.changed == {}
    assert found.undivided == ()

    # In between, what A reported has B in it, and cannot be told apart.
    between = basis(register, date(2023, 9, 1), LATER)
    assert between.undivided == (Undivided((made.A,), (made.A, made.B), date(2024, 9, 1)),)


def test_a_closed_school_keeps_its_numbers(made, three):
    register = made.happened(three, made.event("closed", "2024-09-01", made.B))
    found = basis(register, START, LATER)

    assert found.changed == {}
    assert made.B in {one.code for one in found.register.schools(START)}


def test_the_register_of_the_basis_has_the_later_name_and_the_earlier_stages(made, three):
    """A and B become the nine-year school; in 2022 nobody was asked for a lower stage."""
    register = made.happened(
        three,
        made.event(
            "merged",
            "2024-09-01",
            f"{made.A} {made.B}",
            made.NINE,
            name="东镇学校",
            change=made.BOTH,
        ),
        made.event("renamed", "2025-03-01", made.NINE, name="东镇实验学校"),
        made.event("moved", "2025-03-01", made.C, parent=made.WEST),
    )
    found = basis(register, START, LATER)
    schools = {one.code: one for one in found.register.schools(START)}

    assert list(schools) == [made.C, made.NINE]
    assert schools[made.NINE].name == "东镇实验学校"
    assert schools[made.NINE].attributes(START).school_type == "312"
    assert schools[made.NINE].stages(START) == (Stage.PRIMARY,)
    assert found.register.township_of(schools[made.C]) == made.WEST
    assert found.register.county.code == made.COUNTY


def test_schools_of_a_merged_township_lie_in_the_one_it_became(made, three):
    register = made.happened(three, made.event("merged", "2024-09-01", made.EAST, made.WEST))
    found = basis(register, START, LATER)

    assert [one.code for one in found.register.townships(START)] == [made.WEST]
    assert {found.register.township_of(one) for one in found.register.schools(START)} == {made.WEST}


def test_a_basis_looks_ahead_only(three):
    with pytest.raises(ValueError, match="2022-08-31"):
        basis(three, START, date(2022, 8, 31))
