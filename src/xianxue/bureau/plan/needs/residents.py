"""What so many residents ask for, stage by stage: places, classes, schools and ground."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from xianxue.bureau.kinds.plan.norms import NormValue
from xianxue.bureau.plan.needs.places import Schools, area, classes, places, schools
from xianxue.bureau.plan.needs.rules import NormsHeld
from xianxue.bureau.values.record import Record

Round = Literal["up", "down"]


class Wanted(Record, kw_only=True):
    """What one stage of a planned area needs; None is not known, and never nothing."""

    stage: str
    places: int | None
    classes: int | None
    schools: Schools | None
    """Where the rule says how many residents there are to a school."""
    number: int | None
    """Schools; None where the rule leaves open which way to round, and nobody has chosen."""
    classes_each: int | None
    """Classes of one school, as said by the rule or by whoever asks."""
    ground: Fraction | None
    """㎡ of one such school."""
    gap: bool
    """Whether the rule has areas, but none for so many classes."""
    radius: int | None
    """Metres."""
    because: tuple[NormValue, ...]


def wanted(
    norms: NormsHeld, stage: str, residents: int, classes_each: int | None, way: Round | None
) -> Wanted:
    """Give what a stage needs for so many residents; ``way`` is the user's choice of rounding."""
    per, size = norms.one("places_per_thousand", stage), norms.one("class_size", stage)
    each, made = norms.one("residents_per_school", stage), norms.one("classes_per_school", stage)
    radius, bands = norms.one("radius", stage), norms.bands("ground", stage)
    seats = None if per is None else places(residents, Fraction(per.value))
    found = None if each is None else schools(residents, int(each.value))
    if classes_each is None and made is not None:
        classes_each = int(made.value)
    ground = None
    if size is not None and classes_each is not None:
        ground = area(bands, classes_each, int(size.value))
    said = [one for one in (per, size, each, made, radius) if one is not None]
    return Wanted(
        stage=stage,
        places=seats,
        classes=None if seats is None or size is None else classes(seats, int(size.value)),
        schools=found,
        number=None if found is None else number(found, way),
        classes_each=classes_each,
        ground=ground,
        gap=bool(bands) and classes_each is not None and size is not None and ground is None,
        radius=None if radius is None else int(radius.value),
        because=(*said, *norms.values("ground", stage)),
    )


def number(found: Schools, way: Round | None) -> int | None:
    """Give how many schools: what both ways agree on, or the way that somebody chose.

    >>> [number(schools(63000, 10000), way) for way in (None, "down", "up")]
    [None, 6, 7]
    """
    if found.decided:
        return found.up
    return {None: None, "up": found.up, "down": found.down}[way]
