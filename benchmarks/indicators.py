"""Indicators of a country: ours from the cards, hand-written Polars, hand-written pandas.

    python benchmarks/indicators.py [--scale 1 0.1 0.01] [--runs 3] [--note TEXT] [--write FILE]

500,000 invented schools × 5 years (times the scale) in the cabinet's tables: the seven resource
indicators of 优质均衡, their weighted 差异系数 for each county, stage and year, and twenty ratios,
as values for every school-stage, township and county. Each run is a process of its own; the time
is from the first byte read to the last value, imports and the reading of cards left out; the
memory is the largest that the process ever held. The ways take turns, medians are given, and all
results are compared.
"""

# Each way imports only what it needs, in a process of its own: that is what is measured.
# ruff: noqa: PLC0415

import argparse
import json
import statistics
import sys
import tempfile
from datetime import date
from pathlib import Path

from _measured import apart, demand, machine, timed, write

WAYS = ["ours", "polars", "pandas"]
SCHOOLS = 500_000
RESOURCES = ["over_qualified_teachers", "backbone_teachers", "physical_arts_teachers"]
RESOURCES += ["teaching_area_per_pupil", "sports_area_per_pupil", "equipment_per_pupil"]
RESOURCES += ["multimedia_rooms"]
SPREADS = [f"spread_{name}" for name in RESOURCES]
RATIOS = ["girls_share", "boarders_share", "migrant_share", "left_behind_share"]
RATIOS += ["teacher_qualified_rate", "teacher_certified_rate", "hours_360_rate"]
RATIOS += ["pupil_teacher_ratio", "pupil_staff_ratio", "senior_title_share"]
RATIOS += ["intermediate_title_share", "backbone_share", "over_qualified_share"]
RATIOS += ["in_post_share", "lower_secondary_consolidation_a"]
RATIOS += ["lower_secondary_consolidation_b", "primary_consolidation", "promotion_rate"]
RATIOS += ["building_area_per_pupil", "books_per_pupil"]
NOT_BY_TOWNSHIP = ["lower_secondary_consolidation_a", "lower_secondary_consolidation_b"]
NOT_BY_TOWNSHIP += ["primary_consolidation", "promotion_rate"]
"""As their cards have it."""
KEYS = {
    "school": ["period", "county", "township", "place", "stage"],
    "township": ["period", "county", "township", "stage"],
    "county": ["period", "county", "stage"],
}
TOLERANCE = 1e-9
"""Relative: floats are added up in another order by each way."""


def run_ours(folder):
    import polars as pl

    from xianxue.bureau.indicators.compile import figure_frames
    from xianxue.bureau.indicators.engine import Tables
    from xianxue.catalogue.load import load
    from xianxue.desk.stores.engines import POLARS

    pl.Config.set_engine_affinity("streaming")
    shelf = load().shelf
    yield
    names = ["places", "students", "staff", "cohort", "premises"]
    found = {name: pl.scan_parquet(folder / f"{name}.parquet") for name in names}
    tables = Tables(found, POLARS)
    frames = figure_frames(shelf, tables, date(2025, 9, 1), [*RESOURCES, *SPREADS, *RATIOS])
    yield {area: frames.values(area).collect() for area in KEYS}


def run_polars(folder):
    import polars as pl

    from by_hand import with_polars

    pl.Config.set_engine_affinity("streaming")
    yield
    yield with_polars.figures(folder)


def run_pandas(folder):
    from by_hand import with_pandas

    yield
    yield with_pandas.figures(folder)


def child(way, folder, out):
    """Run one way, say how long it took and how much it held, and keep what it found."""
    if way == "data":
        from by_hand import data

        data.make(folder, int(folder.name))
        return
    if way == "compare":
        print(json.dumps(compare(folder)))
        return
    steps = {"ours": run_ours, "polars": run_polars, "pandas": run_pandas}[way](folder)
    found, told = timed(steps)
    if out is not None:
        _keep(found, out)
    print(json.dumps(told))


