"""What a workbook brings along in its hidden sheet and on the clerk's sheet of explanations."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.records.brought import Brought, Norm, PeerGroup, Said
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.explanation import Explanation
from xianxue.bureau.returns.files.opening import Book
from xianxue.bureau.returns.reading.brought import read_brought
from xianxue.bureau.returns.sheets.comparison_lines import lines_of
from xianxue.bureau.values.missing import Missing


class Plain(Book):
    """A workbook of nothing but its cells."""

    def __init__(self, **grids):
        super().__init__()
        self.grids = grids

    @property
    def tabs(self):
        return list(self.grids)

    def _read(self, tab):
        return self.grids[tab]


def read(*lines, **more):
    grid = [["_beside", "1"], *map(list, lines)]
    return read_brought(Plain(学生=[["年级"]], _beside=grid, **more), "small", "2163000001")


NORM = ("norm", "peers", "pupils.enrolled", "G1", "211", "2", "12", "81/2", "7/3", "5")
EXPLAINED = (
    "explained",
    "R-USUAL",
    "pupils.G1.enrolled",
    "41",
    "并入一个班",
    "某老师",
    "2025-10-01",
)


def test_last_year_by_sheet_row_and_field():
    found = read(
        ("last",),
        ("cell", "pupils", "G1", "enrolled", "41"),
        ("cell", "pupils", "G1", "girls", "不适用"),
        ("cell", "pupils", "G2", "enrolled", "-3"),
        ("cell", "about", "", "area", "520050"),
    )
    assert found == Brought(
        last={
            "pupils": (
                Row("G1", {"enrolled": Cell(41), "girls": Cell(Missing.NOT_APPLICABLE)}),
                Row("G2", {"enrolled": Cell(-3)}),
            ),
            "about": (Row("", {"area": Cell(520050)}),),
        }
    )


def test_norms_of_the_other_schools():
    assert read(("norms",), NORM) == Brought(
        norms={
            PeerGroup("peers", "pupils.enrolled", "G1", "211", 2): Norm(
                12, Fraction(81, 2), Fraction(7, 3), Fraction(5)
            )
        }
    )


def test_what_was_explained_before():
    assert read(EXPLAINED) == Brought(
        explained=(
            Explanation(
                rule="R-USUAL",
                form="small",
                place="2163000001",
                field="pupils.G1.enrolled",
                value="41",
                text="并入一个班",
                by="某老师",
                on=date(2025, 10, 1),
            ),
        )
    )


def test_nothing_from_last_year_is_not_the_same_as_no_last_year():
    assert read().last is None
    assert read().norms is None
    assert read(("last",)).last == {}
    assert read(("norms",)).norms == {}
    # Cells before their heading mean nothing.
    assert read(("cell", "pupils", "G1", "enrolled", "41")) == Brought()
    assert read(NORM) == Brought()
    assert read(("something new", "x")) == Brought()


def test_a_program_may_leave_out_empty_cells_at_the_end_and_put_others_behind():
    assert read(("explained", "R-USUAL", "a.b", "", "", "", "2025-10-01")).explained[0].by == ""
    assert read(("last", "", "", "", "", "", "", "", "", "", "")).last == {}
    long = ("cell", "pupils", "G1", "enrolled", "41", "", "", "", "", "", "x", "y")
    assert read(("last",), long).last == {"pupils": (Row("G1", {"enrolled": Cell(41)}),)}


def test_numbers_that_a_program_has_made_of_the_texts_spoil_it():
    """41.0 is not what was written: then nothing of it is believed."""
    assert read(("last",), ("cell", "pupils", "G1", "enrolled", 41.0)) is None


@pytest.mark.parametrize(
    "line",
    [
        ("cell", "pupils", "G1", "enrolled", "四十一"),
        ("cell", "pupils", "G1", "enrolled"),
        ("norm", "peers", "pupils.enrolled", "G1", "211", "2", "12", "1/0", "1", "1"),
        ("norm", "peers", "pupils.enrolled", "G1", "211", "大", "12", "1", "1", "1"),
        ("norm", "peers", "pupils.enrolled", "G1", "211", "2", "12", "1", "1", ""),
        ("explained", "R-USUAL", "a.b", "41", "x", "y", "昨天"),
    ],
)
def test_a_spoilt_hidden_sheet_is_as_none_at_all(line):
    assert read(("last",), ("norms",), EXPLAINED, line) is None


def test_a_sheet_that_is_not_ours_or_of_another_version_is_as_none_at_all():
    for first in (["_beside", "2"], ["别的", "1"], ["_beside"]):
        book = Plain(_beside=[first, ["last"]])
        assert read_brought(book, "small", "2163000001") is None
    assert read_brought(Plain(_beside=[]), "small", "2163000001") is None
    assert read_brought(Plain(_other=[["_beside", "1"], ["last"]]), "small", "2") is None


# ── what the clerk wrote ────────────────────────────────────────────────────

SIGNED = [
    ["问题", "说明", "xianxue-answers", "", "", ""],
    ["一年级人数多", "并班", "R-USUAL", "pupils.G1.enrolled", "41", "1"],
]
SAID = Said("R-USUAL", "pupils.G1.enrolled", "41", "并班")


def test_what_a_clerk_wrote_comes_along_with_and_without_the_hidden_sheet():
    alone = Plain(学生=[["年级"]], 经验校验说明=SIGNED)
    assert read_brought(alone, "small", "2163000001") == Brought(said=(SAID,))
    assert read(("last",), 经验校验说明=SIGNED) == Brought(last={}, said=(SAID,))
    # A spoilt hidden sheet takes nothing away from it.
    spoilt = Plain(经验校验说明=SIGNED, _beside=[["_beside", "9"]])
    assert read_brought(spoilt, "small", "2163000001") == Brought(said=(SAID,))


def test_a_copied_sheet_of_explanations_is_read_too():
    book = Plain(**{"经验校验说明": SIGNED, "经验校验说明 (2)": SIGNED, "说明": SIGNED})
    assert read_brought(book, "small", "2163000001") == Brought(said=(SAID, SAID))


# ── what is written is read again ───────────────────────────────────────────

NAMES = st.sampled_from(["enrolled", "girls", "area"])
VALUES = st.integers(-(10**9), 10**9) | st.sampled_from(list(Missing))
RATIOS = st.fractions(min_value=-1000, max_value=1000, max_denominator=999)
ROWS = st.dictionaries(
    st.sampled_from(["G1", "G2", ""]), st.dictionaries(NAMES, VALUES, min_size=1), min_size=1
)


@given(
    last=st.none() | st.dictionaries(st.sampled_from(["pupils", "about"]), ROWS),
    norms=st.none()
    | st.dictionaries(
        st.builds(PeerGroup, NAMES, NAMES, st.just("G1"), st.sampled_from(["211", ""]), st.integers(0, 9)),
        st.builds(Norm, st.integers(0, 99), RATIOS, RATIOS, RATIOS),
    ),
)  # fmt: skip
def test_what_the_template_wrote_is_read_as_it_was_meant(last, norms):
    tables = (
        None
        if last is None
        else {
            sheet: tuple(
                Row(code, {name: Cell(value) for name, value in cells.items()})
                for code, cells in rows.items()
            )
            for sheet, rows in last.items()
        }
    )
    brought = Brought(tables, norms)
    assert read(*lines_of(brought)) == brought
