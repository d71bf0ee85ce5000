"""The texts of a workbook, as far as they are written as every program in use writes them.

Texts are kept once for all cells (``<si>``) or in the cell itself (``<is>``), whole or in runs of
different fonts. Whatever is written otherwise is unusual, and left to the library.
"""

from __future__ import annotations

import re
import sys
from typing import Final

MOST_KNOWN: Final = 20_000
"""Texts remembered: a template's are the same in every school's workbook. Forgotten all at once
when it is full."""
_LONGEST_KNOWN: Final = 4096
"""Bytes of a text that is remembered; so all of them are at most 80 megabytes, and mostly two."""

_OPENED: Final = b"<si>"
_CLOSED: Final = b"</si>"
_END: Final = b"</sst>"
DECLARED: Final = (
    rb'(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?'
    rb'(?: standalone="(?:yes|no)")?\s*\?>\s*)?'
)
"""How a part begins: its text is UTF-8, whether it says so or not."""
_HEAD = re.compile(DECLARED + rb'<sst(?: [\w:]+="[^"<>]*")*>')
_TEXT: Final = rb'<t(?: xml:space="preserve")?>[^<]*</t>'
_RUNS = re.compile(
    rb"(?:<r>(?:<rPr>(?:<\w+(?: \w+=\"[^\"<>]*\")*/>)*</rPr>)?" + _TEXT + rb"</r>)+|" + _TEXT
)
_PIECE = re.compile(rb"<t( xml:space=\"preserve\")?>([^<]*)</t>")
ESCAPED: Final = re.compile(rb"_x[0-9A-Fa-f]{4}_")
"""How spreadsheets write signs that XML has none for; not every reader knows it."""
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SPACES: Final = " \t\r\n"
_ASCII: Final = frozenset({10, *range(32, 127)})
"""Line feeds and what can be printed."""
_FIRST_PLAIN: Final = 0xA0
"""Beyond ASCII and below this are control signs, which some programs take for others."""
_SURROGATES: Final = range(0xD800, 0xE000)


class UnusualError(ValueError):
    """Something is not written as usual: no fault, only nothing to be sure of here."""


class Texts(dict[bytes, str]):
    """From how a text is written to the text; UnusualError where that is unusual."""

    def __missing__(self, xml: bytes) -> str:
        text = _text_of(xml)
        if len(xml) <= _LONGEST_KNOWN:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[xml] = text
        return text


TEXTS: Final = Texts()
"""Of all workbooks that were read: what a text means depends on nothing beside it."""


def shared_texts(xml: bytes) -> list[str]:
    """Read the texts that cells share, in order; UnusualError where any is written otherwise."""
    head, *pieces = xml.split(_OPENED)
    if not pieces or _HEAD.fullmatch(head) is None:
        raise UnusualError
    last, end, after = pieces[-1].partition(_END)
    if not end or after.strip():
        raise UnusualError
    pieces[-1] = last
    return [*map(TEXTS.__getitem__, pieces)]


def _text_of(xml: bytes) -> str:
    """Read one text: its element's content, with or without the end of ``<si>`` behind it."""
    content = xml.removesuffix(_CLOSED)
    if _RUNS.fullmatch(content) is None or ESCAPED.search(content) or b"\r" in content:
        raise UnusualError
    return "".join([_unescaped(text, bool(kept)) for kept, text in _PIECE.findall(content)])


def _unescaped(xml: bytes, kept: bool) -> str:  # noqa: FBT001 - as the element says it
    try:
        text = xml.decode()
    except UnicodeDecodeError:
        raise UnusualError from None
    plain = unescaped(text)
    # Readers differ in what they make of spaces at the ends of a text that does not ask for them.
    if not kept and plain != plain.strip(_SPACES):
        raise UnusualError
    return plain


def unescaped(text: str) -> str:
    """Undo XML's escapes; UnusualError where there is one that readers may differ in.

    >>> unescaped("&#24180;&#x7EA7; &amp; 1 &lt; 2")
    '年级 & 1 < 2'
    """
    if "&" not in text:
        return text
    plain, often = _REFERENCE.subn(_sign, text)
    if often != text.count("&"):
        raise UnusualError
    return plain


def _sign(found: re.Match[str]) -> str:
    name, decimal, hexadecimal = found.groups()
    if name is not None:
        return _NAMED[name]
    number = int(decimal) if decimal is not None else int(hexadecimal, 16)
    if number not in _ASCII and (number < _FIRST_PLAIN or number in _SURROGATES):
        raise UnusualError
    if number > sys.maxunicode:
        raise UnusualError
    return chr(number)
