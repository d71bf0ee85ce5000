"""A small invented county (虚构) and events told in a few words."""

from datetime import date
from types import SimpleNamespace

import pytest

from xianxue.bureau.places.events import Becomes, Event, Kind
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.replay import replay
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import replace

COUNTY = "639900"
EAST, WEST = "639900100", "639900101"
A, B, C, D = "2163990001", "2163990002", "2163990003", "2163990004"
NINE = "3163990001"
PRIMARY = Becomes(school_type="211", stages=(Stage.PRIMARY,))
BOTH = Becomes(school_type="312", stages=(Stage.PRIMARY, Stage.LOWER_SECONDARY))


def day(text: str) -> date:
    return date.fromisoformat(text)


def school(code: str, name: str, parent: str = EAST) -> Place:
    return Place(
        code=code,
        name=name,
        level="school",
        parent=parent,
        opened=date(2000, 9, 1),
        history=(
            Attributes(
                valid_from=date(2000, 9, 1),
                school_type="211",
                sponsor="831",
                urban_rural="121",
                stages=(Stage.PRIMARY,),
            ),
        ),
    )


def county(*schools: Place) -> Register:
    return Register.of(
        [
            Place(code=COUNTY, name="虚构县", level="county"),
            Place(code=EAST, name="东镇", level="township", parent=COUNTY),
            Place(code=WEST, name="西镇", level="township", parent=COUNTY),
            *schools,
        ]
    )


def event(kind: str, on: str, codes: str, into: str = "", **more) -> Event:
    return Event(
        kind=Kind(kind),
        day=day(on),
        codes=tuple(codes.split()),
        into=tuple(into.split()),
        reason="布局调整",
        by="虚构",
        **more,
    )


def happened(register: Register, *events: Event) -> Register:
    """Replay events that all can happen."""
    after = replay(register, events)
    assert after.faults == ()
    return after.register


def refused(register: Register, *events: Event) -> list[str]:
    """Replay events, the lines numbered from 2; say what was seen that cannot be, and where."""
    numbered = [replace(event, line=number) for number, event in enumerate(events, 2)]
    return [f"{fault.line}：{fault.saw}" for fault in replay(register, numbered).faults]


@pytest.fixture(scope="session")
def made() -> SimpleNamespace:
    """Everything above under one name: ``made.event("closed", "2024-09-01", made.A)``."""
    return SimpleNamespace(
        COUNTY=COUNTY,
        EAST=EAST,
        WEST=WEST,
        A=A,
        B=B,
        C=C,
        D=D,
        NINE=NINE,
        PRIMARY=PRIMARY,
        BOTH=BOTH,
        day=day,
        school=school,
        county=county,
        event=event,
        happened=happened,
        refused=refused,
    )


@pytest.fixture(scope="session")
def three() -> Register:
    """Three primary schools in the east."""
    return county(school(A, "甲小学"), school(B, "乙小学"), school(C, "丙小学"))
