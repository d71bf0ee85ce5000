"""The same figures as an expert would write them in Polars, knowing the data.

Lazily, on the streaming engine, each file scanned once for the columns that are needed, lines
joined and grouped by whole numbers, the shared facilities divided on the few schools that have
several stages, and the base collected once and used for all three levels.
"""

from pathlib import Path

import polars as pl

PERIODS = pl.Enum(["2021-2022", "2022-2023", "2023-2024", "2024-2025", "2025-2026"])
STAGES = pl.Enum(["primary", "lower_secondary", "upper_secondary"])
NUMBER = {stage: number for number, stage in enumerate(STAGES.categories)}
TYPES = pl.Enum(["211", "218", "311", "312", "341", "345"])
COUNTY = ["county", "stage"]
TOWNSHIP = ["township", *COUNTY]
STUDENTS = ["enrolled", "girls", "boarders", "migrant", "left_behind"]
STAFF = ["teachers", "qualified", "over_qualified", "senior", "intermediate", "backbone"]
STAFF += ["certified", "hours_360", "in_post", "posts", "other_staff"]
SUBJECTS = ["physical_education", "music", "art"]
COHORT = ["graduates", "promoted", "entrants", "in_moves", "out_moves", "deaths"]
PREMISES = ["building_area", "teaching_area", "indoor_sports_area", "outdoor_sports_area"]
PREMISES += ["equipment_value", "multimedia_rooms", "books"]

c = pl.col

# Whose a line is: code × 8 + period, and for a school-stage that × 4 + stage, as whole numbers.
PERIOD = c.period.cast(PERIODS).to_physical().cast(pl.Int64)
PLACE = (c.place.cast(pl.Int64) * 8 + PERIOD).alias("place")
STAGE = c.stage.cast(STAGES).to_physical().cast(pl.Int64)
KEY = (PLACE * 4 + STAGE).alias("key")
AREAS = [(pl.col(name).cast(pl.Int64) * 8 + PERIOD).alias(name) for name in ("county", "township")]

SHARES = {
    "girls_share": (c.girls, c.enrolled),
    "boarders_share": (c.boarders, c.enrolled),
    "migrant_share": (c.migrant, c.enrolled),
    "left_behind_share": (c.left_behind, c.enrolled),
    "teacher_qualified_rate": (c.qualified, c.teachers),
    "teacher_certified_rate": (c.certified, c.teachers),
    "hours_360_rate": (c.hours_360, c.teachers),
    "senior_title_share": (c.senior, c.teachers),
    "intermediate_title_share": (c.intermediate, c.teachers),
    "backbone_share": (c.backbone, c.teachers),
    "over_qualified_share": (c.over_qualified, c.teachers),
    "in_post_share": (c.in_post, c.posts),
    "lower_secondary_consolidation_a": (
        c.graduates,
        c.entrants + c.in_moves - c.out_moves - c.deaths,
    ),
    "lower_secondary_consolidation_b": (
        c.graduates - c.in_moves + c.out_moves,
        c.entrants - c.deaths,
    ),
    "primary_consolidation": (c.graduates, c.entrants + c.in_moves - c.out_moves - c.deaths),
    "promotion_rate": (c.promoted, c.graduates),
}
ONE_STAGE = {
    "lower_secondary_consolidation_a": "lower_secondary",
    "lower_secondary_consolidation_b": "lower_secondary",
    "primary_consolidation": "primary",
}
BY_COHORT = [*ONE_STAGE, "promotion_rate"]
"""Not figured for townships."""
PLAIN = {
    "pupil_teacher_ratio": (c.enrolled, c.teachers),
    "pupil_staff_ratio": (c.enrolled, c.teachers + c.other_staff),
}
BY_PEOPLE = {
    "over_qualified_teachers": "over_qualified",
    "backbone_teachers": "backbone",
    "physical_arts_teachers": "subject_teachers",
}
DIVIDED = {
    "teaching_area_per_pupil": ("net_area", 0.01),
    "sports_area_per_pupil": ("sports_area", 0.01),
    "equipment_per_pupil": ("equipment_value", 0.01),
    "multimedia_rooms": ("multimedia_rooms", 100.0),
    "books_per_pupil": ("books", 1.0),
}
SPREAD = ["over_qualified_teachers", "backbone_teachers", "physical_arts_teachers"]
SPREAD += [name for name in DIVIDED if name != "books_per_pupil"]

WEIGHTS = {
    ("312", "primary"): 100,
    ("312", "lower_secondary"): 110,
    ("345", "primary"): 100,
    ("345", "lower_secondary"): 110,
    ("345", "upper_secondary"): 132,
    ("341", "lower_secondary"): 100,
    ("341", "upper_secondary"): 120,
}


def figures(folder: Path) -> dict[str, pl.DataFrame]:
    """Give the values of school-stages, townships and counties."""
    base = _base(folder).collect()
    lines = base.lazy()
    areas = _areas(lines)
    counties = areas.group_by(COUNTY).agg(pl.exclude(TOWNSHIP).sum())
    spread = _spread(lines).collect()
    return {
        "school": _named(_school_values(lines).collect()),
        "township": _named(_area_values(areas, TOWNSHIP, by_cohort=False)),
        "county": _named(_area_values(counties, COUNTY).join(spread, on=COUNTY, how="left")),
    }


