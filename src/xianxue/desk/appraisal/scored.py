"""An appraisal scored: what every source gave, the points, totals, grades and ranks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Final

from xianxue.bureau.appraisal.grading import Grades, grade
from xianxue.bureau.appraisal.scoring import scores
from xianxue.bureau.kinds.appraisal.source_of_points import PointKind, PointSource
from xianxue.bureau.kinds.appraisal.together import TogetherRule
from xianxue.bureau.kinds.appraisal.tree import ItemNode, leaves_of
from xianxue.bureau.records.appraised import Graded, Judged, Known, Score
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.own_property import own_property
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, field, replace
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.appraisal.doing import row_of, way_of
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.context import Ground
from xianxue.desk.appraisal.cards import Which, found_for, rubric_named
from xianxue.desk.appraisal.county import County
from xianxue.desk.appraisal.judged import Who, everybody, schools_of
from xianxue.desk.appraisal.kept import Kept
from xianxue.desk.appraisal.sources.counts import Ledgers
from xianxue.desk.appraisal.sources.figures import from_figures, lacking
from xianxue.desk.appraisal.sources.findings import from_findings
from xianxue.desk.appraisal.sources.others import in_all, of_other
from xianxue.desk.appraisal.sources.polls import from_polls
from xianxue.desk.appraisal.unions import LEDGER, Unions, members_of, registered, weights_of
from xianxue.desk.models.appraisal import Appraisal
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.indicators.river import River

_Source = Callable[[County, PointSource, Sequence[Who]], dict[str, Known]]
_COUNTY_ITSELF: Final[Mapping[PointKind, _Source]] = {
    "figure": from_figures,
    "finding": from_findings,
    "poll": from_polls,
}


class Result(Record, dict=True, kw_only=True):
    """One appraisal with all that came of it."""

    asked: Which
    judged: tuple[Judged, ...]
    scores: tuple[Score, ...]
    grades: Grades
    members: tuple[Score, ...] = ()
    """What the members of unions got by themselves, before they were put together."""

    @own_property
    def by_place(self) -> Mapping[str, tuple[Score, Graded]]:
        """Give everybody's score and grade."""
        graded = {one.place: one for one in self.grades.graded}
        return {one.place: (one, graded[one.place]) for one in self.scores}


