"""The checks of a form: two sums and a relation, judged row by row or all together."""

from __future__ import annotations

from xianxue.bureau.kinds.form import Check, Field, Form
from xianxue.bureau.kinds.table import Table, TableField
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_name, unique
from xianxue.catalogue.meaning.terms import PLACES, Read, dimensions, read_terms
from xianxue.catalogue.origin import Spot
from xianxue.catalogue.wording import listed


def check_checks(look: Look, at: Spot, form: Form) -> None:
    """Check all checks of a form."""
    spots = [(at.at("checks", index), check) for index, check in enumerate(form.checks)]
    for here, check in spots:
        good_name(here.at("check"), check.check)
        _check(look, here, form, check)
    names = [(here.at("check"), check.check) for here, check in spots]
    unique(names, "C-TWICE", say("校验的编号"), say("同一张表式里校验的编号不重复"))


def _check(look: Look, at: Spot, form: Form, check: Check) -> None:
    check_cited(look, at.at("source"), check.source)
    left = read_terms(look, at.at("left"), check.left)
    right = read_terms(look, at.at("right"), check.right)
    both = [*left, *right]
    if len(dimensions(left)) == len(dimensions(right)) == 1 and dimensions(left) != dimensions(
        right
    ):
        at.complain("C-DIMENSION", say("左右两边不是同一种量"), say("只有同一种量可以比较"))
    if any(read.term.count == PLACES for read in both):
        at.complain("C-SHEET", say("校验里数了学校（places）"), say("只校验本表式里的表"))
    others = [
        read.table.table for read in both if read.table is not None and read.table.form != form.form
    ]
    if others:
        saw = say("用到别的表式的表：{others}", others=listed(dict.fromkeys(others)))
        at.complain("C-SHEET", saw, say("只校验本表式里的表"))
    # Who fills this form in cannot mend what was filled in elsewhere.
    held = [read.field.term for read in both if read.field and _is_held(read.field)]
    if held:
        saw = say("校验里用到不填的栏：{held}", held=listed(held))
        at.complain("C-HELD", saw, say("只校验学校填的栏；取自别的表式的栏在那里校验"))
    check_by(at.at("by"), check.by, both)


def check_by(at: Spot, by: str, terms: list[Read]) -> None:
    """Check that what is judged row by row, code by code or stage by stage has such."""
    sheets = {read.table.table: read.table for read in terms if read.table is not None}
    if by == "row":
        # The third row of one sheet and the third of another are about different things.
        if len(sheets) > 1:
            at.complain(
                "C-BY",
                say("逐行校验用到几张表：{sheets}", sheets=listed(sheets)),
                say("逐行校验只用一张表的栏"),
            )
        # Within one row there is one row to be counted.
        if any(read.term.count for read in terms):
            at.complain(
                "C-BY", say("逐行校验里数了行数"), say("数行数的校验按 code、stage 或 return")
            )
    elif by == "code":
        lists = {name: _codes_of(sheet) for name, sheet in sheets.items()}
        plain = [name for name, codes in lists.items() if not codes]
        if plain:
            saw = say("表 {plain} 没有逐行的代码", plain=listed(plain))
            at.complain("C-BY", saw, say("用 grid，或有 stage_by 的 list"))
        elif len(set(lists.values())) > 1:
            saw = say(
                "各表的行用了不同的代码表：{values}", values=listed(sorted(set(lists.values())))
            )
            at.complain("C-BY", saw, say("按同一张代码表逐行核对"))
    elif by == "stage":
        plain = [name for name, one in sheets.items() if not one.staged]
        if plain:
            at.complain(
                "C-BY",
                say("表 {plain} 不分学段", plain=listed(plain)),
                say("按学段校验的表都分学段"),
            )


def _is_held(field: TableField) -> bool:
    """Whether a field is not asked here because another form holds it."""
    return isinstance(field, Field) and bool(field.prefilled_from)


def _codes_of(table: Table) -> str:
    """Give the code list by which a table's rows are told apart; empty where there is none."""
    return table.rows if table.layout == "grid" else table.codes_of(table.stage_by)
