"""A small invented county, and ledgers walked on it without any database."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from national import national

from xianxue.bureau.kinds.policy import INSPECTION  # noqa: F401 - named where districts are made
from xianxue.bureau.ledgers.clocks import Clocks
from xianxue.bureau.ledgers.counting import Counter
from xianxue.bureau.ledgers.days import Days
from xianxue.bureau.ledgers.filling import Filling
from xianxue.bureau.ledgers.moving import Moving, Wanted
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.workflow.permission import Authority
from xianxue.bureau.workflow.subject import Actor, Attempt
from xianxue.catalogue.card_files import NATIONAL

EXAMPLES = NATIONAL / "examples" / "ledgers"
SHELF = national().shelf
COUNTY = Place(code="639900", name="示范县（虚构）", level="county")
TOWN = Place(code="639900100", name="东河镇", level="township", parent="639900")
DISTRICT = "district_one"


def school(code: str, name: str, school_type: str, *stages: Stage) -> Place:
    return Place(
        code=code,
        name=name,
        level="school",
        parent=TOWN.code,
        history=(
            Attributes(
                valid_from=date(2010, 9, 1),
                school_type=school_type,
                sponsor="831",
                urban_rural="121",
                stages=stages,
            ),
        ),
    )


SCHOOL = school("2163990001", "东河镇中心小学", "211", Stage.PRIMARY)
OTHER = school("3163990002", "东河镇初级中学", "311", Stage.LOWER_SECONDARY)
KINDERGARTEN = school("1163990003", "东河镇幼儿园", "111", Stage.PRESCHOOL)
REGISTER = Register.of([COUNTY, TOWN, SCHOOL, OTHER, KINDERGARTEN])
PLACES = {
    "county": COUNTY.code,
    "town": TOWN.code,
    "school": SCHOOL.code,
    "other": OTHER.code,
    "kindergarten": KINDERGARTEN.code,
}
POLICY = next(iter(SHELF.policies.values()))
AUTHORITY = Authority(
    POLICY, REGISTER, {DISTRICT: frozenset({SCHOOL.code, OTHER.code, KINDERGARTEN.code})}
)
DAYS = Days.of(SHELF)
ATTRIBUTES = {
    place.code: {
        "school_type": place.history[0].school_type,
        "sponsor": "831",
        "urban_rural": "121",
        "boarding": 0,
    }
    for place in (SCHOOL, OTHER, KINDERGARTEN)
}


def actor(role: str, place: str, name: str = "") -> Actor:
    """Somebody in a role, who belongs where such people belong; each role another person."""
    own = {
        "school_clerk": place,
        "school_head": place,
        "central_school": TOWN.code,
        "inspector": DISTRICT,
    }
    return Actor(name or f"{role}甲", role, own.get(role, ""))


def wanted(line: dict, place: str) -> Wanted:
    """What one line of an example tries."""
    role, _, name = line["by"].partition(" ")
    files = {f"{line['step']}{at}": "凭据" for at in range(line.get("evidence", 0))}
    carried = set()
    if line.get("why"):
        carried |= {"reason", "comment"}
    if files:
        carried.add("evidence")
    attempt = Attempt(
        line["step"], actor(role, place, name), frozenset(carried), line.get("second", "")
    )
    given = {
        name: value.isoformat()
        if isinstance(value, date)
        else int(value)
        if isinstance(value, bool)
        else value
        for name, value in line.get("set", {}).items()
    }
    return Wanted(
        attempt=attempt, on=line["day"], given=given, why=line.get("why", ""), evidence=files
    )


class Walked:
    """A ledger in the small county, and entries walked by its rules."""

    def __init__(self, ledger, shelf=SHELF, today=date(2025, 12, 31)):
        self.card = shelf.ledgers[ledger] if isinstance(ledger, str) else ledger
        self.filling = Filling(self.card, shelf.codes, REGISTER, today)
        self.moving = Moving(self.card, AUTHORITY, self.filling)
        self.clocks = Clocks(self.card, DAYS)
        self.counter = Counter(self.card, DAYS, ATTRIBUTES)

    def attempt(self, entry: Entry | None, line: dict, place: str):
        """The line of history, or the issues."""
        if entry is None:
            return self.moving.record(place, wanted(line, place))
        return self.moving.step(entry, wanted(line, place))

    def walk(self, place: str, history: list[dict], number: str = "2025-0001") -> Entry:
        entry = None
        for line in history:
            made = self.attempt(entry, line, place)
            assert not isinstance(made, list), (number, line, [one.message for one in made])
            before = entry.history if entry is not None else ()
            entry = Entry(
                ledger=self.card.ledger, number=number, place=place, history=(*before, made)
            )
        assert entry is not None
        return entry


def examples() -> dict[str, dict]:
    """Every example history, by ledger."""
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(Path(EXAMPLES).glob("*.yaml"))
    }
