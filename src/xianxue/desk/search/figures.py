"""A school and an indicator in one query: «清泉 大班额» is that school's figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.records.figure import Figure
from xianxue.bureau.values.sentence import say
from xianxue.bureau.values.units import UNITS
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.search.entries import Entry
from xianxue.desk.search.matching import Names, score
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import Standing

_SCHOOLS: Final = 3
_INDICATORS: Final = 4
"""Of those that fit best: a query is a question, and not a table."""

Scored = tuple[int, Entry]


def figures_of_schools(
    standing: Standing, words: Sequence[str], declared: Sequence[Entry]
) -> Iterator[Scored]:
    """Give figures where some words mean a school and the others an indicator.

    ``declared``: all that may be meant. Figures are not made for it: where they are not there yet,
    nothing is given.
    """
    if len(words) < 2:
        return
    counted = standing.warm(standing.period())
    if counted is None:
        return
    schools = [one for one in declared if one.kind == "school"]
    indicators = [one for one in declared if one.kind == "figure"]
    given: set[str] = set()
    for at in range(1, len(words)):
        for first, then in ((words[:at], words[at:]), (words[at:], words[:at])):
            for place_score, school in _best(first, schools)[:_SCHOOLS]:
                for term_score, indicator in _best(then, indicators)[:_INDICATORS]:
                    total = (place_score + term_score) // 2
                    for figure in _figures(counted, school, indicator):
                        if figure.key not in given:
                            given.add(figure.key)
                            yield total, _entry(figure, school, indicator)


def _best(words: Sequence[str], entries: Sequence[Entry]) -> list[Scored]:
    found: list[Scored] = []
    for entry in entries:
        scores = [score(word, entry.names) for word in words]
        if all(scores):
            found.append((sum(scores) // len(scores), entry))
    return sorted(found, key=lambda one: (-one[0], len(one[1].title)))


def _figures(counted: Counted, school: Entry, indicator: Entry) -> list[Figure]:
    place, name = school.ids["place"], indicator.ids["indicator"]
    return [
        one
        for one in counted.by_place.get(place, ())
        if one.indicator == name and one.slice is None
    ]


def _entry(figure: Figure, school: Entry, indicator: Entry) -> Entry:
    term = figure.named(indicator.title)
    stage = figure.stage.value if figure.stage is not None else ""
    unit = UNITS[figure.unit].term if figure.value is not None else ""
    return Entry(
        kind="figure",
        title=say("{name}·{term}", name=school.title, term=term),
        detail=say("{shown}{unit}", shown=figure.shown, unit=unit),
        names=Names.of(""),
        deed="indicators.view",
        subject=Subject("indicators", figure.indicator, figure.place, figure.period),
        room="indicators",
        ids={"indicator": figure.indicator, "place": figure.place, "stage": stage},
    )
