"""The panel of a number: 式→校→格→人→据, beside any page or as a page of its own."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import HttpResponse

from xianxue.bureau.places.register import Register
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Subject
from xianxue.desk.indicators.descent import Reach, descend, shown_of, unit_of
from xianxue.desk.indicators.lacking import amount
from xianxue.desk.standing.counted import Counted
from xianxue.web.kit.counts import NOW, Counts, counts_of
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import missing, page, show
from xianxue.web.kit.visit import Asked, Visit

SHORT: Final = 5
"""Schools of a panel before one asks for all of them; a page of its own has them all."""
_PARTS: Final = (4, 5)
"""A key of a whole has four parts, one of a slice five."""


def of_key(visit: Visit, key: str) -> Subject | None:
    """Say that a panel is about the place whose number it is."""
    parts = key.split("/")
    if len(parts) not in _PARTS:
        return None
    return visit.subject("indicators.view", parts[1], parts[0])


@page("indicators.view", of_key)
def panel(request: Asked, key: str) -> HttpResponse:
    """Show where a number comes from."""
    parts = key.split("/")
    nothing = say("没有这个数：{key}", key=key)
    if len(parts) not in _PARTS:
        return missing(request, nothing)
    # A number without a release is provisional, whatever has been published since.
    counts = counts_of(request, parts[3], request.GET.get("release") or NOW)
    # Nothing is counted for a period of which nothing is held: addresses are typed, and tried.
    held = parts[3] in _held(counts)
    figure = counts.counted.figures.get(key) if held else None
    # A release that kept no cards is told by today's: an indicator may be gone since.
    if figure is None or figure.indicator not in counts.counted.river.counted_by.shelf.indicators:
        return missing(request, nothing)
    visit = request.visit
    reach = Reach(visit.places("indicators.view"), visit.places("returns.view"))
    down = descend(
        counts.counted.river,
        counts.counted.figures,
        figure,
        visit.standing.ground(),
        reach,
        request.GET.get("place", ""),
    )
    wanted = request.headers.get("HX-Target", "")
    beside = wanted in {"panel", "chain"}
    alone = not beside
    everyone = alone or request.GET.get("all") == "1"
    rows = down.shares.rows if everyone else down.shares.rows[:SHORT]
    if down.chosen is not None and down.chosen not in rows:
        rows = (*rows, down.chosen)
    register = counts.counted.register
    values = {
        "down": down,
        "figure": figure,
        "key": key,
        "unit": unit_of(figure),
        "counts": counts,
        "where": where_of(register, figure.place),
        "shown": counts.counted.findings[key][0].shown
        if figure.value is not None and key in counts.counted.findings
        else shown_of(figure),
        "rows": rows,
        "everyone": everyone,
        "seen": reach.figures,
        "alone": alone,
        "findings": counts.counted.findings.get(key, ()),
        "target": _target(counts.counted, figure),
        "lacking": [
            register[code].name if code in register else code for code in figure.coverage.missing
        ],
        "told": {
            row.key: counts.counted.findings[row.key][0]
            for row in rows
            if row.key in counts.counted.findings
        },
        "plain": plain,
        "amount": amount,
        "part_release": _releases(counts, [part.key for part in down.parts]),
        "close": _page_beneath(request),
    }
    if alone:
        return show(request, "indicators/panel.html", values)
    answer = show(request, "indicators/panel_part.html", values, part=wanted)
    answer["HX-Replace-Url"] = _with_number(request, key)
    return answer


def _held(counts: Counts) -> set[str]:
    return {counts.standing.period().code, *counts.standing.held().periods}


def where_of(register: Register, code: str) -> str:
    """Name whose a number is; the county is the whole of it."""
    if code not in register:
        return code
    place = register[code]
    return say("全县") if place.level == "county" else place.name


def _target(counted: Counted, figure: Figure) -> Attainment | None:
    """Give the target that a figure is held against."""
    return next((one for one in counted.attained if _is_of(one, figure)), None)


def _is_of(one: Attainment, figure: Figure) -> bool:
    return one.figure is not None and one.figure.key == figure.key


def _releases(counts: Counts, keys: list[str]) -> dict[str, str]:
    """Give the release under which each of other figures is told: its own period's."""
    found: dict[str, str] = {}
    for key in keys:
        period = key.split("/")[3] if key else counts.period.code
        if period == counts.period.code:
            found[key] = counts.release
            continue
        other = counts.counted.river.other(counts.standing.period(period))
        release = other.release if other is not None else None
        found[key] = release.name if release is not None else ""
    return found


def _page_beneath(request: Asked) -> str:
    """Give the address without the panel: of the page beside which it stands, or the indicator."""
    beneath = urlsplit(request.headers.get("HX-Current-URL", ""))
    if not beneath.path:
        return address("indicators:list")
    kept = [(name, said) for name, said in parse_qsl(beneath.query) if name not in _OWN]
    return beneath.path + (f"?{urlencode(kept)}" if kept else "")


_OWN: Final = {"n", "nr", "np"}
"""What an address says of its panel: which number, which release, which school."""


def _with_number(request: Asked, key: str) -> str:
    """Give the page's address with the number that is open beside it."""
    beneath = urlsplit(request.headers.get("HX-Current-URL", ""))
    kept = [(name, said) for name, said in parse_qsl(beneath.query) if name not in _OWN]
    asked = request.GET
    said = {"n": key, "nr": asked.get("release", ""), "np": asked.get("place", "")}
    kept += [(name, value) for name, value in said.items() if value]
    return f"{beneath.path}?{urlencode(kept, safe='/=')}"
