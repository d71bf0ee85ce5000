"""Documents and pictures of an examination, as files."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpResponse

from xianxue.bureau.report.text import Text
from xianxue.bureau.values.sentence import say
from xianxue.desk.exams.papers.documents import paper_of, papers_of, text_of
from xianxue.desk.exams.papers.sheet import name_of
from xianxue.desk.exams.papers.subject import Subject
from xianxue.desk.exams.scopes import Scope
from xianxue.web.exams.found import (
    COUNTY,
    PLACE,
    VIEW,
    all_of,
    county_subject,
    group_at,
    standing_at,
    told,
)
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download, shown
from xianxue.web.kit.pages import page
from xianxue.web.kit.visit import Asked


@page(VIEW, COUNTY)
def report(request: Asked, exam: str, period: str, name: str) -> HttpResponse:
    """Give the county's analysis as a document."""
    visit = request.visit
    standing = standing_at(visit, exam, period, name)
    subject, wanted = county_subject(visit, standing), request.GET.get("with", "")
    text = told(visit, subject)
    if wanted and wanted != standing.sitting.key:
        others = (one for one in all_of(visit) if one.sitting.key == wanted)
        earlier = next(others, None)
        if earlier is None:
            raise MissingError(say("没有这次考试。"))
        text = text_of(subject, earlier=county_subject(visit, earlier))
    return download(paper_of(subject, text), f"{name}{say('成绩分析')}.docx")


@page(VIEW, COUNTY)
def sheets(request: Asked, exam: str, period: str, name: str) -> HttpResponse:
    """Give a sheet for each school, all in one file."""
    visit = request.visit
    subject = county_subject(visit, standing_at(visit, exam, period, name))
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as packed:
        for made in papers_of(subject):
            packed.writestr(made.name, made.document)
    return download(held.getvalue(), f"{name}{say('各校成绩单')}.zip")


@page(VIEW, PLACE)
def sheet(request: Asked, exam: str, period: str, name: str, place: str) -> HttpResponse:
    """Give one school's sheet as a document."""
    return _sheet(*group_at(request.visit, (exam, period, name), place))


@page(VIEW, PLACE)
def class_sheet(  # noqa: PLR0913, PLR0917 - the parts of the address
    request: Asked, exam: str, period: str, name: str, place: str, in_class: str
) -> HttpResponse:
    """Give one class's sheet as a document."""
    return _sheet(*group_at(request.visit, (exam, period, name), place, in_class))


@page(VIEW, COUNTY)
def union_sheet(request: Asked, exam: str, period: str, name: str, union: str) -> HttpResponse:
    """Give the sheet of schools that are judged as one as a document."""
    return _sheet(*group_at(request.visit, (exam, period, name), union=union))


def _sheet(subject: Subject, scope: Scope) -> HttpResponse:
    called = name_of(subject, scope)
    document = paper_of(subject, text_of(subject, scope))
    return download(document, f"{subject.standing.sitting.name}_{called}.docx")


@page(VIEW, COUNTY)
def picture(request: Asked, exam: str, period: str, name: str, number: int) -> HttpResponse:
    """Give a picture of the county's analysis."""
    visit = request.visit
    subject = county_subject(visit, standing_at(visit, exam, period, name))
    return _picture(told(visit, subject), number, name)


@page(VIEW, PLACE)
def own_picture(  # noqa: PLR0913, PLR0917 - the parts of the address
    request: Asked, exam: str, period: str, name: str, place: str, number: int
) -> HttpResponse:
    """Give a picture of a school's sheet."""
    found = group_at(request.visit, (exam, period, name), place)
    return _picture(told(request.visit, *found), number, name)


@page(VIEW, PLACE)
def class_picture(  # noqa: PLR0913, PLR0917 - the parts of the address
    request: Asked, exam: str, period: str, name: str, place: str, in_class: str, number: int
) -> HttpResponse:
    """Give a picture of a class's sheet."""
    found = group_at(request.visit, (exam, period, name), place, in_class)
    return _picture(told(request.visit, *found), number, name)


@page(VIEW, COUNTY)
def union_picture(  # noqa: PLR0913, PLR0917 - the parts of the address
    request: Asked, exam: str, period: str, name: str, union: str, number: int
) -> HttpResponse:
    """Give a picture of the sheet of schools that are judged as one."""
    found = group_at(request.visit, (exam, period, name), union=union)
    return _picture(told(request.visit, *found), number, name)


def _picture(text: Text, number: int, name: str) -> HttpResponse:
    drawn = text.pictures()
    if number >= len(drawn):
        raise MissingError(say("没有这幅图。"))
    return shown(drawn[number].png, f"{name}-{number + 1}.png")
