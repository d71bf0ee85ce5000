"""Who may be called first (第一名): only whose share is surely above all others, else that is said.

It is made from results that were published, so that nothing more is told by it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from xianxue.bureau.ballots.estimating import Bounds, score_bounds, surely_first
from xianxue.bureau.ballots.hiding_places import FAVOURABLE, OTHERS, told_by_place
from xianxue.bureau.kinds.ballots.question import Question
from xianxue.bureau.places.register import Register
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import shown
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.ballots.doing import in_state
from xianxue.desk.actions.ballots.opened import Opened, opened
from xianxue.desk.models.ballot import COUNTED, Poll

_SHOWN: Final = 1
_NEAR: Final = 6
"""Digits of a root that is only shown; what is first is decided without rounding."""


class Standing(Record, kw_only=True):
    """One of those who are compared."""

    name: str
    favourable: int
    judged: int
    bounds: Bounds

    @property
    def share(self) -> Fraction:
        """The share of favourable answers."""
        return Fraction(self.favourable, self.judged)

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Both ends of its interval in per cent, near enough to be shown."""
        half = Fraction(self.bounds.half.to_decimal(_NEAR))
        return 100 * (self.bounds.middle - half), 100 * (self.bounds.middle + half)

    @property
    def percent(self) -> str:
        """Its share in per cent, as it is shown."""
        return shown(100 * self.share, _SHOWN)

    @property
    def between(self) -> str:
        """Its interval in per cent, as it is shown."""
        return "–".join(shown(one, _SHOWN) for one in self.ends)


class Ranking(Record, kw_only=True):
    """What is compared under one question, the best first."""

    term: Sentence | str
    standings: tuple[Standing, ...]
    untold: int
    """Of whom nothing is shown: then nobody is called first."""
    first: str
    """Who is surely first; empty where nobody is."""

    @property
    def verdict(self) -> Sentence:
        """Say who is first, or why nobody can be called so."""
        if self.first:
            return say("{name}满意率第一：区间在其他各家之上。", name=self.first)
        if self.untold:
            return say("有 {n} 家的数不显示，不能说谁第一。", n=self.untold)
        return say("最前面几家的区间有重叠，不能说谁第一。")


def rankings(poll: Poll, register: Register) -> list[Ranking]:
    """Compare who was judged in a survey, or its schools; nothing of another ballot."""
    in_state(poll, COUNTED)
    held = opened(poll)
    if held.card.mode != "survey":
        return []
    found: list[Ranking] = []
    for question in held.asked():
        counts = _counts(held, question, poll.results or {}, register)
        if len(counts) > 1:
            found.append(_ranking(question, counts))
    return found


def _ranking(question: Question, counts: Mapping[str, tuple[int, int] | None]) -> Ranking:
    known = {name: one for name, one in counts.items() if one is not None and one[1]}
    standings = [
        Standing(name=name, favourable=so, judged=judged, bounds=score_bounds(so, judged))
        for name, (so, judged) in known.items()
    ]
    untold = len(counts) - len(known)
    return Ranking(
        term=question.term,
        standings=tuple(sorted(standings, key=lambda one: (-one.share, one.name))),
        untold=untold,
        first="" if untold else surely_first(known) or "",
    )


def _counts(
    held: Opened, question: Question, results: Mapping[str, Any], register: Register
) -> dict[str, tuple[int, int] | None]:
    """Give everybody's favourable answers and all that judge; None where one is not shown."""
    said: dict[str, dict[str, int | None]] = defaultdict(dict)
    for line in results.get("results", []):
        asked, _, about = str(line["question"]).partition("/")
        if asked != question.question:
            continue
        if question.each and about and not line["group"]:
            said[held.setup.subjects.get(about, about)][line["option"]] = line["count"]
        elif told_by_place(question) and not about and line["group"].startswith("@"):
            name = register.places[line["group"].removeprefix("@")].name
            said[name][line["option"]] = line["count"]
    good = {one.option for one in question.options if one.favourable} | {FAVOURABLE}
    judging = {*question.levels, FAVOURABLE, OTHERS}
    return {name: _count(each, good, judging) for name, each in said.items()}


def _count(
    each: Mapping[str, int | None], good: set[str], judging: set[str]
) -> tuple[int, int] | None:
    shown = {option: many for option, many in each.items() if option in judging}
    numbers = {option: many for option, many in shown.items() if many is not None}
    if len(numbers) < len(shown):
        return None
    return sum(many for one, many in numbers.items() if one in good), sum(numbers.values())
