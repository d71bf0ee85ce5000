"""How changes are told: the direction is a word, the number has no sign."""

from fractions import Fraction

import pytest
from national import national

from xianxue.bureau.kinds.slices import Slice
from xianxue.bureau.records.claim import Claim
from xianxue.bureau.records.figure import Coverage, Figure
from xianxue.bureau.report.movements import of_movement
from xianxue.bureau.values.record import replace

SHELF = national().shelf


def figure(indicator, value, numerator=None):
    card = SHELF.indicators[indicator]
    return Figure(
        indicator=indicator,
        place="639900",
        stage=None,
        period="2025-2026",
        value=Fraction(value),
        unit=card.unit,
        shown="",
        numerator=None if numerator is None else Fraction(numerator),
        denominator=None,
        coverage=Coverage(1, 1),
    )


def told(indicator, value, numerator=None):
    """What is written, numbers and words together."""
    card = SHELF.indicators[indicator]
    runs = of_movement(card, figure(indicator, value, numerator), SHELF, card.term)
    return "".join(run.text if isinstance(run, Claim) else run for run in runs)


@pytest.mark.parametrize(
    ("indicator", "value", "numerator", "text"),
    [
        # 172 ÷ 4500, −100 ÷ 4500
        ("pupils_all_growth", Fraction(17200, 4500), 172, "增加172人，增长3.82%"),
        ("pupils_all_growth", Fraction(-10000, 4500), -100, "减少100人，下降2.22%"),
        ("pupils_all_growth", 0, 0, "持平"),
        # One more in a million is more, although no per cent can be seen.
        ("pupils_all_growth", Fraction(1, 10000), 1, "增加1人"),
        ("preschool_gross_enrolment_change", "1.75", "1.75", "提高1.75个百分点"),
        ("preschool_gross_enrolment_change", "-0.5", "-0.5", "下降0.50个百分点"),
        ("preschool_gross_enrolment_change", 0, 0, "持平"),
        ("pupils_all_average_growth", "-3.5", None, "下降3.50%"),
    ],
)
def test_a_movement_is_told_in_words(indicator, value, numerator, text):
    assert told(indicator, value, numerator) == text


def test_its_numbers_are_claims_on_the_growth_itself():
    runs = of_movement(
        SHELF.indicators["pupils_all_growth"],
        figure("pupils_all_growth", Fraction(-20, 18), -20),
        SHELF,
        "增长率",
    )
    claims = [run for run in runs if isinstance(run, Claim)]

    assert [one.key for one in claims] == [
        "pupils_all_growth/639900/all/2025-2026#numerator",
        "pupils_all_growth/639900/all/2025-2026",
    ]
    assert [one.value for one in claims] == [-20, Fraction(-20, 18)]


def test_a_movement_of_a_slice_is_a_claim_on_the_slice():
    growth = figure("pupils_all_growth", Fraction(-20, 18), -20)
    math = replace(growth, slice=Slice("subject", "math"))
    runs = of_movement(SHELF.indicators["pupils_all_growth"], math, SHELF, "增长率")

    assert [run.key for run in runs if isinstance(run, Claim)] == [
        "pupils_all_growth/639900/all/2025-2026/subject=math#numerator",
        "pupils_all_growth/639900/all/2025-2026/subject=math",
    ]
