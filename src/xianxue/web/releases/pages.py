"""The list of releases, and one of them: what it holds, whom it lacks, and by what exception."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.records.figure import named
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.units import UNITS
from xianxue.desk.indicators.descent import shown_of
from xianxue.desk.releases import published
from xianxue.desk.releases.overrides_told import told_overrides
from xianxue.desk.releases.publication import missing_from
from xianxue.desk.returns.overrides import override_of_release
from xianxue.desk.search.readings import spelled
from xianxue.desk.standing.standing import LATEST
from xianxue.desk.workspace import MisusedError
from xianxue.web.kit.helpers import moment
from xianxue.web.kit.lists import Choice, Column, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked, Visit


class Row(Record):
    """A release in the list."""

    name: str
    period: str
    term: Sentence | str
    number: int
    at: datetime
    by: str
    why: str
    digest: str
    filed: int
    expected: int
    latest: bool


@page("releases.view")
def releases(request: Asked) -> HttpResponse:
    """List all releases, and say how what is accepted now stands to the newest."""
    rows = _rows(request.visit)
    listing = listed(
        request,
        rows,
        _COLUMNS,
        text=lambda row: f"{row.name} {row.by} {row.why} {row.term}",
        choices=[
            Choice(
                "period", say("学年"), lambda row: row.period, lambda code: Period.parse(code).term
            )
        ],
        sort="-name",
    )
    wanted = exported(request, listing, say("发布"))
    if wanted is not None:
        return wanted
    period = request.visit.standing.period()
    own = [row for row in rows if row.period == period.code]
    newest = own[-1] if own else None
    waiting = waiting_of(request.visit) if newest is not None else ()
    values = {
        "list": listing,
        "period": period,
        "newest": newest,
        "waiting": waiting,
        "may": request.visit.may("returns.release"),
    }
    return show(request, "releases/releases.html", values, part="rows")


@page("releases.view")
def one(request: Asked, period: str, number: str) -> HttpResponse:
    """Show one release."""
    visit = request.visit
    workspace = visit.standing.workspace()
    row = find(visit, period, number)
    when = Period.parse(row.period)
    manifest = published.folder_of(workspace).manifest(row.digest)
    lacking = missing_from(workspace, when, manifest)
    forms = [
        (
            name,
            workspace.shelf.forms[name].term if name in workspace.shelf.forms else name,
            filed,
            expected,
            lacking.get(name, []),
        )
        for name, (filed, expected) in manifest.coverage.items()
        if expected
    ]
    rules, reason = override_of_release(row.name)
    policy = visit.standing.ground().policy
    own = [one for one in _rows(visit) if one.period == row.period]
    own_period = row.period == visit.standing.period().code
    values = {
        "row": row,
        "forms": forms,
        "figures": len(visit.standing.counted(when, str(row.number)).figures),
        "returns": len(manifest.revisions),
        "earlier": manifest.earlier,
        "overrides": told_overrides(workspace, manifest.overrides, when.reference_day),
        "exception": joined("、", map(policy.rule_term, rules)) if rules else "",
        "reason": reason,
        "before": next((one for one in reversed(own) if one.number < row.number), None),
        "newer": [one for one in own if one.number > row.number],
        "waiting": waiting_of(visit) if row.latest and own_period else (),
    }
    return show(request, "releases/one.html", values)


@page("releases.view")
def figures(request: Asked, period: str, number: str) -> HttpResponse:
    """List every figure of a release; whole as a workbook."""
    visit = request.visit
    row = find(visit, period, number)
    found = visit.standing.answer(("frozen figures", row.name), lambda: _lines(visit, row))
    listing = listed(
        request,
        found,
        _FIGURES,
        text=lambda line: f"{line.place} {spelled(line.place)} {line.term} {line.key}",
        choices=[Choice("level", say("范围"), lambda line: line.level, _level)],
    )
    wanted = exported(request, listing, say("第 {name} 号发布的数", name=row.name))
    if wanted is not None:
        return wanted
    return show(request, "releases/figures.html", {"row": row, "list": listing}, part="rows")


class FigureLine(Record, kw_only=True):
    """A figure of a release in its list."""

    key: str
    place: str
    level: str
    term: str
    shown: str
    exact: str
    unit: Sentence | str
    heard: str
    why: str


def _lines(visit: Visit, row: Row) -> list[FigureLine]:
    """Write every figure of a release as a line; thousands, so it is done once."""
    counted = visit.standing.counted(Period.parse(row.period), str(row.number))
    shelf, register = counted.shelf, counted.register
    return [
        FigureLine(
            key=figure.key,
            place=register[figure.place].name if figure.place in register else figure.place,
            level=register[figure.place].level if figure.place in register else "",
            term=named(
                shelf.indicators[figure.indicator].term
                if figure.indicator in shelf.indicators
                else figure.indicator,
                figure.stage,
                figure.slice,
            ),
            shown=shown_of(figure),
            exact="" if figure.value is None else plain(figure.value),
            unit=UNITS[figure.unit].term if figure.unit in UNITS else "",
            heard=f"{figure.coverage.reported}/{figure.coverage.expected}",
            why=figure.why,
        )
        for figure in counted.figures.values()
    ]


def find(visit: Visit, period: str, number: str) -> Row:
    """Give a release by its period and number; MisusedError where there is none such."""
    try:
        when = Period.parse(period)
    except ValueError as error:
        raise MisusedError(error.args[0]) from error
    own = [row for row in _rows(visit) if row.period == when.code]
    found = next((row for row in own if str(row.number) == number), None)
    if found is None:
        names = joined("、", (str(row.number) for row in own)) if own else say("无")
        raise MisusedError(
            say(
                "{term}没有第 {said} 号发布（已有：{names}）",
                term=when.term,
                said=number,
                names=names,
            )
        )
    return found


def waiting_of(visit: Visit) -> tuple[str, ...]:
    """Name the returns that were approved and are not in the newest release."""
    standing = visit.standing
    period = standing.period()
    if standing.release(period, LATEST) is None:
        return ()
    return standing.answer(
        ("waiting", period.code),
        lambda: published.waiting_for_release(standing.river(period, LATEST)),
    )


def _rows(visit: Visit) -> list[Row]:
    standing = visit.standing

    def make() -> list[Row]:
        workspace = standing.workspace()
        folder, newest = published.folder_of(workspace), dict[str, int]()
        known = published.releases(workspace)
        for one in known:
            newest[one.period] = one.number
        rows: list[Row] = []
        for one in known:
            coverage = folder.manifest(one.digest).coverage.values()
            rows.append(
                Row(
                    one.name,
                    one.period,
                    Period.parse(one.period).term,
                    one.number,
                    one.at,
                    one.by,
                    one.why,
                    one.digest,
                    sum(filed for filed, _ in coverage),
                    sum(expected for _, expected in coverage),
                    newest[one.period] == one.number,
                )
            )
        return rows

    return standing.answer(("releases",), make)


def _level(code: str) -> Sentence | str:
    return {"county": say("全县"), "township": say("乡镇"), "school": say("学校")}.get(code, code)


_COLUMNS: Final = (
    Column[Row]("name", say("发布"), lambda row: row.name),
    Column[Row]("term", say("学年"), lambda row: row.term),
    Column[Row]("at", say("时间"), lambda row: moment(row.at)),
    Column[Row]("by", say("发布人"), lambda row: row.by),
    Column[Row]("filed", say("已报"), lambda row: row.filed, number=True),
    Column[Row]("expected", say("应报"), lambda row: row.expected, number=True),
    Column[Row]("why", say("说明"), lambda row: row.why),
    Column[Row]("digest", say("摘要"), lambda row: row.digest[:12], sorts=False),
)
_FIGURES: Final = (
    Column[FigureLine]("place", say("单位"), lambda line: line.place),
    Column[FigureLine]("term", say("指标"), lambda line: line.term),
    Column[FigureLine]("shown", say("数"), lambda line: line.shown, number=True, sorts=False),
    Column[FigureLine]("unit", say("计量"), lambda line: line.unit),
    Column[FigureLine]("heard", say("已报/应报"), lambda line: line.heard, sorts=False),
    Column[FigureLine]("exact", say("精确值"), lambda line: line.exact, sorts=False),
    Column[FigureLine]("why", say("说明"), lambda line: line.why),
    Column[FigureLine]("key", say("编号"), lambda line: line.key),
)
