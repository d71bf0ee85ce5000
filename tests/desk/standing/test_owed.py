"""A return's lamp burns by the county's card, not by numbers of the page."""

from datetime import timedelta
from pathlib import Path

import pytest

from xianxue.bureau.workflow.subject import Actor
from xianxue.desk.actions.window import SetWindow
from xianxue.desk.cli.init import lay_out_example
from xianxue.desk.standing.owed import owed
from xianxue.desk.standing.standing import Standing
from xianxue.desk.standing.tasks import rules_of
from xianxue.desk.stores import clock
from xianxue.desk.stores.examples import Example


@pytest.mark.parametrize(
    ("days", "lamp"), [("near", "near"), ("behind", "behind"), ("last", "last")]
)
def test_the_lamp_changes_on_the_day_the_card_says(tmp_path: Path, days, lamp):
    lay_out_example(tmp_path, Example.open("four_schools"))
    standing = Standing(tmp_path)
    ground = standing.ground()
    today = clock.day_of(clock.now())
    left = getattr(rules_of(ground), days)
    who = Actor("赵六（虚构）", "office_clerk")
    for more, wanted in ((0, lamp), (1, {"near": "far", "behind": "near", "last": "behind"}[lamp])):
        due = today + timedelta(days=left + more)
        SetWindow(ground, who, clock.now())("school_annual", "2025-2026", due, due)
        rows = [one for one in owed(standing, standing.period()) if one.key.form == "school_annual"]

        assert {one.lamp for one in rows} == {wanted}


def test_without_a_deadline_nothing_burns(tmp_path: Path):
    lay_out_example(tmp_path, Example.open("four_schools"))
    standing = Standing(tmp_path)

    assert {one.lamp for one in owed(standing, standing.period())} == {"none"}
