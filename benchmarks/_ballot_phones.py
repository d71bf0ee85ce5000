"""Phones that vote: a server of its own process, and so many phones in so many seconds."""

import asyncio
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from _measured import demand
from _web_client import Client

CARD = "conduct_review"
PORT = "8717"
HOST = "127.0.0.1"
SITE = f"http://{HOST}:{PORT}"
GROUP = "parents"
AT_ONCE = 64
"""Phones that may be on their way at the same time on this side."""
_TICKS = os.sysconf("SC_CLK_TCK")
COMMAND = [sys.executable, "-c", "from xianxue.desk.cli import main; main()"]


def run(*words):
    """One command of the program."""
    done = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False)
    demand(not done.returncode, done.stdout + done.stderr)
    return done.stdout


def vote(many, seconds):
    """So many phones vote within some seconds; what each request took, and the server's CPU."""
    with TemporaryDirectory() as folder:
        workspace = Path(folder) / "county"
        run("demo", str(workspace), "--example", "four_schools")
        here = ("--workspace", str(workspace))
        run("ballots", "open", CARD, "--subject", "one=某股室（虚构）", "--period", "2026", *here)
        slips = Path(folder) / "slips.txt"
        run("ballots", "slips", CARD, "-o", str(slips), "--many", f"{GROUP}={many}", *here)
        codes = [line.rpartition("/")[2] for line in slips.read_text().splitlines()]
        random.Random(13).shuffle(codes)
        server = subprocess.Popen(
            [*COMMAND, "serve", *here, "--port", PORT],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            return _measured(server.pid, codes, seconds) | {"counted": _counted(here, many)}
        finally:
            server.terminate()
            server.wait()


def _measured(pid, codes, seconds):
    asyncio.run(_there())
    before, began = _cpu(pid), time.perf_counter()
    times = asyncio.run(_phones(codes, seconds))
    took, cpu = time.perf_counter() - began, _cpu(pid) - before
    voted = sorted(each for _, each in times)
    shown = sorted(each for each, _ in times)
    return {
        "phones": len(codes),
        "seconds": took,
        "cpu ms a vote": 1000 * cpu / len(codes),
        "p95 ms of the paper": 1000 * shown[len(shown) * 95 // 100],
        "p95 ms of the vote": 1000 * voted[len(voted) * 95 // 100],
    }


async def _there():
    """Wait until it answers."""
    for _ in range(120):
        try:
            client = Client(SITE)
            answer = await client.ask("GET", "/b/")
            await client.close()
        except (OSError, Exception):  # noqa: BLE001 - it has not begun to listen
            await asyncio.sleep(0.5)
            continue
        demand(answer.status == 200, f"/b/ says {answer.status}")
        return
    sys.exit("the server does not answer")


async def _phones(codes, seconds):
    """Each phone comes at its own time, evenly; it opens its paper, and hands it in."""
    turn = asyncio.Semaphore(AT_ONCE)
    began = time.perf_counter()

    async def phone(at, code):
        await asyncio.sleep(max(0.0, began + at * seconds / len(codes) - time.perf_counter()))
        async with turn:
            client = Client(SITE)
            paper = await client.ask("GET", f"/b/{code}")
            demand(paper.status == 200, f"the paper says {paper.status}")
            said = urlencode({"conduct.one": ("satisfied", "fairly", "dissatisfied")[at % 3]})
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            done = await client.ask("POST", f"/b/{code}/in", said.encode(), kind)
            demand(done.status == 303, f"the vote says {done.status}")
            await client.close()
            return paper.seconds, done.seconds

    return await asyncio.gather(*(phone(at, code) for at, code in enumerate(codes)))


def _counted(here, many):
    """Close and count: as many valid papers as phones, none lost and none twice."""
    import json  # noqa: PLC0415 - small

    run("ballots", "close", CARD, *here)
    found = json.loads(run("ballots", "count", CARD, "--json", *here))
    demand(found["spent"] == found["valid"] == many, f"{found['valid']} of {many} were counted")
    return found["valid"]


def _cpu(pid):
    """Seconds of the processor that a process and those it began have taken."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == pid or int(fields[1]) == pid:
            total += int(fields[11]) + int(fields[12])
    return total / _TICKS
