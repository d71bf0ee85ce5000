"""A county of which nothing is known yet: every document says so, and nothing that is not so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from xianxue.desk.cli import cli
from xianxue.desk.standing.sentences import sentences
from xianxue.desk.standing.standing import standing

OPEN = re.compile(r"\[(?:股室填写|待补)：[^\]]*\]|“\[待补：”")
STRAY = re.compile(r"[：（，；、][，；、。）]|。。|^[，。；、]|[{}\[\]]|None")
NOT_SO = ("未发现", "以内", "均达", "全部", "上限以内", "请予支持")
"""What would be said of schools that were looked at and found in order, or lacking."""
BEGUN = {
    "no school": ("--county", "639899", "--name", "空白县（虚构）", "--period", "2025-2026"),
    "nothing handed in": ("--example", "four_schools"),
}


@pytest.fixture(scope="module", params=BEGUN)
def said(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:  # fmt: skip
    """What each document says, line by line, without what it leaves open."""
    root = tmp_path_factory.mktemp("nothing") / "county"
    done = CliRunner().invoke(cli, ["init", str(root), *BEGUN[request.param]])
    assert done.exit_code == 0, done.output
    there = standing(Path(root))
    counted = there.counted(there.period())
    found = {}
    for name in counted.shelf.reports:
        lines = [OPEN.sub("", one.text) for one in sentences(counted.document(name))]
        assert lines, name
        found[name] = "\n".join(line for line in lines if line)
    return found


def test_no_sentence_has_lost_what_it_was_about(said: Mapping[str, str]) -> None:
    wrong = {
        (name, line)
        for name, text in said.items()
        for line in text.splitlines()
        if STRAY.search(line)
    }
    assert wrong == set()


def test_nothing_is_in_order_that_nobody_has_looked_at(said: Mapping[str, str]) -> None:
    wrong = {
        (name, line)
        for name, text in said.items()
        for line in text.splitlines()
        if any(word in line for word in NOT_SO)
    }
    assert wrong == set()
