"""What two versions of a text differ in, piece by piece, as people compare them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final, Literal

from xianxue.bureau.values.record import Record

_PIECES: Final = re.compile(r"\{[^{}]*\}|[0-9]+(?:\.[0-9]+)?%?|\n|.")
_LONGEST: Final = 20_000
"""Pieces beyond which nothing finer than paragraphs is compared: it would take seconds."""

How = Literal["same", "gone", "new"]


class Change(Record):
    """A piece of text that stands in both, in the earlier alone, or in the later alone."""

    how: How
    text: str


def changes(before: str, after: str) -> tuple[Change, ...]:
    """Compare two texts; a number and a live number are one piece, else a letter is.

    >>> [(one.how, one.text) for one in changes("在校生12人", "在校生15人。")]
    [('same', '在校生'), ('gone', '12'), ('new', '15'), ('same', '人'), ('new', '。')]
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > _LONGEST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Change] = []

    def add(how: How, pieces: list[str]) -> None:
        text = "".join(pieces)
        if text:
            found.append(Change(how, text))

    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            add("same", old[i:j])
        else:
            add("gone", old[i:j])
            add("new", new[k:m])
    return tuple(found)
