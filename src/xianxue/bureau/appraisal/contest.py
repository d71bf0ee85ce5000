"""竞聘: who gets a post by marks, who was left out and why, what is left for a further round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Literal

from xianxue.bureau.appraisal.panels_alike import Coefficient, coefficients, rounded
from xianxue.bureau.kinds.appraisal.contest import Contest, ContestPart
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say

Outcome = Literal["chosen", "tied", "behind", "minimum", "absent"]


class Candidate(Record, kw_only=True):
    """Somebody who applies for a post, with their marks."""

    name: str
    post: str
    marks: Mapping[str, Fraction | None]
    """By part; None, or not there: no mark, which is no 0."""
    panels: Mapping[str, str] = {}
    """By part: before which panel they stood."""


class Placed(Record, kw_only=True):
    """What a candidate came to."""

    name: str
    post: str
    outcome: Outcome
    total: Fraction | None
    """As the notice rounds; None where a mark is missing."""
    exact: Fraction | None
    """Without any rounding."""
    rank: int | None
    exact_rank: int | None
    """The rank they would have without any rounding."""
    because: Sentence


class Round(Record, kw_only=True):
    """One round over all posts."""

    placed: tuple[Placed, ...]
    """By post, and within each by rank."""
    vacant: Mapping[str, int]
    """Post to the places that are left for a further round; places for which people are tied are
    not among them."""
    coefficients: Mapping[str, Mapping[str, Coefficient]]
    """ContestPart to panel to coefficient."""

    @property
    def chosen(self) -> list[str]:
        """Who got a post."""
        return [one.name for one in self.placed if one.outcome == "chosen"]

    @property
    def left_out(self) -> list[str]:
        """The 落聘 list: who got none, those not who are tied for one."""
        return [one.name for one in self.placed if one.outcome not in {"chosen", "tied"}]

    @property
    def rounding_decides(self) -> bool:
        """Whether anybody's rank is another without rounding: both are shown then."""
        return any(one.rank != one.exact_rank for one in self.placed)


def hold(card: Contest, posts: Mapping[str, int], candidates: Sequence[Candidate]) -> Round:
    """Hold a round: rank the candidates of each post, and choose as many as it has places.

    Panels are made alike over all candidates of the round, for whichever post. Each candidate is
    there once, and each part that is corrected names a panel: whoever reads them in sees to it.
    """
    alike = {
        part.part: found
        for part in card.parts
        if part.correction is not None
        and (found := coefficients(part.correction, _by_panel(part, candidates))) is not None
    }
    placed: list[Placed] = []
    vacant: dict[str, int] = {}
    for post, places in posts.items():
        mine = [one for one in candidates if one.post == post]
        ranked = _ranked(card, mine, alike, places)
        placed += ranked
        got = Counter(one.outcome for one in ranked)
        taken = got["chosen"] + (places - got["chosen"] if got["tied"] else 0)
        vacant[post] = places - taken
    return Round(placed=tuple(placed), vacant=vacant, coefficients=alike)


def _by_panel(part: ContestPart, candidates: Iterable[Candidate]) -> dict[str, list[Fraction]]:
    found: dict[str, list[Fraction]] = {}
    for one in candidates:
        mark = one.marks.get(part.part)
        if mark is not None:
            found.setdefault(one.panels.get(part.part, ""), []).append(mark)
    return found


class _Counted(Record):
    """A candidate's parts and total, as the notice has it or exactly."""

    total: Fraction
    keys: tuple[Fraction, ...]

    @property
    def order(self) -> tuple[Fraction, ...]:
        return (self.total, *self.keys)


def _counted(
    card: Contest, one: Candidate, alike: Mapping[str, Mapping[str, Coefficient]], *, exact: bool
) -> _Counted | None:
    """Add up a candidate's marks; None where one is missing."""
    parts: dict[str, Fraction] = {}
    for part in card.parts:
        mark = one.marks.get(part.part)
        if mark is None:
            return None
        coefficient = alike.get(part.part, {}).get(one.panels.get(part.part, ""))
        if coefficient is not None and part.correction is not None:
            mark *= coefficient.exact if exact else coefficient.used
            mark = mark if exact else rounded(mark, part.correction.decimals)
        parts[part.part] = mark
    # Each part is brought to a hundred and weighs so many of a hundred.
    weighed = (parts[one.part] * Fraction(one.weight) / Fraction(one.full) for one in card.parts)
    total = sum(weighed, Fraction())
    total = total if exact else rounded(total, card.decimals)
    return _Counted(total, tuple(parts[key] for key in card.ties))


def _ranked(
    card: Contest,
    candidates: Sequence[Candidate],
    alike: Mapping[str, Mapping[str, Coefficient]],
    places: int,
) -> list[Placed]:
    """Rank the candidates of one post; those who are out come last."""
    published = {one.name: _counted(card, one, alike, exact=False) for one in candidates}
    exactly = {one.name: _counted(card, one, alike, exact=True) for one in candidates}
    out = {one.name: why for one in candidates if (why := _out(card, one)) is not None}
    ranks = _ranks({n: c for n, c in published.items() if c is not None and n not in out})
    exact_ranks = _ranks({n: c for n, c in exactly.items() if c is not None and n not in out})
    alone = Counter(ranks.values())
    found: list[Placed] = []
    for one in candidates:
        outcome, because = out.get(one.name) or _told(ranks[one.name], alone, places)
        mine, exact = published[one.name], exactly[one.name]
        found.append(
            Placed(
                name=one.name,
                post=one.post,
                outcome=outcome,
                total=None if mine is None else mine.total,
                exact=None if exact is None else exact.total,
                rank=ranks.get(one.name),
                exact_rank=exact_ranks.get(one.name),
                because=because,
            )
        )
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0))


def _out(card: Contest, one: Candidate) -> tuple[Outcome, Sentence] | None:
    """Say why somebody is not ranked at all; None where they are."""
    for part in card.parts:
        mark = one.marks.get(part.part)
        if mark is None:
            return "absent", say("没有{part}成绩，不排名", part=part.term)
        if part.minimum is not None and mark < part.minimum:
            least = plain(Fraction(part.minimum))
            because = say(
                "{part} {mark} 分，低于最低线 {least} 分",
                part=part.term,
                mark=plain(mark),
                least=least,
            )
            return "minimum", because
    return None


def _ranks(counted: Mapping[str, _Counted]) -> dict[str, int]:
    """Give each one's rank: one more than are strictly before them, the keys of ties considered."""
    order = sorted((one.order for one in counted.values()), reverse=True)
    return {name: order.index(one.order) + 1 for name, one in counted.items()}


def _told(rank: int, alone: Mapping[int, int], places: int) -> tuple[Outcome, Sentence]:
    """Say whether a rank is within the places; whoever shares the last of them is not chosen."""
    if rank + alone[rank] - 1 <= places:
        return "chosen", say("第 {rank} 名，名额 {n} 个", rank=rank, n=places)
    if rank <= places:
        because = say(
            "第 {rank} 名有 {many} 人并列，名额只剩 {left} 个，由集体研究决定",
            rank=rank,
            many=alone[rank],
            left=places - rank + 1,
        )
        return "tied", because
    return "behind", say("第 {rank} 名，名额 {n} 个，未聘上", rank=rank, n=places)
