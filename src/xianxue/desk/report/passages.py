"""The offices' own passages: one file a slot, kept when the figures of a document are renewed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.outline import Free, Outline
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.workspace import MisusedError, Workspace

_FOLDER: Final = "texts"
_SUFFIX: Final = ".txt"
_LARGEST: Final = 1_000_000
"""No passage has so many bytes: a larger file is the wrong one."""


class Passage(Record):
    """A slot, its file, and whether something stands there."""

    free: Free
    file: Path
    paragraphs: tuple[str, ...]


def folder_of(workspace: Workspace, outline: str, period: str) -> Path:
    """Say where a document's passages are looked for where no folder is named."""
    return workspace.root / _FOLDER / outline / period


def passages(outline: Outline, folder: Path) -> list[Passage]:
    """Read what stands in a folder for each slot of an outline; nothing where a file is not."""
    return [_passage(free, folder / f"{free.slot}{_SUFFIX}") for free in slots(outline)]


def slots(outline: Outline) -> Iterator[Free]:
    """Go through the slots of an outline in their order."""
    yield from (block.free for block in outline.blocks if block.free is not None)


def texts_of(found: list[Passage]) -> Mapping[str, tuple[str, ...]]:
    """Give the paragraphs by the name of their slot."""
    return {one.free.slot: one.paragraphs for one in found}


def _passage(free: Free, file: Path) -> Passage:
    if not file.exists():
        return Passage(free, file, ())
    if not file.is_file() or file.stat().st_size > _LARGEST:
        raise MisusedError(say("“{file}”不是一份文字，不能填进文稿", file=file))
    data = file.read_bytes()
    # UTF-8 first: nearly any bytes are GB18030, hardly any Chinese in GB18030 is UTF-8.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        lines = (line.strip() for line in text.splitlines())
        return Passage(free, file, tuple(line for line in lines if line))
    raise MisusedError(say("“{file}”不是 UTF-8 或 GBK 的文字，不能填进文稿", file=file))
