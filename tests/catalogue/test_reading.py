"""Whatever is written in a card's file, the door answers with complaints and never breaks."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from xianxue.catalogue import yaml_lines
from xianxue.catalogue.load import load

BASE = Path(__file__).parent / "base"
FILES = {
    path.relative_to(BASE).as_posix(): path.read_text(encoding="utf-8").splitlines()
    for path in sorted(BASE.rglob("*.yaml"))
}
PLACES = [(name, number) for name, lines in FILES.items() for number in range(len(lines))]
SLIPS = ["", "  ", "\t", "x", "'", "[", "{", ": ", "- ", "#", "0", "-1", "null", "*x", "。"]


@given(
    st.text(alphabet=st.sampled_from("ab: -[]{}'\"\n\t#&*!|>%@`,.0123456789\\~?\x00\x07é中\ufeff"))
)
def test_any_text_that_is_no_card_is_a_fault(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("overlay")
    (folder / "card.yaml").write_text(text, encoding="utf-8", newline="")

    issues = load(folder, base=folder / "none").issues

    assert issues
    for issue in issues:
        line = int(re.fullmatch("第 ([0-9]+) 行", issue.cell)[1])
        assert 1 <= line <= len(re.split("\r\n?|\n|\x85|\u2028|\u2029", text)) + 1
        assert re.search("[\u4e00-\u9fff]", issue.saw)


DATA = st.recursive(
    st.one_of(
        st.integers(-(10**6), 10**6),
        st.booleans(),
        st.dates(),
        st.decimals(allow_nan=False, allow_infinity=False, places=3),
        st.text(alphabet="ab中 ,:'", max_size=5),
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(alphabet="abc_", min_size=1, max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(DATA)
def test_what_is_written_is_read_again(data):
    assert yaml_lines.read(written(data)).data == data


def written(data):
    """Data as YAML in flow style."""
    if isinstance(data, dict):
        return "{" + ", ".join(f"'{key}': {written(one)}" for key, one in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(written(one) for one in data) + "]"
    if isinstance(data, bool):
        return str(data).lower()
    return "'" + data.replace("'", "''") + "'" if isinstance(data, str) else f"{data}"


@given(st.sampled_from(PLACES), st.integers(0, 80), st.sampled_from(SLIPS), st.booleans())
def test_a_slip_of_the_pen_breaks_nothing(tmp_path_factory, place, column, slip, drop):
    """A line is lost, or something is typed into it: every complaint names a file and a line."""
    folder = tmp_path_factory.mktemp("base")
    name, number = place
    for other, lines in FILES.items():
        path = folder / other
        path.parent.mkdir(exist_ok=True)
        new = list(lines)
        if other == name:
            old = lines[number]
            new[number : number + 1] = [] if drop else [old[:column] + slip + old[column:]]
        path.write_text("\n".join(new) + "\n", encoding="utf-8")

    issues = load(base=folder).issues

    for issue in issues:
        assert issue.file in FILES
        line = int(re.fullmatch("第 ([0-9]+) 行", issue.cell)[1])
        assert 1 <= line <= len(FILES[issue.file]) + 1
