"""``xianxue exams pupils``: the marks of each pupil by name, with a reason."""

from __future__ import annotations

from pathlib import Path

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.workspace import Workspace


@command("pupils")
@click.argument("sitting")
@workspace_option
@option("--school", default="", help="只看这所学校（代码）；不写是全县")
@option("--why", default="", help="为哪件事要看，记入日志")
@option("--as", "by", default="本机操作员", show_default=True, help="谁要看")
@json_option
def list_pupils(  # noqa: PLR0913 - options of one command
    sitting: str, *, workspace: Path | None, school: str, why: str, by: str, as_json: bool
) -> None:
    """逐人看成绩：要写理由，记入日志；不排名次"""
    from xianxue.bureau.exams.columns import Why  # noqa: PLC0415 - as below
    from xianxue.desk.exams.pupils import pupils_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.sittings import held_card, sitting_named  # noqa: PLC0415 - as above
    from xianxue.desk.exams.written import height, terms_of  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    standing = sitting_named(opened, sitting)
    found = pupils_of(opened, standing, school, by, why)
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "name": one.name,
                    "school": one.school,
                    "class": one.in_class,
                    "track": one.track or None,
                    "total": None if one.total is None else height(one.total),
                    "marks": {
                        subject: {
                            "mark": None if mark is None else height(mark),
                            "why": Why(reason).name.lower(),
                        }
                        for subject, (mark, reason) in one.marks.items()
                    },
                }
                for one in found
            ]
        )
        return
    terms = terms_of(opened.shelf, ["exam_subjects"])
    subjects = [one.subject for one in held_card(opened, standing).subjects]
    rows = [
        (
            one.id or one.student_number,
            one.name,
            one.in_class,
            *(
                height(mark) if mark is not None else Why(reason).term
                for mark, reason in (one.marks[subject] for subject in subjects)
            ),
            height(one.total),
        )
        for one in found
    ]
    heads = (say("编号"), say("姓名"), say("班级"), *(terms[one] for one in subjects), say("总分"))
    print_table(say("考生成绩"), heads, rows)
