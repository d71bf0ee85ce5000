"""Comments as a reviewer writes them: «学生!C4=请核对», or plain words about the whole return."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form, Sheet
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.sheets.layout import tab_of
from xianxue.bureau.values.record import Record
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.actions.context import Key
from xianxue.desk.returns.kept_revisions import kept_revision
from xianxue.desk.stores.cabinet import Cabinet
from xianxue.desk.workspace import ComplaintsError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.actions.send_back import Remark

# As people type it: full-width or not, with Excel's dollars or without.
_AT_A_CELL: Final = re.compile(
    r"\s*([^!！=＝]+?)\s*[!！]\s*\$?([A-Za-z]{1,3})\$?([0-9]+)?\s*[=＝](.+)", re.DOTALL
)
_AT_A_SHEET: Final = re.compile(r"\s*([^!！=＝]+?)\s*[!！]\s*[=＝](.+)", re.DOTALL)


class Spot(Record):
    """A cell of a return: its row, field and address."""

    row: str
    field: str
    cell: str


def remarks_on(workspace: Workspace, key: Key, texts: Sequence[str]) -> list[Remark]:
    """Read comments on the newest revision of a return.

    Raises ComplaintsError with all that name a sheet or cell which is not there; comments on a
    return that nobody filed are kept as words, for the deed itself refuses it.
    """
    from xianxue.desk.actions.send_back import Remark  # noqa: PLC0415 - needs Django set up first
    from xianxue.desk.models import Filing  # noqa: PLC0415 - as above

    found = Filing.objects.filter(form=key.form, period=key.period, place=key.place)
    filing = found.select_related("current").first()
    if filing is None:
        return [Remark(text) for text in texts]
    newest = filing.current
    # Cells are looked for where that revision has them: a clerk may have moved them in the
    # workbook.
    (filed,) = Cabinet(workspace.store / "cabinet").read_returns([kept_revision(newest)])
    read = [_read(text, workspace.shelf.form_in(key.form, key.period), filed) for text in texts]
    issues = [each for each in read if isinstance(each, Issue)]
    if issues:
        raise ComplaintsError(issues)
    return [each for each in read if not isinstance(each, Issue)]


def _read(text: str, form: Form, filed: Return) -> Remark | Issue:
    from xianxue.desk.actions.send_back import Remark  # noqa: PLC0415 - needs Django set up first

    at_sheet = _AT_A_SHEET.fullmatch(text)
    at_cell = _AT_A_CELL.fullmatch(text)
    # «学生!C=…» without a row, or words that only hold an equals sign: said of the whole return.
    if at_sheet is None and (at_cell is None or at_cell[3] is None):
        return Remark(text.strip())
    name = at_sheet[1] if at_sheet else at_cell[1] if at_cell else ""
    sheet = next((one for one in form.sheets if name in _names(one)), None)
    if sheet is None:
        tabs = joined("、", (tab_of(one) for one in form.sheets))
        return _issue(
            form,
            filed,
            say("批注“{text}”里的表“{name}”没有", text=text, name=name),
            say("表名是 {tabs} 之一", tabs=tabs),
        )
    if at_sheet is not None or at_cell is None:
        said = at_sheet[2] if at_sheet else ""
        return Remark(said.strip(), sheet.sheet)
    address = f"{at_cell[2].upper()}{at_cell[3]}"
    spot = next((spot for spot in _spots(filed, sheet) if spot.cell == address), None)
    if spot is None:
        saw = say(
            "批注“{text}”：〔{tab}〕{address} 不是填数的格",
            text=text,
            tab=tab_of(sheet),
            address=address,
        )
        return _issue(
            form,
            filed,
            saw,
            say(
                "写第 {revision} 版文件 {file} 里填数的格，例如 {tab}!C4=请核对",
                revision=filed.revision,
                file=filed.file,
                tab=tab_of(sheet),
            ),
        )
    return Remark(at_cell[4].strip(), sheet.sheet, spot.row, spot.field, address)


def _names(sheet: Sheet) -> set[str]:
    return {sheet.sheet, sheet.term, tab_of(sheet)}


def _spots(filed: Return, sheet: Sheet) -> Iterable[Spot]:
    for row in filed.tables.get(sheet.sheet, ()):
        for name, cell in row.cells.items():
            yield Spot(row.code, name, cell.address)


def _issue(form: Form, filed: Return, saw: str, required: str) -> Issue:
    return Issue(
        code="F-COMMENT",
        severity=Severity.MUST_FIX,
        place=filed.place,
        form=form.form,
        saw=saw,
        required=required,
        do=say("批注一条也没有记，报表没有退回"),
    )
