"""One examination as its address names it, worked out once for all who look at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from xianxue.bureau.report.text import Text
from xianxue.bureau.values.sentence import say
from xianxue.desk.exams.papers.documents import text_of
from xianxue.desk.exams.papers.subject import Subject, subject_of
from xianxue.desk.exams.scopes import COUNTY as WHOLE
from xianxue.desk.exams.scopes import Scope, classes_of, scope_of
from xianxue.desk.exams.sittings import Standing, as_released, sittings
from xianxue.desk.workspace import MisusedError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.pages import of_county, of_place
from xianxue.web.kit.visit import Visit

VIEW: Final = "exams.view"
COUNTY: Final = of_county(VIEW)
PLACE: Final = of_place(VIEW)


def all_of(visit: Visit) -> list[Standing]:
    """Give every examination, the newest first."""
    standing = visit.standing
    return standing.answer(("sittings",), lambda: sittings(standing.workspace()))[::-1]


def standing_at(visit: Visit, exam: str, period: str, name: str) -> Standing:
    """Give the examination of an address; MissingError where there is none."""
    key = f"{exam}/{period}/{name}"
    found = next((one for one in all_of(visit) if one.sitting.key == key), None)
    if found is None:
        raise MissingError(say("没有这次考试。"))
    return found


def told(visit: Visit, subject: Subject, scope: Scope = WHOLE) -> Text:
    """Write the county's analysis, or a group's sheet for a page; its pictures are drawn once."""
    whose = (scope.school, scope.in_class, scope.union)
    name = ("exam text", *_worked(subject.standing), subject.state, *whose)
    return visit.standing.answer(name, lambda: text_of(subject, scope, on_paper=False))


def scope_at(
    visit: Visit,
    subject: Subject,
    place: str = "",
    in_class: str = "",
    union: str = "",
) -> Scope:
    """Give the group of an address; MissingError where nobody of it sat."""
    name = ("exam scope", *_worked(subject.standing), place, in_class, union)

    def find() -> Scope:
        # An address is parted by slashes: the class of "9/1" is written with another stroke.
        named = next(
            (one for one in classes_of(subject.analysis, place) if spelled(one) == in_class),
            in_class,
        )
        return scope_of(subject.analysis, subject.unions, place, named, union)

    try:
        return visit.standing.answer(name, find)
    except MisusedError as error:
        raise MissingError(error.args[0]) from error


def spelled(name: str) -> str:
    """Write a class's name as an address has it."""
    return name.replace("/", "∕")


def county_subject(visit: Visit, standing: Standing) -> Subject:
    """Work an examination out as it stands now: for those who see the whole county."""
    return _worked_out(visit, standing)


def released_subject(visit: Visit, standing: Standing) -> Subject | None:
    """Work out what was released; None where nothing was: a school sees nothing that may change."""
    released = as_released(standing)
    return None if released is None else _worked_out(visit, released)


def subject_for(visit: Visit, standing: Standing) -> Subject:
    """Work out what the visitor may see: now for the county's people, else what was released."""
    if visit.may(VIEW):
        return county_subject(visit, standing)
    found = released_subject(visit, standing)
    if found is None:
        raise MissingError(say("这次考试的成绩还没有发布。"))
    return found


def group_at(
    visit: Visit,
    at: tuple[str, str, str],
    place: str = "",
    in_class: str = "",
    union: str = "",
) -> tuple[Subject, Scope]:
    """Work out the examination of an address (card, period, name) and the group of it named there.

    Schools that are judged as one are for those who see the whole county.
    """
    standing = standing_at(visit, *at)
    subject = county_subject(visit, standing) if union else subject_for(visit, standing)
    return subject, scope_at(visit, subject, place, in_class, union)


def schools_by_name(subject: Subject, schools: Iterable[str]) -> dict[str, str]:
    """Give the codes of schools by their names.

    Of two schools of one name a row does not say which it is: it leads nowhere.
    """
    words = {school: subject.words.school(school) for school in schools}
    often = Counter(words.values())
    return {said: code for code, said in words.items() if often[said] == 1}


def _worked_out(visit: Visit, standing: Standing) -> Subject:
    opened, day = visit.standing, visit.at.date()
    name = ("exam", *_worked(standing), standing.released, day)
    return opened.answer(name, lambda: subject_of(opened.workspace(), standing, day))


def _worked(standing: Standing) -> tuple[str, int, int, int]:
    lines = standing.lines.number if standing.lines is not None else 0
    references = standing.references.number if standing.references is not None else 0
    return standing.sitting.key, standing.marks.number, lines, references
