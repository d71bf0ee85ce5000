"""Opening a document of any kind that can be read, or saying in Chinese what it is instead.

The file is known by its first bytes, never by its name.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Final

from xianxue.bureau.documents.document import Document
from xianxue.bureau.documents.part_names import named, tidied, tidy
from xianxue.bureau.documents.parts import Relation, related_in
from xianxue.bureau.documents.plain import text_of
from xianxue.bureau.documents.splice import SpliceError
from xianxue.bureau.documents.word_text import Stories, WordText, read_word
from xianxue.bureau.documents.zips import InflateError, inflate
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.record import replace

LARGEST_FILE: Final = 128 * 1024 * 1024
"""A report with photographs of a whole year stays below."""
LARGEST_TEXT: Final = 32 * 1024 * 1024
"""Of one part that holds text, unpacked: some ten thousand pages."""
# A bound on what unpacking all parts to write a copy may take of memory.
LARGEST_TOTAL: Final = 512 * 1024 * 1024
_MOST_PARTS: Final = 5000

_MEGABYTE: Final = 2**20
_ZIP: Final = b"PK"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# An office file behind a password is an old container with a stream of this name: told apart, or
# the reader would be sent to save a .doc anew that is none.
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_FLAG: Final = 1
_KINDS: Final = "可以读的文件：.docx、.txt、.md"
_SAVE_AS: Final = "请在 WPS 或 Word 中打开，用“另存为”存成 .docx，再来审核"
_CHECK_IT: Final = "请在电脑上打开确认后重新保存，再来审核"


class UnreadableError(Exception):
    """A document that is not read; carries the one complaint about it."""

    def __init__(self, code: str, saw: str, required: str, do: str) -> None:
        super().__init__(saw)
        self.code = code
        self.saw = saw
        self.required = required
        self.do = do

    def issue(self, file: str) -> Issue:
        """Give the complaint."""
        return Issue(
            code=self.code,
            severity=Severity.MUST_FIX,
            file=file,
            saw=self.saw,
            required=self.required,
            do=self.do,
        )


def open_document(data: bytes) -> Document:
    """Read a document; UnreadableError where it cannot be read."""
    if not data:
        raise UnreadableError(
            "D-EMPTY", "文件是空的（0 字节）", _KINDS, "请重新导出或拷贝后再来审核"
        )
    # Sizes come before anything is looked at: what follows reads or copies the whole of it.
    if len(data) > LARGEST_FILE:
        raise _too_big(f"文件有 {len(data) // _MEGABYTE} MB", LARGEST_FILE)
    if data.startswith(_ZIP):
        found = open_word(data).words
        return Document("word", found.text, found.controls)
    if data.startswith(_OLE):
        raise _old_container(data)
    if len(data) > LARGEST_TEXT:
        raise _too_big(f"文件有 {len(data) // _MEGABYTE} MB", LARGEST_TEXT)
    text = text_of(data)
    if text is None:
        raise _no_text(data)
    return Document("text", text.replace("\r\n", "\n").replace("\r", "\n"))


def too_large(megabytes: int) -> UnreadableError:
    """Refuse a file by its size alone, before it is read."""
    return _too_big(f"文件有 {megabytes} MB", LARGEST_FILE)


class Package:
    """The zip of an office document, looked at before anything is unpacked."""

    def __init__(self, data: bytes) -> None:
        """Look at the zip; UnreadableError where it is damaged, locked or too large."""
        self._data = data
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                listed = tidied(archive.infolist())
                self.entries = {entry.filename: entry for entry in listed}
                count = len(listed)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise _broken("压缩结构不完整，多半是没有传完或拷贝中断") from None
        self._look_at_names(count)

    def read(self, name: str) -> bytes:
        """Unpack a part that holds text."""
        entry = self.entries[name]
        if entry.file_size > LARGEST_TEXT:
            saw = f"文档的文字部分解开后有 {entry.file_size // _MEGABYTE} MB"
            raise _too_big(saw, LARGEST_TEXT)
        try:
            return inflate(self._data, entry, LARGEST_TEXT)
        except InflateError as error:
            raise _broken(str(error)) from None

    def everything(self) -> dict[str, bytes]:
        """Unpack all parts; UnreadableError where one is damaged."""
        try:
            return {
                name: inflate(self._data, entry, LARGEST_FILE)
                for name, entry in self.entries.items()
            }
        except InflateError as error:
            raise _broken(str(error)) from None

    def _look_at_names(self, count: int) -> None:
        entries = self.entries.values()
        # Of two parts with one name Word may show the other one than we read.
        if len(self.entries) != count or count > _MOST_PARTS:
            raise _broken("压缩包里有重名或过多的部件")
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise _password()
        # What the zip declares; `inflate` holds each part to it.
        total = sum(entry.file_size for entry in entries)
        if total > LARGEST_TOTAL:
            raise _too_big(f"解开后有 {total // _MEGABYTE} MB", LARGEST_TOTAL)


class OpenedWord(Package):
    """A Word document: its zip, which part is which, and its words."""

    def __init__(self, data: bytes) -> None:
        """Look at the zip and read the words; UnreadableError where that cannot be done."""
        super().__init__(data)
        self.main = self._main_part()
        self.words = self._read()

    def related(self, kind: str) -> str:
        """Name the part of a kind that the main part refers to; empty where there is none."""
        return next((one.target for one in self._relations(self.main) if one.kind == kind), "")

    def _main_part(self) -> str:
        """Find the part with the text: by the package's own word, or by its usual name."""
        for one in self._relations(""):
            # A workbook or a slide show names its main part in the same words.
            other = one.target.lower().startswith(("xl/", "ppt/"))
            if one.kind == "officeDocument" and one.target.endswith(".xml") and not other:
                return one.target
        usual = named(self.entries, "word/document.xml")
        if usual:
            return usual
        if any(name.startswith("xl/") for name in self.entries):
            what = "这是 Excel 工作簿，不是文稿"
        elif any(name.startswith("ppt/") for name in self.entries):
            what = "这是演示文稿，不是文稿"
        else:
            what = "这是一个压缩包，里面没有 Word 文稿"
        raise UnreadableError("D-NOT-TEXT", what, _KINDS, _SAVE_AS)

    def _relations(self, part: str) -> list[Relation]:
        try:
            related = related_in(part, self._content)
            found = [(one, named(self.entries, tidy(one.target))) for one in related if one.target]
            return [replace(one, target=name) for one, name in found if name]
        except SpliceError:
            raise _broken("部件之间的关系读不懂") from None

    def _content(self, name: str) -> bytes | None:
        own = named(self.entries, name)
        return self.read(own) if own else None

    def _read(self) -> WordText:
        stories = Stories(
            *(
                self._content(self.related(kind)) if self.related(kind) else None
                for kind in ("footnotes", "endnotes")
            )
        )
        try:
            return read_word(self.read(self.main), stories)
        except (SpliceError, RecursionError):
            raise _broken(f"部件 {self.main} 不是正常的 XML") from None


