"""The letters inside a ``t`` of a Word document, and where each stands in the bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final

from xianxue.bureau.documents.splice import Node

_TOKEN = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)\]\]>|<!--.*?-->|<\?.*?\?>|&(?P<entity>[^;]*);|(?P<plain>[^<&])",
    re.DOTALL,
)
_SPACE: Final = " \t\r\n"
_ONE_LINE: Final = str.maketrans("\t\r\n", "   ")


def tokens(raw: str) -> Iterator[tuple[str, int, int]]:
    """Go through the characters of an element's raw content, each with its place in it.

    >>> list(tokens("a&lt;<![CDATA[b<]]>"))
    [('a', 0, 1), ('<', 1, 5), ('b', 14, 15), ('<', 15, 16)]
    """
    for found in _TOKEN.finditer(raw):
        if found["plain"] is not None:
            yield found["plain"], found.start(), found.end()
        elif found["entity"] is not None:
            yield unescape(found[0]), found.start(), found.end()
        elif found["cdata"] is not None:
            at = found.start("cdata")
            for index, char in enumerate(found["cdata"]):
                yield char, at + index, at + index + 1


def content(xml: bytes, node: Node) -> str:
    """Give the text directly inside a ``t``, as Word shows it."""
    if node.closes_itself:
        return ""
    raw = xml[node.inner : node.close].decode()
    if "&" in raw or "<" in raw:
        raw = "".join(char for char, _, _ in tokens(raw))
    # Word shows a tab or line break typed into a `t` as one blank; one for one, so offsets hold.
    raw = raw.translate(_ONE_LINE)
    return raw if node.get("space") == "preserve" else raw.strip(_SPACE)


def raw_offset(xml: bytes, node: Node, letters: int) -> int:
    """Give how many bytes of a ``t``'s content stand before its n-th letter as Word shows it."""
    raw = xml[node.inner : node.close].decode()
    places = [(char, start) for char, start, _ in tokens(raw)]
    skipped = 0
    # `content` has dropped these, so they count for no letter there.
    if node.get("space") != "preserve":
        while skipped < len(places) and places[skipped][0] in _SPACE:
            skipped += 1
    at = skipped + letters
    start = places[at][1] if at < len(places) else len(raw)
    return len(raw[:start].encode())
