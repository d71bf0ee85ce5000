"""What an appraisal came to as it is shown: the release that was published, or what stands now.

Both are one and the same kind of record, so that no page forgets which of them it shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, cast

from xianxue.bureau.kinds.appraisal.tree import nodes_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.appraisal.json_keys import told
from xianxue.desk.appraisal.scored import Result
from xianxue.desk.models.appraisal import AppraisalRelease


class ShownItem(Record, kw_only=True):
    """One item of one who is judged."""

    item: str
    number: str
    term: Sentence | str
    depth: int
    """0 for the first rank of items."""
    source: str
    """The kind of its source; ``items`` for a branch."""
    points: str | None
    """A decimal; None where it is not known or does not apply."""
    of: str
    because: Sentence | str
    flags: tuple[Sentence | str, ...] = ()


class ShownPlace(Record, kw_only=True):
    """What one who is judged came to."""

    place: str
    name: str
    group: Sentence | str
    total: Fraction | None
    """As the card rounds it; None where something is missing."""
    shown: Sentence | str
    grade: str
    grade_term: Sentence | str
    why: Sentence | str
    rank: int | None
    missing: tuple[str, ...]
    vetoes: tuple[tuple[Sentence | str, str], ...]
    """What each is called, and its document."""
    faults: tuple[Sentence | str, ...]
    items: tuple[ShownItem, ...]

    def item(self, name: str) -> ShownItem | None:
        """Give one item, or None."""
        return next((one for one in self.items if one.item == name), None)


class ShownResult(Record, kw_only=True):
    """An appraisal as it is shown."""

    number: int
    """Under which it was published; 0 for what stands now."""
    at: datetime | None
    """When it was published."""
    places: tuple[ShownPlace, ...]
    remarks: tuple[Sentence | str, ...]

    def place(self, code: str) -> ShownPlace | None:
        """Give one who is judged, or None."""
        return next((one for one in self.places if one.place == code), None)


def as_it_stands(result: Result) -> ShownResult:
    """Give what an appraisal comes to now."""
    return _shown(told(result), result, 0, None)


def as_published(release: AppraisalRelease, result: Result) -> ShownResult:
    """Give a release; ``result``: what stands now, whose words are used where they are the same.

    A release keeps its sentences in Chinese. Where it says today what it said then, it can be read
    in other languages, too.
    """
    kept = cast("dict[str, Any]", _in_words(release.results, told(result)))
    return _shown(kept, result, release.number, release.at)


def changed(before: ShownResult, after: ShownResult) -> tuple[tuple[ShownPlace, ShownPlace], ...]:
    """Give everybody whose total, grade or rank is another one, as it was and as it is."""
    pairs = [(one, after.place(one.place)) for one in before.places]
    return tuple(
        (one, other)
        for one, other in pairs
        if other is not None
        and (one.total, one.grade, one.rank) != (other.total, other.grade, other.rank)
    )


def _shown(
    said: Mapping[str, Any], result: Result, number: int, at: datetime | None
) -> ShownResult:
    depths = {one.item.item: one.depth for one in nodes_of(result.asked.rubric)}
    return ShownResult(
        number=number,
        at=at,
        places=tuple(_place(one, depths) for one in said["places"]),
        remarks=tuple(said["remarks"]),
    )


def _place(one: Mapping[str, Any], depths: Mapping[str, int]) -> ShownPlace:
    return ShownPlace(
        place=one["place"],
        name=one["name"],
        group=one["group"],
        total=None if one["total"] is None else Fraction(one["total"]),
        shown=one["shown"],
        grade=one["grade"] or "",
        grade_term=one["grade_term"],
        why=one["why"],
        rank=one["rank"],
        missing=tuple(one["missing"]),
        vetoes=tuple((each["term"], each["document"]) for each in one["vetoes"]),
        faults=tuple(one["faults"]),
        items=tuple(
            ShownItem(
                item=each["item"],
                number=each["number"],
                term=each["term"],
                depth=depths.get(each["item"], 0),
                source=each["source"],
                points=each["points"],
                of=each["of"],
                because=each["because"],
                flags=tuple(each["flags"]),
            )
            for each in one["items"]
        ),
    )


def _in_words(kept: object, now: object) -> object:
    """Give what was kept, with the sentences of now where they say the same."""
    if isinstance(now, Sentence):
        return now if str(now) == kept else kept
    if isinstance(kept, dict) and isinstance(now, dict):
        was, new = cast("dict[str, Any]", kept), cast("dict[str, Any]", now)
        return {name: _in_words(each, new.get(name)) for name, each in was.items()}
    if isinstance(kept, list) and isinstance(now, Sequence):
        before, after = cast("list[Any]", kept), list(cast("Sequence[Any]", now))
        by_name = {_name(one): one for one in after}
        if "" in by_name:
            pairs = zip(before, after, strict=False)
            return [_in_words(*pair) for pair in pairs] if len(before) == len(after) else before
        return [_in_words(one, by_name.get(_name(one))) for one in before]
    return kept


def _name(one: object) -> str:
    if not isinstance(one, dict):
        return ""
    said = cast("dict[str, Any]", one)
    return str(said.get("place") or said.get("item") or "")
