"""An invented examination as a table that is no sheet, counted by hand, down to its rows.

Nothing here is real: 进线 of two invented schools in two subjects.
"""

from dataclasses import dataclass, field
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xianxue.bureau.cycle import Joined, Year, figures_of
from xianxue.bureau.indicators.columns import PLACES, column_types
from xianxue.bureau.indicators.engine import Tables
from xianxue.bureau.indicators.explaining.explain import explain
from xianxue.bureau.indicators.tables import (
    TableRow,
    lay_out,
    places_columns,
    unfiled_rows,
)
from xianxue.bureau.kinds.expected import expected_in, expected_rows
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.source import Sources
from xianxue.bureau.records.trace import ScoreRef
from xianxue.bureau.values.exact import Root
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.record import replace
from xianxue.catalogue.load import load
from xianxue.desk.stores.engines import POLARS

CARDS = """
- codes: trial_subjects
  term: 考试学科
  entries:
    - {code: math, term: 数学}
    - {code: chinese, term: 语文}
  source: {document: xianxue-own, seen: own}
- codes: alliances
  term: 教联体
  entries:
    - {code: first, term: 第一联盟, places: ['2199000001', '2199000002']}
    - {code: second, term: 第二联盟, places: ['2199000003']}
    - {code: planned, term: 筹建中的联盟}
  source: {document: xianxue-own, seen: own}
- table: reaching
  term: 进线情况
  layout: list
  stages: [lower_secondary]
  slices: [subject]
  fields:
    - {field: subject, term: 学科, type: code, codes: trial_subjects}
    - {field: takers, term: 参考人数, type: integer, unit: person}
    - {field: reached, term: 进线人数, type: integer, unit: person}
  source: {document: xianxue-own, seen: own}
- indicator: reached
  term: 进线人次
  kind: sum
  of: {sum: [reaching.reached]}
  unit: person
  show: {decimals: 0}
  levels: [school_stage, township, county]
  stages: [lower_secondary]
  slices: [subject, sponsor, alliances]
  source: {document: xianxue-own, seen: own}
- indicator: reaching_rate
  term: 进线率
  kind: ratio
  numerator: {sum: [reaching.reached]}
  denominator: {sum: [reaching.takers]}
  unit: percent
  show: {decimals: 2}
  levels: [school_stage, county]
  stages: [lower_secondary]
  slices: [subject]
  whole: false
  source: {document: xianxue-own, seen: own}
- indicator: reaching_rate_of_school
  term: 全校进线率
  kind: ratio
  numerator: {sum: [reaching.reached]}
  denominator: {sum: [reaching.takers]}
  unit: percent
  show: {decimals: 2}
  levels: [school, county]
  slices: [subject, sponsor]
  source: {document: xianxue-own, seen: own}
- indicator: half_reached_share
  term: 进线率过半的学校占比
  kind: share
  share_of: {indicator: reaching_rate_of_school, meets: {at_least: half}}
  lines:
    half: [{from: 2020-01-01, value: 50, source: xianxue-own, seen: own}]
  unit: percent
  show: {decimals: 2}
  levels: [county]
  slices: [subject, sponsor]
  source: {document: xianxue-own, seen: own}
- indicator: reaching_spread
  term: 校际进线率差异系数
  kind: spread
  spread_of: reaching_rate
  unit: coefficient
  show: {decimals: 4}
  levels: [county]
  stages: [lower_secondary]
  slices: [subject]
  whole: false
  source: {document: xianxue-own, seen: own}
"""
ONE, TWO, THREE, PRIMARY = "2199000001", "2199000002", "2199000003", "2199000009"


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """The national cards, and an examination's beside them, through the strict door."""
    folder = tmp_path_factory.mktemp("exam")
    (folder / "cards.yaml").write_text(CARDS, encoding="utf-8")
    loaded = load(folder)
    assert [issue.message for issue in loaded.issues] == []
    return loaded.shelf


