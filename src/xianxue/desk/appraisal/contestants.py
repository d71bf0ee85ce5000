"""Candidates of a 竞聘 with their marks, from a table somebody brings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from xianxue.bureau.appraisal.contest import Candidate
from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.appraisal.contest import Contest, ContestPart
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.returns.mapping.columns import Found, find_columns, marks_of
from xianxue.desk.workspace import ComplaintsError

POST: Final = "岗位"
NAME: Final = "姓名"
PANEL: Final = "考场"
"""Behind the part's name: 面试考场."""


def columns_of(card: Contest) -> list[str]:
    """Give the columns that a card's table has."""
    terms = [str(part.term) for part in card.parts]
    panels = [f"{part.term}{PANEL}" for part in card.parts if part.correction is not None]
    return [POST, NAME, *terms, *panels]


def read_contestants(path: Path, card: Contest, posts: Mapping[str, int]) -> list[Candidate]:
    """Read the candidates; ComplaintsError with all that is wrong with the table."""
    names = columns_of(card)
    found = find_columns(path, names)
    issues: list[Issue] = []
    marks = {
        part.part: list(marks_of(found, names.index(str(part.term)), issues)) for part in card.parts
    }
    for part in card.parts:
        _within(found, names.index(str(part.term)), part, marks[part.part], issues)
    _named(found, posts, issues)
    panels = _panels(found, card, names, issues)
    if not found.rows:
        saw = say("一名应聘的人也没有")
        issues.append(found.complain(0, 0, "M-EMPTY", saw, say("每人一行")))
    if issues:
        raise ComplaintsError(issues)
    return [
        Candidate(
            name=said[1].strip(),
            post=said[0].strip(),
            marks={
                name: None if (mark := of[row]) is None else Fraction(mark)
                for name, of in marks.items()
            },
            panels={name: of[row] for name, of in panels.items()},
        )
        for row, said in enumerate(found.rows)
    ]


def _within(
    found: Found, column: int, part: ContestPart, marks: list[Decimal | None], issues: list[Issue]
) -> None:
    for row, mark in enumerate(marks):
        if mark is not None and not 0 <= mark <= part.full:
            saw = say("{part}填了 {mark}", part=part.term, mark=mark)
            required = say("0 到满分 {full} 之间", full=part.full)
            issues.append(found.complain(row, column, "M-MARK", saw, required))


def _named(found: Found, posts: Mapping[str, int], issues: list[Issue]) -> None:
    seen: set[str] = set()
    for row, (post, name, *_) in enumerate(found.rows):
        if post.strip() not in posts:
            saw = say("没有岗位“{post}”", post=post.strip())
            required = say("用 --places 写明的岗位：{known}", known=joined("、", posts))
            issues.append(found.complain(row, 0, "M-POST", saw, required))
        if not name.strip():
            saw, required = say("没有姓名"), say("每人一行，写明姓名")
            issues.append(found.complain(row, 1, "M-NAME", saw, required))
        elif name.strip() in seen:
            saw = say("“{name}”写了两次", name=name.strip())
            do = say("重名的人请在姓名后面加学校或编号分开")
            issues.append(found.complain(row, 1, "M-TWICE", saw, say("每人一行，只报一个岗位"), do))
        seen.add(name.strip())


def _panels(
    found: Found, card: Contest, names: list[str], issues: list[Issue]
) -> dict[str, list[str]]:
    """Give the panel before which each stood, for each part that is corrected."""
    panels: dict[str, list[str]] = {}
    for part in card.parts:
        if part.correction is None:
            continue
        at = names.index(f"{part.term}{PANEL}")
        panels[part.part] = [said[at].strip() for said in found.rows]
        for row, panel in enumerate(panels[part.part]):
            if not panel:
                saw = say("没有写{part}在哪个考场", part=part.term)
                required = say("要修正的项目写明考场；缺考的也写安排的考场")
                issues.append(found.complain(row, at, "M-PANEL", saw, required))
    return panels
