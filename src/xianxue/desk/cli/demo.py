"""``xianxue demo``: the example county, from filled workbooks to signed-off pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

import click

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.places.place import Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.records.returned import Return
from xianxue.bureau.records.target import Attainment
from xianxue.bureau.values.periods import Period
from xianxue.bureau.values.record import Record, replace
from xianxue.bureau.values.sentence import say
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.context import Key, Signatures
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.cli.language import echo
from xianxue.desk.cli.output import print_issues, print_table
from xianxue.desk.cli.practice import FILE, make_accounts, own_school, tell_accounts
from xianxue.desk.cli.spoken import command, option
from xianxue.desk.returns.intake import Judge, Judged
from xianxue.desk.returns.templates import file_name
from xianxue.desk.stores import clock
from xianxue.desk.stores.cores import cores, one_thread, share
from xianxue.desk.stores.examples import Example, example_names
from xianxue.desk.stores.settings_file import NAME, write_settings
from xianxue.desk.workspace import MisusedError, Workspace

if TYPE_CHECKING:
    from xianxue.desk.indicators.river import River
    from xianxue.desk.returns.next_round import Filled

_EXAMPLE: Final = "demo_county"
_MADE: Final = ("workbooks", "store", "out")
"""What the demo makes anew each time; whatever else is in the folder is left alone."""
_AGO: Final = timedelta(days=45)
"""How long ago the example's own round was closed; what follows needs days of its own."""
_FEW: Final = 20
"""Up to so many workbooks a second process takes longer to begin than it saves."""
_LEDGERS: Final = {_EXAMPLE: (), "four_schools": ("meetings",)}
"""The examples that have entries, and in which ledgers; nothing named is all."""
_OUTLINES: Final = ("annual_summary", "balance_self_assessment")


@command()
@click.argument(
    "folder", type=click.Path(file_okay=False, path_type=Path), default=Path("demo"), required=False
)
@option(
    "--example",
    "name",
    type=click.Choice(example_names()),
    default=_EXAMPLE,
    show_default=True,
    help="哪一个示例县",
)
def demo(folder: Path, name: str) -> int:
    """造一个虚构的示范县，从填好的报表一直走到报告"""
    started = perf_counter()
    example = Example.open(name)
    _clear(folder, example)
    lay_out_example(folder, example)
    # What makes practice accounts good here, and only here.
    write_settings(folder / NAME, replace(example.settings, demo=True))
    workspace = Workspace.open(folder)
    one_thread()
    steps: list[tuple[str, str, str]] = []

    files, judged = fill_in_and_check(
        workspace, example, folder / "workbooks", lambda: _load_ahead(workspace)
    )
    steps.append((say("学校填报"), say("{n} 份工作簿", n=len(files)), "workbooks/"))

    from xianxue.desk.indicators.river import River  # noqa: PLC0415 - as above
    from xianxue.desk.returns.explanations import UNEXPLAINED  # noqa: PLC0415 - as above
    from xianxue.desk.returns.submission import accept_files  # noqa: PLC0415 - as above
    from xianxue.desk.returns.whole_way import People, walk  # noqa: PLC0415 - after the cheap steps

    now, signed = clock.now(), partial(_signed, workspace.register)
    # What the example is about was collected before its next round was opened.
    then = now - _AGO if example.name == _EXAMPLE else now
    walked = walk(workspace, files, judged, People(submits=signed, reviews=_reviewer), then)
    refused = [each for each in walked.issues if each.severity is Severity.MUST_FIX]
    collected: set[str] = set()
    unexplained = {each.file for each in refused if each.code == UNEXPLAINED}
    if unexplained:
        # A published case has the numbers it has: nobody can explain them, so they are collected.
        outcome = accept_files(
            workspace,
            [file for file in files if file.name in unexplained],
            actor="代收人（虚构）",
            why=say("公开发表的案例，按原数收取"),
            at=then,
        )
        collected = {each.filed.file for each in outcome.accepted}
        refused = [each for each in refused if each.file not in collected]
    if refused:
        print_issues(refused, as_json=False)
    steps.append((say("校验、报送"), say("报送 {n} 份", n=walked.submitted), "store/"))
    if unexplained:
        steps.append((say("代收"), say("收取 {n} 份", n=len(collected)), "xianxue returns trail"))
    steps.append(
        (
            say("审核、通过"),
            say("通过 {n} 份", n=walked.approved),
            "xianxue returns status",
        )
    )

    steps += _beside(workspace, example, then, now)

    river = River(workspace, workspace.period(None))
    indicators = len({figure.indicator for figure in river.figures.values()})
    steps.append(
        (
            say("指标"),
            say("{indicators} 项指标，{n} 个数", indicators=indicators, n=len(river.figures)),
            "xianxue indicators list",
        )
    )
    for each in workspace.shelf.standards:
        judged = river.assess(each, river.period.reference_day)
        steps.append(
            (
                say("判定"),
                say("{standard}：{verdict}", standard=judged.term, verdict=judged.verdict.term),
                f"xianxue assess {each}",
            )
        )
    from xianxue.desk.targets.standing import reported  # noqa: PLC0415 - as above

    targets = reported(river)
    # Other examples are small cases with few forms: their outlines would be full of gaps.
    if example.name == _EXAMPLE:
        refused += _documents(river, folder / "out", targets, steps)

        steps += _examination(workspace, example, folder / "out")

    accounts = make_accounts(workspace)
    steps.append((say("演示账号"), say("{n} 个，一个角色一个", n=len(accounts)), FILE))

    echo(f"{example.settings.note}\n")
    print_table("", (say("步骤"), say("做了什么"), say("在哪里")), steps)
    _say_next(folder, perf_counter() - started)
    tell_accounts(workspace, accounts)
    return int(bool(refused))


