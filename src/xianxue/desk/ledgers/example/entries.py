"""Invented entries for an example county: hand-made histories, moved to its schools and its days.

Every ledger of the catalogue has an example history that was made by hand and walks its card's
way. Here they are walked again, for other schools and at other times of the year, with words of
the example's own where it has some. Numbers of persons are made up and belong to nobody: their
county's code does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField
from xianxue.bureau.kinds.lifecycle import Need
from xianxue.bureau.ledgers.identity import with_check_digit
from xianxue.bureau.ledgers.moving import Moving, Wanted
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.entry import Entry, Files, Happened, Value
from xianxue.bureau.values.record import Record
from xianxue.bureau.workflow.subject import Actor, Attempt
from xianxue.catalogue import yaml_lines
from xianxue.desk.actions.context import Ground

Said = Mapping[str, Any]
"""One entry, or one line of its history, as it stands in a file of examples."""

_ID: Final = re.compile(r"\d{6}(\d{4})(\d{4})(\d{3})[0-9X]")
_LAST_DIGITS: Final = re.compile(r"\d+(?=\D*$)")
_BORN: Final = "born_on"
_OLDEST: Final = 1966
"""Whoever is older has retired; the standard's own example was born in 1949."""
_YOUNGER: Final = 30
_APART: Final = 7
_SERIALS: Final = 1000
"""Numbers that end alike lie so far apart, among so many of one day."""


def read_examples(path: Path) -> dict[str, Any]:
    """Read one file of examples; the program's own, so that nothing in it can be wrong."""
    found: dict[str, Any] = yaml_lines.read(path.read_text(encoding="utf-8")).data
    return found


class Turn(Record, kw_only=True):
    """One round in which the examples are walked again."""

    number: int
    of: int
    """How many rounds there are."""
    last: date
    """The day on which the last line of a ledger's example is to lie."""
    places: Mapping[str, Place]
    """What an example calls a place (``school``, ``county``) to a place of the county."""
    code: str
    """The county's code, with which numbers of persons begin."""


class Walk(Record, kw_only=True):
    """An entry as far as it came, and why it came no further where a step was refused."""

    entry: Entry
    people: tuple[Actor, ...]
    """Who took each step."""
    refused: str = ""


