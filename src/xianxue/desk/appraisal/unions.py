"""Alliances, chains and groups judged as one: who belongs to each, and what all come to together.

Each member is scored by itself, by the same card; what was said of the union itself (a mark for
what its schools share) holds for every member. The card's formula puts the members together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from xianxue.bureau.appraisal.groups import Member, Together, together
from xianxue.bureau.appraisal.scoring import shown_by
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.appraisal.source_of_points import PointSource
from xianxue.bureau.kinds.appraisal.together import TogetherRule
from xianxue.bureau.records.appraised import ItemScore, Score
from xianxue.bureau.records.entry import Entry
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.appraisal.county import County
from xianxue.desk.appraisal.judged import Who
from xianxue.desk.appraisal.sources.figures import from_figures
from xianxue.desk.ledgers.entries import every_entry

LEDGER: Final = "school_groups"
_VOID: Final = "void"
_PLACES: Final = 4
"""Decimals of what a member comes to, as it is told."""


def registered(kind: str, on: date, entries: Sequence[Entry] | None = None) -> list[Who]:
    """Give the unions of a kind as the ledger has them on a day, each with its members then."""
    members: dict[str, list[str]] = {}
    for entry in every_entry(LEDGER) if entries is None else entries:
        name = str(entry.fields.get("group", "")).strip()
        if name and entry.fields.get("kind") == kind and _within(entry, on):
            members.setdefault(name, []).append(entry.place)
    return [
        Who(place=name, name=name, places=tuple(dict.fromkeys(places)))
        for name, places in members.items()
    ]


def _within(entry: Entry, on: date) -> bool:
    """Whether a school belongs to it on a day: from the day it joined to the one before it left."""
    if entry.state == _VOID:
        return False
    joined_on, left_on = entry.fields.get("joined_on"), entry.fields.get("left_on")
    day = on.isoformat()
    return str(joined_on or "") <= day and (not left_on or day < str(left_on))


class Unions(Record, kw_only=True):
    """What the unions of one appraisal are put together of."""

    rubric: Rubric
    rule: TogetherRule
    names: Mapping[str, str]
    """Members by their codes."""
    totals: Mapping[str, Score]
    """What each member got by itself."""
    weights: Mapping[str, Fraction]
    """What weighs each, where the card weighs them."""
    before: Mapping[str, Fraction]
    """What each got in the period before, where the card looks at gains."""

    def score(self, union: Who) -> Score:
        """Put one union's members together; the items of its score are its members."""
        members = [self._member(place) for place in union.places]
        found = together(members, self.rule)
        full = Fraction(self.rubric.points)
        items = tuple(self._item(one, found, full) for one in members)
        held = [one for one in items if one.points is None]
        total = found.shared
        return Score(
            place=union.place,
            name=union.name,
            total=total,
            shown=say("未定") if total is None else shown_by(self.rubric, total),
            of=full,
            least=Fraction(self.rubric.least) if total is None else total,
            most=full if total is None else total,
            items=items,
            missing=found.missing or tuple(one.item for one in held),
        )

    def _member(self, place: str) -> Member:
        score = self.totals.get(place)
        return Member(
            place=place,
            total=score.total if score is not None else None,
            weight=self.weights.get(place),
            before=self.before.get(place),
        )

    def _item(self, one: Member, found: Together, full: Fraction) -> ItemScore:
        return ItemScore(
            item=one.place,
            number="",
            term=self.names.get(one.place, one.place),
            depth=0,
            source="member",
            points=one.total,
            of=full,
            least=Fraction(0) if one.total is None else one.total,
            most=full if one.total is None else one.total,
            applies=True,
            because=self._because(one, found),
        )

    def _because(self, one: Member, found: Together) -> Sentence:
        if one.total is None:
            return say("本校的得分未定")
        own = say("本校得 {points} 分", points=plain(one.total, _PLACES))
        if one.weight is not None:
            own = say("{own}，权重 {weight}", own=own, weight=plain(one.weight, _PLACES))
        elif one.place in found.missing:
            own = say("{own}，还缺合成要的数", own=own)
        result = found.each.get(one.place)
        if result is None:
            return own
        return say(
            "{own}；{how}，合成后 {result} 分",
            own=own,
            how=found.because,
            result=plain(result, _PLACES),
        )


def weights_of(county: County, rule: TogetherRule, members: Sequence[Who]) -> dict[str, Fraction]:
    """Give what weighs each member, where the card weighs them; whose figure is not known, none."""
    if not rule.by:
        return {}
    known = from_figures(county, PointSource(kind="figure", indicator=rule.by), members)
    found: dict[str, Fraction] = {}
    for place, one in known.items():
        values = [reading.value for reading in one.readings if reading.value is not None]
        if values:
            found[place] = sum(values, Fraction(0))
    return found


def members_of(unions: Sequence[Who], schools: Mapping[str, Who]) -> Iterator[Who]:
    """Go through the members of all unions, each once, in the order of the register."""
    wanted = {place for one in unions for place in one.places}
    return (one for place, one in schools.items() if place in wanted)
