"""A day is a day in Beijing, over at 24:00, whatever zone the machine is set to."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from xianxue.desk.stores import clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 2, 10, 15, 59, 59, tzinfo=UTC), date(2026, 2, 10)),  # 23:59:59
        (datetime(2026, 2, 10, 16, 0, tzinfo=UTC), date(2026, 2, 11)),  # 24:00 is tomorrow
        (datetime(2026, 2, 10, 16, 1, tzinfo=UTC), date(2026, 2, 11)),  # 00:01
        (datetime(2026, 2, 16, 23, 0, tzinfo=UTC), date(2026, 2, 17)),  # 春节, seven in the morning
        (datetime(2026, 2, 28, 0, 30, tzinfo=UTC), date(2026, 2, 28)),  # a Saturday of work
        (datetime(2028, 2, 28, 16, 0, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_c6_a_day_is_over_at_midnight_in_beijing(moment, day):
    assert clock.day_of(moment) == day


@pytest.mark.parametrize("hour", range(8))
def test_c6_what_is_entered_before_eight_is_of_that_day(hour):
    """From midnight to eight it is still yesterday in UTC."""
    moment = datetime(2026, 3, 1, hour, 30, tzinfo=clock.BEIJING)
    assert moment.astimezone(UTC).date() == date(2026, 2, 28)
    assert clock.day_of(moment) == date(2026, 3, 1)
    assert clock.minute_of(moment.astimezone(UTC)) == f"2026-03-01 {hour:02}:30"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/Los_Angeles"])
def test_c6_the_machines_zone_changes_no_day(zone):
    program = (
        "from datetime import UTC, datetime; from xianxue.desk.stores.clock import day_of;"
        "print(day_of(datetime(2026, 2, 10, 16, 1, tzinfo=UTC)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={"TZ": zone, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout == "2026-02-11\n"


def test_a_moment_is_told_to_the_second_and_in_utc():
    told = clock.now()
    assert told.utcoffset() == timedelta()
    assert told.microsecond == 0
