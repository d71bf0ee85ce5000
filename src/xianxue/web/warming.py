"""Making beforehand what the first who come would wait for: figures, what is compared, the search.

One step after another in a thread of its own, each when nobody is being answered, so that those who
come first wait for no more than one step. What is wrong is told to whoever asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from threading import Condition
from typing import Final

from django.core.signals import request_finished, request_started
from django.db import connection
from django.template import engines

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.search.search import search
from xianxue.desk.standing.checking import comparison
from xianxue.desk.standing.owed import owed
from xianxue.desk.standing.standing import LATEST, PROVISIONAL, Standing
from xianxue.desk.stores import clock
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.forms.items import held_items
from xianxue.web.kit.counts import Counts
from xianxue.web.kit.visit import Visit
from xianxue.web.releases.differences import NOW, difference_of
from xianxue.web.report.opened import open_report

Step = Callable[[], object]
_PATIENCE: Final = 2.0
"""Seconds that a step waits for a quiet moment: on a busy morning there is none."""


class Quiet:
    """Knows whether anybody is being answered."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._going = 0
        self._news = Condition()

    def began(self, **_: object) -> None:
        """Count a request."""
        with self._news:
            self._going += 1

    def ended(self, **_: object) -> None:
        """Count its end."""
        with self._news:
            self._going -= 1
            self._news.notify_all()

    def wait(self) -> None:
        """Wait for a quiet moment."""
        with self._news:
            self._news.wait_for(lambda: self._going <= 0, _PATIENCE)


def warm(standing: Standing) -> None:
    """Make it all, step by step."""
    quiet = Quiet()
    request_started.connect(quiet.began)
    request_finished.connect(quiet.ended)
    try:
        for step in steps(standing):
            quiet.wait()
            try:
                step()
            except (ComplaintsError, MisusedError):
                continue
            finally:
                connection.close()
    finally:
        request_started.disconnect(quiet.began)
        request_finished.disconnect(quiet.ended)


def steps(standing: Standing) -> Iterator[Step]:
    """Give what is made, in the order in which most people ask for it."""
    visit = Visit(standing, "zh", clock.now())
    yield lambda: standing.counted(standing.period()).by_place
    yield from _templates()
    yield lambda: owed(standing, standing.period())
    yield lambda: _compared(standing)
    # Nobody may see what is found; what it is looked up in is made all the same.
    yield lambda: search(standing, Actor("", ""), visit.county, 1)
    yield lambda: _before(standing)
    for release in (PROVISIONAL, LATEST):
        yield lambda release=release: _listed(standing, release)
    shelf = standing.workspace().shelf
    for name in shelf.standards:
        yield lambda name=name: standing.counted(standing.period()).assessment(name)
    for name in shelf.reports:
        yield lambda name=name: open_report(visit, name)
    yield lambda: held_items(visit)
    yield from _differences(visit)


def _before(standing: Standing) -> None:
    """Make the figures of the year before, which stand beside this year's."""
    period = standing.period()
    if period.recurs and period.before().code in standing.held().periods:
        counted = standing.counted(period.before(), LATEST)
        _ = counted.by_place, counted.findings


def _templates() -> Iterator[Step]:
    """Put the templates together, room by room: each takes as long as three pages."""
    templates = engines["jinja2"].env  # pyright: ignore[reportAttributeAccessIssue]  # Django's wrapper around Jinja's
    rooms = groupby(templates.list_templates(), lambda name: name.partition("/")[0])
    for _, names in rooms:
        yield lambda names=list(names): [templates.get_template(name) for name in names]


def _compared(standing: Standing) -> None:
    """Read what returns are compared with."""
    records, period = comparison(standing).records, standing.period()
    if records.any:
        for form in standing.workspace().shelf.forms.values():
            if form.period == period.kind:
                records.of_last_year(period)
                records.peers(form.form, period)


def _listed(standing: Standing, said: str) -> None:
    """Count the county's list of indicators, and the year before beside it."""
    period = standing.period()
    release = standing.release(period, said)
    name = release.name if release is not None else ""
    county = standing.workspace().register.county.code
    counts = Counts(standing, period, name)
    counts.rows(county)
    for figure in counts.counted.by_place.get(county, ())[:1]:
        counts.counted.river.explain(figure)


def _differences(visit: Visit) -> Iterator[Step]:
    """Compare the newest release with the one before it, and with what is accepted now."""
    period = visit.standing.period().code
    found = [str(one.number) for one in visit.standing.held().releases_of(period)]
    if found:
        yield lambda: difference_of(visit, period, found[-1], NOW)
    if found[1:]:
        yield lambda: difference_of(visit, period, found[-2], found[-1])
