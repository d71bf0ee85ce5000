"""A report opened for a page: its sections as they stand, put together over a period's figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from xianxue.bureau.audit.showing.marked import Marked
from xianxue.bureau.kinds.deadline_rules import DeadlineRules, DueLamp, days_told
from xianxue.bureau.kinds.outline import Outline
from xianxue.bureau.report.context import Context
from xianxue.bureau.report.editing import Names
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.appraisal.spoken import with_appraisals
from xianxue.desk.report.across import Across, across
from xianxue.desk.report.dated import day_of
from xianxue.desk.report.fixing import Speaker, left_open
from xianxue.desk.report.live import Flat, Put, put_together, verdicts
from xianxue.desk.report.standing_text import Kept, kept_of, texts_of
from xianxue.desk.report.threads import Thread, open_in, threads_of
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import LATEST, PROVISIONAL
from xianxue.desk.standing.tasks import rules_of
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError
from xianxue.web.kit.against import against_of, words_of_county
from xianxue.web.kit.visit import Visit

NOW: Final = "now"


class Line(Record):
    """A section in the outline beside the page."""

    kept: Kept
    wrong: int
    doubtful: int
    lamp: DueLamp | None
    """None where there is nothing to wait for."""
    words: Sentence | str
    written: bool
    """Whether anything stands in it."""
    left_open: int = 0
    """Places in it that wait for a number."""
    asked: int = 0
    """Comments on it that wait for somebody."""

    @property
    def open(self) -> bool:
        """Whether somebody still has to do something for it."""
        return self.kept.wanted and self.kept.state not in {"handed_in", "accepted"}


class Opened(Record):
    """A report opened for a page."""

    outline: Outline
    period: Period
    release: str
    """``latest`` or ``now``: which figures it tells."""
    counted: Counted
    kept: tuple[Kept, ...]
    put: Put
    lines: tuple[Line, ...]
    threads: Mapping[str, tuple[Thread, ...]]
    """What is asked of each section."""
    across: tuple[Across, ...]
    """What sections contradict each other in."""

    def title_of(self, section: str) -> str:
        """Name a section as its page does."""
        found = (one.section for one in self.kept if one.section.key == section)
        return next((one.title for one in found), section)

    def owner_of(self, section: str) -> str:
        """Name who writes a section; empty where it was given to nobody."""
        return next((one.owner for one in self.kept if one.section.key == section), "")

    @property
    def release_name(self) -> str:
        """The release whose figures it tells; empty for provisional ones."""
        found = self.counted.river.release
        return found.name if found is not None else ""

    def part(self, key: str) -> Kept:
        """Give a section; MisusedError where there is none of the name."""
        found = next((one for one in self.kept if one.section.key == key), None)
        if found is None:
            names = joined("、", (one.section.key for one in self.kept))
            raise MisusedError(
                say(
                    "《{outline}》没有“{key}”这一节；有：{names}",
                    outline=self.outline.term,
                    key=key,
                    names=names,
                )
            )
        return found


def open_report(visit: Visit, name: str, release: str = "") -> Opened:
    """Open a report over the newest release, or over what is accepted now."""
    standing = visit.standing
    card = standing.workspace().shelf.reports.get(name)
    if card is None:
        known = joined("、", standing.workspace().shelf.reports)
        raise MisusedError(say("没有提纲“{outline}”；现有：{known}", outline=name, known=known))
    which = NOW if release == NOW else LATEST
    period = period_of(visit, card)
    today = clock.day_of(visit.at)

    def make() -> Opened:
        counted = standing.counted(period, PROVISIONAL if which == NOW else LATEST)
        kept = kept_of(card, period.code)
        put = put_together(counted.river, card, texts_of(kept), counted.attained)
        mark = marker_of(visit, which, period)
        rules = rules_of(standing.ground())
        between = across(put.sections, words_of_county(visit))
        threads = threads_of(name, period.code)
        lines = tuple(
            replace(
                _line(mark, one, put, rules, today),
                asked=open_in(threads.get(one.section.key, ())),
            )
            for one in kept
        )
        return Opened(card, period, which, counted, kept, put, lines, threads, between)

    return standing.resting(("report", name, period.code, which, today), make)


def period_of(visit: Visit, card: Outline) -> Period:
    """Give the period that an outline is written of."""
    return visit.standing.workspace().period(None, card.period)


def marked_of(visit: Visit, flat: Flat, opened: Opened) -> Marked:
    """Hold a section against itself and the figures that the report tells."""
    return marker_of(visit, opened.release, opened.period)(flat)


def marker_of(visit: Visit, release: str, period: Period) -> Callable[[Flat], Marked]:
    """Give what holds sections against those figures, which are asked for once for all of them."""
    against, words = against_of(visit, release, period), words_of_county(visit)
    figures = against.figures if against else None
    return lambda flat: verdicts(flat, words, figures)


def named(visit: Visit, opened: Opened) -> tuple[Context, Names]:
    """Give what the report's sentences may speak of, and what people call it.

    The context is made anew for each who asks: it gathers complaints while it is used.
    """
    counted = opened.counted
    river, card = counted.river, opened.outline
    context = with_appraisals(river).context(card, day_of(river, card), counted.attained)
    release = PROVISIONAL if opened.release == NOW else LATEST
    names = visit.standing.by_figures(
        ("names", card.outline),
        opened.period,
        release,
        lambda _: Names(card, counted.shelf, county_figures(opened)),
    )
    return context, names


def speaker_of(visit: Visit, opened: Opened) -> Speaker:
    """Give what says live numbers for a page."""
    context, names = named(visit, opened)
    return Speaker(context, names, county_figures(opened))


def county_figures(opened: Opened) -> dict[str, Any]:
    """Give the county's own figures by key: the numbers that may be put into prose."""
    county = opened.counted.register.county.code
    return {figure.key: figure for figure in opened.counted.by_place.get(county, ())}


def _line(
    mark: Callable[[Flat], Marked], one: Kept, put: Put, rules: DeadlineRules, today: date
) -> Line:
    flat = put.flat(one.section.key)
    # A contribution that nobody has written is a reminder, and no text of the report.
    written = not flat.empty and not (one.section.slot and one.text is None)
    told = mark(flat) if written else None
    lamp, words = _lamp(one, rules, today)
    return Line(
        one,
        told.wrong if told else 0,
        told.doubtful if told else 0,
        lamp,
        words,
        written,
        left_open(flat.text),
    )


def _lamp(one: Kept, rules: DeadlineRules, today: date) -> tuple[DueLamp | None, Sentence | str]:
    """Say how much of a section's time is spent, by the county's card as everywhere."""
    settled = {"accepted": say("已收稿"), "handed_in": say("已交稿，待收")}.get(one.state)
    if settled is not None:
        return DueLamp.DONE, settled
    if one.due is not None:
        return rules.lamp(one.due, today), days_told(one.due, today)
    if one.state == "sent_back":
        return DueLamp.NONE, say("退稿待改")
    return (DueLamp.NONE, say("待写")) if one.section.slot and one.text is None else (None, "")
