"""The colours of marks say what they cover, whoever saves the workbook in between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.returns.marking.colours import (
    NO_FILL,
    Before,
    Palette,
    before_of,
    fill_of,
    known_colours,
    with_prefix,
    without_prefixes,
)

GREEN = '<fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/></patternFill></fill>'
LOOKS = ("must_fix", "explain", "reason")


@pytest.mark.parametrize(
    ("look", "colours"),
    [
        ("must_fix", ["FFFF9090", "FFFF9091", "FFFF9092"]),
        ("explain", ["FFFFD060", "FFFFD061", "FFFFD062"]),
        ("reason", ["FFFDF0E0", "FFFDF0E1", "FFFDF0E2"]),
    ],
)
def test_each_fill_below_a_mark_has_its_own_colour(look, colours):
    palette = Palette()
    fills = [NO_FILL, GREEN, fill_of("FF123456")]
    assert [palette.colour(Before(look, False, fill)) for fill in fills] == colours
    # The same again, and each family by itself.
    assert palette.colour(Before(look, False, GREEN)) == colours[1]
    assert palette.colour(Before(look, True, GREEN))[-1] == "3"
    other = LOOKS[(LOOKS.index(look) + 1) % 3]
    assert palette.colour(Before(other, False, GREEN))[-1] == "0"


def test_a_family_has_256_colours_and_the_last_serves_the_rest():
    palette = Palette()
    colours = [palette.colour(Before("must_fix", False, str(n))) for n in range(258)]
    # Sixteen steps of the last digit, then one of the fourth.
    assert colours[15:17] == ["FFFF909F", "FFFF9190"]
    assert colours[254:] == ["FFFF9F9E", "FFFF9F9F", "FFFF9F9F", "FFFF9F9F"]
    assert len(set(colours)) == 256


def test_the_table_of_colours_is_read_as_it_was_written():
    palette = Palette()
    befores = [Before("must_fix", False, NO_FILL), Before("reason", True, GREEN)]
    for before in befores:
        palette.colour(before)
    assert palette.lines() == [("FFFF9090", "cell", NO_FILL), ("FFFDF0E0", "fresh", GREEN)]
    assert known_colours(palette.lines()) == dict(
        zip(["FFFF9090", "FFFDF0E0"], befores, strict=True)
    )


@pytest.mark.parametrize(
    "line",
    [
        (), ("FFFF9090",), ("FFFF9090", "cell"), ("FFFF9090", "other", NO_FILL),
        ("FFFF9090", "cell", "fill"), ("FF00FF00", "cell", NO_FILL), ("red", "cell", NO_FILL),
    ],
)  # fmt: skip
def test_what_is_no_line_of_the_table_is_left_out(line):
    whole = ("FFFFD060", "cell", NO_FILL, "more", "and more")
    assert known_colours([line, whole]) == {"FFFFD060": Before("explain", False, NO_FILL)}


def test_the_first_of_two_lines_for_a_colour_counts():
    lines = [("FFFF9090", "cell", GREEN), ("FFFF9090", "fresh", NO_FILL)]
    assert known_colours(lines) == {"FFFF9090": Before("must_fix", False, GREEN)}


def test_a_fill_of_ours_is_known_again():
    known = {"FFFF9091": Before("must_fix", True, GREEN)}
    for guess in (True, False):
        assert before_of(fill_of("FFFF9091"), known, guess=guess) == known["FFFF9091"]
        # Programs write colours in small letters, too.
        small = fill_of("FFFF9091").replace("FFFF9091", "ffff9091")
        assert before_of(small, known, guess=guess) == known["FFFF9091"]
        assert before_of(GREEN, known, guess=guess) is None
        assert before_of(NO_FILL, known, guess=guess) is None
        pattern = fill_of("FFFF9091").replace("solid", "gray125")
        assert before_of(pattern, known, guess=guess) is None


@pytest.mark.parametrize(
    ("colour", "look"),
    [
        ("FFFF9F9F", "must_fix"), ("FFFFD060", "explain"), ("00FDF0E0", "reason"),
        # One step beyond the family in either place.
        ("FFFF90A0", None), ("FFFFA090", None), ("FFFE9090", None),
    ],
)  # fmt: skip
def test_where_the_table_is_lost_a_colour_of_the_families_covers_nothing(colour, look):
    found = before_of(fill_of(colour), {}, guess=True)
    assert found == (Before(look, False, NO_FILL) if look else None)
    assert before_of(fill_of(colour), {}, guess=False) is None


def test_a_prefix_is_put_on_every_tag_and_taken_off():
    xml = '<fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/></patternFill></fill>'
    prefixed = with_prefix(xml, "x:")
    assert prefixed == (
        '<x:fill><x:patternFill patternType="solid"><x:fgColor rgb="FF00FF00"/></x:patternFill></x:fill>'
    )
    assert without_prefixes(prefixed) == xml
    assert with_prefix(xml, "") == xml
    assert without_prefixes(xml) == xml


@given(
    st.lists(
        st.builds(
            Before,
            st.sampled_from(LOOKS),
            st.booleans(),
            st.sampled_from([NO_FILL, GREEN, fill_of("FF111111")]),
        ),
        unique=True,
    )
)
def test_every_mark_leads_back_to_what_it_covers(befores):
    palette = Palette()
    colours = [palette.colour(before) for before in befores]
    known = known_colours(palette.lines())
    assert [before_of(fill_of(colour), known, guess=False) for colour in colours] == befores
