"""What a change of a rule would move: verdicts at once, figures by counting the county twice."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.assessment.differences import changed_verdicts
from xianxue.bureau.cycle import Year
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.values.record import replace
from xianxue.desk.actions.cards.change_rule import RuleCard
from xianxue.desk.cards.overlay import laid, with_change
from xianxue.desk.indicators.preview import Judged, Preview, preview
from xianxue.desk.standing.standing import Standing

STANDARD: Final = "standard"


def overlaid(standing: Standing, kind: str, name: str, card: RuleCard) -> Preview:
    """Say what a change of a card would move; nothing is written.

    A value of a standard moves no figure: those that stand are judged again. A line of an
    indicator may move any figure, so all are figured with it and without it.
    """
    workspace = standing.workspace()
    if kind != STANDARD:
        with laid(card) as folder:
            found = preview(workspace, [folder], None)
        return replace(found, issues=_plain(found.issues))
    loaded = with_change(workspace, card)
    if loaded.issues:
        return Preview(taken=False, shelf=loaded.shelf, issues=_plain(loaded.issues))
    before, after = _judged(standing, loaded.shelf, name)
    changes = changed_verdicts(before, after)
    judged = Judged(before.term, before, after, changes)
    turned = bool(changes) or before.verdict is not after.verdict
    return Preview(taken=False, shelf=loaded.shelf, standards=[judged] if turned else [])


def _judged(standing: Standing, shelf: Shelf, name: str) -> tuple[Assessment, Assessment]:
    needed = shelf.standards[name].period
    counted = standing.counted(standing.workspace().period(None, needed))
    day = counted.period.reference_day
    facts = counted.river.year.facts
    year = Year(shelf, counted.register, counted.period, counted.figures, facts)
    return counted.assessment(name), year.assess(name, day)


def _plain(issues: list[Issue]) -> list[Issue]:
    """Leave out the lines of a card that nobody has seen."""
    return [replace(one, file="", cell="") for one in issues]
