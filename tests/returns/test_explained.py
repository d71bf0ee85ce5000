"""An explanation is carried forward while its value stays; a changed value asks again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.form import Form
from xianxue.bureau.law.citation import Seen
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.returns.checking.explanations import (
    field_key,
    name_of,
    same_value,
    side_by_side,
    still_open,
    subject_of,
)
from xianxue.bureau.values.record import replace


def answer(text="新建一栋教学楼", **more):
    parts = {
        "rule": "R-USUAL",
        "form": "small",
        "place": "2163000002",
        "field": "about.area",
        "value": "60000",
        "by": "张三（虚构）",
        "on": date(2024, 10, 8),
    }
    return Explanation(text=text, **(parts | more))


def returned(small, area):
    """The good return with another building area, whole square metres."""
    tables = dict(small.filled.tables)
    cells = {**tables["about"][0].cells, "area": Cell(area * 100, "D9", str(area))}
    tables["about"] = (Row("", cells),)
    return replace(small.filled, tables=tables)


def issues_of(small, filed):
    found = check_return(filed, small.shelf, small.nine_year, small.period)
    return [issue for issue in found if issue.code == "R-USUAL"]


def test_an_unexplained_value_stays_open(small):
    filed = returned(small, 60_000)
    (issue,) = still_open(issues_of(small, filed), [], filed, small.form)
    assert issue.severity is Severity.EXPLAIN


def test_an_explained_value_becomes_a_remark_with_its_answer(small):
    filed = returned(small, 60_000)
    (issue,) = still_open(issues_of(small, filed), [answer()], filed, small.form)
    assert issue.severity is Severity.NOTE
    assert issue.message.endswith(
        "张三（虚构）已于 2024 年 10 月 8 日说明：新建一栋教学楼。值没有变，不必再说明。"
    )


def test_a_changed_value_opens_it_again(small):
    filed = returned(small, 60_001)
    (issue,) = still_open(issues_of(small, filed), [answer()], filed, small.form)
    assert issue.severity is Severity.EXPLAIN


@pytest.mark.parametrize(
    "other",
    [
        {"rule": "R-WORD"},
        {"place": "2163000001"},
        {"form": "another"},
        {"field": "about.funds"},
    ],
)
def test_an_answer_speaks_of_one_rule_place_form_and_field(small, other):
    filed = returned(small, 60_000)
    (issue,) = still_open(issues_of(small, filed), [answer(**other)], filed, small.form)
    assert issue.severity is Severity.EXPLAIN


def test_the_last_of_several_answers_counts(small):
    filed = returned(small, 60_000)
    several = [answer(), answer("改扩建完成", value="60000.00"), answer("旧值", value="1")]
    (issue,) = still_open(issues_of(small, filed), several[:2], filed, small.form)
    assert "改扩建完成" in issue.do
    (issue,) = still_open(issues_of(small, filed), several, filed, small.form)
    assert issue.severity is Severity.EXPLAIN


def test_what_has_to_be_fixed_cannot_be_explained_away(small):
    filed = returned(small, -5)
    found = check_return(filed, small.shelf, small.nine_year, small.period)
    said = [answer(rule=issue.code, value="-5", field=issue.field) for issue in found]
    assert still_open(found, said, filed, small.form) == found
    assert any(issue.severity is Severity.MUST_FIX for issue in found)


def test_each_row_has_its_own_answer(small):
    """950 and 960 are both beyond the usual 900; only grade one is explained."""
    tables = dict(small.filled.tables)
    tables["pupils"] = tuple(
        replace(row, cells={**row.cells, "enrolled": Cell(value, f"B{4 + at}", str(value))})
        if value
        else row
        for at, (row, value) in enumerate(
            zip(tables["pupils"], [950, 960, 0, 0, 0, 0, 0, 0, 0], strict=True)
        )
    )
    filed = replace(small.filled, tables=tables)
    said = answer(field="pupils.G1.enrolled", value="950")
    found = still_open(issues_of(small, filed), [said], filed, small.form)
    assert [(issue.cell, issue.severity) for issue in found] == [
        ("B4", Severity.NOTE),
        ("B5", Severity.EXPLAIN),
    ]
    assert subject_of(found[1], filed, small.form).field == "pupils.G2.enrolled"


def test_a_total_is_explained_by_its_own_value(small):
    filed = returned(small, 60_000)
    (issue,) = issues_of(small, filed)
    total = replace(issue, value="412", field="pupils.enrolled", cell="B4")
    said = answer(field="pupils.enrolled", value="412")
    assert still_open([total], [said], filed, small.form)[0].severity is Severity.NOTE
    other = replace(total, value="413")
    assert still_open([other], [said], filed, small.form) == [other]


def test_a_comparison_is_explained_with_all_its_numbers(small):
    """40 entrants and 41 pupils in G1 …: more entrants than pupils are asked about."""
    tables = dict(small.filled.tables)
    first = tables["pupils"][0]
    entrants = replace(
        first, cells={**first.cells, "entrants": Cell(400, "D4", "400"), "enrolled": Cell(41, "B4")}
    )
    seventh = tables["pupils"][6]
    seventh = replace(seventh, cells={**seventh.cells, "entrants": Cell(47, "D10", "47")})
    tables["pupils"] = (entrants, *tables["pupils"][1:6], seventh, *tables["pupils"][7:])
    filed = replace(small.filled, tables=tables)
    found = check_return(filed, small.shelf, small.nine_year, small.period)
    (issue,) = [one for one in found if one.code == "entrants"]
    subject = subject_of(issue, filed, small.form)
    assert (subject.field, subject.value, subject.cell) == ("pupils.G1.entrants", "400；41", "400")
    said = answer(rule="entrants", field=subject.field, value=subject.value)
    assert still_open([issue], [said], filed, small.form)[0].severity is Severity.NOTE
    # The other number changed: the question is open again.
    other = replace(issue, value="400；39")
    assert still_open([other], [said], filed, small.form) == [other]


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_how_a_number_is_written_does_not_matter(number, zeros):
    plain = str(number)
    forms = [plain, f" {plain} ", f"{number:,}", plain + "." + "0" * zeros if zeros else plain]
    wide = plain.translate({ord("0") + n: ord("０") + n for n in range(10)})
    assert all(same_value(one, other) for one in [*forms, wide] for other in forms)
    assert not same_value(plain, str(number + 1))


@given(st.permutations(range(4)))
def test_issues_keep_their_order_and_number(small_order):
    """Explaining changes grades, never the list."""
    base = Return(form="f", version="1", period="2025-2026", place="p", tables={})

    form = Form(
        form="f", term="f", version="1", filed_by="school", period="school_year", sheets=[],
        source=Cited(document="own", seen=Seen.OWN),
    )  # fmt: skip
    issues = [
        Issue(code=f"X{n}", severity=Severity.EXPLAIN, saw=str(n), value="1", field="a.b")
        for n in small_order
    ]
    said = [answer(rule="X1", form="f", place="p", field="a.b", value="1")]
    found = still_open(issues, said, base, form)
    assert [issue.code for issue in found] == [issue.code for issue in issues]
    assert sum(issue.severity is Severity.NOTE for issue in found) == 1


def test_the_bureau_sees_all_answers_to_one_rule_side_by_side(small):
    said = [
        answer("撤并", place="2163000001", field="pupils.G2.enrolled", value="3"),
        answer("撤并", place="2163000002", field="pupils.G2.enrolled", value="5"),
        answer("笔误", place="2163000002", field="pupils.G1.enrolled", value="950"),
        answer("招生增加", place="2163000002", field="pupils.G1.enrolled", value="950"),
        answer("别的规则", rule="R-WORD"),
        answer("外县", place="9999", field="rooms.2.pupils", value="80"),
    ]
    lines = side_by_side("R-USUAL", said, small.shelf, small.register)
    assert [(line.where, line.name, line.value, line.text, line.same_text) for line in lines] == [
        ("学生·一年级·在校生数", "虚构县九年制学校", "950", "招生增加", 1),
        ("学生·二年级·在校生数", "虚构县第一小学", "3", "撤并", 2),
        ("学生·二年级·在校生数", "虚构县九年制学校", "5", "撤并", 2),
        ("班级·第 2 条·学生数", "9999", "80", "外县", 1),
    ]


def test_a_field_is_named_by_sheet_row_and_field(small):
    assert field_key("about", "", "area") == "about.area"
    assert name_of("small", "about.area", small.shelf) == "学校概况·校舍建筑面积"
    assert name_of("small", "nothing.like_it", small.shelf) == "nothing.like_it"
