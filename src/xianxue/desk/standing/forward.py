"""What would move if a return were accepted: every figure, verdict, rank and printed sentence.

Asked before anything is handed in. Only what rests on the changed sheets is figured again, and it
comes to the same as figuring everything (``tests/desk/standing/test_forward.py`` holds it so).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from xianxue.bureau.assessment.again import Before
from xianxue.bureau.assessment.differences import VerdictChange, changed_verdicts
from xianxue.bureau.cycle import Year
from xianxue.bureau.indicators.again import Again, figures_again, resting_on
from xianxue.bureau.indicators.differences import FigureChange, changed_figures
from xianxue.bureau.indicators.facts import place_facts
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.facts import PlaceFacts
from xianxue.bureau.records.figure import Figure, key_of
from xianxue.bureau.records.finding import Assessment, Verdict
from xianxue.bureau.records.returned import Return
from xianxue.bureau.records.target import Attainment, Series
from xianxue.bureau.returns.basis.differences import CellChange, changed_cells
from xianxue.bureau.targets.attainment import attainment
from xianxue.bureau.targets.table import TABLE
from xianxue.bureau.values.record import Record
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.ranking import RankChange, changed_ranks
from xianxue.desk.standing.sentences import SentenceChange, changed_sentences
from xianxue.desk.standing.supposed import SupposedRiver, same_sheet, supposing
from xianxue.desk.targets.standing import rules_of


class StandardChange(Record):
    """A standard of which any verdict would turn."""

    standard: str
    term: str
    before: Verdict
    after: Verdict
    """On the standard as a whole; it may be the same."""
    findings: tuple[VerdictChange, ...]


class Forward(Record):
    """Everything that would move."""

    form: str
    period: str
    place: str
    cells: tuple[CellChange, ...]
    """What is reported otherwise than in the return that is accepted now."""
    figures: tuple[FigureChange, ...]
    """Those whose value, parts or coverage would be others, in the order of the indicators."""
    standards: tuple[StandardChange, ...]
    ranks: tuple[RankChange, ...]
    """Ranks by any indicator that schools are compared by."""
    sentences: tuple[SentenceChange, ...]
    """Sentences and table rows of the documents that can be written."""

    @property
    def nothing(self) -> bool:
        """Whether nothing at all would move."""
        return not (self.figures or self.standards or self.ranks or self.sentences)


class Supposed(Record):
    """A county as it would be: what was made again, over what stands."""

    river: SupposedRiver
    again: dict[str, list[Figure]]
    """The figures that were made again, by indicator: complete for each."""
    year: Year


def forward(counted: Counted, filed: Return) -> Forward:
    """Say what would move if a return were accepted.

    ``counted`` are provisional figures of the return's own period. TooLargeError for an amount
    that cannot be counted; a return is checked before this is asked.
    """
    supposed = suppose(counted, filed)
    old = [one for name in supposed.again for one in counted.by_indicator.get(name, ())]
    new = [one for figures in supposed.again.values() for one in figures]
    figures = changed_figures({one.key: one for one in old}, {one.key: one for one in new})
    stands = counted.base.returns.get((filed.form, filed.place))
    before = {standard: counted.assessment(standard) for standard in counted.shelf.standards}
    after = {standard: _judged(counted, supposed, one) for standard, one in before.items()}
    return Forward(
        form=filed.form,
        period=filed.period,
        place=filed.place,
        cells=tuple(changed_cells([stands] if stands else [], [filed])),
        figures=tuple(figures),
        standards=tuple(_turned(before, after)),
        ranks=tuple(changed_ranks(counted, figures, supposed.again)),
        sentences=tuple(_said(counted, supposed, after)),
    )


def suppose(counted: Counted, *returns: Return) -> Supposed:
    """Figure a county as it would be with some returns accepted."""
    river = supposing(counted.river, counted.base, *returns)
    tables, places = _touched(counted, river, returns)
    joined = river.joined
    again = figures_again(
        Again(
            joined.shelf,
            joined.register,
            joined.period,
            joined.tables,
            counted.river.joined.expected,
            counted.elsewhere,
        ),
        counted.by_indicator,
        tables,
        places,
    )
    known = _with(counted, again)
    year = Year(joined.shelf, joined.register, joined.period, known, _facts(counted, river, places))
    return Supposed(river, again, year)


def _with(counted: Counted, again: Mapping[str, Sequence[Figure]]) -> dict[str, Figure]:
    """Put figures that were made again among those that stand, in the order of the cards."""
    new = {one.key: one for figures in again.values() for one in figures}
    old = sum(len(counted.by_indicator.get(name, ())) for name in again)
    if old == len(new) and new.keys() <= counted.figures.keys():
        return {**counted.figures, **new}
    # Some have come or gone: then each indicator's are put in their place as a whole.
    names = dict.fromkeys((*counted.by_indicator, *again))
    every = (again.get(name) or counted.by_indicator.get(name, ()) for name in names)
    return {one.key: one for figures in every for one in figures}


def _touched(
    counted: Counted, river: SupposedRiver, returns: Sequence[Return]
) -> tuple[set[str], set[str]]:
    """Give the tables whose rows are others, and the places whose figures they can move."""
    stands, register = counted.base.returns, river.register
    day = river.period.reference_day
    tables: set[str] = set()
    places: set[str] = set()
    for one in returns:
        old = stands.get((one.form, one.place))
        sheets = {sheet.sheet for sheet in river.counted_by.shelf.forms[one.form].sheets}
        mine = {name for name in sheets if not same_sheet(old, one, name)}
        if mine and one.place in register:
            tables |= mine
            places |= _with_areas(register, one.place, day)
    for form, sheet in river.affected(tables):
        # Rows of others may say something else now, whoever hangs on what was answered.
        tables.add(sheet.sheet)
        for place in river.holdings.expected(form):
            places |= _with_areas(register, place.code, day)
    resting = set(resting_on(river.counted_by.shelf, river.period, tables))
    held = [one for one in river.counted_targets if one.indicator in resting]
    if held and TABLE in river.counted_by.shelf.declared:
        # Targets stand in a table of their own, beside the figures that they are held against.
        tables.add(TABLE)
        places |= {code for one in held for code in _with_areas(register, one.place, day)}
    return tables, places


def _with_areas(register: Register, code: str, day: date) -> set[str]:
    """Give a place with the areas it lies in."""
    place = register[code]
    above = register.township_of(place, day) if place.level == "school" else ""
    return {code, register.county.code, *([above] if above else [])}


def _facts(counted: Counted, river: SupposedRiver, places: set[str]) -> tuple[PlaceFacts, ...]:
    joined = counted.river.joined
    made = place_facts(
        joined.shelf,
        joined.register,
        joined.period,
        river.joined.tables,
        joined.expected,
        places,
    )
    by_place = {one.place: one for one in made}
    return tuple(by_place.get(one.place, one) for one in joined.facts)


def _judged(counted: Counted, supposed: Supposed, before: Assessment) -> Assessment:
    """Judge a standard as things would be, again only where something is another."""
    day = counted.period.reference_day
    known = Before(before, counted.river.year.facts)
    return supposed.year.assess(before.standard, day, known)


def _turned(
    before: Mapping[str, Assessment], after: Mapping[str, Assessment]
) -> list[StandardChange]:
    found: list[StandardChange] = []
    for standard, old in before.items():
        new = after[standard]
        changes = changed_verdicts(old, new)
        if changes or old.verdict is not new.verdict:
            found.append(
                StandardChange(standard, old.term, old.verdict, new.verdict, tuple(changes))
            )
    return found


def _said(
    counted: Counted, supposed: Supposed, judged: Mapping[str, Assessment]
) -> list[SentenceChange]:
    found: list[SentenceChange] = []
    attained = attained_in(counted, supposed)
    day = counted.river.last_day
    for name, card in counted.shelf.outlines.items():
        new = supposed.year.write(name, day, attained, judged=judged.__getitem__)
        found += changed_sentences(name, card.term, counted.document(name), new)
    return found


def attained_in(counted: Counted, supposed: Supposed) -> Sequence[Attainment]:
    """Hold the targets against what would be; those whose figures stay are as they are."""
    if all(one.target.indicator not in supposed.again for one in counted.attained):
        return counted.attained
    rules = rules_of(counted.river.workspace)
    return [
        attainment(one.target, Series(_figure_of(supposed, one)), rules, counted.river.last_day)
        for one in counted.attained
    ]


def _figure_of(supposed: Supposed, one: Attainment) -> Figure | None:
    target, period = one.target, supposed.year.period.code
    key = key_of(target.indicator, target.place, target.stage, period, target.slice)
    return supposed.year.figures.get(key)


__all__ = ["Forward", "StandardChange", "Supposed", "attained_in", "forward", "suppose"]
