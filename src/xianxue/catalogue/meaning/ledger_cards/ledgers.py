"""Ledgers: fields, the way of an entry, clocks, counts; each part against all others."""

from __future__ import annotations

from xianxue.bureau.kinds.ledgers.ledger import Ledger, LedgerField, Orders
from xianxue.bureau.values.sentence import say
from xianxue.catalogue.meaning.cited import check_cited, check_values, finite
from xianxue.catalogue.meaning.columns import Columns
from xianxue.catalogue.meaning.form_cards.forms import check_pattern
from xianxue.catalogue.meaning.ledger_cards.agreeing import check_agreements
from xianxue.catalogue.meaning.ledger_cards.asked import columns_of, known
from xianxue.catalogue.meaning.ledger_cards.counted import check_counts
from xianxue.catalogue.meaning.ledger_cards.ways import check_clocks, check_entry_way
from xianxue.catalogue.meaning.look import Look
from xianxue.catalogue.meaning.names import good_code, unique
from xianxue.catalogue.meaning.tables import check_column
from xianxue.catalogue.origin import Spot


def check_ledgers(look: Look) -> None:
    """Check every ledger."""
    sheets = {sheet.sheet for form in look.shelf.forms.values() for sheet in form.sheets}
    ledger: Ledger
    for at, ledger in look.each("ledger"):
        check_cited(look, at.at("source"), ledger.source)
        if ledger.ledger in sheets:
            saw = say("编号“{name}”是一张报表里的表", name=ledger.ledger)
            at.at("ledger").complain("C-TWICE", saw, say("表的编号在所有表式和数表中不重复"))
        _check_fields(look, at, ledger)
        columns = columns_of(look, ledger)
        _check_limits(look, at, ledger, columns)
        check_entry_way(look, at, ledger)
        check_clocks(look, at, ledger, columns)
        check_counts(look, at, ledger, columns)
        check_agreements(at.at("checks"), ledger)
        _check_roles(look, at.at("restricted"), ledger.restricted)
        if ledger.findings is not None:
            here = at.at("findings")
            for index, standard in enumerate(ledger.findings.standards):
                look.refer(here.at("standards", index), "standard", standard)
            steps = [step.step for step in ledger.steps]
            known(here.at("closes"), ledger.findings.closes, steps, say("步骤"))
        if ledger.orders is not None:
            _check_orders(at.at("orders"), ledger, ledger.orders)


def _check_orders(at: Spot, ledger: Ledger, orders: Orders) -> None:
    """An order fills in every field that an entry cannot be registered without."""
    names = [one.field for one in ledger.fields]
    for key in ("problem", "found_on", "due", "measures"):
        if name := getattr(orders, key):
            known(at.at(key), name, names, say("栏"))
    for name in orders.says:
        known(at.at("says", name), name, names, say("栏"))
    filled = {orders.problem, orders.found_on, orders.due, *orders.says}
    for one in ledger.fields:
        if one.required and not one.history and one.field not in filled:
            saw = say("整改通知登记进来时，必填的“{term}”没有内容", term=one.term)
            at.complain("C-PART", saw, say("在 says 里写明 {field}", field=one.field))


def _check_fields(look: Look, at: Spot, ledger: Ledger) -> None:
    spots = [(at.at("fields", index), field) for index, field in enumerate(ledger.fields)]
    for here, field in spots:
        _check_options(here, field)
        # A list of its own is no card that could be looked up: it was checked where it stands.
        if not field.options:
            check_column(look, here, field)
        finite(here.at("min"), field.min)
        finite(here.at("max"), field.max)
        if field.pattern:
            check_pattern(here.at("pattern"), field)
    names = [field.field for field in ledger.fields]
    unique(
        [(here.at("field"), field.field) for here, field in spots],
        "C-TWICE", say("栏的编号"), say("同一台账里栏的编号不重复"),
    )  # fmt: skip
    unique(
        [(here.at("term"), field.term) for here, field in spots],
        "C-TERM", say("栏名"), say("同一台账里栏名不重复"),
    )  # fmt: skip
    known(at.at("titled"), ledger.titled, names, say("栏"))
    for index, group in enumerate(ledger.unique):
        for number, name in enumerate(group):
            known(at.at("unique", index, number), name, [*names, "place"], say("栏"))
    personal = [field for field in ledger.fields if field.personal]
    if personal and ledger.retention is None:
        saw = say("“{term}”是个人信息，没有写保存多久", term=personal[0].term)
        at.complain("C-PART", saw, say("写明 retention"))


def _check_limits(look: Look, at: Spot, ledger: Ledger, columns: Columns) -> None:
    """The most that rules allow: of numbers only, dated and cited, by columns that there are."""
    for index, field in enumerate(ledger.fields):
        here = at.at("fields", index, "at_most")
        if field.at_most and field.type not in {"integer", "measure"}:
            saw = say("写了 at_most，类型却是 {type}", type=field.type)
            here.complain("C-PART", saw, say("只有整数或小数的栏写 at_most"))
        elif field.at_most:
            check_values(look, here, field.at_most, [], columns)


def _check_options(at: Spot, field: LedgerField) -> None:
    if field.options and (field.type != "code" or field.codes):
        saw = say("写了 options，类型却是 {type}，或又写了 codes", type=field.type)
        at.at("options").complain("C-PART", saw, say("只有没有代码表的代码栏写 options"))
    spots = [(at.at("options", index), option) for index, option in enumerate(field.options)]
    for here, option in spots:
        good_code(here.at("code"), option.code)
    codes = [(here.at("code"), option.code) for here, option in spots]
    unique(codes, "C-TWICE", say("代码"), say("同一栏里代码不重复"))
    terms = [(here.at("term"), option.term) for here, option in spots]
    unique(terms, "C-TERM", say("名称"), say("同一栏里名称不重复"))


def _check_roles(look: Look, at: Spot, roles: list[str]) -> None:
    names = {role.role for policy in look.shelf.policies.values() for role in policy.roles}
    for index, role in enumerate(roles):
        known(at.at(index), role, names, say("角色"))
