"""A list of accounts from Excel or WPS: every fault in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.policy import Policy
from xianxue.bureau.returns.contents.strict import day_of, written
from xianxue.bureau.returns.files.opening import open_book
from xianxue.bureau.returns.files.refusal import RefusedError
from xianxue.bureau.returns.sheets.grid import Raw
from xianxue.bureau.returns.sheets.layout import address
from xianxue.bureau.values.record import Record, field
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.visible import hidden_in, visible
from xianxue.desk.accounts.people import login_of
from xianxue.desk.stores.given.given_workbooks import read_file

COLUMNS: Final = {
    "login": "登录名",
    "name": "姓名",
    "role": "角色",
    "place": "单位代码",
    "from": "起",
    "until": "止",
}
"""The head of the list; the last three may be missing or empty."""
_NEEDED: Final = ("login", "name", "role")
_WITHIN: Final = 20
"""Rows in which a head is looked for."""
_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_PREVIEW: Final = 32


class Listed(Record, kw_only=True):
    """One line: an account with one appointment; several lines of one login are several parts."""

    login: str
    name: str
    role: str
    place: str = ""
    from_day: date | None = None
    """None from the day on which it is taken in."""
    until_day: date | None = None
    file: str = ""
    sheet: str = ""
    row: int = 0
    at: dict[str, int] = field(default_factory=dict[str, int])
    """The column each part stands in."""

    def cell(self, part: str) -> str:
        """Give the address of a part; empty where it was typed and not read."""
        return _address(self.row, self.at.get(part, min(self.at.values()))) if self.row else ""


class Read(Record):
    """What a list says."""

    lines: list[Listed]
    issues: list[Issue]


def who_faults(login: str, name: str) -> Iterator[tuple[str, Sentence, Sentence]]:
    """Say what is wrong with a login and a name: which of them, what was seen, what is required."""
    if not _LOGIN.fullmatch(login):
        saw = say("登录名“{login}”写法不对", login=visible(login[:_PREVIEW]))
        rule = say("2 到 32 个小写字母、数字、点、横线，以字母或数字开头")
        yield "login", saw, rule
    if not name.strip():
        yield "name", say("没有写姓名"), say("写真实姓名，日志按姓名认人")
    elif found := hidden_in(name):
        yield "name", say("姓名里有看不见的字符 {found}", found=found), say("请重新输入")


def read_list(file: Path, policy: Policy) -> Read:
    """Read the first sheet with the head of such a list."""
    try:
        data = read_file(file)
    except RefusedError as refused:
        return Read([], [refused.issue(file.name)])
    return read_sent(data, file.name, policy)


def read_sent(data: bytes, name: str, policy: Policy) -> Read:
    """Read a list that was sent, as ``read_list`` reads a file."""
    try:
        book = open_book(data, name)
        for tab in book.tabs:
            if tab in book.hidden:
                continue
            grid = book.cells(tab)
            for number, row in enumerate(grid[:_WITHIN], 1):
                at = _head(row)
                if all(part in at for part in _NEEDED):
                    return _Reader(name, tab, at, policy).read(grid[number:], number + 1)
    except RefusedError as refused:
        return Read([], [refused.issue(name)])
    saw = say("没有找到账号名单的表头")
    required = say("一行表头：{columns}", columns=joined("、", COLUMNS.values()))
    return Read([], [_issue(name, "", "", saw, required)])


def _head(row: Sequence[Raw]) -> dict[str, int]:
    """Give the column of each part in a row that may be the head; counted from 1."""
    names = {term: part for part, term in COLUMNS.items()}
    said = {"".join(written(raw).split()): at for at, raw in enumerate(row, 1)}
    return {names[text]: at for text, at in said.items() if text in names}


class _Reader:
    def __init__(self, file: str, tab: str, at: dict[str, int], policy: Policy) -> None:
        self.file, self.tab, self.at = file, tab, at
        self.roles = {str(role.term): role.role for role in policy.roles}
        self.roles |= {role.role: role.role for role in policy.roles}
        self.issues: list[Issue] = []

    def read(self, rows: Sequence[Sequence[Raw]], first: int) -> Read:
        lines = [
            self.line(row, number)
            for number, row in enumerate(rows, first)
            if any(written(raw).strip() for raw in row)
        ]
        if not lines:
            self.complain(first, "login", say("名单里一行也没有"), say("表头下面每人一行"))
        return Read(lines, self.issues)

    def line(self, row: Sequence[Raw], number: int) -> Listed:
        said = {
            part: written(row[at - 1]).strip() if at <= len(row) else ""
            for part, at in self.at.items()
        }
        return Listed(
            login=login_of(said["login"]),
            name=" ".join(said["name"].split()),
            # What nobody knows is complained of where all of it is looked at.
            role=self.roles.get(said["role"], said["role"]),
            place=said.get("place", ""),
            from_day=self.day(said.get("from", ""), number, "from"),
            until_day=self.day(said.get("until", ""), number, "until"),
            file=self.file,
            sheet=self.tab,
            row=number,
            at=self.at,
        )

    def day(self, text: str, number: int, part: str) -> date | None:
        if not text:
            return None
        found = day_of(text)
        if found is None:
            saw = say("“{text}”不是日期", text=text)
            self.complain(number, part, saw, say("写作 2026-03-01，或不填"))
        return found

    def complain(self, number: int, part: str, saw: Sentence, required: Sentence) -> None:
        cell = _address(number, self.at[part])
        self.issues.append(_issue(self.file, self.tab, cell, saw, required))


def _address(row: int, column: int) -> str:
    """Give a cell's address from a row and column counted from 1."""
    return address(row - 1, column - 1)


def _issue(file: str, sheet: str, cell: str, saw: Sentence, required: Sentence) -> Issue:
    return Issue(
        code="A-LIST",
        severity=Severity.MUST_FIX,
        file=file,
        sheet=sheet,
        cell=cell,
        saw=saw,
        required=required,
    )
