"""Cards made into one plan over the tables of the cabinet, and run.

Every sheet is read and added up once, for all cards together; what two cards share is one column;
what is joined and divided is so once. See ``docs/performance.md`` for what that costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from xianxue.bureau.indicators.areas import area_levels
from xianxue.bureau.indicators.bases import places, school_stages
from xianxue.bureau.indicators.bounds import check_lines
from xianxue.bureau.indicators.columns import PLACES
from xianxue.bureau.indicators.engine import NARWHALS, Engine, Lines, Tables, Words
from xianxue.bureau.indicators.formulas import Area, Formula, formulas
from xianxue.bureau.indicators.keys import MOST_PERIODS
from xianxue.bureau.indicators.levels import KEYS, own_level, value
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.values.record import Record, replace

_TOGETHER: Final = 50_000
"""Places: with more in several periods, these are counted one by one. Below it the making of the
plan weighs more than the counting, above it what is held and searched at a time
(``docs/performance.md`` measures 5,000, 50,000 and 500,000 places)."""

_FEW: Final = 5_000
"""Lines: so few are kept more quickly without a stream, where the engine tells the two apart. A
county of some hundred schools has fewer; of four schools all figures took 1.8 seconds for 2.2."""

Level = tuple[Area, bool]
"""What kind of place, and whether its stages are figured one by one."""


class Frames(Record):
    """The parts of all figures; the columns are described in ``levels.py``."""

    formulas: dict[str, Formula]
    places: dict[bool, Lines]
    """Each school-stage (True) or place (False) by itself, for every formula."""
    areas: dict[Level, Lines]
    """Townships and counties, for the formulas that are figured there."""
    engine: Engine = NARWHALS

    def of(self, formula: Formula, area: Area) -> Lines | None:
        """Give the frame a formula's parts stand in; None where it is not figured there.

        Lines are told apart by period, county, township, place and, where stages are figured
        one by one, stage.
        """
        by_stage = bool(formula.stages)
        if area not in formula.areas:
            return None
        if area != "school":
            return self.areas.get((area, by_stage))
        lines = self.places.get(by_stage)
        if lines is None or by_stage:
            return lines
        col = self.engine.words.col
        # The county's own return is a line of a place too, and so are a township's targets.
        return lines.filter((col("place") != col("county")) & (col("place") != col("township")))

    def values(self, area: Area, *, by_stage: bool = True) -> Lines | None:
        """Give the values of all formulas of one level as Float64, in their units, by id.

        Null where a number is hidden, where there is nothing to divide by, or where a population
        leaves the school-stage out. For bulk use: verdicts are made of exact figures.
        """
        mine = [
            formula
            for formula in self.formulas.values()
            if bool(formula.stages) == by_stage and area in formula.areas
        ]
        lines = self.of(mine[0], area) if mine else None
        if lines is None:
            return None
        columns = frozenset(lines.collect_schema().names())
        keys = ["period", *(key for key in KEYS if key in columns)]
        words = self.engine.words
        values = (value(words, formula, columns).alias(formula.id) for formula in mine)
        return lines.select(*keys, *values)


def figure_frames(
    shelf: Shelf, tables: Tables, on: date, indicators: Iterable[str] | None = None
) -> Frames:
    """Figure indicators, or all there are, for every school-stage, school, township and county.

    ``on`` is the day whose rules are applied. Raises CannotFigureError for a card
    that cannot be figured, KeyError for an unknown indicator or a table that is not there,
    ValueError for a school that is not among the places, and TooLargeError where amounts are so
    large that sums might not be exact.
    """
    plan = Plan.of(formulas(shelf, on, indicators), shelf, tables.engine)
    lazy = {name: tables[name] for name in (PLACES, *plan.shapes)}
    names = {name: frozenset(lines.collect_schema().names()) for name, lines in lazy.items()}
    plan = replace(plan, there=names)
    told = [PLACES, *(name for name, one in plan.shapes.items() if one.beyond_schools)]
    batches = _batches(plan.words, [lazy[name] for name in told])
    few = replace(plan, engine=plan.engine.for_few)
    return _together(
        plan,
        [
            _count(replace(few if rows <= _FEW else plan, periods=periods), lazy)
            for periods, rows in batches
        ],
    )


def _batches(words: Words, tables: Iterable[Lines]) -> list[tuple[tuple[str, ...], int]]:
    """Give the periods that are counted together, with their lines: several while these are few.

    One after another, what is held at a time is smaller, and so is what has to be searched.
    ``tables`` are those with a line for each place.
    """
    rows = words.concat([lines.select("period") for lines in tables])
    found = rows.group_by("period").agg(words.len().alias("rows")).collect()
    batches: list[tuple[tuple[str, ...], int]] = [((), 0)]
    for period, many in sorted(found.select("period", "rows").rows()):
        periods, held = batches[-1]
        # A period is never divided: a county would be added up in two parts.
        if periods and (held + many > _TOGETHER or len(periods) == MOST_PERIODS):
            batches.append(((), 0))
            periods, held = batches[-1]
        batches[-1] = ((*periods, period), held + many)
    # Without any row there are frames too, with no lines: their columns are what others rely on.
    return batches if batches[0][0] else [(("",), 0)]


def _count(plan: Plan, every: Mapping[str, Lines]) -> Frames:
    wanted = plan.words.col("period").is_in(plan.periods)
    tables = {name: lines.filter(wanted) for name, lines in every.items()}
    stages = school_stages(plan, tables)
    if stages is not None:
        stages = _run(stages, plan)
    whole = places(plan, tables, stages)
    if whole is not None:
        whole = _run(whole, plan)
    own: dict[bool, Lines] = {}
    levels: dict[Level, Lines] = {}
    for lines, mine in ((stages, plan.staged), (whole, plan.whole)):
        if lines is not None and mine:
            by_stage = bool(mine[0].stages)
            own[by_stage] = own_level(lines, [one for one in mine if not one.spread_of], plan)
            for area, frame in area_levels(lines, mine, plan).items():
                levels[area, by_stage] = frame
    return Frames(plan.formulas, own, levels, plan.engine)


def _together(plan: Plan, periods: Sequence[Frames]) -> Frames:
    if len(periods) == 1:
        return periods[0]
    first, words = periods[0], plan.words
    return Frames(
        plan.formulas,
        {key: words.concat([one.places[key] for one in periods]) for key in first.places},
        {key: words.concat([one.areas[key] for one in periods]) for key in first.areas},
        plan.engine,
    )


def _run(lines: Lines, plan: Plan) -> Lines:
    """Work out what has been planned so far, where it is: all that follows is made of it."""
    kept = plan.engine.kept(lines)
    check_lines(kept, plan)
    return kept
