"""Reports: their sections, writing, handing in, taking over, issuing, files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from xianxue.bureau.audit.showing.marked import Card
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.report.editing import typed
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.report.accept_section import AcceptSection
from xianxue.desk.actions.report.assign import Assign
from xianxue.desk.actions.report.comment import CommentOn
from xianxue.desk.actions.report.hand_in import HandIn
from xianxue.desk.actions.report.return_section import ReturnSection
from xianxue.desk.actions.report.settle import Settle
from xianxue.desk.actions.report.write_section import WriteSection
from xianxue.desk.report.standing_text import issued_of, versions_of
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.api.audit import finding
from xianxue.web.api.calls import Told, does, gives_file, reads
from xianxue.web.api.shaped import reports as shapes
from xianxue.web.api.shapes import Count, Word
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import WORD, download
from xianxue.web.kit.visit import Visit, asked
from xianxue.web.kit.words import tell
from xianxue.web.report.drafts import key_of
from xianxue.web.report.files import file_name, written_of
from xianxue.web.report.issuing import issue_report
from xianxue.web.report.opened import Line, Opened, marked_of, named, open_report, period_of
from xianxue.web.report.parts import text_of

_VIEW, _WRITE = "report.view", "report.write"


@reads("/reports", list[shapes.OutlineOut], _VIEW)
def reports(request: HttpRequest) -> list[Told]:
    """List the reports that can be written."""
    del request
    cards = asked().visit.standing.workspace().shelf.reports.values()
    return [{"outline": one.outline, "term": str(tell(one.term))} for one in cards]


@reads("/reports/{outline}", shapes.ReportOut, _VIEW)
def report(request: HttpRequest, outline: Word, figures: Word = "") -> Told:
    """Give a report's sections; ``figures=now`` tells what is accepted now, not the release."""
    del request
    opened = open_report(asked().visit, outline, figures)
    return {
        "outline": outline,
        "term": str(tell(opened.outline.term)),
        "period": opened.period.code,
        "release": opened.release_name,
        "sections": [_line(one) for one in opened.lines],
    }


@gives_file("/reports/{outline}/file", WORD, _VIEW)
def document(request: HttpRequest, outline: Word, figures: Word = "") -> HttpResponse:
    """Give the report as a Word file, as it stands now."""
    del request
    opened = open_report(asked().visit, outline, figures)
    return download(written_of(opened).document, f"{file_name(opened)}.docx")


@reads("/reports/{outline}/sections/{section}", shapes.SectionText, _VIEW)
def section(request: HttpRequest, outline: Word, section: Word, figures: Word = "") -> Told:
    """Give a section's text, its versions, and what the auditor says of it."""
    del request
    visit = asked().visit
    return _section(visit, open_report(visit, outline, figures), section)


@does("/reports/{outline}/sections/{section}", shapes.SectionText, _WRITE, by="PUT")
def write(request: HttpRequest, outline: Word, section: Word, wanted: shapes.SectionIn) -> Told:
    """Store a text as the next version; numbers in it are kept bound to their figures."""
    del request
    visit = asked().visit
    opened = open_report(visit, outline)
    opened.part(section)
    read = typed(*named(visit, opened), wanted.text)
    if read.faults:
        raise ComplaintsError([_fault(one) for one in read.faults])
    act = WriteSection(visit.standing.ground(), visit.actor, visit.at)
    act(key_of(opened, section), read.text, wanted.base)
    return _section(visit, open_report(visit, outline), section)


