"""The school's own workbook with the bureau's comments on its cells, to be mended there."""

from __future__ import annotations

from pathlib import Path

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.marking.mark import mark, marked_name
from xianxue.bureau.returns.reading.workbook import read_workbook
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.returns.sheets.own_marks import REVIEW
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Ground, Key
from xianxue.desk.returns.history import Said, trail_of
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.stores.whole_files import whole
from xianxue.desk.workspace import Workspace

_DO = say("有误的改正后重新报送；属实的，报送时写明理由")


def write_sent_back(workspace: Workspace, ground: Ground, key: Key, folder: Path) -> Path | None:
    """Write 〔原名〕_退回.xlsx: what was handed in, with each comment on its cell.

    Nothing that was filled in is changed. Gives None where the workbook was not kept, as in
    stores from before workbooks were; HarmedError where it is lost or not what was handed in.
    """
    found = sent_back(workspace, ground, key)
    if found is None:
        return None
    name, data = found
    target = folder / name
    with whole(target) as scratch:
        scratch.write_bytes(data)
    return target


def sent_back(workspace: Workspace, ground: Ground, key: Key) -> tuple[str, bytes] | None:
    """Give the commented workbook with its name; as ``write_sent_back``."""
    version = trail_of(ground, key).revisions[-1]
    cabinet = Cabinet(workspace.store / "cabinet")
    file, shelf = Path(version.file).name, workspace.shelf
    if not cabinet.keeps_workbooks:
        return None
    data = cabinet.read_workbook(version.digest, Path(version.file).suffix)
    filed, _ = read_workbook(data, file, shelf)
    form = shelf.form_in(key.form, key.period)
    # Tabs may have been renamed: a comment goes onto the tab that was read as its sheet.
    issues = [_issue(said, form, filed, file) for said in version.comments]
    return marked_name(file, REVIEW), mark(data, issues, file=file, voice=REVIEW)


def _issue(said: Said, form: Form, filed: Return | None, file: str) -> Issue:
    sheet = form.sheet(said.sheet)
    tab = tab_of(sheet) if sheet is not None else ""
    return Issue(
        code="F-COMMENT",
        severity=Severity.MUST_FIX,
        file=file,
        sheet=filed.tabs.get(said.sheet, tab) if filed is not None else tab,
        cell=said.cell,
        saw=said.text.rstrip("。"),
        required=_written(said, filed),
        do=_DO,
        citation=f"{said.by} {said.at}",
    )


def _written(said: Said, filed: Return | None) -> str:
    """Give what the school has written in the cell that a comment is on."""
    rows = filed.tables.get(said.sheet, ()) if filed is not None else ()
    found = (
        row.cells[said.field] for row in rows if row.code == said.row and said.field in row.cells
    )
    # Of a list several rows may bear one code; the address tells them apart.
    cell = next((cell for cell in found if cell.address == said.cell), None)
    return cell.written if cell is not None else ""