@dataclass
class Exam:
    """The source of one examination: (school, subject) to takers and those who reached the line.

    A school that is absent has not come; a number may be one of the kinds of missing.
    """

    made: object
    shelf: object
    rows: dict
    register: object = field(init=False)

    def __post_init__(self):
        kinds = {ONE: "311", TWO: "312", THREE: "311", PRIMARY: "211"}
        schools = [
            self.made.school(code, kind, sponsor="999" if code == THREE else "831")
            for code, kind in kinds.items()
        ]
        self.register = self.made.register(*schools)
        self.period = self.made.PERIOD

    def tables(self):
        rows, counted = [], {}
        schools = {place.code: place for place in self.register.schools(self.period.reference_day)}
        for (code, subject), (takers, reached) in self.rows.items():
            counted[code] = counted.get(code, 0) + 1
            values = {"subject": subject, "takers": takers, "reached": reached}
            row = str(counted[code])
            rows.append(TableRow(schools[code], Stage.LOWER_SECONDARY, row, values))
        table = self.shelf.tables["reaching"]
        absent = {key: of for key, of in self.expected().items() if key[0] not in counted}
        rows += unfiled_rows(table, absent, self.register)
        names = [one.field for one in table.fields]
        columns = lay_out(names, rows, self.register, self.period)
        assert column_types(table, columns)["reached"] == "Int64"
        return {
            "reaching": self.made.frame(table, columns),
            PLACES: self.made.frame(None, places_columns(self.register, self.period)),
        }

    def expected(self):
        every = expected_rows(self.shelf, self.register, self.period.reference_day)
        return expected_in({"reaching"}, every)

    def traces(self, place, table, field, row):
        assert table == "reaching"
        codes = [subject for code, subject in self.rows if code == place]
        term = self.shelf.codes["trial_subjects"].entry(codes[int(row) - 1]).term
        return (ScoreRef(place=place, exam="虚构统测", row=row, term=term, value=field),)

    @property
    def joined(self):
        return Joined(self.shelf, self.register, self.period, Sources([self]), POLARS)

    def figures(self, *names):
        return figures_of(self.joined, names or ["reached", "reaching_rate"])

    def explain(self, key):
        figure = self.figures(key.partition("/")[0])[key]
        tables = Tables(self.tables(), POLARS)
        day = self.period.reference_day
        of = (self.shelf, self.register, tables, day, self.traces, self.expected())
        return explain(figure, *of)


WHOLE = {
    (ONE, "math"): (120, 66),
    (ONE, "chinese"): (120, 90),
    (TWO, "math"): (80, 34),
    (TWO, "chinese"): (80, 50),
    (THREE, "math"): (50, 20),
    (THREE, "chinese"): (50, 30),
}


@pytest.fixture(scope="module")
def exam(made, shelf):
    return lambda rows=WHOLE: Exam(made, shelf, rows)


def test_a_table_that_is_no_sheet_is_counted_by_hand(exam):
    figures = exam().figures()
    whole = figures["reached/639900/lower_secondary/2025-2026"]
    assert whole.value == 66 + 90 + 34 + 50 + 20 + 30 == 290
    assert (whole.coverage.reported, whole.coverage.expected) == (3, 3)
    math = figures["reaching_rate/639900/lower_secondary/2025-2026/subject=math"]
    assert (math.numerator, math.denominator) == (120, 250)
    assert (math.value, math.shown) == (Fraction(48), "48.00")
    one = figures[f"reaching_rate/{ONE}/lower_secondary/2025-2026/subject=chinese"]
    assert (one.value, one.shown) == (Fraction(75), "75.00")
    # A primary school sat nothing, and a rate over both subjects means nothing.
    assert not [key for key in figures if PRIMARY in key]
    assert "reaching_rate/639900/lower_secondary/2025-2026" not in figures


def test_slices_are_subjects_attributes_and_groups_of_schools(exam):
    figures = exam().figures("reached")
    county = {
        str(figure.slice): figure.value for figure in figures.values() if figure.place == "639900"
    }
    assert county["subject=math"] == 66 + 34 + 20
    assert county["subject=chinese"] == 90 + 50 + 30
    assert county["sponsor=831"] == 66 + 90 + 34 + 50
    assert county["sponsor=999"] == 20 + 30
    assert county["alliances=first"] == 66 + 90 + 34 + 50
    assert county["alliances=second"] == 20 + 30
    # Nobody is in it yet: it is no zero.
    assert "alliances=planned" not in county


