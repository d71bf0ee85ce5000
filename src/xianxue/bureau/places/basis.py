"""Two bases for the numbers of a period: as places were, and as they became.

原口径 counts each school by itself as it was on the period's reference day. 合并口径 counts each
former school under the school it had become by a later day, so that years before and
after a merger can be compared. Both add up to the same.

A division cannot be undone: nobody counted how much of the former school went where. Its
numbers stay under its own code and are said not to be comparable; no share is ever guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property

from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.places.succession import Reached, Ways
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say


class Undivided(Record):
    """Places whose numbers cannot be told apart on the later day; only together do they agree."""

    of: tuple[str, ...]
    """Codes as they were."""
    into: tuple[str, ...]
    """Codes on the later day."""
    day: date
    """When the first of them was divided."""


class Basis(Record, dict=True):
    """How the numbers of a reference day are counted as of a later day."""

    start: date
    """The reference day of the period."""
    as_of: date
    """The day whose places are counted by; ``start`` itself for 原口径."""
    before: Register
    """The places as they were on ``start``."""
    register: Register
    """The places that numbers are counted under, all of them open on ``start``."""
    ways: Mapping[str, Reached]
    """Each code of the start to where it is found, and from which day on."""
    undivided: tuple[Undivided, ...] = ()

    @cached_property
    def _code_of(self) -> dict[str, str]:
        apart = {code for group in self.undivided for code in group.of}
        return {code: code if code in apart else way.codes[0] for code, way in self.ways.items()}

    @cached_property
    def units(self) -> dict[str, tuple[str, ...]]:
        """Each code that numbers are counted under, and the codes they were reported under."""
        found: dict[str, list[str]] = {}
        for code, counted in self._code_of.items():
            found.setdefault(counted, []).append(code)
        return {code: tuple(sorted(members)) for code, members in sorted(found.items())}

    def code_of(self, code: str) -> str:
        """Give the code under which a place's numbers are counted; KeyError for an unknown one."""
        return self._code_of[code]

    def comparable(self, code: str) -> bool:
        """Whether what is counted under a code is what the place of this code is on ``as_of``."""
        return not any(code in {*group.of, *group.into} for group in self.undivided)

    @property
    def changed(self) -> dict[str, tuple[str, ...]]:
        """The units that differ from what was reported."""
        return {code: members for code, members in self.units.items() if members != (code,)}


def basis(register: Register, start: date, as_of: date | None = None) -> Basis:
    """Count the places of a reference day by those of a later one; 原口径 without one.

    ``register`` is the whole of it, with all events replayed. ValueError for a day before
    ``start``.
    """
    end = as_of or start
    if end < start:
        message = say("合并口径只能往后看：{end} 早于统计时点 {start}", end=end, start=start)
        raise ValueError(message)
    ways = Ways(register.places, start, end)
    found = {place.code: ways.of(place.code) for place in register if place.open_on(start)}
    before = register.on(start)
    made = Basis(start, end, before, before, found, tuple(_undivided(found)))
    return replace(made, register=_counted_by(made, register)) if end > start else made


def _undivided(found: Mapping[str, Reached]) -> Iterable[Undivided]:
    """Join all that is tied together by a division."""
    groups: dict[str, tuple[set[str], set[str]]] = {}
    for code, way in found.items():
        of, into = {code}, {*way.codes}
        for met in [groups[each] for each in way.codes if each in groups]:
            of |= met[0]
            into |= met[1]
        groups.update(dict.fromkeys(into, (of, into)))
    # A group stands under each of its later codes: it is given once, under the first of them.
    for code, (of, into) in groups.items():
        days = [day for each in of if (day := found[each].divided) is not None]
        if days and code == min(into):
            yield Undivided(tuple(sorted(of)), tuple(sorted(into)), min(days))


def _counted_by(made: Basis, register: Register) -> Register:
    then, now = made.before, register.on(made.as_of)
    places: dict[str, Place] = {}
    for code, members in made.units.items():
        former = [then[member] for member in members]
        if members == (code,):
            place = former[0]
            # What was divided keeps the name it had: its numbers are not those of the school that
            # has the name now.
            if made.comparable(code):
                place = replace(place, name=now[code].name)
        else:
            place = _joined(now[code], former, made.start)
        # Without its dated townships: they would lead back to where it lay in the period.
        places[code] = replace(place, parent=_parent(place.code, place, made, now), parents=())
    for place in list(places.values()):
        # A township that is younger than the period, with schools that moved into it.
        if place.parent and place.parent not in places:
            above = replace(now[place.parent], opened=None, closed=None)
            places[above.code] = replace(above, parent=made.code_of(above.parent))
    return Register(places)


def _parent(code: str, place: Place, made: Basis, now: Register) -> str:
    """Give the township a unit lies in on the later day."""
    parent = now[code].parent if made.comparable(code) else place.parent
    return made.code_of(parent) if parent in made.ways else parent


def _joined(now: Place, former: list[Place], start: date) -> Place:
    """Give the school that others became, with the stages that they had."""
    opened = [place.opened for place in former if place.opened is not None]
    before = [found for place in former if (found := place.attributes(start)) is not None]
    latest = now.history[-1] if now.history else None
    history = (_with_stages(latest, before, start),) if latest is not None and before else ()
    return replace(
        now,
        # A former school of which nobody knows the first day was there from the beginning.
        opened=min(opened) if len(opened) == len(former) else None,
        closed=None,
        gaps=(),
        history=history,
    )


def _with_stages(latest: Attributes, before: list[Attributes], start: date) -> Attributes:
    """Take the type of the later day and the stages of the earlier: they were asked for these."""
    had = {stage for attributes in before for stage in attributes.stages}
    stages = tuple(stage for stage in Stage if stage in had)
    boarding = any(attributes.boarding for attributes in before)
    return replace(latest, valid_from=start, valid_to=None, stages=stages, boarding=boarding)
