"""Somebody who asks for pages without a browser: each answer just as it came over the wire."""

from __future__ import annotations

import gzip
import html
import http.client
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from kit.forms import Sent, forms_of, multipart

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = re.compile(r'<form method="post" action="([^"]+)"')
FORGERY_FIELD = "csrfmiddlewaretoken"
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
FILE = re.compile(r'<(?:script|img)\b[^>]*\bsrc="([^"]*)"|<link\b[^>]*\bhref="([^"]*)"')
REDIRECTS = 5


@dataclass(frozen=True)
class Answer:
    """One answer: its status, its headers, what came in how many bytes."""

    url: str
    status: int
    headers: Message
    body: bytes
    transferred: int

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def goes_to(self) -> str:
        """Where it redirects to, as a whole address."""
        return urljoin(self.url, self.headers["Location"] or "")

    def links(self) -> list[str]:
        """Where its links lead, as they are written."""
        return [html.unescape(each) for each in LINK.findall(self.text)]

    def files(self) -> list[str]:
        """The files that a browser fetches for the page: scripts, styles, pictures."""
        return [html.unescape(a or b) for a, b in FILE.findall(self.text)]

    def set_cookies(self) -> list[str]:
        """Each `Set-Cookie` as it was sent."""
        return self.headers.get_all("Set-Cookie") or []


class Visitor:
    """Asks one request after another, keeps cookies, follows nothing unless told to."""

    def __init__(self, url: str, language: str = "zh-CN,zh;q=0.9") -> None:
        self.url = url
        self.cookies: dict[str, str] = {}
        self.language = language

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request as it is; give the answer as it is, but unpacked."""
        url = urljoin(self.url, path)
        parts = urlsplit(url)
        sent = {
            "Accept": "text/html,*/*;q=0.8",
            "Accept-Encoding": "gzip",
            "Accept-Language": self.language,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **(headers or {}),
        }
        connection = http.client.HTTPConnection(parts.netloc, timeout=60)
        try:
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection.request(method, target, body, sent)
            got = connection.getresponse()
            raw = got.read()
        finally:
            connection.close()
        self._keep(got.headers)
        packed = got.headers["Content-Encoding"] == "gzip"
        content = gzip.decompress(raw) if packed and raw else raw
        return Answer(url, got.status, got.headers, content, len(raw))

    def get(self, path: str, *, follow: bool = False, **headers: str) -> Answer:
        """Ask for a page; follow redirects where told to."""
        answer = self.ask("GET", path, headers=headers)
        for _ in range(REDIRECTS if follow else 0):
            if answer.status not in {301, 302, 303, 307, 308}:
                break
            answer = self.ask("GET", answer.goes_to, headers=headers)
        return answer

    def post(self, path: str, fields: Mapping[str, Any], *, of: str = "", **headers: str) -> Answer:
        """Send a form, with the token of the page that shows it (the same address unless named)."""
        token = self.token(of or path)
        return self.ask(
            "POST",
            path,
            urlencode({FORGERY_FIELD: token, **fields}, doseq=True).encode(),
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": urljoin(self.url, of or path),
                "Origin": self.url.rstrip("/"),
                **headers,
            },
        )

    def send(
        self,
        page: str,
        action: str,
        files: Mapping[str, Sent | Sequence[Sent]] | None = None,
        **typed: str,
    ) -> Answer:
        """Fill in the form of a page that goes to an address, and send it; `typed` is by field."""
        shown = self.get(page, follow=True)
        found = [each for each in forms_of(shown.text) if each.action.startswith(action)]
        assert found, f"no form to {action} on {page} ({shown.status})"
        fields = {**found[0].fields, **{name: [value] for name, value in typed.items()}}
        if files is not None:
            kind, body = multipart(fields, files)
        else:
            kind, body = "application/x-www-form-urlencoded", urlencode(fields, doseq=True).encode()
        headers = {"Content-Type": kind, "Referer": shown.url, "Origin": self.url.rstrip("/")}
        return self.ask("POST", found[0].action or page, body, headers)

    def token(self, path: str) -> str:
        """The token that the form on a page carries against forged requests."""
        page = self.get(path, follow=True)
        found = TOKEN.search(page.text)
        assert found, f"no form on {path}: {page.status}"
        return found[1]

    def sign_in(self, login: str, password: str) -> Answer:
        """Sign in by the form; being let in is a redirect away from it."""
        answer = self.knock(login, password)
        assert answer.status in {302, 303}, f"{login} was not let in: {answer.status}"
        assert urlsplit(answer.goes_to).path != "/login", f"{login} was not let in"
        return answer

    def knock(self, login: str, password: str) -> Answer:
        """Send the form of the door, whatever comes of it."""
        action = FORM.search(self.get("/login").text)
        assert action, "no form at /login"
        return self.post(action[1], {"login": login, "password": password}, of="/login")

    def _keep(self, headers: Message) -> None:
        for line in headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                if morsel["max-age"] == "0" or not morsel.value:
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
