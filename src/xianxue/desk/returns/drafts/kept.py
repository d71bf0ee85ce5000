"""Drafts as they are kept: on the server, one a person and return, as typed, nothing overwritten.

Each cell is saved with what its page had read there. Where that is no longer what stands, another
page has changed it: then nothing is overwritten, both are kept, and their owner chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from xianxue.bureau.values.record import Record
from xianxue.desk.actions.context import Key
from xianxue.desk.database.transactions import writing
from xianxue.desk.returns.drafts.typed import LONGEST

if TYPE_CHECKING:
    from xianxue.desk.models.pages import Draft

MOST_STEPS: Final = 60
"""Steps that can be taken back, the newest ones; an import is one of them."""
GRACE: Final = timedelta(days=1)
"""How long a draft that was thrown away can be brought back."""
_DOUBT: Final = "?"
"""Stands before the name of a cell of which two pages have said different things."""


class Conflict(Record):
    """One cell of which two pages have said different things; both are kept."""

    name: str
    mine: str
    """What the later page wanted to save."""
    theirs: str
    """What stands there."""
    agreed: str
    """What both had begun from."""


class Change(Record):
    """A cell as a page wants to save it."""

    text: str
    agreed: str
    """What the page had read there."""


class Kept(Record):
    """A draft as it stands."""

    who: str
    key: Key
    base: int
    """The revision it began from; 0 where nothing had been handed in."""
    version: int
    cells: dict[str, str]
    file: str
    """The workbook it was read from; empty where it was typed."""
    changed_at: datetime
    conflicts: tuple[Conflict, ...]
    steps: tuple[str, ...]
    """What can be taken back, newest last: typed, paste, import, fix."""
    discarded_at: datetime | None = None


class Start(Record):
    """What a new draft begins with."""

    cells: Mapping[str, str]
    base: int
    file: str = ""


def draft_of(who: str, key: Key) -> Kept | None:
    """Give somebody's draft of a return; None where there is none, or it was thrown away."""
    row = _find(who, key)
    return None if row is None or row.discarded_at is not None else _kept(row)


def thrown_away(who: str, key: Key, at: datetime) -> Kept | None:
    """Give a draft that was thrown away and can still be brought back."""
    row = _find(who, key)
    if row is None or row.discarded_at is None or row.discarded_at < at - GRACE:
        return None
    return _kept(row)


def drafts_about(keys: Iterable[Key]) -> dict[Key, list[Kept]]:
    """Give all drafts of some returns of one form and period, newest first."""
    from xianxue.desk.models.pages import Draft  # noqa: PLC0415 - needs Django set up first

    wanted = set(keys)
    rows = Draft.objects.filter(
        form__in={key.form for key in wanted},
        period__in={key.period for key in wanted},
        discarded_at=None,
    )
    found: dict[Key, list[Kept]] = {}
    for row in rows.order_by("-changed_at"):
        kept = _kept(row)
        if kept.key in wanted:
            found.setdefault(kept.key, []).append(kept)
    return found


def begin(who: str, key: Key, start: Callable[[], Start], at: datetime) -> Kept:
    """Give somebody's draft of a return; where there is none, begin one."""
    found = draft_of(who, key)
    if found is not None:
        return found
    # Made before the transaction: what it is made from takes longer than a writer should hold it.
    made = start()
    with writing():
        row = _find(who, key) or _new(who, key)
        if row.version and row.discarded_at is None:
            return _kept(row)
        row.cells, row.base, row.file = dict(made.cells), made.base, made.file
        row.undone, row.discarded_at = [], None
        return _write(row, at)


def save(
    who: str, key: Key, changes: Mapping[str, Change], at: datetime, *, deed: str = "typed"
) -> Kept:
    """Save cells. What another page has changed meanwhile is not overwritten: both are kept.

    One call is one step of undoing, however many cells it is about.
    """
    with writing():
        row = _there(who, key)
        before: dict[str, Any] = {}
        for name, change in changes.items():
            text = change.text[:LONGEST]
            now = row.cells.get(name, "")
            if now == text:
                # Both say the same by now: nothing is left to choose.
                _put(row, before, _DOUBT + name, None)
            elif now == change.agreed:
                _put(row, before, name, text)
            else:
                _put(row, before, _DOUBT + name, [text, change.agreed])
        if before:
            _step(row, deed, before)
            return _write(row, at)
        return _kept(row)