def test_a_group_or_an_attribute_covers_its_own_schools_alone(exam):
    figures = exam({key: value for key, value in WHOLE.items() if key[0] != TWO}).figures("reached")
    first = figures["reached/639900/lower_secondary/2025-2026/alliances=first"]
    assert (first.value, first.coverage.missing) == (None, (TWO,))
    assert (first.coverage.reported, first.coverage.expected) == (1, 2)
    second = figures["reached/639900/lower_secondary/2025-2026/alliances=second"]
    assert (second.value, second.coverage.expected) == (50, 1)
    assert f"reached/{ONE}/lower_secondary/2025-2026/alliances=second" not in figures
    # Who has not come may have had anybody in any subject.
    math = figures["reached/639900/lower_secondary/2025-2026/subject=math"]
    assert (math.value, math.coverage.missing) == (None, (TWO,))


def test_what_one_subject_hides_leaves_the_other_whole(exam):
    rows = WHOLE | {(ONE, "math"): (120, Missing.WITHHELD)}
    figures = exam(rows).figures("reached")
    county = "reached/639900/lower_secondary/2025-2026"
    assert figures[f"{county}/subject=math"].coverage.missing == (ONE,)
    assert figures[f"{county}/subject=chinese"].value == 170
    assert figures[county].value is None


def test_a_row_of_an_unknown_subject_hides_a_number_in_each(exam):
    rows = {**WHOLE, (TWO, "math"): (80, 34)}
    unknown = exam(rows)
    key = (TWO, "math")
    unknown.rows = {(code, subject): value for (code, subject), value in rows.items()}
    unknown.rows[TWO, Missing.NOT_ANSWERED] = unknown.rows.pop(key)
    figures = unknown.figures("reached")
    for code in ("math", "chinese"):
        sliced = figures[f"reached/639900/lower_secondary/2025-2026/subject={code}"]
        assert (sliced.value, sliced.coverage.missing) == (None, (TWO,))
    # The whole does not ask of which subject it is.
    assert figures["reached/639900/lower_secondary/2025-2026"].value == 290


def test_a_sliced_figure_is_explained_down_to_its_rows(exam):
    told = exam().explain("reaching_rate/639900/lower_secondary/2025-2026/subject=math")
    assert told.term == "进线率（初中·数学）"
    assert told.formula == "〔进线情况〕进线人数÷〔进线情况〕参考人数×100%；只计考试学科为数学的"
    assert told.numbers == "120÷250×100%＝48.00%"
    numerator = [one for one in told.figure.because if one.part == "numerator"]
    assert [(one.place, one.amount) for one in numerator] == [(ONE, 66), (TWO, 34), (THREE, 20)]
    # What is added, and what decided that the row belongs; both of the mathematics row.
    assert [(trace.row, trace.value) for trace in numerator[0].traces] == [
        ("1", "reached"),
        ("1", "subject"),
    ]
    assert numerator[0].cells == ()


def test_a_share_is_sliced_as_the_ratio_it_is_of(exam):
    figures = exam().figures("half_reached_share")
    key = "half_reached_share/639900/all/2025-2026"
    # Mathematics 66/120 = 55 %, 34/80 = 42.5 %, 20/50 = 40 %: one school of three.
    math = figures[f"{key}/subject=math"]
    assert (math.numerator, math.denominator) == (1, 3)
    # Chinese 75 %, 62.5 %, 60 %: all three. Both subjects 156/240, 84/160, 50/100: all three.
    assert (figures[f"{key}/subject=chinese"].value, figures[key].value) == (100, 100)
    # Of the private one alone: exactly half is at least half.
    private = figures[f"{key}/sponsor=999"]
    assert (private.numerator, private.denominator, private.coverage.expected) == (1, 1, 1)
    public = figures[f"{key}/sponsor=831"]
    assert (public.denominator, public.coverage.expected) == (2, 2)


def test_who_hides_one_subject_hides_it_from_the_share_of_that_subject_alone(exam):
    rows = WHOLE | {(TWO, "math"): (80, Missing.WITHHELD)}
    figures = exam(rows).figures("half_reached_share")
    key = "half_reached_share/639900/all/2025-2026"
    assert figures[f"{key}/subject=math"].coverage.missing == (TWO,)
    assert figures[f"{key}/subject=chinese"].value == 100
    assert figures[f"{key}/sponsor=831"].value is None
    assert figures[f"{key}/sponsor=999"].value == 100


