"""Lines about what is no return: each room tells its own, and this finds the room."""

from __future__ import annotations

from xianxue.bureau.values.sentence import Sentence
from xianxue.desk.actions.context import Ground
from xianxue.desk.journal import (
    account_lines,
    card_lines,
    exam_lines,
    ledger_lines,
    report_lines,
    target_lines,
)
from xianxue.desk.models import JournalLine


def term_in_room(line: JournalLine) -> Sentence | str | None:
    """Name a deed of another room; None where it is none."""
    if line.deed.startswith(target_lines.DEEDS):
        return target_lines.term(line.deed)
    if line.deed.startswith(account_lines.DEEDS):
        return account_lines.term(line.deed)
    if line.deed.startswith(report_lines.DEEDS):
        return report_lines.term(line.deed)
    if line.deed.startswith(ledger_lines.DEEDS):
        return ledger_lines.term(line.deed)
    if line.deed.startswith(exam_lines.DEEDS):
        return exam_lines.term(line.deed)
    return card_lines.TERMS.get(line.deed)


def title_in_room(line: JournalLine, ground: Ground) -> Sentence | str | None:
    """Name what a deed of another room was done to; None where it is none."""
    if line.deed.startswith(target_lines.DEEDS):
        return target_lines.title(line.subject, ground)
    if line.deed.startswith(account_lines.DEEDS):
        return account_lines.title(line.subject)
    if line.deed.startswith(report_lines.DEEDS):
        return report_lines.title(line.subject, ground)
    if line.deed.startswith(ledger_lines.DEEDS):
        return ledger_lines.title(line.subject, ground)
    if line.deed.startswith(exam_lines.DEEDS):
        return exam_lines.title(line.subject, ground)
    return card_lines.title(line) if line.deed in card_lines.TERMS else None


def told_in_room(line: JournalLine, ground: Ground) -> str | None:
    """Say what a deed of another room changed; None where it is none."""
    if line.deed.startswith(target_lines.DEEDS):
        return target_lines.told(line.subject, line.detail, ground)
    if line.deed.startswith(account_lines.DEEDS):
        return account_lines.told(line.detail, ground)
    if line.deed.startswith(report_lines.DEEDS):
        return report_lines.told(line.detail)
    if line.deed.startswith(ledger_lines.DEEDS):
        return ledger_lines.told(line.subject, line.deed, line.detail, ground)
    if line.deed.startswith(exam_lines.DEEDS):
        return exam_lines.told(line.deed, line.detail, ground)
    return card_lines.told(line.detail) if line.deed in card_lines.TERMS else None
