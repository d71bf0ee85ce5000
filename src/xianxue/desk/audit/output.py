"""What an audit writes: a page, and a copy of the user's own document with comments."""

from __future__ import annotations

from pathlib import Path

from xianxue.bureau.audit.showing.page import page
from xianxue.bureau.audit.showing.remarks import (
    AUTHOR,
    INITIALS,
    comments,
    source_cards,
    source_comments,
)
from xianxue.bureau.documents.comments import with_comments
from xianxue.bureau.documents.opening import UnreadableError
from xianxue.bureau.values.sentence import say
from xianxue.desk.audit.comparison import Report
from xianxue.desk.workspace import MisusedError


def write_page(report: Report, output: Path, *, everything: bool) -> None:
    """Write the page of an audit; it holds everything in any case, and lists what is asked for."""
    audited = report.audited
    title = Path(audited.file).name
    more = source_cards(report.sourced, audited.document) if report.against is not None else []
    made = page(title, audited.document, audited.audit, more, quiet=everything)
    _put(output, made.encode())


def write_commented(report: Report, output: Path, *, everything: bool) -> None:
    """Write a copy of a Word document with comments; MisusedError for another kind of file."""
    audited = report.audited
    if audited.document.kind != "word":
        message = say("{file} 不是 Word 文稿，加不了批注；文本文件请用 --html", file=audited.file)
        raise MisusedError(message)
    # By the file and not by the name: a link or another spelling of the path leads to it as well.
    if output.exists() and Path(audited.file).exists() and output.samefile(audited.file):
        raise MisusedError(say("批注另存一份，不能写回原文稿；请换一个文件名"))
    remarks = comments(audited.audit.findings, everything=everything)
    remarks += source_comments(report.sourced)
    try:
        _put(output, with_comments(audited.data, remarks, AUTHOR, INITIALS))
    except UnreadableError as error:
        raise MisusedError(error.issue(audited.file).message) from None


def _put(output: Path, content: bytes) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(content)
