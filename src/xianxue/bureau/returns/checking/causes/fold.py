"""Folding the complaints of a return under what they follow from.

Nothing is taken away and no grade is changed: a return is judged as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.causes.alike import alike
from xianxue.bureau.returns.checking.causes.copied import OTHER, Known
from xianxue.bureau.returns.checking.causes.exchanged import CODE as EXCHANGED
from xianxue.bureau.returns.checking.causes.find import Cause, Recheck, causes
from xianxue.bureau.returns.checking.causes.ground import Ground
from xianxue.bureau.returns.checking.causes.scaled import CODE as SCALED
from xianxue.bureau.returns.checking.causes.shifted import CODE as SHIFTED
from xianxue.bureau.returns.checking.plan import plan_checks
from xianxue.bureau.returns.sheets.register_fields import NAME
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say

_LEAST = 2
"""One complaint needs no cause."""


def with_causes(  # noqa: PLR0913 - a return with its complaints, and all it is compared with
    issues: Sequence[Issue],
    filed: Return,
    shelf: Shelf,
    place: Place | None,
    recheck: Recheck,
    *,
    last: Return | None = None,
    register: Register | None = None,
    others: Callable[[], Iterable[Return]] = tuple,
) -> list[Issue]:
    """Give the complaints with their causes before them, each naming its cause.

    ``recheck`` gives the complaints about the return as it would be without a mistake; ``others``
    what other places reported. Both are asked only where there are several complaints.
    """
    on = Period.parse(filed.period).reference_day
    shelf = shelf.at(on)
    form = shelf.forms.get(filed.form)
    if form is None or sum(issue.severity is not Severity.NOTE for issue in issues) < _LEAST:
        return list(issues)
    plan = plan_checks(shelf, form, place, on)
    attributes = place.attributes(on) if place is not None else None
    ground = Ground(filed, plan, shelf, attributes, issues, last)
    found = causes(ground, recheck, Known(others))
    heads: list[Issue] = []
    folded: dict[int, str] = {}
    led: dict[int, str] = {}
    for cause in found:
        key = cause.supposed.key
        folded |= {id(issue): key for issue in cause.gone}
        if cause.head is None:
            heads.append(_head(ground, cause, register))
        else:
            led[id(cause.head)] = key
    led |= _of_another_school(ground, folded, led)
    rest = [one for one in ground.open if id(one) not in folded and id(one) not in led]
    for head, same in alike(ground, rest):
        # As of any cause: what has to be mended is what it stands for.
        heads.append(replace(head, severity=Severity.NOTE))
        folded |= {id(issue): head.cause_of for issue in same}
    return [*heads, *(_told(issue, folded, led) for issue in issues)]


def _of_another_school(
    ground: Ground, folded: dict[int, str], led: Mapping[int, str]
) -> dict[int, str]:
    """Fold what differs from the register under the code of another school."""
    found: dict[int, str] = {}
    for issue in ground.open:
        if issue.code != "R-PLACE" or id(issue) in led:
            continue
        beside = [
            one
            for one in ground.open
            if one.code == "R-REGISTER" and one.sheet == issue.sheet and id(one) not in folded
        ]
        # A code mistyped and nothing else is no other school.
        if any(one.field.endswith(f".{NAME}") for one in beside):
            found[id(issue)] = f"{issue.code}:{issue.field}"
            folded |= {id(one): found[id(issue)] for one in beside}
    return found


def _told(issue: Issue, folded: dict[int, str], led: dict[int, str]) -> Issue:
    if id(issue) in led:
        return replace(issue, cause_of=led[id(issue)])
    return replace(issue, cause=folded[id(issue)]) if id(issue) in folded else issue


def _head(ground: Ground, cause: Cause, register: Register | None) -> Issue:
    supposed, filed = cause.supposed, ground.returned
    names = list(cause.variants)
    if supposed.code == OTHER:
        code = supposed.key.split(":")[2]
        names = [register[code].name if register is not None and code in register else code]
    saw, do = supposed.words(names)
    if cause.agree:
        saw += say("：{evidence}", evidence=_evidence(cause))
    return Issue(
        code=supposed.code,
        # What has to be mended is what follows from it: so no verdict depends on a cause.
        severity=Severity.NOTE,
        file=filed.file,
        sheet=filed.tabs.get(supposed.at, ground.plan.sheets[supposed.at].tab),
        cell=supposed.cell,
        place=filed.place,
        form=filed.form,
        saw=saw,
        do=do,
        cause_of=supposed.key,
    )


def _evidence(cause: Cause) -> str:
    word = {EXCHANGED: say("对调后"), SHIFTED: say("移回后"), SCALED: say("换算后")}
    then = word[cause.supposed.code]
    if cause.near:
        return say(
            "{then}有 {n} 处相符（其中 {near} 处与上年相近）",
            then=then,
            n=cause.agree,
            near=cause.near,
        )
    return say("{then}有 {n} 处相符", then=then, n=cause.agree)
