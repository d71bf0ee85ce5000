"""The same cards spoken in other words, and to other engines, come to the same."""

import pytest

from xianxue.bureau.indicators.compile import figure_frames
from xianxue.bureau.indicators.engine import NARWHALS, Tables
from xianxue.desk.stores.engines import POLARS


def exact_parts(county, engine):
    """Every whole number of every frame of a county, by whose it is."""
    frames = figure_frames(
        county.shelf, Tables(county.by_sheet, engine), county.period.reference_day
    )
    found = {}
    for level, lines in {**frames.places, **frames.areas}.items():
        for line in lines.collect().rows(named=True):
            key = (level, line["county"], line["place"], line.get("stage"))
            # Sums of floats depend on their order; exact figures are made of none of them.
            found[key] = {name: one for name, one in line.items() if not isinstance(one, float)}
    return found


@pytest.mark.parametrize("seed", range(3))
def test_every_way_of_speaking_gives_the_same_parts(invented, seed):
    county = invented(seed, 0.1).county()
    assert exact_parts(county, NARWHALS) == exact_parts(county, POLARS)