class Appraising(Record, dict=True, kw_only=True):
    """The appraisals of one county that are read together."""

    workspace: Workspace
    released: str = "latest"
    traced: str = ""
    """The one place whose traces are wanted."""
    without: tuple[str, int] = ("", 0)
    """An appraisal's key and the number of a line of it that is taken as withdrawn."""
    rivers: dict[str, River] = field(default_factory=dict[str, "River"])

    @cached_property
    def ground(self) -> Ground:
        """What deeds stand on: the policy has the offices."""
        return open_ground(self.workspace)

    def people(self, asked: Which) -> list[Who]:
        """Give all who are judged."""
        begun = list(Lines.of(self.row(asked)).standing("begin"))
        named = begun[-1].said["subjects"] if begun else {}
        found = everybody(self.workspace, self.ground, asked, named)
        rule = asked.rubric.together
        if (
            asked.rubric.judges != "union"
            or rule is None
            or LEDGER not in self.ground.shelf.ledgers
        ):
            return found
        held = {one.place for one in found}
        ledger = registered(rule.grouping, asked.on)
        return [*(one for one in ledger if one.place not in held), *found]

    def result(self, asked: Which) -> Result:
        """Score an appraisal; one that another rests on is scored once."""
        key = (asked.rubric.rubric, asked.period.code)
        if key not in self._results:
            self._results[key] = self._result(asked)
        return self._results[key]

    @cached_property
    def _results(self) -> dict[tuple[str, str], Result]:
        return {}

    def _result(self, asked: Which) -> Result:
        people = self.people(asked)
        rule = asked.rubric.together
        if asked.rubric.judges == "union" and rule is not None:
            return self._together(asked, rule, people)
        judged = self._judged(asked, people)
        found = scores(asked.rubric, judged, asked.on)
        return Result(
            asked=asked,
            judged=tuple(judged),
            scores=found,
            grades=grade(asked.rubric, found, judged, asked.on),
        )

    def _judged(
        self, asked: Which, people: Sequence[Who], unions: Sequence[Who] = ()
    ) -> list[Judged]:
        known = self.known(asked, people, unions)
        return [
            Judged(
                place=who.place,
                name=who.name,
                facts=who.facts,
                known={item: one[who.place] for item, one in known.items() if who.place in one},
            )
            for who in people
        ]

    def _together(self, asked: Which, rule: TogetherRule, unions: Sequence[Who]) -> Result:
        """Score the members of unions by themselves, and put them together by the card."""
        members, judged = self._members(asked, unions)
        own = scores(asked.rubric, judged, asked.on)
        every = Unions(
            rubric=asked.rubric,
            rule=rule,
            names={one.place: one.name for one in members},
            totals={one.place: one for one in own},
            weights=weights_of(self._county(asked), rule, members),
            before=self._before(asked) if rule.how == "gain" else {},
        )
        found = tuple(every.score(one) for one in unions)
        whole = [Judged(place=one.place, name=one.name, facts=one.facts) for one in unions]
        return Result(
            asked=asked,
            judged=(*judged, *whole),
            scores=found,
            grades=grade(asked.rubric, found, whole, asked.on),
            members=own,
        )

    def _members(self, asked: Which, unions: Sequence[Who]) -> tuple[list[Who], list[Judged]]:
        """Give the members of unions, and what is known of each by itself."""
        schools = {one.place: one for one in schools_of(self.workspace, asked.on)}
        members = list(members_of(unions, schools))
        return members, self._judged(asked, members, unions)

    def _before(self, asked: Which) -> dict[str, Fraction]:
        """Give what members got in the period before; nothing of those who were not judged."""
        period = asked.period.before()
        earlier = Which(rubric=asked.rubric, period=period, on=period.end)
        # By themselves alone: what a union gained then would ask for the period before that.
        _, judged = self._members(earlier, self.people(earlier))
        own = scores(earlier.rubric, judged, earlier.on)
        return {one.place: one.total for one in own if one.total is not None}

    def known(
        self, asked: Which, people: Sequence[Who], unions: Sequence[Who] = ()
    ) -> dict[str, dict[str, Known]]:
        """Give what the source of each leaf, and of each veto, gave each place.

        ``unions``: what was said of one of them holds for each of its members.
        """
        county, kept = self._county(asked), self.kept(asked)
        ledgers = Ledgers(county=county)
        found: dict[str, dict[str, Known]] = {}
        for node in leaves_of(asked.rubric):
            gives = node.item.gives
            if gives is None:
                continue
            found[node.item.item] = self._of_source(county, ledgers, gives, people)
            # What somebody said of a place stands before what its source would give.
            for who in people:
                said = _said(kept, node, gives, who, unions)
                if said is not None:
                    found[node.item.item][who.place] = said
        for veto in asked.rubric.vetoes:
            if veto.gives is not None:
                found[veto.veto] = self._of_source(county, ledgers, veto.gives, people)
                continue
            said = {who.place: kept.vetoed(veto, who.place) for who in people}
            found[veto.veto] = {place: one for place, one in said.items() if one is not None}
        return found

    def kept(self, asked: Which) -> Kept:
        """Give what people said in an appraisal."""
        row = self.row(asked)
        state = row.state if row is not None else way_of(self.ground.shelf).start
        key, number = self.without
        without = number if row is not None and row.key == key else 0
        return Kept(lines=Lines.of(row, without=without), state=state, title=asked.rubric.term)

    def row(self, asked: Which) -> Appraisal | None:
        """Give the appraisal's row; None where nobody has done anything in it."""
        # The database is opened with the ground; whoever asks for a row has to have it.
        return row_of(asked.rubric, asked.period) if self.ground else None

    def _county(self, asked: Which) -> County:
        return County(
            workspace=self.workspace,
            ground=self.ground,
            asked=asked,
            river=self.river,
            traced=self.traced,
        )

    def _of_source(
        self, county: County, ledgers: Ledgers, gives: PointSource, people: Sequence[Who]
    ) -> dict[str, Known]:
        own = _COUNTY_ITSELF.get(gives.kind)
        if own is not None:
            return own(county, gives, people)
        if gives.kind == "count":
            return ledgers.known(gives, people)
        if gives.kind == "rubric":
            return self._of_rubric(county.asked, gives, people)
        return {}

    def _of_rubric(
        self, asked: Which, gives: PointSource, people: Sequence[Who]
    ) -> dict[str, Known]:
        """Give each what another rubric came to for it."""
        try:
            every = [self.result(one) for one in self._others(asked, gives.rubric)]
        except MisusedError as error:
            why: Sentence | str = error.args[0]
            return {one.place: lacking(Missing.NOT_ANSWERED, why) for one in people}
        found: dict[str, Known] = {}
        for who in people:
            each = [of_other(one.asked, one.by_place.get(who.place)) for one in every]
            found[who.place] = in_all(each)
        return found

    def _others(self, asked: Which, name: str) -> list[Which]:
        """Say which appraisals of another rubric one rests on: usually one.

        Where several of its periods begin within the one that is judged (terms, days), those that
        were held, by their order; the item's ``combine`` says how they come to one.
        """
        card = rubric_named(self.workspace.shelf, name, asked.on)
        try:
            return [self._other(asked, name)]
        except MisusedError:
            rows = Appraisal.objects.filter(rubric=card.series) if self.ground else ()
            held = [Period.parse(one.period) for one in rows]
            within = [one for one in held if asked.period.start <= one.start <= asked.period.end]
            if not within:
                raise
            return [
                Which(rubric=card, period=one, on=min(asked.on, one.end))
                for one in sorted(within, key=lambda one: one.end)
            ]

    def _other(self, asked: Which, name: str) -> Which:
        """Say which appraisal another one rests on."""
        card = rubric_named(self.workspace.shelf, name, asked.on)
        period = asked.period
        period = period if period.kind == card.period else found_for(card, period)
        return Which(rubric=card, period=period, on=min(asked.on, period.end))

    def of_other(self, asked: Which, name: str, place: str) -> Result | None:
        """Give what the other rubric came to for a place; None where it does not judge it."""
        every = [self.result(one) for one in self._others(asked, name)]
        there = [one for one in every if place in one.by_place]
        return of_one(there[-1], place) if there else None

    def river(self, period: Period) -> River:
        """Give the river of a period."""
        if period.code not in self.rivers:
            from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine

            self.rivers[period.code] = river_of(self.workspace, period, self.released)
        return self.rivers[period.code]


