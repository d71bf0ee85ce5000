"""The language of pages: every sentence that a template writes is told in the reader's language.

Jinja's ``finalize`` sees each value a template writes, so neither templates nor pages translate.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Final

from django.middleware.csrf import get_token
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.visible import visible
from xianxue.catalogue.languages.words import OWN, words_of

reading: Final[ContextVar[str]] = ContextVar("reading", default=OWN)
"""The language of the page that is being written in this thread; set by the gate."""


def tell(text: object) -> Any:  # noqa: ANN401 - markup, numbers, whatever is not a sentence
    """Tell a sentence in the reader's language; markup and anything else stay as they are."""
    if text is None:
        return ""
    if isinstance(text, Sentence):
        return visible(text.told(words_of(reading.get())))
    return text


def environment(**options: Any) -> Environment:  # noqa: ANN401 - what Jinja takes
    """Make the environment that Django's Jinja2 backend asks for."""
    # What is not there is a mistake in a page, never an empty place on it.
    made = Environment(**{**options, "undefined": StrictUndefined, "autoescape": True})  # noqa: S701 - it is on
    made.trim_blocks = made.lstrip_blocks = True
    made.finalize = tell
    from xianxue.web.kit import helpers  # noqa: PLC0415 - they stand on this module

    made.globals |= {"say": say, "joined": joined, "tell": tell, **helpers.GLOBALS}
    made.filters |= helpers.FILTERS
    made.globals["kit"] = made.get_template("kit/parts.html").module
    return made


def csrf() -> Markup:
    """Give the hidden field by which a form shows that this site wrote it."""
    from xianxue.web.kit.visit import asked  # noqa: PLC0415 - it stands on the desk

    return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(
        get_token(asked())
    )
