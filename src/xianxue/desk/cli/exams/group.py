"""``xianxue exams``: its commands, and the schemes of 等级赋分."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from xianxue.bureau.values.sentence import say
from xianxue.desk.cli.exams.destinations import show_destinations
from xianxue.desk.cli.exams.items import analyse_items
from xianxue.desk.cli.exams.lines import refer, release_sitting, set_and_show
from xianxue.desk.cli.exams.loading import list_sittings, load
from xianxue.desk.cli.exams.one_point import one_point_table
from xianxue.desk.cli.exams.papers import report_sitting, show_sitting
from xianxue.desk.cli.exams.pupils import list_pupils
from xianxue.desk.cli.exams.sampling import arts, fitness, rank_schools
from xianxue.desk.cli.exams.scaling import as_number, scale_marks
from xianxue.desk.cli.exams.value_added import value_added
from xianxue.desk.cli.output import json_option, print_json, print_table, workspace_option
from xianxue.desk.cli.spoken import Group
from xianxue.desk.workspace import shelf_here

if TYPE_CHECKING:
    from xianxue.bureau.kinds.exams.scheme import Scheme


@click.group(cls=Group)
def exams() -> None:
    """考试：赋分、比较、增值"""


@exams.command()
@workspace_option
@json_option
def schemes(workspace: Path | None, *, as_json: bool) -> None:
    """列出等级赋分办法"""
    found = shelf_here(workspace).schemes.values()
    if as_json:
        print_json([_scheme_told(one) for one in found])
        return
    for one in found:
        rows = [
            (grade.grade, f"{grade.share}%", f"{grade.high}—{grade.low}") for grade in one.grades
        ]
        title = say("{term}（{scheme}）", term=one.term, scheme=one.scheme)
        print_table(title, (say("等级"), say("比例"), say("赋分")), rows)


def _scheme_told(one: Scheme) -> dict[str, object]:
    grades = [
        {"grade": each.grade, "share": as_number(each.share), "high": each.high, "low": each.low}
        for each in one.grades
    ]
    return {"scheme": one.scheme, "term": one.term, "grades": grades}


for _command in (
    *(scale_marks, value_added),
    *(load, list_sittings, set_and_show, refer, show_sitting),
    *(release_sitting, report_sitting, list_pupils, analyse_items),
    *(one_point_table, fitness, arts, rank_schools, show_destinations),
):
    exams.add_command(_command)
