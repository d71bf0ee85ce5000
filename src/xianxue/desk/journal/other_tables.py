"""Whether releases, windows, comments, targets, accounts, reports … are as deeds left them.

For each table the rows that the lines tell of are set beside those that are there, with who and
when. A row no line tells of, and a line whose row is gone or altered, are both found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.actions.year.open_year import TAKE_BACK
from xianxue.desk.journal import (
    account_lines,
    card_lines,
    exam_lines,
    history_lines,
    plan_lines,
    report_lines,
)
from xianxue.desk.models import (
    Comment,
    Explanation,
    Extension,
    JournalLine,
    PersonalValue,
    Release,
    TargetLine,
    Window,
)
from xianxue.desk.models.personal import DIGEST, GONE

Row = tuple[object, ...]
"""What a row says; its first part is the subject as the journal names it."""


class _Table(Record):
    """A table that lines tell of."""

    term: Sentence
    rows: Callable[[], Iterable[Row]]
    told: Callable[[list[JournalLine]], Iterable[Row]]
    deeds: tuple[str, ...]
    personal: bool = False
    """Whether a row may hold a personal value."""


def otherwise(*, but_personal: bool = False) -> list[tuple[Sentence, str]]:
    """Name each table and subject where the rows are not those that the journal tells of.

    ``but_personal``: what may hold personal values is left out, for those beside the journal are
    at fault themselves and nothing can be held against them.
    """
    tables = [table for table in _TABLES if not (but_personal and table.personal)]
    deeds = {deed for table in tables for deed in table.deeds}
    lines: dict[str, list[JournalLine]] = {deed: [] for deed in deeds}
    for line in JournalLine.objects.filter(deed__in=sorted(deeds)).order_by("number").iterator():
        lines[line.deed].append(line)
    found: list[tuple[Sentence, str]] = []
    for table in tables:
        of_table = [line for deed in table.deeds for line in lines[deed]]
        # Gathered deed by deed; of settings and withdrawals the order decides.
        of_table.sort(key=lambda line: line.number)
        # Counted, not in sets: the same extension granted twice is two rows, and a third is too
        # many.
        there, told = Counter(table.rows()), Counter(table.told(of_table))
        subjects = {str(row[0]) for row in (*(there - told), *(told - there))}
        found.extend((table.term, subject) for subject in sorted(subjects))
    return found


def _releases() -> Iterator[Row]:
    for row in Release.objects.iterator():
        yield row.name, row.digest, row.at, row.by, row.why


def _releases_told(lines: list[JournalLine]) -> Iterator[Row]:
    for line in lines:
        yield line.subject, line.detail.get("digest"), line.at, line.actor, line.why


def _windows() -> Iterator[Row]:
    for row in Window.objects.iterator():
        yield f"{row.form}/{row.period}", row.due.isoformat(), row.lock.isoformat()


def _windows_told(lines: list[JournalLine]) -> Iterator[Row]:
    # The last setting of each is the one that stands; a year that was taken back took its own away.
    last: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line.deed == TAKE_BACK:
            for one in line.detail.get("windows", ()):
                last.pop(one, None)
        else:
            last[line.subject] = line.detail
    for subject, detail in last.items():
        yield subject, detail.get("due"), detail.get("lock")


def _extensions() -> Iterator[Row]:
    for row in Extension.objects.iterator():
        subject = f"{row.form}/{row.period}/{row.place}"
        yield subject, row.until.isoformat(), row.reason, row.granted_by, row.granted_at


def _extensions_told(lines: list[JournalLine]) -> Iterator[Row]:
    for line in lines:
        yield line.subject, line.detail.get("until"), line.why, line.actor, line.at


def _comments() -> Iterator[Row]:
    for row in Comment.objects.select_related("filing").iterator():
        filing = row.filing
        subject = f"{filing.form}/{filing.period}/{filing.place}"
        said = f"{row.sheet}!{row.cell} {row.text}" if row.sheet or row.cell else row.text
        yield subject, row.revision, said, row.by, row.at


def _comments_told(lines: list[JournalLine]) -> Iterator[Row]:
    values = _personal_values()
    for line in lines:
        for said in line.detail.get("comments", []):
            text = said
            if isinstance(said, list):
                where, personal = said[0], said[-1]
                text = f"{where} {_plain(personal, values)}"
            yield line.subject, line.detail.get("revision"), text, line.actor, line.at


def _explanations() -> Iterator[Row]:
    for row in Explanation.objects.iterator():
        subject = f"{row.form}/{row.place}"
        yield subject, row.rule, row.field, row.value, row.text, row.by, row.at


def _explanations_told(lines: list[JournalLine]) -> Iterator[Row]:
    values = _personal_values()
    for line in lines:
        form, _, place = line.subject.split("/")
        detail = line.detail
        value = _plain(detail.get("value"), values)
        about = (detail.get("rule"), detail.get("field"), value)
        yield f"{form}/{place}", *about, line.why, line.actor, line.at


def _targets() -> Iterator[Row]:
    for row in TargetLine.objects.iterator():
        said = (row.amount, row.goal, row.origin, row.source)
        yield row.target.key, row.revision, *said, row.cell, row.withdrawn, row.at, row.by


def _targets_told(lines: list[JournalLine]) -> Iterator[Row]:
    last: dict[str, tuple[Any, ...]] = {}
    for line in lines:
        detail, withdrawn = line.detail, line.deed == "targets.withdraw"
        if not withdrawn:
            parts = ("amount", "goal", "origin", "source")
            last[line.subject] = tuple(detail.get(part) for part in parts)
        # A withdrawal says nothing of the amount: it is the one that was in force.
        said = last.get(line.subject, ("", "", "", ""))
        cell = detail.get("cell", "")
        yield line.subject, detail.get("revision"), *said, cell, withdrawn, line.at, line.actor


def _personal_values() -> dict[str, str]:
    return dict(PersonalValue.objects.values_list("digest", "value"))


def _plain(said: object, values: dict[str, str]) -> object:
    """Give a value as its table has it: a personal one from beside the journal, or its absence."""
    if isinstance(said, dict):
        return values.get(str(said.get(DIGEST)), GONE)
    return said


_TABLES: Final = (
    _Table(say("发布"), _releases, _releases_told, ("returns.release",)),
    _Table(say("报送期限"), _windows, _windows_told, ("returns.set_window", TAKE_BACK)),
    _Table(say("延期"), _extensions, _extensions_told, ("returns.extend",)),
    _Table(say("审核批注"), _comments, _comments_told, ("returns.send_back",), personal=True),
    _Table(say("情况说明"), _explanations, _explanations_told, ("returns.explain",), personal=True),
    _Table(say("账号"), account_lines.accounts, account_lines.accounts_told, account_lines.TELLING),
    _Table(
        say("任职"),
        account_lines.appointments,
        account_lines.appointments_told,
        account_lines.TELLING,
    ),
    _Table(
        say("报告的各稿"), report_lines.versions, report_lines.versions_told, report_lines.WRITTEN
    ),
    _Table(
        say("报告的分工"), report_lines.sections, report_lines.sections_told, report_lines.STATED
    ),
    _Table(
        say("报告的意见"), report_lines.comments, report_lines.comments_told, report_lines.ASKED
    ),
    _Table(say("印发的报告"), report_lines.issued, report_lines.issued_told, report_lines.ISSUED),
    _Table(say("启用的报表"), card_lines.forms, card_lines.forms_told, card_lines.ENFORCED),
    _Table(say("考试的成绩"), exam_lines.marks, exam_lines.marks_told, ("exams.load",)),
    _Table(
        say("考试的分数线"),
        exam_lines.heights,
        exam_lines.heights_told,
        ("exams.lines", "exams.refer"),
    ),
    _Table(say("成绩发布"), exam_lines.releases, exam_lines.releases_told, ("exams.release",)),
    _Table(
        say("往年数据"), history_lines.figures, history_lines.figures_told, history_lines.TELLING
    ),
    _Table(say("设想方案"), plan_lines.sets, plan_lines.sets_told, plan_lines.TELLING),
    _Table(say("目标"), _targets, _targets_told, ("targets.set", "targets.withdraw")),
)
