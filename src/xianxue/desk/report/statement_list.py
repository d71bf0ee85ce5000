"""A list of statements as somebody keeps it: a table with the columns ``id`` and ``office``.

Whatever else it says (a subject, a wording) is passed over: only producers are asked for.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from xianxue.bureau.documents.plain import text_of
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.report.covering import Stated
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.stores.given.given_files import TooLargeError, read_given
from xianxue.desk.workspace import ComplaintsError

_ID, _OFFICE = "id", "office"
_NAME: Final = re.compile(r"[0-9]{3}-[0-9]{3}")
_LARGEST: Final = 16 << 20


def read_statements(path: Path) -> list[Stated]:
    """Read a list; ComplaintsError with everything that is wrong with it."""
    try:
        text = text_of(read_given(path, _LARGEST))
    except TooLargeError as error:
        saw = say("有 {n} MB", n=error.megabytes)
        raise ComplaintsError([_issue(path, 0, saw, say("一张编号清单，不超过 16 MB"))]) from error
    if text is None or "\0" in text:
        saw, required = say("这不是文字"), say("UTF-8 或 GB18030 的 CSV 文件")
        raise ComplaintsError([_issue(path, 0, saw, required)])
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    except csv.Error as error:
        saw, required = say("引号没有配成对，或一格太长"), say("照 CSV 的写法")
        raise ComplaintsError([_issue(path, 0, saw, required)]) from error
    head = [cell.strip() for cell in rows[0]] if rows else []
    if head.count(_ID) != 1 or head.count(_OFFICE) != 1:
        saw = say("第一行是“{head}”", head=",".join(head)[:80])
        required = say("第一行里有 {id} 和 {office} 各一列", id=_ID, office=_OFFICE)
        raise ComplaintsError([_issue(path, 1, saw, required)])
    found, issues = list[Stated](), list[Issue]()
    seen: dict[str, int] = {}
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        wrong = list(_wrong(cells, head, seen))
        issues += [_issue(path, number, saw, required) for saw, required in wrong]
        if not wrong:
            named = cells[head.index(_ID)].strip()
            seen[named] = number
            found.append(Stated(named, cells[head.index(_OFFICE)].strip()))
    if not found and not issues:
        issues.append(_issue(path, 1, say("一条也没有"), say("每条一行")))
    if issues:
        raise ComplaintsError(issues)
    return found


def _wrong(
    cells: Sequence[str], head: Sequence[str], seen: dict[str, int]
) -> Iterator[tuple[Sentence, Sentence]]:
    if len(cells) != len(head):
        yield (
            say("有 {n} 格", n=len(cells)),
            say("和第一行一样 {n} 格；格里有逗号的加引号", n=len(head)),
        )
        return
    named, office = cells[head.index(_ID)].strip(), cells[head.index(_OFFICE)].strip()
    if not _NAME.fullmatch(named):
        yield say("编号写了“{id}”", id=named[:40]), say("三位数字、连字符、三位数字，如 004-010")
    elif named in seen:
        saw = say("编号 {id} 在第 {line} 行已经有了", id=named, line=seen[named])
        yield saw, say("一条一个编号")
    if not office:
        yield say("没有写归哪个股室"), say("股室的名称")


def _issue(path: Path, line: int, saw: Sentence, required: Sentence) -> Issue:
    return Issue(
        code="W-STATEMENTS",
        severity=Severity.MUST_FIX,
        file=path.name,
        cell=f"line {line}" if line else "",
        saw=saw,
        required=required,
    )
