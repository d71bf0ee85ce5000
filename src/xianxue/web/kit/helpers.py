"""What templates may call beside ``say``: addresses, numbers as they are read, keys of deeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.crypto import get_random_string
from markupsafe import Markup, escape

from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.search.readings import spelled
from xianxue.desk.stores.clock import BEIJING
from xianxue.web.kit.visit import Visit, asked
from xianxue.web.kit.words import tell


def address(name: str, /, *args: object, **query: object) -> str:
    """Give the address of a page, with what follows the question mark (`name=` may be among it)."""
    found = _address(name, tuple(map(str, args)))
    said = urlencode({key: value for key, value in query.items() if value not in {None, ""}})
    return f"{found}?{said}" if said else found


@lru_cache(maxsize=1 << 14)
def _address(name: str, args: tuple[str, ...]) -> str:
    # A list of three hundred lines asks for as many, and they never change.
    return reverse(name, args=args)


def here(**changed: object) -> str:
    """Give this page's address with some of its questions changed; an empty one is dropped."""
    request = asked()
    query = request.GET.copy()
    for key, value in changed.items():
        query.pop(key, None)
        if value not in {None, ""}:
            query[key] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def visit() -> Visit:
    """Give the visitor."""
    return asked().visit


def csrf() -> Markup:
    """Give the hidden field by which a form shows that this site wrote it."""
    field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')
    return field.format(get_token(asked()))


def deed_key() -> Markup:
    """Give the hidden field by which a deed that is sent twice is done once."""
    return csrf() + Markup('<input type="hidden" name="deed" value="{}">').format(
        get_random_string(32)
    )


def grouped(shown: object) -> object:
    """Part the thousands of a number by padding, so that what is copied has no blanks."""
    text = str(shown)
    whole, point, rest = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if not digits.isdigit() or len(digits) <= _GROUP:
        return shown if isinstance(shown, Sentence) else text
    head = len(digits) % _GROUP or _GROUP
    parts = [digits[:head], *(digits[at : at + _GROUP] for at in range(head, len(digits), _GROUP))]
    inside = Markup('<span class="k">').join(
        [escape(parts[0]), *(escape(part) + Markup("</span>") for part in parts[1:])]
    )
    return escape(sign) + inside + escape(point + rest)


_GROUP: Final = 3


def parted(said: object) -> Markup:
    """Part the thousands of each long number in a sentence; years and short ones stay."""
    return Markup().join(
        escape(grouped(piece) if at % 2 else piece)
        for at, piece in enumerate(_LONG.split(str(tell(said))))
    )


_LONG: Final = re.compile(r"(\d{5,}(?:\.\d+)?)")


def day(value: date | datetime | None) -> str | Sentence:
    """Write a day as the bureau reads it: 2025-10-13."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(BEIJING).date()
    return value.isoformat()


def moment(value: datetime | None) -> str:
    """Write a moment to the minute, in the county's time."""
    return "" if value is None else value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


def weekday(value: date) -> Sentence:
    """Name the day of the week."""
    return (
        say("星期一"),
        say("星期二"),
        say("星期三"),
        say("星期四"),
        say("星期五"),
        say("星期六"),
        say("星期日"),
    )[value.weekday()]


def text(value: object) -> str:
    """Tell a value for an attribute, where markup cannot stand."""
    return str(tell(value))


GLOBALS: Final[Mapping[str, Callable[..., Any]]] = {
    "address": address,
    "here": here,
    "visit": visit,
    "csrf": csrf,
    "deed_key": deed_key,
    "text": text,
}
FILTERS: Final[dict[str, Callable[..., Any]]] = {
    "spelled": lambda said: spelled(str(tell(said))),
    "grouped": grouped,
    "parted": parted,
    "day": day,
    "moment": moment,
    "weekday": weekday,
}
