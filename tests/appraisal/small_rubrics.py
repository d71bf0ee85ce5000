"""Rubrics written in a few lines, and places of which something is known (all invented)."""

from fractions import Fraction

import yaml

from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.records.appraised import Judged, Known, Reading
from xianxue.bureau.values.missing import Missing

_OWN = {"document": "own", "seen": "own"}


def rubric_of(items, **more):
    """A rubric of items in YAML; what every card has to have is filled in."""
    card = dict(rubric="some", term="某评价", judges="school", points=100, source=_OWN)
    grading = more.pop("grading", None)
    card |= more | {"items": yaml.safe_load(items)}
    if grading:
        card["grading"] = yaml.safe_load(grading) | {"source": _OWN}
    return card_of(card, Rubric, "rubric some")


def reading(value, **more):
    return Reading(value=None if value is None else Fraction(str(value)), **more)


def known(*values, **more):
    return Known(
        readings=tuple(reading(value, document="虚文〔2026〕1号") for value in values), **more
    )


def absent(why=Missing.NOT_APPLICABLE):
    return Known(lacking=why)


def marks(*values, panel="", **more):
    given = enumerate(values, start=1)
    return Known(readings=tuple(reading(v, by=f"评委{n}", panel=panel, **more) for n, v in given))


def levels(*names):
    return Known(
        readings=tuple(Reading(level=name, by=f"评委{n}") for n, name in enumerate(names, 1))
    )


def place(code, facts=None, **items):
    return Judged(place=code, name=f"{code}校", facts=facts or {}, known=items)


def schools(**by_code):
    """Places with one number each for the only leaf, ``x``."""
    return [place(code, x=known(value)) for code, value in by_code.items()]
