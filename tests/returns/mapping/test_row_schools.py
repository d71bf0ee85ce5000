"""Whose a row of a strange table is: by code, by name, or nobody's, word by word."""

import pytest
from invented import COUNTY, EXPLAIN, ON, SCHOOL, asks, form_of, record, school

from xianxue.bureau.kinds.form import Field
from xianxue.bureau.returns.mapping.proposal import Proposal, Proposals
from xianxue.bureau.returns.mapping.row_schools import Whose
from xianxue.bureau.returns.mapping.source import Source
from xianxue.bureau.returns.mapping.table import Head, Table
from xianxue.bureau.returns.mapping.targets import Target

TWINS = [school(code=f"21630000{n:02}") for n in (7, 8)]
OTHER = school(code="2163000009")
PLACES = [SCHOOL, *TWINS]
HEADS = {"code": "学校代码", "name": "学校名称"}


def source(row, columns=("code", "name", "value"), full=None):
    """Make a table of one row below its headers; each column holds what it is named by."""
    proposals = tuple(
        Proposal(
            Head(at, (HEADS.get(holds, "人数"),)), 1,
            Target(holds, holds, Field(field=holds, term=HEADS.get(holds, "人数"), type="text")),
        )
        for at, holds in enumerate(columns)
    )  # fmt: skip
    grid = [["" for _ in columns], list(row)]
    table = Table(tuple(each.head for each in proposals), (0, 0), rows=[1])
    form = form_of(record(asks("x", "人数")))
    found = Proposals("", proposals)
    return Source("t.xlsx", "表一", grid, [grid[0], list(full or row)], table, form, found)


def whose(row, columns=("code", "name", "value"), places=None, only="", full=None):
    given = [SCHOOL] if places is None else places
    return Whose.among(given, ON, only).of(source(row, columns, full), 1)


# ── known ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (["2163000002", "虚构学校", 5], ("code", "name", "value")),
        (["2163000002", "", 5], ("code", "name", "value")),
        (["", "虚构学校", 5], ("code", "name", "value")),
        # A code none of ours has, and a name that one has: the name counts.
        (["0009", "虚构学校", 5], ("code", "name", "value")),
        (["2163000002", 5], ("code", "value")),
        (["虚构学校", 5], ("name", "value")),
        # How they are written: blanks, widths.
        ([" 2163 000002 ", "虚构 学校", 5], ("code", "name", "value")),
        ([2163000002, "虚构学校", 5], ("code", "name", "value")),
    ],
)
def test_a_school_is_known_by_its_code_or_its_name(row, columns):
    assert whose(row, columns) == "2163000002"


def test_a_table_that_names_no_school_is_that_of_whoever_said_so():
    assert whose([5], ("value",), only="2163000002") == "2163000002"
    assert whose([5], ("value",)) == ""


def test_a_school_somebody_named_may_be_named_again():
    assert whose(["2163000002", "", 5], only="2163000002") == "2163000002"


def test_two_schools_of_one_name_are_told_apart_by_their_codes():
    assert whose(["2163000007", "虚构学校", 5], places=TWINS) == "2163000007"
    found = whose(["", "虚构学校", 5], places=TWINS)
    assert found.saw == "“虚构学校”，名册里有不止一所学校叫这个名称，这一行 2 格没有读"


def test_the_name_is_that_of_the_day():
    named = Whose.among([SCHOOL, COUNTY], ON)
    assert named.by_code == {"2163000002": "虚构学校", "632500": "虚构县"}
    assert named.by_name == {"虚构学校": ["2163000002"], "虚构县": ["632500"]}
    assert named.only == ""


def test_a_name_over_merged_cells_counts_for_each_of_its_rows():
    """What is read is the spread-out table; what was not read are the row's own cells."""
    row = ["", "", 5]
    assert whose(row, full=["2163000002", "虚构学校", 5]) == "2163000002"
    found = whose(row, full=["1", "别的学校", 5])
    assert found.saw == "代码 1、“别的学校”，名册里没有当期在办的这所学校，这一行 1 格没有读"


# ── not known ───────────────────────────────────────────────────────────────

TAIL = "；要求：学校代码或学校名称与名册一致。是本县的学校，请改正原表"
BY_CODE = "；只是名称写法不同的，可以用 --skip 不读名称一列，只按代码认。"
MIND = "；不是的不必管。"


@pytest.mark.parametrize(
    ("row", "places", "only", "cell", "sentence"),
    [
        (["2199999999", "别的学校", 5], PLACES, "", "A2",
         f"代码 2199999999、“别的学校”，名册里没有当期在办的这所学校，这一行 3 格没有读{TAIL}{BY_CODE}"),
        (["2199999999", "", 5], PLACES, "", "A2",
         f"代码 2199999999，名册里没有当期在办的这所学校，这一行 2 格没有读{TAIL}{MIND}"),
        (["", "别的学校", 5], PLACES, "", "A2",
         f"“别的学校”，名册里没有当期在办的这所学校，这一行 2 格没有读{TAIL}{MIND}"),
        (["", "", 5], PLACES, "", "A2", f"没有写学校，看不出是哪所学校，这一行 1 格没有读{TAIL}{MIND}"),
        # Either may be the slip, so neither is taken.
        (["2163000002", "别的学校", 5], PLACES, "", "A2",
         f"代码 2163000002 在名册里是“虚构学校”，这一行写的是“别的学校”，这一行 3 格没有读{TAIL}{BY_CODE}"),
        (["2163000002", "虚构学校", 5], PLACES, "2163000007", "A2",
         f"代码 2163000002、“虚构学校”不是 --place 写的 2163000007，这一行 3 格没有读{TAIL}{BY_CODE}"),
        (["0009", "虚构学校", 5], PLACES, "", "A2",
         f"代码 0009、“虚构学校”，名册里有不止一所学校叫这个名称，这一行 3 格没有读{TAIL}{BY_CODE}"),
    ],
)  # fmt: skip
def test_a_row_of_nobody_is_told_word_by_word(row, places, only, cell, sentence):
    found = whose(row, places=places, only=only)
    assert (found.code, found.severity, found.cell, found.sheet, found.form) == (
        "R-MAP-PLACE", EXPLAIN, cell, "表一", "f",
    )  # fmt: skip
    assert found.message == f"t.xlsx〔表一〕{cell}：{sentence}"


def test_the_complaint_stands_where_the_school_should_be_named():
    """At the code, else at the name."""
    assert whose(["甲", "9999"], ("value", "code")).cell == "B2"
    assert whose(["5", "甲", "乙", ""], ("value", "value", "name", "value")).cell == "C2"
    both = whose(["5", "别的", "9"], ("value", "name", "code"))
    assert both.cell == "C2"


def test_a_row_shorter_than_the_table_names_no_school():
    found = whose([5], ("value", "code", "name"))
    assert found.saw == "没有写学校，看不出是哪所学校，这一行 1 格没有读"
    assert whose([5, "2163000002"], ("value", "code", "name")) == "2163000002"


def test_a_contradiction_is_found_among_many_schools():
    """The code of one and the name of another."""
    found = whose(["2163000009", "虚构学校", 5], places=[SCHOOL, OTHER])
    # Both are called alike, so the code decides.
    assert found == "2163000009"
