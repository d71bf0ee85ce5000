"""Forms of a few fields, written out where they are asked for, and a school to ask them of (虚构)."""

from __future__ import annotations

from datetime import date

from xianxue.bureau.issues.issue import Severity
from xianxue.bureau.kinds.card import Cited
from xianxue.bureau.kinds.codes import Code, CodeList
from xianxue.bureau.kinds.form import Check, Field, Form, Sheet
from xianxue.bureau.kinds.shelf import Shelf
from xianxue.bureau.law.citation import Seen, Source
from xianxue.bureau.places.place import Attributes, Place
from xianxue.bureau.places.register import Register
from xianxue.bureau.places.stages import Stage
from xianxue.bureau.records.cells import Cell, Row
from xianxue.bureau.records.returned import Return
from xianxue.bureau.returns.checking.check import check_return
from xianxue.bureau.values.missing import Missing
from xianxue.bureau.values.periods import Period

OWN = Cited(document="own", seen=Seen.OWN)
RULE = Cited(document="rule", seen=Seen.RELAYED, article="第三条")
CITED = "《虚构办法》第三条"
PERIOD = Period.parse("2025-2026")
ON = date(2025, 9, 1)
MUST, EXPLAIN, NOTE = Severity.MUST_FIX, Severity.EXPLAIN, Severity.NOTE
BLANK, NONE, WITHHELD = Missing.NOT_ANSWERED, Missing.NOT_APPLICABLE, Missing.WITHHELD
UNASKED = Missing.NOT_ASKED
BOTH = (Stage.PRIMARY, Stage.LOWER_SECONDARY)


def code_list(name: str, *entries: Code) -> CodeList:
    return CodeList(codes=name, term=name, entries=list(entries), source=OWN)


CODES = {
    each.codes: each
    for each in (
        code_list(
            "grades",
            Code(code="G1", term="一年级", stage=Stage.PRIMARY),
            Code(code="G2", term="二年级", stage=Stage.PRIMARY),
            Code(code="G7", term="七年级", stage=Stage.LOWER_SECONDARY),
            Code(code="GX", term="其他"),
        ),
        code_list(
            "school_types",
            Code(code="211", term="小学", stages=[Stage.PRIMARY]),
            Code(code="312", term="九年一贯制学校", stages=list(BOTH)),
        ),
        code_list("eight", *(Code(code=f"E{n}", term=f"甲{n}") for n in range(8))),
        code_list("nine", *(Code(code=f"N{n}", term=f"乙{n}") for n in range(9))),
    )
}


def asks(name: str, term: str, type_: str = "integer", **more: object) -> Field:
    """Make a field; whole numbers are people unless another unit is named."""
    unit = "person" if type_ == "integer" else "one"
    return Field(field=name, term=term, type=type_, **({"unit": unit} | more))


def sheet(name: str, term: str, layout: str, *fields: Field, **more: object) -> Sheet:
    return Sheet(sheet=name, term=term, layout=layout, fields=list(fields), **more)


def grid(*fields: Field, **more: object) -> Sheet:
    return sheet("pupils", "学生", "grid", *fields, rows="grades", **more)


def record(*fields: Field, **more: object) -> Sheet:
    return sheet("about", "概况", "record", *fields, **more)


def listed(*fields: Field, **more: object) -> Sheet:
    """Make a list of classes by grades."""
    grade = asks("grade", "年级", "code", codes="grades")
    return sheet("rooms", "班级", "list", grade, *fields, **({"stage_by": "grade"} | more))


def form_of(*sheets: Sheet, **more: object) -> Form:
    parts = {
        "form": "f", "term": "虚构表", "version": "1", "filed_by": "school",
        "period": "school_year", "source": OWN, "sheets": list(sheets),
    }  # fmt: skip
    return Form(**(parts | more))


def check(left: object, relation: str, right: object, **more: object) -> Check:
    parts = {
        "check": "c", "term": "左右相符", "severity": MUST, "by": "row", "do": "请核对",
        "source": OWN, "left": left if isinstance(left, list) else [left],
        "relation": relation, "right": right if isinstance(right, list) else [right],
    }  # fmt: skip
    return Check(**(parts | more))


def shelf_of(*forms: Form) -> Shelf:
    sources = {
        "own": Source("own", "虚构定义", "虚构县", seen=Seen.OWN),
        "rule": Source("rule", "虚构办法", "虚构部", seen=Seen.RELAYED),
    }
    return Shelf(sources=sources, codes=CODES, forms={form.form: form for form in forms})


def school(*stages: Stage, code: str = "2163000002", kind: str = "312", **more: object) -> Place:
    attributes = Attributes(
        valid_from=date(2000, 9, 1), school_type=kind, stages=stages or BOTH, **more
    )
    return Place(
        code=code, name="虚构学校", level="school", parent="632500100",
        opened=date(2000, 9, 1), history=(attributes,),
    )  # fmt: skip


SCHOOL = school()
COUNTY = Place(code="632500", name="虚构县", level="county")
TOWNSHIP = Place(code="632500100", name="虚构镇", level="township", parent="632500")
REGISTER = Register.of([COUNTY, TOWNSHIP, SCHOOL])


def row(code: str = "", **cells: object) -> Row:
    """Make a row; whatever is no cell is the value of one."""
    made = {
        name: value if isinstance(value, Cell) else Cell(value) for name, value in cells.items()
    }
    return Row(code, made)


def filed(tables: dict[str, list[Row]], **more: object) -> Return:
    parts = {
        "form": "f", "version": "1", "period": "2025-2026", "place": "2163000002",
        "file": "a.xlsx", "tables": {name: tuple(rows) for name, rows in tables.items()},
    }  # fmt: skip
    return Return(**(parts | more))


def checked(form: Form, tables: dict[str, list[Row]], place: Place | None = SCHOOL, **more: object):
    """Check what was filed by a form: all issues."""
    return check_return(filed(tables, **more), shelf_of(form), place, PERIOD)
