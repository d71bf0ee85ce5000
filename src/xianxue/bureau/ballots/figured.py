"""What a closed ballot gives to figures: the county's row, and the counters each number ends in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from xianxue.bureau.ballots.counting import Cells
from xianxue.bureau.ballots.hiding import FAVOURABLE, OTHERS, Key, Scope, hidden
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.results import sheet_of, votes_of
from xianxue.bureau.kinds.ballots.tables import Counted, counted_of
from xianxue.bureau.records.trace import TallyRef
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.units import UNITS


class County(Record, kw_only=True):
    """The county's row of a ballot's table."""

    values: Mapping[str, int | Missing]
    """Field to number, in whole steps of its unit; withheld where it is shown to nobody."""
    answers: Mapping[str, Mapping[str, int]]
    """Field to the answers it is made of, with how often each was given."""


def county_of(opened: Opened, cells: Cells) -> County:
    """Give the county's row of a closed ballot."""
    unseen = hidden(opened, cells).keys
    values: dict[str, int | Missing] = {"valid": sheet_of(cells).valid}
    answers: dict[str, dict[str, int]] = {}
    for one in counted_of(opened.card):
        column = Column(one.question.question, row=one.row)
        if column not in opened.columns:
            continue
        votes = votes_of(opened, cells, column)
        levels = {level: votes[level] for level in one.question.levels}
        good = {each.option for each in one.question.options if each.favourable}
        lost = {name for name in (FAVOURABLE, OTHERS) if Key(column, name, Scope()) in unseen}
        told = {f"{one.name}_judged": levels}
        told[f"{one.name}_favourable"] = {
            level: many for level, many in levels.items() if level in good
        }
        for field, some in told.items():
            values[field] = Missing.WITHHELD if lost else sum(some.values())
        points = _points(one, levels)
        if points is not None:
            single = any(Key(column, level, Scope()) in unseen for level in levels)
            values[f"{one.name}_points"] = Missing.WITHHELD if lost or single else points
            told[f"{one.name}_points"] = levels
        answers |= {field: some for field, some in told.items() if not lost}
    return County(values=values, answers=answers)


def tallies_of(opened: Opened, county: County, place: str, field: str) -> Iterator[TallyRef]:
    """Go through the counters a number ends in; none where it is shown to nobody."""
    if isinstance(county.values.get(field), Missing):
        return
    one = next((one for one in counted_of(opened.card) if field.startswith(f"{one.name}_")), None)
    for level, many in county.answers.get(field, {}).items():
        option = one.question.option(level) if one is not None else None
        if one is not None and option is not None:
            yield TallyRef(
                place=place,
                ballot=opened.card.term,
                question=one.term,
                term=option.term,
                value=str(many),
            )


def _points(one: Counted, levels: Mapping[str, int]) -> int | None:
    """Add up points in whole steps of their unit; None where the card gives none."""
    total = Decimal(0)
    for level, many in levels.items():
        option = one.question.option(level)
        if option is None or option.points is None:
            return None
        total += many * option.points
    return int(total.scaleb(UNITS["point"].decimals))
