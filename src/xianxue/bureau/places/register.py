"""The register: all places of one county, as they are on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xianxue.bureau.places.place import Place
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say


class Register(Record):
    """Places by code, in the order they were entered."""

    places: dict[str, Place]

    @classmethod
    def of(cls, places: Iterable[Place]) -> Register:
        """Make a register.

        ValueError where a code stands twice, or where places belong to each other in a circle.
        """
        by_code: dict[str, Place] = {}
        for place in places:
            if place.code in by_code:
                message = say(
                    "代码 {code} 在名册中出现了两次（{name}）", code=place.code, name=place.name
                )
                raise ValueError(message)
            by_code[place.code] = place
        # In a circle, going up from a place to what it belongs to (``lies_in``) would never end.
        for place in by_code.values():
            _refuse_circle(place, by_code)
        return cls(by_code)

    def __getitem__(self, code: str) -> Place:
        """Give the place with a code; KeyError where there is none."""
        return self.places[code]

    def __contains__(self, code: object) -> bool:
        """Whether a code is registered."""
        return code in self.places

    def __iter__(self) -> Iterator[Place]:
        """Go through all places in order."""
        return iter(self.places.values())

    @property
    def county(self) -> Place:
        """The county the register is for."""
        return next(place for place in self if place.level == "county")

    def on(self, day: date) -> Register:
        """Give the register as it stood on a day: nothing that came later shows in it.

        Places that were closed by then are still in it.
        """
        # Closed places stay: their figures of earlier periods are still asked for.
        known = (place for place in self if place.opened is None or place.opened <= day)
        return Register({place.code: place.on(day) for place in known})

    def schools(self, on: date, within: str = "") -> list[Place]:
        """Give the schools open on a day, all of them or those within an area."""
        return [
            place
            for place in self
            if place.level == "school" and place.open_on(on) and self.lies_in(place, within, on)
        ]

    def townships(self, on: date) -> list[Place]:
        """Give the townships that exist on a day."""
        return [place for place in self if place.level == "township" and place.open_on(on)]

    def lies_in(self, place: Place, area: str, on: date | None = None) -> bool:
        """Whether a place is an area or belongs to it; an empty area holds everything.

        Without a day, as things stand last.
        """
        current: Place | None = place
        while current is not None:
            if area in {"", current.code}:
                return True
            current = self._above(current, on)
        return False

    def township_of(self, place: Place, on: date | None = None) -> str:
        """Give the code of the township a school lies in; empty where it lies in none.

        Without a day, as things stand last.
        """
        parent = self._above(place, on)
        return parent.code if parent is not None and parent.level == "township" else ""

    def _above(self, place: Place, on: date | None) -> Place | None:
        return self.places.get(place.parent if on is None else place.parent_on(on))


def _refuse_circle(place: Place, by_code: dict[str, Place]) -> None:
    above = {place.code}
    current = by_code.get(place.parent)
    while current is not None:
        if current.code in above:
            message = say(
                "名册中 {code}（{name}）的上级绕成了一圈", code=place.code, name=place.name
            )
            raise ValueError(message)
        above.add(current.code)
        current = by_code.get(current.parent)
