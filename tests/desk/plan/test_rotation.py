"""Who of the roster may be moved: each reason is told, by the numbers of entries, never by name."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from working_county import CENTRAL, NINE, County

from xianxue.desk.cli import cli
from xianxue.desk.models import LedgerEntry
from xianxue.desk.workspace import ComplaintsError

pytestmark = pytest.mark.ci

PLAIN = {
    "name": "不该写出来的姓名",
    "sex": "female",
    "born_on": "1990-05-01",
    "kind": "teacher",
    "stage": "primary",
    "subject": "music",
    "post": "establishment",
    "joined_on": "2010-09-01",
    "degree": "bachelor",
    "backbone": "none",
}
ROSTER = [
    ("serving", {"backbone": "county"}),
    ("serving", {}),
    ("serving", {"joined_on": "2020-09-02"}),
    ("serving", {"born_on": "1974-01-01"}),
    ("serving", {"born_on": ""}),
    ("serving", {"kind": "head"}),
    ("away", {}),
    ("serving", {"stage": "preschool"}),
    ("serving", {"kind": "support"}),
    ("left", {}),
]


@pytest.fixture(scope="module")
def county(four_schools, tmp_path_factory, copy_workspace) -> County:
    root = tmp_path_factory.mktemp("rotation") / "county"
    copy_workspace(four_schools, root)
    county = County(root)
    county.standing.database()
    day = date(2025, 9, 1)
    for serial, (state, said) in enumerate(ROSTER, 1):
        LedgerEntry.objects.create(
            ledger="teachers",
            year=2025,
            serial=serial,
            place=CENTRAL,
            state=state,
            recorded=day,
            changed=day,
            fields={**PLAIN, **said},
        )
    return county


def run(county, *words):
    given = ["plan", "rotation", *words, "--on", "2026-09-01", "--workspace", str(county.root)]
    return CliRunner().invoke(cli, given)


def test_each_who_may_not_be_moved_has_a_reason_and_nobody_a_name(county):
    done = run(county, "--json")
    told = json.loads(done.stdout)
    assert told["roster"] == {"teachers": 8, "free": 2, "free_backbone": 1}
    why = {one["entry"]: one["why"] for one in told["people"]}
    assert why["2025-0001"] == why["2025-0002"] == []
    assert why["2025-0003"] == ["在现学校任教 5 年，未满 6 年"]
    # Born in January 1974, a woman retires at 56 years and 1 month: in February 2030.
    assert why["2025-0004"] == ["离退休 3 年，不足 5 年"]
    assert why["2025-0005"] == ["离退休还有几年不知道：名册里没有性别或出生日期"]
    assert why["2025-0006"] == ["是校长，按校长交流的规定办"]
    assert why["2025-0007"] == ["在册不在岗"]
    assert why["2025-0008"] == ["不任教小学、初中"]
    assert sum(one["count"] for one in told["reasons"]) == 6
    assert {one["seen"] for one in told["rules"]} == {"unverified", "own"}
    year = told["year"]
    assert year["needed"] == -(-year["eligible"] // 10)
    assert done.exit_code == int(not year["enough"])
    for output in (done.stdout, run(county).stdout):
        assert "不该写出来的姓名" not in output


def test_ways_and_couples_are_read_strictly(county, tmp_path):
    given = tmp_path / "路程.json"
    way = {"from": CENTRAL, "to": NINE, "metres": 3200}
    good = {"farthest": 5000, "ways": [way], "couples": [["2025-0001", "2025-0002"]]}
    given.write_text(json.dumps(good), encoding="utf-8")
    assert json.loads(run(county, str(given), "--json").stdout)["farthest"] == 5000
    wrong = {"ways": [{**way, "to": "无此校", "metres": -1}], "couples": [["2025-0001"]]}
    given.write_text(json.dumps(wrong), encoding="utf-8")
    done = run(county, str(given))
    assert isinstance(done.exception, ComplaintsError)
    assert [one.cell for one in done.exception.issues] == [
        "ways[1].to",
        "ways[1].metres",
        "couples[1]",
    ]
