"""Lines of the journal about reports, as people read them, and what tables they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any, Final

from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.desk.actions.context import Ground
from xianxue.desk.models import (
    IssuedReport,
    JournalLine,
    ReportSection,
    SectionComment,
    SectionVersion,
)

DEEDS: Final = "report."
"""How the names of these deeds begin."""

_TERMS: Final = {
    "assign": say("报告分工"),
    "write": say("写稿"),
    "hand_in": say("交稿"),
    "accept": say("收稿"),
    "send_back": say("退稿"),
    "release": say("印发报告"),
}
_ASKED: Final = {"comment": say("提意见"), "settle": say("办结意见"), "reopen": say("重新提起意见")}
WRITTEN: Final = ("report.write",)
ISSUED: Final = ("report.release",)
STATED: Final = tuple(f"{DEEDS}{deed}" for deed in _TERMS if deed != "release")
ASKED: Final = tuple(f"{DEEDS}{deed}" for deed in _ASKED)
_STATES: Final = {
    "report.write": "draft",
    "report.hand_in": "handed_in",
    "report.accept": "accepted",
    "report.send_back": "sent_back",
}


def term(deed: str) -> str:
    """Name a deed on a report; by its own name where a later program wrote it."""
    return (_TERMS | _ASKED).get(deed.removeprefix(DEEDS), deed)


def title(subject: str, ground: Ground) -> Sentence:
    """Name a section, or what was issued."""
    outline, period, section = [*subject.split("/", 2), "", ""][:3]
    card = ground.shelf.outlines.get(outline)
    name = card.term if card is not None else outline
    try:
        when: str = Period.parse(period).term
    except ValueError:
        when = period
    if section.isdecimal():
        return say("《{outline}》（{period}）第 {n} 号", outline=name, period=when, n=section)
    return say("《{outline}》（{period}）“{section}”", outline=name, period=when, section=section)


def told(detail: dict[str, Any]) -> str:
    """Say which version it was, whose it is and until when, or which release it tells."""
    said: list[str] = []
    if detail.get("release"):
        said.append(say("数出自“{release}”", release=detail["release"]))
    if detail.get("version"):
        said.append(say("第 {n} 稿", n=detail["version"]))
    if detail.get("comment"):
        said.append(say("第 {n} 条", n=detail["comment"]))
    if detail.get("owner"):
        said.append(say("由{owner}写", owner=detail["owner"]))
    if detail.get("due"):
        said.append(say("{day} 前交", day=detail["due"]))
    return joined("，", said)


def versions() -> Iterator[tuple[object, ...]]:
    """Give what the table says of each version."""
    for row in SectionVersion.objects.select_related("section").iterator():
        digest = sha256(row.text.encode()).hexdigest()
        yield row.section.subject, row.number, digest, row.at, row.by


def versions_told(lines: Iterable[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give what the lines say of each version."""
    for line in lines:
        said = line.detail
        yield line.subject, said.get("version"), said.get("digest"), line.at, line.actor


def sections() -> Iterator[tuple[object, ...]]:
    """Give what the table says of each section."""
    for row in ReportSection.objects.iterator():
        due = row.due.isoformat() if row.due else ""
        yield row.subject, row.owner, due, row.state, row.version, row.changed_at, row.changed_by


def sections_told(lines: Iterable[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give what the lines leave each section as."""
    found: dict[str, list[Any]] = {}
    for line in lines:
        row = found.setdefault(line.subject, ["", "", "draft", 0, None, ""])
        if line.deed == "report.assign":
            row[0:2] = line.detail.get("owner", ""), line.detail.get("due", "")
        else:
            row[2:4] = _STATES.get(line.deed, row[2]), line.detail.get("version", row[3])
        row[4:6] = line.at, line.actor
    for subject, row in found.items():
        yield subject, *row


def comments() -> Iterator[tuple[object, ...]]:
    """Give what the table says of each comment."""
    for row in SectionComment.objects.iterator():
        digest = sha256(row.text.encode()).hexdigest()
        settled = row.settled_at, row.settled_by
        yield row.subject, row.number, row.answers, digest, row.at, row.by, *settled


def comments_told(lines: Iterable[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give what the lines leave each comment as."""
    found: dict[tuple[str, int], list[Any]] = {}
    for line in lines:
        said = line.detail
        number = said.get("comment", 0)
        if line.deed == "report.comment":
            answers = said.get("answers", 0)
            row = [answers, said.get("digest"), line.at, line.actor, None, ""]
            found[line.subject, number] = row
            # An answer opens its thread again.
            number = answers
        row = found.get((line.subject, number))
        if row is not None:
            settled = line.deed == "report.settle"
            row[4:6] = (line.at, line.actor) if settled else (None, "")
    for subject, row in found.items():
        yield *subject, *row


def issued() -> Iterator[tuple[object, ...]]:
    """Give what the table says of each report that was issued; of its bytes, their digest."""
    for row in IssuedReport.objects.iterator():
        digest = sha256(bytes(row.document)).hexdigest()
        yield row.subject, digest, row.release, row.at, row.by, row.why


def issued_told(lines: Iterable[JournalLine]) -> Iterator[tuple[object, ...]]:
    """Give what the lines say of each report that was issued."""
    for line in lines:
        said = line.detail
        release = said.get("release")
        yield line.subject, said.get("digest"), release, line.at, line.actor, line.why
