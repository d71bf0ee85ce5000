"""Every address of the workbench: what a view says of itself, and who is led there by links."""

from __future__ import annotations

import html
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, resolve
from kit.server import Server
from kit.visitor import Answer

ROLES = (
    "school_clerk",
    "school_head",
    "central_school",
    "inspector",
    "office_clerk",
    "leader",
    "auditor",
    "administrator",
)
ROOMS = "xianxue.web.rooms"
PROGRAMS = "api/"
PUBLISHED = "safe_campus"
"""The appraisal of the example county that is published."""
PARTS = re.compile(r'\bhx-get="([^"]*)"')
FORMS = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*\baction="([^"]*)"|\bhx-post="([^"]*)"')


@dataclass(frozen=True)
class Route:
    """One line of the addresses."""

    name: str
    route: str
    deed: str
    writes: bool


@dataclass(frozen=True)
class Seen:
    """One address that somebody was led to, and what they were shown there."""

    role: str
    path: str
    route: str
    """The name of the route; empty for an address that is none."""
    status: int
    kind: str
    whole: bool
    """Whether it is a page, and no part of one nor a file."""
    fault: str
    came_from: str
    text: str = field(default="", repr=False)
    """What a page shows."""


@dataclass(frozen=True)
class Atlas:
    """What everybody was led to, and the forms that they were shown."""

    seen: tuple[Seen, ...]
    forms: tuple[tuple[str, str, str], ...]
    """Role, the page with the form, where the form is sent."""

    def of(self, route: str) -> list[Seen]:
        """Where somebody was led to a page of a route."""
        return [each for each in self.seen if each.route == route]


def routes() -> list[Route]:
    """All lines of the addresses of pages, the rooms' together; programs have theirs, and tests."""
    from xianxue.web.rooms import urlpatterns  # noqa: PLC0415 - Django has to be set up before

    lines = _lines(urlpatterns, "", "")
    return [_route(pattern, name, at) for pattern, name, at in lines if not at.startswith(PROGRAMS)]


def name_of(path: str) -> str:
    """The name of the route of an address; empty where there is none."""
    try:
        return resolve(urlsplit(path).path, urlconf=ROOMS).view_name
    except Resolver404:
        return ""


def drawn(site: Server) -> Atlas:
    """Follow every link as every role."""
    seen: list[Seen] = []
    forms: dict[tuple[str, str], tuple[str, str, str]] = {}
    for role in ROLES:
        for place, answer in _walk(site, role):
            seen.append(place)
            if place.whole and place.status == 200:
                for to in _forms(answer):
                    forms.setdefault((role, to), (role, place.path, to))
    return Atlas(tuple(seen), tuple(forms.values()))


def _lines(
    patterns: list[URLPattern | URLResolver], space: str, at: str
) -> Iterator[tuple[URLPattern, str, str]]:
    for each in patterns:
        route = at + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _lines(each.url_patterns, each.namespace or space, route)
        else:
            yield each, f"{space}:{each.name}", route


def _route(pattern: URLPattern, name: str, route: str) -> Route:
    view = pattern.callback
    return Route(name, route, view.deed, view.writes)


def _walk(site: Server, role: str) -> Iterator[tuple[Seen, Answer]]:
    """Follow the links of a role from the first page on, breadth first."""
    visitor = site.visitor(role)
    waiting = deque([("/", "")])
    known: set[tuple[str, str]] = set()
    met = {"/"}
    while waiting:
        path, came_from = waiting.popleft()
        answer = visitor.get(path, follow=True)
        kind = (answer.headers["Content-Type"] or "").partition(";")[0]
        text = answer.text if kind == "text/html" else ""
        whole = "<!doctype html>" in text[:100].lower()
        fault = "Traceback" if "Traceback (most recent" in text else ""
        name = name_of(path)
        shown = text if whole else ""
        yield Seen(role, path, name, answer.status, kind, whole, fault, came_from, shown), answer
        for link in _links(answer, path) if text else ():
            if link not in met and _is_new(link, known):
                met.add(link)
                waiting.append((link, path))


def _is_new(link: str, known: set[tuple[str, str]]) -> bool:
    """Whether a link is of a route, or asks it for something, that has not been followed yet.

    A page has as many addresses as there are schools and ways to sort them: one of each will do.
    Of appraisals one that is published leads on where one that has not begun does not.
    """
    name = name_of(link) or link
    if name.startswith("appraisal:") and f"/{PUBLISHED}/" in link:
        name += f" {PUBLISHED}"
    asked = {name for name, _ in parse_qsl(urlsplit(link).query, keep_blank_values=True)}
    new = False
    for each in asked or {""}:
        new |= (name, each) not in known
        known.add((name, each))
    return new


def _links(answer: Answer, path: str) -> list[str]:
    parts = [html.unescape(each) for each in PARTS.findall(answer.text)]
    found: list[str] = []
    for link in [*answer.links(), *parts]:
        split = urlsplit(link)
        if split.scheme or split.netloc or not (split.path or split.query):
            continue
        where = split.path or urlsplit(path).path
        if where.startswith("/"):
            found.append(where + (f"?{split.query}" if split.query else ""))
    return found


def _forms(answer: Answer) -> list[str]:
    return [html.unescape(a or b) for a, b in FORMS.findall(answer.text) if a or b]
