"""What the register already knows of a school, by the names under which forms ask for it.

A form that asks again for something the register holds uses the register's own word as the
field's name; so it can be filled in beforehand, and compared afterwards.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from xianxue.bureau.places.place import Place

SCHOOL_CODE: Final = "school_code"
SCHOOL_TYPE: Final = "school_type"
TOWNSHIP: Final = "township"
NAME: Final = "name"
CODE_SYNONYMS: Final = (
    "学校标识码",
    "学校(机构)标识码",
    "机构标识码",
    "标识码",
    "学校代码",
    "学校编码",
    "机构代码",
    "单位代码",
    "school code",
    "school id",
)
"""What a column of school codes is called in files from elsewhere."""
FIELDS: Final = (SCHOOL_CODE, NAME, SCHOOL_TYPE, "sponsor", "urban_rural", "boarding")


def known_of(place: Place, on: date) -> dict[str, int | str]:
    """Give what the register holds of a place on a day; what it does not hold is absent.

    >>> known_of(Place(code="2163000001", name="虚构小学", level="school"), date(2025, 9, 1))
    {'school_code': '2163000001', 'name': '虚构小学'}
    """
    found: dict[str, int | str] = {SCHOOL_CODE: place.code, NAME: place.name_on(on)}
    attributes = place.attributes(on)
    if attributes is not None:
        found[SCHOOL_TYPE] = attributes.school_type
        found["sponsor"] = attributes.sponsor
        found["urban_rural"] = attributes.urban_rural
        found["boarding"] = int(attributes.boarding)
    return {name: value for name, value in found.items() if value != ""}
