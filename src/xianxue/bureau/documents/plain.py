"""Text files: decoded, or known to be something else.

Accepted are UTF-8 with and without its mark, UTF-16 with its mark, and GB18030 (which holds GBK
and GB2312).
"""

from __future__ import annotations

import codecs
from typing import Final

_MARKUP: Final = ("<html", "<!doctype", "<table", "<?xml", "%pdf", "{\\rtf")
_CONTROLS: Final = frozenset(chr(number) for number in range(32)) - set("\t\r\n\f\v\x1a")


def text_of(data: bytes) -> str | None:
    """Decode a text file; None where it is no text, or text of another kind (a web page)."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding)
    # In this order: Chinese in GB18030 is hardly ever valid UTF-8, but nearly all UTF-8 is valid
    # GB18030 and would come out as other characters.
    return _decoded(data, "utf-8") or _decoded(data, "gb18030")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    # An old program's end-of-file sign may close the text.
    text = text.rstrip("\x1a")
    # GB18030 decodes many a binary file without complaint; control characters give it away. Markup
    # decodes well too, and its tags would be read as words.
    if _CONTROLS & set(text) or text.lstrip().lower().startswith(_MARKUP):
        return None
    return text
