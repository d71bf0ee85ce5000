"""The workbench under the load of a whole county: every answer timed, every write looked for again.

    python benchmarks/web.py [--schools 300] [--users 200] [--think 8] [--seconds 60] [--write FILE]

A server as `xianxue serve` starts it, on an invented county; beside it, on the same cores, so many
people in one process, each with a browser's connection of their own. Each has signed in before the
clock starts, and from then on does the next thing after a time that is drawn from an exponential
distribution: opens a list, searches it, opens one of its lines, looks at a figure, writes. What a
person finds comes from the links of the pages they have seen, so that every room there is takes
part. Answers are timed twice: at the server, from the moment a thread takes the request until its
answer is written; and at the client, from the first byte sent to the last one received. A
connection that the server has closed meanwhile is opened again, as browsers do.

Afterwards every write that was answered with success is looked for in the journal.
"""

# The process that serves imports only what serves.
# ruff: noqa: PLC0415

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from _measured import demand, machine, write
from _web_client import Answer, Client, LostError
from _web_county import build

PACKAGES = ["django", "waitress", "polars"]
TOGETHER = 8
"""How many people sign in at the same time, before the clock starts."""
SHARES = {"list": 40, "line": 30, "figure": 15, "home": 15}
"""How often people read what, of a hundred times."""
FIGURES = ("/indicators", "/assessment", "/releases", "/cockpit")
"""The rooms of figures; what other rooms link is a list or one of its lines."""
ACCEPTABLE = (200, 302, 303)
NAMES = {
    "list": "a list",
    "line": "one of its lines",
    "figure": "figures",
    "home": "the first page",
}
COMMAND = "import sys; from xianxue.desk.cli import main; sys.exit(main())"


# ── the server ──────────────────────────────────────────────────────────────


def serve(workspace, told):
    """Serve as `xianxue serve` does, and note for each request how long it took."""
    from xianxue.web import server

    notes = told.open("w", encoding="utf-8", buffering=1)
    plain = server.application

    def timed():
        answer = plain()

        def application(environ, start):
            began, cpu = time.perf_counter(), time.thread_time()
            try:
                yield from answer(environ, start)
            finally:
                spent = (time.perf_counter() - began, time.thread_time() - cpu)
                notes.write(f"{time.time()}\t{environ['PATH_INFO']}\t{spent[0]}\t{spent[1]}\n")

        return application

    server.application = timed
    server.serve(workspace, "127.0.0.1", 0)


class Serving:
    """The server's process, and what it has used."""

    def __init__(self, workspace, scratch):
        import psutil

        self.told, said, self.errors = (scratch / name for name in ("told", "said", "errors"))
        words = [sys.executable, __file__, "--serve", str(workspace), "--told", str(self.told)]
        with said.open("w") as out, self.errors.open("w") as err:
            self.process = subprocess.Popen(words, stdout=out, stderr=err)
        end = time.monotonic() + 120
        while not said.read_text().endswith("\n"):
            demand(self.process.poll() is None and time.monotonic() < end, self.complaint())
            time.sleep(0.1)
        self.url = said.read_text().strip()
        self.seen = psutil.Process(self.process.pid)

    def complaint(self):
        """Give the last of what it wrote to its log."""
        return self.errors.read_text(encoding="utf-8", errors="replace")[-3000:]

    def cpu(self):
        """Give the processor's seconds it has used."""
        times = self.seen.cpu_times()
        return times.user + times.system

    def memory(self):
        """Give the megabytes it holds."""
        return self.seen.memory_info().rss / 2**20

    def seconds(self, since, until):
        """Give what each request between two moments took here."""
        lines = (line.split("\t") for line in self.told.read_text(encoding="utf-8").splitlines())
        return [float(line[2]) for line in lines if since <= float(line[0]) <= until]

    def stop(self):
        """Stop it."""
        self.process.terminate()
        self.process.wait(30)


# ── the people ──────────────────────────────────────────────────────────────


