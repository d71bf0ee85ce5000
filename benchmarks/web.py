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

Afterwards every write that was answered with success is looked for again: a correction in the
journal, a typed cell in its draft, an upload on its page.
"""

# The process that serves imports only what serves.
# ruff: noqa: PLC0415

import argparse
import asyncio
import json
import os
import random
import re
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
SHARES = {"list": 36, "line": 26, "figure": 14, "home": 12, "edit": 6, "upload": 4, "submit": 2}
"""How often people do what, of a hundred times; only a school's clerk does the last three."""
WRITING = ("edit", "upload", "submit")
CELL = re.compile(r'name="c:(students[.]G[1-9][.](?:migrant|left_behind))" value="([0-9]*)"')
"""Counts that may be one more without any check minding."""
FIELD = re.compile(r'name="(deed|base|clerk|sent|number|of)" value="([^"]*)"')
FIGURES = ("/indicators", "/assessment", "/releases", "/cockpit")
"""The rooms of figures; what other rooms link is a list or one of its lines."""
FORM, PERIOD = "school_annual", "2025-2026"
MOVED_ON, COMPLAINED = 303, 422
ACCEPTABLE = (200, 302, 303)
NAMES = {
    "list": "a list",
    "line": "one of its lines",
    "figure": "figures",
    "home": "the first page",
    "edit": "a cell typed into a sheet, saved",
    "upload": "a workbook sent",
    "submit": "a correction signed",
}
SUBMIT = "returns.submit"
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
        lines = self.errors.read_text(encoding="utf-8", errors="replace").splitlines()
        # How long the queue is stands there every second, and is told by the times.
        return "\n".join(line for line in lines if "queue depth" not in line)[-3000:]

    def cpu(self):
        """Give the processor's seconds it has used."""
        times = self.seen.cpu_times()
        return times.user + times.system

    def memory(self):
        """Give the megabytes it holds."""
        return self.seen.memory_info().rss / 2**20

    def requests(self, since, until):
        """Give path, seconds and CPU of each request that was answered between two moments."""
        lines = (line.split("\t") for line in self.told.read_text(encoding="utf-8").splitlines())
        return [
            (path, float(seconds), float(cpu))
            for at, path, seconds, cpu in lines
            if since <= float(at) <= until
        ]

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
    signed: list[str] = field(default_factory=list)
    """Places whose correction was answered with success."""
    typed: dict[tuple[str, str], str] = field(default_factory=dict)
    """Place and cell: the value that was last answered with «saved»."""
    uploads: list[tuple["Person", str]] = field(default_factory=list)
    """What was taken, and whose it is."""

    def note(self, what, answer: Answer, also=()):
        """Note one answer; what is neither a page nor the way to one is an error."""
        self.seconds.setdefault(what, []).append(answer.seconds)
        self.sizes.append(answer.sent)
        if answer.status not in (*ACCEPTABLE, *also):
            self.errors.append(f"{answer.status} {answer.url}")


@dataclass
class Person:
    """Somebody at work."""

    client: Client
    account: dict[str, str]
    chance: random.Random
    tally: Tally
    workbook: Path | None = None
    """The workbook that the own school has handed in."""
    done: bool = False
    """Whether the correction was signed: it is reviewed before there can be another."""
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
        """Read something that a page before has led to, or write."""
        kinds = [what for what in SHARES if what == "home" or self.links.get(what)]
        if self.account["role"] == "school_clerk" and self.workbook:
            kinds += [what for what in WRITING if what == "upload" or not self.done]
        (what,) = self.chance.choices(kinds, [SHARES[each] for each in kinds])
        if what in WRITING:
            await {"edit": self.edit, "upload": self.upload, "submit": self.submit}[what]()
            return
        to = "/" if what == "home" else self.chance.choice(self.links[what])
        answer = await self.client.get(to)
        self.tally.note(what, answer)
        self.remember(answer)

    @property
    def own(self):
        """Give the address of the return of one's own school."""
        return f"/returns/{FORM}/{PERIOD}/{self.account['place']}/"

    async def edit(self):
        """Type another number into a cell of the own school's sheet; it is saved into the draft."""
        page = await self.client.get(f"{self.own}edit/?sheet=students")
        self.tally.note("line", page)
        cells = CELL.findall(page.text)
        if not cells:
            return
        name, before = self.chance.choice(cells)
        # Always more: what is signed as it was before makes no new revision, and no line.
        typed = str(int(before or 0) + 1)
        said = {"sheet": "students", f"c:{name}": typed, f"a:{name}": before}
        said["deed"] = dict(FIELD.findall(page.text)).get("deed", "")
        saved = await self.client.post(f"{self.own}edit/save", said, page)
        self.tally.note("edit", saved)
        if saved.status == MOVED_ON:
            self.tally.typed[self.account["place"], name] = typed

    async def upload(self):
        """Send the own school's workbook, and see what was found in it."""
        page = await self.client.get("/returns/upload/")
        self.tally.note("list", page)
        files = {"files": (self.workbook.name, self.workbook.read_bytes())}
        said = {"deed": dict(FIELD.findall(page.text)).get("deed", ""), "about": ""}
        taken = await self.client.post("/returns/upload/take", said, page, files)
        self.tally.note("upload", taken)
        if taken.status == MOVED_ON:
            self.tally.uploads.append((self, taken.headers["location"]))
            self.tally.note("line", await self.client.get(taken.headers["location"]))

    async def submit(self):
        """Sign what was typed, once: a correction of what was approved."""
        if not any(place == self.account["place"] for place, _ in self.tally.typed):
            return
        self.done = True
        page = await self.client.get(f"{self.own}sign/")
        self.tally.note("line", page)
        said = {**dict(FIELD.findall(page.text)), "clerk": self.account["login"]}
        said |= {"head": "校长（虚构）", "why": "更正（虚构）"}
        signed = await self.client.post(f"{self.own}sign/submit", said, page)
        # A check may have found that the number typed is to be explained first.
        self.tally.note("submit", signed, also=(COMPLAINED,))
        if signed.status == MOVED_ON:
            place = self.account["place"]
            self.tally.signed.append(place)
            # What was signed is the draft no longer.
            for key in [each for each in self.tally.typed if each[0] == place]:
                del self.tally.typed[key]


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
    spent: list[float]
    """Seconds of the processor that each took: what does not depend on who else wants it."""
    cpu: float
    memory: float
    took: float
    reopened: int

    @property
    def writes(self):
        """Count what was answered with success and looked for again."""
        tally = self.tally
        saved = len(tally.seconds.get("edit", ()))
        return saved + len(tally.uploads) + len(tally.signed)


