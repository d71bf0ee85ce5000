"""Reading workbooks from disk and checking them: the way in, without database or engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.batch import check_batch
from xianxue.bureau.returns.check import check_return
from xianxue.bureau.returns.supposed import supposed_place
from xianxue.bureau.returns.workbook_in import read_workbook
from xianxue.bureau.values.periods import Period


@dataclass(frozen=True)
class Intake:
    """What came in: the returns that may be accepted, and every complaint."""

    acceptable: list[Return]
    issues: list[Issue]


def read_and_check(
    files: Sequence[Path], shelf: Shelf, register: Register | None, period: Period | None = None
) -> Intake:
    """Read and check workbooks; a bad one does not keep the others from being judged.

    Without a register (on a school's own machine) places are not looked up: a school is what its
    workbook says it is. With a period, returns of any other are complained of.
    """
    returns: list[Return] = []
    issues: list[Issue] = []
    for path, name in zip(files, file_names(files), strict=True):
        filed, found = read_workbook(path.read_bytes(), name, shelf)
        issues.extend(found)
        if filed is not None:
            returns.append(filed)
    # Whose return it is, and whether there are two of it, comes before what it says.
    aside = check_batch(returns, register, shelf, period)
    issues.extend(aside)
    unsettled = {issue.file for issue in aside}
    for filed in returns:
        if filed.file in unsettled:
            continue
        place = (
            supposed_place(filed, shelf) if register is None else register.places.get(filed.place)
        )
        when = Period.parse(filed.period)
        issues.extend(check_return(filed, shelf, place, when, register=register))
    refused = {issue.file for issue in issues if issue.severity is Severity.MUST_FIX}
    return Intake([filed for filed in returns if filed.file not in refused], issues)


def file_names(files: Sequence[Path]) -> list[str]:
    """Name each file by itself, or with its folder where two have the same name."""
    often = Counter(path.name for path in files)
    return [path.name if often[path.name] == 1 else path.as_posix() for path in files]