class Walker(Record):
    """Walks the examples of one ledger, up to today."""

    ground: Ground
    ledger: Ledger
    moving: Moving
    today: date
    evidence: Files
    """The files that are handed in."""
    variants: Sequence[Said]
    """What an entry says instead: each entry that has such fields takes the next."""
    stages: Mapping[str, Said] = {}
    """What it says at a school that has not the stage it speaks of, by a stage that it has."""

    def walks(self, example: Sequence[Said], turn: Turn) -> Iterator[Walk]:
        """Walk all entries of an example; those that would begin after today are left out."""
        days = [_day(line["day"]) for one in example for line in one["history"]]
        # Whole weeks, so that nobody works on a Sunday who did not before.
        shift = timedelta(weeks=(turn.last - max(days)).days // 7)
        for at, one in enumerate(example):
            # Over all rounds an entry takes as many variants as there are, and no two the same.
            variant = self._variant(one, turn.places[one["place"]], turn.number + at * turn.of)
            found = self.walk(one, turn, shift, variant)
            if found is not None:
                yield found

    def walk(self, one: Said, turn: Turn, shift: timedelta, variant: Said) -> Walk | None:
        """Walk one entry; None where it would begin after today, or cannot begin at all."""
        place = turn.places[one["place"]]
        variant = {**variant, **self._of_stage(one, variant, place)}
        history: list[Happened] = []
        people: list[Actor] = []
        refused = ""
        for line in one["history"]:
            on = _day(line["day"]) + shift
            if on > self.today:
                break
            given = self._given(line.get("set", {}), turn, shift, variant)
            actor = self._actor(line["by"], place)
            wanted = self._wanted(line, actor, on, given)
            made = self._attempt(place, history, wanted)
            if isinstance(made, str):
                refused = made
                break
            history.append(made)
            people.append(actor)
        if not history:
            return None if not refused else self._refused(place, refused)
        return Walk(entry=self._entry(place, history), people=tuple(people), refused=refused)

    def _refused(self, place: Place, refused: str) -> Walk:
        return Walk(entry=self._entry(place, []), people=(), refused=refused)

    def _attempt(self, place: Place, history: Sequence[Happened], wanted: Wanted) -> Happened | str:
        made = (
            self.moving.step(self._entry(place, history), wanted)
            if history
            else self.moving.record(place.code, wanted)
        )
        return made[0].message if isinstance(made, list) else made

    def _entry(self, place: Place, history: Sequence[Happened]) -> Entry:
        name = self.ledger.ledger
        return Entry(ledger=name, number="", place=place.code, history=tuple(history))

    def _wanted(self, line: Said, actor: Actor, on: date, given: Mapping[str, Value]) -> Wanted:
        many = int(line.get("evidence", 0))
        some = list(self.evidence.items())
        files = dict(some[at % len(some)] for at in range(many))
        why = str(line.get("why", ""))
        second = "同办人（虚构）" if line.get("second") else ""
        carried: set[Need] = {"reason", "comment"} if why else set()
        carried |= {"evidence"} if files else set()
        attempt = Attempt(line["step"], actor, frozenset(carried), second)
        return Wanted(attempt=attempt, on=on, given=given, why=why, evidence=files)

    def _actor(self, by: str, place: Place) -> Actor:
        """Give somebody in a role: invented, and known by their part alone."""
        role, _, letter = by.partition(" ")
        card = self.ground.policy.role(role)
        term = card.term if card is not None else role
        at_school = role in {"school_clerk", "school_head"}
        name = f"{place.name if at_school else ''}{term}{letter}（虚构）"
        return Actor(name, role, self._belongs(role, place))

    def _belongs(self, role: str, place: Place) -> str:
        if role == "inspector":
            districts = self.ground.authority.districts
            return next((name for name, codes in districts.items() if place.code in codes), "")
        if role == "central_school":
            return self.ground.register.township_of(place) or place.code
        return place.code if role in {"school_clerk", "school_head"} else ""

    # ── what is written into fields ─────────────────────────────────────────

    def _given(self, said: Said, turn: Turn, shift: timedelta, variant: Said) -> dict[str, Value]:
        return {
            name: self._value(name, variant.get(name, value), turn, shift)
            for name, value in said.items()
        }

    def _value(self, name: str, value: object, turn: Turn, shift: timedelta) -> Value:
        if isinstance(value, int):
            # Yes and no are kept as 1 and 0.
            return int(value)
        text = value.isoformat() if isinstance(value, date) else str(value)
        field = self.ledger.field(name)
        if field is not None and field.type == "date":
            return _birthday(text) if name == _BORN else (_day(text) + shift).isoformat()
        if _ID.search(text):
            return _ID.sub(lambda found: _number(found, turn), text)
        if text in _NAMED and text not in turn.places:
            return turn.places[_NAMED[text]].code
        alone = any(name in names for names in self.ledger.unique)
        if alone and field is not None and field.type == "text" and _free(field):
            # No two are alike: a plate, a voucher, a contract's number.
            text = _LAST_DIGITS.sub(lambda found: _further(found[0], turn.number), text)
        return _at_home(text, turn.places)

    def _of_stage(self, one: Said, variant: Said, place: Place) -> Said:
        """Give what is said at a school that has not the stage an entry speaks of."""
        lines = [*(line.get("set", {}) for line in one["history"]), variant]
        said: Said = {name: value for each in lines for name, value in each.items()}
        if _at_stage(said, place):
            return {}
        return self.stages.get(place.history[-1].stages[0], {})

    def _variant(self, one: Said, place: Place, number: int) -> Said:
        """Give the next variant of which an entry has every field, and the school the stage.

        What belongs together is changed together: a text about a lamp is not of the kitchen. What
        was registered by mistake stays as it is.
        """
        way = self.ledger.lifecycle
        if one["then"]["state"] in set(way.marked("end")) - set(way.marked("done")):
            return {}
        names = {name for line in one["history"] for name in line.get("set", {})}
        # An entry as it was made by hand comes first.
        fitting: list[Said] = [
            {},
            *(one for one in self.variants if one.keys() <= names and _at_stage(one, place)),
        ]
        return fitting[number % len(fitting)]


def _at_stage(said: Said, place: Place) -> bool:
    """Whether a school has the stage of which something speaks; yes where it speaks of none."""
    own = place.history[-1].stages if place.history else ()
    asked = [said[name] for name in _STAGES if said.get(name) in set(Stage)]
    return not own or all(one in own for one in asked)


_STAGES: Final = ("stage", "school_stage")
_NAMED: Final = {
    "2163990001": "school",
    "3163990002": "other",
    "1163990003": "kindergarten",
}
"""The schools of the examples, by what the examples call them."""
_NAMES: Final = {"东河镇中心小学": "school", "东河镇初级中学": "other", "东河镇": "town"}
"""The places that their texts name."""


def places_of(
    schools: Sequence[Place], others: Mapping[str, Place], number: int
) -> dict[str, Place]:
    """Give the places of one round: another school of each kind each time."""
    stages = {
        "school": Stage.PRIMARY,
        "other": Stage.LOWER_SECONDARY,
        "kindergarten": Stage.PRESCHOOL,
    }
    found = dict(others)
    for name, stage in stages.items():
        fitting = [one for one in schools if one.history and one.history[-1].stages == (stage,)]
        fitting = fitting or [one for one in schools if one.history]
        found[name] = fitting[number % len(fitting)]
    return found


def _at_home(text: str, places: Mapping[str, Place]) -> str:
    """Name places of this county where an example's text names one of its own."""
    for name, here in _NAMES.items():
        text = text.replace(name, places[here].name)
    return text


def _free(field: LedgerField) -> bool:
    return not field.holds and not field.pattern


def _day(said: object) -> date:
    return said if isinstance(said, date) else date.fromisoformat(str(said))


def _number(found: re.Match[str], turn: Turn) -> str:
    """Give another person's number in each round: of a county that does not exist."""
    year, day, serial = found.groups()
    further = (int(serial) + _APART * turn.number) % _SERIALS
    return with_check_digit(f"{turn.code}{_working(int(year))}{day}{further:03d}")


def _birthday(text: str) -> str:
    born = date.fromisoformat(text)
    return born.replace(year=_working(born.year)).isoformat()


def _working(year: int) -> int:
    return year + _YOUNGER if year < _OLDEST else year


def _further(digits: str, number: int) -> str:
    return f"{int(digits) + 10 * number:0{len(digits)}d}"
