"""What pupils that are foreseen ask for: classes, staff, rooms; first of schools, then of areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Final

from xianxue.bureau.plan.needs.places import area, classes_by_grade
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.plan.needs.teachers import needed, needed_together
from xianxue.bureau.values.record import Record

_HUNDREDTHS: Final = 100


class SchoolNeed(Record, kw_only=True):
    """What one school's stage needs in a year; None is not known, and never nothing."""

    school: str
    pupils: int | None
    classes: int | None
    """Grade by grade."""
    staff: int | None
    building: Fraction | None
    """㎡ by the band of so many classes; None where no band says."""


class AreaNeed(Record, kw_only=True):
    """What an area's stage needs in a year."""

    pupils: int | None
    classes: int | None
    staff: int | None
    unknown: tuple[str, ...]
    """Schools of whose pupils nothing is known; with any of them there is no sum."""


def school_need(
    norms: NormsHeld, stage: str, school: str, grades: Mapping[str, int] | None
) -> SchoolNeed:
    """Give what a school needs for whole persons by grade; None: they are not known."""
    if grades is None:
        return SchoolNeed(school=school, pupils=None, classes=None, staff=None, building=None)
    pupils = sum(grades.values())
    size, per = norms.one("class_size", stage), norms.one("pupils_per_staff", stage)
    made = None if size is None else classes_by_grade(list(grades.values()), int(size.value))
    building = None
    if size is not None and made:
        building = area(norms.bands("building", stage), made, int(size.value))
    return SchoolNeed(
        school=school,
        pupils=pupils,
        classes=made,
        staff=None if per is None else needed(pupils, Fraction(per.value)),
        building=building,
    )


def area_need(norms: NormsHeld, stage: str, schools: Sequence[SchoolNeed]) -> AreaNeed:
    """Give what schools need together; one that is not known leaves no sum.

    Classes are those of the schools: pupils of two schools share none. Staff is counted as the
    card says.
    """
    unknown = tuple(one.school for one in schools if one.pupils is None)
    pupils = _sum([one.pupils for one in schools])
    staff = _sum([one.staff for one in schools])
    per = norms.one("pupils_per_staff", stage)
    if pupils is not None and per is not None and norms.counting() == "together":
        staff = needed_together([(pupils, Fraction(per.value))])
    return AreaNeed(
        pupils=pupils,
        classes=_sum([one.classes for one in schools]),
        staff=staff,
        unknown=unknown,
    )


def _sum(some: Sequence[int | None]) -> int | None:
    known = [one for one in some if one is not None]
    return sum(known) if known and len(known) == len(some) else None


class RoomsLacking(Record, kw_only=True):
    """The rooms that a school lacks, and what they cost."""

    needed: Fraction | None
    there: Fraction | None
    lacking: Fraction | None
    """㎡; 0 where there is enough, None where either is not known."""
    yuan: int | None
    """None where no price is said, or nothing is known of what lacks."""


def lacking(need: Fraction | None, there: int | None, price: Fraction | None) -> RoomsLacking:
    """Give what a school lacks; ``there`` in 0.01 ㎡, as measures are kept.

    >>> found = lacking(Fraction(3564), 300000, Fraction(2500))
    >>> str(found.lacking), found.yuan
    ('564', 1410000)
    >>> lacking(Fraction(3564), None, Fraction(2500)).lacking is None
    True
    """
    have = None if there is None else Fraction(there, _HUNDREDTHS)
    short = None if need is None or have is None else max(Fraction(0), need - have)
    yuan = None if short is None or price is None else -int(-(short * price) // 1)
    return RoomsLacking(needed=need, there=have, lacking=short, yuan=yuan)
