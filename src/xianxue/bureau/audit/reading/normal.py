"""One character for one: full-width and traditional characters as the grammar knows them.

The text itself is never rewritten; the normal form has the same length, so that every offset in
it is an offset in the text.
"""

from __future__ import annotations

from typing import Final

_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""The full-width forms of ASCII stand in the same order as ASCII itself (Unicode FF01 to FF5E)."""

_BLANKS: Final = "\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\r\v"
_SIGNS: Final = (
    ("﹪", "%"),
    ("﹐", ","),
    ("﹔", ";"),
    ("﹕∶︰", ":"),
    ("﹙", "("),
    ("﹚", ")"),
    ("〔［﹝", "["),
    ("〕］﹞", "]"),
    ("‐‑‒–−－", "-"),
    ("―─", "—"),
    ("│┃┆┊∣", "|"),
    ("∼〜", "~"),
    ("✱﹡", "*"),
)
"""Signs in several forms, and the one the grammar knows."""

WHITE: Final = " \t"
"""White space inside a line, in the normal form."""


def table(traditional: dict[int, int]) -> dict[int, int | str]:
    """Make the table for ``str.translate``.

    >>> "１２萬人，㊀".translate(table({ord("萬"): ord("万")}))
    '12万人,㊀'
    """
    same: dict[int, int | str] = dict.fromkeys(map(ord, _BLANKS), " ")
    for forms, sign in _SIGNS:
        same.update(dict.fromkeys(map(ord, forms), sign))
    return {**_FULL_WIDTH, **same, **traditional}
