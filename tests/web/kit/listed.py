"""Lists as they are shown, and as they are exported."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import openpyxl

COUNT = re.compile(r'id="count">(\d+)/(\d+)')
ROWS = re.compile(r'<div id="rows">(.*)</main>', re.DOTALL)
LINE = re.compile(r"<tr[^>]*>(.*?)</tr>", re.DOTALL)
FIRST = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
CHIP = re.compile(r'<select id="c-(\w+)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]+)"[^>]*>')


def asking(path: str, **changed: str) -> str:
    """The same address, asking for something else; what is empty is not asked for."""
    split = urlsplit(path)
    asked = {**dict(parse_qsl(split.query)), **changed}
    said = urlencode({name: value for name, value in asked.items() if value})
    return split.path + (f"?{said}" if said else "")


def bare(text: str) -> str:
    """A text without its markup and blanks."""
    return "".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def counts(page: str) -> tuple[int, int]:
    """How many rows the filter leaves, and how many there are."""
    found = COUNT.search(page)
    assert found, "no count above the list"
    return int(found[1]), int(found[2])


def firsts(page: str) -> list[str]:
    """What stands first in each line of the list's body."""
    body = ROWS.search(page)
    assert body
    # Sections may follow the list, with tables of their own.
    text = body[1].partition('<div class="section">')[0].partition("<tbody")[2]
    return [bare(cell[1]) for line in LINE.findall(text) if (cell := FIRST.search(line))]


def chips(page: str) -> list[tuple[str, str]]:
    """The first choice of each filter."""
    found = [(name, OPTION.search(options)) for name, options in CHIP.findall(page)]
    return [(name, html.unescape(option[1])) for name, option in found if option]


@dataclass(frozen=True)
class Exported:
    """A list as a workbook."""

    heads: list[str]
    rows: list[tuple[Any, ...]]
    about: dict[str, Any]


def exported(data: bytes) -> Exported:
    """Read a list that was exported."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    first, *others = book.worksheets
    heads, *rows = [tuple(row) for row in first.iter_rows(values_only=True)]
    about = {row[0]: row[1] for row in others[-1].iter_rows(min_row=2, values_only=True)}
    return Exported([str(head) for head in heads], rows, about)
