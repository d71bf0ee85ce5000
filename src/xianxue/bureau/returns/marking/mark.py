"""The clerk's own workbook back, with every complaint where it belongs.

Cells to mend are red, cells to explain amber, each with a comment; the last column of each sheet
says it once more, and the first sheet lists everything. All else in the file stays byte for byte.
What a former check wrote is taken out first, so the marks of what has been mended vanish.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xianxue.bureau.issues.folding import gathered
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.returns.files.opening import Book, open_book
from xianxue.bureau.returns.marking.values_copy import bare_workbook, copied
from xianxue.bureau.returns.marking.workbook import MarkedBook
from xianxue.bureau.returns.sheets.own_marks import CHECK, REVIEW, Voice
from xianxue.bureau.values.record import replace

_SUFFIXES: Final = {CHECK.summary: "_校验", REVIEW.summary: "_退回"}


def mark(
    data: bytes,
    issues: Sequence[Issue],
    *,
    file: str = "",
    voice: Voice = CHECK,
    every: bool = False,
) -> bytes:
    """Give a workbook marked with the complaints about it; never raises.

    ``file`` is its name, ``voice`` says who complains: the check, or the bureau's review. Without
    complaints it is given back clean. A workbook that cannot be changed (an old .xls, a .csv) is
    copied into a new one, values only; of a file that cannot be read at all there is only the
    list of complaints. Where there is nothing to put on and nothing to take off, what is given back
    is ``data`` itself. What follows from one mistake is shown by it, unless ``every`` one is asked
    for.
    """
    listed = _gravest_first(issues)
    shown = _gravest_first(gathered(issues, every=every))
    book = _changeable(data, file, listed)
    if book is not None:
        try:
            marked = MarkedBook(book)
            marked.clean()
            if listed:
                marked.mark(listed, file, voice, shown)
            return marked.to_bytes() if marked.touched else data
        except Exception:  # noqa: BLE001, S110 - whatever is odd in a file, its list is not lost
            pass
    if not listed:
        return data
    bare = MarkedBook(open_book(bare_workbook(), ""))
    listed, shown = (
        [replace(issue, cell="", sheet="") for issue in each] for each in (listed, shown)
    )
    bare.mark(listed, file, voice, shown)
    return bare.to_bytes()


def _gravest_first(issues: Sequence[Issue]) -> list[Issue]:
    order = list(Severity)
    return sorted(issues, key=lambda issue: order.index(issue.severity))


def is_marked(data: bytes) -> bool:
    """Whether a file bears marks of an earlier check."""
    return mark(data, []) is not data


def _changeable(data: bytes, file: str, issues: Sequence[Issue]) -> Book | None:
    """Open what marks can be put on: the workbook itself where it is one, else a copy of it.

    None where neither can be had. The file is opened once; the copy is a file of our own.
    """
    try:
        book = open_book(data, file)
        if book.package is not None:
            return book
        # The text of one sheet has no tab; the complaints know how its form calls it.
        tabs = {issue.sheet for issue in issues if issue.sheet}
        return open_book(copied(book, file, tabs.pop() if len(tabs) == 1 else ""), "")
    except Exception:  # noqa: BLE001 - as above
        return None


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