def test_a_spread_is_sliced_as_the_ratio_it_is_of(exam):
    figures = exam().figures("reaching_spread")
    key = "reaching_spread/639900/lower_secondary/2025-2026"
    # P = 120, 80, 50 (250); x = 0.55, 0.425, 0.4; Σpx = 66 + 34 + 20 = 120;
    # Σpx² = 36.3 + 14.45 + 8 = 58.75; 250 × 58.75 ÷ 120² − 1 = 14687.5 ÷ 14400 − 1 = 23/1152.
    math = figures[f"{key}/subject=math"]
    assert (math.value, math.shown) == (Root(Fraction(23, 1152)), "0.1413")
    assert math.indicator == "reaching_spread"
    # x = 0.75, 0.625, 0.6; Σpx = 90 + 50 + 30 = 170; Σpx² = 67.5 + 31.25 + 18 = 116.75.
    chinese = figures[f"{key}/subject=chinese"]
    assert chinese.value == Root(Fraction(250 * 467, 4 * 170**2) - 1)
    # whole: false, as the ratio's own card has it.
    assert set(figures) == {f"{key}/subject=math", f"{key}/subject=chinese"}


def test_sliced_shares_and_spreads_are_explained_by_their_own_rows(exam):
    told = exam().explain("half_reached_share/639900/all/2025-2026/subject=math")
    assert told.term == "进线率过半的学校占比（数学）"
    assert told.formula.endswith("；只计考试学科为数学的")
    notes = {one.place: one.note for one in told.figure.because if one.part == "numerator"}
    assert notes[ONE] == "全校进线率55%，不小于50%：达标"
    assert notes[TWO] == "全校进线率42.5%，不小于50%：未达标"
    traces = {trace.row for one in told.figure.because for trace in one.traces}
    assert traces == {"1"}
    spread = exam().explain("reaching_spread/639900/lower_secondary/2025-2026/subject=math")
    assert spread.formula.endswith("；只计考试学科为数学的")
    assert "Σ（P×x）＝120" in spread.numbers


def test_the_key_of_a_slice_has_five_parts_and_that_of_a_whole_four(exam):
    for key, figure in exam().figures().items():
        assert key == figure.key
        assert len(key.split("/")) == (5 if figure.slice else 4)


def test_facts_and_verdicts_stand_on_the_same_sources(exam):
    whole = exam()
    joined = whole.joined
    # A year has all that is declared; here only what the one source offers can be figured.
    year = Year.of(joined, whole.figures())
    slice_of = "subject=math"
    found = year.figure("reaching_rate", "639900", Stage.LOWER_SECONDARY, slice_of)
    assert found is not None
    assert found.value == 48
    assert year.figure("reaching_rate", "639900", Stage.LOWER_SECONDARY) is None
    assert [facts.place for facts in year.facts] == ["639900", ONE, TWO, THREE, PRIMARY]


NUMBERS = st.tuples(st.integers(0, 300), st.integers(0, 300))


@settings(max_examples=15)
@given(
    rows=st.dictionaries(
        st.tuples(st.sampled_from([ONE, TWO, THREE]), st.sampled_from(["math", "chinese"])),
        NUMBERS,
        max_size=6,
    )
)
def test_a_sum_over_slices_is_the_whole(exam, rows):
    """Wherever the whole is known, each dimension that divides all rows adds up to it."""
    figures = exam(rows).figures("reached")
    # In a township where nobody is asked there is nothing to add up.
    wholes = {
        key: figure
        for key, figure in figures.items()
        if figure.slice is None and figure.coverage.expected
    }
    assert wholes
    for key, whole in wholes.items():
        for dimension in ("subject", "sponsor", "alliances"):
            parts = [
                one for other, one in figures.items() if other.startswith(f"{key}/{dimension}=")
            ]
            values = [part.value for part in parts if part.coverage.expected]
            if whole.value is None:
                assert None in values
            else:
                assert sum(values) == whole.value
                if dimension != "subject":
                    # Each school is in one group, so the groups' coverages add up as well.
                    assert sum(one.coverage.expected for one in parts) == whole.coverage.expected


def test_two_slices_are_equal_whatever_they_are_called(exam):
    figure = exam().figures("reached")["reached/639900/lower_secondary/2025-2026/subject=math"]
    renamed = replace(figure, slice=replace(figure.slice, term="数学（2025）"))
    assert renamed == figure
