"""Figures gone on with after an approval are, in every part, those figured anew."""

from __future__ import annotations

from random import Random

import pytest
from test_forward import some_change

from xianxue.desk.standing import standing as module
from xianxue.desk.standing.advance import AdvancedRiver
from xianxue.desk.standing.counted import Counted

CELL = "staff/primary/physical_education"


@pytest.fixture
def never_anew(monkeypatch):
    """From here on nothing may be figured anew."""

    def forbid():
        def refuse(*_):
            message = "figured anew"
            raise AssertionError(message)

        monkeypatch.setattr(module.Standing, "_count", refuse)

    return forbid


def by_key(counted):
    return {(one.form, one.place): one for one in counted.river.holdings.returns}


def same_in_every_part(county):
    counted, fresh = county.standing.counted(county.period), Counted(county.fresh)
    assert list(counted.figures.items()) == list(fresh.figures.items())
    assert dict(counted.by_indicator) == dict(fresh.by_indicator)
    assert counted.by_place == fresh.by_place
    assert list(counted.attained) == list(fresh.attained)
    for name in counted.shelf.standards:
        assert counted.assessment(name) == fresh.assessment(name)
    for name in counted.shelf.reports:
        assert counted.document(name) == fresh.document(name)
    assert by_key(counted) == by_key(fresh)
    assert list(counted.river.holdings.kept) == list(fresh.river.holdings.kept)
    assert counted.river.holdings.rebased.returns == fresh.river.holdings.rebased.returns
    return counted, fresh


def test_an_approval_is_gone_on_with(county, never_anew):
    county.standing.counted(county.period)
    never_anew()
    county.submit(county.changed({CELL: 3}))
    county.review()
    county.approve()
    counted, fresh = same_in_every_part(county)
    assert isinstance(counted.river, AdvancedRiver)
    key = f"physical_arts_teachers/{county.CENTRAL}/primary/{county.period.code}"
    told = counted.river.explain(counted.figures[key])
    assert told == fresh.river.explain(fresh.figures[key])
    cells = [cell for part in told.figure.because for cell in part.cells]
    assert {cell.revision for cell in cells} == {2}


@pytest.mark.parametrize("seed", range(3))
def test_step_after_step_nothing_drifts(county, never_anew, seed):
    """Six corrections, one on the other, the standards judged in between or not."""
    chance = Random(seed)  # noqa: S311 - a seed, so that a failure comes again
    county.standing.counted(county.period)
    never_anew()
    for step in range(6):
        place = chance.choice([county.CENTRAL, county.NINE, county.MIDDLE, county.SMALL])
        county.collect(some_change(county.filed(place), chance))
        counted = county.standing.counted(county.period)
        if step % 2:
            counted.assessment("balance_resources")
    same_in_every_part(county)


def test_a_return_that_came_for_the_first_time_is_gone_on_with(county, never_anew):
    again = county.changed({})
    county.send_back()
    county.standing.counted(county.period)
    never_anew()
    county.collect(again)
    same_in_every_part(county)


@pytest.mark.parametrize("deed", ["send_back", "set_target", "publish"])
def test_what_is_more_than_a_return_is_figured_anew(county, deed):
    """A return gone, a target, a release: the river is opened again, and what it gives is right."""
    county.standing.counted(county.period)
    getattr(county, deed)()
    county.collect(county.changed({CELL: 4}, county.NINE) if deed != "send_back" else county.changed(
        {"staff/lower_secondary/music": 3}, county.NINE))  # fmt: skip
    same_in_every_part(county)


def test_a_revision_harmed_on_disk_is_refused_and_not_gone_on_with(county):
    """What is accepted is read back sealed, as whenever it is counted."""
    county.standing.counted(county.period)
    county.collect(county.changed({CELL: 3}))
    newest = max(
        (county.root / "store/cabinet/batches").glob("*.parquet"),
        key=lambda p: p.stat().st_mtime_ns,
    )
    newest.chmod(0o644)
    newest.write_bytes(newest.read_bytes()[:-9] + b"\0" * 9)
    with pytest.raises(Exception, match=r"改动|读不出来|损坏|不符"):
        county.standing.counted(county.period)
