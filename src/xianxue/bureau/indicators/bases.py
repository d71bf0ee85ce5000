"""What all figures stand on: one line a school-stage, and one line a place, with every column.

Sheets are added up one by one and joined by whose they are; a place or stage that one sheet has
and another lacks keeps its line. What is known of a place is then put beside its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce

from xianxue.bureau.indicators.columns import PLACES, hidden_mark, void_mark
from xianxue.bureau.indicators.dividing import (
    sharers_name,
    sharing,
    undivided_name,
    weight,
    weight_name,
)
from xianxue.bureau.indicators.engine import Lines, joined
from xianxue.bureau.indicators.formulas import beside_name
from xianxue.bureau.indicators.keys import AREA, KEY, PLACE, apart, key, place_number
from xianxue.bureau.indicators.measures import Terms
from xianxue.bureau.indicators.members import counts, few
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.indicators.sums import Wanted, added_up, given_mark, whole_sums

Tables = Mapping[str, Lines]


def school_stages(plan: Plan, tables: Tables) -> Lines | None:
    """Give one line a school-stage, with the columns of all sheets that tell stages apart.

    What stages share stands in each stage's line, with what is needed to divide it; and so does
    which populations the school-stage belongs to. None where no formula needs it.
    """
    words = plan.words
    sheets = _sheets(plan, tables, plan.wanted(plan.formulas.values(), staged=True), KEY)
    if not sheets:
        return None
    for name in _pupils_sheets(plan):
        # Run here, because it is used twice: in the join, and for what is said of each place.
        sheets[name] = plan.engine.kept(sheets[name])
    dividing = [formula for formula in plan.staged if formula.weights is not None]
    beside = [
        _places(plan, tables),
        *_sheets(plan, tables, plan.wanted(dividing, staged=False), PLACE).values(),
        *_said_of_places(plan, sheets, tables),
    ]
    known = reduce(lambda one, other: one.join(other, on=[PLACE], how="left"), beside)
    # Joined so that no line is lost: a school that gave one sheet and not the other keeps what it
    # gave.
    lines = joined(words, list(sheets.values()), [KEY]).with_columns(*apart(words)).drop(KEY)
    lines = lines.join(known, on=[PLACE], how="left")
    columns = lines.collect_schema().names()
    marks = [
        mark for counted in plan.populations.values() for mark in counts(words, counted, columns)
    ]
    marks += [weight(words, one).alias(weight_name(one)) for one in plan.divisions.values()]
    # Attributes have decided what they decide of a school-stage; places are asked again.
    zeros = _numbers(plan, columns)
    dropped = {*zeros, *plan.attributes}
    kept = [name for name in columns if name not in dropped]
    return lines.select(*kept, words.col(*zeros).fill_null(0), *marks)


def places(plan: Plan, tables: Tables, stages: Lines | None) -> Lines | None:
    """Give one line a place, its stages added up, for the formulas that look at it as one."""
    words = plan.words
    shared = plan.wanted(plan.whole, staged=False)
    for reference in plan.looked_at:
        shared.setdefault(reference.partition(".")[0], [])
    found = list(_sheets(plan, tables, shared, PLACE, plan.looked_at).values())
    staged = plan.wanted(plan.whole, staged=True)
    if stages is not None and staged:
        names = [plan.names[terms] for each in staged.values() for terms in each]
        there = set(stages.collect_schema().names())
        marks = (str, hidden_mark, void_mark, given_mark)
        sums = [mark(name) for name in names for mark in marks if mark(name) in there]
        # Stage by stage it has been added up already; a second pass over the rows would read them
        # twice.
        found.append(stages.group_by(PLACE).agg(whole_sums(words, sums)))
    if not found:
        return None
    # Attributes come from the left join last: a place that is in no register stays, without a
    # county, and is refused in ``bounds.py``.
    lines = joined(words, found, [PLACE]).join(_places(plan, tables), on=[PLACE], how="left")
    zeros = _numbers(plan, lines.collect_schema().names())
    return lines.with_columns(words.col(*zeros).fill_null(0))


def _numbers(plan: Plan, columns: Iterable[str]) -> list[str]:
    """Give the columns in which nothing there means 0: amounts, and how often they are marked.

    A place or stage that one sheet has and another lacks has nothing of the other. Said once for
    all columns here, not wherever one of them is read.
    """
    counted = set(plan.names.values())
    shared = {
        mark
        for (_, pupils), weights in plan.divisions.items()
        for mark in (
            hidden_mark(sharers_name(weights, pupils, plan)),
            void_mark(sharers_name(weights, pupils, plan)),
            undivided_name(weights, pupils, plan),
        )
    }
    return [name for name in columns if name.rstrip("?!+") in counted or name in shared]


def _places(plan: Plan, tables: Tables) -> Lines:
    """Give what is known of each place: its areas, and the attributes somebody asks for."""
    words = plan.words
    numbers = [place_number(words, plan.periods, column) for column in (PLACE, *AREA)]
    wanted = [*numbers, *plan.attributes]
    schools = tables[PLACES].select(*wanted)
    others = [
        tables[sheet].select(*wanted) for sheet, one in plan.shapes.items() if one.beyond_schools
    ]
    # What is known of a place follows from the register, so that a school that stands in several
    # tables has the same line in each.
    return words.concat([schools, *others]).unique() if others else schools


def _pupils_sheets(plan: Plan) -> list[str]:
    parts = [pupils for _, pupils in plan.divisions]
    parts += [counted.pupils for counted in plan.populations.values()]
    return sorted({sheet for part in parts for sheet in part.by_sheet})


def _said_of_places(plan: Plan, sheets: Mapping[str, Lines], tables: Tables) -> list[Lines]:
    """Add up, over the stages of a place, what decides how each of them is counted.

    Few school-stages are concerned: those of several stages, and those that may be too small.
    """
    words = plan.words
    names = _pupils_sheets(plan)
    if not names:
        return []
    pupils = joined(words, [sheets[name] for name in names], [KEY]).with_columns(*apart(words))
    pupils = pupils.join(_places(plan, tables), on=[PLACE], how="left")
    columns = pupils.collect_schema().names()
    pupils = pupils.with_columns(words.col(*_numbers(plan, columns)).fill_null(0))
    asked = [sharing(weights, part, plan, columns) for (_, part), weights in plan.divisions.items()]
    small = [few(counted, plan, columns) for counted in plan.populations.values()]
    asked += [one for one in small if one is not None]
    if not asked:
        return []
    concerned = reduce(lambda one, other: one | other, (one for one, _ in asked))
    sums = {name: one for _, each in asked for name, one in each.items()}
    rows = pupils.filter(concerned).select(PLACE, *(one.alias(name) for name, one in sums.items()))
    return [rows.group_by(PLACE).agg(whole_sums(words, sums))]


def _sheets(
    plan: Plan,
    tables: Tables,
    wanted: Mapping[str, Iterable[Terms]],
    by: str,
    looked_at: Iterable[str] = (),
) -> dict[str, Lines]:
    """Add up each sheet of which something is wanted, by school-stage or by place."""
    words = plan.words
    found: dict[str, Lines] = {}
    for sheet, mine in wanted.items():
        fields = [name for name in looked_at if name.partition(".")[0] == sheet]
        known = plan.shapes[sheet]
        asked = Wanted(
            by,
            plan.there[sheet],
            known.single,
            {plan.names[terms]: terms for terms in mine},
            {name.partition(".")[2]: beside_name(name) for name in fields},
            plan.given,
        )
        whose = place_number(words, plan.periods)
        if by == KEY:
            whose = key(words, plan.periods, known.stages)
        found[sheet] = added_up(words, tables[sheet], asked, whose)
    return found
