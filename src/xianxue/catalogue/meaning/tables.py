"""Tables that are no sheets, and the columns that sheets and they have alike."""

from __future__ import annotations

from typing import Final

from xianxue.bureau.kinds.table import TableCard, TableField
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.meaning.terms import PLACES
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed

_KEYS: Final = frozenset({"period", "place", "county", "row", "stage", "unfiled"})
"""Columns that every table has beside its fields. ``township`` and what a school is are not
among them: forms ask for those too, and the register's answer stands."""


def check_tables(look: Look) -> None:
    """Check every table card."""
    sheets = {sheet.sheet for form in look.shelf.forms.values() for sheet in form.sheets}
    table: TableCard
    for at, table in look.each("table"):
        check_cited(look, at.at("source"), table.source)
        if table.table == PLACES:
            at.at("table").complain("C-NAME", say("编号“places”留给学校名册"), say("换一个编号"))
        if table.table in sheets:
            # References name a table alone, so a table and a sheet cannot share a name.
            saw = say("编号“{table}”是一张报表里的表", table=table.table)
            at.at("table").complain("C-TWICE", saw, say("表的编号在所有表式和数表中不重复"))
        if len(set(table.stages)) < len(table.stages):
            at.at("stages").complain("C-STAGE", say("同一学段写了两次"), say("每个学段只写一次"))
        _check_fields(look, at.at("fields"), table)
        _check_slices(at.at("slices"), table)


def check_column(look: Look, at: Spot, field: TableField) -> None:
    """Check what a column is called, measured in and written in."""
    good_name(at.at("field"), field.field)
    if field.field in _KEYS:
        at.at("field").complain(
            "C-NAME", say("编号“{field}”留给每张表都有的列", field=field.field), say("换一个编号")
        )
    _check_unit(look, at, field)
    if field.type == "code":
        if field.codes:
            look.code_list(at.at("codes"), field.codes)
        else:
            at.complain(
                "C-PART",
                say("“{term}”是代码栏，没有写明代码表", term=field.term),
                say("写明 codes"),
            )
    elif field.codes:
        at.at("codes").complain(
            "C-PART", say("类型是 {type}，却写了 codes", type=field.type), say("只有代码栏写 codes")
        )


def _check_fields(look: Look, at: Spot, table: TableCard) -> None:
    if not table.fields:
        at.complain("C-EMPTY", say("一栏也没有"), say("至少一栏"))
    spots = [(at.at(index), field) for index, field in enumerate(table.fields)]
    for here, field in spots:
        check_column(look, here, field)
    fields = [(here.at("field"), field.field) for here, field in spots]
    unique(fields, "C-TWICE", say("栏的编号"), say("同一张表里栏的编号不重复"))
    terms = [(here.at("term"), field.term) for here, field in spots]
    unique(terms, "C-TERM", say("栏名"), say("同一张表里栏名不重复"))


def _check_slices(at: Spot, table: TableCard) -> None:
    coded = [field.field for field in table.fields if field.type == "code"]
    for index, name in enumerate(table.slices):
        if name not in coded:
            saw = say("“{name}”不是这张表的代码栏", name=name)
            at.at(index).complain(
                "C-SLICE", saw, say("按代码栏分"), say("可用：{coded}", coded=listed(coded))
            )
        elif name in table.slices[:index]:
            at.at(index).complain(
                "C-TWICE", say("“{name}”写了两次", name=name), say("每一栏只写一次")
            )


def _check_unit(look: Look, at: Spot, field: TableField) -> None:
    unit = look.unit(at.at("unit"), field.unit)
    if unit is None:
        return
    if unit.code != "one" and field.type not in {"integer", "measure", "year"}:
        saw = say("类型是 {type}，却写了单位 {code}", type=field.type, code=unit.code)
        at.at("unit").complain("C-PART", saw, say("只有数有单位"))
    if field.type == "integer" and unit.decimals:
        saw = say(
            "“{term}”是整数，单位 {code} 却有 {decimals} 位小数",
            term=field.term,
            code=unit.code,
            decimals=unit.decimals,
        )
        at.at("unit").complain("C-UNIT", saw, say("有小数的数类型写 measure"))
    # A rate that a school has worked out cannot be added up, checked or followed to its cells.
    if "/" in unit.dimension or unit.dimension in {"share", "spread"}:
        saw = say("“{term}”的单位 {code} 是算出来的比", term=field.term, code=unit.code)
        at.at("unit").complain("C-UNIT", saw, say("填报原始的数，比由指标去算"))
