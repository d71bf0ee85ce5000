"""Needs: classes, staff, posts and rooms that foreseen pupils ask for, beside what is there."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.plan.needs.chosen import norms_of
from xianxue.desk.plan.needs.needs import Needs, StaffNeed
from xianxue.desk.plan.needs.roster import LEDGER
from xianxue.desk.plan.needs.told import why_no_years
from xianxue.desk.plan.told import school_year
from xianxue.desk.search.readings import spelled
from xianxue.desk.workspace import MisusedError, Workspace
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.lists import Choice, Column, Listing, exported, listed
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked
from xianxue.web.kit.whole import whole
from xianxue.web.plan.foreseen import COUNTY, VIEW, foresight_of

_TEN_THOUSAND: Final = 10_000


class School(Record, kw_only=True):
    """One school's stage: what it needs in the year that is looked at, and what it has now."""

    place: str
    name: str
    within: str
    pupils: int | None
    """Foreseen; None: not known, and not nothing. So in all that follows."""
    classes: int | None
    needed: int | None
    """Staff by the norm, of the pupils counted now."""
    posts: int | None
    in_post: int | None
    short: int | None
    """Posts that lack; below nothing where there are more."""
    rooms: Fraction | None
    """㎡ that lack."""
    yuan: int | None

    @property
    def standing(self) -> str:
        """Whether posts lack: short, enough, or unknown."""
        if self.short is None:
            return "unknown"
        return "short" if self.short > 0 else "enough"


@page(VIEW, COUNTY)
def needs(request: Asked) -> HttpResponse:
    """Show what the pupils that are foreseen need, stage by stage."""
    visit = request.visit
    try:
        foresight = foresight_of(visit)
    except MisusedError as error:
        return show(request, "plan/unforeseen.html", {"why": error.args[0], "issues": []})
    grave = [one for one in foresight.issues if one.severity is Severity.MUST_FIX]
    if grave:
        why = say("以往的数有 {n} 处要改，改好以前推算不了", n=len(grave))
        return show(request, "plan/unforeseen.html", {"why": why, "issues": grave})
    workspace = visit.standing.workspace()
    visit.standing.database()
    found = Needs(foresight, norms_of(workspace, foresight.period.reference_day))
    stages, years = found.stages(), found.years()
    stage = request.GET.get("stage", "") or Stage.PRIMARY.value
    year = whole(request.GET.get("year", "")) or years[-1]
    if stage not in stages or year not in years:
        raise MissingError(say("推算里没有这个学段或这一年。"))
    listing = _listing(request, found, stage, year)
    title = say("{stage}需要 {year}（假设）", stage=Stage(stage).term, year=school_year(year))
    wanted = exported(request, listing, title)
    if wanted is not None:
        return wanted
    staff = found.staff_need(stage)
    values = {
        "list": listing,
        "foresight": foresight,
        "stage": Stage(stage),
        "stages": [Stage(one) for one in stages],
        "year": year,
        "years": [(one, school_year(one)) for one in years],
        "title": _title(found, stage, year),
        "yearly": _county(found, stage, staff),
        "staff": staff,
        "why": why_no_years(staff),
        "subjects": _subjects(workspace, staff, year),
        "until": school_year(year),
        "unknown": [
            foresight.names.get(one, one)
            for one in found.area(foresight.register.county.code, stage, year).unknown
        ],
        "because": list(
            dict.fromkeys(
                (workspace.shelf.sources[one.source].name, one.seen.term) for one in found.because()
            )
        ),
        "heads": {one.name: one.head for one in _COLUMNS},
        "money": money,
        "exact": plain,
    }
    return show(request, "plan/needs.html", values, part="rows")


def _title(found: Needs, stage: str, year: int) -> Sentence:
    county = found.foresight.register.county.code
    need = found.area(county, stage, year)
    term, when = Stage(stage).term, school_year(year)
    if need.classes is None or need.staff is None:
        return say("{stage}：{year} 学年要多少，还有不知道的", stage=term, year=when)
    return say(
        "{stage}：{year} 学年要 {n} 个班、{m} 名教职工",
        stage=term,
        year=when,
        n=need.classes,
        m=need.staff,
    )


