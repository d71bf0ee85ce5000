"""The clerk's own workbook back, with every complaint where it belongs.

Cells to mend are red, cells to explain amber, each with a comment; the last column of each sheet
says it once more, and the first sheet lists everything. All else in the file stays byte for byte.
What a former check wrote is taken out first, so the marks of what has been mended vanish.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.marking.values_copy import bare_workbook, copied
from xianxue.bureau.returns.marking.workbook import MarkedBook
from xianxue.bureau.returns.sheets.own_marks import CHECK, REVIEW, Voice

_SUFFIXES: Final = {CHECK.summary: "_校验", REVIEW.summary: "_退回"}


def mark(data: bytes, issues: Sequence[Issue], *, file: str = "", voice: Voice = CHECK) -> bytes:
    """Give a workbook marked with the complaints about it; never raises.

    ``file`` is its name, ``voice`` says who complains: the check, or the bureau's review. Without
    complaints it is given back clean. A workbook that cannot be changed (an old .xls, a .csv) is
    copied into a new one, values only; of a file that cannot be read at all there is only the
    list of complaints.
    """
    order = list(Severity)
    listed = sorted(issues, key=lambda issue: order.index(issue.severity))
    tabs = {issue.sheet for issue in listed if issue.sheet}
    tab = tabs.pop() if len(tabs) == 1 else ""
    for attempt in (lambda: data, lambda: copied(data, file, tab)):
        try:
            book = MarkedBook(attempt())
            book.clean()
            if listed:
                book.mark(listed, file, voice)
            return book.to_bytes() if book.touched else data
        except Exception:  # noqa: BLE001, S112 - whatever is odd in a file, its list is not lost
            continue
    book = MarkedBook(bare_workbook())
    book.mark([replace(issue, cell="", sheet="") for issue in listed], file, voice)
    return book.to_bytes()


def is_marked(data: bytes) -> bool:
    """Whether a file bears marks of an earlier check."""
    try:
        book = MarkedBook(data)
        book.clean()
    except Exception:  # noqa: BLE001 - as above
        return False
    return book.touched


def marked_name(file: str, voice: Voice = CHECK) -> str:
    """Name the marked copy of a file; the endings of earlier copies do not pile up.

    >>> marked_name("某校.xlsx"), marked_name("某校_校验.xlsx"), marked_name("某校_退回.csv")
    ('某校_校验.xlsx', '某校_校验.xlsx', '某校_校验.xlsx')
    >>> marked_name("某校_校验.xlsx", REVIEW)
    '某校_退回.xlsx'
    """
    stem = file.rpartition(".")[0] or file
    while stem.endswith(tuple(_SUFFIXES.values())):
        stem = stem.rpartition("_")[0]
    return f"{stem}{_SUFFIXES[voice.summary]}.xlsx"
