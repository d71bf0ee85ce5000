"""What is personal in a return, and how it is covered for those who have not said what for.

Covered is what the cards call personal, wherever it would be shown again: in a cell, in a
complaint that quotes the cell, in a comment on it, in a list of what changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.returns.drafts.groups import Group
from xianxue.desk.returns.drafts.typed import FOOT
from xianxue.desk.returns.history import Said

COVER: Final = "•••"
"""Stands where something personal does."""


def personal_sheets(form: Form) -> set[str]:
    """Name the sheets that hold anything personal; the foot is one of them."""
    found = {one.sheet for one in form.sheets if any(field.personal for field in one.fields)}
    return found | ({FOOT} if any(item.personal for item in form.foot) else set())


def is_personal(form: Form, sheet: str, field: str) -> bool:
    """Whether a field of a sheet, or an item of the foot, is personal."""
    if sheet == FOOT:
        return any(item.personal for item in form.foot if item.item == field)
    declared = form.sheet(sheet)
    known = declared.field(field) if declared is not None else None
    return known is not None and known.personal


def covered_cells(form: Form, cells: Mapping[str, str]) -> dict[str, str]:
    """Give the cells of a draft without those that are personal."""
    return {
        name: text
        for name, text in cells.items()
        if not is_personal(form, name.partition(".")[0], name.rpartition(".")[2])
    }


def covered_groups(form: Form, groups: Iterable[Group]) -> list[Group]:
    """Give complaints so that none of them quotes what is personal."""
    return [
        replace(
            one,
            issue=_covered(form, one.issue),
            follow=tuple(_covered(form, each) for each in one.follow),
        )
        for one in groups
    ]


def covered_comments(form: Form, comments: Sequence[Said]) -> tuple[Said, ...]:
    """Give comments; of one about something personal no more than that there is one."""
    return tuple(
        replace(one, text=COVER) if is_personal(form, one.sheet, one.field) else one
        for one in comments
    )


def _covered(form: Form, issue: Issue) -> Issue:
    named = [issue.field, issue.about]
    if not any(name and _named(form, name) for name in named):
        return issue
    saw = say("这一格有要改的（个人信息，内容遮盖）")
    return replace(issue, saw=saw, required="", value="", ends=(), relation="")


def _named(form: Form, name: str) -> bool:
    sheet, _, rest = name.partition(".")
    return is_personal(form, sheet, rest.rpartition(".")[2])