def choose(who: str, key: Key, name: str, *, mine: bool, at: datetime) -> Kept:
    """Settle a conflict: what the later page wanted, or what stands there."""
    with writing():
        row = _there(who, key)
        doubt = row.cells.get(_DOUBT + name)
        if doubt is None:
            return _kept(row)
        before: dict[str, Any] = {}
        _put(row, before, _DOUBT + name, None)
        if mine:
            _put(row, before, name, doubt[0])
        _step(row, "choice", before)
        return _write(row, at)


def bring_in(who: str, key: Key, start: Start, at: datetime) -> Kept:
    """Put a workbook's cells in place of all that the draft holds; one step of undoing."""
    with writing():
        row = _find(who, key) or _new(who, key)
        before = dict(row.cells) if row.version and row.discarded_at is None else None
        steps = list(row.undone) if before is not None else []
        if before is not None:
            steps.append({"deed": "import", "all": before, "base": row.base, "file": row.file})
        row.cells, row.base, row.file = dict(start.cells), start.base, start.file
        row.undone, row.discarded_at = steps[-MOST_STEPS:], None
        return _write(row, at)


def undo(who: str, key: Key, at: datetime) -> Kept:
    """Take back the last step: a paste, an import and a typed cell are one each."""
    with writing():
        row = _there(who, key)
        if not row.undone:
            return _kept(row)
        step: dict[str, Any] = row.undone[-1]
        row.undone = row.undone[:-1]
        if "all" in step:
            row.cells, row.base, row.file = step["all"], step["base"], step["file"]
        else:
            for name, text in step["before"].items():
                _set(row, name, text)
        return _write(row, at)


def discard(who: str, key: Key, at: datetime) -> None:
    """Throw a draft away; for a day it can be brought back."""
    with writing():
        row = _find(who, key)
        # Handed in meanwhile, or never begun: there is nothing to throw away.
        if row is not None:
            row.discarded_at = at
            row.save()


def restore(who: str, key: Key, at: datetime) -> Kept | None:
    """Bring a draft back that was thrown away; None where its day is over."""
    with writing():
        row = _find(who, key)
        if row is None or row.discarded_at is None or row.discarded_at < at - GRACE:
            return None
        row.discarded_at = None
        return _write(row, at)


def settle(key: Key) -> None:
    """Take away the drafts of a return that was handed in: its revision holds it now."""
    from xianxue.desk.models.pages import Draft  # noqa: PLC0415 - needs Django set up first

    with writing():
        Draft.objects.filter(form=key.form, period=key.period, place=key.place).delete()


def _find(who: str, key: Key) -> Draft | None:
    from xianxue.desk.models.pages import Draft  # noqa: PLC0415 - needs Django set up first

    return Draft.objects.filter(who=who, form=key.form, period=key.period, place=key.place).first()


def _new(who: str, key: Key) -> Draft:
    from xianxue.desk.models.pages import Draft  # noqa: PLC0415 - needs Django set up first

    return Draft(who=who, form=key.form, period=key.period, place=key.place)


def _there(who: str, key: Key) -> Draft:
    row = _find(who, key)
    if row is None:
        # Handed in or thrown away by another page: an empty one takes what is still typed.
        row = _new(who, key)
        row.cells, row.undone = {}, []
    if row.discarded_at is not None:
        row.discarded_at = None
    return row


def _put(row: Draft, before: dict[str, Any], name: str, value: object) -> None:
    if (row.cells.get(name) or "") == (value or ""):
        return
    before[name] = row.cells.get(name)
    _set(row, name, value)


def _set(row: Draft, name: str, value: object) -> None:
    if not value:
        row.cells.pop(name, None)
    else:
        row.cells[name] = value


def _step(row: Draft, deed: str, before: dict[str, Any]) -> None:
    row.undone = [*row.undone, {"deed": deed, "before": before}][-MOST_STEPS:]


def _write(row: Draft, at: datetime) -> Kept:
    row.version += 1
    row.changed_at = at
    row.save()
    return _kept(row)


def _kept(row: Draft) -> Kept:
    cells: dict[str, Any] = row.cells
    return Kept(
        row.who,
        Key(row.form, row.period, row.place),
        row.base,
        row.version,
        {name: text for name, text in cells.items() if not name.startswith(_DOUBT)},
        row.file,
        row.changed_at,
        tuple(
            Conflict(name[1:], said[0], cells.get(name[1:], ""), said[1])
            for name, said in cells.items()
            if name.startswith(_DOUBT)
        ),
        tuple(step["deed"] for step in row.undone),
        row.discarded_at,
    )
