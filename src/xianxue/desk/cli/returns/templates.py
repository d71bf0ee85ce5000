"""``xianxue returns template``: the workbooks that schools fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.asked import is_due
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.sentence import joined, say
from xianxue.desk.cli.language import echo, spoken_words
from xianxue.desk.cli.output import period_option, say_next, workspace_option
from xianxue.desk.cli.progress_bar import progress
from xianxue.desk.cli.returns.options import refuse_other_kind
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import ComplaintsError, MisusedError, Workspace


@command()
@click.argument("form")
@workspace_option
@period_option
@option("--place", help="学校代码（县级报表可省略）")
@option("--all", "everyone", is_flag=True, help="每校一份，-o 为目录或 .zip")
@option("-o", "output", required=True, type=click.Path(path_type=Path), help="输出")
def template(  # noqa: PLR0913 - options of one command
    form: str,
    workspace: Path | None,
    period: str | None,
    place: str | None,
    output: Path,
    *,
    everyone: bool,
) -> int:
    """生成填报模板，已知的和上年的数都带上

    上年的数写在灰格里供对照，不当作本年填报；班级按年级升一级。
    """
    from xianxue.desk.returns.prefilling import prefills  # noqa: PLC0415 - only this command
    from xianxue.desk.returns.templates import (  # noqa: PLC0415 - as above
        Batch,
        write_new,
        write_templates,
    )

    opened = Workspace.open(workspace)
    asked_form = form_named(opened, form)
    when = opened.period(period)
    refuse_other_kind(asked_form, when)
    places = _places(opened, asked_form, when, place, everyone=everyone)
    known = prefills(opened, asked_form, when, places)
    batch = Batch(asked_form, when, opened.shelf, spoken_words(), opened.register.county.name)
    if everyone:
        with progress(say("《{term}》", term=asked_form.term), len(places)) as done:
            left = write_templates(batch, places, known, output, done)
    else:
        made = batch.make((places[0], known[places[0].code]))[1]
        left = [] if write_new(output, made) else [output]
    for path in left:
        echo(
            say(
                "没有写 {output}：那里已有一份填过的，或者与要写的不同。请先移走它，或换一个文件名",
                output=path,
            ),
            err=True,
        )
    # Nothing at all was written: then the command was misused, not half done.
    if left and (len(left) == len(places) or left == [output]):
        return 2
    echo(
        say(
            "已生成 {n} 份《{term}》：{output}",
            n=len(places) - len(left),
            term=asked_form.term,
            output=output,
        )
    )
    say_next(say("发给填报单位；填好后先校验：xianxue returns check 文件 --marked 目录"))
    return int(bool(left))


COMMANDS: Final = (template,)


def form_named(workspace: Workspace, name: str) -> Form:
    """Give a form of the shelf; MisusedError where there is none of this name."""
    form = workspace.shelf.forms.get(name)
    if form is None:
        known = joined("、", workspace.shelf.forms)
        message = say("没有报表“{name}”；现有：{known}", name=name, known=known)
        raise MisusedError(message)
    return form


def _places(
    workspace: Workspace, form: Form, period: Period, code: str | None, *, everyone: bool
) -> list[Place]:
    if form.filed_by == "county":
        return [workspace.register.county]
    schools = workspace.register.schools(period.reference_day)
    if everyone:
        # What other forms hold already leaves some schools nothing to fill in.
        on, codes = period.reference_day, workspace.shelf.codes
        return [school for school in schools if is_due(form, school, on, codes)]
    if code is None:
        message = say("请用 --place 写明学校代码，或用 --all 为每校生成一份")
        raise MisusedError(message)
    found = [school for school in schools if school.code == code]
    if not found:
        raise ComplaintsError(
            [
                Issue(
                    code="W-PLACE",
                    severity=Severity.MUST_FIX,
                    saw=say("名册里没有在办学校 {code}", code=code),
                    required=say("places.csv 中当期在办学校的代码"),
                    place=code,
                )
            ]
        )
    return found
