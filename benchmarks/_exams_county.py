"""A county's mock examination at the command line: each command a process of its own, start-up too.

6,302 invented candidates (虚构) × 7 subjects of 3+1+2, four of them scaled, in the example county.
"""

import os
import random
import statistics
import subprocess
import sys
import time

from _measured import demand

MANY = 6302
SCHOOL = "3463990001"
HEAD = "学校代码,班级,考号,姓名,科类,语文,数学,外语,物理,历史,化学,生物,政治,地理"
LINES = ["本科批控制线/物理类=380", "本科批控制线/历史类=390", "特殊类型招生控制线/物理类=480"]


def measure(folder, runs):
    """Load, line and show the examination; give the median seconds of clock and CPU of each."""
    # What is installed has its bytecode; the first run writes it.
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    workspace, table = folder / "county", folder / "模拟.csv"
    table.write_text("\n".join(_rows()), encoding="utf-8")
    _run(environment, ["demo", workspace])
    taken = {}
    for number in range(runs + 1):
        name, where = f"模拟{number}", ["--workspace", workspace]
        named = ["--exam", "mock", "--name", name, "--day", "2026-03-10"]
        lines = [word for line in LINES for word in ("--set", line)]
        for words in (
            ["load", table, *named],
            ["lines", name, *lines, "--document", "虚构"],
            ["show", name],
        ):
            took = _run(environment, ["exams", *words, *where])
            if number:
                taken.setdefault(words[0], []).append(took)
    return {
        name: [statistics.median(one) for one in zip(*runs_of, strict=True)]
        for name, runs_of in taken.items()
    }


def _run(environment, words):
    code = "from xianxue.desk.cli import main; main()"
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    demand(not done.returncode, done.stdout + done.stderr)
    after = os.times()
    return time.perf_counter() - began, sum(after[2:4]) - sum(before[2:4])


def _rows():
    chance = random.Random(MANY)
    yield HEAD
    for number in range(MANY):
        able = chance.gauss(0.6, 0.15)
        marks = [
            "缺考"
            if chance.random() < 0.005
            else f"{round(full * min(1, max(0, chance.gauss(able, 0.08))))}"
            for full in (150, 150, 150, *[100] * 6)
        ]
        physics = chance.random() < 0.55
        marks[4 if physics else 3] = "未选"
        for left in chance.sample(range(5, 9), 2):
            marks[left] = "未选"
        track = "物理类" if physics else "历史类"
        who = [SCHOOL, f"{number % 40 + 1}班", f"{number:05}", f"考生{number}（虚构）", track]
        yield ",".join([*who, *marks])
