"""Whoever reads a complaint in a browser is told what to press, and never what to type."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from xianxue.bureau.values.sentence import joined, say
from xianxue.catalogue.languages.words import words_of
from xianxue.web.kit.pressed import PRESSED, page_words
from xianxue.web.kit.words import reading, tell

SENTENCES = runpy.run_path(str(Path(__file__).parents[1] / "house" / "sentences.py"))
TYPED = re.compile(r"xianxue [a-z]|(?<!-)--[a-z]|returns submit")
NEVER_ON_A_PAGE = (
    # The command line's own.
    "desk/cli/",
    # A province's system of indicators is read and kept by whoever keeps the cards.
    "bureau/appraisal/importing/",
    "actions/cards/keep_rubric.py",
    # Money of a plan's tasks is typed at the command line.
    "desk/plan/plan_writing.py",
    # Documents about one school or one matter too.
    "desk/report/occasions.py",
    # Mapping somebody's table, and who acts at the command line: no page does it.
    "bureau/returns/mapping/",
    "desk/returns/mapping/",
    "desk/accounts/acting.py",
    "desk/audit/output.py",
    # Before a page is there: no workspace, no engine, no port.
    "desk/workspace.py",
    "desk/stores/engines.py",
    "web/server.py",
    # Pages of their own for whoever keeps the machine.
    "desk/backup/restoring.py",
    "desk/journal/verification.py",
)


def typed() -> dict[str, str]:
    """Each sentence that pages may show and that names something to type, and where it is said."""
    return {
        template: str(path)
        for _, template, path, _ in SENTENCES["said"]()
        if TYPED.search(template) and not any(part in str(path) for part in NEVER_ON_A_PAGE)
        if not str(path).endswith(".html") and "kit/pressed" not in str(path)
    }


def test_every_sentence_that_names_a_command_has_its_page_words():
    assert {t: where for t, where in typed().items() if t not in PRESSED} == {}


def test_there_is_no_sentence_left_over():
    known = {template for _, template, _, _ in SENTENCES["said"]()}
    assert [typed for typed in PRESSED if typed not in known] == []


def test_what_is_pressed_names_no_command_and_knows_its_values():
    names = SENTENCES["placeholders"]
    english = words_of("en")
    for typed_so, pressed in PRESSED.items():
        assert not TYPED.search(pressed.template), pressed
        assert not TYPED.search(english[pressed.template]), pressed
        assert names(pressed.template) <= names(typed_so), pressed


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh", "请在“li”的页面上"), ("en", "n the page of “li”, hand over")],
)
def test_a_page_tells_the_same_complaint_otherwise_however_deep_it_lies(language, told):
    do = say("请先移交：xianxue accounts hand-over {login} --to 接手的人", login="li")
    before = reading.set(language)
    try:
        said = str(tell(joined("；", [say("{do}。", do=do)])))
    finally:
        reading.reset(before)
    assert told in said
    assert "xianxue" not in said
    assert "xianxue accounts hand-over li" in do, "in a terminal it stays as it is"


def test_everything_else_is_told_as_before():
    assert page_words("zh").keys() == PRESSED.keys()
    assert page_words("en").items() >= {
        (k, v) for k, v in words_of("en").items() if k not in PRESSED
    }
