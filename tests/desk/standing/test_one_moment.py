"""What only reads asks once whether its answers stand; what comes after sees what has changed."""

from pathlib import Path

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.standing import standing as module
from xianxue.desk.standing.standing import Standing, one_moment
from xianxue.desk.stores import clock
from xianxue.desk.stores.examples import Example


@pytest.fixture
def standing(tmp_path: Path) -> Standing:
    lay_out_example(tmp_path, Example.open("four_schools"))
    made = Standing(tmp_path)
    made.ground()
    return made


def test_the_journal_is_asked_once_for_a_page(standing, monkeypatch):
    asked = []
    real = module.read_head
    monkeypatch.setattr(module, "read_head", lambda: asked.append(1) or real())
    with one_moment():
        for _ in range(20):
            standing.held()

    assert len(asked) == 1


def test_a_deed_shows_afterwards(standing):
    with one_moment():
        before = standing.head()
    today = clock.day_of(clock.now())
    who = Actor("赵六（虚构）", "office_clerk")
    SetWindow(standing.ground(), who, clock.now())("school_annual", "2025-2026", today, today)

    with one_moment():
        assert standing.head() != before
