"""Examinations: ours from a card, hand-written Polars, pandas as a competent analyst writes it.

    python benchmarks/exams.py [--pupils 1000000 13000000] [--runs 3] [--write FILE]

So many invented candidates × 6 subjects: 等级赋分 of four subjects, totals, ranks in county, track,
school and class, three lines for each of two tracks, and all counts and sums by school and track
and of the county. Each run is a process of its own; the time is from opening the Parquet file to
the last count, imports and the reading of cards left out; the memory is the largest that the
process ever held. The ways take turns, medians are given, and all results are compared exactly.
A county of 6,302 is loaded, lined and shown at the command line, the start of Python and all.
"""

# Each way imports only what it needs, in a process of its own: that is what is measured.
# ruff: noqa: PLC0415

import argparse
import json
import resource
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path

import _exams_county
from _measured import apart, demand, machine, timed, write

WAYS = ["ours", "polars", "pandas"]
KEYS = {"pupils": ["row"], "schools": ["school", "track"], "county": []}
ADDED = ["total", "rank", "rank_track", "rank_school", "rank_class"]
NAMES = {
    "ours": "ours, from the card",
    "polars": "hand-written Polars",
    "pandas": "hand-written pandas",
}
PACKAGES = ["polars", "pandas", "pyarrow", "numpy"]


def invented_card():
    from by_hand.exams_data import FULL, SCALED
    from xianxue.bureau.kinds.card import card_of
    from xianxue.bureau.kinds.exams.examination import Examination

    def level(mark, percent, way="at_least"):
        value = {"from": "2020-01-01", "value": str(percent), "source": "-", "seen": "unverified"}
        return {"mark": mark, "term": mark, way: [value]}

    subjects = [
        {"subject": name, "full": str(full), "scheme": "standard_3_1_2" if name in SCALED else ""}
        for name, full in FULL.items()
    ]
    marks = [level("excellent", 85), level("good", 70), level("passed", 60)]
    card = {"exam": "invented", "term": "虚构", "stage": "upper_secondary", "smallest": 5}
    card |= {"subjects": subjects, "marks": [*marks, level("low", 40, "below")]}
    card |= {"tracks": [{"track": "p"}, {"track": "h"}]}
    return card_of(card | {"source": {"document": "-", "seen": "unverified"}}, Examination)


def run_ours(file):
    import polars as pl

    from by_hand.exams_data import LINES
    from xianxue.bureau.exams.analysis import analyse
    from xianxue.bureau.exams.heights import Height
    from xianxue.bureau.exams.tallies import rolled
    from xianxue.desk.stores.engines import POLARS
    from xianxue.desk.workspace import national_shelf

    pl.Config.set_engine_affinity("streaming")
    card, schemes = invented_card(), national_shelf().schemes
    heights = [
        Height(line=line, track=track, total=total)
        for line, tracks in LINES.items()
        for track, total in tracks.items()
    ]
    yield
    found = analyse(POLARS, card, schemes, file, on=date(2026, 1, 1), heights=heights, derive=False)
    yield {
        "pupils": found.pupils.collect(),
        "schools": rolled(POLARS, found.tallies, KEYS["schools"]).collect(),
        "county": rolled(POLARS, found.tallies, []).collect(),
    }


def run_polars(file):
    import polars as pl

    from by_hand import exams_polars

    pl.Config.set_engine_affinity("streaming")
    yield
    yield exams_polars.figures(file)


def run_pandas(file):
    from by_hand import exams_pandas

    yield
    yield exams_pandas.figures(file)


def child(way, file, out):
    """Run one way, say how long it took and how much it held, and keep what it found."""
    if way == "data":
        from by_hand.exams_data import make

        make(file, int(file.stem))
    elif way == "compare":
        print(json.dumps(compare(out)))
    elif way == "held":
        print(json.dumps(held(file)))
    else:
        steps = {"ours": run_ours, "polars": run_polars, "pandas": run_pandas}[way](file)
        found, told = timed(steps)
        if out is not None:
            _keep(found, out)
        print(json.dumps(told))


def _keep(found, out):
    import polars as pl

    for level, lines in found.items():
        frame = lines if isinstance(lines, pl.DataFrame) else pl.from_pandas(lines)
        keys = KEYS[level]
        names = ADDED + [one for one in frame.columns if one.startswith("s.")]
        wanted = names if level == "pupils" else sorted(set(frame.columns) - set(keys))
        texts = [pl.col(key).cast(pl.String) for key in keys if key != "row"]
        frame = frame.with_columns(pl.col(wanted).cast(pl.Int64), *texts)
        frame.select(*keys, *wanted).sort(keys or wanted).write_parquet(out / f"{level}.parquet")


