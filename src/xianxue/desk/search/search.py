"""The search itself: what a few typed words mean, among all that somebody may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import Sentence
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Ground
from xianxue.desk.search.entries import KINDS, Entry, Kind, entries_of
from xianxue.desk.search.figures import figures_of_schools
from xianxue.desk.search.matching import score
from xianxue.desk.search.moving import moving_entries
from xianxue.desk.search.readings import folded
from xianxue.desk.standing.standing import Standing

_LONGEST: Final = 100
"""Characters of a query that are looked at; a pasted page is no query."""
_MOST_WORDS: Final = 6


class Hit(Record, kw_only=True):
    """One thing that was found."""

    kind: Kind
    title: Sentence | str
    detail: Sentence | str
    room: str
    ids: Mapping[str, str]
    score: int
    """The higher the better; what an exact code scores is 100."""


class Found(Record):
    """What was found, the best first."""

    query: str
    hits: tuple[Hit, ...]
    """At most so many of each kind as were asked for."""
    counts: Mapping[Kind, int]
    """How many there are of each kind, in the order in which kinds are shown."""


def search(standing: Standing, actor: Actor, query: str, most: int = 8) -> Found:
    """Find what some words mean, among all that somebody may see; all words have to fit.

    ``most``: how many of each kind are given; ``counts`` says how many there are.
    """
    words = [word for one in query[:_LONGEST].split()[:_MOST_WORDS] if (word := folded(one))]
    if not words:
        return Found(query, (), {})
    ground = standing.ground()
    period = standing.period()
    declared = standing.by_files("search", lambda: entries_of(ground, period))
    moving = standing.answer("search", lambda: moving_entries(standing))
    sight = _Sight(ground, actor)
    scored = [
        (total, entry)
        for entry in (*declared, *moving)
        if (total := _total(words, entry)) and sight.sees(entry)
    ]
    scored += [
        (total, entry)
        for total, entry in figures_of_schools(standing, words, declared)
        if sight.sees(entry)
    ]
    scored.sort(key=_best_first)
    return Found(query, tuple(_hits(scored, most)), _counted(scored))


class _Sight(Record, dict=True):
    """What one person may see."""

    ground: Ground
    actor: Actor
    known: dict[tuple[str, str, str], bool] = {}  # noqa: RUF012 - msgspec copies it

    def sees(self, entry: Entry) -> bool:
        if entry.roles and self.actor.role not in entry.roles:
            return False
        subject = entry.subject
        if not subject.place:
            # What is no place's own is seen by whoever may look at it for their own.
            own = self.actor.place
            register = self.ground.register
            subject = replace(subject, place=own if own in register else register.county.code)
        key = entry.deed, subject.id if self.ground.policy.offices else "", subject.place
        if key not in self.known:
            found = self.ground.authority.may(self.actor, entry.deed, subject)
            self.known[key] = not isinstance(found, Issue)
        return self.known[key]


def _total(words: Sequence[str], entry: Entry) -> int:
    """Give the mean of what each word scores; 0 where one of them means something else."""
    total = 0
    for word in words:
        found = score(word, entry.names)
        if not found:
            return 0
        total += found
    return total // len(words)


def _best_first(scored: tuple[int, Entry]) -> tuple[int, int, int, str]:
    total, entry = scored
    # Of equals the shorter name: more of it was typed.
    return -total, KINDS.index(entry.kind), len(entry.title), str(entry.title)


def _hits(scored: Sequence[tuple[int, Entry]], most: int) -> Iterator[Hit]:
    given: dict[Kind, int] = {}
    for total, entry in scored:
        many = given[entry.kind] = given.get(entry.kind, 0) + 1
        if many <= most:
            yield Hit(
                kind=entry.kind,
                title=entry.title,
                detail=entry.detail,
                room=entry.room,
                ids=entry.ids,
                score=total,
            )


def _counted(scored: Sequence[tuple[int, Entry]]) -> dict[Kind, int]:
    many = [entry.kind for _, entry in scored]
    return {kind: many.count(kind) for kind in KINDS if kind in many}
