"""Kept mappings on disk: ``mappings/<id>.yaml`` in the workspace, one card a file.

Beside them, for some days, the workbooks that somebody is bringing over on a page:
``cabinet/brought/<digest>``. What was taken in stands in the ledgers; the workbook itself is
nobody's record, and is swept.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Final

from xianxue.bureau.kinds.mapping import Mapping
from xianxue.bureau.values.record import Record

FOLDER: Final = "brought"


def text_of(card: Mapping) -> str:
    """Write a card as YAML: texts are quoted, so that each reads back as it is."""
    lines = [
        f"mapping: {card.mapping}",
        f"term: {_quoted(card.term)}",
        f"form: {card.form}",
        f"fingerprint: {_quoted(card.fingerprint)}",
        "columns:" if card.columns else "columns: []",
    ]
    for column in card.columns:
        parts = [f"column: {_quoted(column.column)}", f"field: {_quoted(column.field)}"]
        parts += [f"nth: {column.nth}"] if column.nth > 1 else []
        parts += [f"unit: {_quoted(column.unit)}"] if column.unit else []
        lines.append(f"  - {{{', '.join(parts)}}}")
    if card.skipped:
        lines.append("skipped:")
        lines += [f"  - {_quoted(header)}" for header in card.skipped]
    if card.words:
        lines.append("words:")
        lines += [
            f"  - {{field: {one.field}, word: {_quoted(one.word)}, value: {_quoted(one.value)}}}"
            for one in card.words
        ]
    if card.fixed:
        lines.append("fixed:")
        lines += [f"  - {{field: {one.field}, value: {_quoted(one.value)}}}" for one in card.fixed]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Quote a text; JSON's quoting is YAML's too."""
    # Unquoted, a header «否» or «2024-09» or «a: b» would come back as something else than a text.
    return json.dumps(text, ensure_ascii=False)


class MappingsFolder(Record):
    """The folder of a workspace."""

    path: Path

    def write(self, card: Mapping, text: str) -> Path:
        """Put a card's file in place, in one step."""
        from xianxue.desk.stores.whole_files import whole  # noqa: PLC0415 - only where one is kept

        target = self.path / f"{card.mapping}.yaml"
        with whole(target) as scratch:
            scratch.write_text(text, encoding="utf-8")
        return target


class BroughtFiles:
    """The workbooks of one cabinet."""

    def __init__(self, cabinet: Path) -> None:
        """Take the cabinet's folder."""
        self.root = cabinet / FOLDER

    def keep(self, data: bytes) -> str:
        """Keep a workbook; give its digest."""
        digest = hashlib.sha256(data).hexdigest()
        from xianxue.desk.stores.whole_files import whole  # noqa: PLC0415 - only where one is kept

        with whole(self.root / digest) as scratch:
            scratch.write_bytes(data)
        return digest

    def read(self, digest: str) -> bytes | None:
        """Read a workbook; None where it is gone, or is no longer what it was."""
        path = self.root / digest
        if not digest.isalnum() or not path.is_file() or path.is_symlink():
            return None
        data = path.read_bytes()
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def sweep(self, before: datetime) -> int:
        """Destroy what nobody has put down since a moment; give how many files."""
        if not self.root.is_dir():
            return 0
        found = [path for path in self.root.iterdir() if path.is_file()]
        old = [path for path in found if path.stat().st_mtime <= before.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)
