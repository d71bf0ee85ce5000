"""Appraisal: many schools by one rubric, ours from the card and hand-written Polars.

    python benchmarks/appraisal.py [--schools 1000] [--leaves 300] [--runs 5] [--write FILE]

So many invented schools, each marked by five assessors in every leaf: the highest and the lowest
mark are dropped, totals and places are made, and then the ranking under every other rule of the
preview: without dropping, and with each leaf's weight a tenth heavier and a tenth lighter. Each
run is a process of its own; the time is from opening the Parquet file to the last count, imports
and the reading of the card left out. The ways take turns, medians are given, and all results are
compared exactly.
"""

# Each way imports only what it needs, in a process of its own: that is what is measured.
# ruff: noqa: PLC0415

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from _measured import apart, demand, machine, timed, write

WAYS = {"ours": "ours, from the card", "polars": "hand-written Polars"}
ASSESSORS = 5
FULL = 10
PACKAGES = ["polars"]


def invented_card(leaves):
    from xianxue.bureau.kinds.appraisal.rubric import Rubric
    from xianxue.bureau.kinds.card import card_of

    panel = {"drop_highest": 1, "drop_lowest": 1, "at_least": 3}
    items = [
        {
            "item": f"i{at}",
            "term": f"项{at}",
            "points": FULL,
            "from": {"kind": "marks", "panel": panel},
        }
        for at in range(leaves)
    ]
    card = {"rubric": "invented", "term": "虚构", "judges": "school", "points": FULL * leaves}
    return card_of(card | {"items": items, "source": {"document": "-", "seen": "own"}}, Rubric)


def make(file, schools, leaves):
    """Invent the marks, in no order, hundredths of a point."""
    import numpy as np
    import polars as pl

    chance = np.random.default_rng(1)
    places, items = np.divmod(np.arange(schools * leaves * ASSESSORS), leaves * ASSESSORS)
    able = chance.integers(400, 800, schools)[places]
    marks = np.clip(able + chance.integers(-300, 300, len(places)), 0, FULL * 100) // 50 * 50
    frame = pl.DataFrame({"place": places, "item": items // ASSESSORS, "mark": marks})
    frame = frame.cast(pl.Int32).sample(fraction=1, shuffle=True, seed=1)
    frame.write_parquet(file)


def run_ours(file, leaves):
    from xianxue.bureau.appraisal.many import standings_under_all
    from xianxue.desk.stores.engines import POLARS

    card = invented_card(leaves)
    yield
    base, others = standings_under_all(POLARS, card, POLARS.opened(file))
    yield {"totals": base.totals, "dropped": others["drop.none"], "weights": others["weights"]}


def run_polars(file, _leaves):
    from by_hand.appraisal_polars import standings

    yield
    yield standings(file)


def child(way, file, out, leaves):
    """Run one way, say how long it took, and keep what it found."""
    steps = {"ours": run_ours, "polars": run_polars}[way](file, leaves)
    found, told = timed(steps)
    if out is not None:
        import polars as pl

        keys = {"totals": ["place"], "dropped": ["place"], "weights": ["item", "sign"]}
        for name, frame in found.items():
            frame.cast(pl.Int64).sort(keys[name]).write_parquet(out / f"{name}.parquet")
    print(json.dumps(told))


def compare(scratch):
    """Hold every value against ours; give how many there are."""
    import polars as pl

    values = 0
    for name in ("totals", "dropped", "weights"):
        ours, theirs = (pl.read_parquet(scratch / way / f"{name}.parquet") for way in WAYS)
        shared = [one for one in ours.columns if one in theirs.columns]
        demand(ours[shared].equals(theirs[shared]), f"{name} is another")
        values += ours.height * len(shared)
    return values


def measure(file, runs, leaves):
    """Let the ways take turns; keep the first results of each for the comparison."""
    taken = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory(dir=file.parent) as scratch:
        for number in range(runs):
            for way, told in taken.items():
                out = Path(scratch) / way
                out.mkdir(exist_ok=True)
                words = ["--out", out] if number == 0 else []
                words += ["--file", file, "--leaves", leaves]
                told.append(json.loads(apart(__file__, way, *words)))
                print(f"  {way}: {told[-1]}", file=sys.stderr)
        return taken, compare(Path(scratch))


def table(taken, values, schools, leaves):
    """Write the results as a table in Markdown."""
    middle = {
        way: {key: statistics.median(one[key] for one in runs) for key in runs[0]}
        for way, runs in taken.items()
    }
    rows = ["| way | seconds | least–most | CPU s | time | CPU |", "|---|---:|---:|---:|---:|---:|"]
    theirs = middle["polars"]
    for way, runs in taken.items():
        mine, seconds = middle[way], [one["seconds"] for one in runs]
        rows.append(
            f"| {WAYS[way]} | {mine['seconds']:.2f} | {min(seconds):.2f}–{max(seconds):.2f} "
            f"| {mine['cpu']:.2f} | {mine['seconds'] / theirs['seconds']:.2f} "
            f"| {mine['cpu'] / theirs['cpu']:.2f} |"
        )
    told = f"{schools:,} schools × {leaves} leaves × {ASSESSORS} assessors, {2 * leaves + 1} other"
    return "\n".join([*rows, "", f"{told} rankings; {values:,} values compared, all the same."])


def main():
    """Make the data, run both ways, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--schools", type=int, default=1000)
    parser.add_argument("--leaves", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--date", default="", help="the day of the measurement, for the table")
    parser.add_argument("--write", type=Path, help="the page whose table is replaced")
    parser.add_argument("--child", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given.child, given.file, given.out, given.leaves)
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "marks.parquet"
        make(file, given.schools, given.leaves)
        taken, values = measure(file, given.runs, given.leaves)
    text = table(taken, values, given.schools, given.leaves)
    text += f"\n{given.runs} runs each, {given.date}; {machine(PACKAGES)}."
    if given.write:
        write(given.write, text, "appraisal")
    else:
        print(text)


if __name__ == "__main__":
    main()
