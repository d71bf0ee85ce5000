"""Files of a report: as it stands now, its working sheet, and a copy that somebody has edited."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import say
from xianxue.desk.audit import dropped
from xianxue.desk.report.sections import applied
from xianxue.desk.report.standing_text import texts_of
from xianxue.desk.report.writing import Written
from xianxue.desk.report.writing import write as write_document
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.against import words_of_county
from xianxue.web.kit.files import download
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import complain, deed, missing, page, went
from xianxue.web.kit.visit import Asked
from xianxue.web.report.opened import NOW, Opened, open_report


def written_of(opened: Opened) -> Written:
    """Set a report as it stands, with the offices' own text."""
    made = applied(opened.outline, texts_of(opened.kept))
    return write_document(opened.counted.river, made.outline, None, opened.counted.attained)


def file_name(opened: Opened) -> str:
    """Name the file by what it is and of when."""
    return f"{opened.outline.term}_{opened.period.code}"


@page("report.view")
def document(request: Asked, outline: str) -> HttpResponse:
    """Give the report as a Word file, as it stands now."""
    opened = open_report(request.visit, outline, request.GET.get("figures", ""))
    return download(written_of(opened).document, f"{file_name(opened)}.docx")


@page("report.view")
def sheet(request: Asked, outline: str) -> HttpResponse:
    """Give the working sheet beside it."""
    opened = open_report(request.visit, outline, request.GET.get("figures", ""))
    found = written_of(opened).sheet
    if found is None:
        return missing(request, say("这份报告没有数据说明。"))
    return download(found, f"{file_name(opened)}-数据说明.docx")


@deed("audit.use")
def edited(request: Asked, outline: str) -> HttpResponse:
    """Take a copy that somebody has edited, and hold it against what was written and is now."""
    visit = request.visit
    opened = open_report(visit, outline)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size:
        return complain(request, [_no_file()])
    who = visit.present.person.login if visit.present is not None else ""
    try:
        taken = dropped.take(who, (file.name or "")[-120:], file.read())
    except ComplaintsError as error:
        return complain(request, error.issues)
    words = words_of_county(visit)
    dropped.begin(taken, words, address("audit:one", taken.key))
    dropped.wait(taken.key, 3.0)
    answer = went(request, "audit:one", taken.key)
    # Where nothing is published the report tells what is held now, and so it is held against.
    answer["Location"] += f"?against={opened.release if opened.release_name else NOW}"
    return answer


def _no_file() -> Issue:
    return Issue(
        code="D-NONE",
        severity=Severity.MUST_FIX,
        saw=say("没有选择文件"),
        required=say("从这里下载、改过的 .docx"),
        do=say("请选择文件再核对"),
    )