def _say_next(folder: Path, seconds: float) -> None:
    echo(say("用时 {seconds} 秒。接着可以试：", seconds=f"{seconds:.1f}"))
    echo(f"  xianxue indicators explain preschool_gross_enrolment --workspace {folder}")
    echo(f"  xianxue assess balance_resources --workspace {folder}")


def _documents(
    river: River, folder: Path, targets: Sequence[Attainment], steps: list[tuple[str, str, str]]
) -> list[Issue]:
    """Write the example's documents with their working sheets; give what contradicts itself."""
    from xianxue.desk.report.passages import folder_of, passages, texts_of  # noqa: PLC0415 - as below
    from xianxue.desk.report.writing import write  # noqa: PLC0415 - after the cheap steps

    folder.mkdir(exist_ok=True)
    issues: list[Issue] = []
    for each in _OUTLINES:
        term = river.workspace.shelf.outlines[each].term
        slots = passages(
            river.workspace.shelf.outlines[each],
            folder_of(river.workspace, each, river.period.code),
        )
        written = write(river, each, targets=targets, texts=texts_of(slots))
        issues += written.issues
        (folder / f"{term}.docx").write_bytes(written.document)
        steps.append((say("公文"), term, f"out/{term}.docx"))
        if written.sheet is not None:
            (folder / f"{term}-数据说明.docx").write_bytes(written.sheet)
    return issues


def _examination(
    workspace: Workspace, example: Example, folder: Path
) -> Iterator[tuple[str, str, str]]:
    """Hold the example's invented examination."""
    from xianxue.desk.exams.example import PAPER, example_examination  # noqa: PLC0415 - as above
    from xianxue.desk.exams.example_further import further_examinations  # noqa: PLC0415 - as above

    made = example_examination(workspace, example, folder)
    if made is not None:
        yield say("考试"), say("{n} 名学生的成绩", n=made.pupils), f"out/{PAPER}"
    if many := further_examinations(workspace, example):
        yield say("高考、中考和监测"), say("{n} 名学生的成绩", n=many), "xianxue exams list"


def _beside(
    workspace: Workspace, example: Example, then: datetime, now: datetime
) -> Iterator[tuple[str, str, str]]:
    """Add what the example's own round is seen with: the year before, the next one, targets."""
    from xianxue.desk.returns.earlier_years import (  # noqa: PLC0415 - after the cheap steps
        collect_earlier,
    )
    from xianxue.desk.targets.listing import set_lines  # noqa: PLC0415 - as above

    if many := collect_earlier(workspace, example, then):
        yield say("上学年的数"), say("收下 {n} 份，供比较", n=many), "store/"
    if example.name == _EXAMPLE:
        yield _next_round(workspace, example, now)
    if example.name in _LEDGERS:
        yield _ledgers(workspace, example, now)
    if example.name == _EXAMPLE:
        yield _ballots(workspace, now)
        yield _appraisals(workspace, now)
    if many := set_lines(workspace, example.targets(), "办公室（虚构）"):
        yield say("年度目标"), say("设定 {n} 项", n=many), "xianxue targets list"


def _next_round(workspace: Workspace, example: Example, now: datetime) -> tuple[str, str, str]:
    """Begin the round after the example's own, so that the workbench has something to do."""
    from xianxue.desk.returns.next_round import begin_next_round  # noqa: PLC0415 - after the others

    with TemporaryDirectory() as scratch:

        def fill(period: Period, returns: list[tuple[Form, Place, Return]]) -> Filled:
            return _filled(_Filling(workspace, Path(scratch), returns, period))

        returns = example.returns(workspace.shelf, workspace.register)
        own = own_school(workspace.register, clock.day_of(now))
        begun = begin_next_round(workspace, returns, own, fill, now)
    did = say(
        "{period}：已报 {n} 份，退回 {back} 份，等 {silent} 所",
        period=begun.period.term,
        n=begun.handed_in,
        back=begun.returned,
        silent=begun.silent,
    )
    return say("下一轮报送"), did, f"xianxue returns status --period {begun.period.code}"


def _ledgers(workspace: Workspace, example: Example, now: datetime) -> tuple[str, str, str]:
    """Fill the ledgers with a year of entries; a small case has a handful."""
    from xianxue.desk.ledgers.example.year import example_year  # noqa: PLC0415 - after the others

    made = example_year(workspace, example.folder, now)(_LEDGERS[example.name])
    return say("台账"), say("登记 {n} 条", n=made.entries), "xianxue ledgers list"


