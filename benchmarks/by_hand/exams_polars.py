"""The same as an expert would write it in Polars: the same sorts and joins, lazily, streaming.

等级赋分 over the distinct marks and joined back, ranks by counting distinct totals for the county
and by windows within schools and classes, one pass for all counts.
"""

import polars as pl

from by_hand.exams_data import FULL, LINES, SCALED
from by_hand.exams_scale import scores

c = pl.col
SCHOOL = ["school", "track"]
CLASS = ["school", "class", "track"]
PERCENT = {"excellent": 85, "good": 70, "passed": 60}
LOW = 40


def figures(file):
    """Give pupils, and counts by school and track and of all."""
    lines = pl.scan_parquet(file)
    for subject in SCALED:
        mark = f"m.{subject}"
        counts = lines.group_by(mark).len().drop_nulls().collect()
        made = scores(dict(counts.rows()))
        beside = pl.LazyFrame({mark: list(made), f"s.{subject}": list(made.values())})
        beside = beside.cast({mark: pl.Int32, f"s.{subject}": pl.Int32})
        lines = lines.join(beside, on=mark, how="left")
    enters = [c(f"s.{name}" if name in SCALED else f"m.{name}") for name in FULL]
    lacking = pl.sum_horizontal(c(f"w.{name}") > 0 for name in FULL)
    total = pl.when(lacking == 0).then(pl.sum_horizontal(enters)).cast(pl.Int64)
    pupils = lines.with_columns(total=total, short=lacking.cast(pl.Int64)).collect()
    return {"pupils": ranked(pupils), **counted(pupils)}


def ranked(pupils):
    """Add the four ranks; places of the county are looked up by total."""
    totals = pupils.lazy().group_by("track", "total").len().drop_nulls("total").collect()
    totals = totals.sort("total", descending=True)
    upto = c.len.cum_sum() - c.len + 1
    by_track = totals.select("track", "total", rank_track=upto.over("track").cast(pl.Int32))
    of_all = totals.group_by("total", maintain_order=True).agg(c.len.sum())
    of_all = of_all.select("total", rank=upto.cast(pl.Int32))
    place = c.total.rank("min", descending=True).cast(pl.Int32)
    return (
        pupils.lazy()
        .join(of_all.lazy(), on="total", how="left")
        .join(by_track.lazy(), on=["track", "total"], how="left")
        .with_columns(rank_school=place.over(SCHOOL), rank_class=place.over(CLASS))
        .collect()
    )


def counted(pupils):
    """Count and add up by school and track, and the county of that."""
    parts = {"pupils": pl.len(), "out": (c.short > 0).sum(), **moments("total", "total")}
    passed = [c(f"m.{name}") >= full * 60 for name, full in FULL.items()]
    parts["all:passed"] = (c.total.is_not_null() & pl.all_horizontal(passed)).sum()
    for name, full in FULL.items():
        mark = c(f"m.{name}")
        parts |= moments(f"m.{name}", name)
        for number, why in {1: "absent", 2: "exempt", 3: "void", 5: "blank"}.items():
            parts[f"{name}:{why}"] = (c(f"w.{name}") == number).sum()
        for level, percent in PERCENT.items():
            parts[f"{name}:{level}"] = (mark >= full * percent).sum()
        parts[f"{name}:low"] = (mark < full * LOW).sum()
        if name in SCALED:
            parts |= moments(f"s.{name}", f"{name}:scaled")
    for line, heights in LINES.items():
        height = pl.when(c.track == "p").then(heights["p"]).otherwise(heights["h"])
        parts[f"base:{line}"] = c.total.count()
        parts[f"over:{line}"] = (c.total >= height).sum()
        parts[f"above:{line}"] = ((c.total >= height) & (c.total <= height + 500)).sum()
        parts[f"under:{line}"] = ((c.total < height) & (c.total >= height - 500)).sum()
    parts = {name: one.alias(name) for name, one in parts.items()}
    schools = pupils.lazy().group_by(SCHOOL).agg(parts.values()).collect(engine="streaming")
    larger = [
        {"min": c(name).min, "max": c(name).max}.get(name.rpartition(":")[2], c(name).sum)()
        for name in parts
    ]
    return {"schools": schools, "county": schools.select(larger)}


def moments(column, name):
    """Count, add up and add up squares, in numbers that are long enough."""
    whole = c(column).cast(pl.Int64)
    return {
        f"{name}:n": whole.count(),
        f"{name}:sum": whole.sum(),
        f"{name}:squares": (whole * whole).sum(),
        f"{name}:min": whole.min(),
        f"{name}:max": whole.max(),
    }