@does("/reports/{outline}/sections/{section}/steps", shapes.SectionText, _VIEW)
def step(request: HttpRequest, outline: Word, section: Word, wanted: shapes.SectionStepIn) -> Told:
    """Give a section to an office, hand it in, take it over, or send it back."""
    del request
    visit = asked().visit
    opened = open_report(visit, outline)
    kept, key = opened.part(section), key_of(opened, section)
    ground = visit.standing.ground()
    doing = (ground, visit.actor, visit.at)
    if wanted.step == "assign":
        Assign(*doing)(key, wanted.owner.strip(), wanted.due)
    elif wanted.step == "hand_in":
        wrong = marked_of(visit, opened.put.flat(section), opened).wrong
        HandIn(*doing)(key, wrong, empty=bool(kept.section.slot) and not kept.text)
    elif wanted.step == "accept":
        AcceptSection(*doing)(key)
    else:
        ReturnSection(*doing, wanted.why)(key)
    return _section(visit, open_report(visit, outline), section)


@does("/reports/{outline}/sections/{section}/comments", shapes.SectionText, _VIEW)
def comment(request: HttpRequest, outline: Word, section: Word, wanted: shapes.CommentIn) -> Told:
    """Write a comment on a section, or an answer to one."""
    del request
    visit = asked().visit
    opened = open_report(visit, outline)
    opened.part(section)
    act = CommentOn(visit.standing.ground(), visit.actor, visit.at)
    act(key_of(opened, section), wanted.said, wanted.answers)
    return _section(visit, open_report(visit, outline), section)


@does(
    "/reports/{outline}/sections/{section}/comments/{number}", shapes.SectionText, _VIEW, by="PUT"
)
def settle(
    request: HttpRequest, outline: Word, section: Word, number: Count, wanted: shapes.SettledIn
) -> Told:
    """Say that what a comment asks is done, or that it is not."""
    del request
    visit = asked().visit
    opened = open_report(visit, outline)
    opened.part(section)
    act = Settle(visit.standing.ground(), visit.actor, visit.at)
    act(key_of(opened, section), number, settled=wanted.settled)
    return _section(visit, open_report(visit, outline), section)


@reads("/reports/{outline}/issued", list[shapes.IssuedOut], _VIEW)
def issued(request: HttpRequest, outline: Word) -> list[Told]:
    """List what was issued of a report, the newest first."""
    del request
    visit = asked().visit
    card = visit.standing.workspace().shelf.reports.get(outline)
    if card is None:
        raise MissingError(say("没有提纲“{outline}”。", outline=outline))
    found = issued_of(outline, period_of(visit, card).code)
    names = shapes.IssuedOut.model_fields
    return [{name: getattr(one, name) for name in names} for one in found]


@does("/reports/{outline}/issue", shapes.IssuedOut, "report.release")
def issue(request: HttpRequest, outline: Word, wanted: shapes.IssueIn) -> Told:
    """Issue a report with the release whose figures it tells; its numbers never move again."""
    del request
    visit = asked().visit
    made = issue_report(visit, open_report(visit, outline), wanted.why)
    return {name: getattr(made, name) for name in shapes.IssuedOut.model_fields}


def _fault(words: str) -> Issue:
    required = say("每个数都取自指标，或写明是手写的数")
    return Issue(code="W-TEXT", severity=Severity.MUST_FIX, saw=words, required=required)


def _section(visit: Visit, opened: Opened, key: str) -> Told:
    kept = opened.part(key)
    line = next(one for one in opened.lines if one.kept.section.key == key)
    cards: tuple[Card, ...] = tuple(marked_of(visit, opened.put.flat(key), opened).cards)
    found = versions_of(opened.outline.outline, opened.period.code, key)
    return {
        "section": _line(line),
        "text": text_of(visit, opened, kept),
        "versions": [
            {name: getattr(one, name) for name in shapes.VersionOut.model_fields} for one in found
        ],
        "findings": [finding(card) for card in cards],
    }


def _line(one: Line) -> Told:
    kept = one.kept
    return {
        "section": kept.section.key,
        "title": str(tell(kept.section.title)),
        "owner": kept.owner,
        "due": kept.due,
        "state": kept.state,
        "version": kept.version,
        "by": kept.by,
        "remark": kept.remark,
        "wrong": one.wrong,
        "doubtful": one.doubtful,
        "written": one.written,
    }