@dataclass
class Tally:
    """What everybody met together."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    sizes: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    written: list[tuple[str, str]] = field(default_factory=list)
    """What was answered with success: the deed, and whose it was."""

    def note(self, what, answer: Answer):
        """Note one answer; what is neither a page nor the way to one is an error."""
        self.seconds.setdefault(what, []).append(answer.seconds)
        self.sizes.append(answer.sent)
        if answer.status not in ACCEPTABLE:
            self.errors.append(f"{answer.status} {answer.url}")


@dataclass
class Person:
    """Somebody at work."""

    client: Client
    account: dict[str, str]
    chance: random.Random
    tally: Tally
    links: dict[str, list[str]] = field(default_factory=dict)

    async def come_in(self):
        """Sign in, and see what there is."""
        door = await self.client.get("/login")
        said = {"login": self.account["login"], "password": self.account["password"]}
        inside = await self.client.post("/login/in", said, door)
        demand(inside.status in {302, 303}, f"{self.account['login']} is not let in")
        self.remember(await self.client.get("/"))

    def remember(self, page: Answer):
        """Keep where a page leads, by what it is."""
        for link in page.links:
            path = link.partition("?")[0]
            if path.endswith((".xlsx", ".docx", ".zip", ".pdf", ".ics")) or path == "/":
                continue
            deep = path.strip("/").count("/") > 0
            what = "figure" if path.startswith(FIGURES) else "line" if deep else "list"
            known = self.links.setdefault(what, [])
            if link not in known and len(known) < 200:
                known.append(link)

    async def work(self, until, think):
        """Do one thing after another, with time to think in between."""
        await asyncio.sleep(self.chance.uniform(0, think))
        while (now := time.monotonic()) < until:
            try:
                await self.one_thing()
            except LostError as error:
                self.tally.errors.append(str(error))
            planned = now + self.chance.expovariate(1 / think)
            await asyncio.sleep(max(0, min(planned, until) - time.monotonic()))
        await self.client.close()

    async def one_thing(self):
        """Read something that a page before has led to."""
        kinds = [what for what in SHARES if what == "home" or self.links.get(what)]
        (what,) = self.chance.choices(kinds, [SHARES[each] for each in kinds])
        to = "/" if what == "home" else self.chance.choice(self.links[what])
        answer = await self.client.get(to)
        self.tally.note(what, answer)
        self.remember(answer)


async def load(serving, people, think, seconds):
    """Let everybody come in, then work; give when that began and ended, and the server's CPU."""
    gate = asyncio.Semaphore(TOGETHER)

    async def come_in(person):
        async with gate:
            await person.come_in()

    await asyncio.gather(*(come_in(each) for each in people))
    began, before, until = time.time(), serving.cpu(), time.monotonic() + seconds
    lag = asyncio.create_task(_lag(people[0].tally, until))
    await asyncio.gather(*(each.work(until, think) for each in people))
    await lag
    return began, time.time(), serving.cpu() - before


async def _lag(tally, until):
    """Note how late this process itself is: what it adds to each time at the client."""
    while time.monotonic() < until:
        before = time.monotonic()
        await asyncio.sleep(0.05)
        tally.late.append(time.monotonic() - before - 0.05)


# ── all of it ───────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Measured:
    """What came of it."""

    tally: Tally
    here: list[float]
    """Seconds of each request at the server."""
    cpu: float
    memory: float
    took: float
    reopened: int
    lost: list[str]


def measure(said, scratch):
    """Load a server on a copy of the county."""
    county = build(said.folder or scratch / "made", said.schools, said.users)
    workspace = Path(shutil.copytree(county, scratch / "county"))
    before = len(journal(workspace))
    serving, tally = Serving(workspace, scratch), Tally()
    try:
        people = [
            Person(Client(serving.url), account, random.Random(number), tally)
            for number, account in zip(range(said.users), _accounts(workspace), strict=False)
        ]
        began, ended, cpu = asyncio.run(load(serving, people, said.think, said.seconds))
        memory = serving.memory()
    finally:
        serving.stop()
    demand("Traceback" not in serving.complaint(), serving.complaint())
    demand(not tally.errors, "\n".join(f"{n} × {e}" for e, n in Counter(tally.errors).items()))
    lost = not_in_the_journal(journal(workspace)[before:], tally.written)
    demand(not lost, "lost writes:\n" + "\n".join(lost))
    here = serving.seconds(began, ended)
    reopened = sum(each.client.reopened for each in people)
    return Measured(tally, here, cpu, memory, ended - began, reopened, lost)


