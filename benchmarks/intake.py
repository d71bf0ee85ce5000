"""Filled workbooks checked in full: ours, the same checks in pandas by hand, and a bare reader.

    python benchmarks/intake.py [--files 200] [--many 10000] [--runs 3] [--write FILE]

Our own template, filled in for invented schools: seven sheets to fill in, some 400 cells, one file
in ten spoiled as clerks spoil them. The workbooks come as they were written, and as they come back:
saved again by LibreOffice and by openpyxl. Ours reads and checks them; two others do the same
checks, written by hand for this one form in pandas, one reading with python-calamine and one with
openpyxl; the last (python-calamine) reads every cell and checks nothing.
Each run is a process of its own that keeps both cores busy; the time is from the first file to the
last complaint, imports and the reading of cards left out; the memory is that of all its processes
added up, each at its highest. The ways take turns, medians are given, and every complaint of ours
is compared with those by hand, and with those about the same file saved by another program: file,
rule, sheet and cell.
"""

# Each way imports only what it needs, in a process of its own: that is what is measured.
# ruff: noqa: PLC0415

import argparse
import json
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from _measured import apart, demand, machine, write

WAYS = ["ours", "calamine_pandas", "openpyxl_pandas", "calamine"]
NAMES = {
    "ours": "ours, every check",
    "calamine_pandas": "python-calamine + pandas by hand, the same checks",
    "openpyxl_pandas": "openpyxl + pandas by hand, the same checks",
    "calamine": "bare python-calamine, no check",
}
SAVED = {"pristine": "as written", "libreoffice": "by LibreOffice", "openpyxl": "by openpyxl"}
"""Which program saved the workbooks last."""
WORKERS = 2
AT_ONCE = {"pandas": 100, "calamine": 25}
"""Files handed to a worker at a time."""
PACKAGES = ["python-calamine", "openpyxl", "pandas"]


def run_ours(folder):
    from _intake_data import the_world
    from xianxue.desk.returns.intake import check_files

    files = sorted(folder.glob("*.xlsx"))
    world = the_world()
    register = world.register(len(files))
    yield
    issues = check_files(files, world.shelf, register, world.period, workers=WORKERS)
    yield [[each.file, each.code, each.sheet, each.cell] for each in issues]


def run_pandas(folder, reader):
    from by_hand import intake_pandas

    rows_of = {
        "calamine": intake_pandas.with_calamine,
        "openpyxl": intake_pandas.with_openpyxl,
    }[reader]
    # The reader is imported before the workers start, so that they have it too.
    demand(import_module({"calamine": "python_calamine"}.get(reader, reader)), f"no {reader}")
    files = sorted(folder.glob("*.xlsx"))
    world = json.loads((folder / "world.json").read_text(encoding="utf-8"))
    yield
    heads, said = [], []
    with ProcessPoolExecutor(WORKERS, get_context("fork")) as pool:
        batches = in_batches(files, AT_ONCE["pandas"])
        worlds, readers = [world] * len(batches), [rows_of] * len(batches)
        for mine, complaints in pool.map(intake_pandas.check_files, batches, worlds, readers):
            heads += mine
            said += complaints
    yield intake_pandas.check_together(heads, said, world)


def run_calamine(folder):
    import python_calamine

    # Named before the workers start, so that they have it too.
    demand(python_calamine.__name__, "python-calamine is not there")
    files = sorted(folder.glob("*.xlsx"))
    yield
    with ProcessPoolExecutor(WORKERS, get_context("fork")) as pool:
        cells = sum(pool.map(read_bare, in_batches(files, AT_ONCE["calamine"])))
    yield cells


def read_bare(files):
    """Read every cell of every sheet; give how many hold something."""
    from python_calamine import CalamineWorkbook

    cells = 0
    for path in files:
        book = CalamineWorkbook.from_path(str(path))
        for name in book.sheet_names:
            for row in book.get_sheet_by_name(name).to_python():
                cells += len(row) - row.count("")
    return cells


def in_batches(files, size):
    return [files[start : start + size] for start in range(0, len(files), size)]


# ── one process ─────────────────────────────────────────────────────────────


def child(way, folder, out):
    """Run one way, say how long it took and how much it held, and keep what it found."""
    if way in SAVED:
        made(way, folder)
        return
    steps = {
        "ours": lambda: run_ours(folder),
        "calamine_pandas": lambda: run_pandas(folder, "calamine"),
        "openpyxl_pandas": lambda: run_pandas(folder, "openpyxl"),
        "calamine": lambda: run_calamine(folder),
    }[way]()
    next(steps)
    began, cpu = time.perf_counter(), all_cpu()
    found = next(steps)
    taken = {"seconds": time.perf_counter() - began, "cpu": all_cpu() - cpu, "peak": peak()}
    if out is not None:
        out.write_text(json.dumps(found), encoding="utf-8")
    print(json.dumps(taken))


def made(saved, folder):
    """Make the workbooks: those of a folder's name, or those saved again from the ones beside."""
    from _intake_data import make
    from _intake_saved import by_libreoffice, by_openpyxl

    if saved == "pristine":
        make(folder, int(folder.parent.name))
    elif saved == "libreoffice":
        by_libreoffice(folder.parent / "pristine", folder)
    else:
        by_openpyxl(folder.parent / "pristine", folder)


