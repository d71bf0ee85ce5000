"""The same figures as an expert would write them in pandas, knowing the data.

Only the columns needed are read; keys become categories, so that they are compared as small
numbers; nothing is applied row by row; totals are added up once for townships, and counties are
made of these.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from by_hand import with_polars as names

STAGE = ["period", "place", "stage"]
PLACE = ["period", "place"]
KEYS = ["period", "county", "township", "stage"]
KNOWN = ["county", "township", "school_type"]
COHORT_PARTS = {
    "remaining": ("entrants", ["in_moves"], ["out_moves", "deaths"]),
    "stayed": ("graduates", ["out_moves"], ["in_moves"]),
    "started": ("entrants", [], ["deaths"]),
}
SHARES = {
    "girls_share": ("girls", "enrolled"),
    "boarders_share": ("boarders", "enrolled"),
    "migrant_share": ("migrant", "enrolled"),
    "left_behind_share": ("left_behind", "enrolled"),
    "teacher_qualified_rate": ("qualified", "teachers"),
    "teacher_certified_rate": ("certified", "teachers"),
    "hours_360_rate": ("hours_360", "teachers"),
    "senior_title_share": ("senior", "teachers"),
    "intermediate_title_share": ("intermediate", "teachers"),
    "backbone_share": ("backbone", "teachers"),
    "over_qualified_share": ("over_qualified", "teachers"),
    "in_post_share": ("in_post", "posts"),
    "lower_secondary_consolidation_a": ("graduates", "remaining"),
    "lower_secondary_consolidation_b": ("stayed", "started"),
    "primary_consolidation": ("graduates", "remaining"),
    "promotion_rate": ("promoted", "graduates"),
}
PLAIN = {
    "pupil_teacher_ratio": ("enrolled", "teachers"),
    "pupil_staff_ratio": ("enrolled", "all_staff"),
}


def figures(folder: Path) -> dict[str, pd.DataFrame]:
    """Give the values of school-stages, townships and counties."""
    base = _base(folder)
    school = _school_values(base)
    keys = ["period", "county", "stage"]
    spread = _spread(base, keys)
    _add_parts(base)
    numbers = [name for name in base.columns if name.startswith("sum ")]
    areas = base.groupby(KEYS, observed=True, sort=False)
    townships = areas[numbers].sum().reset_index()
    counties = townships.groupby(keys, observed=True, sort=False)[numbers].sum().reset_index()
    return {
        "school": school,
        "township": _area_values(townships, KEYS, by_cohort=False),
        "county": _area_values(counties, keys).merge(spread, on=keys, how="left"),
    }


def _read(folder, name, columns):
    keys = [one for one in columns if one in {*STAGE, *KNOWN}]
    table = pq.read_table(folder / f"{name}.parquet", columns=columns, read_dictionary=keys)
    return table.to_pandas(self_destruct=True, split_blocks=True)


def _base(folder):
    students = _read(folder, "students", [*STAGE, *KNOWN, *names.STUDENTS])
    keys = [*STAGE, *KNOWN]
    base = students.groupby(keys, observed=True, sort=False)[names.STUDENTS].sum().reset_index()
    del students
    staff = _read(folder, "staff", [*STAGE, *names.STAFF, *names.SUBJECTS])
    staff["subject_teachers"] = staff[names.SUBJECTS].sum(axis=1)
    staff["all_staff"] = staff["teachers"] + staff["other_staff"]
    base = base.merge(staff.drop(columns=names.SUBJECTS), on=STAGE, how="left")
    del staff
    cohort = _read(folder, "cohort", [*STAGE, *names.COHORT])
    for name, (first, added, taken) in COHORT_PARTS.items():
        cohort[name] = cohort[first]
        for one in added:
            cohort[name] += cohort[one]
        for one in taken:
            cohort[name] -= cohort[one]
    kept = [*STAGE, "graduates", "promoted", *COHORT_PARTS]
    base = base.merge(cohort[kept], on=STAGE, how="left")
    del cohort
    premises = _read(folder, "premises", [*PLACE, *names.PREMISES])
    premises["net_area"] = premises["teaching_area"] - premises["indoor_sports_area"]
    premises["sports_area"] = premises["outdoor_sports_area"] + premises["indoor_sports_area"]
    base = base.merge(
        premises.drop(columns=["teaching_area", "indoor_sports_area", "outdoor_sports_area"]),
        on=PLACE,
        how="left",
    )
    return _with_sharers(base)


def _with_sharers(base):
    base["weight"] = np.nan
    for (school_type, stage), weight in names.WEIGHTS.items():
        here = (base["school_type"] == school_type) & (base["stage"] == stage)
        base.loc[here, "weight"] = weight
    shared = base.loc[base["weight"].notna(), [*PLACE, "weight", "enrolled"]]
    shared = shared.assign(sharers=shared["weight"] * shared["enrolled"])
    sums = shared.groupby(PLACE, observed=True, sort=False)["sharers"].sum().reset_index()
    base = base.merge(sums, on=PLACE, how="left")
    small = (base["school_type"] == "218") & (base["enrolled"] < 50)
    base["counts"] = (base["stage"] != "upper_secondary") & ~small
    return base


def _ratio(numerator, denominator, per=1.0):
    return (numerator / denominator * per).where(denominator > 0)


def _own(base, total, per):
    whole = base[total]
    shared = whole * base["weight"] / base["sharers"]
    own = shared.where(base["weight"].notna(), whole / base["enrolled"])
    return (own * per).where(base["enrolled"] > 0)


def _rest(lines, prefix=""):
    found = {
        name: _ratio(lines[prefix + over], lines[prefix + under], 100.0)
        for name, (over, under) in SHARES.items()
    }
    for name, stage in names.ONE_STAGE.items():
        found[name] = found[name].where(lines["stage"] == stage)
    for name, (over, under) in PLAIN.items():
        found[name] = _ratio(lines[prefix + over], lines[prefix + under])
    return found


def _school_values(base):
    counts = base["counts"]
    found = {
        name: _ratio(base[of], base["enrolled"], 100.0).where(counts)
        for name, of in names.BY_PEOPLE.items()
    }
    found |= {name: _own(base, *of).where(counts) for name, of in names.DIVIDED.items()}
    found["building_area_per_pupil"] = _own(base, "building_area", 0.01)
    found |= _rest(base)
    keys = base[["period", "county", "township", "place", "stage"]]
    return pd.concat([keys, pd.DataFrame(found)], axis=1)


def _spread(base, keys):
    counted = base[base["counts"] & (base["enrolled"] > 0)]
    pupils = counted["enrolled"]
    found = {"pupils": pupils}
    for name in names.SPREAD:
        if name in names.BY_PEOPLE:
            ratio = counted[names.BY_PEOPLE[name]] / pupils
        else:
            ratio = _own(counted, *names.DIVIDED[name])
        found[f"{name} 1"] = pupils * ratio
        found[f"{name} 2"] = pupils * ratio * ratio
    lines = pd.concat([counted[keys], pd.DataFrame(found)], axis=1)
    sums = lines.groupby(keys, observed=True, sort=False).sum().reset_index()
    spread = sums[keys].copy()
    for name in names.SPREAD:
        square = sums["pupils"] * sums[f"{name} 2"] / sums[f"{name} 1"] ** 2 - 1
        spread[f"spread_{name}"] = np.sqrt(square.clip(lower=0))
    return spread


def _add_parts(base):
    counts = base["counts"]
    plain = {name for pair in [*SHARES.values(), *PLAIN.values()] for name in pair}
    for name in sorted(plain):
        base[f"sum {name}"] = base[name]
    base["sum building_part"] = _part(base, "building_area")
    for name in [*names.BY_PEOPLE.values(), "enrolled"]:
        base[f"sum counted_{name}"] = base[name].where(counts, 0)
    for name, _ in names.DIVIDED.values():
        base[f"sum counted_{name}"] = _part(base, name).where(counts, 0.0)


def _part(base, total):
    part = base[total] * base["enrolled"] * base["weight"] / base["sharers"]
    return part.where(base["weight"].notna(), base[total])


def _area_values(areas, keys, *, by_cohort=True):
    counted = areas["sum counted_enrolled"]
    found = {
        name: _ratio(areas[f"sum counted_{of}"], counted, 100.0)
        for name, of in names.BY_PEOPLE.items()
    }
    for name, (total, per) in names.DIVIDED.items():
        found[name] = _ratio(areas[f"sum counted_{total}"], counted, per)
    found["building_area_per_pupil"] = _ratio(
        areas["sum building_part"], areas["sum enrolled"], 0.01
    )
    rest = _rest(areas, "sum ")
    found |= {name: rest[name] for name in rest if by_cohort or name not in names.BY_COHORT}
    return pd.concat([areas[keys], pd.DataFrame(found)], axis=1)
