"""Workbooks that are sent, one or many: checked while one may go away, each with its page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpResponse

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.files.bounds import MOST_FILES
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.drafts.checked import Checked
from xianxue.desk.returns.drafts.uploads import Sent, Upload, Uploads
from xianxue.desk.standing.checking import check_file
from xianxue.desk.works.running import DONE, FAILED, GOING, STOPPED, ask_to_stop
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.gate.faults import MissingError
from xianxue.web.kit.files import download
from xianxue.web.kit.helpers import address
from xianxue.web.kit.pages import deed, page, show, went
from xianxue.web.kit.visit import Asked, Visit
from xianxue.web.kit.whole import whole
from xianxue.web.returns.about import COLLECT, FILL
from xianxue.web.returns.checking import check_values


@page(FILL)
def upload(request: Asked) -> HttpResponse:
    """Show where files are put down, and what was sent before."""
    sent = uploads_of(request.visit).of(request.visit.actor.name)
    return show(request, "returns/upload.html", {"uploads": sent})


@deed(FILL)
def take(request: Asked) -> HttpResponse:
    """Take files, begin to check them, and go to the page that shows how far that has come."""
    visit = request.visit
    files = request.FILES.getlist("files")
    if not files or len(files) > MOST_FILES:
        saw = say("一次交了 {n} 个文件", n=len(files)) if files else say("没有选文件")
        required = say("一次交 1 到 {n} 个文件", n=MOST_FILES)
        raise ComplaintsError([_complaint(saw, required, say("请选好文件再上传"))])
    about = request.POST.get("about", "")
    # Nothing is judged here: whatever a file is, its page says so.
    data = [(one.name or say("没有名字的文件"), one.read()) for one in files]
    shown = partial(address, "returns:sent")
    key = uploads_of(visit).take(visit.actor.name, data, checker(visit), about, shown)
    return went(request, "returns:sent", key)


@page(FILL)
def sent(request: Asked, key: str) -> HttpResponse:
    """Show how far checking has come, and each file with what was found."""
    visit = request.visit
    found = _found(visit, key)
    if found.state == DONE and found.total == 1 and "stay" not in request.GET:
        if request.headers.get("HX-Request"):
            answer = HttpResponse(status=204)
            answer["HX-Refresh"] = "true"
            return answer
        return went(request, "returns:sent_file", key, 1)
    rows = [_row(visit, found, at, one) for at, one in enumerate(found.sent, 1)]
    values = {
        "upload": found,
        "rows": rows,
        "ready": [one for one in rows if one["ready"]],
        "takes": [one for one in rows if one["takes"]],
        "title": _title(found, rows),
    }
    return show(request, "returns/sent.html", values, part="sent")


@deed(FILL)
def stop(request: Asked, key: str) -> HttpResponse:
    """Stop checking; what is checked stays."""
    _found(request.visit, key)
    ask_to_stop(key, request.visit.actor.name)
    return went(request, "returns:sent", key, said=say("正在停下，查过的都留着。"))


@deed(FILL)
def go_on(request: Asked, key: str) -> HttpResponse:
    """Take up checking again where it stopped."""
    _found(request.visit, key)
    visit = request.visit
    uploads_of(visit).go_on(key, visit.actor.name, checker(visit))
    return went(request, "returns:sent", key)


@page(FILL)
def sent_file(request: Asked, key: str, number: str) -> HttpResponse:
    """Show one file: what is wrong with it beside the picture of its sheets."""
    visit = request.visit
    checked = checked_of(visit, key, number)
    upload, at = _found(visit, key), whole(number) or 1
    values: dict[str, Any] = check_values(request, checked) | {
        "source": "sent",
        "sent_key": key,
        "number": number,
        "upload": upload,
        "takes": checked.key is not None and taken_in(visit, upload, upload.sent[at - 1]),
        "draft": None,
        "of": "",
    }
    values["signs"] = values["fills"]
    return show(request, "returns/check.html", values, part="work")


@page(FILL)
def sent_marked(request: Asked, key: str, number: str) -> HttpResponse:
    """Give the file with every complaint where it belongs."""
    from xianxue.bureau.returns.marking.mark import marked_name  # noqa: PLC0415 - seldom

    checked = checked_of(request.visit, key, number)
    return download(checked.marked(), marked_name(checked.file))


def uploads_of(visit: Visit) -> Uploads:
    """Give the files that were sent to this workspace."""
    return Uploads(visit.standing.workspace().store)


def checker(visit: Visit) -> Callable[[bytes, str], Checked]:
    """Give what checks a file, in whichever thread."""
    standing = visit.standing

    def check(data: bytes, name: str) -> Checked:
        standing.database()
        return check_file(standing, data, name)

    return check


def checked_of(visit: Visit, key: str, number: str) -> Checked:
    """Check a file that the visitor has sent; MissingError for any other, or another's return.

    Whose it is is asked before what is in it: beside another school's numbers it would show them.
    """
    upload = _found(visit, key)
    at = whole(number) or 0
    if not 1 <= at <= upload.total:
        raise MissingError
    one = upload.sent[at - 1]
    if not one.digest:
        return Checked(b"", one.name, None, [_too_large(one)])
    try:
        checked = check_file(visit.standing, uploads_of(visit).data(one), one.name)
    except FileNotFoundError:
        raise MissingError(say("这个文件已经清掉了，请重新上传。")) from None
    if checked.key is not None:
        issue = visit.refused(FILL, visit.subject(FILL, checked.key.place))
        if issue is not None:
            return Checked(checked.data, checked.file, None, [issue])
    return checked


def _found(visit: Visit, key: str) -> Upload:
    found = uploads_of(visit).find(key, visit.actor.name)
    if found is None:
        raise MissingError(say("没有这次上传：可能已经过了 14 天，也可能是别人传的。"))
    return found


def _row(visit: Visit, upload: Upload, at: int, one: Sent) -> dict[str, Any]:
    ground = visit.standing.ground()
    title, mine = "", False
    if one.state == "read":
        title = ground.title(Key(one.form, one.period, one.place))
        mine = visit.may(FILL, one.place)
    rivals = upload.rivals(one)
    return {
        "at": at,
        "one": one,
        "title": title,
        "mine": mine,
        "rivals": rivals,
        "ready": one.clean and mine and not rivals,
        "takes": taken_in(visit, upload, one),
        # What is wrong with another school's numbers is nobody else's business.
        "counted": one.state == "refused" or mine,
    }


def taken_in(visit: Visit, upload: Upload, one: Sent) -> bool:
    """Whether the visitor may take a file in for its school (代收)."""
    readable = one.state == "read" and not one.must_fix and not upload.rivals(one)
    return readable and visit.may(COLLECT, one.place)


def _title(upload: Upload, rows: list[dict[str, Any]]) -> Sentence:
    if upload.state == GOING:
        return say("正在校验 {n}/{total} 份", n=upload.done, total=upload.total)
    if upload.state == STOPPED:
        return say("停在 {n}/{total} 份，查过的都留着", n=upload.done, total=upload.total)
    if upload.state == FAILED:
        return say(
            "断在 {n}/{total} 份：程序重启过，查过的都留着", n=upload.done, total=upload.total
        )
    good = sum(row["ready"] for row in rows)
    beyond = sum(not row["counted"] for row in rows)
    if beyond:
        return say(
            "查完 {total} 份：{n} 份可以报，{m} 份要改，{k} 份不在您的范围",
            total=upload.total,
            n=good,
            m=upload.total - good - beyond,
            k=beyond,
        )
    return say(
        "查完 {total} 份：{n} 份可以报，{m} 份要改",
        total=upload.total,
        n=good,
        m=upload.total - good,
    )


def _too_large(one: Sent) -> Issue:
    from xianxue.bureau.returns.files.bounds import LARGEST_FILE  # noqa: PLC0415 - seldom
    from xianxue.bureau.returns.files.refusal import too_big  # noqa: PLC0415 - as above

    megabytes = one.size // 1024 // 1024
    return too_big(say("文件有 {n} MB", n=megabytes), LARGEST_FILE).issue(one.name)


def _complaint(saw: Sentence, required: Sentence, do: Sentence) -> Issue:
    return Issue(code="F-FILES", severity=Severity.MUST_FIX, saw=saw, required=required, do=do)
