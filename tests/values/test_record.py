"""Records: equal by type and fields, never changed, and changed copies of both kinds of things."""

import pickle
from dataclasses import dataclass

import pytest

from xianxue.bureau.values.record import Record, as_dict, field, replace


class Count(Record):
    pupils: int
    staff: int = 0
    notes: tuple[str, ...] = ()


class Tally(Record):
    pupils: int
    staff: int = 0
    notes: tuple[str, ...] = ()


class Kept(Record):
    names: dict[str, int] = field(default_factory=dict[str, int])


@dataclass
class Growing:
    pupils: int


def test_equal_fields_of_another_type_are_another_thing() -> None:
    assert Count(3) == Count(3, 0)
    assert Count(3) != Tally(3)
    assert len({Count(3), Count(3, 0), Count(4)}) == 2


def test_a_record_never_changes() -> None:
    count = Count(3)
    with pytest.raises(AttributeError):
        count.pupils = 4  # pyright: ignore[reportAttributeAccessIssue] - what is tried
    assert count.pupils == 3


def test_a_changed_copy_leaves_the_first_as_it_was() -> None:
    count = Count(3, notes=("甲",))
    assert replace(count, staff=2) == Count(3, 2, ("甲",))
    assert count == Count(3, 0, ("甲",))
    assert replace(Growing(3), pupils=5) == Growing(5)


def test_a_field_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        replace(Count(3), heads=1)
    with pytest.raises(TypeError):
        replace(Growing(3), heads=1)


def test_what_is_made_anew_is_each_records_own() -> None:
    first, second = Kept(), Kept()
    first.names["甲"] = 1
    assert second.names == {}


def test_it_goes_into_other_processes_and_comes_back() -> None:
    count = Count(3, 1, ("甲", "乙"))
    assert pickle.loads(pickle.dumps(count)) == count  # noqa: S301 - our own bytes


def test_it_tells_its_fields_by_name_and_in_order() -> None:
    assert list(as_dict(Count(3)).items()) == [("pupils", 3), ("staff", 0), ("notes", ())]
