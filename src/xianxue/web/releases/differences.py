"""What two releases differ in, or a release and what is accepted now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import HttpResponse, HttpResponseRedirect

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.releases.difference import release_diff
from xianxue.desk.releases.published import find_release
from xianxue.desk.releases.told import CauseRow, CellRow, DiffTold, FigureRow, VerdictRow, told
from xianxue.desk.releases.unpublished import as_now
from xianxue.desk.returns.exporting import Sheet, workbook_of
from xianxue.desk.search.readings import spelled
from xianxue.desk.works import running
from xianxue.desk.works.running import Going, Result
from xianxue.web.kit.files import download
from xianxue.web.kit.helpers import address, moment
from xianxue.web.kit.lists import Choice, Column, about_list, listed
from xianxue.web.kit.pages import MOVED_ON, page, show
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.words import tell
from xianxue.web.releases.pages import find

NOW: Final = "now"
"""In the address: what is accepted now."""
_PATIENCE: Final = 1.0
"""Seconds in which most differences are counted: then the page comes at once."""


@page("releases.view")
def diff(request: Asked, period: str, before: str, after: str) -> HttpResponse:
    """Show causes, corrected numbers, and the figures and verdicts that moved with them."""
    visit = request.visit
    old = find(visit, period, before)
    new = None if after == NOW else find(visit, period, after)
    waiting = _counting(request, old.period, before, after)
    if waiting is not None:
        return waiting
    difference = difference_of(visit, old.period, before, after)
    listing = listed(
        request,
        difference.figures,
        _FIGURES,
        text=lambda row: f"{row.name} {spelled(str(row.name))} {row.key}",
        choices=[
            Choice("cause", say("起因"), lambda row: " ".join(map(str, row.causes)), _causes),
            Choice("whose", say("范围"), lambda row: "county" if row.county else "other", _whose),
        ],
    )
    if request.GET.get("as") == "xlsx":
        title = say("{before} 与 {after} 的不同", before=before, after=_named(after))
        # The figures are those of the filter, first, as in every list.
        sheets = (*_sheets(difference, listing.rows), about_list(request, listing, title))
        return download(workbook_of(*sheets), f"{tell(title)}.xlsx")
    values = {
        "old": old,
        "new": new,
        "after": after,
        "told": difference,
        "list": listing,
        "title": _title(difference, str(old.number), _named(after)),
    }
    return show(request, "releases/diff.html", values, part="rows")


def _counting(request: Asked, period: str, before: str, after: str) -> HttpResponse | None:
    """Count what was not counted yet as long work; None where it is there, or soon was.

    Whoever asks for it again while it is counted is led to the same work.
    """
    visit = request.visit
    standing, who = visit.standing, visit.actor.name
    if standing.stands(_named_so(period, before, after)):
        return None
    kind, here = f"difference {period} {before} {after}"[:64], request.get_full_path()

    def work(going: Going) -> Result:
        difference_of(visit, period, before, after)
        going.step()
        return {"address": here}

    going = next(
        (one for one in running.works_of(who) if (one.kind, one.state) == (kind, running.GOING)),
        None,
    )
    title = say("比较第 {before} 号与{after}", before=before, after=_named(after))
    key = going.key if going is not None else running.begin(who, kind, title, 1, work)
    running.wait(key, _PATIENCE)
    if standing.stands(_named_so(period, before, after)):
        return None
    return HttpResponseRedirect(address("home:work", key), status=MOVED_ON)


def _named_so(period: str, before: str, after: str) -> tuple[str, ...]:
    return "difference", period, before, after


def difference_of(visit: Visit, period: str, before: str, after: str) -> DiffTold:
    """Give the difference of two releases that there are, or of one and what is accepted now."""
    standing = visit.standing

    def make() -> DiffTold:
        workspace, when = standing.workspace(), Period.parse(period)
        old = find_release(workspace, when, before)
        new = as_now(workspace, when) if after == NOW else find_release(workspace, when, after)
        # Both were found in the list before.
        assert old is not None  # noqa: S101 - as said
        assert new is not None  # noqa: S101 - as said
        return told(release_diff(workspace, when, old, new))

    # Releases stay as they are; what is accepted now is what this answer is kept by.
    return standing.by_accepted(_named_so(period, before, after), make)


def _named(said: str) -> Sentence:
    return say("现在") if said == NOW else say("第 {n} 号", n=said)


def _title(difference: DiffTold, before: str, after: Sentence) -> Sentence:
    if difference.empty:
        return say("第 {before} 号与{after}没有不同", before=before, after=after)
    return say(
        "第 {before} 号到{after}：起因 {causes} 项，动了 {figures} 个指标、{verdicts} 项判定",
        before=before,
        after=after,
        causes=len(difference.causes),
        figures=len(difference.figures),
        verdicts=len(difference.verdicts),
    )


def _causes(code: str) -> Sentence:
    if not code:
        return say("起因不详")
    return say("起因 {numbers}", numbers=joined("、", code.split()))


def _whose(code: str) -> Sentence:
    return say("全县的数") if code == "county" else say("乡镇、学校的数")


def _numbers(causes: tuple[int, ...]) -> str:
    return "、".join(map(str, causes))


_FIGURES: Final = (
    Column[FigureRow]("name", say("指标"), lambda row: row.name),
    Column[FigureRow]("before", say("原来"), lambda row: row.before, number=True, sorts=False),
    Column[FigureRow]("after", say("现在"), lambda row: row.after, number=True, sorts=False),
    Column[FigureRow]("unit", say("计量"), lambda row: row.unit),
    Column[FigureRow]("causes", say("起因"), lambda row: _numbers(row.causes)),
)
_CAUSES: Final = (
    Column[CauseRow]("number", say("序号"), lambda row: row.number),
    Column[CauseRow]("told", say("起因"), lambda row: row.told),
    Column[CauseRow]("by", say("谁办的"), lambda row: row.by),
    Column[CauseRow]("at", say("时间"), lambda row: moment(row.at)),
    Column[CauseRow]("why", say("理由"), lambda row: row.why),
    Column[CauseRow]("moved", say("变动的指标"), lambda row: row.moved),
    Column[CauseRow]("turned", say("变动的判定"), lambda row: row.turned),
)
_CELLS: Final = (
    Column[CellRow]("name", say("单位"), lambda row: row.name),
    Column[CellRow]("field", say("项目"), lambda row: row.field),
    Column[CellRow]("cell", say("格"), lambda row: row.cell),
    Column[CellRow]("before", say("原来"), lambda row: row.before),
    Column[CellRow]("after", say("现在"), lambda row: row.after),
    Column[CellRow]("by", say("谁报的"), lambda row: row.by),
    Column[CellRow]("at", say("时间"), lambda row: moment(row.at)),
    Column[CellRow]("why", say("理由"), lambda row: row.why),
)
_VERDICTS: Final = (
    Column[VerdictRow]("name", say("单位"), lambda row: row.name),
    Column[VerdictRow]("standard", say("标准"), lambda row: row.standard),
    Column[VerdictRow]("term", say("判定的项目"), lambda row: row.term),
    Column[VerdictRow]("before", say("原来"), lambda row: row.before),
    Column[VerdictRow]("after", say("现在"), lambda row: row.after),
    Column[VerdictRow]("causes", say("起因"), lambda row: _numbers(row.causes)),
)


def _sheets(difference: DiffTold, figures: Sequence[FigureRow]) -> list[Sheet]:
    def sheet(title: Sentence, columns: tuple[Column[object], ...], rows: object) -> Sheet:
        heads = [str(tell(one.head)) for one in columns]
        return Sheet(
            str(tell(title)),
            heads,
            [[tell(one.value(row)) for one in columns] for row in rows],  # type: ignore[attr-defined]  # rows of those columns
        )

    return [
        sheet(say("变动的指标"), _FIGURES, figures),  # type: ignore[arg-type]  # as above
        sheet(say("起因"), _CAUSES, difference.causes),  # type: ignore[arg-type]  # as above
        sheet(say("更正的数"), _CELLS, difference.cells),  # type: ignore[arg-type]  # as above
        sheet(say("变动的判定"), _VERDICTS, difference.verdicts),  # type: ignore[arg-type]  # as above
    ]