def measure(said, scratch):
    """Load a server on a copy of the county."""
    county = build(said.folder or scratch / "made", said.schools, said.users)
    workspace = Path(shutil.copytree(county, scratch / "county"))
    before = len(journal(workspace))
    serving, tally = Serving(workspace, scratch), Tally()
    try:
        people = [
            Person(
                Client(serving.url),
                account,
                random.Random(number),
                tally,
                _workbook(county, account),
            )
            for number, account in enumerate(_accounts(workspace)[: said.users])
        ]
        began, ended, cpu = asyncio.run(load(serving, people, said.think, said.seconds))
        memory = serving.memory()
        lost = asyncio.run(not_found_again(people, tally))
    finally:
        serving.stop()
    asked = serving.requests(began, ended)
    here = [seconds for _, seconds, _ in asked]
    print(costs(asked), file=sys.stderr)
    demand("Traceback" not in serving.complaint(), serving.complaint())
    told = [f"{n} × {e}" for e, n in Counter(tally.errors).items()]
    demand(not told, "\n".join([*told, serving.complaint()]))
    lost += not_in_the_journal(journal(workspace)[before:], tally)
    demand(not lost, "lost writes:\n" + "\n".join(lost))
    reopened = sum(each.client.reopened for each in people)
    spent = [seconds for _, _, seconds in asked]
    return Measured(tally, here, spent, cpu, memory, ended - began, reopened)


def journal(workspace):
    """Give the lines of the journal."""
    words = ["journal", "show", "--json", "--workspace", str(workspace)]
    told = subprocess.run(
        [sys.executable, "-c", COMMAND, *words], capture_output=True, text=True, check=False
    )
    demand(told.returncode == 0, told.stderr)
    return json.loads(told.stdout)


def not_in_the_journal(lines, tally):
    """Give the corrections that were answered with success and that none of these lines tells."""
    told = Counter(line["place"] for line in lines if line["deed"] == SUBMIT)
    return [
        f"{place}: {many} corrections answered, {told[place]} in the journal"
        for place, many in Counter(tally.signed).items()
        if told[place] != many
    ]


async def not_found_again(people, tally):
    """Ask for every draft and every upload once more; give what is not as it was answered."""
    lost = []
    by_place = {each.account["place"]: each for each in people if each.workbook}
    for (place, name), typed in tally.typed.items():
        page = await by_place[place].client.get(f"{by_place[place].own}edit/?sheet=students")
        stands = dict(CELL.findall(page.text)).get(name)
        if stands != typed:
            lost.append(f"{place} {name}: {typed} was saved, {stands} stands there")
    for person, address in tally.uploads:
        page = await person.client.get(address)
        if page.status != 200:
            lost.append(f"{address}: taken, and now {page.status}")
    for each in people:
        await each.client.close()
    return lost


def costs(asked):
    """Say which kinds of address used most of the server's time, to know where to look."""
    kinds = {}
    for path, _, cpu in asked:
        kinds.setdefault(re.sub(r"[0-9][0-9a-f-]{3,}|(?<=/works/)[^/]+", "*", path), []).append(cpu)
    ordered = sorted(kinds.items(), key=lambda each: -sum(each[1]))[:25]
    return "\n".join(
        f"  {sum(cpu):6.2f} s CPU in {len(cpu):4} requests, {_at(cpu, 50) * 1000:6.0f} ms at 50, "
        f"{max(cpu) * 1000:6.0f} at most: {path}"
        for path, cpu in ordered
    )


def _workbook(county, account):
    """Give the workbook that somebody's school has handed in; None for people of no school."""
    found = (county / "workbooks").glob(f"{account['place'] or '-'}_*.xlsx")
    return next(iter(sorted(found)), None) if account["role"] == "school_clerk" else None


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
        _row("**CPU of each, at the server**", found.spent),
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
        f"No error; {found.writes} writes, {len(found.tally.signed)} of them signed; none lost.",
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
