"""One-point tables as they come: columns found by their heads, rows by province, track and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from xianxue.bureau.exams.reading.tabs import Issues, Tab, bare, without_asides
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say

SCORE: Final = "score"
COUNT: Final = "count"
CUMULATIVE: Final = "cumulative"
BY: Final = ("province", "track", "year")
"""What tells one table from another where a file has several."""

_WORDS: Final[Mapping[str, Sequence[str]]] = {
    SCORE: ("分数", "分数段", "分段", "成绩", "总分", "分值", "分", "分数线", "score"),
    COUNT: (
        "人数",
        "本段人数",
        "本分段人数",
        "段人数",
        "同分人数",
        "本分人数",
        "分段人数",
        "count",
    ),
    CUMULATIVE: ("累计", "累计人数", "累计数", "位次", "累计位次", "总人数", "cumulative"),
    "province": ("省", "省份", "province"),
    "track": ("科类", "类别", "选科", "科目类", "首选科目", "track"),
    "year": ("年", "年份", "年度", "year"),
}
_ROLES: Final = {word: role for role, words in _WORDS.items() for word in words}
_WITHIN: Final = 20
"""Rows in which the heads are looked for."""


class Row(Record):
    """One row: its texts, and where they stand."""

    number: int
    """As a spreadsheet counts."""
    texts: Mapping[str, str]
    at: Mapping[str, tuple[int, int]]
    tab: Tab

    def text(self, role: str) -> str:
        """Give what a column says; empty where there is no such column."""
        return self.texts.get(role, "")


class Rows(Record):
    """The rows of one table."""

    key: tuple[str, ...]
    """Province, track and year; empty where the file does not say."""
    rows: Sequence[Row]
    columns: frozenset[str]


def tables_of(tabs: Sequence[Tab], issues: Issues) -> list[Rows]:
    """Find the tables in the tabs of a file, in the order in which they begin."""
    found: list[Rows] = []
    empty: list[Tab] = []
    for tab in tabs:
        heads = _heads(tab)
        if heads is not None:
            mine = _split(tab, *heads)
            found += mine
            empty += [] if mine else [tab]
    if not found and empty:
        issues.at(empty[0], None, "P-EMPTY", say("列名下面一行也没有"), say("每个分数一行"))
    elif not found:
        saw = say("没有一张表有分数和人数（或累计）两列")
        required = say("前 {n} 行里有一行列名", n=_WITHIN)
        do = say("列名写：{names}", names=joined("、", ("分数", "人数", "累计")))
        nowhere = Tab(tabs[0].file if tabs else "", "", (), lambda _row, _column: "")
        issues.at(nowhere, None, "P-COLUMNS", saw, required, do)
    return found


def _heads(tab: Tab) -> tuple[int, Mapping[str, int]] | None:
    for number, row in enumerate(tab.rows[:_WITHIN]):
        columns: dict[str, int] = {}
        for at, text in enumerate(row):
            role = _ROLES.get(bare(text).lower()) or _ROLES.get(without_asides(text).lower())
            if role is not None:
                columns.setdefault(role, at)
        if SCORE in columns and (COUNT in columns or CUMULATIVE in columns):
            return number + 1, columns
    return None


def _split(tab: Tab, first: int, columns: Mapping[str, int]) -> list[Rows]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for number, cells in enumerate(tab.rows[first:], first):
        texts = {role: cells[at].strip() if at < len(cells) else "" for role, at in columns.items()}
        if any(texts[role] for role in (SCORE, COUNT, CUMULATIVE) if role in texts):
            at = {role: (number, column) for role, column in columns.items()}
            row = Row(number + 1, texts, at, tab)
            found.setdefault(tuple(bare(row.text(role)) for role in BY), []).append(row)
    return [Rows(key, rows, frozenset(columns)) for key, rows in found.items()]
