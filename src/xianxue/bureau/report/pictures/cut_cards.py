"""A PDF of cards to be cut apart, each with a square code: written here, line by line.

The letters are those every reader brings for Chinese; nothing is embedded and nothing drawn as a
picture, so that ten thousand cards are some megabytes and print as sharp as the printer can.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from typing import Final

from xianxue.bureau.values.record import Record

_WIDE, _HIGH = 595, 842
"""A4 in points."""
_ACROSS, _DOWN = 3, 7
_EDGE: Final = 21
_QR: Final = 78
_QUIET: Final = 4
"""Modules left white around a code."""
_LEADING: Final = 11
_LAST: Final = 0xFFFF
"""The last letter that the font's encoding can name."""
_SONG: Final = (
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/W[1 95 500]/FontDescriptor 6 0 R>>"
)
_SHAPE: Final = (
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
)
_CHINESE: Final = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    b"/DescendantFonts[5 0 R]>>"
)
_CODES: Final = b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>"


class CutCard(Record):
    """One card."""

    heads: tuple[str, ...]
    """Lines beside the code, in Chinese."""
    code: str
    """What is typed where the picture cannot be read, in groups."""
    matrix: Sequence[Sequence[bool | int]]
    """The square code: rows of modules, true for black."""
    foot: str = ""


def cut_cards(cards: Sequence[CutCard]) -> bytes:
    """Write the file. The same cards give the same bytes."""
    each = _ACROSS * _DOWN
    pages = [cards[at : at + each] for at in range(0, len(cards), each)] or [()]
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _CHINESE, _CODES, _SONG, _SHAPE]
    kids: list[bytes] = []
    for page in pages:
        text = zlib.compress("\n".join(_page(page)).encode("ascii"), 9)
        drawn = len(objects) + 1
        objects.append(
            b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(text), text)
        )
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</S 3 0 R/C 4 0 R>>>>>>" % (_WIDE, _HIGH, drawn)
        )
        kids.append(b"%d 0 R" % (drawn + 1))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _file(objects)


def _page(cards: Sequence[CutCard]) -> Iterator[str]:
    wide, high = (_WIDE - 2 * _EDGE) / _ACROSS, (_HIGH - 2 * _EDGE) / _DOWN
    yield "0.4 w [3 3] 0 d"
    for at in range(_ACROSS + 1):
        yield f"{_EDGE + at * wide:.1f} {_EDGE} m {_EDGE + at * wide:.1f} {_HIGH - _EDGE} l S"
    for at in range(_DOWN + 1):
        yield f"{_EDGE} {_EDGE + at * high:.1f} m {_WIDE - _EDGE} {_EDGE + at * high:.1f} l S"
    for at, card in enumerate(cards):
        left = _EDGE + at % _ACROSS * wide
        top = _HIGH - _EDGE - at // _ACROSS * high
        yield from _card(card, left, top, high)


def _card(card: CutCard, left: float, top: float, high: float) -> Iterator[str]:
    yield from _modules(card.matrix, left + 4, top - 6 - _QR)
    for at, line in enumerate(card.heads):
        yield _text("S", 8.5, left + _QR + 8, top - 18 - at * _LEADING, line)
    below = top - _QR - 14
    groups = card.code.split(" ")
    half = -(-len(groups) // 2)
    for at, part in enumerate((groups[:half], groups[half:])):
        yield _text("C", 8, left + 8, below - at * 10, " ".join(part))
    if card.foot:
        yield _text("S", 7, left + _QR + 8, top - high + 8, card.foot)


def _modules(matrix: Sequence[Sequence[bool | int]], left: float, bottom: float) -> Iterator[str]:
    """Draw runs of black modules as bars."""
    size = _QR / (len(matrix) + 2 * _QUIET)
    for down, row in enumerate(matrix):
        start = None
        for across, black in enumerate([*row, 0]):
            if black and start is None:
                start = across
            elif not black and start is not None:
                x = left + (start + _QUIET) * size
                y = bottom + (len(matrix) - down - 1 + _QUIET) * size
                yield f"{x:.2f} {y:.2f} {(across - start) * size:.2f} {size:.2f} re"
                start = None
    yield "f"


def _text(font: str, size: float, x: float, y: float, line: str) -> str:
    # UCS-2: a letter outside it has no place in the font either.
    told = "".join(letter if ord(letter) <= _LAST else "□" for letter in line)
    shown = f"<{told.encode('utf-16-be').hex()}>" if font == "S" else f"({told})"
    return f"BT /{font} {size} Tf {x:.1f} {y:.1f} Td {shown} Tj ET"


def _file(objects: Sequence[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: list[int] = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(made)
