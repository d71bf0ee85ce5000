"""How the command line speaks: JSON for programs, plain tables for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

import click
import msgspec

from xianxue.bureau.issues.folding import gathered, is_folded
from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.values.sentence import Sentence, joined, say
from xianxue.bureau.values.visible import HIDDEN, visible
from xianxue.desk.cli.language import echo, tell
from xianxue.desk.cli.paragraphs import terminal_width, wrapped
from xianxue.desk.cli.spoken import option
from xianxue.desk.workspace import MisusedError

_REFUSED: Final = say("不能办理")

F = TypeVar("F", bound=Callable[..., Any])


def workspace_option(command: F) -> F:
    """Add ``--workspace``."""
    return option(
        "--workspace",
        type=click.Path(file_okay=False, path_type=Path),
        help="工作目录（默认：向上最近的含 xianxue.toml 的目录）",
    )(command)


def json_option(command: F) -> F:
    """Add ``--json``."""
    return option("--json", "as_json", is_flag=True, help="输出 JSON")(command)


def period_option(command: F) -> F:
    """Add ``--period``."""
    return option("--period", help="时期，如 2025-2026（默认：工作目录的设置）")(command)


def engine_option(command: F) -> F:
    """Add ``--engine``; the names are those of ``stores/engines.py``, which loads an engine."""
    return option(
        "--engine",
        type=click.Choice(["polars", "duckdb"]),
        default="polars",
        show_default=True,
        help="用哪种引擎计算（duckdb 须另外安装）；算出的数相同",
    )(command)


def release_option(command: F) -> F:
    """Add ``--release``."""
    return option(
        "--release",
        "published",
        default="latest",
        show_default=True,
        help="用哪一号发布：编号、latest（最近一号，没有则为暂行数）或 none（当前暂行数）",
    )(command)


def print_json(data: object) -> None:
    """Print JSON that people can read too."""
    text = msgspec.json.format(msgspec.json.encode(data, enc_hook=_told), indent=2).decode()
    # The same text, with what a terminal might act on written as JSON writes it.
    echo(HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _told(value: object) -> str:
    """Tell a sentence, which msgspec does not know, in the reader's language."""
    if isinstance(value, Sentence):
        return tell(value)
    raise NotImplementedError


def print_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table as wide as the terminal allows; numbers stand to the right."""
    from rich.console import Console  # noqa: PLC0415 - JSON output must not pay for it
    from rich.table import Table  # noqa: PLC0415 - as above

    table = Table(title=tell(title), title_justify="left")
    for index, column in enumerate(columns):
        cells = [row[index] for row in rows]
        numeric = bool(cells) and all(cell[:1].isdigit() or cell in {"", "—"} for cell in cells)
        table.add_column(tell(column), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(visible(tell(cell)) for cell in row))
    # A name in square brackets is a name and no colour.
    Console(markup=False, emoji=False).print(table)


def print_issues(issues: Sequence[Issue], *, as_json: bool, every: bool = False) -> None:
    """Print complaints, gravest first, one paragraph each, with a count at the end.

    What follows from one mistake is shown by it, unless ``every`` one is asked for. Codes and the
    names of fields are for programs and stand in JSON only.
    """
    if as_json:
        print_json([issue.as_dict() for issue in issues])
        return
    order = list(Severity)
    shown = gathered(issues, every=every)
    for issue in sorted(shown, key=lambda issue: order.index(issue.severity)):
        echo_paragraph(say("【{kind}】{message}", kind=_kind(issue), message=issue.message))
    # A cause is none of the complaints: they are as many as without it.
    counted = [
        issue for issue in issues if not (issue.cause_of and issue.severity is Severity.NOTE)
    ]
    counts = Counter(_kind(issue) for issue in counted)
    kinds = [_REFUSED, *(grade.term for grade in Severity)]
    said = joined(
        "，", [say("{kind} {n} 条", kind=kind, n=counts[kind]) for kind in kinds if counts[kind]]
    )
    folded = 0 if every else sum(is_folded(issue) for issue in issues)
    if folded:
        said += say("；其中 {n} 条由上面的原因引起，没有逐条列出（要看，校验时加 --all）", n=folded)
    echo_paragraph(said or say("没有发现问题。"))


def echo_paragraph(text: str) -> None:
    """Write a text as wide as the terminal."""
    echo(wrapped(visible(tell(text)), terminal_width()))


def _kind(issue: Issue) -> Sentence:
    """Name the grade; a deed that is refused is no mistake in a workbook."""
    refused = issue.code.startswith(("F-", "A-")) and issue.severity is Severity.MUST_FIX
    return _REFUSED if refused else issue.severity.term


def say_next(text: str) -> None:
    """Say in one line what comes next, or who acts; nothing where that is not known."""
    if text:
        echo_paragraph(say("下一步：{what}", what=text))


def exit_code(issues: Sequence[Issue]) -> int:
    """Give 1 where anything has to be fixed or explained, 0 otherwise."""
    return int(any(issue.severity is not Severity.NOTE for issue in issues))


def as_book(output: Path) -> None:
    """Refuse to write a workbook under a name that its reader would open with something else."""
    if output.suffix.lower() != ".xlsx":
        message = say("{output}：写出的是工作簿，文件名请以 .xlsx 结尾", output=output)
        raise MisusedError(message)


def as_word(output: Path) -> None:
    """Refuse to write a document under a name that its reader would open with something else."""
    if output.suffix.lower() != ".docx":
        message = say("{output}：写出的是 Word 文档，文件名请以 .docx 结尾", output=output)
        raise MisusedError(message)
