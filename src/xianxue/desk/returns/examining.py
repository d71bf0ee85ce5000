"""What a reviewer looks at: what changed since the revision before, and comments not sent yet.

Comments are kept on the server while they are written, so that neither a closed tab nor a session
that has ended loses them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from xianxue.bureau.kinds.form import Sheet
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Key
from xianxue.desk.database.transactions import writing
from xianxue.desk.models import Draft
from xianxue.desk.returns.drafts.handed_in import Handed, handed_in
from xianxue.desk.returns.drafts.typed import parts_of, typed_of
from xianxue.desk.workspace import Workspace

_KIND: Final = "review/"
"""Stands before the form's name: comments are no draft of the return itself."""
LONGEST: Final = 500
"""Characters of a comment: what fits into a note on a cell."""


_LOOKING: Final = ("returns.review", "returns.pass_on", "returns.send_back", "returns.approve")
"""Deeds of somebody who has looked at a revision."""


class Changed(Record):
    """One cell that says something else than in the revision before."""

    name: str
    tab: str
    cell: str
    """Where it stands now; empty for one that is gone."""
    term: str
    before: str
    now: str


class Note(Record):
    """A comment that has not been sent yet."""

    where: str
    """``学生!C4``; empty for the whole return."""
    text: str


def looked_at(key: Key, who: str, newest: int) -> int:
    """Give the revision before the newest that a reviewer dealt with last; 0 where there is none.

    One who has dealt with none of them is shown what changed since anybody did.
    """
    from xianxue.desk.models.together import lines_of  # noqa: PLC0415 - needs Django set up first

    looks = [
        (line.actor, number)
        for line in reversed(list(lines_of(key.subject)))
        if line.deed in _LOOKING and 0 < (number := line.detail.get("revision", 0)) < newest
    ]
    own = next((number for actor, number in looks if actor == who), 0)
    return own or next((number for _, number in looks), newest - 1)


def changed_since(workspace: Workspace, key: Key, before: int, now: Handed) -> list[Changed]:
    """Give the cells that differ between a revision and a later one, in the form's order."""
    earlier = handed_in(workspace, key, before) if before else None
    if earlier is None:
        return []
    form = workspace.shelf.form_in(key.form, key.period)
    was, is_ = typed_of(earlier.filed, form), typed_of(now.filed, form)
    addresses = {
        f"{sheet}.{row.code}.{name}": cell.address
        for sheet, rows in now.filed.tables.items()
        for row in rows
        for name, cell in row.cells.items()
    }
    found: list[Changed] = []
    for name in dict.fromkeys([*is_, *was]):
        if was.get(name, "") == is_.get(name, ""):
            continue
        sheet, row, field = parts_of(name)
        declared = form.sheet(sheet)
        asked = declared.field(field) if declared is not None else None
        tab = tab_of(declared) if declared is not None else sheet
        term = str(asked.term) if asked is not None else field
        label = say("{row} {field}", row=_row_term(workspace, declared, row), field=term)
        found.append(
            Changed(name, tab, addresses.get(name, ""), label, was.get(name, ""), is_.get(name, ""))
        )
    return found


def _row_term(workspace: Workspace, declared: Sheet | None, row: str) -> str:
    """Give what a row is called: its code's term, or its number in a list."""
    if declared is None or declared.layout == "record":
        return ""
    codes = workspace.shelf.codes.get(declared.rows)
    entry = codes.entry(row) if codes is not None else None
    return str(entry.term) if entry is not None else say("第 {n} 行", n=row)


def notes(who: str, key: Key) -> list[Note]:
    """Give somebody's comments on a return that have not been sent yet."""
    row = _row(who, key)
    return [Note(where, text) for where, text in row.cells.items()] if row is not None else []


def note(who: str, key: Key, where: str, text: str, at: datetime) -> None:
    """Keep a comment; an empty one takes away what stood there."""
    with writing():
        row = _row(who, key) or Draft(
            who=who, form=_KIND + key.form, period=key.period, place=key.place, cells={}
        )
        said = " ".join(text.split())[:LONGEST]
        kept = {place: words for place, words in row.cells.items() if place != where}
        row.cells = kept | ({where: said} if said else {})
        row.version, row.changed_at = row.version + 1, at
        row.save()


def forget(who: str, key: Key) -> None:
    """Take away somebody's comments: they have been sent."""
    Draft.objects.filter(
        who=who, form=_KIND + key.form, period=key.period, place=key.place
    ).delete()


def _row(who: str, key: Key) -> Draft | None:
    return Draft.objects.filter(
        who=who, form=_KIND + key.form, period=key.period, place=key.place
    ).first()
