"""``xianxue report coverage``: what states each statement, asked of a county (虚构)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from national import national

from xianxue.desk.cli import main

SHELF = national().shelf


def ran(*words: object) -> int:
    """Run a command; give what it exits with."""
    with pytest.raises(SystemExit) as left:
        main([str(word) for word in words])
    return int(left.value.code or 0)


FREE_AT_MOST = 80
"""Statements that may be free text: guiding thoughts and slogans."""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    return tmp_path / "清单.csv"


def test_each_statement_has_a_producer_or_a_reason(four_schools, listed, capsys):
    listed.write_text("\ufeffid,office,subject\n004-012,基教,x\n999-001,学前,\n", "utf-8")

    code = ran("report", "coverage", listed, "--workspace", four_schools, "--json")

    found = json.loads(capsys.readouterr().out)
    assert code == 1
    assert found == {
        "statements": 2,
        "produced": 1,
        "free_text": 0,
        "missing": [{"id": "999-001", "reason": "还没有卡片写明由什么得出"}],
        "by_office": {
            "基教": {"statements": 1, "produced": 1, "free_text": 0, "missing": 0},
            "学前": {"statements": 1, "produced": 0, "free_text": 0, "missing": 1},
        },
    }


def test_what_yields_nothing_here_is_missing_and_says_why(four_schools, listed, capsys):
    listed.write_text("id,office\n004-008,学前\n", "utf-8")

    code = ran("report", "coverage", listed, "--workspace", four_schools)

    told = "".join(capsys.readouterr().out.split())
    assert code == 1
    assert "004-008" in told
    assert "kindergarten_children" in told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "第一行"),
        ("id,subject\n004-010,x\n", "office"),
        ("id,office\n", "一条也没有"),
        ("id,office\n4-10,学前\n", "4-10"),
        ("id,office\n004-010,学前\n004-010,学前\n", "第 2 行"),
        ("id,office\n004-010\n", "有 1 格"),
        ("id,office\n004-010,\n", "股室"),
        ('id,office\n"004-010,学前\n', "引号"),
    ],
)
def test_a_bad_list_is_complained_of(four_schools, listed, text, said, capsys):
    listed.write_text(text, "utf-8")

    code = ran("report", "coverage", listed, "--workspace", four_schools)

    told = capsys.readouterr()
    assert code == 1
    assert said in told.out + told.err
    assert "Traceback" not in told.err


def test_free_text_is_seldom():
    free = {
        name
        for card in SHELF.coverages.values()
        for one in card.statements
        if one.free_text
        for name in one.of
    }
    assert len(free) <= FREE_AT_MOST


def test_every_statement_of_the_list_has_a_card():
    """Where the list of statements is at hand, ``XIANXUE_STATEMENTS`` names it."""
    path = os.environ.get("XIANXUE_STATEMENTS", "")
    if not path:
        pytest.skip("the list of statements is no part of the project")
    from xianxue.desk.report.statement_list import read_statements  # noqa: PLC0415 - seldom

    known = {
        name for card in SHELF.coverages.values() for one in card.statements for name in one.of
    }
    wanted = {one.id for one in read_statements(Path(path))}
    assert known <= wanted
    assert len(wanted - known) * 20 <= len(wanted)