def open_word(data: bytes) -> OpenedWord:
    """Open a .docx; UnreadableError where it cannot be read."""
    return OpenedWord(data)


def _too_big(saw: str, limit: int) -> UnreadableError:
    required = f"不超过 {limit // _MEGABYTE} MB"
    return UnreadableError("D-TOO-BIG", saw, required, "请删去或压缩图片，或分成几份再来审核")


def _broken(detail: str) -> UnreadableError:
    return UnreadableError("D-BROKEN", f"文件已损坏：{detail}", "完整的 .docx 文档", _CHECK_IT)


def _password() -> UnreadableError:
    do = "请打开后取消密码（文件→信息→保护文档→用密码进行加密，清空密码），保存后再来审核"
    return UnreadableError("D-PASSWORD", "文件加了打开密码，读不了", "不加密码的文档", do)


def _old_container(data: bytes) -> UnreadableError:
    if _ENCRYPTED in data:
        return _password()
    what = "这是旧版的 .doc、.wps 或别的旧格式文件"
    return UnreadableError("D-DOC", what, _KINDS, _SAVE_AS)


def _no_text(data: bytes) -> UnreadableError:
    # Only to say what it is: that it is no text is known by now.
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table")):
        what = "这是网页"
    elif start.startswith(b"%pdf"):
        what = "这是 PDF 文件"
    elif start.startswith(b"{\\rtf"):
        what = "这是 RTF 文件"
    elif start.startswith(b"<?xml"):
        what = "这是 XML 文件"
    else:
        what = "这不是文本：不是 UTF-8、UTF-16，也不是 GB18030"
    return UnreadableError("D-NOT-TEXT", what, _KINDS, _SAVE_AS)
