"""A package to be handed on as one file, which is gone when it has been read."""

from __future__ import annotations

from io import BufferedReader, FileIO
from pathlib import Path
from tempfile import TemporaryDirectory

from xianxue.desk.actions.appraisal.packing import PackEvidence
from xianxue.desk.appraisal.deeds import Desk
from xianxue.desk.appraisal.packing.packing import pack


class Passing(BufferedReader):
    """A file that is gone when it is closed: it may be as large as all evidence of a county."""

    def __init__(self, path: Path, folder: TemporaryDirectory[str]) -> None:
        """Take the file, and the folder that goes with it."""
        super().__init__(FileIO(path))
        self._folder = folder

    def close(self) -> None:
        """Close the file and remove it."""
        super().close()
        self._folder.cleanup()


def passing(desk: Desk, deed: PackEvidence, place: str) -> Passing:
    """Write the package of one place, or of all, as a zip; it complains as ``pack`` does."""
    folder = TemporaryDirectory(prefix="xianxue-")
    try:
        target = Path(folder.name) / "package.zip"
        pack(desk, deed, place, target)
        return Passing(target, folder)
    except BaseException:
        folder.cleanup()
        raise
