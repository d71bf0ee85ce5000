"""Whose earlier pupils are counted under whom."""

from datetime import date

from xianxue.bureau.places.dated import Link
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.desk.plan.pupils import merged_into

COUNTY = Place(code="639900", name="示范县（虚构）", level="county")


def school(code: str, *successors: Link) -> Place:
    return Place(code=code, name=code, level="school", parent="639900", successors=successors)


def link(code: str, day: date = date(2023, 9, 1), *, whole: bool = True) -> Link:
    return Link(day=day, code=code, whole=whole, event="merged")


def test_a_chain_of_mergers_ends_at_the_school_that_goes_on():
    register = Register.of(
        [COUNTY, school("甲", link("乙")), school("乙", link("丙")), school("丙")]
    )
    assert merged_into(register, date(2025, 9, 1)) == {"甲": "丙", "乙": "丙"}


def test_a_later_merger_and_a_division_move_nobody():
    later = school("甲", link("丙", date(2026, 9, 1)))
    parted = school("乙", link("丙", whole=False), link("丁", whole=False))
    register = Register.of([COUNTY, later, parted, school("丙"), school("丁")])
    assert merged_into(register, date(2025, 9, 1)) == {}
