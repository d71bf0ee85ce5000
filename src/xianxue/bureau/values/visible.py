"""Characters that cannot be seen: shown as an escape wherever text is shown, refused in names.

A cell or a name that holds them can clear a screen, hide what stands before it, or turn the order
of what is read around; nobody who types a name means one.
"""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, without tab and line feed
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # that turn the direction of text
    "\u2028\u2029"  # line ends of their own
    # Without width: two names that read the same would be two. Joiners of letters are left out:
    # Uyghur and Tibetan are written with them.
    "\u00ad\u115f\u1160\u200b\u2060-\u2064\u3164\ufeff\uffa0"
    "\ud800-\udfff"  # halves of a character
    "]"
)
"""What cannot be seen, one list for whatever shows or refuses it."""
_LAYOUT: Final = re.compile("[\t\n]")


def visible(text: str) -> str:
    r"""Show what cannot be seen as its escape; lines and tabs stay.

    >>> print(visible("5\x1b[2J"), visible("甲\u202e乙"))
    5\x1b[2J 甲\u202e乙
    """
    # Lines and tabs stay: a note of several lines is shown as its author laid it out.
    return HIDDEN.sub(lambda found: _escaped(found[0]), text)


def hidden_in(text: str, *, lines: bool = False) -> str:
    r"""Give the first character that cannot be seen, as its escape; empty where there is none.

    ``lines``: a text of several lines may have line ends and tabs, a name may not.

    >>> hidden_in("张三\x07"), hidden_in("张三\n"), hidden_in("甲\n乙", lines=True)
    ('\\x07', '\\n', '')
    """
    found = HIDDEN.search(text) or (None if lines else _LAYOUT.search(text))
    return _escaped(found[0]) if found else ""


def _escaped(char: str) -> str:
    return ascii(char)[1:-1]
