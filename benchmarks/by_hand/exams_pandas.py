"""The same as a competent analyst writes it in pandas: categories, vectors, no loop a pupil."""

import pandas as pd

from by_hand.exams_data import FULL, LINES, SCALED
from by_hand.exams_scale import scores

SCHOOL = ["school", "track"]
CLASS = ["school", "class", "track"]
PERCENT = {"excellent": 85, "good": 70, "passed": 60}
LOW = 40


def figures(file):
    """Give pupils, and counts by school and track and of all."""
    pupils = pd.read_parquet(file, dtype_backend="numpy_nullable")
    for key in CLASS:
        pupils[key] = pupils[key].astype("category")
    for subject in SCALED:
        mark = pupils[f"m.{subject}"]
        made = scores({int(one): many for one, many in mark.value_counts().items()})
        pupils[f"s.{subject}"] = mark.map(pd.Series(made, dtype="Int32"))
    enters = [pupils[f"s.{name}" if name in SCALED else f"m.{name}"] for name in FULL]
    pupils["total"] = sum(one.astype("Int64") for one in enters)
    pupils["short"] = sum((pupils[f"w.{name}"] > 0).astype("int64") for name in FULL)
    rank(pupils)
    return {"pupils": pupils, **counted(pupils)}


def rank(pupils):
    """Add the four ranks; floats hold every place exactly."""
    how = {"method": "min", "ascending": False}
    total = pupils["total"].astype("float64")
    pupils["rank"] = total.rank(**how).astype("Int32")
    for name, keys in {"rank_track": ["track"], "rank_school": SCHOOL, "rank_class": CLASS}.items():
        by = [pupils[key] for key in keys]
        pupils[name] = total.groupby(by, observed=True).rank(**how).astype("Int32")


def counted(pupils):
    """Make a column for everything that is added up, and add up by school and of all."""
    sums, extremes = {"out": pupils["short"] > 0}, {}
    moments(sums, extremes, pupils["total"], "total")
    passed = pupils["total"].notna()
    for name, full in FULL.items():
        mark, why = pupils[f"m.{name}"], pupils[f"w.{name}"]
        moments(sums, extremes, mark, name)
        for number, reason in {1: "absent", 2: "exempt", 3: "void", 5: "blank"}.items():
            sums[f"{name}:{reason}"] = why == number
        for level, percent in PERCENT.items():
            sums[f"{name}:{level}"] = mark >= full * percent
        sums[f"{name}:low"] = mark < full * LOW
        passed &= (mark >= full * 60).fillna(value=False)
        if name in SCALED:
            moments(sums, extremes, pupils[f"s.{name}"], f"{name}:scaled")
    sums["all:passed"] = passed
    total = pupils["total"]
    for line, heights in LINES.items():
        height = pupils["track"].map(heights).astype("int64")
        sums[f"base:{line}"] = total.notna()
        sums[f"over:{line}"] = total >= height
        sums[f"above:{line}"] = (total >= height) & (total <= height + 500)
        sums[f"under:{line}"] = (total < height) & (total >= height - 500)
    return added(pupils, sums, extremes)


def moments(sums, extremes, column, name):
    """Count, add up and add up squares."""
    whole = column.astype("Int64")
    sums |= {f"{name}:n": whole.notna(), f"{name}:sum": whole, f"{name}:squares": whole * whole}
    extremes[name] = whole


def added(pupils, sums, extremes):
    """Add columns up one after another, so that only one of them is held at a time."""
    by = [pupils[key] for key in SCHOOL]
    found = {"pupils": pupils.groupby(SCHOOL, observed=True).size()}
    for name, column in sums.items():
        found[name] = column.astype("Int64").groupby(by, observed=True).sum()
    for name, column in extremes.items():
        groups = column.groupby(by, observed=True)
        found |= {f"{name}:min": groups.min(), f"{name}:max": groups.max()}
    schools = pd.DataFrame(found)
    whole = {
        name: getattr(column, {"min": "min", "max": "max"}.get(name.rpartition(":")[2], "sum"))()
        for name, column in schools.items()
    }
    return {"schools": schools.reset_index(), "county": pd.DataFrame([whole])}
