"""A county as it would be: supposed changes sent down the same river as what was counted.

Returns are supposed over those that stand, schools over the register, lines over the standards;
figures and verdicts then come from the same cards by the same rooms. Nothing is written anywhere,
and every figure that comes out is of standing «supposed».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xianxue.bureau.assessment.differences import VerdictChange, changed_verdicts
from xianxue.bureau.cycle import Year
from xianxue.bureau.indicators.differences import FigureChange, changed_figures
from xianxue.bureau.places.register import Register
from xianxue.bureau.plan.suppose.changes import Band, Change, Close, Line, Merge, Pupils
from xianxue.bureau.plan.suppose.effects import Effects, Foreseen, Ground
from xianxue.bureau.plan.suppose.spots import by_return
from xianxue.bureau.records.figure import Figure, Standing
from xianxue.bureau.records.finding import Assessment
from xianxue.bureau.records.returned import Return
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.indicators.counted_by import CountedBy
from xianxue.desk.plan.pupils import Foresight
from xianxue.desk.plan.supposed_rules import counted_on, supposed_lines, supposed_places
from xianxue.desk.plan.told import whole
from xianxue.desk.standing.counted import Counted
from xianxue.desk.standing.suppose import suppose
from xianxue.desk.standing.supposed import edited
from xianxue.desk.standing.supposed_whole import whole_river
from xianxue.desk.workspace import ComplaintsError


class StandardOutcome(Record):
    """A standard as it is judged, and as it would be."""

    standard: str
    term: Sentence | str
    before: Assessment
    after: Assessment
    turned: tuple[VerdictChange, ...]
    """The findings whose verdict or shortfall would be another."""


class Outcome(Record):
    """What supposed changes would come to."""

    figures: tuple[FigureChange, ...]
    """Those that would be others; each one after is of standing «supposed»."""
    standards: tuple[StandardOutcome, ...]
    """All of the kind of period that is spoken of, whether anything turns or not."""
    year: Year
    """The supposed year: every figure in it is of standing «supposed»."""
    notes: tuple[Sentence, ...]
    """What has to be known beside the numbers."""


def outcome(
    counted: Counted, changes: Sequence[Change], called: Sequence[Sentence] = ()
) -> Outcome:
    """Say what changes would come to over what is accepted now.

    ComplaintsError with everything that does not fit: a field that a school does not report, more
    taken away than is there, schools that cannot be merged. ``called``: what complaints call each
    change, where somebody typed them; else they are numbered.
    """
    day = counted.period.reference_day
    effects = Effects(_ground(counted))
    effects.carry_out(changes, called)
    register, faults = supposed_places(counted.register, changes, day, called)
    shelf, lost = supposed_lines(counted.shelf, changes, day, called)
    if issues := [*effects.issues, *faults, *lost]:
        raise ComplaintsError(issues)
    stands = counted.base.returns
    returns = [edited(stands[key], cells) for key, cells in by_return(effects.cells)]
    made = _year(counted, register, changes, returns)
    figures = {key: _supposed(one) for key, one in made.figures.items()}
    year = replace(made, figures=figures, shelf=shelf)
    moved = changed_figures(counted.figures, figures)
    return Outcome(tuple(moved), tuple(_standards(counted, year)), year, tuple(_notes(changes)))


def _supposed(one: Figure) -> Figure:
    return replace(one, standing=Standing.SUPPOSED)


def _ground(counted: Counted) -> Ground:
    workspace = counted.river.workspace
    card = next(iter(workspace.shelf.forecasts.values()), None)

    def foreseen(band: Band) -> Foreseen:
        return next_pupils(Foresight(workspace, counted.period, 1), band)

    return Ground(
        shelf=counted.shelf,
        stands=counted.base.returns,
        names={place.code: place.name for place in counted.register},
        steps=card.steps if card is not None else (),
        foreseen=foreseen,
    )


def next_pupils(foresight: Foresight, band: Band) -> Foreseen:
    """Give the pupils of each school and grade a year on, whole.

    Low and high are foreseen for stages: each grade is changed as its stage is.
    """
    levels = foresight.known.by_code
    found: dict[tuple[str, str], int] = {}
    for one in foresight.foreseen:
        if levels[one.area].level != "school" or one.year != foresight.known.last + 1:
            continue
        at = {"low": one.low, "middle": one.middle, "high": one.high}[band]
        share = at / one.middle if at is not None and one.middle else 1.0
        for grade, many in one.grades.items():
            pupils = whole(None if many is None else many * share)
            if pupils is not None:
                found[one.area, grade] = pupils
    return found


def _year(
    counted: Counted,
    register: Register | None,
    changes: Sequence[Change],
    returns: Sequence[Return],
) -> Year:
    if register is not None:
        rules = CountedBy(replace(counted.river.counted_by, register=register))
        closed = {one.school for one in changes if isinstance(one, Close)}
        instead = {(one.form, one.place): one for one in returns}
        every = {**counted.base.returns, **instead}.values()
        given = tuple(one for one in every if one.place not in closed)
        day = counted_on(changes, counted.period.reference_day)
        return whole_river(counted.river, rules, day, given).year
    if returns:
        return suppose(counted, *returns).year
    return replace(counted.river.year, figures=counted.figures)


def _standards(counted: Counted, year: Year) -> Iterator[StandardOutcome]:
    period = counted.period
    for name, card in counted.shelf.standards.items():
        if card.period.kind != period.kind:
            continue
        before = counted.assessment(name)
        after = year.assess(name, period.reference_day)
        turned = tuple(changed_verdicts(before, after))
        yield StandardOutcome(name, card.term, before, after, turned)


def _notes(changes: Sequence[Change]) -> Iterator[Sentence]:
    """Say what a supposition leaves as it is, where a reader might think otherwise."""
    if any(isinstance(one, Pupils) for one in changes):
        yield say(
            "学生数变了，其中数（女生、寄宿生等）按同一比例变；班级、教师和校舍仍是报表里的数。"
        )
    if any(isinstance(one, Merge) for one in changes):
        yield say("合并的学校按各校报表相加；布点、路程和撤并程序不在这里判断。")
    if any(isinstance(one, Close) for one in changes):
        yield say("撤销的学校只把学生计到接收学校，教师、校舍和设备不再计入。")
    if any(isinstance(one, Line) for one in changes):
        yield say("设想的标准不是现行规定，只用于比较。")
