"""Finding what many complaints of one return follow from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.causes.copied import Known, copied
from xianxue.bureau.returns.checking.causes.exchanged import CODE as EXCHANGED
from xianxue.bureau.returns.checking.causes.exchanged import exchanged
from xianxue.bureau.returns.checking.causes.ground import Ground, Position, Supposition
from xianxue.bureau.returns.checking.causes.one_cell import suspect
from xianxue.bureau.returns.checking.causes.scaled import CODE as SCALED
from xianxue.bureau.returns.checking.causes.scaled import scaled
from xianxue.bureau.returns.checking.causes.shifted import shifted
from xianxue.bureau.returns.checking.causes.weighing import Evidence, Scales
from xianxue.bureau.values.record import Record, replace

Recheck = Callable[[Return], list[Issue]]
"""Gives every complaint about a return, as it was given about the one at hand."""
Fits = tuple[Evidence, Supposition]

_FIRM: Final = 2
_SEVERAL: Final = 3
_MOST: Final = 4
"""So many causes are sought in one return: whoever made more mistakes begins anew."""


class Cause(Record):
    """One mistake, and the complaints that would not be there without it."""

    supposed: Supposition
    variants: Sequence[str]
    """What tells it from others of the same story, where nobody knows which."""
    agree: int
    """How much would agree."""
    near: int
    """How much of it is seen beside last year."""
    gone: Sequence[Issue]
    head: Issue | None = None
    """The complaint that says it already."""


def causes(ground: Ground, recheck: Recheck, known: Known) -> list[Cause]:
    """Give the causes, the weightiest first."""
    found: list[Cause] = []
    for seek in (_copy, _best, _one):
        while len(found) < _MOST and len(ground.open) >= _FIRM:
            best = seek(ground, recheck, known)
            if best is None:
                break
            cause, then = best
            found.append(cause)
            taken = [*cause.gone, *([cause.head] if cause.head is not None else [])]
            left = [issue for issue in ground.open if not any(issue is one for one in taken)]
            ground = replace(ground, returned=then, issues=left)
    return found


# ── suppositions ────────────────────────────────────────────────────────────


def suppositions(ground: Ground) -> Iterator[Supposition]:
    """Suppose everything that may have gone wrong with where numbers stand."""
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
    # And a story in which nothing was lost before one in which something was.
    return sorted(found, key=_rank, reverse=True)


def _rank(fits: Fits) -> tuple[int, bool]:
    evidence, supposed = fits
    return evidence.score, not supposed.lost


def is_convincing(supposed: Supposition, evidence: Evidence) -> bool:
    """Whether so much hardly comes by chance."""
    near = evidence.count("near")
    # In one row it may as well be one number that is wrong.
    least = _FIRM if supposed.rows else _SEVERAL
    spread = evidence.rows >= least or evidence.beyond_one >= 1
    if evidence.firm >= _FIRM and evidence.total >= _SEVERAL and spread:
        return True
    if supposed.code == SCALED:
        # A thousand times too small, and then just as last year: no slip of a digit does that.
        return bool(near) or (evidence.beyond_one >= 1 and supposed.values > 1)
    if supposed.code == EXCHANGED:
        return evidence.total > _SEVERAL and evidence.beyond_one >= 1
    return evidence.total >= _SEVERAL and evidence.beyond_one >= _FIRM


def _best(ground: Ground, recheck: Recheck, known: Known) -> tuple[Cause, Return] | None:
    del known
    found = candidates(ground)
    if not found:
        return None
    best = found[0]
    rivals = [each for each in found if _rank(each) == _rank(best)]
    # Two stories that fit equally well: nobody knows which is true.
    if any(_tells_another(best[1], each[1]) for each in rivals[1:]):
        return None
    # Where a slip began cannot always be told: from where most is explained, and least is moved.
    tried = [(evidence, *_tried(ground, recheck, each)) for evidence, each in rivals[:_MOST]]
    evidence, cause, then = min(
        tried, key=lambda one: (-len(one[1].gone), len(one[1].supposed.touched))
    )
    if len(cause.gone) < _FIRM:
        return None
    supposed = cause.supposed
    variants = [each.variant for _, each in rivals if each.touched == supposed.touched]
    near = evidence.count("near")
    return replace(cause, variants=variants, agree=evidence.total, near=near), then


def _tells_another(one: Supposition, other: Supposition) -> bool:
    """Whether two suppositions about the same cells are different stories."""
    if not one.touched & other.touched:
        return False
    if one.code != other.code or one.code == EXCHANGED:
        return True
    if one.code == SCALED:
        return one.touched != other.touched
    # The same sheet, the same way: only where it began is in doubt.
    return one.at != other.at or one.key[-1] != other.key[-1]


def _copy(ground: Ground, recheck: Recheck, known: Known) -> tuple[Cause, Return] | None:
    compared = {check.check for check in ground.plan.form.checks}
    for supposed in copied(ground, known):
        cause, then = _tried(ground, recheck, supposed)
        tab = ground.returned.tabs.get(supposed.at, ground.plan.sheets[supposed.at].tab)
        # What is measured by these numbers is not judged without them: that proves nothing.
        gone = [each for each in cause.gone if each.sheet == tab or each.code in compared]
        if len(gone) >= _FIRM:
            return replace(cause, gone=gone), then
    return None


def _one(ground: Ground, recheck: Recheck, known: Known) -> tuple[Cause, Return] | None:
    del known
    found = suspect(ground)
    if found is None:
        return None
    cause, then = _tried(ground, recheck, found.supposed)
    gone = [issue for issue in cause.gone if issue is not found.own]
    least = 1 if found.own is not None else _SEVERAL
    return (replace(cause, gone=gone, head=found.own), then) if len(gone) >= least else None


# ── what would be left ──────────────────────────────────────────────────────


def _tried(ground: Ground, recheck: Recheck, supposed: Supposition) -> tuple[Cause, Return]:
    then = replace(ground.returned, tables=ground.returned.tables | dict(supposed.tables))
    # Of what was pushed out of the table nobody can say anything.
    lost = {_cell_of(ground, at) for at in supposed.lost}
    left = [issue for issue in recheck(then) if (issue.sheet, issue.cell) not in lost]
    return Cause(supposed, (), 0, 0, _gone(ground.open, left)), then


def _cell_of(ground: Ground, at: Position) -> tuple[str, str]:
    sheet, number, name = at
    tab = ground.returned.tabs.get(sheet, ground.plan.sheets[sheet].tab)
    return tab, ground.returned.tables[sheet][number].cells[name].address


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


def _key(issue: Issue) -> tuple[str, str, str]:
    return issue.code, issue.sheet, issue.cell
