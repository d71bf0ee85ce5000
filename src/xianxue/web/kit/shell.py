"""The frame around every page: bar, menu, counts, what was just done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.urls import NoReverseMatch

from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.web.kit.addresses import static_address
from xianxue.web.kit.browsers import caution_of
from xianxue.web.kit.helpers import address
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.words import reading


class Entry(Record):
    """One line of the menu, and the deed without which it is not shown."""

    words: Sentence
    to: str
    """The name of the page's address."""
    deed: str
    short: bool = False
    """Whether it stands in the bottom bar of a phone too."""


MENU: Final[tuple[tuple[Sentence, tuple[Entry, ...]], ...]] = (
    (
        say("办事"),
        (
            Entry(say("首页 待办"), "home:home", "", short=True),
            Entry(say("填报"), "returns:list", "returns.view", short=True),
            Entry(say("台账"), "ledgers:list", "ledgers.view", short=True),
            Entry(say("测评"), "ballots:list", "ballots.view"),
            Entry(say("报告"), "report:list", "report.view"),
        ),
    ),
    (
        say("看数"),
        (
            Entry(say("指标"), "indicators:list", "indicators.view", short=True),
            Entry(say("督导评估"), "assessment:list", "assessment.view"),
            Entry(say("评价"), "appraisal:list", "appraisal.view"),
            Entry(say("考试"), "exams:list", "exams.view"),
            Entry(say("规划"), "plan:list", "plan.view"),
            Entry(say("发布"), "releases:list", "releases.view"),
            Entry(say("驾驶舱"), "cockpit:cockpit", "cockpit.view"),
        ),
    ),
    (
        say("底册"),
        (
            Entry(say("学校"), "places:list", "places.view", short=True),
            Entry(say("表单"), "forms:list", "catalogue.view"),
            Entry(say("核对"), "audit:audit", "audit.use"),
            Entry(say("日志"), "journal:list", "journal.view"),
            Entry(say("规则"), "admin:catalogue", "catalogue.view"),
            Entry(say("管理"), "admin:admin", "accounts.view"),
        ),
    ),
)


class Shown(Record):
    """An entry as it is written: where it leads, and whether this page is there."""

    words: Sentence
    to: str
    here: bool
    count: int = 0


def _shown(entry: Entry, visit: Visit, path: str) -> Shown | None:
    if entry.deed and not visit.can(entry.deed):
        return None
    to = address(entry.to)
    here = path == to or (to != address("home:home") and path.startswith(to))
    count = visit.counts.get(entry.to, 0)
    return Shown(entry.words, to, here, count)


def _nearest(entries: list[Shown]) -> list[Shown]:
    """Say «here» of one entry alone: of a room, and of a part of it that has its own entry."""
    nearest = max((one.to for one in entries if one.here), key=len, default="")
    return [replace(one, here=one.here and one.to == nearest) for one in entries]


def _panel_of(request: Asked) -> str:
    """Give the panel that a page's address has open beside it; empty where it has none."""
    asked = request.GET
    key = asked.get("n", "")
    if not key:
        return ""
    try:
        return address(
            "indicators:panel", key, release=asked.get("nr", ""), place=asked.get("np", "")
        )
    except NoReverseMatch:
        # An address with a break in it was made up: nothing is open beside its page.
        return ""


def shell_of(request: Asked) -> Mapping[str, object]:
    """Give what the frame of a page is written from."""
    visit = request.visit
    values: dict[str, object] = {
        "language": reading.get(),
        "static": static_address(),
        "visitor": visit,
        "path": request.get_full_path(),
        "menu": (),
        "bottom": (),
        "flashes": (),
        "panel_of": _panel_of(request),
        "caution": caution_of(request.headers.get("User-Agent", "")),
    }
    if visit.present is None:
        return values
    groups = [
        (group, [one for entry in entries if (one := _shown(entry, visit, request.path))])
        for group, entries in MENU
    ]
    groups = [(group, _nearest(entries)) for group, entries in groups]
    short = [entry for _, entries in MENU for entry in entries if entry.short]
    values["menu"] = [(group, entries) for group, entries in groups if entries]
    values["bottom"] = [one for entry in short if (one := _shown(entry, visit, request.path))]
    values["flashes"] = visit.flashes()
    workspace = visit.standing.workspace()
    values["county"] = workspace.register.county.name
    values["period"] = workspace.period(None)
    values["release_words"] = visit.standing_words
    return values
