"""Dropping documents, and what was found in each."""

from __future__ import annotations

from typing import Final

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse

from xianxue.bureau.audit.showing.marked import LOOKS, Card, Marked, marked
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.audit import dropped
from xianxue.desk.audit.comparison import look_at
from xianxue.desk.audit.dropped import Dropped
from xianxue.desk.works import running
from xianxue.desk.workspace import ComplaintsError
from xianxue.web.kit.against import AGAINST, against_of, choices, chosen_of, words_of_county
from xianxue.web.kit.files import download
from xianxue.web.kit.helpers import address
from xianxue.web.kit.lists import Column, exported, listed
from xianxue.web.kit.pages import complain, deed, missing, page, show, went
from xianxue.web.kit.visit import Asked

_MOST: Final = 12
"""Documents dropped at once."""
_PATIENCE: Final = 3.0
"""Seconds in which most documents are judged: then the page with the findings comes at once."""


class Line(Record):
    """One dropped document in the list."""

    one: Dropped
    state: str
    """going, failed, done."""
    why: Sentence | str = ""
    wrong: int = 0
    doubtful: int = 0
    holds: int = 0
    loose: int = 0


@page("audit.use")
def audit(request: Asked) -> HttpResponse:
    """Show where documents are dropped, and those that were."""
    lines = [_line(one, _who(request)) for one in dropped.list_of(_who(request))]
    values = {
        "lines": lines,
        "going": any(line.state == "going" for line in lines),
        "choices": choices(request.visit),
        "most": _MOST,
        "megabytes": dropped.LARGEST >> 20,
    }
    return show(request, "audit/audit.html", values, part="dropped")


@deed("audit.use")
def drop(request: Asked) -> HttpResponse:
    """Take documents or a pasted text and begin to judge them."""
    issues: list[Issue] = []
    taken: list[Dropped] = []
    for name, data in _sent(request):
        try:
            taken.append(dropped.take(_who(request), name, data))
        except ComplaintsError as error:
            issues += error.issues
    if not taken:
        return complain(request, issues or [_nothing()])
    words = words_of_county(request.visit)
    for one in taken:
        dropped.begin(one, words, address("audit:one", one.key))
    dropped.wait(taken[-1].key, _PATIENCE)
    for issue in issues:
        request.visit.flash("bad", issue.message)
    if len(taken) > 1:
        return went(request, "audit:audit", said=say("放入 {n} 份文稿。", n=len(taken)))
    answer = went(request, "audit:one", taken[0].key)
    said = request.POST.get("against", "")
    if said in AGAINST:
        answer["Location"] += f"?against={said}"
    return answer


@page("audit.use")
def one(request: Asked, key: str) -> HttpResponse:
    """Show a document with its findings, or how far judging it has come."""
    found = dropped.find(key, _who(request))
    if found is None:
        return missing(request, say("这份文稿已不在：放入的文稿留 24 小时，程序重开也会清掉。"))
    line = _line(found, _who(request))
    if line.state != "done":
        return show(request, "audit/going.html", {"line": line}, part="going")
    said = chosen_of(request.visit, request.GET.get("against", ""))
    against = against_of(request.visit, said)
    audited = dropped.known(key)
    if audited is None:
        return show(request, "audit/going.html", {"line": line}, part="going")
    report = look_at(audited, against)
    told = marked(audited.document, report.audited.audit, report.sourced, against=bool(against))
    listing = listed(request, told.cards, _COLUMNS, text=lambda card: card.stated + card.message)
    wanted = exported(request, listing, say("{name} 核对结果", name=found.name))
    if wanted is not None:
        return wanted
    show_ = request.GET.get("show", "")
    values = {
        "line": line,
        "told": told,
        "title": _title(found.name, told, ours=any(one.how == "tag" for one in report.sourced)),
        "counts": [(look, LOOKS[look], told.counts[look]) for look in LOOKS if told.counts[look]],
        "loose": told.counts["loose"],
        "numbers": len(audited.audit.numbers),
        "letters": len(audited.document.text),
        "word": audited.document.kind == "word",
        "choices": choices(request.visit),
        "chosen": said,
        "against": against,
        "shown": show_ if show_ == "all" or show_ in LOOKS else "",
        "release": against.release if against is not None else "",
    }
    return show(request, "audit/one.html", values)


