"""A small invented form with every layout and type, and places to ask it of."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.form import Check, Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.kinds.term import Term
from xianxue.bureau.law.citation import Seen, Source
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.template.workbook import write_workbook
from xianxue.bureau.values.periods import Period
from xianxue.catalogue.load import load

OWN = Cited(document="own", seen=Seen.OWN)
ON = date(2025, 9, 1)


def code_list(name: str, term: str, *entries: Code) -> CodeList:
    return CodeList(codes=name, term=term, entries=list(entries), source=OWN)


CODES = {
    lst.codes: lst
    for lst in (
        code_list(
            "grades",
            "年级",
            *(
                Code(code=f"G{n}", term=f"{t}年级", stage=Stage.PRIMARY)
                for n, t in enumerate("一二三四五六", 1)
            ),
            *(
                Code(code=f"G{n}", term=f"{t}年级", stage=Stage.LOWER_SECONDARY)
                for n, t in enumerate("七八九", 7)
            ),
        ),
        code_list(
            "school_types",
            "办学类型",
            Code(code="211", term="小学", stages=[Stage.PRIMARY]),
            Code(code="312", term="九年一贯制学校", stages=[Stage.PRIMARY, Stage.LOWER_SECONDARY]),
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


FILLED = {
    "about": {
        "school_code": "2163000002",
        "name": "虚构县九年制学校",
        "school_type": "312",
        "township": "虚构镇",
        "boarding": 0,
        "opened_year": 1998,
        "opened_day": "1998-09-01",
        "area": 520050,
        "funds": 1200000,
    },
    "pupils": {f"G{n}": {"enrolled": 40 + n, "girls": 20} for n in range(1, 10)},
}


def filled() -> Return:
    """A return of the nine-year school with nothing to complain of."""
    pupils = {code: dict(cells) for code, cells in FILLED["pupils"].items()}
    pupils["G1"]["entrants"] = 40
    pupils["G7"]["entrants"] = 47
    tables = {
        "about": (Row("", {name: Cell(value) for name, value in FILLED["about"].items()}),),
        "pupils": tuple(
            Row(code, {name: Cell(value) for name, value in cells.items()})
            for code, cells in pupils.items()
        ),
        "rooms": tuple(
            Row(
                str(n),
                {"grade": Cell(f"G{n}"), "name": Cell(f"{n}（1）班"), "pupils": Cell(40 + n)},
            )
            for n in range(1, 10)
        ),
    }
    return Return(form="small", version="1", period="2025-2026", place="2163000002", tables=tables)


@pytest.fixture(scope="session")
def good() -> bytes:
    """The workbook of that return."""
    return write_workbook(FORM, NINE_YEAR, PERIOD, CODES, filled())


@pytest.fixture(scope="session")
def edit(good: bytes) -> Callable[..., bytes]:
    """Change the good workbook as a clerk would, with a spreadsheet program's eyes."""

    def edited(*changes: Callable[[openpyxl.Workbook], object]) -> bytes:
        book = openpyxl.load_workbook(BytesIO(good))
        for change in changes:
            change(book)
        target = BytesIO()
        book.save(target)
        return target.getvalue()

    return edited


@pytest.fixture(scope="session")
def repack(good: bytes) -> Callable[..., bytes]:
    """Rewrite parts of the good workbook's zip: name to new content, or None to leave it out."""

    def repacked(parts: dict[str, bytes | None], method: int = zipfile.ZIP_DEFLATED) -> bytes:
        target = BytesIO()
        with zipfile.ZipFile(BytesIO(good)) as old, zipfile.ZipFile(target, "w", method) as new:
            for name in old.namelist():
                content = parts.get(name, old.read(name))
                if content is not None:
                    new.writestr(name, content)
            for name, content in parts.items():
                if name not in old.namelist() and content is not None:
                    new.writestr(name, content)
        return target.getvalue()

    return repacked


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
        filled=filled(),
    )


@pytest.fixture(scope="session")
def real() -> SimpleNamespace:
    """The shelf that comes with the program, and an invented place of every school type."""
    loaded = load()
    assert loaded.issues == []
    shelf = loaded.shelf
    schools = [
        Place(
            code=f"21990{number:05}",
            name=f"虚构县{entry.term}",
            level="school",
            parent="990100100",
            opened=date(2000, 9, 1),
            history=(
                Attributes(
                    valid_from=date(2000, 9, 1),
                    school_type=entry.code,
                    sponsor="831",
                    urban_rural="121",
                    stages=tuple(entry.stages),
                ),
            ),
        )
        for number, entry in enumerate(shelf.codes["school_types"].entries, 1)
        if entry.stages
    ]
    county = Place(code="990100", name="虚构县", level="county")
    return SimpleNamespace(
        shelf=shelf,
        period=PERIOD,
        places={"school_annual": schools, "county_annual": [county]},
    )
