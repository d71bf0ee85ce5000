"""A released figure counted from a ledger stays what it was, and ends in the same entries."""

from __future__ import annotations

import json

import msgspec
import pytest
from click.testing import CliRunner

from xianxue.bureau.values.periods import Period
from xianxue.desk.cli import cli
from xianxue.desk.indicators.river import River
from xianxue.desk.releases.publication import state_of, verified
from xianxue.desk.stores.releases import NO_ENTRIES, Manifest, as_bytes
from xianxue.desk.workspace import Workspace

CARD = """\
- indicator: hazards_of_the_year
  term: 本学年排查隐患数
  kind: sum
  of: {sum: [hazards.found]}
  unit: item
  show: {decimals: 0}
  direction: neutral
  levels: [school, county]
  source: {document: xianxue-own, seen: own}
"""
SCHOOL = "2163980001"
PERIOD = "2025-2026"


def told(folder, *words):
    done = CliRunner().invoke(cli, [*words, "--workspace", str(folder)])
    assert done.exit_code == 0, (words, done.output, done.exception)
    return done.stdout


def hazard(folder, what, day):
    said = {
        "what": what,
        "found_on": day,
        "found_by": "学校自查",
        "domain": "消防",
        "grade": "一般",
    }
    given = [word for name, text in said.items() for word in ("--set", f"{name}={text}")]
    words = ["ledgers", "record", "hazards", "--place", SCHOOL, "--on", day, "--as", "甲（虚构）"]
    return json.loads(told(folder, *words, *given, "--json"))["entry"]


def shown(folder, *more):
    words = ["indicators", "show", "hazards_of_the_year", "--place", SCHOOL, "--json", *more]
    found = json.loads(told(folder, *words))
    return found[0] if isinstance(found, list) else found


def numbers(figure):
    """The entries that a figure ends in."""
    text = json.dumps(figure["because"], ensure_ascii=False)
    return {one for one in ("2025-0001", "2025-0002", "2025-0003") if one in text}


@pytest.fixture
def county(four_schools, tmp_path, copy_workspace):
    folder = tmp_path / "four"
    copy_workspace(four_schools, folder)
    (folder / "local").mkdir()
    (folder / "local" / "cards.yaml").write_text(CARD, encoding="utf-8")
    settings = folder / "xianxue.toml"
    text = settings.read_text(encoding="utf-8").replace("overlays = []", 'overlays = ["local"]')
    settings.write_text(text, encoding="utf-8")
    return folder


def test_an_entry_registered_after_a_release_for_a_day_before_it_is_not_in_it(county):
    first, second = hazard(county, "一号", "2025-09-03"), hazard(county, "二号", "2025-10-09")
    told(county, "returns", "release")
    before = shown(county, "--release", "1")
    assert (before["value"], numbers(before)) == ("2", {first, second})
    late = hazard(county, "补登", "2025-09-15")
    again = shown(county, "--release", "1")
    assert again == before
    assert late not in numbers(again)
    # Counted anew it comes to the same, and the next release has all three.
    (one,) = verified(Workspace.open(county))
    assert (one.recounted, one.faults) == (True, ())
    told(county, "returns", "release")
    after = shown(county, "--release", "2")
    assert (after["value"], numbers(after)) == ("3", {first, second, late})
    difference = told(county, "release", "diff", "1", "2", "--json")
    assert "hazards_of_the_year" in difference
    assert "台账里另有登记或办理" in difference


def test_a_step_taken_after_a_release_does_not_reach_into_it(county):
    number = hazard(county, "误报", "2025-09-03")
    told(county, "returns", "release")
    before = shown(county, "--release", "1")
    words = ["ledgers", "step", "hazards", number, "withdraw", "--on", "2025-09-04"]
    told(county, *words, "--as", "乙（虚构）", "--why", "只是旧痕")
    assert shown(county, "--release", "1") == before


def test_where_ledgers_hold_nothing_more_no_release_is_made_because_a_day_has_passed(county):
    hazard(county, "一号", "2025-09-03")
    workspace = Workspace.open(county)
    manifest = state_of(River(workspace, Period.parse(PERIOD))).manifest
    lines = manifest.entries.lines
    assert set(lines) == {"hazards", "meetings"}
    other = msgspec.structs.replace(
        manifest, entries=msgspec.structs.replace(manifest.entries, on="2026-08-30")
    )
    assert manifest.same_state(other)
    more = msgspec.structs.replace(
        manifest.entries, lines=lines | {"hazards": lines["hazards"] + 1}
    )
    assert not manifest.same_state(msgspec.structs.replace(manifest, entries=more))


def test_a_release_of_before_there_were_entries_is_read_and_counts_none(county):
    workspace = Workspace.open(county)
    river = River(workspace, Period.parse(PERIOD))
    made = state_of(river).manifest
    others = [msgspec.structs.replace(one, entries=NO_ENTRIES) for one in made.earlier]
    state = msgspec.structs.replace(made, entries=NO_ENTRIES, earlier=others)
    # Nothing is said of ledgers where they hold nothing: an old manifest is the same bytes.
    assert b"entries" not in as_bytes(state)
    old = msgspec.json.decode(as_bytes(state), type=Manifest)
    assert old.entries == NO_ENTRIES
    hazard(county, "后来的", "2025-09-03")
    then = River(workspace, Period.parse(PERIOD), kept=tuple(old.kept), entries=old.entries)
    (figure,) = [one for one in then.figures_of("hazards_of_the_year") if one.place == SCHOOL]
    assert figure.value == 0
