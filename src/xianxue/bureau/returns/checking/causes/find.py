"""Finding what many complaints of one return follow from, and folding them under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.causes.exchanged import exchanged
from xianxue.bureau.returns.checking.causes.ground import Ground, Supposition
from xianxue.bureau.returns.checking.causes.scaled import CODE as SCALED
from xianxue.bureau.returns.checking.causes.scaled import scaled
from xianxue.bureau.returns.checking.causes.shifted import shifted
from xianxue.bureau.returns.checking.causes.weighing import Evidence, Scales

Recheck = Callable[[Return], list[Issue]]
"""Gives every complaint about a return, as it was given about the one at hand."""
Fits = tuple[Evidence, Supposition]

_MOST: Final = 4
"""So many causes are sought in one return: whoever made more mistakes begins anew."""


def causes(ground: Ground, recheck: Recheck) -> list[tuple[Fits, list[Issue]]]:
    """Give the causes, each with the complaints that would not be there without it."""
    found: list[tuple[Fits, list[Issue]]] = []
    while len(found) < _MOST and len(ground.open) > 1:
        best = _best(ground, recheck)
        if best is None:
            break
        fits, then, left = best
        gone = _gone(ground.open, left)
        found.append((fits, gone))
        still = Counter(_key(issue) for issue in ground.open) - Counter(map(_key, gone))
        issues: list[Issue] = []
        for issue in ground.open:
            if still[_key(issue)]:
                still[_key(issue)] -= 1
                issues.append(issue)
        ground = Ground(then, ground.plan, ground.shelf, ground.attributes, issues, ground.last)
    return found


def suppositions(ground: Ground) -> Iterator[Supposition]:
    """Suppose everything that may have gone wrong."""
    return chain(exchanged(ground), shifted(ground), scaled(ground))


def candidates(ground: Ground) -> list[Fits]:
    """Give what is convincing, the best first."""
    scales = Scales(ground)
    found: list[Fits] = []
    for supposed in suppositions(ground):
        evidence = scales.weigh(supposed)
        if evidence is not None and is_convincing(supposed, evidence):
            found.append((evidence, supposed))
    # Stable: of equals, the one that was supposed first.
    return sorted(found, key=lambda fits: -fits[0].score)


def is_convincing(supposed: Supposition, evidence: Evidence) -> bool:
    """Whether so much hardly comes by chance."""
    return evidence.firm >= 2 and evidence.total >= 3


def _best(ground: Ground, recheck: Recheck) -> tuple[Fits, Return, list[Issue]] | None:
    found = candidates(ground)
    if not found:
        return None
    best = found[0]
    # Two stories that fit equally well: nobody knows which is true.
    rivals = [each for each in found[1:] if each[0].score == best[0].score]
    if any(each[1].touched & best[1].touched for each in rivals):
        return None
    supposed = best[1]
    then = replace(
        ground.returned, tables=ground.returned.tables | dict(supposed.tables)
    )
    left = recheck(then)
    if len(_gone(ground.open, left)) < 2:
        return None
    return best, then, left


def _key(issue: Issue) -> tuple[str, str, str]:
    return issue.code, issue.sheet, issue.cell


def _gone(before: Sequence[Issue], after: Iterable[Issue]) -> list[Issue]:
    """Give the complaints that are not there any more."""
    left = Counter(_key(issue) for issue in after if issue.severity is not Severity.NOTE)
    gone: list[Issue] = []
    for issue in before:
        if left[_key(issue)]:
            left[_key(issue)] -= 1
        else:
            gone.append(issue)
    return gone
