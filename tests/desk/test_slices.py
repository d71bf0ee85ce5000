"""What a desk does with figures of one subject alone: releases, differences, words in documents."""

import json
from fractions import Fraction

from xianxue.bureau.indicators.differences import changed_figures
from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.values.record import replace
from xianxue.desk.cli.indicators.output import meant
from xianxue.desk.stores.releases import Manifest, ReleaseFolder, figures_bytes, sha256

MATH = Slice("subject", "math", "数学", "学科")


def figure(value=120, slice_of=None):
    return Figure(
        indicator="reached",
        place="639900",
        stage=Stage.LOWER_SECONDARY,
        period="2025-2026",
        value=Fraction(value),
        unit="person",
        shown=str(value),
        numerator=Fraction(value),
        denominator=None,
        coverage=Coverage(3, 3),
        slice=slice_of,
    )


def by_key(*figures):
    return {one.key: one for one in figures}


def test_a_release_gives_slices_back_with_their_words(tmp_path):
    figures = by_key(figure(290), figure(120, MATH))
    text = figures_bytes(figures)
    parts = {"period": "2025-2026", "revisions": [], "coverage": {}, "register": "r"}
    manifest = Manifest(**parts, catalogue="c", figures=sha256(text))
    folder = ReleaseFolder(tmp_path)
    read = folder.published(folder.write(manifest, text), "2025-2026/1").figures
    assert read.keys() == figures.keys()
    sliced = read["reached/639900/lower_secondary/2025-2026/subject=math"]
    assert (sliced.value, sliced.slice) == (120, MATH)
    assert (sliced.slice.term, sliced.slice.of) == ("数学", "学科")
    assert meant(sliced) == "初中·数学"


def test_a_whole_is_written_as_it_always_was():
    whole, sliced = json.loads(figures_bytes(by_key(figure(290), figure(120, MATH))))
    assert "slice" not in whole
    assert sliced["slice"] == {"dimension": "subject", "code": "math", "term": "数学", "of": "学科"}


def test_a_difference_names_the_slice_that_moved():
    before = by_key(figure(290), figure(120, MATH))
    after = by_key(figure(290), figure(121, MATH))
    (changed,) = changed_figures(before, after)
    assert changed.key == "reached/639900/lower_secondary/2025-2026/subject=math"


def test_a_slice_that_is_renamed_has_not_moved():
    renamed = replace(figure(120, MATH), slice=replace(MATH, term="数学（文）"))
    assert changed_figures(by_key(figure(120, MATH)), by_key(renamed)) == []
