"""The standing of a county: warm answers stay the same object, and none outlives a deed."""

from __future__ import annotations

import shutil
from datetime import date
from threading import Thread

import pytest
from django.db import connection

from xianxue.bureau.values.periods import Period
from xianxue.desk.standing.standing import standing
from xianxue.desk.workspace import ComplaintsError, MisusedError

CELL = "staff/primary/physical_education"
"""The central school has two teachers of physical education."""


def same_as_anew(county):
    """Whether figures, verdicts and documents are those of a river opened by itself."""
    counted, fresh = county.standing.counted(county.period), county.fresh
    assert dict(counted.figures) == dict(fresh.figures)
    for name in ("balance_resources", "balance_guarantee"):
        assert counted.assessment(name) == fresh.assess(name, county.period.reference_day)


def test_asked_again_nothing_is_made_anew(county):
    first = county.standing.counted(county.period)
    assert county.standing.counted(county.period) is first
    assert county.standing.workspace() is county.standing.workspace()
    assert county.standing.river(county.period) is first.river
    assert first.assessment("balance_resources") is first.assessment("balance_resources")


def test_there_is_one_standing_of_a_folder(county):
    again = county.root.parent / "x" / ".." / county.root.name
    assert standing(again) is standing(county.root)


def test_deeds_that_accept_nothing_leave_the_figures(county):
    """A correction handed in, reviewed and sent back; a window set: the same object stands."""
    first = county.standing.counted(county.period)
    status = county.standing.status(county.FORM, county.period)
    county.submit(county.changed({CELL: 3}))
    assert county.standing.counted(county.period) is first
    assert county.standing.status(county.FORM, county.period) != status
    county.review()
    county.set_window(date(2099, 9, 30), date(2099, 10, 8))
    county.send_back()
    assert county.standing.counted(county.period) is first
    same_as_anew(county)


def test_after_each_deed_the_figures_are_those_counted_anew(county):
    same_as_anew(county)
    county.submit(county.changed({CELL: 3}))
    same_as_anew(county)
    county.review()
    county.approve()
    same_as_anew(county)
    county.send_back()  # no longer accepted: the school is missing
    same_as_anew(county)
    key = f"classes_within_norm/{county.CENTRAL}/primary/{county.period.code}"
    assert county.standing.counted(county.period).figures[key].value is None
    county.set_target()
    same_as_anew(county)
    county.set_target("85%")
    same_as_anew(county)
    county.publish()
    same_as_anew(county)


def test_an_approval_moves_the_figure_it_is_about(county):
    """Two teachers of physical education become three: the county's arts and sports teachers, too."""
    before = county.standing.counted(county.period)
    county.submit(county.changed({CELL: 3}))
    county.review()
    county.approve()
    after = county.standing.counted(county.period)
    name = "physical_arts_teachers"
    key = f"{name}/{county.CENTRAL}/primary/{county.period.code}"
    assert after.figures[key].numerator - before.figures[key].numerator == 1


def test_accepted_and_taken_back_and_accepted_again_is_never_stale(county):
    """What is accepted comes back to what it was, and between the two nobody has asked."""
    first = dict(county.standing.counted(county.period).figures)
    again = county.changed({})
    county.send_back()
    county.submit(again)
    county.review()
    county.approve()
    assert dict(county.standing.counted(county.period).figures) == dict(county.fresh.figures)
    assert len(first) == len(county.standing.counted(county.period).figures)


def test_a_release_stands_while_what_is_accepted_moves_on(county):
    county.publish()
    released = county.standing.counted(county.period, "latest")
    county.collect(county.changed({CELL: 3}))
    assert county.standing.counted(county.period, "1") is released
    assert county.standing.counted(county.period) is not released
    some = next(iter(released.figures.values()))
    assert some.release == f"{county.period.code}/1"
    county.publish()
    assert county.standing.counted(county.period, "latest") is not released
    assert county.standing.counted(county.period, f"{county.period.code}/1") is released


def test_a_release_that_is_not_there_is_told_as_on_the_command_line(county):
    assert county.standing.release(county.period, "latest") is None
    with pytest.raises(MisusedError, match="还没有发布过"):
        county.standing.counted(county.period, "3")


