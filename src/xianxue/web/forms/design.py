"""表单设计: a form is put together in boxes, checked as a card, and looked at as a workbook."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.forms.designing import FILE, Box, Design, Pair, card_of, preview
from xianxue.desk.forms.drafted import Checked, check_draft
from xianxue.desk.forms.items import OFTEN, TYPES
from xianxue.desk.workspace import ComplaintsError, MisusedError
from xianxue.web.forms.check import STATES, spared
from xianxue.web.kit.files import download
from xianxue.web.kit.pages import COMPLAINED, anywhere, deed, page, show
from xianxue.web.kit.visit import Asked

_FIRST, _MORE, _MOST = 6, 5, 60
"""Lines of an empty design, lines added at a time, and lines at most: beyond, it is two forms."""
_CHECKS: Final = 3
_DIGITS: Final = 3
"""Of a line's number."""
_IDENT: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
RELATIONS: Final[dict[str, Sentence]] = {
    "at_most": say("不大于"),
    "equal": say("等于"),
    "at_least": say("不小于"),
}
_LAYOUTS: Final = {"record": say("一家填一行"), "list": say("一家填多行（清单）")}
_FILLERS: Final = {"school": say("学校"), "county": say("县")}


@page("forms.design", anywhere)
def design(request: Asked) -> HttpResponse:
    """Show an empty form."""
    return show(request, "forms/design.html", _values(request, Design(), _FIRST))


@deed("forms.design", anywhere)
def designed(request: Asked) -> HttpResponse:
    """Go on with a form: more lines, a check, its workbook, or its card. Nothing is kept."""
    visit, said = request.visit, request.POST
    found = _read(request)
    do = said.get("do", "check")
    lines = len(found.boxes) + (_MORE if do == "more" else 0)
    values = _values(request, found, lines)
    if do == "more":
        return show(request, "forms/design.html", values)
    card = card_of(
        found, {name: str(term) for name, term in RELATIONS.items()}, say("请核对这两栏的数")
    )
    try:
        _see(found)
        if do == "workbook":
            name, data = preview(visit.standing.workspace(), visit.standing.period(), card)
            return download(data, name)
        checked = check_draft(
            visit.standing.workspace(), visit.standing.period(), FILE, card.encode()
        )
        if do == "card":
            return download((checked.marked or card).encode(), f"{found.ident}.yaml")
    except ComplaintsError as error:
        values |= {"issues": error.issues, "card": card}
        return show(request, "forms/design.html", values, status=COMPLAINED)
    except MisusedError:
        issue = _issue(say("编号“{name}”已经有报表在用", name=found.ident), say("没有用过的编号"))
        return show(request, "forms/design.html", values | {"issues": [issue]}, status=COMPLAINED)
    return show(
        request,
        "forms/design.html",
        values | {"found": checked, "card": card, **spared(visit, checked)},
    )


def _read(request: Asked) -> Design:
    said = request.POST
    boxes: list[Box] = []
    for at in range(min(_whole(said.get("lines", "0")), _MOST)):
        term = " ".join(said.get(f"term{at}", "").split())
        boxes.append(
            Box(
                term=term,
                ident=said.get(f"ident{at}", "").strip() or f"item_{at + 1}",
                type=_one(said.get(f"type{at}", ""), TYPES, "integer"),
                unit=_one(said.get(f"unit{at}", ""), UNITS, "person"),
                codes=_one(said.get(f"codes{at}", ""), _shelf(request).codes, ""),
                required=not said.get(f"free{at}", ""),
                help=" ".join(said.get(f"help{at}", "").split()),
            )
        )
    pairs = [
        Pair(_whole(said[f"left{at}"]), said[f"relation{at}"], _whole(said[f"right{at}"]))
        for at in range(_CHECKS)
        if said.get(f"left{at}")
        and said.get(f"right{at}")
        and said.get(f"relation{at}", "") in RELATIONS
    ]
    return Design(
        ident=said.get("ident", "").strip(),
        term=" ".join(said.get("name", "").split()),
        layout=_one(said.get("layout", ""), _LAYOUTS, "record"),
        filed_by=_one(said.get("filed_by", ""), _FILLERS, "school"),
        period=_one(said.get("period", ""), OFTEN, "school_year"),
        owner=" ".join(said.get("owner", "").split()),
        stages=[one.value for one in Stage if one.value in said.getlist("stage")],
        boxes=boxes,
        pairs=pairs,
    )


def _see(found: Design) -> None:
    """Complain of what a card cannot say well: of what is missing, by the names of the boxes."""
    issues: list[Issue] = []
    if not found.term:
        issues.append(_issue(say("没有填报表名称"), say("报表的全称")))
    if not _IDENT.fullmatch(found.ident):
        saw = say("编号填的是“{name}”", name=found.ident)
        issues.append(_issue(saw, say("小写字母开头的字母、数字和下划线")))
    if not found.filled():
        issues.append(_issue(say("一栏也没有"), say("至少一栏")))
    for at, box in enumerate(found.boxes, 1):
        if box.term and not _IDENT.fullmatch(box.ident):
            saw = say("第 {n} 栏的编号填的是“{name}”", n=at, name=box.ident)
            issues.append(_issue(saw, say("小写字母开头的字母、数字和下划线")))
        if box.term and box.type == "code" and not box.codes:
            issues.append(_issue(say("第 {n} 栏没有选代码表", n=at), say("一张代码表")))
    if issues:
        raise ComplaintsError(issues)


def _values(request: Asked, found: Design, lines: int) -> dict[str, Any]:
    shelf = _shelf(request)
    empty = [Box(term="", ident="")] * (min(lines, _MOST) - len(found.boxes))
    issues: list[Issue] = []
    nothing: Checked | None = None
    return {
        "design": found,
        "boxes": [*found.boxes, *empty],
        "pairs": [*found.pairs, *([None] * (_CHECKS - len(found.pairs)))],
        "types": TYPES,
        "units": [one for one in UNITS.values() if "/" not in one.dimension],
        "lists": [(one.codes, one.term) for one in shelf.codes.values()],
        "relations": RELATIONS,
        "layouts": _LAYOUTS,
        "fillers": _FILLERS,
        "often": OFTEN,
        "stages": list(Stage),
        "states": STATES,
        "issues": issues,
        "found": nothing,
        "card": "",
        "spared": "",
        "full": lines >= _MOST,
    }


def _shelf(request: Asked) -> Shelf:
    return request.visit.standing.workspace().shelf


def _one(said: str, known: object, usual: str) -> str:
    return said if isinstance(known, dict) and said in known else usual


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else 0


def _issue(saw: Sentence, required: Sentence) -> Issue:
    return Issue(
        code="F-DESIGN",
        severity=Severity.MUST_FIX,
        saw=saw,
        required=required,
        do=say("请改好再点“检查”；填过的还在下面"),
    )
