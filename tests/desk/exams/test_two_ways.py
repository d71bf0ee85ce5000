"""What is worked out of loaded examinations is what tables of the same marks come to."""

import json
from statistics import fmean, pstdev

import pytest
from tests.desk.exams.conftest import JUNIOR, NINE

NOW, EARLIER = "期末（虚构）", "期初（虚构）"
MANY = 40


def marks(at: int) -> tuple[int, int, int]:
    """Chinese and mathematics at the end, and the one mark at the beginning."""
    ability = at * 17 % 61
    return 60 + ability + at % 5, 30 + ability + (9 if at % 2 else 0), 40 + ability + at * 7 % 13


def school(at: int) -> str:
    return JUNIOR if at % 2 else NINE


@pytest.fixture
def loaded(run, tmp_path):
    """The same pupils sat both, in another order; one was absent the first time, one the second."""
    tables = {
        EARLIER: [f"{school(at)},{at:03},虚构,{marks(at)[2] if at != 7 else '缺考'}" for at in range(MANY)][::-1],
        NOW: [
            f"{school(at)},{at:03},虚构,{marks(at)[0]},{marks(at)[1] if at != 4 else '缺考'}"
            for at in range(MANY)
        ],
    }  # fmt: skip
    for name, rows in tables.items():
        head = "学校,考号,姓名,语文" + (",数学" if name == NOW else "")
        table = tmp_path / f"{name}.csv"
        table.write_text("\n".join([head, *rows]), encoding="utf-8")
        day = "2026-06-20" if name == NOW else "2025-09-10"
        code, text = run("load", table, "--exam", "zhongkao", "--name", name, "--day", day)
        assert code == 0, text
    return run


def said(run, *args):
    code, text = run(*args, "--json")
    assert code == 0, text
    return json.loads(text)


def test_value_added_between_two_examinations_is_that_of_a_table_of_standard_marks(
    loaded, tmp_path
):
    both = [at for at in range(MANY) if at not in {4, 7}]
    early = [marks(at)[2] for at in both]
    late = [sum(marks(at)[:2]) for at in both]
    rows = [
        f"{school(at)},{(x - fmean(early)) / pstdev(early):.12f},"
        f"{(y - fmean(late)) / pstdev(late):.12f}"
        for at, x, y in zip(both, early, late, strict=True)
    ]
    table = tmp_path / "标准分.csv"
    table.write_text("\n".join(["school,x,y", *rows]), encoding="utf-8")
    columns = ("--school", "school", "--intake", "x", "--outcome", "y")
    expected = said(loaded, "value-added", table, *columns)
    found = said(loaded, "value-added", NOW, "--intake", EARLIER)
    assert found["method"] == "ml"
    for name in ("between", "within", "slope"):
        assert found[name] == pytest.approx(expected[name], abs=1e-8)
    for one, other in zip(found["schools"], expected["schools"], strict=True):
        assert one["school"] == other["school"]
        assert one["effect"] == pytest.approx(other["effect"], abs=1e-8)
        assert one["low"] < one["effect"] < one["high"]
    out = tmp_path / "增值.docx"
    code, text = loaded("report", NOW, "--intake", EARLIER, "-o", out)
    assert code == 0, text
    code, text = loaded("value-added", NOW, "--intake", NOW)
    assert code == 2


def test_a_loaded_examination_is_scaled_as_its_table_is(loaded, tmp_path):
    table = tmp_path / "数学.csv"
    rows = [f"{at},{marks(at)[1] if at != 4 else '缺考'}" for at in range(MANY)]
    table.write_text("\n".join(["id,raw", *rows]), encoding="utf-8")
    of_table = said(loaded, "scale", table, "--scheme", "shandong_3_3")
    found = said(loaded, "scale", NOW, "--scheme", "shandong_3_3", "--subject", "数学")
    assert {(one["raw"], one["grade"], one["scaled"]) for one in of_table if one["raw"]} == {
        (one["raw"], one["grade"], one["scaled"]) for one in found
    }
    assert [one["raw"] for one in found] == sorted({one["raw"] for one in found}, reverse=True)
    table.write_text("id,raw\n1,50\n2,50\n3,缺考", encoding="utf-8")
    code, text = loaded("scale", table, "--scheme", "shandong_3_3")
    assert code == 0, text
    assert "全部考生同一个分数" in text
    code, text = loaded("scale", NOW)
    assert code == 2
    assert "卡片没有写赋分" in text
    code, text = loaded("scale", NOW, "--scheme", "shandong_3_3", "--subject", "体育")
    assert "没有科目“体育”；有：语文、数学" in text
