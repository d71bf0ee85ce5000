"""Which styles show a number as a number: of any other it is not certain that it is no day."""

from __future__ import annotations

import re
from typing import Final

_FORMATS: Final = frozenset({0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 37, 38, 39, 40, 48, 49})
"""Numbers of the built-in formats for plain numbers, sums of money, shares and texts."""
_PLAIN_CODE = re.compile(rb"General|@|[#0,.%]+")
"""A format of the workbook's own without a letter: all that writes days has some."""
_FORMAT = re.compile(rb"<numFmt ([^<>]*)/>")
_NUMBER = re.compile(rb'numFmtId="(\d{1,5})"')
_CODE = re.compile(rb'formatCode="([^"]*)"')
_STYLE = re.compile(rb'<xf [^<>]*?numFmtId="(\d{1,5})"')
_ONCE: Final = 2
_STYLES = re.compile(rb"<cellXfs(?: [^<>]*)?>(.*?)</cellXfs>", re.DOTALL)


def plain_styles(xml: bytes) -> frozenset[bytes]:
    """Give the styles, as cells name them, whose numbers are numbers for certain.

    >>> plain_styles(b'<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>')
    frozenset({b'0'})
    """
    found = _STYLES.findall(xml)
    # Named once where the list opens and once where it ends: of two nobody knows which one holds.
    if len(found) != 1 or xml.count(b"cellXfs") != _ONCE:
        return frozenset()
    plain = set(_FORMATS)
    for attributes in _FORMAT.findall(xml):
        number, code = _NUMBER.search(attributes), _CODE.search(attributes)
        if number is None or code is None or _PLAIN_CODE.fullmatch(code[1]) is None:
            # Also where a workbook gives a built-in number a format of its own.
            plain.discard(int(number[1]) if number else 0)
        else:
            plain.add(int(number[1]))
    styles = _STYLE.findall(found[0])
    # A style that says nothing of its format would shift those behind it.
    if len(styles) != found[0].count(b"<xf"):
        return frozenset()
    return frozenset(b"%d" % at for at, number in enumerate(styles) if int(number) in plain)
