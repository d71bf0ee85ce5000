"""The examples of the catalogue, counted by hand before any engine was."""

from fractions import Fraction

import pytest

from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.exact import Root
from xianxue.catalogue import yaml_lines
from xianxue.desk.stores.examples import FOLDER


def expected(name, part):
    path = FOLDER / name / "expected.yaml"
    return yaml_lines.read(path.read_text(encoding="utf-8")).data[part]


@pytest.fixture(scope="module", params=["five_schools", "four_schools"])
def county(request, made):
    return request.param, made.example(request.param)


def test_every_figure_is_the_one_counted_by_hand(county):
    name, counted = county
    made = counted.figures()
    for said in expected(name, "figures"):
        if counted.shelf.indicators[said["indicator"]].derived:
            continue  # made of another period's figures too: tests/desk/test_hand_counted.py
        stage = said["stage"] or "all"
        figure = made[f"{said['indicator']}/{said['place']}/{stage}/{counted.period.code}"]
        assert figure.shown == said["shown"], figure
        for part in ("numerator", "denominator"):
            wanted = said[part]
            found = getattr(figure, part)
            assert found == (None if wanted is None else Fraction(wanted)), figure
        assert figure.coverage.full


def test_every_spread_is_the_one_counted_by_hand(county):
    name, counted = county
    made = counted.figures()
    for said in expected(name, "spread"):
        key = f"{said['indicator']}/{said['place']}/{said['stage']}/{counted.period.code}"
        assert made[key].value == Root(Fraction(str(said["square"])))
        assert made[key].shown == said["shown"]


def test_the_published_case_is_above_the_line_and_would_not_be_without_weights(five_schools):
    spread = five_schools.figure("spread_books_per_pupil", "639700", Stage.PRIMARY)
    assert str(spread.value.to_decimal(4)) == spread.shown == "0.5153"
    assert spread.value >= Fraction(1, 2)
    ratios = [
        figure.value
        for figure in five_schools.figures("books_per_pupil").values()
        if figure.place.startswith("2163")
    ]
    mean = sum(ratios) / len(ratios)
    unweighted = Root(sum((one - mean) ** 2 for one in ratios) / len(ratios) / mean**2)
    assert str(unweighted.to_decimal(4)) == "0.4888"
