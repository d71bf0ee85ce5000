"""A published appraisal as it was published, read back so that it can be shown like any other.

What is kept is Chinese text. Where it says the same as what is said now, the sentence of now is
shown, which has its English, and leads to what it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.appraised import Graded, ItemScore, Score, Struck
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Phrase, Sentence
from xianxue.desk.appraisal.scored import Result


def as_published(now: Result, kept: Mapping[str, Any]) -> Result:
    """Give the results of a release; ``now``: what the appraisal comes to now."""
    held = now.by_place
    scores = tuple(_score(one, held.get(one["place"])) for one in kept["places"])
    groups = {str(one.term): one.group for one in now.asked.rubric.groups}
    graded = tuple(_graded(one, held.get(one["place"]), groups) for one in kept["places"])
    remarks = tuple(_issue(one) for one in kept["remarks"])
    return replace(now, scores=scores, grades=replace(now.grades, graded=graded, issues=remarks))


def moved_since(now: ItemScore | None, kept: ItemScore) -> bool:
    """Whether an item comes to something else now than when it was published."""
    if now is None:
        return True
    return now.points != kept.points or str(now.because) != str(kept.because)


def _score(kept: Mapping[str, Any], now: tuple[Score, Graded] | None) -> Score:
    live = None if now is None else now[0]
    items = tuple(_item(one, live.item(one["item"]) if live else None) for one in kept["items"])
    whole = sum((one.of for one in items if not one.depth), Fraction(0))
    total = None if kept["total"] is None else Fraction(kept["total"])
    return Score(
        place=kept["place"],
        name=kept["name"],
        total=total,
        shown=kept["shown"],
        of=whole if live is None else live.of,
        least=total or Fraction(0),
        most=total or whole,
        items=items,
        missing=tuple(kept["missing"]),
        struck=tuple(
            Struck(veto="", term=one["term"], caps="", document=one["document"])
            for one in kept["vetoes"]
        ),
        issues=tuple(_issue(one) for one in kept["faults"]),
    )


def _item(kept: Mapping[str, Any], live: ItemScore | None) -> ItemScore:
    points = None if kept["points"] is None else Fraction(kept["points"])
    because = Phrase(kept["because"])
    flags: tuple[Sentence, ...] = tuple(Phrase(one) for one in kept["flags"])
    if live is None:
        full = Fraction(kept["of"])
        return ItemScore(
            item=kept["item"], number=kept["number"], term=kept["term"],
            depth=kept["number"].count("."), source=kept["source"], points=points, of=full,
            least=points or Fraction(0), most=points or full, applies=True, because=because,
            flags=flags,
        )  # fmt: skip
    same = kept["points"] == (None if live.points is None else plain(live.points))
    if same and str(live.because) == kept["because"]:
        return replace(live, points=live.points, flags=live.flags if _alike(live, flags) else flags)
    return replace(
        live, points=points, of=Fraction(kept["of"]), because=because, flags=flags,
        readings=(), traces=(), applies=points is not None or live.applies,
    )  # fmt: skip


def _alike(live: ItemScore, flags: tuple[Sentence, ...]) -> bool:
    return [str(one) for one in live.flags] == [str(one) for one in flags]


def _graded(
    kept: Mapping[str, Any], now: tuple[Score, Graded] | None, groups: Mapping[str, str]
) -> Graded:
    live = None if now is None else now[1]
    group = groups.get(kept["group"], kept["group"])
    same = live is not None and str(live.because) == kept["why"] and live.term == kept["grade_term"]
    if live is not None and same:
        return replace(live, group=group, grade=kept["grade"] or "", rank=kept["rank"])
    return Graded(
        place=kept["place"],
        group=group,
        grade=kept["grade"] or "",
        term=kept["grade_term"],
        rank=kept["rank"],
        because=Phrase(kept["why"]),
    )


def _issue(text: str) -> Issue:
    return Issue(code="P-KEPT", severity=Severity.MUST_FIX, saw=Phrase(text.removesuffix("。")))