def test_an_altered_release_is_no_longer_given(county):
    """Held in memory or not: what is altered on disk is a loud issue, never a number."""
    county.publish()
    released = county.standing.release(county.period, "1")
    county.standing.counted(county.period, "1")
    path = county.root / "store" / "releases" / released.digest / "figures.json"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
    with pytest.raises(ComplaintsError):
        county.standing.counted(county.period, "1")


def test_the_register_and_the_cards_are_those_on_disk(county):
    county.standing.counted(county.period)
    register = county.root / "places.csv"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace("云上教学点", "云下教学点"), encoding="utf-8")
    assert county.standing.workspace().register[county.SMALL].name == "西山乡云下教学点"
    assert county.standing.ground().name(county.SMALL) == "西山乡云下教学点"
    own = county.root / "own"
    own.mkdir()
    (own / "norm.yaml").write_text(
        "- change: norm\n  term: 从严（虚构）\n  indicator: classes_within_norm\n  line: norm\n"
        "  values:\n    - {from: 2020-01-01, stage: primary, value: 30, source: rule, seen: own}\n"
        "  source: {document: rule, seen: own}\n"
        "- document: rule\n  title: 班额办法（虚构）\n  issuer: 教育局（虚构）\n"
        "  issued: 2020-01-01\n  seen: own\n",
        encoding="utf-8",
    )
    settings = county.root / "xianxue.toml"
    said = settings.read_text(encoding="utf-8")
    settings.write_text(said.replace("overlays = []", 'overlays = ["own"]'), encoding="utf-8")
    same_as_anew(county)
    card = own / "norm.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("value: 30", "value: 35"), "utf-8")
    same_as_anew(county)
    assert len(county.standing.workspace().settings.overlays) == 1


def test_faults_in_the_files_are_told_and_forgotten_once_mended(county):
    register = county.root / "places.csv"
    text = register.read_text(encoding="utf-8")
    register.write_text(text.replace(",211,831,121,0,", ",999,831,121,0,", 1), encoding="utf-8")
    with pytest.raises(ComplaintsError):
        county.standing.workspace()
    register.write_text(text, encoding="utf-8")
    assert county.standing.workspace().register[county.CENTRAL].code == county.CENTRAL


def test_two_counties_in_one_process_keep_to_their_own(county, four_schools, copy_workspace):
    """The database is turned to whoever is asked."""
    other = four_schools.parent / "another"
    copy_workspace(four_schools, other)
    try:
        county.send_back()
        assert len(county.standing.held().accepted) == len(standing(other).held().accepted) - 1
        states = {one.state for one in standing(other).status(county.FORM, county.period)}
        assert states == {"accepted"}
        assert "returned" in {
            one.state for one in county.standing.status(county.FORM, county.period)
        }
    finally:
        connection.close()
        shutil.rmtree(other)


def test_threads_that_read_while_deeds_are_done_see_one_state_or_the_next(county):
    """Every answer is one of those that were true: two or three teachers, never a mixture."""
    key = f"physical_arts_teachers/{county.CENTRAL}/primary/{county.period.code}"
    first = county.standing.counted(county.period).figures[key].numerator
    stop, seen, failed = [], set(), []

    def read():
        try:
            while not stop:
                seen.add(county.standing.counted(county.period).figures[key].numerator)
        except Exception as error:  # noqa: BLE001 - told below, by the thread that asserts
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=read) for _ in range(4)]
    for one in threads:
        one.start()
    for teachers in (3, 2, 3):
        county.collect(county.changed({CELL: teachers}))
    stop.append(True)
    for one in threads:
        one.join(60)
    assert failed == []
    assert seen <= {first, first + 1}
    assert county.standing.counted(county.period).figures[key].numerator == first + 1


def test_one_figure_of_a_period_of_which_nothing_is_held_is_figured_without_the_rest(county):
    later, name = Period.parse("2030-2031"), "institutions_total"
    found = county.standing.figures_of(name, later)
    assert found
    assert county.standing.warm(later) is None
    assert found == county.standing.counted(later).by_indicator[name]
    now = county.standing.counted(county.period).by_indicator[name]
    assert county.standing.figures_of(name, county.period) == now