def compare(scratch):
    """Hold every value against ours; give how many there are."""
    import polars as pl

    counted = {}
    for level in KEYS:
        for way in WAYS[1:]:
            if not (scratch / way / f"{level}.parquet").exists():
                continue
            other = pl.read_parquet(scratch / way / f"{level}.parquet")
            # Ours has some counts that nobody asked the others for.
            ours = pl.read_parquet(scratch / "ours" / f"{level}.parquet", columns=other.columns)
            for name in other.columns:
                demand(ours[name].equals(other[name]), f"{way}: {level}: {name} is another")
            counted[level] = ours.height * ours.width
    return {"values": counted}


def held(file):
    """Say how much a process holds that does nothing but read the table."""
    import polars as pl

    table = pl.read_parquet(file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"pupils": table.height, "peak": peak}


def ask(way, file, out=None):
    """Do something in a process of its own."""
    words = ["--out", out] if out is not None else []
    return apart(__file__, way, "--file", file, *words)


def measure(file, runs, ways):
    """Let the ways take turns; keep the first results of each for the comparison."""
    taken = {way: [] for way in ways}
    with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
        for number in range(runs):
            for way in ways:
                out = Path(scratch) / way
                out.mkdir(exist_ok=True)
                taken[way].append(json.loads(ask(way, file, out if number == 0 else None)))
                print(f"  {way}: {taken[way][-1]}", file=sys.stderr)
        compared = json.loads(ask("compare", file, Path(scratch)))
        return taken, compared | {"table": json.loads(ask("held", file))["peak"]}


def county(folder, runs):
    """Say how long a county's commands take, from the start of Python on."""
    taken = _exams_county.measure(folder, runs)
    told = ", ".join(
        f"`exams {name}` {wall:.2f} s ({cpu:.2f} s of CPU)" for name, (wall, cpu) in taken.items()
    )
    return f"{_exams_county.MANY:,} candidates, each command from the start of Python: {told}."


def table(results):
    """Write the results as a table in Markdown."""
    rows = [
        "| candidates | way | seconds | least–most | CPU s | peak MB | time | CPU | peak ÷ table |",
        "|---:|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for many, (taken, compared) in results.items():
        middle = {
            way: {key: statistics.median(one[key] for one in runs) for key in runs[0]}
            for way, runs in taken.items()
        }
        for way, runs in taken.items():
            seconds = [one["seconds"] for one in runs]
            mine, theirs = middle[way], middle["polars"]
            rows.append(
                f"| {many:,} | {NAMES[way]} | {mine['seconds']:.2f} "
                f"| {min(seconds):.2f}–{max(seconds):.2f} | {mine['cpu']:.1f} "
                f"| {mine['peak']:,.0f} | {mine['seconds'] / theirs['seconds']:.2f} "
                f"| {mine['cpu'] / theirs['cpu']:.2f} | {mine['peak'] / compared['table']:.2f} |"
            )
    return "\n".join(rows)


def main():
    """Make the data, run all ways, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pupils", type=int, nargs="*", default=[1_000_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--ways", nargs="*", choices=WAYS, default=WAYS)
    parser.add_argument("--date", default="", help="the day of the measurement, for the table")
    parser.add_argument("--folder", type=Path, help="where the data are kept; else thrown away")
    parser.add_argument("--write", type=Path, help="the page whose table is replaced")
    parser.add_argument("--child", choices=[*WAYS, "data", "compare", "held"])
    parser.add_argument("--file", type=Path)
    parser.add_argument("--out", type=Path)
    said = parser.parse_args()
    if said.child:
        child(said.child, said.file, said.out)
        return
    results = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = said.folder or Path(scratch)
        for many in said.pupils:
            file = folder / f"{many}.parquet"
            if not file.exists():
                ask("data", file)
            results[many] = measure(file, said.runs, said.ways)
        small = county(Path(scratch), said.runs)
    sizes = ", ".join(f"{many:,}: {one['table']:,.0f} MB" for many, (_, one) in results.items())
    text = (
        f"{table(results)}\n\n{small}\n"
        f"A process that does nothing but read the table holds at most: {sizes}.\n"
        f"{said.runs} runs each, {said.date or 'today'}; {machine(PACKAGES)}."
    )
    print(text)
    print(f"results equal; values: { {many: one['values'] for many, (_, one) in results.items()} }")
    if said.write:
        write(said.write, text, "exams")


if __name__ == "__main__":
    main()
