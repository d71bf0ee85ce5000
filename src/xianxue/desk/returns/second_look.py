"""What a reviewer sees before approving: what is unusual, and what was commented and not touched.

Approving is answering for the numbers, so they are read first: a return that cannot be read, for
want of permission or because it is no longer what was sealed, cannot be approved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.returns.comparison import Comparison
from xianxue.desk.returns.explanations import answered
from xianxue.desk.returns.history import Said, trail_of
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.harm import HarmedError
from xianxue.desk.workspace import Workspace

UNTOUCHED = "F-UNTOUCHED"


class Looked(Record):
    """What was seen of returns that are to be approved."""

    unusual: list[Issue]
    unreadable: dict[Key, list[Issue]]


def look_at_all(workspace: Workspace, ground: Ground, keys: Sequence[Key]) -> Looked:
    """Read the newest revision of each return, and find what is unusual in it."""
    compare = Comparison(workspace.shelf, workspace)
    unusual: list[Issue] = []
    unreadable: dict[Key, list[Issue]] = {}
    for key in keys:
        try:
            filed = _newest(workspace, key)[-1:]
        except HarmedError as error:
            unreadable[key] = error.issues
            continue
        for one in filed:
            place = ground.register.places.get(key.place)
            when = Period.parse(key.period)
            found = check_return(one, workspace.shelf, place, when, register=ground.register)
            unusual.extend(
                _named(issue, one, ground)
                for issue in compare(one, place, found)
                # Nothing that must be mended was ever taken; what shows up as such comes of cards
                # changed since.
                if issue.severity is not Severity.MUST_FIX
            )
    return Looked(unusual, unreadable)


def open_issues(
    workspace: Workspace, ground: Ground, key: Key, compare: Comparison | None = None
) -> list[Issue]:
    """Give what the checks find in the newest revision of a return and nobody has explained.

    ``compare`` where one serves for several returns. HarmedError where it cannot be read as it was
    sealed.
    """
    (filed,) = _newest(workspace, key)[-1:]
    place, when = ground.register.places.get(key.place), Period.parse(key.period)
    found = check_return(filed, workspace.shelf, place, when, register=ground.register)
    compare = compare or Comparison(workspace.shelf, workspace)
    compared = compare(filed, place, found)
    return [_named(issue, filed, ground) for issue in answered(ground, [filed], compared)]


def untouched(workspace: Workspace, ground: Ground, keys: Iterable[Key]) -> list[Issue]:
    """Remark on each comment whose cell says the same in the revision filed after it."""
    return [issue for key in keys for issue in _untouched(workspace, ground, key)]


def _untouched(workspace: Workspace, ground: Ground, key: Key) -> Iterator[Issue]:
    versions = trail_of(ground, key).revisions
    if len(versions) <= 1 or not versions[-2].comments:
        return
    try:
        before, after = _newest(workspace, key)
    except HarmedError:
        # The reviewer is told of the harm itself.
        return
    for said in versions[-2].comments:
        spots = _spots(before, said)
        if spots == _spots(after, said):
            yield _same(said, after, ground, key)


def _newest(workspace: Workspace, key: Key) -> list[Return]:
    """Read the newest revision and the one before it, in this order: before, newest."""
    from xianxue.desk.models import Revision  # noqa: PLC0415 - needs Django set up first

    rows = Revision.objects.filter(form=key.form, period=key.period, place=key.place)
    kept = [kept_revision(row) for row in rows.order_by("-number")[:2]]
    # One at a time: two revisions of a place may lie in one batch.
    cabinet = Cabinet(workspace.store / "cabinet")
    return [filed for one in reversed(kept) for filed in cabinet.read_returns([one])]


def _spots(filed: Return, said: Said) -> dict[tuple[str, str, str], object]:
    """Give the values a comment is about: of a cell, of a sheet, or of the whole return."""
    return {
        (sheet, row.code, name): cell.value
        for sheet, rows in filed.tables.items()
        if said.sheet in {"", sheet}
        for row in rows
        if not said.field or said.row == row.code
        for name, cell in row.cells.items()
        if said.field in {"", name}
    }


def _same(said: Said, after: Return, ground: Ground, key: Key) -> Issue:
    about = (
        say("批注“{text}”（{by}）的那一格", text=said.text, by=said.by)
        if said.field
        else say("批注“{text}”（{by}）说的各格", text=said.text, by=said.by)
    )
    written = next(
        (
            row.cells[said.field].written
            for row in after.tables.get(said.sheet, ())
            if row.code == said.row and said.field in row.cells
        ),
        "",
    )
    saw = (
        say("{about}没有改，还是“{written}”", about=about, written=written)
        if written
        else say("{about}没有改", about=about)
    )
    return Issue(
        code=UNTOUCHED,
        severity=Severity.NOTE,
        file=ground.name(key.place),
        sheet=said.tab,
        cell=said.cell,
        place=key.place,
        form=key.form,
        field=f"{said.sheet}.{said.field}" if said.field else "",
        saw=saw,
        required=say("退回时批注的，改正或者写明理由"),
        do=say("填报人请再看一遍；确实无误的，审核人可以通过"),
    )


def _named(issue: Issue, filed: Return, ground: Ground) -> Issue:
    """Name the school: a reviewer reads many, and the files may all be called alike."""
    sheet = ground.shelf.form_in(filed.form, filed.period).sheet(issue.sheet)
    return replace(
        issue,
        file=ground.name(filed.place),
        place=filed.place,
        sheet=tab_of(sheet) if sheet is not None else issue.sheet,
    )
