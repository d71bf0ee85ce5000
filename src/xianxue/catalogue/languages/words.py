"""The catalogue of sentences: gettext's ``.po`` files, the Chinese template as the key.

They are read as they are written: nothing has to be compiled before the house speaks English, and
a wheel, a checkout and a test see the same file. It costs some 50 ms, in English only.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from xianxue.bureau.values.sentence import Words, in_context

HERE: Final = Path(__file__).parent
OWN: Final = "zh"
"""The language the sentences are written in: it needs no catalogue."""
LANGUAGES: Final = (OWN, "en")


@cache
def words_of(language: str) -> Words:
    """Read all sentences of a language; none for Chinese. A language not there is a KeyError."""
    if language == OWN:
        return {}
    if language not in LANGUAGES:
        raise KeyError(language)
    import polib  # noqa: PLC0415 - Chinese, which is the rule, must not pay for it

    return {
        in_context(entry.msgctxt or "", entry.msgid): entry.msgstr
        for file in sorted((HERE / language).rglob("*.po"))
        for entry in polib.pofile(file.read_text(encoding="utf-8"))
        # An empty entry is one still to be translated: Chinese is told, not nothing.
        if entry.msgstr and not entry.obsolete
    }
