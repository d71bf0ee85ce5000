"""Cards made into one plan over the tables of the cabinet, and run.

Every sheet is read and added up once, for all cards together; what two cards share is one column;
what is joined and divided is so once. See ``docs/performance.md`` for what that costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.areas import area_levels
from xianxue.bureau.indicators.bases import places, school_stages
from xianxue.bureau.indicators.bounds import check_bounds
from xianxue.bureau.indicators.engine import Lines
from xianxue.bureau.indicators.formulas import Area, Formula, formulas
from xianxue.bureau.indicators.levels import own_level
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.kinds.shelf import Shelf

Level = tuple[Area, bool]
"""What kind of place, and whether its stages are figured one by one."""


@dataclass(frozen=True)
class Frames:
    """The parts of all figures; the columns are described in ``levels.py``."""

    formulas: dict[str, Formula]
    places: dict[bool, Lines]
    """Each school-stage (True) or place (False) by itself, for every formula."""
    areas: dict[Level, Lines]
    """Townships and counties, for the formulas that are figured there."""

    def of(self, formula: Formula, area: Area) -> Lines | None:
        """Give the frame a formula's parts stand in; None where it is not figured there.

        Lines are told apart by period, county, township, place and, where stages are figured
        one by one, stage.
        """
        by_stage = bool(formula.stages)
        if area not in formula.areas:
            return None
        return self.places.get(by_stage) if area == "school" else self.areas.get((area, by_stage))


def figure_frames(
    shelf: Shelf, tables: Mapping[str, Any], on: date, indicators: Iterable[str] | None = None
) -> Frames:
    """Figure indicators, or all there are, for every school-stage, school, township and county.

    ``tables`` are lazy frames of any engine that narwhals knows, by sheet (and ``places``), with
    the columns of ``columns.py``; they may hold several counties and periods. ``on`` is the day
    whose rules are applied. Raises CannotFigureError for a card that cannot be figured, KeyError
    for an unknown indicator or a table that is not there, and OverflowError where amounts are so
    large that sums might not be exact.
    """
    plan = Plan.of(formulas(shelf, on, indicators), shelf)
    lazy = {name: nw.from_native(table).lazy() for name, table in tables.items()}
    stages = school_stages(plan, lazy)
    if stages is not None:
        stages = _run(stages, plan)
    whole = places(plan, lazy, stages)
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
    return Frames(plan.formulas, own, levels)


def _run(lines: Lines, plan: Plan) -> Lines:
    """Run what has been planned so far: everything after it is made of the result."""
    done = lines.collect()
    check_bounds(done, plan)
    return done.lazy()
