"""What all figures stand on: one line a school-stage, and one line a place, with every measure.

Sheets are added up one by one and joined by whose they are. A place or stage that one sheet has
and another lacks keeps its line: nothing is lost in a join.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import narwhals.stable.v2 as nw

from xianxue.bureau.indicators.columns import hidden_mark, void_mark
from xianxue.bureau.indicators.dividing import sharing, weight, weight_name
from xianxue.bureau.indicators.engine import PLACE, STAGE, Lines, joined
from xianxue.bureau.indicators.measures import Measure, Part
from xianxue.bureau.indicators.members import counts, few
from xianxue.bureau.indicators.plan import Plan
from xianxue.bureau.indicators.sums import Wanted, added_up, given_mark

Tables = Mapping[str, Lines]


def school_stages(plan: Plan, tables: Tables) -> Lines | None:
    """Give one line a school-stage, with the measures of all sheets that tell stages apart.

    What stages share stands in each stage's line, with what is needed to divide it; and so does
    which populations the school-stage belongs to. None where no formula needs it.
    """
    keys = [*STAGE, *plan.carried]
    sheets = _sheets(plan, tables, plan.staged_measures(plan.formulas.values()), keys)
    if not sheets:
        return None
    lines = joined(list(sheets.values()), STAGE, plan.carried)

    def pupils_of(part: Part) -> Lines:
        """Take the one sheet that has them, if it is one: it is smaller than all together."""
        return sheets[min(part.sheets)] if len(part.sheets) == 1 else lines

    dividing = [formula for formula in plan.staged if formula.weights is not None]
    beside = list(_sheets(plan, tables, plan.shared_measures(dividing), PLACE).values())
    for (_, pupils), weights in plan.divisions.items():
        beside += sharing(pupils_of(pupils), weights, pupils, plan)
    for counted in plan.populations.values():
        beside += few(pupils_of(counted.pupils), counted, plan)
    if beside:
        lines = lines.join(joined(beside, PLACE, []), on=list(PLACE), how="left")
    marks = [mark for counted in plan.populations.values() for mark in counts(counted)]
    marks += [weight(one).alias(weight_name(one)) for one in plan.divisions.values()]
    return lines.with_columns(*marks) if marks else lines


def places(plan: Plan, tables: Tables, stages: Lines | None) -> Lines | None:
    """Give one line a place, its stages added up, for the formulas that look at it as one."""
    keys = [*PLACE, *plan.carried]
    shared = plan.shared_measures(plan.whole)
    found = list(_sheets(plan, tables, shared, keys, plan.looked_at).values())
    staged = plan.staged_measures(plan.whole)
    if stages is not None and staged:
        columns = set(stages.collect_schema().names())
        marks = (str, hidden_mark, void_mark, given_mark)
        names = [mark(name) for name, _ in staged for mark in marks if mark(name) in columns]
        sums = [nw.col(name).sum() for name in names]
        found.insert(0, stages.group_by(*keys).agg(*sums))
    return joined(found, PLACE, plan.carried) if found else None


def void_marks(columns: Iterable[str], measures: Iterable[tuple[str, Measure]]) -> list[str]:
    """Give the marks of what does not apply, and of what is given beside it, that are there."""
    there = set(columns)
    names = (mark(name) for name, _ in measures for mark in (void_mark, given_mark))
    return [name for name in names if name in there]


def _sheets(
    plan: Plan,
    tables: Tables,
    measures: Iterable[tuple[str, Measure]],
    keys: Sequence[str],
    looked_at: Iterable[str] = (),
) -> dict[str, Lines]:
    """Add up each sheet that some measure is of."""
    given = frozenset(_given(plan, tables))
    by_sheet: dict[str, Wanted] = {}
    for name, measure in measures:
        by_sheet.setdefault(measure.sheet, Wanted(given=given)).measures.append((name, measure))
    for reference in looked_at:
        sheet, _, field = reference.partition(".")
        by_sheet.setdefault(sheet, Wanted(given=given)).looked_at[field] = reference
    return {
        sheet: added_up(tables[sheet], plan.shapes[sheet], wanted, keys)
        for sheet, wanted in by_sheet.items()
    }


def _given(plan: Plan, tables: Tables) -> set[str]:
    """Give the measures of all parts of which something may not apply."""
    columns = {sheet: tables[sheet].collect_schema().names() for sheet in plan.shapes}
    return {
        plan.names[measure]
        for formula in plan.formulas.values()
        for part in formula.parts.values()
        if any(one.field and void_mark(one.field) in columns[one.sheet] for one, _ in part.terms)
        for measure, _ in part.terms
    }
