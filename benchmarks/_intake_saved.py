"""Workbooks as they come back: saved again by LibreOffice and by openpyxl.

Hardly any school hands in the bytes it was given. LibreOffice writes a thousand styled blank lines
where a column has a format, and one shared text for each cell; openpyxl writes texts into the cells
themselves, with their line feeds.
"""

from __future__ import annotations

import shutil
import subprocess
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from _measured import demand

AT_ONCE = 50
"""Files for one start of LibreOffice, which takes two seconds by itself."""
SIDE_BY_SIDE = 2


def by_openpyxl(originals: Path, folder: Path) -> None:
    """Save each workbook of a folder again, through openpyxl."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [(path, folder / path.name) for path in _missing(originals, folder)]
    with ProcessPoolExecutor(SIDE_BY_SIDE, get_context("spawn")) as pool:
        for _ in pool.map(_save, pairs, chunksize=20):
            pass
    shutil.copy(originals / "world.json", folder)


def _save(pair: tuple[Path, Path]) -> None:
    import openpyxl  # noqa: PLC0415 - not for whoever only measures

    openpyxl.load_workbook(pair[0]).save(pair[1])


def by_libreoffice(originals: Path, folder: Path) -> None:
    """Save each workbook of a folder again, through LibreOffice."""
    program = shutil.which("soffice")
    demand(program, "soffice is not there: install LibreOffice, or leave out --saved libreoffice")
    folder.mkdir(parents=True, exist_ok=True)
    missing = _missing(originals, folder)
    batches = [missing[at : at + AT_ONCE] for at in range(0, len(missing), AT_ONCE)]
    shares = [batches[number::SIDE_BY_SIDE] for number in range(SIDE_BY_SIDE)]

    def convert(number: int) -> None:
        # Two at once only with a profile each.
        profile = folder / f".profile{number}"
        for batch in shares[number]:
            command = [program, f"-env:UserInstallation=file://{profile}", "--headless"]
            command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder)]
            subprocess.run([*command, *map(str, batch)], check=True, capture_output=True)
        shutil.rmtree(profile, ignore_errors=True)

    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        list(pool.map(convert, range(SIDE_BY_SIDE)))
    left = _missing(originals, folder)
    demand(not left, f"LibreOffice did not save {[path.name for path in left[:5]]}")
    shutil.copy(originals / "world.json", folder)


def _missing(originals: Path, folder: Path) -> list[Path]:
    return [path for path in sorted(originals.glob("*.xlsx")) if not (folder / path.name).exists()]
