"""Complaints on a terminal: as wide as it is, a Chinese character counted as two columns."""

import json
import os
import shutil
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianxue.bureau.issues.issue import Issue, Severity
from xianxue.desk.cli.click_words import width
from xianxue.desk.cli.output import print_issues
from xianxue.desk.cli.paragraphs import wrapped

TEXT = st.text(st.sampled_from("一年级在校生数，。：“”（）〔〕 abc12.5C4\n"), max_size=120)


@given(TEXT, st.integers(24, 90))
def test_nothing_is_lost_and_no_line_is_too_wide(text, columns):
    found = wrapped(text, columns)
    assert "".join(found.split()) == "".join(text.split())
    for line in found.split("\n"):
        # What may not be torn apart, a long number or a row of brackets, may be wider.
        assert width(line) <= columns or not any(sign in "一年级在校生数" for sign in line[4:-4])


def test_a_line_ends_with_no_opening_and_begins_with_no_closing_mark():
    found = wrapped("小学的专任教师（D2）填了“38”，与上年相比（36）多了 2 名。" * 3, 30)
    for line in found.split("\n"):
        assert line.strip()[0] not in "，。）”"
        assert line.rstrip()[-1] not in "（“"
        assert width(line) <= 30
    assert "D2" in found
    assert "“38”" in found


def test_in_a_file_or_a_narrow_window_lines_are_left_as_they_are():
    text = "一年级的在校生数填了“1200”，不对。" * 4
    assert wrapped(text, 0) == wrapped(text, 10) == text


@pytest.mark.parametrize("seen", [True, False])
def test_only_a_terminal_breaks_lines_and_json_is_never_broken(seen, monkeypatch, capsys):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: seen, raising=False)
    # As the system's own: pytest asks it too while the test runs.
    size = os.terminal_size((40, 24))
    monkeypatch.setattr(shutil, "get_terminal_size", lambda **_: size)
    issue = Issue(code="R-X", severity=Severity.MUST_FIX, saw="一年级的在校生数" * 12, field="a.b")
    print_issues([issue], as_json=False)
    lines = capsys.readouterr().out.splitlines()
    assert (len(lines) > 2) is seen
    # Codes and the names of fields are for programs.
    assert not any("R-X" in line or "a.b" in line for line in lines)
    print_issues([issue], as_json=True)
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["code"], told["field"], told["cause"]) == ("R-X", "a.b", "")