def _said(
    kept: Kept, node: ItemNode, gives: PointSource, who: Who, unions: Sequence[Who]
) -> Known | None:
    """Give what was said of somebody; of a member, what was said of its union where nothing was."""
    own = kept.known(node, gives, who.place)
    if not unions or (own is not None and own.readings):
        return own
    mine = [kept.known(node, gives, one.place) for one in unions if who.place in one.places]
    return next((one for one in mine if one is not None and one.readings), own)


def of_one(result: Result, said: str) -> Result:
    """Give what one came to, named by code or by name; MisusedError where nobody is."""
    held = [one for one in (*result.scores, *result.members) if said in {one.place, one.name}]
    if len(held) != 1:
        raise MisusedError(
            say("“{term}”不评“{place}”", term=result.asked.rubric.term, place=said)
            if not held
            else say("叫“{place}”的不止一家：请写代码", place=said)
        )
    place = held[0].place
    graded = tuple(one for one in result.grades.graded if one.place == place)
    if not graded:
        # A member of a union has its own points; the grade is that of all.
        alone = Graded(
            place=place, group="", grade="", term="", rank=None, because=say("成员校自己的得分")
        )
        graded = (alone,)
    return replace(
        result,
        judged=tuple(one for one in result.judged if one.place == place),
        scores=tuple(held),
        grades=replace(result.grades, graded=graded, issues=()),
    )
