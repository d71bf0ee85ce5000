"""What every measurement needs: to stop where it fails, the machine, the page's table."""

import os
import platform
import resource
import subprocess
import sys
import time
from importlib.metadata import version


def demand(holds, otherwise):
    """Stop where something is not as it has to be."""
    if not holds:
        sys.exit(otherwise)


def apart(script, way, *words):
    """Do something in a process of its own; give what it printed.

    The one that asks stays small: Linux counts what a process held when it was started from
    another.
    """
    command = [sys.executable, script, "--child", way, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    demand(not done.returncode, done.stderr)
    return done.stdout


def timed(steps):
    """Get ready, then work: give what was found, and the seconds, CPU and megabytes it took."""
    next(steps)
    began, cpu = time.perf_counter(), time.process_time()
    found = next(steps)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found, {"seconds": seconds, "cpu": cpu, "peak": peak}


def machine(packages=()):
    """Say what it ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = "".join(f", {name} {version(name)}" for name in packages)
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB memory, {platform.system()} "
        f"{platform.machine()}, Python {platform.python_version()}{versions}"
    )


def write(page, text, name):
    """Put the table between the page's two marks of a name."""
    before, mark, rest = page.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition(f"<!-- /{name} -->")
    demand(mark and end, f"{page} has no marks for this table")
    page.write_text(f"{before}{mark}\n{text}\n\n{end}{after}", encoding="utf-8")
