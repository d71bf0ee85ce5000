"""A workbook that somebody brings over on a page: kept while it is being corrected."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.returns.files.bounds import LARGEST_FILE
from xianxue.bureau.returns.files.refusal import too_big
from xianxue.bureau.values.sentence import say
from xianxue.desk.ledgers.room import Room
from xianxue.desk.stores.mappings import BroughtFiles

MEGABYTE: Final = 1 << 20


def keep_upload(room: Room, data: bytes) -> str:
    """Keep a workbook and give its digest; RefusedError for one that is larger than any is."""
    if len(data) > LARGEST_FILE:
        raise too_big(say("文件有 {n} MB", n=len(data) // MEGABYTE), LARGEST_FILE)
    return BroughtFiles(room.cabinet).keep(data)


def read_upload(room: Room, digest: str) -> bytes | None:
    """Read a workbook that was kept; None where it has been swept."""
    return BroughtFiles(room.cabinet).read(digest)
