"""Workbooks that somebody is bringing over: ``cabinet/brought/<digest>``, for some days.

A page proposes what becomes of them, and is asked again until it is right. What was taken in
stands in the ledgers; the workbook itself is nobody's record, and is swept.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Final

from xianxue.desk.stores.whole_files import whole

FOLDER: Final = "brought"


class BroughtFiles:
    """The workbooks of one cabinet."""

    def __init__(self, cabinet: Path) -> None:
        """Take the cabinet's folder."""
        self.root = cabinet / FOLDER

    def keep(self, data: bytes) -> str:
        """Keep a workbook; give its digest."""
        digest = hashlib.sha256(data).hexdigest()
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
