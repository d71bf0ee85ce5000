"""Files that go out: plain addresses, names that every browser reads."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from django.http import HttpResponse

_TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
    "jpg": "image/jpeg",
    "png": "image/png",
}
ANY: Final = "*/*"
"""What somebody has sent is given back as it came."""
WORD: Final = _TYPES["docx"]
WORKBOOK: Final = _TYPES["xlsx"]


# No system takes these in a file's name; as a part of a path they would lead elsewhere.
_NO_NAME: Final = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "-"))


def download(data: bytes, name: str) -> HttpResponse:
    """Give a file to be kept; its name in both ways that browsers understand (RFC 6266)."""
    return _named("attachment", data, name)


def shown(data: bytes, name: str) -> HttpResponse:
    """Give a file to be looked at on the spot; whoever keeps it keeps it by its name."""
    return _named("inline", data, name)


def _named(how: str, data: bytes, name: str) -> HttpResponse:
    name = name.translate(_NO_NAME)
    kind = name.rpartition(".")[2].lower()
    answer = HttpResponse(data, content_type=_TYPES.get(kind, "application/octet-stream"))
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    answer["Content-Disposition"] = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return answer
