"""Pages of a school, a class, and schools that are judged as one: their own results, and whose."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse

from xianxue.desk.exams.papers.sheet import name_of
from xianxue.desk.exams.papers.subject import Subject
from xianxue.desk.exams.scopes import Scope, classes_of
from xianxue.web.exams.found import (
    COUNTY,
    PLACE,
    VIEW,
    group_at,
    schools_by_name,
    spelled,
    told,
)
from xianxue.web.exams.told import parts_of
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import page, show
from xianxue.web.kit.visit import Asked


@page(VIEW, PLACE)
def school(request: Asked, exam: str, period: str, name: str, place: str) -> HttpResponse:
    """Show one school's own results beside the county's, and its classes."""
    subject, scope = group_at(request.visit, (exam, period, name), place)
    classes = {one: spelled(one) for one in classes_of(subject.analysis, place)}

    def leads(cell: str) -> str:
        if cell not in classes:
            return ""
        return address("exams:class", exam, period, name, place, classes[cell])

    return _shown(request, subject, scope, leads)


@page(VIEW, PLACE)
def in_class(  # noqa: PLR0913, PLR0917 - the parts of the address
    request: Asked, exam: str, period: str, name: str, place: str, in_class: str
) -> HttpResponse:
    """Show one class's results beside its school's and the county's."""
    return _shown(request, *group_at(request.visit, (exam, period, name), place, in_class))


@page(VIEW, COUNTY)
def union(request: Asked, exam: str, period: str, name: str, union: str) -> HttpResponse:
    """Show schools that are judged as one: together, and each."""
    subject, scope = group_at(request.visit, (exam, period, name), union=union)
    by_name = schools_by_name(subject, scope.schools)

    def leads(cell: str) -> str:
        return address("exams:school", exam, period, name, by_name[cell]) if cell in by_name else ""

    return _shown(request, subject, scope, leads)


def _shown(
    request: Asked, subject: Subject, scope: Scope, leads: Callable[[str], str] = lambda _: ""
) -> HttpResponse:
    visit = request.visit
    sitting = subject.standing.sitting
    at = (sitting.exam, sitting.period, sitting.name)
    if scope.union:
        kind, inner = "union", (scope.union,)
    elif scope.in_class:
        kind, inner = "class", (scope.school, spelled(scope.in_class))
    else:
        kind, inner = "school", (scope.school,)
    drawn = "exams:own_picture" if kind == "school" else f"exams:{kind}_picture"
    paper = "exams:sheet" if kind == "school" else f"exams:{kind}_sheet"
    parts = parts_of(
        told(visit, subject, scope), lambda number: address(drawn, *at, *inner, number), leads
    )
    values = {
        "subject": subject,
        "scope": scope,
        "called": name_of(subject, scope),
        "school": subject.words.school(scope.school) if scope.school else "",
        "sheet": address(paper, *at, *inner),
        "parts": parts,
        "whole": visit.may(VIEW),
    }
    return show(request, "exams/school.html", values)
