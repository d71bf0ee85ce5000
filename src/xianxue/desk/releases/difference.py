"""What two releases differ in: the cells, who changed them and why, and what moved with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xianxue.bureau.assessment.differences import VerdictChange, changed_verdicts
from xianxue.bureau.indicators.differences import FigureChange, changed_figures
from xianxue.bureau.places.register import Register
from xianxue.bureau.returns.basis.differences import CellChange, changed_cells
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.indicators.counted_by import counted_by, told_by
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.attribution import Way
from xianxue.desk.releases.causes import (
    Cause,
    Deeds,
    deeds_of,
    elsewhere,
    figure_key,
    placed,
    returned,
    ruled,
)
from xianxue.desk.stores.releases import Override, Published
from xianxue.desk.workspace import Workspace


class ReleaseDiff(Record):
    """Everything that two releases of one period differ in."""

    period: str
    causes: list[Cause]
    """What changed: returns, places, cards, targets. Others speak of them by number, from 1."""
    cells: list[CellChange]
    deeds: dict[tuple[str, str, int], Deeds]
    """(form, place, revision) to who brought it, for the later revision of each changed cell."""
    figures: list[FigureChange]
    """Those whose value, or why there is none, is another."""
    moved_by: Mapping[str, tuple[int, ...]]
    """A figure's key to the numbers of the causes that moved it."""
    same_value: int
    """Figures whose value is the same though another number was counted, or others were asked."""
    verdicts: dict[str, list[VerdictChange]]
    """Standard to the verdicts that turned; each release is judged by its own cards."""
    turned_by: Mapping[tuple[str, int], tuple[int, ...]]
    """A standard and the place in its list to the numbers of the causes of a verdict."""
    overrides: list[Override]
    """What came into the later release past a rule of the policy and was not in the earlier."""
    same_cards: bool
    """Whether both were counted by the same cards and the same register."""
    unknown: Sentence | None
    """Why causes cannot be told apart, where a release keeps no rules of its own."""
    told: Workspace
    """The workspace with the cards and names by which the later release is told."""
    registers: tuple[Register, Register]


def release_diff(
    workspace: Workspace, period: Period, before: Published, after: Published
) -> ReleaseDiff:
    """Compare two releases of a period, the earlier first."""
    old, new = (River(workspace, period, one) for one in (before, after))
    rules = (counted_by(workspace, period, before), counted_by(workspace, period, after))
    registers = (rules[0].workspace.register, rules[1].workspace.register)
    cells = changed_cells(old.holdings.returns, new.holdings.returns)
    causes = [
        *returned(new.counted_by, period, cells, registers),
        *placed(period, before, after, registers),
        *ruled(workspace, rules, (before, after)),
        *elsewhere(before.manifest, after.manifest),
    ]
    way = Way(workspace, period, before, after, rules, causes)
    every = changed_figures(before.figures, after.figures)
    # «What moved» is what a reader sees move; the others are told as a number.
    figures = [one for one in every if _shown(one.before) != _shown(one.after)]
    steps = way.moved_at() if causes else {}
    moved_by = {
        one.key: way.causes_of(some, steps.get(one.key, ()))
        for one in every
        if (some := one.after or one.before) is not None
    }
    on = period.reference_day
    known = told_by(workspace.shelf, rules[1].workspace.shelf)
    verdicts = {
        name: changed
        for name in known.standards
        if (changed := changed_verdicts(old.assess(name, on), new.assess(name, on)))
    }
    return ReleaseDiff(
        period=period.code,
        causes=causes,
        cells=cells,
        deeds={key: deeds_of(period, *key) for key in {_later(cell) for cell in cells}},
        figures=figures,
        moved_by=moved_by,
        same_value=len(every) - len(figures),
        verdicts=verdicts,
        turned_by=dict(_turned(verdicts, moved_by, causes)),
        overrides=[one for one in after.manifest.overrides if one not in before.manifest.overrides],
        same_cards=before.manifest.catalogue == after.manifest.catalogue
        and before.manifest.register == after.manifest.register,
        unknown=_unknown(before, after, rules[0].why_not or rules[1].why_not),
        told=new.counted_by,
        registers=registers,
    )


def _shown(figure: object) -> object:
    """Give what is said of a figure: what it was counted from may be another with one result."""
    from xianxue.bureau.records.figure import Figure  # noqa: PLC0415 - as above

    return (figure.value, figure.why) if isinstance(figure, Figure) else None


def _later(cell: CellChange) -> tuple[str, str, int]:
    return cell.form, cell.place, max(cell.revisions)


def _unknown(before: Published, after: Published, why: Sentence | None) -> Sentence | None:
    """Say that rules changed and that nobody can tell which, where that is so."""
    old, new = before.manifest, after.manifest
    if why is None or (old.catalogue, old.register) == (new.catalogue, new.register):
        return None
    return say("两号发布之间规则卡片或学校名册也有变化，发布时没有留存，说不出是哪些。")


def _turned(
    verdicts: Mapping[str, Sequence[VerdictChange]],
    moved_by: Mapping[str, tuple[int, ...]],
    causes: Sequence[Cause],
) -> Iterator[tuple[tuple[str, int], tuple[int, ...]]]:
    """Give the causes of each verdict: those of its figure, or the standard's own card.

    A joint verdict turned with the verdicts on its parts, those of the same place and stage.
    """
    for standard, changes in verdicts.items():
        card = tuple(
            number
            for number, cause in enumerate(causes, 1)
            if cause.about == f"standards/{standard}"
        )
        # The standard's card only where the figure did not move: then it was the line that did.
        own = [
            moved_by.get(figure_key(one.after) or figure_key(one.before), ()) or card
            for one in changes
        ]
        for at, one in enumerate(changes):
            found = own[at] if figure_key(one.after or one.before) else ()
            if not found:
                same = [own[n] for n, other in enumerate(changes) if _where(other) == _where(one)]
                found = tuple(sorted({number for numbers in same for number in numbers})) or card
            yield (standard, at), found


def _where(change: VerdictChange) -> tuple[str, object]:
    some = change.after or change.before
    return ("", None) if some is None else (some.place, some.stage)
