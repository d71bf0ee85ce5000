"""Teachers and posts in a workbook of two sheets.

One has 教师 above its first column and wishes, the first first, in those behind it; the other has
岗位 and 名额, and in the columns behind them whom the post takes, the best first. Several in one
cell with ＝ between them are ranked equal; with 、 or a comma between them they stand one after the
other, as they would in columns of their own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.returns.contents.strict import written
from xianxue.bureau.returns.files.opening import Book, open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.sheets.grid import Grid
from xianxue.bureau.returns.sheets.layout import address
from xianxue.bureau.values.sentence import say
from xianxue.desk.appraisal.market.notes import At, Line, Notes, Place, complaint

_TEACHER: Final = ("教师", "姓名", "教师姓名", "teacher")
_POST: Final = ("岗位", "岗位名称", "post")
_QUOTA: Final = ("名额", "岗位数", "quota")
_EQUAL: Final = ("＝", "=")
_DIGITS: Final = 9
"""No post has more places than nine digits can say."""
_SIGNS: Final = re.compile("[、，,；;\n]")
_WITHIN: Final = 20
"""Rows in which the names of the columns are looked for: titles and remarks may stand above."""


def read_book(file: str, data: bytes) -> tuple[Notes | None, list[Issue]]:
    """Read a workbook's bytes; None with the fault where it has not these two sheets."""
    try:
        book = open_book(data, file)
        teachers = _found(book, (_TEACHER,))
        posts = _found(book, (_POST, _QUOTA))
    except RefusedError as refused:
        return None, [refused.issue(file)]
    if teachers is None or posts is None:
        return None, list(_missing(file, teachers, posts))
    wishing, taking = list(_rows(*teachers)), list(_rows(*posts))
    names, there = {said[0] for _, said in wishing}, {said[0] for _, said in taking}
    return Notes(
        file,
        [_line(teachers[0], row, None, there) for row in wishing],
        [_line(posts[0], row, 1, names) for row in taking],
    ), []


def _missing(file: str, teachers: object, posts: object) -> Iterator[Issue]:
    do = say("请把教师志愿和岗位名单放在同一个工作簿的两张工作表里")
    if teachers is None:
        saw = say("没有找到教师志愿表")
        required = say("一张工作表，第一列是“教师”，后面各列依次是第一志愿、第二志愿……")
        yield complaint(file, At(), "M-SHEET", saw, required, do)
    if posts is None:
        saw = say("没有找到岗位表")
        required = say("一张工作表，前两列是“岗位”“名额”，后面各列依次是第一人选、第二人选……")
        yield complaint(file, At(), "M-SHEET", saw, required, do)


def _found(book: Book, heads: Sequence[Sequence[str]]) -> tuple[str, int, Grid] | None:
    """Find the sheet whose first columns are called so, and the row below their names."""
    for tab in book.tabs:
        if tab in book.hidden:
            continue
        grid = book.cells(tab)
        for number, row in enumerate(grid[:_WITHIN]):
            said = ["".join(written(raw).split()).lower() for raw in row[: len(heads)]]
            if len(said) == len(heads) and all(
                name in words for name, words in zip(said, heads, strict=True)
            ):
                return tab, number + 1, grid
    return None


def _rows(tab: str, first: int, grid: Grid) -> Iterator[tuple[int, list[str]]]:
    """Give each row that says anything, with its number counted from 0."""
    del tab
    for number, row in enumerate(grid[first:], first):
        said = [written(raw) for raw in row]
        if any(said):
            yield number, said


def _line(tab: str, row: tuple[int, list[str]], quota: int | None, known: Collection[str]) -> Line:
    number, said = row
    first = 1 if quota is None else quota + 1
    places = [
        Place(names, At(tab, address(number, column)))
        for column, text in enumerate(said[first:], first)
        for each in _one_after_the_other(text, known)
        if (names := _names(each))
    ]
    quota_said = "" if quota is None else said[quota]
    digits = quota_said.removeprefix("-")
    whole = digits.isascii() and digits.isdecimal() and len(digits) <= _DIGITS
    return Line(
        name=said[0],
        at=At(tab, address(number, 0)),
        places=places,
        quota=int(quota_said) if whole else None,
        quota_said=quota_said,
        quota_at=None if quota is None else At(tab, address(number, quota)),
    )


def _one_after_the_other(text: str, known: Collection[str]) -> list[str]:
    """Part what stands in one cell; a name that has such a sign in it is a name."""
    return [text] if text in known else _SIGNS.split(text)


def _names(text: str) -> tuple[str, ...]:
    for sign in _EQUAL:
        text = text.replace(sign, "\n")
    return tuple(name.strip() for name in text.split("\n") if name.strip())
