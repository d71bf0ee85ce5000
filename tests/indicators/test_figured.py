"""Figures are made when their indicator is asked for, and what is asked for together at once."""

from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from threading import Event, RLock

import pytest

from xianxue.bureau.indicators.figured import Figured
from xianxue.bureau.records.figure import Coverage, Figure

ALL = ("pupils", "classes", "books")


def figure(name):
    return Figure(
        indicator=name,
        place="639900",
        stage=None,
        period="2025-2026",
        value=Fraction(1),
        unit="person",
        shown="1",
        numerator=Fraction(1),
        denominator=None,
        coverage=Coverage(1, 1),
    )


@pytest.fixture
def asked():
    """What has been asked to be made, in order."""
    return []


@pytest.fixture
def figures(asked):
    def make(names):
        asked.append(names)
        made = [figure(name) for name in (ALL if names is None else names) if name in ALL]
        if names is not None and "unknown" in names:
            raise KeyError("unknown")
        return {one.key: one for one in made}

    return Figured(make)


def test_a_figure_is_made_when_it_is_looked_up_and_once(figures, asked):
    assert figures["pupils/639900/all/2025-2026"] == figure("pupils")
    assert figures.get("pupils/639900/all/2025-2026") == figure("pupils")
    assert figures.get("pupils/639900/primary/2025-2026") is None
    assert asked == [["pupils"]]


def test_what_is_asked_for_together_is_made_together(figures, asked):
    figures.ask(["pupils", "books", "pupils"])
    figures.ask(["books", "classes"])
    assert figures["books/639900/all/2025-2026"] == figure("books")
    assert asked == [["pupils", "books"], ["classes"]]


def test_whoever_goes_through_all_has_all_made_in_the_order_of_the_cards(figures, asked):
    figures.ask(["books"])
    assert [one.indicator for one in figures.values()] == list(ALL)
    assert len(figures) == len(ALL)
    figures.ask(["pupils"])
    assert asked == [["books"], None]


def test_an_indicator_that_nobody_has_declared_has_no_figure(figures):
    assert figures.get("unknown/639900/all/2025-2026") is None
    with pytest.raises(KeyError):
        figures["unknown/639900/all/2025-2026"]


def test_many_who_ask_at_once_have_it_made_once():
    begun, go = Event(), Event()
    made = []

    def make(names):
        begun.set()
        assert go.wait(10)
        made.append(names)
        return {one.key: one for one in map(figure, names)}

    figures = Figured(make, RLock())
    key = "pupils/639900/all/2025-2026"
    with ThreadPoolExecutor(4) as threads:
        found = [threads.submit(figures.get, key) for _ in range(4)]
        assert begun.wait(10)
        go.set()
        assert {one.result(10) for one in found} == {figure("pupils")}
    assert made == [["pupils"]]
