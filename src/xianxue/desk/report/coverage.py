"""What states each statement of annual reports, asked of one county: each producer once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from msgspec.structs import replace as with_parts

from xianxue.bureau.kinds.covering.producers import Producer, narrowed, periods_of
from xianxue.bureau.kinds.ledgers.ledger import Ledger
from xianxue.bureau.records.figure import Figure
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.report.covering import Answer, Covered, Stated, cover
from xianxue.bureau.report.text import Heading, plain
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.appraisal.cards import which
from xianxue.desk.appraisal.scored import Appraising
from xianxue.desk.appraisal.spoken import with_appraisals
from xianxue.desk.indicators.river import River
from xianxue.desk.indicators.target_source import speaking_of
from xianxue.desk.ledgers.counting import Counts
from xianxue.desk.ledgers.room import Room
from xianxue.desk.ledgers.sums import Tally
from xianxue.desk.returns.opening import open_ground
from xianxue.desk.stores.clock import day_of, now
from xianxue.desk.targets.standing import reported

_GONE: Final = say("没有这一项")
Why = Sentence | str


def covered(river: River, statements: Sequence[Stated]) -> Covered:
    """Ask every producer of the cards, and go through the statements."""
    producers = [
        one for card in river.workspace.shelf.coverages.values() for one in card.statements
    ]
    asking = _Asking(river)
    ledgers: dict[str, list[Producer]] = defaultdict(list)
    for one in producers:
        if one.ledger:
            ledgers[one.ledger].append(one)
    why: dict[int, Why] = {}
    for name, some in ledgers.items():
        told = asking.ledger(name, some)
        why |= {id(one): reason for one, reason in zip(some, told, strict=True)}
    answers: dict[str, list[Answer]] = defaultdict(list)
    for one in producers:
        lacking = why[id(one)] if one.ledger else asking.why(one)
        for name in one.of:
            answers[name].append(Answer(one.name, one.sort, lacking))
    return cover(statements, answers)


class _Asking(Record, dict=True):
    """Asks producers whether they yield something in one county, about one period."""

    river: River

    def why(self, one: Producer) -> Why:
        """Say why nothing comes of a producer; empty where something does."""
        ways: Mapping[str, Callable[[Producer], Why]] = {
            "indicator": self._indicator,
            "rubric": self._rubric,
            "ballot": self._ballot,
            "exam": self._exam,
            "target": self._target,
            "outline": self._outline,
            "free_text": lambda _: "",
        }
        return ways[one.sort](one)

    def _indicator(self, one: Producer) -> Why:
        card = self.river.workspace.shelf.indicator(one.indicator)
        if card is None:
            return _GONE
        found = [
            figure
            for figure in self._figures[card.indicator]
            if (one.stage is None or figure.stage == one.stage) and _of_slice(one, figure)
        ]
        here = [figure for figure in found if self._level(figure) == (one.each or "county")]
        if not here:
            return say("没有这样的数")
        if all(figure.value is None for figure in here):
            return say("还算不出来")
        if one.earlier and not self._known_before(card.indicator):
            return say("上一期没有数，说不出变化")
        return ""

    @cached_property
    def _figures(self) -> Mapping[str, Sequence[Figure]]:
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.river.figures.values():
            found[figure.indicator].append(figure)
        return found

    def _level(self, figure: Figure) -> str:
        return self.river.register[figure.place].level

    def _known_before(self, indicator: str) -> bool:
        before = self.river.elsewhere(self.river.period.before(), [indicator]) or {}
        return any(one.value is not None for one in before.values())

    def ledger(self, name: str, producers: Sequence[Producer]) -> list[Why]:
        """Say it of all producers that are counts of one ledger."""
        card = self.river.workspace.shelf.ledgers.get(name)
        if card is None:
            return [_GONE] * len(producers)
        asked = _narrowed(card, producers)
        found: list[list[Period]] = [[] for _ in producers]
        for period in periods_of(self.river.period, day_of(now())):
            tallies = self._tallies(asked, period)
            for at, one in enumerate(producers):
                if self._yields(card, tallies, one, at):
                    found[at].append(period)
        return [_counted(card, one, there) for one, there in zip(producers, found, strict=True)]

    def _tallies(self, asked: Ledger, period: Period) -> Mapping[str, Tally]:
        counts = Counts(self._room, asked, period, day_of(now()))
        return {one.count.count: one for one in counts.whole()}

    def _yields(self, card: Ledger, tallies: Mapping[str, Tally], one: Producer, at: int) -> bool:
        rate = next((rate for rate in card.rates if rate.rate == one.count), None)
        if rate is None:
            return _there(tallies.get(_named(at)))
        # A part of nobody is a share, too: that of nothing is none.
        base = tallies.get(rate.base)
        if rate.base:
            return _there(base) and bool(base and base.value)
        figures = self._figures[rate.base_indicator]
        return _there(tallies.get(rate.of)) and any(figure.value for figure in figures)

    @cached_property
    def _room(self) -> Room:
        workspace = self.river.workspace
        return Room(open_ground(workspace), workspace.store / "cabinet")

    def _rubric(self, one: Producer) -> Why:
        rubric = self.river.workspace.shelf.rubrics.get(one.rubric)
        if rubric is None:
            return _GONE
        if one.part == "items":
            return "" if rubric.items else _GONE
        result = self._appraising.result(which(self.river.workspace, one.rubric))
        judged = [score for score, _ in result.by_place.values() if score.total is not None]
        graded = [given for _, given in result.by_place.values() if given.grade]
        return "" if judged or graded else say("还没有评出结果")

    @cached_property
    def _appraising(self) -> Appraising:
        return Appraising(workspace=self.river.workspace)

    def _ballot(self, one: Producer) -> Why:
        from xianxue.desk.models.ballot import Poll  # noqa: PLC0415 - needs Django set up

        found = Poll.objects.filter(card=one.ballot, counted_at__isnull=False)
        return "" if found.exists() else say("还没有计过票")

    def _exam(self, one: Producer) -> Why:
        from xianxue.desk.exams.released import last_releases  # noqa: PLC0415 - needs Django

        known = last_releases(day_of(now()))
        held = any(name.split("/")[0] == one.exam for name in known)
        return "" if held else say("还没有发布过成绩")

    def _target(self, one: Producer) -> Why:
        periods = periods_of(self.river.period, day_of(now()))
        known = {
            target.indicator
            for period in periods
            for target in speaking_of(self.river.workspace, period)
        }
        return "" if one.target in known else say("还没有设定目标")

    def _outline(self, one: Producer) -> Why:
        if one.outline not in self._sections:
            self._sections[one.outline] = self._written(one.outline)
        return "" if one.heading in self._sections[one.outline] else say("这一节还没有内容")

    @cached_property
    def _sections(self) -> dict[str, frozenset[str]]:
        return {}

    def _written(self, outline: str) -> frozenset[str]:
        """Give the headings of a document below which something stands."""
        if outline not in self.river.workspace.shelf.outlines:
            return frozenset()
        river = with_appraisals(self.river)
        composed = river.write(outline, self.river.last_day, self._targets, None)
        open_: list[tuple[int, str]] = []
        found: set[str] = set()
        for block in composed.text.blocks if composed.text is not None else ():
            if isinstance(block, Heading):
                open_ = [one for one in open_ if one[0] < block.level]
                open_.append((block.level, plain(block.runs)))
            else:
                found |= {title for _, title in open_}
        return frozenset(found)

    @cached_property
    def _targets(self) -> Sequence[Attainment]:
        return reported(self.river)


def _named(at: int) -> str:
    return f"asked_{at}"


def _narrowed(card: Ledger, producers: Iterable[Producer]) -> Ledger:
    """Give a ledger that counts what its producers are about, beside what it counts itself."""
    asked = (narrowed(card, one, _named(at)) for at, one in enumerate(producers))
    return with_parts(card, counts=[*card.counts, *(one for one in asked if one is not None)])


def _there(tally: Tally | None) -> bool:
    if tally is None or tally.value is None:
        return False
    # Entries that say nothing of what is told apart come to no count of it.
    return tally.value > 0 if tally.count.distinct else tally.entries > 0


def _counted(card: Ledger, one: Producer, periods: Collection[Period]) -> Why:
    known = [*(count.count for count in card.counts), *(rate.rate for rate in card.rates)]
    if one.count not in known:
        return _GONE
    if not periods:
        return say("台账里还没有登记")
    # A school year and a calendar year overlap: that is no change from one to the other.
    years = [period for period in periods if period.kind == "calendar_year"]
    return say("只有一期有登记，说不出变化") if one.earlier and len(years) < 2 else ""


def _of_slice(one: Producer, figure: Figure) -> bool:
    said = figure.slice
    if said is None:
        return not one.slice
    return {said.dimension: said.code} == one.slice
