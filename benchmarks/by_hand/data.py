"""Invented returns of a country, in the table layout of the cabinet: seeded, made in chunks.

Nothing is missing in them: every school has filed, and no number is hidden.
"""

from pathlib import Path

import numpy as np
import polars as pl
import pyarrow.parquet as pq

TYPES = {
    "211": (0.50, ["primary"]),
    "218": (0.15, ["primary"]),
    "311": (0.18, ["lower_secondary"]),
    "312": (0.10, ["primary", "lower_secondary"]),
    "341": (0.05, ["lower_secondary", "upper_secondary"]),
    "345": (0.02, ["primary", "lower_secondary", "upper_secondary"]),
}
"""办学类型 with its share of the schools and its stages."""
GRADES = {
    "primary": ["G1", "G2", "G3", "G4", "G5", "G6"],
    "lower_secondary": ["G7", "G8", "G9"],
    "upper_secondary": ["G10", "G11", "G12"],
}
PERIODS = [f"{year}-{year + 1}" for year in range(2021, 2026)]
SCHOOLS_A_COUNTY = 180
TOWNSHIPS_A_COUNTY = 12
CHUNK = 50_000
LEADING = ["period", "place", "township", "county", "stage"]
LEADING += ["school_type", "sponsor", "urban_rural", "boarding", "row"]


def make(folder: Path, schools: int, seed: int = 20_260_901) -> None:
    """Write one Parquet file a sheet, unless they are there already."""
    if (folder / "done").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.default_rng(seed)
    writers: dict[str, pq.ParquetWriter] = {}
    for start in range(0, schools, CHUNK):
        register = _register(start, min(CHUNK, schools - start), chance)
        for period in PERIODS:
            here = register.with_columns(period=pl.lit(period))
            for sheet, lines in _sheets(here, chance).items():
                table = lines.to_arrow()
                if sheet not in writers:
                    path = folder / f"{sheet}.parquet"
                    writers[sheet] = pq.ParquetWriter(path, table.schema, compression="zstd")
                writers[sheet].write_table(table)
    for writer in writers.values():
        writer.close()
    (folder / "done").touch()


def _register(start, count, chance):
    number = np.arange(start, start + count)
    shares = [share for share, _ in TYPES.values()]
    county = 100_000 + pl.col("number") // SCHOOLS_A_COUNTY
    return (
        pl.DataFrame({"number": number, "school_type": chance.choice(list(TYPES), count, p=shares)})
        .with_columns(
            place=(2_100_000_000 + pl.col("number")).cast(pl.String),
            county=county.cast(pl.String),
            township=(county * 1000 + 100 + pl.col("number") % TOWNSHIPS_A_COUNTY).cast(pl.String),
            sponsor=pl.lit("831"),
            urban_rural=pl.Series(chance.choice(["111", "121", "210", "220"], count)),
            boarding=pl.Series(chance.integers(0, 2, count)),
        )
        .drop("number")
    )


def _sheets(schools, chance):
    stages = {name: stages for name, (_, stages) in TYPES.items()}
    by_stage = schools.with_columns(
        stage=pl.col("school_type").replace_strict(stages, return_dtype=pl.List(pl.String))
    ).explode("stage")
    grades = by_stage.with_columns(
        row=pl.col("stage").replace_strict(GRADES, return_dtype=pl.List(pl.String))
    ).explode("row")
    staged = by_stage.with_columns(row=pl.col("stage"))
    whole = schools.with_columns(stage=pl.lit(None, dtype=pl.String), row=pl.lit(""))
    return {
        "students": _filled(grades, _students(grades, chance)),
        "staff": _filled(staged, _staff(staged.height, chance)),
        "cohort": _filled(staged, _cohort(staged.height, chance)),
        "premises": _filled(whole, _premises(whole.height, chance)),
        "places": _filled(whole, {}),
    }


def _filled(lines, numbers):
    columns = {name: pl.Series(values, dtype=pl.Int64) for name, values in numbers.items()}
    return lines.with_columns(**columns).select(*LEADING, *columns)


def _students(grades, chance):
    count = grades.height
    small = grades["school_type"].to_numpy() == "218"
    enrolled = np.where(small, chance.integers(2, 15, count), chance.integers(20, 160, count))
    parts = {"girls": (40, 56), "boarders": (0, 60), "migrant": (0, 20), "left_behind": (0, 20)}
    return {
        "enrolled": enrolled,
        **{name: enrolled * chance.integers(*of, count) // 100 for name, of in parts.items()},
        "disabled": chance.integers(0, 3, count),
    }


def _staff(count, chance):
    teachers = chance.integers(5, 60, count)
    names = ["qualified", "over_qualified", "senior", "intermediate", "backbone"]
    names += ["physical_education", "music", "art", "certified", "hours_360", "in_post"]
    return {
        "teachers": teachers,
        **{name: teachers * chance.integers(0, 100, count) // 100 for name in names},
        "posts": teachers + chance.integers(0, 5, count),
        "other_staff": chance.integers(0, 20, count),
    }


def _cohort(count, chance):
    graduates = chance.integers(0, 200, count)
    return {
        "graduates": graduates,
        "promoted": graduates * chance.integers(80, 100, count) // 100,
        "entrants": graduates + chance.integers(2, 10, count),
        "in_moves": chance.integers(0, 5, count),
        "out_moves": chance.integers(0, 5, count),
        "deaths": chance.integers(0, 2, count),
    }


def _premises(count, chance):
    """Areas are in hundredths of a square metre and values in hundredths of a yuan."""
    teaching = chance.integers(20_000, 900_000, count)
    return {
        "building_area": teaching * 2,
        "teaching_area": teaching,
        "indoor_sports_area": teaching // 10,
        "outdoor_sports_area": chance.integers(50_000, 2_000_000, count),
        "equipment_value": chance.integers(1_000_000, 400_000_000, count),
        "multimedia_rooms": chance.integers(1, 60, count),
        "books": chance.integers(500, 60_000, count),
    }
