"""The environment that templates are written in: what they may call, and what becomes of values."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined

from xianxue.bureau.values.sentence import joined, say
from xianxue.web.kit import helpers
from xianxue.web.kit.words import tell


def environment(**options: Any) -> Environment:  # noqa: ANN401 - what Jinja takes
    """Make the environment that Django's Jinja2 backend asks for."""
    # What is not there is a mistake in a page, never an empty place on it.
    made = Environment(**{**options, "undefined": StrictUndefined, "autoescape": True})  # noqa: S701 - it is on
    made.trim_blocks = made.lstrip_blocks = True
    made.finalize = tell
    made.globals |= {"say": say, "joined": joined, "tell": tell, **helpers.GLOBALS}
    made.filters |= helpers.FILTERS
    made.globals["kit"] = made.get_template("kit/parts.html").module
    return made
