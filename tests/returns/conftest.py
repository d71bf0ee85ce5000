"""A small invented form with every layout and type, and places to ask it of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.codes import CodeList, Entry
from xianxue.bureau.kinds.form import Check, Field, Form, Sheet, Term
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Seen, Source
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.values.periods import Period

OWN = Cited(document="own", seen=Seen.OWN)
ON = date(2025, 9, 1)


def code_list(name: str, term: str, *entries: Entry) -> CodeList:
    return CodeList(codes=name, term=term, entries=list(entries), source=OWN)


CODES = {
    lst.codes: lst
    for lst in (
        code_list(
            "grades",
            "年级",
            *(
                Entry(code=f"G{n}", term=f"{t}年级", stage=Stage.PRIMARY)
                for n, t in enumerate("一二三四五六", 1)
            ),
            *(
                Entry(code=f"G{n}", term=f"{t}年级", stage=Stage.LOWER_SECONDARY)
                for n, t in enumerate("七八九", 7)
            ),
        ),
        code_list(
            "school_types",
            "办学类型",
            Entry(code="211", term="小学", stages=[Stage.PRIMARY]),
            Entry(code="312", term="九年一贯制学校", stages=[Stage.PRIMARY, Stage.LOWER_SECONDARY]),
        ),
    )
}


def integer(name: str, term: str, **more: object) -> Field:
    return Field(
        field=name, term=term, type="integer", unit="person", **({"min": Decimal(0)} | more)
    )  # type: ignore[arg-type]


FORM = Form(
    form="small",
    term="虚构年报",
    version="1",
    filed_by="school",
    period="school_year",
    owner="虚构股室",
    source=OWN,
    sheets=[
        Sheet(
            sheet="about",
            term="学校概况",
            layout="record",
            fields=[
                Field(field="school_code", term="学校标识码", type="text", pattern=r"[1-9]\d{9}", example="2163000001"),
                Field(field="name", term="学校名称", type="text"),
                Field(field="school_type", term="办学类型", type="code", codes="school_types"),
                Field(field="township", term="所在乡镇", type="text", required=False),
                Field(field="boarding", term="是否寄宿制", type="yes_no"),
                Field(field="opened_year", term="建校年份", type="year", required=False, max=Decimal(2025)),
                Field(field="opened_day", term="启用日期", type="date", required=False),
                Field(field="area", term="校舍建筑面积", type="measure", unit="square_metre", min=Decimal(0), usual_max=Decimal(50000)),
                Field(field="funds", term="公用经费", type="measure", unit="yuan", required=False, school_types=["312"]),
            ],
        ),
        Sheet(
            sheet="pupils",
            term="学生",
            layout="grid",
            rows="grades",
            stages=[Stage.PRIMARY, Stage.LOWER_SECONDARY],
            fields=[
                integer("enrolled", "在校生数", usual_max=Decimal(900)),
                integer("girls", "女生数", required=False),
                integer("entrants", "招生数", rows=["G1", "G7"]),
            ],
        ),
        Sheet(
            sheet="rooms",
            term="班级",
            layout="list",
            stage_by="grade",
            fields=[
                Field(field="grade", term="年级", type="code", codes="grades", example="一年级"),
                Field(field="name", term="班级名称", type="text", example="一（1）班"),
                integer("pupils", "学生数", example="45"),
            ],
        ),
    ],
    checks=[
        Check(check="girls", term="女生数不超过在校生数", severity=Severity.MUST_FIX, by="row",
              left=["pupils.girls"], relation="at_most", right=["pupils.enrolled"], do="请核对女生数", source=OWN),
        Check(check="classes", term="各班学生数之和等于在校生数", severity=Severity.MUST_FIX, by="code",
              left=["rooms.pupils"], relation="equal", right=["pupils.enrolled"], do="请逐班核对学生数", source=OWN),
        Check(check="entrants", term="招生数不超过起始年级在校生数", severity=Severity.EXPLAIN, by="stage",
              left=["pupils.entrants"], relation="at_most",
              right=[Term(field="pupils.enrolled", where={"row": ["G1", "G7"]})], do="请核对招生数", source=OWN),
        Check(check="any_class", term="有学生就有班", severity=Severity.MUST_FIX, by="return",
              left=[Term(count="rooms", times=Decimal(70))], relation="at_least",
              right=["pupils.enrolled"], do="请补齐班级", source=OWN),
    ],
)  # fmt: skip


def school(code: str, name: str, kind: str, *, township: str = "632500100") -> Place:
    entry = CODES["school_types"].entry(kind)
    assert entry is not None
    attributes = Attributes(
        valid_from=date(2000, 9, 1), school_type=kind, stages=tuple(entry.stages)
    )
    return Place(
        code=code,
        name=name,
        level="school",
        parent=township,
        opened=date(2000, 9, 1),
        history=(attributes,),
    )


PRIMARY = school("2163000001", "虚构县第一小学", "211")
NINE_YEAR = school("2163000002", "虚构县九年制学校", "312")
COUNTY = Place(code="632500", name="虚构县", level="county")
TOWNSHIP = Place(code="632500100", name="虚构镇", level="township", parent="632500")
REGISTER = Register.of([COUNTY, TOWNSHIP, PRIMARY, NINE_YEAR])
PERIOD = Period.parse("2025-2026")
SHELF = Shelf(
    sources={"own": Source("own", "虚构定义", "虚构县", seen=Seen.OWN)},
    codes=CODES,
    forms={"small": FORM},
)


@pytest.fixture(scope="session")
def small() -> SimpleNamespace:
    """The small form, its lists and shelf, two schools, and their register."""
    return SimpleNamespace(
        form=FORM,
        codes=CODES,
        shelf=SHELF,
        primary=PRIMARY,
        nine_year=NINE_YEAR,
        county=COUNTY,
        township=TOWNSHIP,
        register=REGISTER,
        period=PERIOD,
    )
