"""What conditions of cards may ask of a place."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.ledgers.counting import Facts
from xianxue.bureau.places.place import Place


def attributes_of(place: Place, on: date) -> Facts:
    """Give what a place is on a day; nothing for one that is no school, or is closed."""
    known = place.attributes(on)
    if known is None:
        return {}
    return {
        "school_type": known.school_type,
        "sponsor": known.sponsor,
        "urban_rural": known.urban_rural,
        "boarding": int(known.boarding),
    }
