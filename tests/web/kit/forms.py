"""The forms of a page, filled in as a browser would send them when nothing is touched."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

Sent = tuple[str, bytes]
"""A file: what it is called, and what is in it."""

NOT_SENT = {"submit", "button", "reset", "image", "file"}
"""Kinds of fields that are sent only when they are pressed or chosen."""


@dataclass
class Form:
    """One form: where it is sent, and what stands in it."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.area = ""
        self.text: list[str] = []
        self.select = ""
        self.options: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(said.get("action", ""), said.get("method", "get").lower())
            self.forms.append(self.form)
        elif tag == "textarea":
            self.area, self.text = said.get("name", ""), []
        elif tag == "select":
            self.select, self.options = said.get("name", ""), []
        elif tag == "option":
            self.options.append((said.get("value", ""), "selected" in said))
        elif tag == "input":
            self._input(said)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self._put(self.area, "".join(self.text))
            self.area = ""
        elif tag == "select" and self.options:
            chosen = [value for value, selected in self.options if selected]
            self._put(self.select, (chosen or [self.options[0][0]])[0])
            self.options = []

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def _input(self, said: dict[str, str]) -> None:
        kind = said.get("type", "text")
        if kind in NOT_SENT or "disabled" in said:
            return
        if kind in {"checkbox", "radio"}:
            if "checked" in said:
                self._put(said.get("name", ""), said.get("value", "on"))
            return
        self._put(said.get("name", ""), said.get("value", ""))

    def _put(self, name: str, value: str) -> None:
        if self.form is not None and name:
            self.form.fields.setdefault(name, []).append(value)


def forms_of(text: str) -> list[Form]:
    """The forms of a page, in their order."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.forms


def multipart(
    fields: dict[str, list[str]], files: Mapping[str, Sent | Sequence[Sent]]
) -> tuple[str, bytes]:
    """Fields and files as a browser sends them together: the kind of the body, and the body."""
    mark = secrets.token_hex(16)
    parts: list[bytes] = []
    for name, values in fields.items():
        for value in values:
            said = f'Content-Disposition: form-data; name="{name}"'
            parts.append(f"--{mark}\r\n{said}\r\n\r\n{value}\r\n".encode())
    every = (
        (name, one)
        for name, given in files.items()
        for one in ([given] if isinstance(given, tuple) else given)
    )
    for name, (called, content) in every:
        said = f'Content-Disposition: form-data; name="{name}"; filename="{called}"'
        kind = "Content-Type: application/octet-stream"
        parts.append(f"--{mark}\r\n{said}\r\n{kind}\r\n\r\n".encode() + content + b"\r\n")
    parts.append(f"--{mark}--\r\n".encode())
    return f"multipart/form-data; boundary={mark}", b"".join(parts)
