"""Documents of an examination as files: the county's analysis, and a sheet for each school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from xianxue.bureau.report.text import Text
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.exams.papers.county import county_text
from xianxue.desk.exams.papers.sheet import schools_with_results, sheet_text
from xianxue.desk.exams.papers.subject import Subject, subject_of
from xianxue.desk.exams.scopes import COUNTY, Scope
from xianxue.desk.exams.sittings import Standing
from xianxue.desk.workspace import MisusedError, Workspace


class Made(Record):
    """One document, and under which name it is written."""

    name: str
    document: bytes


def county_paper(workspace: Workspace, standing: Standing, on: date) -> bytes:
    """Write the county's analysis."""
    return _file(workspace, county_text(subject_of(workspace, standing, on)))


def school_papers(
    workspace: Workspace, standing: Standing, on: date, schools: Sequence[str] = ()
) -> Iterator[Made]:
    """Write the sheets of some schools, or of all that have pupils in it; worked out once."""
    yield from papers_of(subject_of(workspace, standing, on), schools)


def papers_of(subject: Subject, schools: Sequence[str] = ()) -> Iterator[Made]:
    """Write the sheets of an examination that was worked out."""
    there = schools_with_results(subject)
    for school in schools:
        if school not in there:
            known = joined("、", there)
            message = say(
                "这次考试没有学校 {school} 的成绩；有：{known}", school=school, known=known
            )
            raise MisusedError(message)
    for school in schools or there:
        name = f"{school}_{subject.words.school(school)}.docx"
        yield Made(
            name, paper_of(subject, sheet_text(subject, Scope(school=school, schools=(school,))))
        )


def paper_of(subject: Subject, text: Text) -> bytes:
    """Write a text about an examination in the county's layout."""
    return _file(subject.workspace, text)


def text_of(
    subject: Subject,
    scope: Scope = COUNTY,
    earlier: Subject | None = None,
    *,
    on_paper: bool = True,
) -> Text:
    """Give the text of a document before it has any look.

    ``earlier``: with what schools added since then, in the county's analysis. ``on_paper``: a
    screen has room for what does not fit on a sheet.
    """
    if scope == COUNTY:
        return county_text(subject, earlier)
    return sheet_text(subject, scope, on_paper=on_paper)


def _file(workspace: Workspace, text: Text) -> bytes:
    from xianxue.bureau.report.word import render  # noqa: PLC0415 - who reads on a screen needs no Word

    profiles, name = workspace.shelf.profiles, workspace.settings.profile
    if name not in profiles:
        known = joined("、", profiles)
        raise MisusedError(say("没有版式“{profile}”；现有：{known}", profile=name, known=known))
    return render(text, profiles[name])
