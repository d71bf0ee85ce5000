"""Invented examinations (虚构) as large as is asked for: a frame of marks in a Parquet file.

450 pupils and ten classes a school, two tracks, six subjects, four of which are scaled; one to
three of a hundred marks are missing, for each of the reasons.
"""

import numpy as np
import polars as pl

SCHOOL = 450
"""Pupils."""
CLASSES = 10
SUBJECTS = {"chinese": 150, "mathematics": 150}
SCALED = ["chemistry", "biology", "politics", "geography"]
FULL = {**SUBJECTS, **dict.fromkeys(SCALED, 100)}
LINES = {
    "special": {"p": 45000, "h": 44000},
    "undergraduate": {"p": 38000, "h": 37500},
    "college": {"p": 25000, "h": 25000},
}
BATCH = 1_000_000


def make(file, many):
    """Write the pupils, a million at a time."""
    chance = np.random.default_rng(many)
    schools = max(1, many // SCHOOL)
    parts = [_part(chance, at, min(BATCH, many - at), schools) for at in range(0, many, BATCH)]
    pl.concat(parts).write_parquet(file, row_group_size=BATCH // 4)


def _part(chance, start, many, schools):
    school = chance.integers(0, schools, many)
    classes = chance.integers(0, CLASSES, many)
    able = chance.normal(0, 1, many) + (school % 7 - 3) * 0.15
    columns = {
        "row": np.arange(start + 1, start + many + 1),
        "school": pl.Series(school).cast(pl.String).str.zfill(10),
        "class": pl.Series(classes + 1).cast(pl.String),
        # Six classes of ten are of the first track.
        "track": pl.Series(np.where(classes < 6, "p", "h")),
    }
    for subject, full in FULL.items():
        share = np.clip(0.62 + 0.17 * able + chance.normal(0, 0.1, many), 0, 1)
        steps = np.rint(share * full * 2)
        missing = chance.random(many) < (0.03 if subject in SUBJECTS else 0.01)
        why = np.where(missing, chance.choice([1, 2, 3, 5], many), 0).astype(np.int8)
        mark = pl.Series((steps * 50).astype(np.int32))
        columns[f"m.{subject}"] = pl.select(pl.when(pl.Series(why == 0)).then(mark)).to_series()
        columns[f"w.{subject}"] = why
    return pl.DataFrame(columns)
