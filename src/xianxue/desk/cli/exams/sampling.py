"""``xianxue exams fitness``, ``arts`` and ``ranks``: samples scored, schools ranked by interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.values.rounding import plain
from xianxue.bureau.values.sentence import Sentence, say
from xianxue.desk.cli.exams.loading import load_read, mark_copies
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import (
    json_option,
    period_option,
    print_issues,
    print_json,
    print_table,
    workspace_option,
)
from xianxue.desk.cli.spoken import GivenFile, command, option
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.bureau.exams.ranking import Ranked
    from xianxue.desk.exams.sampling import One, Sample

_BY = "本机操作员"
_FOLDER = click.Path(file_okay=False, path_type=Path)


def _options(made: Any) -> Any:  # noqa: ANN401 - as click's decorators
    for each in (
        json_option,
        option("--as", "by", default=_BY, show_default=True, help="谁办理"),
        option("--pupils", is_flag=True, help="逐人列出得分和等级"),
        option("--marked", type=_FOLDER, help="有问题的表，把问题标在副本里，写到这个目录"),
        option("--name", default="", help="载入为这个名称的一次抽测；不写只算不载入"),
        option(
            "--day", type=click.DateTime(["%Y-%m-%d"]), help="抽测的日子（默认今天；载入时要写）"
        ),
        period_option,
        option("--norms", required=True, help="评分表的编号"),
        workspace_option,
        click.argument("files", type=GivenFile(), nargs=-1, required=True),
    ):
        made = each(made)
    return made


@command("fitness")
@_options
def fitness(**given: Any) -> int:  # noqa: ANN401 - the options above
    """体质健康抽测：按评分表给每名学生评等级，各校及格率带区间"""
    return _sampled(**given)


@command("arts")
@_options
def arts(**given: Any) -> int:  # noqa: ANN401 - as above
    """艺术素质抽测：给每名学生评等级，各校合格率带区间"""
    return _sampled(**given)


def _sampled(  # noqa: PLR0913 - options of one command
    *,
    files: tuple[Path, ...],
    workspace: Path | None,
    norms: str,
    period: str | None,
    day: datetime | None,
    name: str,
    marked: Path | None,
    pupils: bool,
    by: str,
    as_json: bool,
) -> int:
    from xianxue.desk.exams.sampling import how_named, read_sample  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.sittings import New, check_name, load  # noqa: PLC0415 - as above
    from xianxue.desk.stores.clock import day_of, now  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    how = how_named(opened, norms)
    if name:
        check_name(name)
        if day is None:
            raise MisusedError(say("载入要写明抽测的日子：--day 年-月-日"))
    on = day.date() if day is not None else day_of(now())
    sample = read_sample(opened, how, files, on)
    if marked is not None:
        mark_copies(files, sample.issues, marked, as_json=as_json)
    if any(one.severity is not Severity.NOTE for one in sample.issues):
        print_issues(list(sample.issues), as_json=as_json)
        return 1
    new = New(how.exam, opened.period(period).code, name.strip(), on)
    if as_json:
        held = load(opened, new, sample.given, by)[0].sitting.key if name else None
        print_json({"sitting": held, **_told(sample)})
        return 0
    if name:
        return load_read(opened, new, sample.given, by, as_json=False)
    print_issues(list(sample.issues), as_json=False)
    _print(opened, sample, pupils=pupils)
    return 0


def _told(sample: Sample) -> dict[str, object]:
    from xianxue.desk.exams.ranks import level_named, ranks_of  # noqa: PLC0415 - with the engine

    analysis, shown = sample.analysis, sample.shown
    if analysis is None or shown is None:
        return {}
    level = level_named(analysis)
    return {
        "norms": sample.how.norms.norms,
        "exam": sample.how.exam.exam,
        "pupils": [_pupil(one) for one in sample.pupils],
        "levels": dict(sample.levels),
        "ranked_by": level.mark,
        "schools": [ranked_told(one) for one in ranks_of(analysis, shown, level)],
    }


def _pupil(one: One) -> dict[str, object]:
    pupil = one.pupil
    return {
        "id": one.id,
        "file": pupil.tab.file,
        "line": pupil.row + 1,
        "school": one.school,
        "class": one.in_class,
        "group": pupil.of,
        "sex": pupil.sex,
        "points": {item: plain(points, 2) for item, points in pupil.points.items()},
        "score": None if pupil.score is None else plain(pupil.score, 2),
        "level": None if one.level is None else one.level.mark,
    }


def ranked_told(one: Ranked) -> dict[str, object]:
    """Tell one school of a ranking."""
    value = one.share.value
    return {
        "school": one.group,
        "reached": one.share.part,
        "base": one.share.base,
        "rate": None if isinstance(value, Sentence) else plain(value),
        "low": None if one.within is None else f"{one.within.low:.6f}",
        "high": None if one.within is None else f"{one.within.high:.6f}",
        "place": one.place,
        "best": one.best,
        "worst": one.worst,
    }


def _print(opened: Workspace, sample: Sample, *, pupils: bool) -> None:
    from xianxue.desk.exams.ranks import level_named, ranks_of  # noqa: PLC0415 - with the engine
    from xianxue.desk.exams.written import bare  # noqa: PLC0415 - as above

    analysis, shown = sample.analysis, sample.shown
    if analysis is None or shown is None:
        return
    if pupils:
        _print_pupils(opened, sample)
    scored = sum(sample.levels.values())
    rows = [
        (level.term, str(sample.levels[level.mark]), bare(analysis_share(sample, level.mark)))
        for level in analysis.levels
    ]
    print_table(say("{term}各等级", term=sample.how.exam.term),
                (say("等级"), say("人数"), say("占比%")), rows)  # fmt: skip
    left = len(sample.pupils) - scored
    echo(say("有得分的 {n} 人；缺项没有得分的 {left} 人，不计。", n=scored, left=left))
    level = level_named(analysis)
    print_ranks(ranks_of(analysis, shown, level), level.term, opened)
    echo(say("评分表：{norms}。", norms=sample.how.norms.term))


def analysis_share(sample: Sample, mark: str):  # noqa: ANN201 - a fraction or a sentence
    """Give the share of those with a score who have a level, and no better one."""
    from xianxue.bureau.exams.shares import WITH_TOTAL  # noqa: PLC0415 - with the engine
    from xianxue.bureau.exams.statistics import Share  # noqa: PLC0415 - as above

    return Share(sample.levels[mark], sum(sample.levels.values()), WITH_TOTAL).value


def _print_pupils(opened: Workspace, sample: Sample) -> None:
    names = {place.code: place.name for place in opened.register}
    rows = [
        (
            one.id or str(one.pupil.row + 1),
            names.get(one.school, one.school),
            one.in_class,
            "—" if one.pupil.score is None else plain(one.pupil.score, 2),
            say("没有得分") if one.level is None else one.level.term,
        )
        for one in sample.pupils
    ]
    heads = (say("编号"), say("学校"), say("班级"), say("得分"), say("等级"))
    print_table(say("逐人得分"), heads, rows)


def print_ranks(found: Sequence[Ranked], term: Sentence, opened: Workspace) -> None:
    """Print schools with intervals and the places these leave open."""
    from xianxue.bureau.report.text import plain as told  # noqa: PLC0415 - as below
    from xianxue.desk.exams.papers.tables import ranks_table  # noqa: PLC0415 - with the engine

    names = {place.code: place.name for place in opened.register}
    table = ranks_table(found, term, lambda code: names.get(code, code))
    print_table(table.caption, table.header, [[told(cell) for cell in row] for row in table.rows])
    echo(table.note)


@command("ranks")
@click.argument("sitting")
@workspace_option
@option("--level", default="", help="按哪一等次的比例排，如 及格；不写按最低的一等")
@json_option
def rank_schools(sitting: str, *, workspace: Path | None, level: str, as_json: bool) -> None:
    """各校位次，附区间和可能的位次；卡片写明不排的考试不排"""
    from xianxue.desk.exams.ranks import level_named, ranks_of  # noqa: PLC0415 - as above
    from xianxue.desk.exams.results import results_of  # noqa: PLC0415 - needs the engine
    from xianxue.desk.exams.sittings import sitting_named  # noqa: PLC0415 - as above
    from xianxue.desk.exams.unions import shown_in  # noqa: PLC0415 - as above

    opened = Workspace.open(workspace)
    standing = sitting_named(opened, sitting)
    analysis = results_of(opened, standing)
    chosen = level_named(analysis, level)
    found = ranks_of(analysis, shown_in(opened, standing, analysis), chosen)
    if as_json:
        print_json([ranked_told(one) for one in found])
        return
    print_ranks(found, chosen.term, opened)
