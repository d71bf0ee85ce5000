"""Whether all that a store keeps is what was sealed: cells, workbooks, tables, releases, events.

`journal verify` proves the database; this holds the files beside it against the database, so both
together prove the store. Reading asks only for what it reads; here everything is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.database import open_database
from xianxue.desk.database.lost import emptied, kept_beside, lost
from xianxue.desk.indicators.other_periods import folder_of
from xianxue.desk.returns.holdings import Holdings
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.cell_lines import cells_digest
from xianxue.desk.stores.harm import HarmedError, harm
from xianxue.desk.stores.scans import Scan, ScanFiles
from xianxue.desk.stores.table_files import same_table
from xianxue.desk.workspace import Workspace


def faults_of(workspace: Workspace) -> list[Issue]:
    """Complain of everything kept that is lost, altered or not what the database refers to."""
    open_database(workspace.store, to_verify=True)
    from xianxue.desk.exams import verification as exams  # noqa: PLC0415 - as above
    from xianxue.desk.journal.register_told import (  # noqa: PLC0415 - needs Django set up first
        events_unlike_told,
        register_unlike_told,
    )
    from xianxue.desk.ledgers.room import Room  # noqa: PLC0415 - as above
    from xianxue.desk.ledgers.verification import faults  # noqa: PLC0415 - as above
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - as above

    issue = emptied(kept_beside(workspace.store))
    # With the database gone everything beside it would be complained of, file by file.
    if issue is not None:
        return [issue]
    return [
        *_foreign(workspace),
        *_cells(workspace),
        *_workbooks(workspace),
        *_scans(workspace),
        *_releases(workspace),
        *_tables(workspace),
        *register_unlike_told(workspace),
        *events_unlike_told(workspace),
        *exams.faults(workspace.store / "cabinet"),
        *faults(Room(open_ground(workspace, to_verify=True), workspace.store / "cabinet")),
    ]


def _foreign(workspace: Workspace) -> Iterator[Issue]:
    """Complain of a store none of whose places the register knows: it is another county's."""
    from xianxue.desk.models import Filing  # noqa: PLC0415 - needs Django set up first

    filed = set(Filing.objects.values_list("place", flat=True))
    if filed and not filed & set(workspace.register.places):
        yield lost(
            say(
                "报过表的 {n} 个单位，名册里一个也没有：数据库是另一个县的",
                n=len(filed),
            )
        )


def _cells(workspace: Workspace) -> list[Issue]:
    """Read every revision, accepted or not, and hold all of its cells against its line."""
    from xianxue.desk.models import JournalLine, Revision  # noqa: PLC0415 - needs Django set up

    cabinet = Cabinet(workspace.store / "cabinet")
    rows = {
        (row.form, row.period, row.place, row.number): row
        for row in Revision.objects.order_by("id")
    }
    returns, issues = cabinet.read_and_hold(map(kept_revision, rows.values()))
    sealed = {
        (line.subject, line.detail.get("revision")): line.detail.get("cells")
        for line in JournalLine.objects.filter(kind="returns").iterator()
        if "cells" in line.detail
    }
    said = {(issue.form, issue.place) for issue in issues}
    for filed in returns:
        subject = f"{filed.form}/{filed.period}/{filed.place}"
        seal = sealed.get((subject, filed.revision))
        # One that differs in its values is named already.
        if seal and seal != cells_digest(filed) and (filed.form, filed.place) not in said:
            row = rows[filed.form, filed.period, filed.place, filed.revision]
            saw = say(
                "{place} 第 {n} 版报表的格子位置或写法与收下时的摘要不符",
                place=filed.place,
                n=filed.revision,
            )
            issues.append(harm(f"cabinet/…/{row.batch}", saw, place=filed.place, form=filed.form))
    return issues


def _workbooks(workspace: Workspace) -> Iterator[Issue]:
    from xianxue.desk.models import Revision  # noqa: PLC0415 - needs Django set up first

    cabinet = Cabinet(workspace.store / "cabinet")
    # The first program kept none; but a folder that later ones filled and that is gone is a loss.
    if not cabinet.keeps_workbooks and not _told_of_batches():
        return
    wanted = set(Revision.objects.order_by().values_list("digest", "file").distinct())
    for digest, suffix in sorted({(digest, Path(file).suffix) for digest, file in wanted}):
        try:
            cabinet.read_workbook(digest, suffix)
        except HarmedError as error:
            yield from error.issues


