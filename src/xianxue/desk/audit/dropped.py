"""Documents that somebody has dropped on the page: kept in this process only, for their owner.

They are somebody's drafts and no record of the bureau: nothing of them is written to the disk, and
they are gone after a while or when the program ends.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Condition, RLock
from typing import Final

from django.utils.crypto import get_random_string

from xianxue.bureau.audit.cost import LONGEST, expected_seconds, numbers_in
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.audit.showing.remarks import AUTHOR, INITIALS, comments, source_comments
from xianxue.bureau.documents.comments import with_comments
from xianxue.bureau.documents.document import Document
from xianxue.bureau.documents.opening import UnreadableError, open_document
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.audit.comparison import Report
from xianxue.desk.audit.reading import Audited, judged
from xianxue.desk.stores import clock
from xianxue.desk.stores.harm import ComplaintsError
from xianxue.desk.works import running

WORK: Final = "audit"
LARGEST: Final = 32 * 1024 * 1024
"""Bytes of one document by way of a browser; larger ones go by the command line."""
_TOGETHER: Final = 192 * 1024 * 1024
"""Bytes of all that are kept: the eldest go first."""
_EACH: Final = 12
"""Documents of one person that are kept."""
_FOR: Final = timedelta(hours=24)


class Dropped(Record):
    """One document that was dropped and can be read."""

    key: str
    who: str
    name: str
    at: datetime
    data: bytes
    document: Document
    seconds: int
    """How long judging it will take at the most."""


_kept: Final[OrderedDict[str, Dropped]] = OrderedDict()
_judged: Final[dict[str, Audited]] = {}
_works: Final[dict[str, str]] = {}
"""By the document's key, the long work that judges it."""
_hold: Final = RLock()
_news: Final = Condition()


def take(who: str, name: str, data: bytes) -> Dropped:
    """Keep a document for its owner; ComplaintsError where it cannot be read."""
    if len(data) > LARGEST:
        raise ComplaintsError([_too_large(name, len(data))])
    try:
        document = open_document(data)
    except UnreadableError as error:
        raise ComplaintsError([error.issue(name)]) from None
    if not document.text.strip():
        raise ComplaintsError([_empty(name)])
    key, now = get_random_string(24), clock.now()
    seconds = expected_seconds(document.text)
    if seconds > LONGEST:
        raise ComplaintsError([_too_long(name, document, seconds)])
    made = Dropped(key, who, name, now, data, document, seconds)
    with _hold:
        _kept[key] = made
        _clear(now)
    return made


def find(key: str, who: str) -> Dropped | None:
    """Give somebody's document; None where it is gone, or somebody else's."""
    with _hold:
        _clear(clock.now())
        found = _kept.get(key)
    return found if found is not None and found.who == who else None


def list_of(who: str) -> list[Dropped]:
    """Give somebody's documents, the latest first."""
    with _hold:
        _clear(clock.now())
        return [one for one in reversed(_kept.values()) if one.who == who]


def forget(key: str, who: str) -> None:
    """Throw somebody's document away."""
    with _hold:
        if find(key, who) is not None:
            _drop(key)


def judge(one: Dropped, words: Lexicon) -> Audited:
    """Judge a document, once; MisusedError where it would take too long."""
    known = _judged.get(one.key)
    if known is not None:
        return known
    made = judged(one.name, one.data, one.document, words)
    with _hold:
        if one.key in _kept:
            _judged[one.key] = made
    with _news:
        _news.notify_all()
    return made


def begin(one: Dropped, words: Lexicon, address: str) -> None:
    """Begin to judge a document as long work; ``address`` is the page where it will be shown."""

    def work(going: running.Going) -> running.Result:
        judge(one, words)
        going.step()
        return {"address": address}

    key = running.begin(one.who, WORK, say("核对 {name}", name=one.name), 1, work)
    with _hold:
        _works[one.key] = key


def work_of(key: str) -> str:
    """Give the long work that judges a document; empty where there is none."""
    return _works.get(key, "")


def wait(key: str, seconds: float) -> None:
    """Wait a moment for a document to be judged: most are before a page is needed."""
    with _news:
        _news.wait_for(lambda: key in _judged, seconds)


def known(key: str) -> Audited | None:
    """Give what was judged already."""
    return _judged.get(key)


def commented(report: Report, *, everything: bool = False) -> bytes:
    """Write a copy of a Word document with a comment at each place; ComplaintsError otherwise."""
    audited = report.audited
    if audited.document.kind != "word":
        issue = Issue(
            code="D-KIND",
            severity=Severity.MUST_FIX,
            file=audited.file,
            saw=say("不是 Word 文稿，加不了批注"),
            required=".docx",
        )
        raise ComplaintsError([issue])
    remarks = comments(audited.audit.findings, everything=everything)
    remarks += source_comments(report.sourced)
    try:
        return with_comments(audited.data, remarks, AUTHOR, INITIALS)
    except UnreadableError as error:
        raise ComplaintsError([error.issue(audited.file)]) from None


def _clear(now: datetime) -> None:
    for key in [key for key, one in _kept.items() if now - one.at > _FOR]:
        _drop(key)
    for who in {one.who for one in _kept.values()}:
        own = [key for key, one in _kept.items() if one.who == who]
        for key in own[:-_EACH]:
            _drop(key)
    while len(_kept) > 1 and sum(len(one.data) for one in _kept.values()) > _TOGETHER:
        _drop(next(iter(_kept)))


def _drop(key: str) -> None:
    _kept.pop(key, None)
    _judged.pop(key, None)
    _works.pop(key, None)


def _too_large(name: str, size: int) -> Issue:
    return Issue(
        code="D-SIZE",
        severity=Severity.MUST_FIX,
        file=name,
        saw=say("文件有 {n} MB", n=size >> 20),
        required=say("在网页上核对的文稿不大于 {n} MB", n=LARGEST >> 20),
        do=say("请先压缩文中的图片，或请办公室在服务器上用 xianxue audit 核对"),
    )


def _too_long(name: str, document: Document, seconds: int) -> Issue:
    numbers = numbers_in(document.text)
    return Issue(
        code="D-LONG",
        severity=Severity.MUST_FIX,
        file=name,
        saw=say("有 {numbers} 处数字，核对约要 {seconds} 秒", numbers=numbers, seconds=seconds),
        required=say("一份文稿核对不超过 {longest} 秒", longest=LONGEST),
        do=say("请分成几份再放入"),
    )


def _empty(name: str) -> Issue:
    return Issue(
        code="D-EMPTY",
        severity=Severity.MUST_FIX,
        file=name,
        saw=say("文稿里没有文字"),
        required=say("有文字的 .docx、.txt 或 .md"),
        do=say("扫描件、图片里的字读不出来，请放入原来的文稿"),
    )
