"""Explanations: the formula in words and numbers, and reasons that add up to the figure."""

from datetime import date
from fractions import Fraction

import pytest

from xianxue.bureau.indicators.explaining.explain import explain
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.trace import CellRef
from xianxue.bureau.values.missing import Missing

TODAY = date(2025, 9, 1)


def explained(county, key):
    """Explain a figure; cells are looked up in the returns themselves."""
    cells = {
        (one.place, sheet, field, row.code): cell
        for one in county.returns
        for sheet, rows in one.tables.items()
        for row in rows
        for field, cell in row.cells.items()
    }

    def find(place, sheet, field, row):
        cell = cells.get((place, sheet, field, row))
        if cell is None:
            return []
        said = cell.value.value if isinstance(cell.value, Missing) else str(cell.value)
        name = f"{sheet}.{field}"
        return [CellRef(place, "f", 1, f"{place}.xlsx", sheet, f"{row}!", name, field, said)]

    indicator = key.partition("/")[0]
    figure = county.figures(indicator)[key]
    return explain(figure, county.shelf, county.register, county.tables, TODAY, find)


def amounts(explanation, part):
    return {one.place: one.amount for one in explanation.figure.because if one.part == part}


def test_the_formula_is_said_in_official_terms_and_with_its_numbers(four_schools):
    told = explained(
        four_schools, "lower_secondary_consolidation_a/639800/lower_secondary/2025-2026"
    )
    assert told.term == "初中三年巩固率（甲式）（初中）"
    assert told.formula == (
        "〔毕业生学籍变动〕毕业生数÷〔毕业生学籍变动〕"
        "（入学时人数＋期间转入−期间转出−期间死亡）×100%"
    )
    assert told.numbers == "220÷（232＋5−8−1）×100%＝96.49%"


def test_conditions_and_lines_are_said_with_the_value_in_force(four_schools):
    told = explained(four_schools, "classes_within_norm/3163980002/lower_secondary/2025-2026")
    assert told.formula == "〔班级〕条数（班级人数不大于50人）÷〔班级〕条数×100%"
    assert told.numbers == "11÷12×100%＝91.67%"
    told = explained(four_schools, "primary_gross_enrolment/639800/all/2025-2026")
    assert (
        "〔学生〕在校生数（学段为小学）÷〔学龄人口〕人口数（年龄（周岁）为6周岁、" in told.formula
    )


def test_a_division_between_stages_is_told_with_its_pupils_and_weights(four_schools):
    told = explained(four_schools, "teaching_area_per_pupil/639800/primary/2025-2026")
    assert told.numbers == "（3000＋折算所得2200）÷1040＝5.00平方米"
    notes = {one.place: one.note for one in told.figure.because if one.part == "numerator"}
    assert notes["3163980001"] == "全校2750×440×1÷（小学440×1＋初中100×1.1）"
    told = explained(four_schools, "teaching_area_per_pupil/3163980001/lower_secondary/2025-2026")
    assert told.numbers == "3025÷550＝5.50平方米"
    notes = [one.note for one in told.figure.because]
    assert notes == [
        "全校2750×本学段折算权重1.1",
        "各学段学生数×折算权重：小学440×1＋初中100×1.1",
    ]


def test_a_spread_is_told_with_the_sums_it_is_made_of(five_schools):
    told = explained(five_schools, "spread_books_per_pupil/639700/primary/2025-2026")
    assert told.numbers == (
        "ΣP＝302，Σ（P×x）＝1913，Σ（P×x²）＝15334.9197；√［302×15334.9197÷1913²−1］＝0.5153"
    )
    assert amounts(told, "numerator")["2163970003"] == 935
    assert amounts(told, "denominator")["2163970003"] == 89


def test_cells_are_those_that_were_added_and_those_that_decided(four_schools):
    told = explained(four_schools, "music_rooms_per_12_classes/3163980001/all/2025-2026")
    (rooms,) = (one for one in told.figure.because if one.part == "numerator")
    assert [(cell.field, cell.cell) for cell in rooms.cells] == [
        ("special_rooms.kind", "1!"),
        ("special_rooms.area", "1!"),
        ("special_rooms.kind", "2!"),
        ("special_rooms.built_year", "2!"),
        ("special_rooms.area", "2!"),
    ]


def test_what_is_counted_from_the_register_says_so(four_schools):
    told = explained(four_schools, "average_school_size/639800/all/2025-2026")
    register = [one for one in told.figure.because if one.part == "denominator"]
    assert [one.note for one in register] == ["据学校名册"] * 3
    assert told.numbers == "1740÷3＝580人"


@pytest.mark.parametrize("example", ["four_schools", "demo_county"])
def test_reasons_add_up_to_the_figure(made, example):
    county = made.example(example)
    names = ["teaching_area_per_pupil", "kindergarten_children", "preschool_gross_enrolment"]
    names += ["music_rooms_per_12_classes", "outdoor_area_met_old", "average_school_size"]
    names += ["lower_secondary_consolidation_b", "staff_total", "over_qualified_teachers"]
    figures = [one for one in county.figures(*names).values() if one.numerator is not None]
    areas = [one for one in figures if county.register[one.place].level != "school"]
    schools = [one for one in figures if county.register[one.place].level == "school"]
    assert areas
    for figure in [*areas, *schools[::9]]:
        told = explained(county, figure.key)
        over = {**amounts(told, "numerator"), **amounts(told, "of")}
        assert sum(over.values(), Fraction(0)) == figure.numerator, figure.key
        if figure.denominator is not None:
            under = amounts(told, "denominator")
            assert sum(under.values(), Fraction(0)) == figure.denominator, figure.key


def test_an_undetermined_figure_names_who_hides_what(made):
    point = made.school("2199000001", "211")
    grades = [(f"G{n}", {"enrolled": 20 if n > 1 else Missing.WITHHELD}) for n in range(1, 7)]
    other = made.school("2199000002", "211")
    county = made.County(made.register(point, other), [made.filed(point, students=grades)])
    told = explained(county, "pupils/639900/primary/2025-2026")
    assert told.numbers == ""
    assert [(one.amount, one.note) for one in told.figure.because] == [
        (None, "有数未填或不公开"),
        (None, "尚未报送"),
    ]
    assert told.figure.because[0].cells[0].value == "不公开"


def test_sources_are_named_once_and_doubts_are_kept(four_schools):
    told = explained(four_schools, "teaching_area_per_pupil/639800/primary/2025-2026")
    assert told.sources == (
        "《优质均衡资源配置指标取数口径》",
        "《县域义务教育优质均衡发展督导评估办法》（教督〔2017〕6号）",
        "《一贯制学校、完全中学共用设施分学段折算办法》（未核实）",
    )
    assert [one.document for one in told.doubts] == ["shared-facilities-split"]


def test_weights_of_schools_that_are_not_there_are_not_leaned_on(five_schools):
    told = explained(five_schools, "books_per_pupil/639700/primary/2025-2026")
    assert told.doubts == ()


def test_the_same_figure_is_explained_in_the_same_words(four_schools):
    key = "sports_area_per_pupil/639800/lower_secondary/2025-2026"
    one, other = explained(four_schools, key), explained(four_schools, key)
    assert one == other
    assert one.figure.because == other.figure.because
    assert {Stage.LOWER_SECONDARY} == {one.figure.stage}
