"""Static files go out packed: each is packed once, the first time a browser asks for it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterable
from typing import Any, Final

_WORTH: Final = ("text/", "application/json", "image/svg+xml")
"""What packing makes smaller; pictures and fonts are packed already."""
_AT_LEAST: Final = 200
"""Bytes below which the header weighs as much as what is saved."""

Headers = list[tuple[str, str]]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Packing:
    """Stands before the program that sends static files, and packs what it sends of them.

    What stands at an address below ``prefix`` never changes, so the packed files are kept.
    """

    def __init__(self, answer: Application, prefix: str) -> None:
        """Take what answers, and the beginning of the addresses of static files."""
        self.answer = answer
        self.prefix = prefix
        self._kept: dict[str, tuple[str, Headers, bytes]] = {}

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer, packed where it is a static file and the browser can unpack it."""
        path = environ.get("PATH_INFO", "")
        able = "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") and "HTTP_RANGE" not in environ
        if not (path.startswith(self.prefix) and able and environ["REQUEST_METHOD"] == "GET"):
            return self.answer(environ, start)
        if path not in self._kept:
            found = self._packed(environ)
            if not found[0].startswith("200"):
                start(*found[:2])
                return [found[2]]
            self._kept[path] = found
        status, headers, content = self._kept[path]
        start(status, headers)
        return [content]

    def _packed(self, environ: dict[str, Any]) -> tuple[str, Headers, bytes]:
        told: list[tuple[str, Headers]] = []
        answer = self.answer(environ, lambda status, headers, *_: told.append((status, headers)))
        try:
            content = b"".join(answer)
        finally:
            close = getattr(answer, "close", None)
            if close is not None:
                close()
        status, headers = told[-1]
        kind = next((value for name, value in headers if name.lower() == "content-type"), "")
        encoded = any(name.lower() == "content-encoding" for name, _ in headers)
        if encoded or not kind.startswith(_WORTH) or len(content) < _AT_LEAST:
            return status, headers, content
        content = gzip.compress(content, mtime=0)
        kept = [each for each in headers if each[0].lower() not in {"content-length", "vary"}]
        more = [
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(content))),
            ("Vary", "Accept-Encoding"),
        ]
        return status, [*kept, *more], content
