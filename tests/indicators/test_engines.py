"""The same cards spoken in other words, and to another engine, come to the same."""

import polars as pl
import pytest

from xianxue.bureau.indicators.compile import figure_frames
from xianxue.bureau.indicators.engine import NARWHALS, Tables
from xianxue.bureau.indicators.formulas import formulas
from xianxue.bureau.indicators.shapes import shape
from xianxue.desk.stores import engines
from xianxue.desk.stores.engines import POLARS, NoEngineError, duckdb_engine, engine_of

MANY = 60
"""Counties laid in one frame."""
AREAS = ["place", "township", "county"]


def filled(county):
    """Of the indicators of which an invented county has numbers, one of each that is built alike.

    It has numbers of its returns, places and targets.

    Those of ledgers, ballots and examinations, three quarters of all, would be empty here; the
    example county prints the same bytes of them (tests/desk/test_river.py).
    """
    there = {*county.by_sheet, "targets"}

    def of(formula):
        return {measure.sheet for part in formula.parts.values() for measure, _ in part.terms}

    read = formulas(county.shelf, county.period.reference_day)
    mine = {name: one for name, one in read.items() if one.slice is None and of(one) <= there}
    # DuckDB's own client looks at every column for every expression of a frame: a third of the
    # indicators take a tenth of the time. Shares are few, and the hardest.
    found = {built(one, county.shelf): name for name, one in mine.items()}
    return [
        name for name, one in mine.items() if name in found.values() or one.card.kind == "share"
    ]


def built(formula, shelf):
    """What an engine is asked to do for a formula: two that are alike in it differ in names and
    numbers alone, which no engine takes otherwise."""

    def tested(measure):
        return frozenset(
            (type(one).__name__, getattr(one, "side", ""), len(getattr(one, "cases", ())) > 1)
            for one in measure.tests
        )

    return (
        formula.card.kind,
        bool(formula.stages),
        formula.weights is not None,
        formula.counted.card.population if formula.counted is not None else "",
        formula.areas,
        tuple(
            (
                name,
                len(one.terms) > 1,
                frozenset(
                    (shape(measure.sheet, shelf), bool(measure.field), times == 1, tested(measure))
                    for measure, times in one.terms
                ),
            )
            for name, one in formula.parts.items()
        ),
    )


def exact_parts(county, by_sheet, engine):
    """Every whole number of every frame, by whose it is; floats depend on the order of sums."""
    day = county.period.reference_day
    frames = figure_frames(county.shelf, Tables(by_sheet, engine), day, filled(county))
    found = {}
    for level, lines in {**frames.places, **frames.areas}.items():
        for line in lines.collect().rows(named=True):
            key = (level, line["county"], line["place"], line.get("stage"))
            assert key not in found
            found[key] = {name: one for name, one in line.items() if not isinstance(one, float)}
    return found


def moved(lines, number):
    """A county with codes of its own: the places of county 7 are 2199000700, 2199000701 …"""
    texts = [pl.col(name).str.replace("^21990000", f"2199{number:04}") for name in AREAS]
    return lines.with_columns(text.str.replace("^639900", f"{639000 + number}") for text in texts)


def codes_of(parts, number):
    """The parts of one county of many, under the codes it has alone."""

    def alone(text):
        if not isinstance(text, str):
            return text
        found = text.replace(f"2199{number:04}", "21990000", 1)
        return found.replace(f"{639000 + number}", "639900", 1)

    return {
        tuple(map(alone, key)): {name: alone(one) for name, one in line.items()}
        for key, line in parts.items()
        if key[1] == f"{639000 + number}"
    }


@pytest.fixture(scope="module")
def many(invented):
    """Counties drawn by seeds, a tenth of their answers missing or said not to apply."""
    return [invented(seed, 0.4 if seed % 4 else 0).county() for seed in range(1, MANY + 1)]


@pytest.fixture(scope="module")
def together(many):
    """All of them in one frame a sheet."""
    sheets = many[0].by_sheet
    return {
        sheet: pl.concat(
            [moved(one.by_sheet[sheet], number) for number, one in enumerate(many, start=1)],
            how="diagonal",
        )
        for sheet in sheets
    }


@pytest.fixture(scope="module")
def by_polars(many, together):
    return exact_parts(many[0], together, POLARS)


def test_the_counties_have_everything_that_can_go_wrong(many, by_polars):
    """Hidden numbers, what does not apply, divided facilities, shares that are met."""
    shares = [name for name, one in many[0].shelf.indicators.items() if one.kind == "share"]
    lines = list(by_polars.values())

    def lines_with(*names):
        return sum(any(line.get(name) for name in names) for line in lines)

    names = {name for line in lines for name in line}
    ends = {end: [name for name in names if name.endswith(end)] for end in (":hidden", ":void")}
    assert len({key[1] for key in by_polars}) == MANY
    assert lines_with(*ends[":hidden"]) > MANY
    assert lines_with(*ends[":void"]) > MANY
    assert lines_with(*(name for name in names if name.endswith(":weight"))) > MANY
    # Kindergartens are a tenth of the schools, and numbers drawn at random seldom keep to a line.
    for part in ("denominator", "hidden"):
        assert lines_with(*(f"{name}:{part}" for name in shares)) > MANY / 10
    assert lines_with(*(f"{name}:numerator" for name in shares)) > 0


def test_duckdb_counts_the_same_parts_of_many_counties(many, together, by_polars):
    found = exact_parts(many[0], together, duckdb_engine())
    assert found.keys() == by_polars.keys()
    for key, line in by_polars.items():
        assert found[key] == line, key


@pytest.mark.parametrize("number", [1, 2])
def test_narwhals_counts_the_same_parts_as_polars_own_words(many, number):
    county = many[number]
    assert exact_parts(county, county.by_sheet, NARWHALS) == exact_parts(
        county, county.by_sheet, POLARS
    )


@pytest.mark.parametrize("number", [1, 2, 50, MANY])
def test_a_county_among_many_has_the_parts_it_has_alone(many, by_polars, number):
    """Marks that only others have are nothing here: 0, no and «absent» say the same."""
    county = many[number - 1]
    alone = exact_parts(county, county.by_sheet, POLARS)
    among = codes_of(by_polars, number)
    assert among.keys() == alone.keys()
    for key, line in alone.items():
        for name, one in among[key].items():
            assert (one or None) == (line.get(name) or None), (key, name)


@pytest.mark.parametrize("lacking", ["duckdb", "pyarrow"])
def test_without_the_extra_it_is_said_what_to_install(monkeypatch, lacking):
    find = engines.find_spec
    monkeypatch.setattr(engines, "find_spec", lambda name: None if name == lacking else find(name))
    with pytest.raises(NoEngineError) as raised:
        engine_of("duckdb")
    assert str(raised.value) == (
        f"没有安装 {lacking}，不能用 DuckDB 计算："
        "请运行 pip install 'xianxue[duckdb]'，或去掉 --engine duckdb"
    )
