"""A class, a school and schools judged as one: their numbers, and what is kept to itself."""

import json
import zipfile

import pytest
from tests.desk.exams.conftest import JUNIOR, NINE

from xianxue.desk.database import open_database
from xianxue.desk.workspace import Workspace

NAME = "分班（虚构）"


@pytest.fixture
def told(run, county, tmp_path):
    """36 pupils in two classes of one school, 24 in the other; both in an alliance."""
    rows = ["学校,班级,考号,姓名,语文,数学"]
    for at in range(60):
        school, size = (JUNIOR, 36) if at < 36 else (NINE, 24)
        name = "1/2班" if at % 36 < size / 2 else "2班"
        # Of 18 pupils of the first class 3 sat mathematics: so many have a total.
        maths = "缺考" if school == JUNIOR and 3 <= at < 18 else 40 + at
        rows.append(f"{school},{name},{at:03},考生{at}（虚构）,{60 + at},{maths}")
    table = tmp_path / "分班.csv"
    table.write_text("\n".join(rows), encoding="utf-8")
    code, text = run("load", table, "--exam", "zhongkao", "--name", NAME, "--day", "2026-06-20")
    assert code == 0, text
    open_database(Workspace.open(county).store)
    from xianxue.desk.models.ledger import LedgerEntry  # noqa: PLC0415 - needs Django set up

    for serial, (school, left, state) in enumerate(
        [(JUNIOR, "", "joined"), (NINE, "2026-07-01", "left"), (NINE, "", "void")], start=1
    ):
        fields = {"group": "东西联盟", "kind": "alliance", "joined_on": "2026-06-20"}
        LedgerEntry.objects.create(
            ledger="school_groups",
            year=2026,
            serial=serial,
            place=school,
            state=state,
            recorded="2026-06-20",
            changed="2026-06-20",
            fields=fields | ({"left_on": left} if left else {}),
        )

    def show(*args, code=0):
        found, text = run("show", NAME, *args, "--json")
        assert found == code, text
        return json.loads(text) if not code else text

    return show


def test_groups_count_what_a_hand_counts_and_hide_what_would_give_few_back(told):
    found = told("--school", JUNIOR, "--class", "2班")
    assert found["results"]["pupils"] == 18
    chinese, maths = found["results"]["subjects"][:2]
    # Marks 78 to 95, and 58 to 75: their means are those of the middle.
    assert (chinese["n"], chinese["mean"]) == (18, "86.5")
    # Three of its neighbour sat mathematics, and the school's sum would tell of them.
    assert (maths["subject"], maths["n"], maths["mean"], maths["absent"]) == (
        "mathematics",
        None,
        None,
        None,
    )
    assert found["results"]["total"]["n"] is None
    school = told("--school", JUNIOR)
    assert school["results"]["total"]["n"] == 21
    assert [one["class"] for one in school["groups"]] == ["1/2班", "2班"]
    assert [one["total"]["n"] for one in school["groups"]] == [None, None]


def test_schools_of_a_group_on_the_day_are_judged_as_one(told):
    found = told("--group", "东西联盟")
    assert found["results"]["pupils"] == 60
    assert [one["school"] for one in found["groups"]] == [NINE, JUNIOR]
    (listed,) = told()["unions"]
    assert (listed["group"], listed["kind"], listed["pupils"]) == ("东西联盟", "联盟", 60)
    assert "没有学校组织“东联盟”；有：东西联盟" in told("--group", "东联盟", code=2)
    assert "这所学校没有班级“9班”；有：1/2班、2班" in told(
        "--school", JUNIOR, "--class", "9班", code=2
    )
    assert "班级要连同学校一起写" in told("--class", "2班", code=2)


def test_sheets_of_a_class_and_of_a_group_are_written(told, run, tmp_path):
    out = tmp_path / "单.docx"
    for args, words in (
        (("--school", JUNIOR, "--class", "1/2班"), ("1/2班", "全校")),
        (("--group", "东西联盟"), ("东西联盟", "成员学校", "初级中学")),
    ):
        code, text = run("report", NAME, *args, "-o", out)
        assert code == 0, text
        with zipfile.ZipFile(out) as document:
            said = document.read("word/document.xml").decode()
        assert all(word in said for word in words)