@page("audit.use")
def comments(request: Asked, key: str) -> HttpResponse:
    """Give a copy of a Word document with a comment at each place that is to be looked at."""
    found = dropped.find(key, _who(request))
    audited = dropped.known(key)
    if found is None or audited is None:
        return missing(request, say("这份文稿已不在：放入的文稿留 24 小时，程序重开也会清掉。"))
    report = look_at(audited, against_of(request.visit, request.GET.get("against", "")))
    stem = found.name.removesuffix(".docx")
    return download(dropped.commented(report), f"{stem}-批注.docx")


@deed("audit.use")
def forget(request: Asked, key: str) -> HttpResponse:
    """Throw a document away."""
    dropped.forget(key, _who(request))
    return went(request, "audit:audit", said=say("文稿已从系统里清掉。"))


def _who(request: Asked) -> str:
    present = request.visit.present
    return present.person.login if present is not None else ""


def _sent(request: Asked) -> list[tuple[str, bytes]]:
    files = [one for one in request.FILES.getlist("file") if isinstance(one, UploadedFile)]
    found = [((one.name or "")[-120:], one.read()) for one in files[:_MOST] if one.size]
    text = request.POST.get("text", "").strip()
    if text:
        found.append((str(say("粘贴的文字")), text.encode()))
    return found


def _line(one: Dropped, who: str) -> Line:
    audited = dropped.known(one.key)
    if audited is None:
        work = running.find(dropped.work_of(one.key), who)
        if work is not None and work.state == running.GOING:
            return Line(one, "going")
        why = work.result.get("why") if work is not None else None
        return Line(one, "failed", why or say("没有核对完"))
    verdicts = [proof.verdict for proof in audited.audit.findings]
    wrong = verdicts.count("inconsistent")
    doubtful = verdicts.count("possible") + verdicts.count("remark")
    holds = len(verdicts) - wrong - doubtful
    return Line(one, "done", "", wrong, doubtful, holds, len(audited.audit.unrelated))


def _title(name: str, told: Marked, *, ours: bool) -> Sentence:
    by_hand, stale = told.counts.get("edited", 0), told.counts.get("stale", 0)
    unknown = told.counts.get("unknown", 0)
    if ours and (by_hand or stale or unknown):
        return say(
            "{name}：手改的数 {n} 个，已变动 {m} 个，没有来源 {k} 个",
            name=name,
            n=by_hand,
            m=stale,
            k=unknown,
        )
    if told.wrong and told.doubtful:
        return say(
            "{name}：不对的 {n} 处，要再看的 {m} 处", name=name, n=told.wrong, m=told.doubtful
        )
    if told.wrong:
        return say("{name}：不对的 {n} 处", name=name, n=told.wrong)
    if told.doubtful:
        return say("{name}：没有不对的，{m} 处值得再看", name=name, m=told.doubtful)
    return say("{name}：没有发现不对的", name=name)


def _nothing() -> Issue:
    return Issue(
        code="D-NONE",
        severity=Severity.MUST_FIX,
        saw=say("没有放入文稿，也没有粘贴文字"),
        required=say(".docx、.txt、.md 文件，或一段文字"),
        do=say("请选择文件，或把文字粘贴到框里，再点“核对”"),
    )


_COLUMNS: Final = (
    Column[Card]("look", say("判定"), lambda card: card.term),
    Column[Card]("kind", say("关系"), lambda card: card.kind),
    Column[Card]("where", say("位置"), lambda card: card.where),
    Column[Card]("stated", say("文中"), lambda card: card.stated),
    Column[Card]("computed", say("算得"), lambda card: card.computed or card.now),
    Column[Card]("message", say("说明"), lambda card: card.message),
    Column[Card]("advice", say("建议"), lambda card: card.advice),
    Column[Card]("sure", say("把握"), lambda card: card.sure),
    Column[Card]("reason", say("依据"), lambda card: card.reason),
    Column[Card]("quote", say("原文"), lambda card: card.quote),
    Column[Card]("whose", say("对照的指标"), lambda card: card.whose),
)
