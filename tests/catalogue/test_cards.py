"""The national cards: every rule dated and cited, every unit what its parts come to."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest
from national import national

from xianxue.bureau.kinds.card import Bound, Cited, DatedValue
from xianxue.bureau.kinds.indicator import Indicator, Sum
from xianxue.bureau.kinds.standard import Criterion
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.units import UNITS, Unit, ratio_dimension

LOADED = national()
SHELF = LOADED.shelf
INDICATORS = list(SHELF.indicators.values())
CRITERIA = [
    (standard, criterion)
    for standard in SHELF.standards.values()
    for criterion in standard.criteria + standard.spread
]

COUNTED_IN = {
    "places": "school",
    "basic": "school",
    "kindergarten": "school",
    "classes": "class",
    "special_rooms": "room",
    "targets": "item",
}
"""What one row of a counted sheet is."""

SEVEN = (
    "over_qualified_teachers",
    "backbone_teachers",
    "physical_arts_teachers",
    "teaching_area_per_pupil",
    "sports_area_per_pupil",
    "equipment_per_pupil",
    "multimedia_rooms",
)


def names(item: object) -> str:
    """A readable test id for an indicator."""
    return item.indicator if isinstance(item, Indicator) else ""


def sums(indicator: Indicator) -> Iterator[Sum]:
    """The sums an indicator is made of."""
    yield from (part for part in (indicator.of, indicator.numerator, indicator.denominator) if part)


def terms(part: Sum) -> list[Term]:
    """The terms of a sum, bare texts spelt out."""
    return [Term(field=item) if isinstance(item, str) else item for item in part.sum]


def unit_of(part: Sum) -> Unit:
    """The one unit a sum is in."""
    found = {_unit(term).code for term in terms(part)}
    assert len(found) == 1, found
    return UNITS[found.pop()]


def _unit(term: Term) -> Unit:
    if term.count:
        return UNITS[COUNTED_IN[term.count]]
    asked = SHELF.field(term.field)
    assert asked is not None, term.field
    return asked[1].measured_in


def dated_values() -> Iterator[tuple[str, DatedValue]]:
    """Every dated value of indicators and standards, with where it stands."""
    for indicator in INDICATORS:
        for name, line in indicator.lines.items():
            yield from ((f"{indicator.indicator}.{name}", value) for value in line)
    for standard, criterion in CRITERIA:
        place = f"{standard.standard}.{criterion.criterion}"
        yield from ((place, value) for value in criterion.values)


def cited() -> Iterator[Cited]:
    """What every card as a whole rests on."""
    yield from (indicator.source for indicator in INDICATORS)
    yield from (choice.source for choice in SHELF.choices.values())
    yield from (population.source for population in SHELF.populations.values())
    yield from (standard.source for standard in SHELF.standards.values())


def bounds(indicator: Indicator) -> Iterator[int | str | None]:
    """Every limit named in an indicator's conditions."""
    wheres = [term.where for part in sums(indicator) for term in terms(part)]
    conditions = [condition for where in wheres for condition in where.values()]
    if indicator.share_of:
        conditions += [indicator.share_of.meets, *indicator.share_of.where.values()]
    for bound in conditions:
        if isinstance(bound, Bound):
            yield from (bound.at_least, bound.at_most, bound.more_than, bound.less_than)
    if indicator.index_of:
        yield from (part.full for part in indicator.index_of.parts)


def test_the_cards_load_without_a_complaint():
    assert [str(issue) for issue in LOADED.issues] == []


def test_there_are_enough_indicators():
    assert len(INDICATORS) >= 30


def test_terms_and_other_words_mean_one_indicator_only():
    """Whoever looks up a word finds one thing."""
    words = Counter(
        word for indicator in INDICATORS for word in {indicator.term, *indicator.synonyms}
    )
    assert [word for word, times in words.items() if times > 1] == []


def test_every_value_is_cited_from_a_known_document():
    for place, value in dated_values():
        assert value.source in SHELF.sources, place
    for source in cited():
        assert source.document in SHELF.sources, source
    for population in SHELF.populations.values():
        assert {exclusion.source for exclusion in population.exclude} <= set(SHELF.sources)
    for standard in SHELF.standards.values():
        assert {joint.source for joint in standard.combine} <= set(SHELF.sources)


def test_every_value_that_the_facts_leave_in_doubt_says_so():
    doubtful = {place for place, value in dated_values() if value.seen.doubtful}
    assert doubtful >= {
        "balance_guarantee.school_size",
        "music_rooms_per_12_classes.relaxed_area",
        "preschool_universal.pay_ratio",
        "activity_area_met_new.enough",
        "kindergarten_classes_within_norm.mixed",
    }
    assert "balance_resources.multimedia_rooms" not in doubtful


@pytest.mark.parametrize("indicator", INDICATORS, ids=names)
def test_an_indicator_is_in_the_unit_its_parts_come_to(indicator):
    unit = UNITS[indicator.unit]
    match indicator.kind:
        case "ratio":
            top, bottom = unit_of(indicator.numerator), unit_of(indicator.denominator)
            fitting = {ratio_dimension(top, bottom), f"{top.dimension}/{bottom.dimension}"}
            if unit.code == "percentage_point":
                # Points are a share already multiplied by a hundred: what is taken off it is too.
                assert "share" in fitting
                assert max(term.times for term in terms(indicator.numerator)) == 100
            else:
                assert unit.dimension in fitting
        case "share":
            assert unit.dimension == "share"
        case "spread":
            assert unit.dimension == "spread"
        case "growth" | "average_growth" | "top_share":
            assert unit.code == "percent"
        case "rank":
            assert unit.code == "place"
        case "index":
            assert unit.dimension == "score"
        case "change":
            base = UNITS[SHELF.indicators[indicator.compared.indicator].unit]
            assert unit.code == ("percentage_point" if base.dimension == "share" else base.code)
        case _:
            assert unit == unit_of(indicator.of)


