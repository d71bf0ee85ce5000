"""Names for files that can be laid down on any machine, Windows among them."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from xianxue.bureau.values.visible import HIDDEN

_REFUSED: Final = re.compile(r'[<>:"/\\|?*\t\n]+')
"""What Windows takes in no name; a slash parts folders everywhere."""
_TAKEN: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names of Windows' own devices, whatever stands behind a point."""
_MOST: Final = 1000


def safe_name(text: str, longest: int = 60) -> str:
    r"""Make a name of a text: what no name may hold is a blank, and it is not too long.

    >>> safe_name("2.1-01 规划/批复?.. "), safe_name("con.txt"), safe_name("\x00")
    ('2.1-01 规划 批复', '_con.txt', '_')
    """
    bare = HIDDEN.sub("", _REFUSED.sub(" ", text))
    # Windows drops blanks and points at the end, so that another file would be meant.
    short = " ".join(bare.split())[:longest].strip(" .")
    return f"_{short}" if not short or _TAKEN.fullmatch(short) else short


def free_name(stem: str, suffix: str, taken: Container[str]) -> str:
    """Give the first name that is not taken; ``taken`` are names in small letters.

    >>> free_name("甲", ".pdf", {"甲.pdf"})
    '甲 (2).pdf'
    """
    found = (stem + suffix if at == 1 else f"{stem} ({at}){suffix}" for at in range(1, _MOST))
    return next(one for one in found if one.lower() not in taken)