def _scans(workspace: Workspace) -> Iterator[Issue]:
    """Read every scan that was ever attached, and hold each against its line and its revision."""
    from xianxue.desk.actions.attach_scan import ATTACHED  # noqa: PLC0415 - needs Django set up
    from xianxue.desk.models import JournalLine, Revision  # noqa: PLC0415 - as above

    files = ScanFiles(workspace.store / "cabinet")
    contents = {
        (f"{form}/{period}/{place}", number): content
        for form, period, place, number, content in Revision.objects.values_list(
            "form", "period", "place", "number", "content"
        )
    }
    for line in JournalLine.objects.filter(deed=ATTACHED).order_by("number").iterator():
        number = line.detail.get("of_revision")
        whose = {"place": line.place, "form": line.ident}
        if contents.get((line.subject, number)) != line.detail.get("content"):
            saw = say("{place} 第 {n} 版不是扫描件附上时的那一版了", place=line.place, n=number)
            yield harm("cabinet/scans", saw, **whose)
        for said in line.detail.get("scans", []):
            try:
                files.read(Scan.told(said))
            except HarmedError as error:
                yield from (replace(issue, **whose) for issue in error.issues)
            except (KeyError, TypeError, ValueError):
                yield harm("cabinet/scans", say("日志里记的扫描件读不出来"), **whose)


def _told_of_batches() -> bool:
    """Whether a program handed something in that always kept the workbooks, too."""
    from xianxue.desk.models import JournalLine  # noqa: PLC0415 - needs Django set up first

    lines = JournalLine.objects.filter(deed__in=("returns.submit", "returns.accept"))
    return any("batch" in line.detail for line in lines.order_by("-number")[:1])


def _releases(workspace: Workspace) -> Iterator[Issue]:
    from xianxue.desk.models import Release  # noqa: PLC0415 - needs Django set up first

    folder = folder_of(workspace)
    for row in Release.objects.order_by("period", "number"):
        for said in folder.faults(row.digest):
            saw = say("第 {name} 号发布：{fault}", name=row.name, fault=said)
            yield harm(f"releases/{row.digest}", saw)


def _tables(workspace: Workspace) -> Iterator[Issue]:
    """Hold tables against their seals, and those in use against what they are derived from."""
    files = Cabinet(workspace.store / "cabinet").tables
    sealed = [path.name for path in sorted(files.root.glob("*")) if files.has(path.name)]
    broken: set[str] = set()
    for digest in sealed:
        for issue in files.faults(digest):
            broken.add(digest)
            yield issue
    for held in _held(workspace):
        if held.digest in broken or not files.has(held.digest):
            continue
        broken.add(held.digest)  # looked at, and not to be looked at again
        try:
            columns = held.columns()
        except HarmedError:
            continue  # said by the cells already
        for sheet, derived in columns.items():
            if not same_table(files.root / held.digest / f"{sheet}.parquet", derived):
                name = f"cabinet/tables/{held.digest}/{sheet}.parquet"
                yield harm(name, say("表里的数与收下的报表不符"))


def _held(workspace: Workspace) -> Iterator[Holdings]:
    """Give what figures are counted from: what is accepted now, and what each release froze."""
    from xianxue.desk.models import Filing, Release  # noqa: PLC0415 - needs Django set up first

    accepted = Filing.objects.filter(accepted__isnull=False).order_by()
    for code in sorted(set(accepted.values_list("period", flat=True))):
        with suppress(HarmedError):
            held = Holdings(workspace, Period.parse(code))
            _ = held.kept  # those that no line tells of are said by the journal
            yield held
    folder = folder_of(workspace)
    for row in Release.objects.order_by("period", "number"):
        with suppress(HarmedError):
            kept = tuple(folder.manifest(row.digest).kept)
            yield Holdings(workspace, Period.parse(row.period), kept)
