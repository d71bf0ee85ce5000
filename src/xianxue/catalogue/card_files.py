"""Which files hold cards, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.origin import Complaint

NATIONAL: Final = Path(__file__).parent
"""The folder of the cards that come with the program."""

_FOLDERS: Final = (
    "sources",
    "codes",
    "policies",
    "forms",
    "tables",
    "indicators",
    "standards",
    "outlines",
    "official",
    "targets",
    "calendars",
    "ledgers",
    "eligibility",
    "escalations",
    "contests",
    "exams",
    "ballots",
    "rubrics",
    "plans",
    "coverage",
    "audit",
)


def card_files(
    base: Path, overlays: Iterable[Path], issues: list[Issue]
) -> Iterator[tuple[Path, str]]:
    """Give each file with cards and the name it is shown by; complain about what is none."""
    # National cards first: where an overlay uses an id again, the complaint is the overlay's, and
    # the national rule goes on holding.
    for folder in _FOLDERS:
        yield from _inside(base / folder, folder, issues)
    for overlay in overlays:
        name = overlay.resolve().name
        if overlay.is_file():
            # A card that is still a draft need not stand in a folder.
            yield overlay, name
            continue
        if not overlay.is_dir():
            saw = say("没有这个文件夹")
            issues.append(
                Complaint("C-FOLDER", saw, say("本地卡片放在一个文件夹里")).about(name, 1)
            )
        yield from _inside(overlay, name, issues)


def _inside(folder: Path, shown: str, issues: list[Issue]) -> Iterator[tuple[Path, str]]:
    # Sorted: a disk lists files in any order, and complaints and shelves would change with it.
    for path in sorted(folder.rglob("*.y*ml")):
        name = f"{shown}/{path.relative_to(folder).as_posix()}"
        if not path.is_file():
            # A pipe would be waited for until somebody writes into it.
            required = say("普通文件")
            issues.append(Complaint("C-FILE", say("这个文件不会被读取"), required).about(name, 1))
        elif path.suffix == ".yaml":
            yield path, name
        else:
            required = say("卡片文件的扩展名是 .yaml")
            issues.append(Complaint("C-FILE", say("这个文件不会被读取"), required).about(name, 1))
