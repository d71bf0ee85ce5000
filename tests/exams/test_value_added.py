"""Value added: the published numbers of the classic set, and laws on invented ones."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from xianxue.bureau.exams import value_added
from xianxue.bureau.exams.value_added import TooLittleError, fit, sums_of

DATA = Path(__file__).parents[3] / "shared" / "data" / "exam_4059_pupils_65_schools.csv"


def invented(seed: int, schools: int = 30, effect: float = 0.5):
    chance = random.Random(seed)  # noqa: S311 - invented marks need no cryptographic chance
    for school in range(schools):
        own = chance.gauss(0, effect)
        for _ in range(chance.randint(5, 60)):
            x = chance.gauss(0, 1)
            yield f"{school:03d}", x, 1 + 0.6 * x + own + chance.gauss(0, 0.8)


@pytest.mark.skipif(
    not DATA.is_file(), reason="the set of 65 schools is not handed on with the project"
)
def test_the_published_estimates_of_4059_pupils_in_65_schools():
    with DATA.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = fit(
        sums_of((row["school"], float(row["standLRT"]), float(row["normexam"])) for row in rows)
    )
    assert (round(found.between, 3), round(found.within, 3), round(found.slope, 3)) == (
        0.092,
        0.566,
        0.563,
    )
    # Facts on statistics: 31 of 65 can be told from the average; most cannot be ranked.
    assert sum(one.apart for one in found.schools) == 31
    assert len(found.schools) == 65


def test_what_was_put_in_is_found_again():
    """Within four standard errors: √(2 ÷ 2000) of a variance, some thirty pupils a school."""
    found = fit(sums_of(invented(7, schools=2000)))
    assert found.between == pytest.approx(0.25, rel=0.13)
    assert found.within == pytest.approx(0.64, rel=0.05)
    assert found.slope == pytest.approx(0.6, abs=0.02)
    assert found.intercept == pytest.approx(1, abs=0.06)


def test_the_likelihood_is_lower_on_either_side():
    sums = sums_of(invented(3))
    found = fit(sums)
    ratio = found.between / found.within
    best = value_added._deviance(sums, ratio)
    for near in (0.9, 0.99, 1.01, 1.1):
        assert value_added._deviance(sums, ratio * near) > best


def test_schools_that_do_not_differ_are_all_at_the_average():
    """Each school has the same pupils: nothing is left between schools."""
    pupils = [(f"{school}", float(x), 2.0 * x + (x % 3)) for school in range(20) for x in range(9)]
    found = fit(sums_of(pupils))
    assert found.between == 0
    assert {(one.effect, one.low, one.high) for one in found.schools} == {(0.0, 0.0, 0.0)}


def test_a_small_school_is_shrunken_more_and_told_less_surely():
    pupils = list(invented(11))
    pupils += [("large", 0.0, 3.0)] * 200 + [("small", 0.0, 3.0)] * 2
    found = {one.school: one for one in fit(sums_of(pupils)).schools}
    large, small = found["large"], found["small"]
    assert 0 < small.effect < large.effect
    assert small.high - small.low > large.high - large.low


def test_the_order_of_pupils_and_a_shift_of_marks_change_no_effect():
    pupils = list(invented(5))
    turned = sorted(pupils, key=lambda one: one[1])
    moved = [(school, x, y + 100) for school, x, y in pupils]
    first = [one.effect for one in fit(sums_of(pupils)).schools]
    assert [one.effect for one in fit(sums_of(turned)).schools] == pytest.approx(first, abs=1e-6)
    assert [one.effect for one in fit(sums_of(moved)).schools] == pytest.approx(first, abs=1e-5)


@pytest.mark.parametrize(
    ("pupils", "said"),
    [
        ([("a", 1.0, 2.0), ("a", 2.0, 3.0)], "只有 1 所学校"),
        ([("a", 1.0, 2.0), ("b", 1.0, 3.0), ("b", 1.0, 4.0)], "入口成绩全都一样"),
        ([("a", 1.0, 2.0), ("b", 2.0, 3.0)], "只有一名学生"),
    ],
)
def test_too_little_is_said_in_words(pupils, said):
    with pytest.raises(TooLittleError, match=said):
        fit(sums_of(pupils))
