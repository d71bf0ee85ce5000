"""A browser's manners over plain sockets: one connection, opened again where it was closed."""

from __future__ import annotations

import asyncio
import gzip
import re
import secrets
import time
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
PATIENCE = 60
"""Seconds after which nobody waits any longer."""
MOVED = (301, 302, 303)


class LostError(Exception):
    """An answer did not come."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    sent: int
    """Bytes of the body as they came over the wire."""
    seconds: float

    @property
    def text(self) -> str:
        """The page."""
        return self.body.decode("utf-8", errors="replace")

    @property
    def links(self) -> list[str]:
        """Where its links lead, of our own addresses."""
        return [unescape(each) for each in LINK.findall(self.text)]


@dataclass
class Client:
    """One person's browser."""

    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    reopened: int = 0
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        """Ask for a page, and for the one it leads to."""
        answer = await self.ask("GET", path)
        for _ in range(3):
            if answer.status not in MOVED:
                break
            answer = await self.ask("GET", urljoin(answer.url, answer.headers["location"]))
        return answer

    async def post(
        self,
        path: str,
        fields: dict[str, str],
        page: Answer,
        files: dict[str, tuple[str, bytes]] | None = None,
    ) -> Answer:
        """Send a form that stands on a page; files go with it where it has some."""
        token = TOKEN.search(page.text)
        sent = {"csrfmiddlewaretoken": token[1] if token else "", **fields}
        if files:
            kind, body = _multipart(sent, files)
        else:
            kind, body = "application/x-www-form-urlencoded", urlencode(sent).encode()
        more = {"Content-Type": kind, "Referer": page.url, "Origin": self.url.rstrip("/")}
        return await self.ask("POST", path, body, more)

    async def ask(
        self, method: str, path: str, body: bytes = b"", more: dict[str, str] | None = None
    ) -> Answer:
        """Send one request; where a kept connection turns out to be closed, on a new one."""
        url = urljoin(self.url, path)
        data = self._request(method, url, body, more or {})
        began = time.perf_counter()
        for _ in range(2):
            kept = self.line is not None
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._exchange(url, data, began)
            except (ConnectionError, asyncio.IncompleteReadError, TimeoutError) as error:
                await self.close()
                if not kept or isinstance(error, TimeoutError):
                    raise LostError(f"{method} {path}: {type(error).__name__}") from error
                self.reopened += 1
        raise LostError(f"{method} {path}")

    async def close(self) -> None:
        """Close the connection."""
        if self.line is not None:
            self.line[1].close()
            self.line = None

    def _request(self, method: str, url: str, body: bytes, more: dict[str, str]) -> bytes:
        parts = urlsplit(url)
        headers = {
            "Host": parts.netloc,
            "Accept": "text/html",
            "Accept-Encoding": "gzip",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            **({"Content-Length": str(len(body))} if method == "POST" else {}),
            **more,
        }
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        lines = [f"{method} {target} HTTP/1.1", *(f"{a}: {b}" for a, b in headers.items() if b)]
        return "\r\n".join([*lines, "", ""]).encode() + body

    async def _exchange(self, url: str, data: bytes, began: float) -> Answer:
        if self.line is None:
            to = urlsplit(self.url)
            self.line = await asyncio.open_connection(to.hostname, to.port, limit=2**20)
        reader, writer = self.line
        writer.write(data)
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in head[1:]:
            name, _, value = line.partition(":")
            if name.lower() == "set-cookie":
                self._keep(value)
            elif name:
                headers[name.lower()] = value.strip()
        raw = await _body(reader, headers)
        if headers.get("connection", "").lower() == "close":
            await self.close()
        body = gzip.decompress(raw) if raw and headers.get("content-encoding") == "gzip" else raw
        status = int(head[0].split()[1])
        return Answer(url, status, headers, body, len(raw), time.perf_counter() - began)

    def _keep(self, line: str) -> None:
        for name, morsel in SimpleCookie(line).items():
            if morsel.value and morsel["max-age"] != "0":
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if headers.get("transfer-encoding", "").lower() != "chunked":
        return await reader.readexactly(int(headers.get("content-length", "0")))
    found = bytearray()
    while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
        found += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return bytes(found)


def _multipart(fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[str, bytes]:
    mark = secrets.token_hex(16)
    parts: list[bytes] = []
    for name, value in fields.items():
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        )
    for name, (called, content) in files.items():
        said = f'form-data; name="{name}"; filename="{called}"'
        kind = "application/octet-stream"
        head = f"--{mark}\r\nContent-Disposition: {said}\r\nContent-Type: {kind}\r\n\r\n"
        parts.append(head.encode() + content + b"\r\n")
    parts.append(f"--{mark}--\r\n".encode())
    return f"multipart/form-data; boundary={mark}", b"".join(parts)
