"""Documents and pictures of an examination, as files."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpResponse

from xianxue.bureau.report.text import Text
from xianxue.bureau.values.sentence import say
from xianxue.desk.exams.papers import paper_of, papers_of
from xianxue.desk.exams.school_paper import schools_with_results
from xianxue.web.exams.found import COUNTY, PLACE, VIEW, county_subject, standing_at, told
from xianxue.web.exams.pages import subject_for
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download, shown
from xianxue.web.kit.pages import page
from xianxue.web.kit.visit import Asked


@page(VIEW, COUNTY)
def report(request: Asked, exam: str, period: str, name: str) -> HttpResponse:
    """Give the county's analysis as a document."""
    visit = request.visit
    subject = county_subject(visit, standing_at(visit, exam, period, name))
    return download(paper_of(subject, told(visit, subject)), f"{name}{say('成绩分析')}.docx")


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
    visit = request.visit
    subject = subject_for(visit, standing_at(visit, exam, period, name))
    if place not in schools_with_results(subject):
        raise MissingError(say("这次考试没有这所学校的成绩。"))
    school = subject.words.school(place)
    return download(paper_of(subject, told(visit, subject, place)), f"{name}_{school}.docx")


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
    visit = request.visit
    subject = subject_for(visit, standing_at(visit, exam, period, name))
    return _picture(told(visit, subject, place), number, name)


def _picture(text: Text, number: int, name: str) -> HttpResponse:
    drawn = text.pictures()
    if number >= len(drawn):
        raise MissingError(say("没有这幅图。"))
    return shown(drawn[number].png, f"{name}-{number + 1}.png")
