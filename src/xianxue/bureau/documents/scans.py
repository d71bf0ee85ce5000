"""Scanned paper: which of three kinds a file is by its bytes, and whether it is whole.

Its name says nothing: a program may be called 盖章.pdf. A file that breaks off half way is no proof
of anything, so each kind is followed to its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

Kind = Literal["pdf", "jpg", "png"]

_PDF: Final = b"%PDF-"
_PDF_END: Final = b"%%EOF"
_PDF_TAIL: Final = 2048
"""Bytes at the end in which the mark of the end stands; scanners add a few blanks."""
_XREF: Final = re.compile(rb"startxref\s+\d+\s*$")
# Behind the end of its dictionary: the bare word may stand in a comment, to hide what follows.
_STREAM: Final = re.compile(rb">>\s*stream\r?\n")
_STREAM_END: Final = b"endstream"
# What runs, opens or carries something else has no place in scanned paper.
_ACTIVE: Final = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b"
)

# Letters of a name may be written by their numbers: /J#61vaScript is /JavaScript.
_NUMBERED: Final = re.compile(rb"#([0-9a-fA-F]{2})")
# Long enough that no packed picture has one by chance: these are refused wherever they stand.
_PLAINLY_ACTIVE: Final = re.compile(rb"/(?:JavaScript|EmbeddedFiles?|RichMedia|SubmitForm)\b")

_ZIP_END: Final = b"PK\x05\x06"
_ZIP_TAIL: Final = 22 + 0xFFFF
"""Bytes at the end in which a zip's last record lies, with its longest comment."""

_JPEG: Final = b"\xff\xd8\xff"
_JPEG_END: Final = b"\xff\xd9"
_FILLING: Final = re.compile(b"\xff+")
# C4, C8 and CC are left out on purpose: they stand among the frames and are none.
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD})
"""Markers of a frame, which say how large the picture is."""
_SCAN: Final = 0xDA
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a length behind them."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CHUNK: Final = 12
"""Bytes of a chunk beside its data: length, name, sum."""


def kind_of(data: bytes) -> Kind | None:
    r"""Say what scanned paper this is; None for anything else, and for what breaks off.

    >>> kind_of(b"PK\x03\x04"), kind_of(b"%PDF-1.4\n1 0 obj")
    (None, None)
    """
    # A file that is a zip as well would be one thing to us and another to whoever unpacks it.
    if _ZIP_END in data[-_ZIP_TAIL:]:
        return None
    if data.startswith(_PDF):
        return "pdf" if _whole_pdf(data) else None
    if data.startswith(_JPEG):
        return "jpg" if _whole_jpeg(data) else None
    if data.startswith(_PNG):
        return "png" if _whole_png(data) else None
    return None


def _whole_pdf(data: bytes) -> bool:
    tail = data[-_PDF_TAIL:]
    before, mark, after = tail.rpartition(_PDF_END)
    # Behind the end there may be blanks; a second file hidden there is no scan.
    ends = bool(mark) and not after.strip(b"\r\n\t \0") and bool(_XREF.search(before))
    return ends and not _runs(data)


def _runs(data: bytes) -> bool:
    """Whether a PDF has something that runs, opens or carries something else."""
    if _PLAINLY_ACTIVE.search(data):
        return True
    beside = (_NUMBERED.sub(_letter, part) for part in _beside_streams(data))
    return any(_ACTIVE.search(part) for part in beside)


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _beside_streams(data: bytes) -> Iterator[bytes]:
    """Give what lies outside of packed streams: in these any few letters turn up by chance."""
    # By hand and not by one expression: that would look to the end of the file for each beginning.
    at = 0
    while (begin := _STREAM.search(data, at)) is not None:
        yield data[at : begin.start()]
        end = data.find(_STREAM_END, begin.end())
        if end < 0:
            return
        at = end + len(_STREAM_END)
    yield data[at:]


def _whole_jpeg(data: bytes) -> bool:
    """Follow the segments to the picture's own data, and find the mark of its end."""
    at, sized = 2, False
    while (filling := _FILLING.match(data, at)) is not None:
        # The last of them and the byte behind it are the marker.
        at = filling.end() - 1
        marker = int.from_bytes(data[at + 1 : at + 2])
        if marker in _ALONE:
            at += 2
            continue
        length = int.from_bytes(data[at + 2 : at + 4])
        if marker in _FRAMES:
            height = int.from_bytes(data[at + 5 : at + 7])
            width = int.from_bytes(data[at + 7 : at + 9])
            sized = height > 0 and width > 0
        if marker == _SCAN:
            # The last end in the file, and behind the picture's own head: a thumbnail in front has
            # an end too, and phones put a second picture behind the first.
            return sized and data.rfind(_JPEG_END) > at + length
        at += 2 + length
    return False


def _whole_png(data: bytes) -> bool:
    """Follow the chunks: a picture of some size, its data, and an end with nothing behind it."""
    first = len(_PNG)
    if data[first + 4 : first + 8] != b"IHDR" or not (
        _number(data, first + 8) and _number(data, first + 12)
    ):
        return False
    at, drawn = first, False
    while at + _CHUNK <= len(data):
        name = data[at + 4 : at + 8]
        at += _CHUNK + _number(data, at)
        drawn = drawn or name == b"IDAT"
        if name == b"IEND":
            break
    else:
        return False
    # Nothing stands behind the end: a second file hidden there is no scan.
    return drawn and at == len(data)


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4])
