"""The example county says what annual reports say: nearly every statement has something to state it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import warmed
from kit.surroundings import COMMAND, surroundings
from national import national

pytestmark = pytest.mark.ci
IN_A_HUNDRED = 95


def test_nearly_every_statement_is_stated_in_the_example_county(example_county, tmp_path):
    """Of those on cards, each producer is asked whether it yields something here."""
    cards = national().shelf.coverages.values()
    offices = {name: card.office for card in cards for one in card.statements for name in one.of}
    listed: Path = tmp_path / "清单.csv"
    lines = [f"{name},{office}" for name, office in sorted(offices.items())]
    listed.write_text("\n".join(["id,office", *lines]) + "\n", encoding="utf-8")

    line = ["report", "coverage", str(listed), "--workspace", str(example_county), "--json"]
    ran = warmed.run([*COMMAND, *line], env=surroundings(tmp_path), timeout=300)

    found = json.loads(ran.stdout)
    facts = found["statements"] - found["free_text"]
    assert found["statements"] == len(offices)
    assert found["produced"] * 100 >= facts * IN_A_HUNDRED, found["missing"]
    assert all(one["reason"] for one in found["missing"])
