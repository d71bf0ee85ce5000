"""What an overlay would move: a workspace's figures and verdicts with it and without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from xianxue.bureau.assessment.differences import VerdictChange, changed_verdicts
from xianxue.bureau.indicators.differences import FigureChange, changed_figures
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.card import DatedValue
from xianxue.bureau.kinds.changes.change import Change
from xianxue.bureau.kinds.changes.laxity import (
    Laxer,
    is_laxer,
    laxer_of_line,
    laxer_of_rule,
    replaced,
)
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.values.record import Record, field, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.catalogue.card_kinds import KINDS
from xianxue.catalogue.load import Loaded, load
from xianxue.desk.indicators.river import River
from xianxue.desk.workspace import MAPPINGS, Workspace

_NOT_ADDED: Final = {"change", "mapping"}
"""Kinds that are told by what they change."""


class Moved(Record):
    """One value of a change, beside those it is laid over."""

    change: Change
    of: Sentence
    """The criterion or line."""
    value: DatedValue
    before: tuple[DatedValue, ...]
    laxer: bool


class Judged(Record):
    """A standard judged without the overlay and with it."""

    term: str
    before: Assessment | None
    after: Assessment | None
    changes: Sequence[VerdictChange]


class Preview(Record):
    """Everything that an overlay moves."""

    taken: bool
    """Whether the workspace takes it already."""
    shelf: Shelf
    """The cards with it."""
    values: list[Moved] = field(default_factory=list[Moved])
    fields: list[tuple[Change, str]] = field(default_factory=list[tuple[Change, str]])
    """Changes that add fields, with the form's term."""
    added: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])
    """New cards: kind, id and term."""
    standards: list[Judged] = field(default_factory=list[Judged])
    """Those whose verdict, or a verdict within them, turns."""
    figures: list[FigureChange] = field(default_factory=list[FigureChange])
    """Those that move; those of new indicators are not among them."""
    new_figures: int = 0
    issues: list[Issue] = field(default_factory=list[Issue])
    """What keeps the overlay from being taken; then nothing was figured."""


def preview(opened: Workspace, overlays: Sequence[Path], period: str | None) -> Preview:
    """Figure and judge a workspace with some overlays and without them; nothing is written."""
    # By the folder and not by how its path is written: what is in force may be named another way.
    given = [path.resolve() for path in overlays]
    own = [opened.root / name for name in opened.settings.overlays]
    others = [path for path in own if path.resolve() not in given]
    taken = len(others) < len(own)
    without = _loaded(opened, others)
    # What the workspace takes already stays in its order; what it does not comes last.
    new = [path for path in overlays if path.resolve() not in {one.resolve() for one in own}]
    with_them = _loaded(opened, [*own, *new])
    if with_them.issues or without.issues:
        return Preview(taken, with_them.shelf, issues=with_them.issues or without.issues)
    old, later = (replace(opened, shelf=one.shelf) for one in (without, with_them))
    rivers = Rivers(old, later, period)
    figures = changed_figures(*(river.figures for river in rivers.of(None)))
    return Preview(
        taken,
        with_them.shelf,
        values=list(_values(without, with_them)),
        fields=_fields(without, with_them),
        added=_added(without, with_them),
        standards=list(_judged(rivers)),
        figures=[one for one in figures if one.before is not None],
        new_figures=sum(one.before is None for one in figures),
    )


def _loaded(opened: Workspace, overlays: Sequence[Path]) -> Loaded:
    mappings = opened.root / MAPPINGS
    more = [mappings] if mappings.is_dir() else []
    return load(*overlays, *more, chosen=opened.settings.choose)


class Rivers:
    """The rivers of both states, period by period."""

    def __init__(self, old: Workspace, later: Workspace, period: str | None) -> None:
        self.old, self.later, self._period = old, later, period
        self._known: dict[str, tuple[River, River]] = {}

    def of(self, standard: str | None) -> tuple[River, River]:
        """Give both rivers of the period a standard needs; of the workspace's own for None."""
        shelf = self.later.shelf if standard in self.later.shelf.standards else self.old.shelf
        needed = shelf.standards[standard].period if standard is not None else None
        period = self.later.period(self._period, needed)
        if period.code not in self._known:
            pair = River(self.old, period), River(self.later, period)
            self._known[period.code] = pair
        return self._known[period.code]


def _judged(rivers: Rivers) -> Iterator[Judged]:
    old, later = rivers.old.shelf.standards, rivers.later.shelf.standards
    for name in dict.fromkeys((*old, *later)):
        before, after = (
            river.assess(name, river.period.reference_day) if name in shelf else None
            for river, shelf in zip(rivers.of(name), (old, later), strict=True)
        )
        card = later.get(name) or old[name]
        if before is None or after is None:
            yield Judged(card.term, before, after, ())
            continue
        changes = changed_verdicts(before, after)
        if changes or before.verdict is not after.verdict:
            yield Judged(card.term, before, after, changes)


def _changes(without: Loaded, with_them: Loaded) -> Iterator[Change]:
    known = without.by_kind["change"]
    return (card for name, card in with_them.by_kind["change"].items() if name not in known)


def _values(without: Loaded, with_them: Loaded) -> Iterator[Moved]:
    """Set each new value beside those it may take the place of."""
    laid: dict[tuple[str, str], Sequence[DatedValue]] = {}
    for change in _changes(without, with_them):
        if change.fields:
            continue
        of, known, laxer = _laid_over(change, without.shelf, with_them.shelf)
        key = (change.standard or change.indicator, change.criterion or change.line)
        over = laid.get(key, known)
        for value in change.values:
            before = tuple(replaced(value, over))
            lax = any(is_laxer(value.value, old.value, laxer) for old in before)
            yield Moved(change, of, value, before, lax)
        # A second change of the same criterion is laid over this one, not over the national value.
        laid[key] = [*change.values, *over]


def _laid_over(
    change: Change, without: Shelf, with_them: Shelf
) -> tuple[Sentence, Sequence[DatedValue], Laxer]:
    """Name what a change is laid over, with its values so far and which way they get laxer."""
    if change.standard:
        standard = with_them.standards[change.standard]
        criteria = {one.criterion: one for one in (*standard.criteria, *standard.spread)}
        criterion = criteria[change.criterion]
        own = without.standards.get(change.standard)
        known = [
            value
            for one in ((*own.criteria, *own.spread) if own else ())
            if one.criterion == change.criterion
            for value in one.values
        ]
        of = say("{standard}：{term}", standard=standard.term, term=criterion.term)
        return of, known, laxer_of_rule(criterion.rule)
    indicator = with_them.indicators[change.indicator]
    before = without.indicators.get(change.indicator)
    known = list(before.lines.get(change.line, [])) if before else []
    of = say("{term}的线“{line}”", term=indicator.term, line=change.line)
    return of, known, laxer_of_line(indicator, change.line, with_them.standards.values())


def _fields(without: Loaded, with_them: Loaded) -> list[tuple[Change, str]]:
    changes = _changes(without, with_them)
    return [(each, with_them.shelf.forms[each.form].term) for each in changes if each.fields]


def _added(without: Loaded, with_them: Loaded) -> list[tuple[str, str, str]]:
    return [
        (kind, name, str(getattr(card, "term", "") or getattr(card, "title", "")))
        for kind in KINDS
        if kind not in _NOT_ADDED
        for name, card in with_them.by_kind[kind].items()
        if name not in without.by_kind[kind]
    ]