def _county(found: Needs, stage: str, staff: StaffNeed) -> list[tuple[str, tuple[int | None, ...]]]:
    """Give year by year: pupils, classes, staff, who retires, leaves, is to be found, is over."""
    county, rows = found.foresight.register.county.code, list[tuple[str, tuple[int | None, ...]]]()
    for at, year in enumerate(found.years()):
        need = found.area(county, stage, year)
        goes = staff.retiring[year] if staff.known else None
        flow = staff.years[at] if staff.years else None
        rest = (None, None, None) if flow is None else (flow.leave, flow.recruit, flow.over)
        rows.append((school_year(year), (need.pupils, need.classes, need.staff, goes, *rest)))
    return rows


def _subjects(
    workspace: Workspace, staff: StaffNeed, until: int
) -> list[tuple[Sentence | str, int, int]]:
    """Give each subject: who the roster has, and how many of them retire up to a year."""
    card = workspace.shelf.ledgers.get(LEDGER)
    fields = [] if card is None else [one for one in card.fields if one.field == "subject"]
    terms = {one.code: one.term for field in fields for one in field.options}
    return [
        (
            terms.get(name, name),
            many,
            sum(n for year, n in staff.subjects_retiring[name].items() if year <= until),
        )
        for name, many in staff.subjects.items()
    ]


_STANDINGS: Final = {
    "short": say("编制少于标准"),
    "enough": say("编制不少于标准"),
    "unknown": say("不知道"),
}


def _schools(found: Needs, stage: str, year: int) -> list[School]:
    names, by_code = found.foresight.names, found.foresight.known.by_code
    rows: list[School] = []
    for one in found.posts():
        if one.stage != stage:
            continue
        need, rooms = found.school(one.school, stage, year), found.lacking(one.school, stage, year)
        rows.append(
            School(
                place=one.school,
                name=names.get(one.school, one.school),
                within=by_code[one.school].within,
                pupils=need.pupils,
                classes=need.classes,
                needed=one.needed,
                posts=one.staff.posts,
                in_post=one.staff.in_post,
                short=one.short,
                rooms=rooms.lacking,
                yuan=rooms.yuan,
            )
        )
    return rows


def money(yuan: int | None) -> str:
    """Show money in ten thousands of yuan; empty where it is not known.

    >>> money(1414000), money(None)
    ('141.4', '')
    """
    return "" if yuan is None else plain(Fraction(yuan, _TEN_THOUSAND), 2)


def _listing(request: Asked, found: Needs, stage: str, year: int) -> Listing[School]:
    names = found.foresight.names
    return listed(
        request,
        _schools(found, stage, year),
        _COLUMNS,
        text=lambda one: " ".join((one.name, spelled(one.name), one.place)),
        choices=[
            Choice[School]("posts", say("编制"), lambda one: one.standing, _STANDINGS.__getitem__),
            Choice[School](
                "in", say("乡镇"), lambda one: one.within, lambda code: names.get(code, code)
            ),
        ],
        sort="-short",
    )


_COLUMNS: Final[Sequence[Column[School]]] = (
    Column("name", say("学校"), lambda one: one.name),
    Column("pupils", say("学生（推算）"), lambda one: one.pupils, number=True),
    Column("classes", say("要几个班（假设）"), lambda one: one.classes, number=True),
    Column("needed", say("现在按标准的编制"), lambda one: one.needed, number=True),
    Column("posts", say("核定编制"), lambda one: one.posts, number=True),
    Column("in_post", say("在编"), lambda one: one.in_post, number=True),
    Column("short", say("缺编"), lambda one: one.short, number=True),
    Column("rooms", say("缺校舍 ㎡（假设）"), lambda one: one.rooms, number=True),
    Column("yuan", say("约需万元（假设）"), lambda one: money(one.yuan), sorts=False),
)