def _named(lines):
    """Write codes in place of numbers."""
    codes = [name for name in ("county", "township", "place") if name in lines.columns]
    period = (c.county % 8).cast(pl.UInt8).cat.to(PERIODS)
    return lines.with_columns(
        period.cast(pl.String).alias("period"),
        c.stage.cast(pl.UInt8).cat.to(STAGES).cast(pl.String),
        *((pl.col(name) // 8).cast(pl.String) for name in codes),
    )


def _base(folder):
    def scan(name):
        return pl.scan_parquet(folder / f"{name}.parquet")

    pupils = scan("students").select(KEY, *STUDENTS).group_by("key").agg(c(STUDENTS).sum())
    staff = scan("staff").select(KEY, *STAFF, subject_teachers=pl.sum_horizontal(SUBJECTS))
    premises = scan("premises").select(
        PLACE,
        "building_area",
        "equipment_value",
        "multimedia_rooms",
        "books",
        net_area=c.teaching_area - c.indoor_sports_area,
        sports_area=c.outdoor_sports_area + c.indoor_sports_area,
    )
    places = scan("places").select(PLACE, *AREAS, c.school_type.cast(TYPES))
    pupils = pupils.with_columns(place=c.key // 4, stage=c.key % 4)
    sharers = (
        pupils.join(places, on="place", how="left")
        .with_columns(weight=_weight())
        .filter(c.weight.is_not_null())
        .group_by("place")
        .agg(sharers=(c.weight * c.enrolled).sum())
    )
    return (
        pupils.join(staff, on="key", how="left")
        .join(scan("cohort").select(KEY, *COHORT), on="key", how="left")
        .join(premises.join(sharers, on="place", how="left"), on="place", how="left")
        .join(places, on="place", how="left")
        .with_columns(
            weight=_weight(),
            # A teaching point has the primary stage only.
            counts=(c.stage != NUMBER["upper_secondary"])
            & ~((c.school_type == "218") & (c.enrolled < 50)),
        )
    )


def _weight():
    found = pl.lit(None, pl.Int64)
    for (school_type, stage), weight in WEIGHTS.items():
        here = (c.school_type == school_type) & (c.stage == NUMBER[stage])
        found = pl.when(here).then(pl.lit(weight, pl.Int64)).otherwise(found)
    return found


def _ratio(numerator, denominator, per=1.0):
    return pl.when(denominator > 0).then(numerator / denominator * per)


def _own(total, per):
    """A school-stage's ratio of what its stages share."""
    shared = c.weight.is_not_null()
    return pl.when(c.enrolled > 0).then(
        pl.when(shared).then(c(total) * c.weight / c.sharers).otherwise(c(total) / c.enrolled) * per
    )


def _school_values(lines):
    people = {name: _ratio(c(of), c.enrolled, 100.0) for name, of in BY_PEOPLE.items()}
    divided = {name: _own(*of) for name, of in DIVIDED.items()}
    return lines.select(
        "place",
        *TOWNSHIP,
        **{name: pl.when(c.counts).then(one) for name, one in (people | divided).items()},
        building_area_per_pupil=_own("building_area", 0.01),
        **_rest(),
    )


def _rest():
    shares = {name: _ratio(*of, 100.0) for name, of in SHARES.items()}
    for name, stage in ONE_STAGE.items():
        shares[name] = pl.when(c.stage == NUMBER[stage]).then(shares[name])
    return shares | {name: _ratio(*of) for name, of in PLAIN.items()}


def _part(total):
    """What a school-stage adds to an area."""
    part = c(total) * c.enrolled * c.weight / c.sharers
    return pl.when(c.weight.is_null()).then(c(total).cast(pl.Float64)).otherwise(part)


def _areas(lines):
    counted = [total for total, _ in DIVIDED.values()]
    people = [*BY_PEOPLE.values(), "enrolled"]
    return (
        lines.select(
            *TOWNSHIP,
            *STUDENTS,
            *STAFF,
            *COHORT,
            building_part=_part("building_area"),
            **{f"counted_{name}": pl.when(c.counts).then(c(name)) for name in people},
            **{f"counted_{name}": pl.when(c.counts).then(_part(name)) for name in counted},
        )
        .group_by(TOWNSHIP)
        .agg(pl.all().sum())
        .collect()
        .lazy()
    )


def _area_values(areas, keys, *, by_cohort=True):
    people = {
        name: _ratio(c(f"counted_{of}"), c.counted_enrolled, 100.0)
        for name, of in BY_PEOPLE.items()
    }
    divided = {
        name: _ratio(c(f"counted_{total}"), c.counted_enrolled, per)
        for name, (total, per) in DIVIDED.items()
    }
    building = _ratio(c.building_part, c.enrolled, 0.01)
    rest = {name: one for name, one in _rest().items() if by_cohort or name not in BY_COHORT}
    return areas.select(
        *keys, **people, **divided, building_area_per_pupil=building, **rest
    ).collect()


def _spread(lines):
    ratios = {name: c(of) / c.enrolled for name, of in BY_PEOPLE.items()}
    ratios |= {name: _own(*of) for name, of in DIVIDED.items()}
    return (
        lines.filter(c.counts & (c.enrolled > 0))
        .select(
            *COUNTY,
            "enrolled",
            **{f"{name} 1": c.enrolled * ratios[name] for name in SPREAD},
            **{f"{name} 2": c.enrolled * ratios[name] * ratios[name] for name in SPREAD},
        )
        .group_by(COUNTY)
        .agg(pl.all().sum())
        .select(
            *COUNTY,
            **{
                f"spread_{name}": (c.enrolled * c(f"{name} 2") / c(f"{name} 1") ** 2 - 1)
                .clip(lower_bound=0)
                .sqrt()
                for name in SPREAD
            },
        )
    )
