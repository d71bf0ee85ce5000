"""An audit of one file: read, judged, and compared where a workspace is given."""

from __future__ import annotations

import sys
from pathlib import Path

from xianxue.bureau.audit.audit import audit
from xianxue.bureau.audit.cost import LONGEST, expected_seconds, numbers_in
from xianxue.bureau.audit.reading.lexicon import Lexicon
from xianxue.bureau.documents.document import Document
from xianxue.bureau.documents.opening import (
    LARGEST_FILE,
    UnreadableError,
    open_document,
    too_large,
)
from xianxue.bureau.records.audited import Audit
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.stores.given.given_files import TooLargeError, read_given
from xianxue.desk.workspace import MisusedError, Workspace, national_shelf

STANDARD_INPUT = Path("-")


class Audited(Record):
    """A file and what is said of it."""

    file: str
    data: bytes
    document: Document
    audit: Audit


def lexicon(workspace: Path | None) -> Lexicon:
    """Give the workspace's words, or the national ones where there is none."""
    try:
        shelf = Workspace.open(workspace).shelf
    # Auditing needs no workspace; but one that was named and is none is a slip to be told of.
    except MisusedError:
        if workspace is not None:
            raise
        shelf = national_shelf()
    return Lexicon.of(shelf.wordlists.values())


def read(file: Path) -> tuple[bytes, Document]:
    """Read a file or, for ``-``, standard input; MisusedError where it is no text."""
    try:
        if file == STANDARD_INPUT:
            # One byte more than is taken: then it is refused, however much would follow.
            data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        else:
            data = read_given(file, LARGEST_FILE)
    except TooLargeError as error:
        raise MisusedError(too_large(error.megabytes).issue(name_of(file)).message) from None
    try:
        return data, open_document(data)
    except UnreadableError as error:
        raise MisusedError(error.issue(name_of(file)).message) from None


def name_of(file: Path) -> str:
    """Name a file as the reader knows it."""
    return say("标准输入") if file == STANDARD_INPUT else str(file)


def audit_file(file: Path, words: Lexicon) -> Audited:
    """Read and judge one file."""
    data, document = read(file)
    return judged(name_of(file), data, document, words)


def judged(name: str, data: bytes, document: Document, words: Lexicon) -> Audited:
    """Judge a document that has been read; MisusedError where that would take too long."""
    # Asked before the work: a file of nothing but numbers would hold the machine for hours.
    seconds = expected_seconds(document.text)
    if seconds > LONGEST:
        message = say(
            "{file} 里有 {numbers} 处数字，核对约要 {seconds} 秒，一次最多 {longest} 秒："
            "请分成几份再来审核；没有开始核对",
            file=name,
            numbers=numbers_in(document.text),
            seconds=seconds,
            longest=LONGEST,
        )
        raise MisusedError(message)
    return Audited(name, data, document, audit(document.text, words))
