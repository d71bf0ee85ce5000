"""The issue list beside the picture of the sheet: of a file that came, or of what is typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.sheets.layout import split_address
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.drafts.checked import Checked
from xianxue.desk.returns.drafts.covering import COVER, covered_groups, is_personal
from xianxue.desk.returns.drafts.groups import Group
from xianxue.desk.returns.drafts.picture import Leaf, Picture, Spot, picture_of
from xianxue.desk.returns.drafts.typed import typed_of
from xianxue.desk.standing.checking import handed, last_year
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.returns.about import EXPLAIN, FILL, masked

SIGNS: Final[Mapping[str, str]] = {"equal": "≠", "at_most": ">", "at_least": "<"}
GRADES: Final = (
    ("", say("全部")),
    (Severity.MUST_FIX.value, Severity.MUST_FIX.term),
    (Severity.EXPLAIN.value, Severity.EXPLAIN.term),
    (Severity.NOTE.value, Severity.NOTE.term),
)
_LONGEST: Final = len("XFD1048576")
"""Letters of the last cell's address."""


class Near(Record):
    """The cell that is looked at, with what stood there before."""

    spot: Spot
    last: str
    """Last year's; empty where there is none."""
    before: str
    """What was handed in last; empty where nothing was."""


def check_values(request: Asked, checked: Checked) -> dict[str, Any]:
    """Give what the check page is written from."""
    visit = request.visit
    key = checked.key
    shelf = visit.standing.workspace().shelf
    form = shelf.form_in(key.form, key.period) if key is not None else None
    cover = key is not None and masked(visit, key)
    groups = checked.groups
    if cover and form is not None:
        groups = covered_groups(form, groups)
    picture = picture_of(checked.data, checked.file, checked.filed, form, groups, masked=cover)
    chosen = _chosen(request, groups)
    tab, at = _where(request, picture, chosen)
    leaf = picture.leaf(tab) if picture is not None and tab else None
    spot = _spot(leaf, at)
    grade = request.GET.get("grade", "")
    shown = [one for one in groups if grade in {"", one.severity.value}]
    explains = key is not None and visit.may(EXPLAIN, key.place)
    return {
        "checked": checked,
        "key": key,
        "title": title_of(checked),
        "shown": shown,
        "grades": [
            (code, words, sum(code in {"", one.severity.value} for one in groups))
            for code, words in GRADES
        ],
        "grade": grade,
        "picture": picture,
        "leaf": leaf,
        "tab": tab,
        "chosen": chosen,
        "at": at,
        "near": _near(visit, key, checked.filed, spot, cover=cover)
        if key is not None and spot is not None
        else None,
        "about_cell": [one for one in groups if (tab, at) in one.cells] if at else [],
        "sides": _sides(chosen),
        "apart": _apart(chosen),
        "sign": SIGNS.get(chosen.issue.relation, "") if chosen else "",
        "asked": _asked(chosen) if explains and chosen else [],
        "fills": key is not None and visit.may(FILL, key.place),
        "before": _beside(groups, chosen, -1),
        "behind": _beside(groups, chosen, 1),
    }


def title_of(checked: Checked) -> Sentence:
    """Say what has to be done before it can be handed in."""
    must, explain = checked.must_fix, checked.explain
    if checked.filed is None:
        return say("这个文件没有收下")
    if must and explain:
        return say("还不能报：{n} 处要改、{m} 处要改或说明", n=must, m=explain)
    if must:
        return say("还不能报：{n} 处要改", n=must)
    if explain:
        return say("还不能报：{m} 处要改或说明", m=explain)
    return say("查过了，没有要改的，可以签名报送")


def _chosen(request: Asked, groups: Sequence[Group]) -> Group | None:
    wanted = request.GET.get("issue", "")
    number = whole(wanted)
    return next((one for one in groups if one.number == number), None)


def _where(request: Asked, picture: Picture | None, chosen: Group | None) -> tuple[str, str]:
    """Give the tab that is shown and the cell that is looked at."""
    if picture is None:
        return "", ""
    known = {tab.name for tab in picture.tabs}
    tab, at = request.GET.get("tab", ""), request.GET.get("at", "")
    if chosen is not None and tab not in known and chosen.issue.sheet in known:
        tab = chosen.issue.sheet
        at = at or chosen.issue.cell
    elif chosen is not None and not at and tab == chosen.issue.sheet:
        at = chosen.issue.cell
    return (tab if tab in known else picture.first), at


def _spot(leaf: Leaf | None, at: str) -> Spot | None:
    known = len(at) <= _LONGEST and at[:1].isalpha() and at[-1:].isdecimal()
    row = split_address(at)[0] + 1 if known else 0
    lines = leaf.lines if leaf is not None else ()
    return next(
        (one for line in lines if line.number == row for one in line.spots if one.address == at),
        None,
    )


def _near(visit: Visit, key: Key, filed: Return | None, spot: Spot, *, cover: bool) -> Near:
    if not spot.name:
        return Near(spot, "", "")
    form = visit.standing.workspace().shelf.form_in(key.form, key.period)
    if cover and is_personal(form, spot.name.partition(".")[0], spot.name.rpartition(".")[2]):
        return Near(spot, COVER, COVER)
    found = handed(visit.standing, key)
    before = typed_of(found.filed, form) if found is not None else {}
    last = last_year(visit.standing, key, filed)
    return Near(spot, last.get(spot.name, ""), before.get(spot.name, ""))


def _sides(chosen: Group | None) -> tuple[list[Any], list[Any]]:
    ends = chosen.issue.ends if chosen is not None else ()
    return [one for one in ends if not one.right], [one for one in ends if one.right]


def _apart(chosen: Group | None) -> str:
    """Say by how much the two ends differ; as decimals, for they are exact."""
    if chosen is None or not chosen.issue.ends:
        return ""
    left, right = (
        sum((Decimal(one.shown) for one in chosen.issue.ends if one.right == right), Decimal(0))
        for right in (False, True)
    )
    return f"{abs(left - right):f}"


def _asked(chosen: Group) -> list[Issue]:
    """Give what may be explained instead of mended: the complaint, and what follows from it."""
    return [
        one
        for one in (chosen.issue, *chosen.follow)
        if one.severity is Severity.EXPLAIN and one.about
    ]


def _beside(groups: Sequence[Group], chosen: Group | None, by: int) -> Group | None:
    if not groups:
        return None
    at = groups.index(chosen) + by if chosen is not None else 0
    return groups[at] if 0 <= at < len(groups) else None