def _keep(found, out):
    import polars as pl

    for level, lines in found.items():
        frame = lines if isinstance(lines, pl.DataFrame) else pl.from_pandas(lines)
        columns = [*KEYS[level], *RESOURCES, *RATIOS, *(SPREADS if level == "county" else [])]
        if level == "township":
            columns = [name for name in columns if name not in NOT_BY_TOWNSHIP]
        kept = frame.with_columns(pl.col(KEYS[level]).cast(pl.String)).select(columns)
        kept.fill_nan(None).sort(KEYS[level]).write_parquet(out / f"{level}.parquet")


def measure(folder, runs):
    """Let the ways take turns; keep the first results of each for the comparison."""
    taken = {way: [] for way in WAYS}
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(runs):
            for way in WAYS:
                out = Path(scratch) / way
                out.mkdir(exist_ok=True)
                taken[way].append(json.loads(ask(way, folder, out if number == 0 else None)))
                print(f"  {way}: {taken[way][-1]}", file=sys.stderr)
        return taken, json.loads(ask("compare", Path(scratch)))


def ask(way, folder, out=None):
    """Do something in a process of its own."""
    words = ["--out", out] if out is not None else []
    return apart(__file__, way, "--folder", folder, *words)


def compare(scratch):
    """Hold every value against ours; give how many lines each level has."""
    import polars as pl

    counted = {}
    for level, keys in KEYS.items():
        ours = pl.read_parquet(scratch / "ours" / f"{level}.parquet")
        counted[level] = ours.height
        for way in WAYS[1:]:
            other = pl.read_parquet(scratch / way / f"{level}.parquet")
            demand(ours.select(keys).equals(other.select(keys)), f"{way}: other lines, {level}")
            for name in ours.columns[len(keys) :]:
                mine, theirs = ours[name], other[name]
                demand(mine.is_null().equals(theirs.is_null()), f"{way}: {level} {name} null")
                off = ((mine - theirs).abs() / theirs.abs().clip(lower_bound=1e-6)).max()
                demand(off is None or off < TOLERANCE, f"{way}: {level} {name} off by {off}")
    return counted


def table(results):
    """Write the results as a table in Markdown."""
    rows = [
        "| schools × years | way | seconds | least–most | CPU s | peak MB | to Polars | peak |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for schools, taken in results.items():
        middle = {
            way: {key: statistics.median(one[key] for one in runs) for key in runs[0]}
            for way, runs in taken.items()
        }
        for way, runs in taken.items():
            seconds = [one["seconds"] for one in runs]
            mine, theirs = middle[way], middle["polars"]
            rows.append(
                f"| {schools:,} × 5 | {NAMES[way]} | {mine['seconds']:.2f} "
                f"| {min(seconds):.2f}–{max(seconds):.2f} | {mine['cpu']:.1f} "
                f"| {mine['peak']:,.0f} | {mine['seconds'] / theirs['seconds']:.2f} "
                f"| {mine['peak'] / theirs['peak']:.2f} |"
            )
    return "\n".join(rows)


NAMES = {
    "ours": "ours, from the cards",
    "polars": "hand-written Polars",
    "pandas": "hand-written pandas",
}


PACKAGES = ["polars", "narwhals", "pandas", "pyarrow", "numpy"]


def main():
    """Make the data, run all ways, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, nargs="*", default=[0.01])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--date", default="", help="the day of the measurement, for the table")
    parser.add_argument("--folder", type=Path, help="where the data are kept; else thrown away")
    parser.add_argument("--write", type=Path, help="the page whose table is replaced")
    parser.add_argument("--child", choices=[*WAYS, "data", "compare"])
    parser.add_argument("--out", type=Path)
    said = parser.parse_args()
    if said.child:
        child(said.child, said.folder, said.out)
        return
    results, lines = {}, {}
    with tempfile.TemporaryDirectory() as scratch:
        for scale in said.scale:
            schools = int(SCHOOLS * scale)
            folder = (said.folder or Path(scratch)) / str(schools)
            ask("data", folder)
            results[schools], lines[schools] = measure(folder, said.runs)
    text = (
        f"{table(results)}\n\n{said.runs} runs each, {said.date or 'today'}; {machine(PACKAGES)}."
    )
    print(text)
    print(f"results equal; lines: {lines}")
    if said.write:
        write(said.write, text, "measured")


if __name__ == "__main__":
    main()
