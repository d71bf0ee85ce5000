"""What follows from a published result: the card's proposals, place by place, and their fate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from xianxue.bureau.kinds.appraisal.grading import Consequence
from xianxue.bureau.kinds.appraisal.rubric import Rubric
from xianxue.bureau.kinds.card import card_of
from xianxue.bureau.ledgers.deadlines import later_month
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.appraisal.days import LastDay, last_day
from xianxue.desk.actions.appraisal.doing import PUBLISHED
from xianxue.desk.actions.appraisal.following import Proposal, StepReached
from xianxue.desk.actions.appraisal.lines import Lines
from xianxue.desk.actions.appraisal.publishing import releases_of
from xianxue.desk.appraisal.deeds import Desk
from xianxue.desk.appraisal.histories import Histories
from xianxue.desk.models.appraisal import Appraisal, AppraisalLine, AppraisalRelease
from xianxue.desk.stores import clock
from xianxue.desk.workspace import MisusedError

_LOST: Final = 5
"""Items that an order names: those that lost most; the rest is on the place's page."""


def proposals(desk: Desk, place: str = "", on: date | None = None) -> list[Proposal]:
    """Give what the card proposes after the last published results, in their order.

    Nothing was published: nothing follows. ``place``: of one place alone, by its code. What was
    decided upon earlier results stays in the list (``overtaken``), whatever the later ones are.
    """
    row = desk.appraising().row(desk.asked)
    releases = releases_of(row)
    if row is None or not releases or row.state not in PUBLISHED:
        return []
    following = _Following(desk=desk, row=row, release=releases[-1], on=on or _today())
    return [one for one in following.every() if not place or one.place == place]


def proposal(desk: Desk, consequence: str, place: str) -> Proposal:
    """Give one proposal; MisusedError where the card proposes no such thing for the place."""
    every = proposals(desk)
    mine = [one for one in every if one.card.consequence == consequence]
    found = [one for one in mine if place in {one.place, one.name} and not one.overtaken]
    if len(found) == 1:
        return found[0]
    known = joined("、", dict.fromkeys(one.card.consequence for one in every)) or say("无")
    raise MisusedError(
        say(
            "“{title}”没有给“{place}”提“{consequence}”；提了的有：{known}",
            title=desk.asked.rubric.term,
            place=place,
            consequence=consequence,
            known=known,
        )
    )


def _today() -> date:
    return clock.day_of(clock.now())


class _Following(Record, dict=True, kw_only=True):
    """One published appraisal, asked what follows from it."""

    desk: Desk
    row: Appraisal
    release: AppraisalRelease
    on: date

    def every(self) -> Iterator[Proposal]:
        there: set[tuple[str, str]] = set()
        for place in self.release.results["places"]:
            for card in self._rubric.consequences:
                found = self._proposed(card, place)
                if found is not None:
                    there.add(found.key)
                    yield self._decided(found)
        yield from self._overtaken(there)

    @cached_property
    def _rubric(self) -> Rubric:
        """The card as it stood when the results were published."""
        return card_of(self.release.card, Rubric, f"rubric {self.release.card['rubric']}")

    @cached_property
    def _lines(self) -> Lines:
        return Lines.of(self.row)

    @cached_property
    def _histories(self) -> Histories:
        return Histories(shelf=self.desk.workspace.shelf, row=self.row, on=self.on)

    @cached_property
    def _follows(self) -> Mapping[tuple[str, str], AppraisalLine]:
        every = self._lines.standing("follow")
        return {(one.said["consequence"], one.place): one for one in every}

    @cached_property
    def _published_on(self) -> date:
        return clock.day_of(self.release.at)

    def _proposed(self, card: Consequence, place: Mapping[str, Any]) -> Proposal | None:
        grade = place["grade"] or ""
        steps: tuple[StepReached, ...] = ()
        if card.escalation:
            steps = self._histories.steps(card.escalation, place["place"])
            if not steps:
                return None
        if card.grades and grade not in card.grades:
            return None
        because = say(
            "{term}（{period}）{grade}",
            term=self._rubric.term,
            period=Period.parse(self.row.period).term,
            grade=place["grade_term"],
        )
        if steps:
            told = joined("；", [one.because for one in steps])
            because = say("{because}；{told}", because=because, told=told)
        last = self._last_day(card)
        frozen = later_month(self.on, card.months) if card.months else None
        return Proposal(
            card=card,
            release=self.release.number,
            place=place["place"],
            name=place["name"],
            grade=grade,
            grade_term=place["grade_term"],
            because=because,
            lost=_lost(place["items"]),
            due=last.day if last is not None else None,
            until=frozen,
            steps=steps,
            replies=tuple(
                one.said["text"]
                for one in self._lines.standing("reply")
                if (one.said["consequence"], one.place) == (card.consequence, place["place"])
            ),
        )

    def _last_day(self, card: Consequence) -> LastDay | None:
        shelf = self.desk.workspace.shelf
        if card.kind == "circular":
            # Those named in it answer what was published, from the day it was.
            return last_day(shelf, card.within, self._published_on)
        return last_day(shelf, card.within, self.on)

    def _decided(self, found: Proposal) -> Proposal:
        line = self._follows.get(found.key)
        return found if line is None else _as_decided(found, line)

    def _overtaken(self, there: set[tuple[str, str]]) -> Iterator[Proposal]:
        cards = {one.consequence: one for one in self._rubric.consequences}
        names = {one["place"]: one["name"] for one in self.release.results["places"]}
        for key, line in self._follows.items():
            card = cards.get(key[0])
            if key in there or card is None:
                continue
            because = say("按第 {n} 号公示的结果提的", n=line.said["release"])
            grade = line.said["grade"]
            line_of = self._rubric.grading.grade(grade) if self._rubric.grading else None
            gone = Proposal(
                card=card,
                release=line.said["release"],
                place=line.place,
                name=names.get(line.place, line.place),
                grade=grade,
                grade_term=line_of.term if line_of is not None else grade,
                because=because,
                overtaken=True,
            )
            yield _as_decided(gone, line)


def _as_decided(found: Proposal, line: AppraisalLine) -> Proposal:
    said = line.said
    return replace(
        found,
        standing="taken" if said["taken"] else "refused",
        due=date.fromisoformat(said["due"]) if said.get("due") else found.due,
        until=date.fromisoformat(said["until"]) if said.get("until") else found.until,
        by=line.by,
        on=clock.day_of(line.at),
        why=line.why,
        entry=said.get("entry", ""),
    )


def _lost(items: Sequence[Mapping[str, Any]]) -> Sentence | str:
    """Name the items that lost most points, with what they got and the most there was to get."""
    leaves = [
        one
        for one in items
        if one["source"] not in {"items", "adjust"} and one["points"] is not None
    ]
    short = [(Fraction(one["of"]) - Fraction(one["points"]), one) for one in leaves]
    lost = sorted((one for one in short if one[0] > 0), key=lambda one: -one[0])[:_LOST]
    if not lost:
        return ""
    told = [
        say(
            "{term}得 {points} 分（满分 {of} 分）",
            term=one["term"],
            points=plain(Fraction(one["points"]), 2),
            of=one["of"],
        )
        for _, one in lost
    ]
    return say("。失分多的：{told}", told=joined("、", told))
