"""``xianxue report write --each``: a document of each place, and the names that files may have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from xianxue.bureau.issues.issue import Issue
from xianxue.bureau.kinds.outline import PLACES, Outline
from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import exit_code, print_issues, print_json
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.values.periods import Period

_BOOK = ".xlsx"


def is_book(output: Path) -> bool:
    """Whether a file is to be a workbook of the document's tables."""
    return output.suffix.lower() == _BOOK


def as_form(output: Path) -> None:
    """Refuse to write a document under a name that its reader would open with something else."""
    if output.suffix.lower() not in {".docx", _BOOK}:
        message = say("{output}：文件名请以 .docx（文稿）或 .xlsx（只要表格）结尾", output=output)
        raise MisusedError(message)


def write_of_each(  # noqa: PLR0913, PLR0917 - as the command has them
    opened: Workspace,
    card: Outline,
    period: Period,
    published: str,
    on: datetime | None,
    output: Path,
    *,
    as_json: bool,
) -> int:
    """Write a document of each place into a folder that is new or empty."""
    from xianxue.desk.releases.published import river_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.report.each import write_each  # noqa: PLC0415 - as above

    if card.about != PLACES:
        raise MisusedError(say("《{term}》不是一校一份的公文，不写 --each", term=card.term))
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        saw = say("{output} 已有文件：请换一个空目录，或先移走里面的文件", output=output)
        raise MisusedError(saw)
    issues: list[Issue] = []
    files: list[Path] = []
    for one in write_each(river_of(opened, period, published), card, on.date() if on else None):
        output.mkdir(parents=True, exist_ok=True)
        files.append(output / one.file)
        files[-1].write_bytes(one.written.document)
        issues += one.written.issues
    if as_json:
        print_json(
            {
                "outline": card.outline,
                "period": period.code,
                "files": [str(file) for file in files],
                "issues": [issue.as_dict() for issue in issues],
            }
        )
        return exit_code(issues)
    if files:
        echo(say("已写 {n} 份《{term}》：{output}", n=len(files), term=card.term, output=output))
    else:
        echo(say("没有一所学校要写《{term}》", term=card.term))
    if issues:
        print_issues(issues, as_json=False)
    return exit_code(issues)