def _ballots(workspace: Workspace, now: datetime) -> tuple[str, str, str]:
    """Hold the example's invented ballots: appraisals of two years, an election, a survey."""
    from xianxue.desk.ballots.example import example_ballots  # noqa: PLC0415 - after the others

    made = example_ballots(workspace, now)
    did = say("{n} 次，收回 {m} 份", n=made.ballots, m=made.answers)
    return say("测评、选举和问卷"), did, "xianxue ballots list"


def _appraisals(workspace: Workspace, now: datetime) -> tuple[str, str, str]:
    """Hold the example's invented appraisals: one is published, others are on their way."""
    from xianxue.desk.appraisal.example import (  # noqa: PLC0415 - after the others
        example_appraisals,
    )

    made = example_appraisals(workspace, now)
    did = say("{n} 项评价，登记 {m} 条", n=made.appraisals, m=made.lines)
    return say("评价与考核"), did, "xianxue appraise list"


def _signed(register: Register, key: Key) -> tuple[Actor, Signatures]:
    """Give the clerk and the head of a place: invented, and known by their part alone."""
    name = register[key.place].name
    clerk, head = f"{name}填报员（虚构）", f"{name}校长（虚构）"
    return Actor(clerk, "school_clerk", key.place), Signatures(clerk, head)


def _reviewer(key: Key, step: str, roles: Sequence[str]) -> Actor:
    """Give another person for each step, so that the demo goes by the rule of four eyes.

    The last role of a step approves: where a card lets the office and its leader do it, the office
    reviews and the leader approves.
    """
    del key
    role = roles[-1] if step == "approve" else roles[0]
    return Actor(
        {"review": "审核员（虚构）", "approve": "批准人（虚构）"}.get(step, "转报人（虚构）"),
        role,
    )


def _clear(folder: Path, example: Example) -> None:
    """Make room in a folder that is new, or that an earlier demo has made."""
    if folder.exists() and any(folder.iterdir()):
        settings = folder / NAME
        # The note says that the county is invented; a real county's folder has another or none.
        if not settings.is_file() or example.settings.note not in settings.read_text("utf-8"):
            message = say("{folder} 里有别的东西，示范县不往里写：请换一个新目录", folder=folder)
            raise MisusedError(message)
    folder.mkdir(parents=True, exist_ok=True)
    for name in _MADE:
        shutil.rmtree(folder / name, ignore_errors=True)


def _load_ahead(workspace: Workspace) -> None:
    """Load what the next steps need, and make the database."""
    import xianxue.bureau.report.word  # noqa: PLC0415 - after the other processes have begun
    import xianxue.desk.indicators.river  # noqa: F401, PLC0415 - as above
    from xianxue.desk.returns.opening import open_ground  # noqa: PLC0415 - as above

    open_ground(workspace)


def fill_in(workspace: Workspace, example: Example, folder: Path) -> list[Path]:
    """Fill in one workbook for each school and one for the county, as their clerks would."""
    return fill_in_and_check(workspace, example, folder)[0]


def fill_in_and_check(
    workspace: Workspace,
    example: Example,
    folder: Path,
    meanwhile: Callable[[], object] = lambda: None,
) -> Filled:
    """Fill in the workbooks and check each, as clerks do before they hand it in.

    ``meanwhile`` is done while other processes write.
    """
    folder.mkdir()
    returns = example.returns(workspace.shelf, workspace.register)
    return _filled(_Filling(workspace, folder, returns, workspace.period(None)), meanwhile)


def _filled(fill: _Filling, meanwhile: Callable[[], object] = lambda: None) -> Filled:
    jobs = range(len(fill.returns))
    # Writing workbooks is a fifth of the demo's work, and each is by itself.
    others = cores() - 1 if len(jobs) > _FEW else 0
    if others:
        # Before there are several processes: all of them need it.
        import xianxue.bureau.returns.template.workbook  # noqa: F401, PLC0415 - XlsxWriter

        filled = share(fill, jobs, others, meanwhile)
    else:
        filled = list(map(fill, jobs))
    return [path for path, _ in filled], [judged for _, judged in filled]


class _Filling(Record):
    """Fills in one workbook after another; goes into other processes as it is."""

    workspace: Workspace
    folder: Path
    returns: list[tuple[Form, Place, Return]]
    period: Period

    def __call__(self, number: int) -> tuple[Path, Judged]:
        """Write the workbook of one place and check it; give its path and what was found."""
        from xianxue.bureau.returns.template.workbook import (  # noqa: PLC0415 - XlsxWriter
            write_workbook,
        )

        form, place, filed = self.returns[number]
        path = self.folder / file_name(form, place, self.period)
        codes, county = self.workspace.shelf.codes, self.workspace.register.county.name
        path.write_bytes(write_workbook(form, place, self.period, codes, filed, county=county))
        judge = Judge(self.workspace.shelf, self.workspace.register)
        return path, judge((path, path.name))
