"""What stands, asked again and again: figures kept, gone on with, followed forward; to-dos; search.

    python benchmarks/standing.py [--schools 66 300] [--runs 9] [--write FILE] [--date YYYY-MM-DD]

For each number of schools an invented county is made (the example's schools, written again under
other codes), with all returns accepted. Each question is asked so many times in one process; the
median and the slowest are given in wall time, and the median in CPU time, which does not depend on
who else uses the machine. What is said to move is compared with what has moved in the tests, not
here.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from _county import WHO, county
from _measured import machine, write
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.values.record import replace
from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.search.search import search
from xianxue.desk.standing.forward import forward
from xianxue.desk.standing.standing import Standing
from xianxue.desk.standing.todo import todo
from xianxue.desk.stores import clock
from xianxue.desk.stores.cabinet import Cabinet

QUERIES = (
    "清泉镇中心小学", "清泉小学", "qq", "qqzzxxx", "2163990005", "639900", "大班额", "专任教师",
    "zrjs", "清泉 班额", "qq shengjun", "自评", "办学类型", "large_classes", "teachers", "小学",
    "x", "年度报表", "一小", "full-time teachers",
)  # fmt: skip
EDITS = {
    "one cell of the staff": {"staff": ["physical_education"]},
    "one cell of the premises": {"premises": ["books"]},
    "the pupils of all grades": {"students": ["enrolled", "girls"]},
    "every number of a return": None,
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--schools", type=int, nargs="+", default=[66, 300])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--date", default="")
    said = parser.parse_args()
    rows = []
    for schools in said.schools:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "county"
            county(root, schools)
            for name, times in measured(root, said.runs):
                rows.append((schools, name, times))
                print(line(schools, name, times), flush=True)
    if said.write:
        head = "| schools | what | wall ms, median | slowest | CPU ms, median |"
        head += "\n|---:|---|---:|---:|---:|"
        about = f"{said.runs} times each, {said.date}; {machine(['polars', 'pypinyin'])}."
        table = "\n".join(line(*row) for row in rows)
        write(said.write, f"{head}\n{table}\n\n{about}", "standing")


def line(schools, name, times):
    wall = [one for one, _ in times]
    cpu = statistics.median(one for _, one in times)
    return f"| {schools} | {name} | {statistics.median(wall):.1f} | {max(wall):.1f} | {cpu:.1f} |"


def measured(root, runs):
    """Ask each question; give its name and its times."""
    standing = Standing(root)
    standing.ground()
    period = standing.period()
    yield "figures, made anew", [timed(lambda: fresh(root, period)) for _ in range(3)]
    counted = standing.counted(period)
    for name in (*counted.shelf.standards,):
        counted.assessment(name)
    yield "figures, kept", [timed(lambda: standing.counted(period)) for _ in range(runs)]
    yield "figures after an approval", [gone_on(standing, period, n) for n in range(runs)]
    counted = standing.counted(period)
    filed = a_return(counted)
    forward(counted, edited(filed, EDITS["every number of a return"]))
    for name, sheets in EDITS.items():
        changed = edited(filed, sheets)
        times = [timed(lambda: forward(counted, changed)) for _ in range(runs)]  # noqa: B023
        yield f"what would move: {name}", times
    form = next(iter(counted.shelf.forms))
    yield (
        "state of all returns, kept",
        [timed(lambda: standing.status(form, period)) for _ in range(runs)],
    )
    office = Actor("赵六（虚构）", "office_clerk")
    clerk = Actor("张三（虚构）", "school_clerk", filed.place)
    for who, actor in (("the office", office), ("a school's clerk", clerk)):
        fresh_ones = (replace(actor, name=f"{actor.name}{n}") for n in range(runs))
        yield f"to-dos of {who}, made", [timed(lambda: todo(standing, one)) for one in fresh_ones]  # noqa: B023
        todo(standing, actor)
        yield f"to-dos of {who}, kept", [timed(lambda: todo(standing, actor)) for _ in range(runs)]  # noqa: B023
    yield "search, first of all", [timed(lambda: search(standing, office, "清泉"))]
    for query in QUERIES:
        search(standing, office, query)
    times = [timed(lambda: search(standing, office, q)) for q in QUERIES for _ in range(runs)]  # noqa: B023
    times.sort()
    yield f"search, {len(QUERIES)} queries", times
    yield "search, their 95th percentile", [times[len(times) * 95 // 100]]


def timed(what):
    wall, cpu = time.perf_counter(), time.process_time()
    what()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - cpu)


def fresh(root, period):
    Standing(root).counted(period)


def gone_on(standing, period, number):
    """Accept one more return, and time the first who asks for figures then."""
    from xianxue.desk.actions.accept_returns import AcceptReturns  # noqa: PLC0415 - needs Django

    filed = edited(a_return(standing.counted(period), number), EDITS["every number of a return"])
    cabinet = Cabinet(standing.root / "store" / "cabinet")
    deed = AcceptReturns(standing.ground(), WHO, clock.now(), "更正（虚构）", cabinet=cabinet)
    if refused := deed([filed]).refused:
        raise ValueError(refused[0].message)
    return timed(lambda: standing.counted(period))


def a_return(counted, number=3):
    """Give what a school with pupils, staff and premises has reported."""
    wanted = {"students", "staff", "premises"}
    own = [one for one in counted.base.returns.values() if wanted <= one.tables.keys()]
    return own[number % len(own)]


def edited(filed, sheets):
    """Give a return with one more in some fields, or in all numbers there are."""

    def cell(sheet, field, was):
        every = sheets is None and sheet not in {"basic", "classes"}
        mine = every or (sheets is not None and field in sheets.get(sheet, ()))
        return Cell(was.value + 1) if mine and isinstance(was.value, int) else was

    tables = {
        sheet: tuple(
            Row(row.code, {name: cell(sheet, name, was) for name, was in row.cells.items()})
            for row in rows
        )
        for sheet, rows in filed.tables.items()
    }
    return replace(filed, tables=tables, revision=0, digest="", file="更正.xlsx")


if __name__ == "__main__":
    main()
