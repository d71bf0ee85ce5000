"""Figures written by hand, and cards made of them: no engine, no returns."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from xianxue.bureau.indicators.derived.deriving import derive
from xianxue.bureau.indicators.figures import NOT_APPLICABLE, UNDETERMINED
from xianxue.bureau.kinds.card import Cited, DatedValue, Needed
from xianxue.bureau.kinds.derived import Break
from xianxue.bureau.kinds.indicator import Indicator, Show, Sum
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace

OWN = Cited(document="xianxue-own", seen=Seen.OWN)
COUNTY, EAST, WEST = "639900", "639900101", "639900102"
OPENED = date(2001, 9, 1)


def place(code, name, level="school", parent=COUNTY, **said):
    opened = said.get("opened", OPENED)
    attributes = Attributes(
        valid_from=opened,
        school_type=said.get("school_type", "211"),
        sponsor="831",
        urban_rural="121",
    )
    history = (attributes,) if level == "school" else ()
    return Place(code=code, name=name, level=level, parent=parent, opened=opened, history=history)


SCHOOLS = {f"216399000{n}": f"虚构{n}小" for n in range(1, 7)}
A, B, C, D, E, F = SCHOOLS


def card(name, kind, *, unit="percent", levels=("county",), decimals=2, **parts):
    """An indicator's card; ``sum`` where nothing else is said of what it is made of."""
    if kind in {"sum", "ratio"}:
        parts.setdefault("of", Sum(sum=["students.enrolled"]))
    return Indicator(
        indicator=name,
        term=parts.pop("term", f"虚构指标{name}"),
        kind=kind,
        unit=unit,
        show=Show(decimals=decimals),
        levels=list(levels),
        period=Needed(kind=parts.pop("period", "school_year")),
        source=OWN,
        **parts,
    )


def line(value, *, begins=date(2017, 1, 1), stage=None):
    return DatedValue(
        valid_from=begins, value=Decimal(value), source="xianxue-own", seen=Seen.OWN, stage=stage
    )


def broke(on, note="不再含特教学生"):
    return Break(on=date.fromisoformat(on), note=note, source="xianxue-own", seen=Seen.OWN)


@dataclass
class Years:
    """A county over several periods: its cards, its places, and figures written by hand."""

    cards: list[Indicator]
    given: dict[str, dict[tuple[str, ...], object]] = field(default_factory=dict)
    """Period to (indicator, place) to a value: a number, UNDETERMINED or NOT_APPLICABLE.

    A third part is the code of a subject."""
    register: Register = field(default_factory=lambda: REGISTER)
    asked: list[tuple[str, frozenset[str]]] = field(default_factory=list)

    @property
    def shelf(self):
        return Shelf(indicators={one.indicator: one for one in self.cards})

    def figures(self, period):
        return {
            one.key: one
            for (name, code, *of), value in self.given.get(period, {}).items()
            for made in [figure(name, code, value, period, self.shelf.indicators[name].unit)]
            for one in [replace(made, slice=subject(*of)) if of else made]
        }

    def elsewhere(self, period, indicators):
        self.asked.append((period.code, frozenset(indicators)))
        return self.figures(period.code) if period.code in self.given else None

    def derived(self, period="2025-2026", *names):
        return derive(
            self.shelf,
            self.register,
            Period.parse(period),
            self.figures(period),
            self.elsewhere,
            names or None,
        )

    def one(self, name, code=COUNTY, period="2025-2026"):
        return self.derived(period)[f"{name}/{code}/all/{period}"]


def subject(code):
    return Slice("subject", code, {"math": "数学", "chinese": "语文"}[code], "学科")


def figure(name, code, value, period, unit="person"):
    known = value not in {UNDETERMINED, NOT_APPLICABLE}
    missing = (A,) if value == UNDETERMINED else ()
    return Figure(
        indicator=name,
        place=code,
        stage=None,
        period=period,
        value=Fraction(value) if known else None,
        unit=unit,
        shown=str(value),
        numerator=Fraction(value) if known else None,
        denominator=None,
        coverage=Coverage(1 - len(missing), 1, missing),
    )


REGISTER = Register.of(
    [
        place(COUNTY, "虚构县", "county", ""),
        place(EAST, "东镇", "township"),
        place(WEST, "西镇", "township"),
        *(place(code, name, parent=EAST if code < D else WEST) for code, name in SCHOOLS.items()),
    ]
)


@pytest.fixture(scope="session")
def hand():
    """All of the above, for tests that write a county of their own."""
    return SimpleNamespace(**globals())
