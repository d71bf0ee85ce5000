"""Appraisals: what was said of each who was judged, by groups as they weigh, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from xianxue.bureau.ballots.counting import Cells
from xianxue.bureau.ballots.deciding import There, Turnout, needed
from xianxue.bureau.ballots.estimating import favourable, index
from xianxue.bureau.ballots.opened import Column, Opened
from xianxue.bureau.ballots.results import turnout_of, votes_of
from xianxue.bureau.ballots.thresholds import Judged
from xianxue.bureau.ballots.weighting import Weighed, weigh
from xianxue.bureau.values.record import Record


class Appraised(Record, kw_only=True):
    """What was said of one subject under one question."""

    about: str
    question: str
    turnout: Turnout
    votes: Mapping[str, int]
    """Answer to how often it was given, 弃权 among them."""
    weighed: Weighed | None
    """By groups, where the card has weights and some group voted."""
    score: Fraction | None
    """The mean of points; None where the card has none, or nobody judged."""
    rate: Fraction | None
    """The share of favourable answers among those who judged (满意率, 优秀和称职率)."""
    passed: bool | None
    """Whether it is enough to pass; None where the card asks for nothing."""

    def judged(self, year: int, on: date) -> Judged:
        """Give it as one year of the history by which something is proposed."""
        shares = None
        if self.weighed is not None:
            shares = dict(zip(self.weighed.levels, self.weighed.shares, strict=True))
        return Judged(year=year, on=on, turnout=self.turnout, votes=self.votes, shares=shares)


def appraise(opened: Opened, cells: Cells, column: Column, there: There) -> Appraised:
    """Work out what was said of one subject, exactly."""
    question = opened.columns[column]
    turnout = turnout_of(cells, column, there)
    votes = votes_of(opened, cells, column)
    levels = question.levels
    points = [one.points for one in question.options if one.option in levels]
    known = [Fraction(one) for one in points if one is not None]
    weights = opened.card.weights
    weighed = None
    if weights:
        by_group = {name: _of(votes_of(opened, cells, column, name), levels) for name in weights}
        weighed = weigh(by_group, weights, levels)
    together = _of(votes, levels)
    good = [one.option for one in question.options if one.favourable]
    passed = None
    if question.passing is not None:
        given = sum(votes[one] for one in question.passing.levels)
        passed = given >= needed(question.passing.part, turnout)
    return Appraised(
        about=column.about,
        question=column.question,
        turnout=turnout,
        votes=votes,
        weighed=weighed,
        score=_score(weighed, together, known) if len(known) == len(levels) else None,
        rate=_rate(weighed, levels, good, together),
        passed=passed,
    )


def _of(votes: Mapping[str, int], levels: Sequence[str]) -> list[int]:
    return [votes[one] for one in levels]


def _score(
    weighed: Weighed | None, together: Sequence[int], points: Sequence[Fraction]
) -> Fraction | None:
    return index(together, points) if weighed is None else weighed.score(points)


def _rate(
    weighed: Weighed | None, levels: Sequence[str], good: Sequence[str], together: Sequence[int]
) -> Fraction | None:
    if weighed is not None:
        shares = zip(levels, weighed.shares, strict=True)
        return sum((share for level, share in shares if level in good), Fraction(0))
    order = sorted(range(len(levels)), key=lambda at: levels[at] not in good)
    return favourable([together[at] for at in order], len(good))