def all_cpu():
    """Give the processor's seconds of this process and of its workers that have ended."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(each) for each in whose]
    return sum(each.ru_utime + each.ru_stime for each in used)


def peak():
    """Give the megabytes held at most: by this process and, each counted whole, by its workers."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    own = int(status.partition("VmHWM:")[2].split()[0])
    workers = WORKERS * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + workers) // 1024


def ask(way, folder, out=None):
    """Do something in a process of its own."""
    words = ["--out", out] if out is not None else []
    return apart(__file__, way, "--folder", folder, *words)


# ── all of them ─────────────────────────────────────────────────────────────


def measure(folder, runs, ways):
    """Let the ways take turns; give what each took, and what each found the first time."""
    taken = {way: [] for way in ways}
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(runs):
            for way in ways:
                out = Path(scratch) / f"{way}.json"
                taken[way].append(json.loads(ask(way, folder, out if number == 0 else None)))
                print(f"  {folder.name}, {way}: {taken[way][-1]}", file=sys.stderr)
        found = {
            way: json.loads((Path(scratch) / f"{way}.json").read_text(encoding="utf-8"))
            for way in ways
        }
    return taken, found


def compare(found):
    """Hold every complaint of ours against those by hand; say how many there are."""
    ours = counted(found["ours"])
    for way in ("calamine_pandas", "openpyxl_pandas"):
        if way in found:
            same(ours, counted(found[way]), f"only ours, not {way}", f"only {way}")
    said = f"{ours.total():,} complaints in {len({each[0] for each in ours}):,} files"
    rules = len({each[1] for each in ours})
    return f"{said}, by {rules} rules; {found.get('calamine', 0):,} cells hold something"


def counted(complaints):
    return Counter(tuple(each) for each in complaints)


def same(one, other, only_one, only_other):
    """Stop where two ways found other things."""
    lines = [f"  {only_one}: {each}" for each in sorted((one - other).elements())]
    lines += [f"  {only_other}: {each}" for each in sorted((other - one).elements())]
    demand(not lines, "the complaints differ:\n" + "\n".join(lines[:40]))


def table(results):
    """Write the results as a table in Markdown."""
    rows = [
        "| files | saved | way | seconds | least–most | CPU s | ms a file | peak MB | ours is |",
        "|---:|---|---|---:|---:|---:|---:|---:|---|",
    ]
    for (files, saved), taken in results.items():
        middle = {
            way: {key: statistics.median(one[key] for one in runs) for key in runs[0]}
            for way, runs in taken.items()
        }
        for way, runs in taken.items():
            mine, seconds = middle[way], [one["seconds"] for one in runs]
            share = middle["ours"]["cpu"] / mine["cpu"]
            beside = (
                f"{1 / share:.1f} times as fast" if share < 1 else f"{share:.2f} times its time"
            )
            rows.append(
                f"| {files:,} | {SAVED[saved]} | {NAMES[way]} | {mine['seconds']:.2f} "
                f"| {min(seconds):.2f}–{max(seconds):.2f} | {mine['cpu']:.1f} "
                f"| {mine['cpu'] / files * 1000:.2f} | {mine['peak']:,.0f} "
                f"| {'' if way == 'ours' else beside} |"
            )
    return "\n".join(rows)


def main():
    """Make the data, run all ways, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--many", type=int, default=0, help="then ours alone, with so many files")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--saved", choices=SAVED, nargs="+", default=list(SAVED))
    parser.add_argument("--date", default="", help="the day of the measurement, for the table")
    parser.add_argument("--folder", type=Path, help="where the data are kept; else thrown away")
    parser.add_argument("--write", type=Path, help="the page whose table is replaced")
    parser.add_argument("--child", choices=[*WAYS, *SAVED])
    parser.add_argument("--out", type=Path)
    said = parser.parse_args()
    if said.child:
        child(said.child, said.folder, said.out)
        return
    results, compared, first = {}, "", None
    with tempfile.TemporaryDirectory() as scratch:
        everything = said.folder or Path(scratch)
        # The others are saved from those as written, which therefore come first.
        for saved in dict.fromkeys(("pristine", *said.saved)):
            folder = everything / str(said.files) / saved
            ask(saved, folder)
            results[said.files, saved], found = measure(folder, said.runs, WAYS)
            counts = compare(found)
            compared = compared or counts
            first = first or counted(found["ours"])
            same(first, counted(found["ours"]), "only as written", f"only {SAVED[saved]}")
        if said.many:
            folder = everything / str(said.many) / "pristine"
            ask("pristine", folder)
            results[said.many, "pristine"], _ = measure(folder, said.runs, WAYS[:1])
    when = f"{said.runs} runs each, {said.date or 'today'}; {machine(PACKAGES)}."
    text = f"{table(results)}\n\n{compared}.\n{when}"
    print(text)
    if said.write:
        write(said.write, text, "intake measured")


if __name__ == "__main__":
    main()
