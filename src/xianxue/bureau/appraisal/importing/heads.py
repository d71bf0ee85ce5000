"""The heads of a table: which columns are ranks of items, which points, which rules."""

from __future__ import annotations

import re
from typing import Final, Literal

from xianxue.bureau.appraisal.importing.cells import SheetCells
from xianxue.bureau.appraisal.importing.words import plain
from xianxue.bureau.values.record import Record

Role = Literal["level", "name", "number", "points", "how", "whence", "office", "left"]
_RANKS: Final = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}
_RANK: Final = re.compile(
    r"([一二三四五1-5])级(?:评估|评价|考核|督导|考评|督查|测评)?(?:指标|项目|内容|要素|权重)?"
)
_LETTER: Final = re.compile(r"([ABCD])级?(?:评估|评价|考核)?(?:指标|项目)")
_ROLES: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("left", re.compile(r"得分|自评|复评|评定|扣分情况|审核|^备注|完成情况|现状|签名")),
    (
        "how",
        re.compile(
            r"(评分|计分|评价|评估|考核|考评|打分|赋分|评定|扣分|验收)(标准|细则|办法|方法|规则|说明|要求)|^标准$|指标(说明|解释|内涵)|内涵|^要求$|^评分$|目标要求"
        ),
    ),
    ("whence", re.compile(r"来源|佐证|材料|资料|(考核|评价|评估|检查|督导|评定)(方式|途径)|依据")),
    (
        "office",
        re.compile(r"(责任|考核|牵头|评分|负责|打分|主管)(部门|科室|单位|股室|主体)|^部门$"),
    ),
    ("points", re.compile(r"分值|权重|满分|赋分|标准分|分数|配分|基准分|权数|^分$")),
    ("number", re.compile(r"^(序号|编号|代码|序|号)$")),
    (
        "name",
        re.compile(
            r"^(类别|模块|维度|板块|领域|(评价|评估|考核|考评|督导|检查|测评|具体|主要)?(指标|项目|内容|要点|要素|事项|观测点|领域|维度|考核点)(名称)?)$"
        ),
    ),
)
_WITHIN: Final = 15
_FEWEST: Final = 2
_TWO_RANKS: Final = 2


class Column(Record, kw_only=True):
    """One column that means something."""

    at: int
    role: Role
    rank: int = 0
    """Of a rank of items: 1 for the first."""


class Heads(Record, kw_only=True):
    """The heads of a table, and where its lines begin."""

    last: int
    columns: tuple[Column, ...]
    texts: frozenset[str]

    def of(self, role: Role) -> list[Column]:
        """Give the columns of a role."""
        return [one for one in self.columns if one.role == role]

    @property
    def ranks(self) -> list[Column]:
        """The columns of items, the highest rank first."""
        return sorted(self.of("level"), key=lambda one: one.rank)


def find_heads(sheet: SheetCells) -> Heads | None:
    """Find the heads; None where no line has as much as an item's and another column's."""
    full = [[re.sub(r"\s", "", plain(text)) for text in row] for row in sheet.spread]
    hits = [_hits(row) for row in full[:_WITHIN]]
    best = max(range(len(hits)), key=lambda at: (hits[at], -at), default=-1)
    if best < 0 or hits[best] < _FEWEST:
        return None
    first = best
    while first and hits[first - 1] and _cells(full[first - 1]) > 1:
        first -= 1
    last = best
    while last + 1 < len(hits) and hits[last + 1] and _heads_only(full[last + 1]):
        last += 1
    return _columns(full[first : last + 1], last)


def role_of(text: str) -> tuple[Role, int] | None:
    """Say what a head is, and of which rank.

    >>> role_of("一级指标"), role_of("分值"), role_of("评分标准"), role_of("学校")
    (('level', 1), ('points', 0), ('how', 0), None)
    """
    for pattern in (_RANK, _LETTER):
        found = pattern.match(text)
        if found and "权重" not in text and "分值" not in text:
            rank = _RANKS.get(found[1]) or (int(found[1]) if found[1].isdecimal() else 0)
            return "level", rank or "ABCD".index(found[1]) + 1
    return next(((role, 0) for role, pattern in _ROLES if pattern.search(text)), None)


def _hits(row: list[str]) -> int:
    found = {role_of(text) for text in row if text}
    found.discard(None)
    names = any(one and one[0] in {"level", "name"} for one in found)
    return len(found) if names else min(len(found), 1)


def _cells(row: list[str]) -> int:
    return len({text for text in row if text})


def _heads_only(row: list[str]) -> bool:
    return all(role_of(text) is not None for text in row if text)


def _columns(rows: list[list[str]], last: int) -> Heads:
    width = max(len(row) for row in rows)
    found: list[Column] = []
    for at in range(width):
        texts = [row[at] for row in rows if at < len(row) and row[at]]
        # The lowest line says most; a group above it says what it is one of.
        roles = [role for text in reversed(texts) if (role := role_of(text)) is not None]
        if roles:
            found.append(Column(at=at, role=roles[0][0], rank=roles[0][1]))
    texts = frozenset(text for row in rows for text in row if text)
    return Heads(last=last, columns=tuple(_ranked(found)), texts=texts)


def _ranked(columns: list[Column]) -> list[Column]:
    """Give names a rank below those that are told; where two are told, names are rules."""
    told = {one.rank for one in columns if one.role == "level"}
    names = [one for one in columns if one.role == "name"]
    deepest, found = max(told, default=0), list[Column]()
    for one in columns:
        if one.role != "name":
            found.append(one)
        elif len(told) >= _TWO_RANKS:
            found.append(Column(at=one.at, role="how"))
        else:
            rank = deepest + 1 + names.index(one)
            found.append(Column(at=one.at, role="level", rank=rank))
    return found
