"""The language of pages: every sentence that a template writes is told in the reader's language.

Jinja's ``finalize`` sees each value a template writes, so neither templates nor pages translate.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Final

from xianxue.bureau.values.sentence import Sentence
from xianxue.bureau.values.visible import visible
from xianxue.catalogue.languages.words import OWN
from xianxue.web.kit.pressed import page_words

reading: Final[ContextVar[str]] = ContextVar("reading", default=OWN)
"""The language of the page that is being written in this thread; set by the gate."""


def tell(text: object) -> Any:  # noqa: ANN401 - markup, numbers, whatever is not a sentence
    """Tell a sentence in the reader's language; markup and anything else stay as they are."""
    if text is None:
        return ""
    if isinstance(text, Sentence):
        return visible(text.told(page_words(reading.get())))
    return text