def journal(workspace):
    """Give the lines of the journal."""
    words = ["journal", "show", "--json", "--workspace", str(workspace)]
    told = subprocess.run(
        [sys.executable, "-c", COMMAND, *words], capture_output=True, text=True, check=False
    )
    demand(told.returncode == 0, told.stderr)
    return json.loads(told.stdout)


def not_in_the_journal(lines, written):
    """Give the writes that were answered with success and that none of these lines tells."""
    told = Counter((line["deed"], line["place"]) for line in lines)
    return [
        f"{deed} of {place}: {many} answered, {told[deed, place]} in the journal"
        for (deed, place), many in Counter(written).items()
        if told[deed, place] < many
    ]


def _accounts(workspace):
    """Give the accounts of everybody, in an order that mixes the roles."""
    lines = (workspace / "people.tsv").read_text(encoding="utf-8").splitlines()
    names, *rest = (line.split("\t") for line in lines)
    accounts = [dict(zip(names, line, strict=True)) for line in rest]
    random.Random(0).shuffle(accounts)
    return accounts


def table(said, found: Measured):
    """Write the results as a table in Markdown."""
    rows = [
        "| what people did | answers | p50 ms | p95 ms | most |",
        "|---|---:|---:|---:|---:|",
        *(_row(NAMES[what], seconds) for what, seconds in sorted(found.tally.seconds.items())),
        _row(
            "**all, at the client**", [one for each in found.tally.seconds.values() for one in each]
        ),
        _row("**all, at the server**", found.here),
    ]
    many = len(found.here)
    middle, most = statistics.median(found.tally.sizes), max(found.tally.sizes)
    load = f"{said.users} people, mean think time {said.think:g} s, {said.schools} schools"
    used = f"{found.cpu / many * 1000:.1f} ms CPU a request"
    cores = (
        f"{found.cpu / found.took / (os.cpu_count() or 1):.0%} of the cores, {found.memory:.0f} MB"
    )
    sizes = f"{middle / 1000:.0f} kB an answer, at most {most / 1000:.0f}"
    late = f"{_at(found.tally.late, 95) * 1000:.0f} ms late at 95 of 100"
    said_last = [
        f"{load}: {many / found.took:.1f} requests a second in {found.took:.0f} s.",
        f"The server: {used}, {cores}.",
        f"{sizes}; {found.reopened} connections opened again; the generator itself was {late}.",
        f"No error; {len(found.tally.written)} writes, none lost.",
        f"{said.date}{'; ' if said.date else ''}{machine(PACKAGES)}.",
    ]
    return "\n".join([*rows, "", *said_last])


def _row(name, seconds):
    shown = [f"{each * 1000:,.0f}" for each in (_at(seconds, 50), _at(seconds, 95), max(seconds))]
    return f"| {name} | {len(seconds):,} | {' | '.join(shown)} |"


def _at(seconds, percent):
    """Give what so many of a hundred stay below."""
    return sorted(seconds)[max(0, -(-len(seconds) * percent // 100) - 1)]


def main():
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schools", type=int, default=300)
    parser.add_argument("--users", type=int, default=200)
    parser.add_argument("--think", type=float, default=8, help="mean seconds between two things")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--date", default="", help="the day of the measurement, for the table")
    parser.add_argument("--folder", type=Path, help="where the county is kept; else thrown away")
    parser.add_argument("--write", type=Path, help="a page with marks for the table")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--told", type=Path, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.serve:
        serve(said.serve, said.told)
        return
    with tempfile.TemporaryDirectory() as scratch:
        text = table(said, measure(said, Path(scratch)))
    print(text)
    if said.write:
        write(said.write, text, "web")


if __name__ == "__main__":
    main()
