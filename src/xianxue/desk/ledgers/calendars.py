"""A calendar that somebody hands in: a list of days, or a card ready made."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.load import load
from xianxue.desk.ledgers.calendar_list import Listed, read_days
from xianxue.desk.stores.given.given_workbooks import read_file
from xianxue.desk.workspace import ComplaintsError, national_shelf


class Handed(Record, kw_only=True):
    """A calendar's card."""

    ident: str
    term: str
    text: str


def handed(file: Path, document: str) -> Handed:
    """Read a calendar; ComplaintsError with all that is amiss with it."""
    try:
        data = read_file(file)
        if file.suffix.lower() in {".yaml", ".yml"}:
            return _card(data, file.name)
        book = open_book(data, file.name)
        tab = next((tab for tab in book.tabs if tab not in book.hidden), "")
        found = read_days(book.cells(tab), file.name, tab)
    except RefusedError as refused:
        raise ComplaintsError([refused.issue(file.name)]) from None
    if not isinstance(found, Listed):
        raise ComplaintsError(found)
    note = document or say("县里登记的节假日安排")
    return Handed(ident=found.ident, term=f"{found.year}年节假日安排", text=found.text(str(note)))


def _card(data: bytes, file: str) -> Handed:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ComplaintsError([_issue(file, say("文件不是 UTF-8 编码"), "")]) from None
    with TemporaryDirectory() as folder:
        path = Path(folder) / "card.yaml"
        path.write_text(text, encoding="utf-8")
        loaded = load(path)
    if loaded.issues:
        raise ComplaintsError(list(loaded.issues))
    known = national_shelf()
    days = [one for name, one in loaded.shelf.calendars.items() if name not in known.calendars]
    terms = [
        one
        for name, one in loaded.shelf.school_calendars.items()
        if name not in known.school_calendars
    ]
    named = [(one.calendar, one.term) for one in days]
    named += [(one.school_calendar, one.term) for one in terms]
    if len(named) != 1:
        saw = say("文件里有 {n} 张新的日历卡片", n=len(named))
        raise ComplaintsError([_issue(file, saw, say("一个文件写一张日历或校历"))])
    (ident, term), *_ = named
    return Handed(ident=ident, term=str(term), text=text)


def _issue(file: str, saw: str, required: str) -> Issue:
    severity = Severity.MUST_FIX
    return Issue(code="L-CALENDAR", severity=severity, file=file, saw=saw, required=required)
