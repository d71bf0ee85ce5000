"""Cards, facts and figures written by hand, for standards judged alone. 县、校均为虚构。"""

from datetime import date
from fractions import Fraction
from types import SimpleNamespace

import pytest

from xianxue.bureau.assessment.assess import assess
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.kinds.indicator import Indicator
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.standard import Population, Standard
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.units import UNITS

COUNTY = "990100"
SOURCE = {"document": "invented", "seen": "own"}
DECIMALS = {"coefficient": 4, "person": 0}


def dated(value, **more):
    """A value as it stands in a card; in force from 2017 unless said otherwise."""
    return {"from": "2017-01-01", "value": str(value), "source": "invented", "seen": "own"} | more


def criterion(name, *values, **more):
    """A criterion on the indicator of the same name; bare numbers become dated values."""
    whole = {
        "criterion": name,
        "term": f"虚构指标{name}",
        "indicator": name,
        "per": "school_stage",
        "rule": "at_least",
        "values": [v if isinstance(v, dict) else dated(v) for v in values],
    }
    return whole | more


def combination(need, of, reach="0.85", **more):
    """A joint verdict over criteria."""
    return {
        "from": "2017-01-01",
        "criterion": "joint",
        "term": "虚构的综合判定",
        "need": need,
        "of": of,
        "others_reach": reach,
        "source": "invented",
        "seen": "own",
    } | more


def exclusion(*types, **more):
    """An exclusion of school types."""
    return {
        "from": "2017-01-01",
        "school_types": list(types),
        "term": "不计",
        "source": "invented",
        "seen": "own",
    } | more


def standard(*criteria, **more):
    """A standard card, read as strictly as the catalogue reads it."""
    whole = {"standard": "invented", "term": "虚构标准", "source": SOURCE, "criteria": criteria}
    return card_of(whole | more, Standard)


def indicator(name, unit="people_per_hundred", **more):
    """An indicator card of some unit."""
    whole = {
        "indicator": name,
        "term": f"虚构指标{name}",
        "kind": "ratio",
        "unit": unit,
        "show": {"decimals": DECIMALS.get(unit, 2)},
        "levels": ["school_stage", "county"],
        "source": SOURCE,
    }
    return card_of(whole | more, Indicator)


def population(*stages, exclude=()):
    """A population card called ``counted``."""
    whole = {
        "population": "counted",
        "term": "虚构范围",
        "stages": stages,
        "pupils": "students.enrolled",
        "exclude": exclude,
        "source": SOURCE,
    }
    return card_of(whole, Population)


def school(place, *stages, school_type="211", unanswered=(), **values):
    """A school's facts; ``pupils_primary=…`` is the key ``pupils/primary``."""
    answers = {name.replace("pupils_", "pupils/"): value for name, value in values.items()}
    return PlaceFacts(
        place=place,
        name=f"虚构学校{place}",
        level="school",
        stages=tuple(Stage(stage) for stage in stages or ("primary",)),
        values={"school_type": school_type, **answers},
        unanswered=frozenset(unanswered),
    )


def county(place=COUNTY):
    """A county's facts."""
    return PlaceFacts(place=place, name="虚构县", level="county", stages=())


def figure(name, place, stage="primary", value=None, *, unit="people_per_hundred", **more):
    """A figure: a value (text, Fraction or Root), a pair (numerator, denominator), or nothing."""
    parts = {"numerator": None, "denominator": None}
    if isinstance(value, tuple):
        above, below = (Fraction(part) for part in value)
        parts = {"numerator": above, "denominator": below}
        value = above / below * UNITS[unit].per
    elif value is not None and not isinstance(value, Root):
        value = Fraction(value)
    whole = {
        "indicator": name,
        "place": place,
        "stage": Stage(stage) if stage else None,
        "period": "2025-2026",
        "value": value,
        "unit": unit,
        "shown": "",
        "coverage": Coverage(1, 1),
    }
    return Figure(**(whole | parts | more))


def nothing(name, place, stage="primary", missing=(), **more):
    """A figure that is undetermined because places are missing."""
    return figure(name, place, stage, coverage=Coverage(0, 1, tuple(missing or (place,))), **more)


def shelf(cards, *indicators, populations=(), **more):
    """A shelf with the indicators a standard names; those not given are per hundred."""
    given = {card.indicator: card for card in indicators}
    named = [c.indicator for c in (*cards.criteria, *cards.spread)]
    return Shelf(
        indicators={name: given.get(name) or indicator(name) for name in named} | given,
        populations={card.population: card for card in populations},
        **more,
    )


def judged(cards, figures, places, *indicators, on=date(2025, 9, 1), **more):
    """A standard judged by hand-made figures."""
    found = {(one.indicator, one.place, one.stage): one for one in figures}
    return assess(
        cards,
        shelf(cards, *indicators, **more),
        lambda name, place, stage: found.get((name, place, stage)),
        places,
        Period.parse("2025-2026"),
        on,
    )


@pytest.fixture(scope="session")
def by_hand() -> SimpleNamespace:
    """Everything above under one name: ``by_hand.figure("a", "s", value="4.2")``."""
    return SimpleNamespace(
        COUNTY=COUNTY,
        combination=combination,
        county=county,
        criterion=criterion,
        dated=dated,
        exclusion=exclusion,
        figure=figure,
        indicator=indicator,
        judged=judged,
        nothing=nothing,
        population=population,
        school=school,
        standard=standard,
    )
