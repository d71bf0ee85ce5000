"""An audit of one file: read, judged, and compared where a workspace is given."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.lexicon import Lexicon
from xianxue.bureau.documents.document import Document
from xianxue.bureau.documents.opening import UnreadableError, open_document
from xianxue.bureau.records.audited import Audit
from xianxue.catalogue.load import load
from xianxue.desk.workspace import MisusedError, Workspace

STANDARD_INPUT = Path("-")


@dataclass(frozen=True)
class Audited:
    """A file and what is said of it."""

    file: str
    data: bytes
    document: Document
    audit: Audit


def lexicon(workspace: Path | None) -> Lexicon:
    """Give the workspace's words, or the national ones where there is none."""
    try:
        shelf = Workspace.open(workspace).shelf
    except MisusedError:
        if workspace is not None:
            raise
        shelf = load().shelf
    return Lexicon.of(shelf.wordlists.values())


def read(file: Path) -> tuple[bytes, Document]:
    """Read a file or, for ``-``, standard input; MisusedError where it is no text."""
    data = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
    try:
        return data, open_document(data)
    except UnreadableError as error:
        raise MisusedError(error.issue(name_of(file)).message) from None


def name_of(file: Path) -> str:
    """Name a file as the reader knows it."""
    return "标准输入" if file == STANDARD_INPUT else str(file)


def audit_file(file: Path, words: Lexicon) -> Audited:
    """Read and judge one file."""
    data, document = read(file)
    return Audited(name_of(file), data, document, audit(document.text, words))


def write_page(audited: Audited, output: Path, *, everything: bool) -> None:
    """Write the page of an audit; it always holds everything, and shows what was asked for."""
    from xianxue.bureau.audit.page import page  # noqa: PLC0415 - only where it is asked for

    title = Path(audited.file).name
    _put(output, page(title, audited.document, audited.audit, quiet=everything).encode())


def write_commented(audited: Audited, output: Path, *, everything: bool) -> None:
    """Write a copy of a Word document with comments; MisusedError for another kind of file."""
    from xianxue.bureau.audit.remarks import AUTHOR, INITIALS, comments  # noqa: PLC0415 - as above
    from xianxue.bureau.documents.comments import with_comments  # noqa: PLC0415 - as above

    if audited.document.kind != "word":
        message = f"{audited.file} 不是 Word 文稿，加不了批注；文本文件请用 --html"
        raise MisusedError(message)
    if output.exists() and Path(audited.file).exists() and output.samefile(audited.file):
        raise MisusedError("批注另存一份，不能写回原文稿；请换一个文件名")
    remarks = comments(audited.audit.findings, everything=everything)
    try:
        _put(output, with_comments(audited.data, remarks, AUTHOR, INITIALS))
    except UnreadableError as error:
        raise MisusedError(error.issue(audited.file).message) from None


def _put(output: Path, content: bytes) -> None:
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(content)
