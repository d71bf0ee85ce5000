"""``xianxue returns submit``: handing in, signed by clerk and head."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.values.record import replace
from xianxue.bureau.values.sentence import say
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.cli.language import echo, spoken_words
from xianxue.desk.cli.output import (
    json_option,
    print_issues,
    print_json,
    say_next,
    workspace_option,
)
from xianxue.desk.cli.returns.next_step import next_of
from xianxue.desk.cli.returns.options import person, why_option
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.returns.submission import Outcome

_FILES: Final = click.argument("files", nargs=-1, required=True, type=GivenFile())


@command()
@_FILES
@workspace_option
@option("--clerk", required=True, help="填报人签名")
@option("--head", required=True, help="校长签名")
@option("--as", "name", default="", help="经办人，默认是填报人")
@option("--role", default="school_clerk", show_default=True, help="角色")
@option("--of", "own", default="", help="经办人所在单位的代码")
@why_option
@option(
    "--explain",
    "explained",
    multiple=True,
    help="说明经验校验，写作 '学生!C4=理由' 或 '规则编号=理由'",
)
@option(
    "--marked",
    type=click.Path(file_okay=False, path_type=Path),
    help="没有报送的，标注后另存到这个目录",
)
@json_option
def submit(  # noqa: PLR0913, PLR0917 - options of one command
    files: tuple[Path, ...],
    workspace: Path | None,
    clerk: str,
    head: str,
    name: str,
    role: str,
    own: str,
    why: str,
    explained: tuple[str, ...],
    marked: Path | None,
    *,
    as_json: bool,
) -> int:
    """报送，填报人和校长签名

    更正已经通过的报表也用这个命令，要用 --why 写明理由。
    """
    from xianxue.desk.returns.explanations import Answer  # noqa: PLC0415 - as above
    from xianxue.desk.returns.submission import submit_files  # noqa: PLC0415 - needs the engine

    try:
        answers = [Answer.read(said) for said in explained]
    except ValueError as error:
        raise MisusedError(error.args[0]) from error
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    opened = Workspace.open(workspace)
    outcome = submit_files(
        opened,
        files,
        actor=person(open_ground(opened), name or clerk, role, own),
        signed=Signatures(clerk, head),
        why=why,
        answers=answers,
        usual=opened.period(None),
    )
    outcome = _with_untouched(opened, outcome)
    if as_json:
        done = [
            {
                "file": each.filed.file,
                "form": each.filed.form,
                "place": each.filed.place,
                "revision": each.number,
                "state": each.state,
                "unchanged": each.unchanged,
            }
            for each in outcome.accepted
        ]
        print_json({"submitted": done, "issues": [issue.as_dict() for issue in outcome.issues]})
    else:
        _tell(opened, files, outcome)
    if marked is not None:
        _mark(files, outcome, marked, as_json=as_json)
    return int(any(issue.severity is Severity.MUST_FIX for issue in outcome.issues))


def _with_untouched(opened: Workspace, outcome: Outcome) -> Outcome:
    """Add what the bureau commented on and the school has not touched."""
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django
    from xianxue.desk.returns.second_look import untouched  # noqa: PLC0415 - needs the engine

    again = [
        Key(each.filed.form, each.filed.period, each.filed.place)
        for each in outcome.accepted
        # A first revision answers no comment, and one that stands already is not handed in again.
        if each.number > 1 and not each.unchanged
    ]
    if not again:
        return outcome
    found = untouched(opened, open_ground(opened), again)
    return replace(outcome, issues=[*outcome.issues, *found])


def _mark(files: Sequence[Path], outcome: Outcome, folder: Path, *, as_json: bool) -> None:
    """Write marked copies of what was not submitted."""
    from xianxue.desk.returns.explanations import UNEXPLAINED  # noqa: PLC0415 - needs the engine
    from xianxue.desk.returns.intake import file_names  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.returns.marked_copies import write_marked  # noqa: PLC0415 - XlsxWriter

    taken = {each.filed.file for each in outcome.accepted}
    names = dict(zip(file_names(files), files, strict=True))
    left = [path for name, path in names.items() if name not in taken]
    # That something was not explained is said of the finding itself.
    about = [issue for issue in outcome.issues if issue.code != UNEXPLAINED]
    made = write_marked(left, about, folder, spoken_words())
    if made:
        echo(say("已标注 {n} 份，写在 {folder}。", n=len(made), folder=folder), err=as_json)


def _tell(opened: Workspace, files: Sequence[Path], outcome: Outcome) -> None:
    """Say of each file whether it was submitted, and what comes next."""
    from xianxue.desk.returns.intake import file_names  # noqa: PLC0415 - reads workbooks
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - needs Django

    ground = open_ground(opened)
    if outcome.issues:
        print_issues(outcome.issues, as_json=False)
    done: list[tuple[Key, str]] = []
    for each in outcome.accepted:
        key = Key(each.filed.form, each.filed.period, each.filed.place)
        done.append((key, each.state))
        what = say("{title}第 {number} 版", title=ground.title(key), number=each.number)
        same = say("与已报的相同，没有改动：{what}", what=what)
        echo(
            say(
                "{what}（{file}）",
                what=same if each.unchanged else say("已报送：{what}", what=what),
                file=each.filed.file,
            )
        )
    taken = {each.filed.file for each in outcome.accepted}
    left = [name for name in file_names(files) if name not in taken]
    for name in left:
        echo(say("未报送：{name}，原因见上", name=name))
    if left:
        say_next(say("照上面写的办好，再报送一次"))
    elif done:
        say_next(next_of(ground, done))
