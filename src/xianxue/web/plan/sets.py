"""Kept sets as pages find them, the figures they stand on, and two of them side by side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.kinds.standard import Standard
from xianxue.bureau.places.place import Place
from xianxue.bureau.records.figure import Figure, in_a_sentence
from xianxue.bureau.records.finding import Assessment, Finding, Verdict
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.indicators.lacking import lacking_text
from xianxue.desk.plan.balance_county import stages
from xianxue.desk.plan.compared import Compared, laid
from xianxue.desk.plan.kept_sets import KeptSet, kept_sets
from xianxue.desk.plan.supposed_choices import LineChoice, Thing, lines, things
from xianxue.desk.plan.supposed_told import tally
from xianxue.desk.plan.supposing import Outcome, outcome
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.standing import PROVISIONAL
from xianxue.desk.workspace import Workspace
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.plan.foreseen import COUNTY, VIEW

_TWO: Final = 2


class Basis(Record, dict=True):
    """What is accepted now, over which something is supposed."""

    workspace: Workspace
    period: Period
    counted: Counted
    card: Standard
    """The standard whose things and lines are offered."""

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Place to name."""
        return {place.code: place.name for place in self.counted.register}

    @cached_property
    def judged(self) -> Assessment:
        """The standard's verdicts as they are."""
        return self.counted.assessment(self.card.standard)

    @cached_property
    def schools(self) -> list[Place]:
        """The schools that the standard judges, in the register's order."""
        judged = {one.place for one in self.judged.findings}
        return [
            one for one in self.counted.register if one.code in judged and one.level == "school"
        ]

    @cached_property
    def things(self) -> list[Thing]:
        """What schools may be supposed to have more or less of."""
        return things(self.counted.shelf, self.card, stages(self.judged))

    @cached_property
    def lines(self) -> list[LineChoice]:
        """The lines that may be supposed elsewhere."""
        return lines(self.judged, self.card)


def basis_of(visit: Visit) -> Basis:
    """Give what a visitor supposes over; MissingError without a standard of balance."""
    standing = visit.standing
    period = standing.period()
    counted = standing.counted(period, PROVISIONAL)
    cards = counted.shelf.standards.values()
    card = next((one for one in cards if one.spread and one.period.kind == period.kind), None)
    if card is None:
        raise MissingError(say("规则卡片里没有差异系数的限值。"))
    return Basis(standing.workspace(), period, counted, card)


def sets_of(visit: Visit) -> list[KeptSet]:
    """Give the sets in force for the county's period, by name."""
    standing = visit.standing
    return kept_sets(standing.workspace(), standing.period().code)


def set_at(basis: Basis, name: str) -> KeptSet:
    """Give the set of a name; MissingError where none is in force."""
    known = {one.name: one for one in kept_sets(basis.workspace, basis.period.code)}
    if name not in known:
        raise MissingError(say("没有这个设想，或者已经撤下。"))
    return known[name]


def outcome_of(visit: Visit, basis: Basis, kept: KeptSet) -> Outcome:
    """Give what a kept set would come to, worked out once for what is accepted."""
    return visit.standing.by_figures(
        ("supposed", kept.name, kept.revision),
        basis.period,
        PROVISIONAL,
        lambda counted: outcome(counted, kept.changes),
    )


@page(VIEW, COUNTY)
def beside(request: Asked) -> HttpResponse:
    """Lay two kept sets beside what stands, and beside one another."""
    visit = request.visit
    basis = basis_of(visit)
    known = sets_of(visit)
    said = [request.GET.get(key, "") for key in ("a", "b")]
    chosen = [set_at(basis, name) for name in said if name]
    if len(chosen) == _TWO and chosen[0].name == chosen[1].name:
        chosen = chosen[:1]
    found: Compared | None = None
    if len(chosen) == _TWO:
        # Each is kept worked out, for its own page too.
        worked = [outcome_of(visit, basis, one) for one in chosen]
        found = laid(basis.counted, chosen, worked)
    values = {
        "basis": basis,
        "sets": known,
        "said": said,
        "found": found,
        "named": lambda figure: figure_named(figure, basis),
        "shown": figure_shown,
        "summed": summed,
    }
    return show(request, "plan/beside.html", values)


def finding_said(finding: Finding | None, names: Mapping[str, str]) -> Sentence | str:
    """Say a verdict with its number and what is lacking; a dash where there is none."""
    if finding is None:
        return "—"
    lacking = lacking_text(finding, dict(names))
    verdict = say("{shown} {verdict}", shown=finding.shown, verdict=finding.verdict.term)
    return say("{verdict}，{lacking}", verdict=verdict, lacking=lacking) if lacking else verdict


def summed(judged: Assessment) -> dict[str, int]:
    """Count a standard's verdicts."""
    many = tally(judged)
    return {"met": many[Verdict.MET.value], "not_met": many[Verdict.NOT_MET.value]}


def figure_named(figure: Figure, basis: Basis) -> Sentence | str:
    """Name a figure of the county."""
    card = basis.counted.shelf.indicator(figure.indicator)
    term = card.term if card is not None else figure.indicator
    return in_a_sentence(term, figure.stage, figure.slice)


def figure_shown(figure: Figure | None) -> str:
    """Show a figure with its unit; a dash where there is none."""
    if figure is None:
        return "—"
    return figure.shown if figure.value is None else figure.shown + UNITS[figure.unit].term
