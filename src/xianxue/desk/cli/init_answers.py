"""What a new workspace is made from, said by options or by answers on a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from xianxue.bureau.places.codes import is_area_code
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.stores import roster
from xianxue.desk.stores.settings_file import NAME

_COUNTY_DIGITS: Final = 6


class Answers(Record):
    """What a new workspace is made from."""

    folder: Path
    county: str
    name: str
    period: str
    schools: Path | None = None


def fault_of_county(code: str) -> Sentence | None:
    """Say what is wrong with a county's code; None where nothing is."""
    if len(code) == _COUNTY_DIGITS and is_area_code(code):
        return None
    return say("县级区划代码是 6 位数字，写的是“{code}”", code=code)


def fault_of_folder(folder: Path) -> Sentence | None:
    """Say why no workspace can be made in a folder; None where it can."""
    if (folder / NAME).exists():
        return say("{folder} 里已经有 {file}，没有改动任何文件", folder=folder, file=NAME)
    if (folder / roster.NAME).exists():
        return say("{folder} 里已经有 {file}，没有改动任何文件", folder=folder, file=roster.NAME)
    return None