@pytest.mark.parametrize("indicator", INDICATORS, ids=names)
def test_an_indicator_names_only_what_there_is(indicator):
    for part in sums(indicator):
        for term in terms(part):
            assert (term.field == "") != (term.count == "")
            assert term.count in {"", "places"} or SHELF.table(term.count)
    assert not indicator.population or indicator.population in SHELF.populations
    assert not indicator.split or indicator.split in SHELF.splits
    base = indicator.spread_of or (indicator.share_of.indicator if indicator.share_of else "")
    assert not base or SHELF.indicators[base].kind == "ratio"


@pytest.mark.parametrize("indicator", INDICATORS, ids=names)
def test_a_limit_in_a_condition_is_a_dated_line_never_a_bare_number(indicator):
    named = {limit for limit in bounds(indicator) if limit is not None}
    assert named == set(indicator.lines)


def test_every_criterion_and_option_names_an_indicator():
    for _, criterion in CRITERIA:
        assert SHELF.indicator(criterion.indicator) is not None, criterion.criterion
    for choice in SHELF.choices.values():
        assert set(choice.options) <= set(SHELF.indicators)


@pytest.mark.parametrize(
    "criterion",
    [pytest.param(one, id=f"{standard.standard}.{one.criterion}") for standard, one in CRITERIA],
)
def test_what_is_lacking_is_counted_in_the_unit_of_its_side(criterion: Criterion):
    indicator = SHELF.indicator(criterion.indicator)
    lacking = criterion.lacking
    if lacking is None:
        return
    if indicator.kind == "share":
        assert lacking.unit == "school"
        return
    side = indicator.denominator if lacking.adds_to == "denominator" else indicator.numerator
    assert lacking.unit == unit_of(side or indicator.of).code


def test_the_level_a_criterion_is_judged_at_is_figured():
    level = {
        "school_stage": "school_stage",
        "school": "school",
        "county_stage": "county",
        "county": "county",
    }
    for _, criterion in CRITERIA:
        indicator = SHELF.indicator(criterion.indicator)
        assert level[criterion.per] in indicator.levels, criterion.criterion
        assert criterion.per.endswith("_stage") == bool(indicator.stages), criterion.criterion


@pytest.mark.parametrize(
    ("indicator", "primary", "lower_secondary"),
    [
        ("over_qualified_teachers", "4.2", "5.3"),
        ("backbone_teachers", "1", "1"),
        ("physical_arts_teachers", "0.9", "0.9"),
        ("teaching_area_per_pupil", "4.5", "5.8"),
        ("sports_area_per_pupil", "7.5", "10.2"),
        ("equipment_per_pupil", "2000", "2500"),
        ("multimedia_rooms", "2.3", "2.4"),
    ],
)
def test_the_seven_lines_of_balance(indicator, primary, lower_secondary):
    standard = SHELF.standards["balance_resources"]
    (criterion,) = [one for one in standard.criteria if one.indicator == indicator]
    (spread,) = [one for one in standard.spread if one.indicator == f"spread_{indicator}"]

    assert {value.stage: value.value for value in criterion.values} == {
        Stage.PRIMARY: Decimal(primary),
        Stage.LOWER_SECONDARY: Decimal(lower_secondary),
    }
    assert {value.stage: value.value for value in spread.values} == {
        Stage.PRIMARY: Decimal("0.50"),
        Stage.LOWER_SECONDARY: Decimal("0.45"),
    }
    assert SHELF.indicators[f"spread_{indicator}"].spread_of == indicator


def test_six_of_the_seven_and_the_rest_not_far_below():
    (joint,) = SHELF.standards["balance_resources"].combine
    assert (joint.need, tuple(joint.of), joint.others_reach) == (6, SEVEN, Decimal("0.85"))


def test_only_what_stages_share_is_divided():
    """Teachers are counted by the stage they teach; rooms, grounds and equipment are shared."""
    assert [bool(SHELF.indicators[name].split) for name in SEVEN] == [False] * 3 + [True] * 4


def test_the_hard_lines_of_preschool():
    lines = {
        criterion.indicator: criterion.values[0].value
        for criterion in SHELF.standards["preschool_universal"].criteria[:3]
    }
    assert lines == {
        "preschool_gross_enrolment": 85,
        "inclusive_preschool_coverage": 80,
        "public_preschool_share": 50,
    }


def test_a_special_clause_stands_before_the_general_one():
    """The first value that fits is taken: the ordinary limit of school size comes last."""
    for _, criterion in CRITERIA:
        by_stage: dict[Stage | None, list[bool]] = {}
        for value in criterion.values:
            by_stage.setdefault(value.stage, []).append(bool(value.when))
        for special in by_stage.values():
            assert special == sorted(special, reverse=True), criterion.criterion


def test_a_form_within_the_year_has_a_card_of_what_has_come_so_far():
    """Both national forms are yearly: the first that is not brings a cumulative card with it."""
    within = {form.period for form in SHELF.forms.values()} - {"school_year", "calendar_year"}
    cumulated = {each.period.kind for each in INDICATORS if each.kind == "cumulative"}
    assert within <= cumulated
